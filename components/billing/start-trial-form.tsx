"use client";

import { useActionState, useEffect } from "react";
import { toast } from "sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { startTrialAction } from "@/lib/actions/trial";

export function StartTrialForm({ className, ...button }: React.ComponentProps<typeof SubmitButton>) {
  const [refusal, action] = useActionState(startTrialAction, null);
  useEffect(() => {
    if (refusal) toast.error(refusal.message);
  }, [refusal]);
  return (
    <form action={action} className={className}>
      <SubmitButton {...button} />
    </form>
  );
}
