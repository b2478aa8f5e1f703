"use client";

import { useActionState, useEffect } from "react";
import { toast } from "sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { portalAction } from "@/lib/actions/billing";

export function PortalForm({ className, ...button }: React.ComponentProps<typeof SubmitButton>) {
  const [refusal, action] = useActionState(portalAction, null);
  useEffect(() => {
    if (refusal) toast.error(refusal.message);
  }, [refusal]);
  return (
    <form action={action} className={className}>
      <SubmitButton variant="outline" {...button} />
    </form>
  );
}
