"use client";

import { useRefusal } from "@/components/billing/use-refusal";
import { FormError } from "@/components/ui/form-error";
import { SubmitButton } from "@/components/ui/submit-button";
import { checkoutAction } from "@/lib/actions/billing";

/** Sends the key of an offer, and nothing that says what it costs. */
export function CheckoutForm({
  lookupKey,
  intent,
  action: act = checkoutAction,
  className,
  children,
  ...button
}: React.ComponentProps<typeof SubmitButton> & {
  lookupKey: string;
  intent: string;
  action?: typeof checkoutAction;
}) {
  const [refusal, action] = useRefusal(act.bind(null, intent));
  return (
    <form action={action} className={className}>
      <input type="hidden" name="lookup_key" value={lookupKey} />
      <SubmitButton {...button}>{children}</SubmitButton>
      {refusal && <FormError className="mt-2">{refusal.message}</FormError>}
    </form>
  );
}
