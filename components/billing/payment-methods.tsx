import { CreditCard } from "lucide-react";
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
        action={canOpenPortal && <PortalForm>Add a card</PortalForm>}
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
            <span className="font-medium">{nameOf(method)}</span>
            {method.expires && <span className="text-muted-foreground">expires {method.expires}</span>}
            {method.isDefault && <Badge tone="neutral">Charged next</Badge>}
          </li>
        ))}
      </ul>
      {canOpenPortal && <PortalForm className="mt-4">Change card</PortalForm>}
    </div>
  );
}

const brands: Record<string, string> = {
  amex: "American Express",
  diners: "Diners Club",
  jcb: "JCB",
  mastercard: "Mastercard",
  unionpay: "UnionPay",
  visa: "Visa",
};

const types: Record<string, string> = { us_bank_account: "Bank account", sepa_debit: "Bank account" };

/** Stripe's words may grow: a brand or a type that is not known yet is written as Stripe has it. */
function nameOf({ type, brand, last4 }: PaymentMethod): string {
  const name = brand ? (brands[brand] ?? brand) : (types[type] ?? type.replaceAll("_", " "));
  return last4 ? `${name} ending in ${last4}` : name;
}
