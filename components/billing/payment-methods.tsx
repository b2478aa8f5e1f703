import { CreditCard } from "lucide-react";
import { useTranslations } from "next-intl";
import { PortalForm } from "@/components/billing/portal-form";
import { useMethodName } from "@/components/billing/use-method-name";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import type { PaymentMethod } from "@/lib/billing/get-payment-methods";

/** Changed on Stripe's own page: no number of a card ever comes here. */
export function PaymentMethods({
  methods,
  canOpenPortal,
  isCharged,
}: {
  methods: PaymentMethod[];
  canOpenPortal: boolean;
  /** Is there anything that will be charged by itself? */
  isCharged: boolean;
}) {
  const words = useTranslations("billing.methods");
  if (methods.length === 0) {
    return (
      <EmptyState
        isQuiet
        icon={<CreditCard aria-hidden />}
        title={words("none")}
        action={canOpenPortal && <PortalForm page="card">{words("add")}</PortalForm>}
      >
        {words("text")}
      </EmptyState>
    );
  }
  const expiring = methods.find((method) => method.isDefault && method.expiry)?.expiry;
  return (
    <div>
      <ul className="divide-y divide-border">
        {methods.map((method) => (
          <Method key={method.id} method={method} isCharged={isCharged} />
        ))}
      </ul>
      {isCharged && expiring && (
        <Notice tone="warning" className="mt-3">
          {words(`${expiring}Text`)}
        </Notice>
      )}
      {canOpenPortal && (
        <PortalForm page="card" className="mt-4 print:hidden">
          {words("change")}
        </PortalForm>
      )}
    </div>
  );
}

function Method({ method, isCharged }: { method: PaymentMethod; isCharged: boolean }) {
  const words = useTranslations("billing.methods");
  const nameOf = useMethodName();
  const { expires: month, expiry, isDefault } = method;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5 text-sm first:pt-0">
      <CreditCard aria-hidden className="size-4 text-muted-foreground" />
      <span className="font-medium">{nameOf(method)}</span>
      {month && (
        <span className="text-muted-foreground">
          {words(expiry === "expired" ? "expired" : "expires", { month })}
        </span>
      )}
      {isDefault && <Badge tone="neutral">{words(isCharged ? "next" : "default")}</Badge>}
      {expiry && (
        <Badge tone={expiry === "expired" ? "negative" : "warning"}>{words(`${expiry}Badge`)}</Badge>
      )}
    </li>
  );
}
