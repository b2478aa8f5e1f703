"use client";

import { useActionState, useEffect } from "react";
import { toast } from "sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { portalAction } from "@/lib/actions/billing";
import type { PortalPage } from "@/lib/billing/open-portal";

type Props = React.ComponentProps<typeof SubmitButton> & { page?: PortalPage };

export function PortalForm({ className, page = "front", ...button }: Props) {
  const [refusal, action] = useActionState(portalAction.bind(null, page), null);
  useEffect(() => {
    if (refusal) toast.error(refusal.message);
  }, [refusal]);
  return (
    <form action={action} className={className}>
      <SubmitButton variant="outline" {...button} />
    </form>
  );
}
