import { CreditCard } from "lucide-react";
import { methodName } from "@/components/billing/method-name";
import { PortalForm } from "@/components/billing/portal-form";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import type { PaymentMethod } from "@/lib/billing/get-payment-methods";

/** Changed on Stripe's own page: no number of a card ever comes here. */
export function PaymentMethods({
  methods,
  canOpenPortal,
}: {
  methods: PaymentMethod[];
  canOpenPortal: boolean;
}) {
  if (methods.length === 0) {
    return (
      <EmptyState
        icon={<CreditCard aria-hidden />}
        title="No payment method"
        action={canOpenPortal && <PortalForm page="card">Add a card</PortalForm>}
      >
        The card that you pay a plan with is kept for its renewals. Its number stays with Stripe.
      </EmptyState>
    );
  }
  return (
    <div>
      <ul className="divide-y divide-border">
        {methods.map((method) => (
          <li
            key={method.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5 text-sm first:pt-0"
          >
            <CreditCard aria-hidden className="size-4 text-muted-foreground" />
            <span className="font-medium">{methodName(method)}</span>
            {method.expires && <span className="text-muted-foreground">expires {method.expires}</span>}
            {method.isDefault && <Badge tone="neutral">Charged next</Badge>}
          </li>
        ))}
      </ul>
      {canOpenPortal && (
        <PortalForm page="card" className="mt-4">
          Change card
        </PortalForm>
      )}
    </div>
  );
}
