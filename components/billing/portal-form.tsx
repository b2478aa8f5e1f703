"use client";

import { useRefusal } from "@/components/billing/use-refusal";
import { SubmitButton } from "@/components/ui/submit-button";
import { portalAction } from "@/lib/actions/billing";
import type { PortalPage } from "@/lib/billing/open-portal";

type Props = React.ComponentProps<typeof SubmitButton> & { page?: PortalPage };

export function PortalForm({ className, page = "front", ...button }: Props) {
  const [, action] = useRefusal(portalAction.bind(null, page));
  return (
    <form action={action} className={className}>
      <SubmitButton variant="outline" {...button} />
    </form>
  );
}
