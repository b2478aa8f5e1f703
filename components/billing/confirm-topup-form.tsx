"use client";

import { useActionState, useEffect } from "react";
import { toast } from "sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { confirmTopupAction } from "@/lib/actions/topup";

/** Leads to the bank that asks about the top-up. */
export function ConfirmTopupForm(button: React.ComponentProps<typeof SubmitButton>) {
  const [refusal, action] = useActionState(confirmTopupAction, null);
  useEffect(() => {
    if (refusal) toast.error(refusal.message);
  }, [refusal]);
  return (
    <form action={action}>
      <SubmitButton {...button} />
    </form>
  );
}
