"use client";

import { useRefusal } from "@/components/billing/use-refusal";
import { SubmitButton } from "@/components/ui/submit-button";
import { startTrialAction } from "@/lib/actions/trial";

export function StartTrialForm({ className, ...button }: React.ComponentProps<typeof SubmitButton>) {
  const [, action] = useRefusal(startTrialAction);
  return (
    <form action={action} className={className}>
      <SubmitButton {...button} />
    </form>
  );
}
