"use client";

import { useRefusal } from "@/components/billing/use-refusal";
import { SubmitButton } from "@/components/ui/submit-button";
import { confirmTopupAction } from "@/lib/actions/topup";

/** Leads to the bank that asks about the top-up. */
export function ConfirmTopupForm(button: React.ComponentProps<typeof SubmitButton>) {
  const [, action] = useRefusal(confirmTopupAction);
  return (
    <form action={action}>
      <SubmitButton {...button} />
    </form>
  );
}
