import { TriangleAlert } from "lucide-react";
import { PortalForm } from "@/components/billing/portal-form";
import { Notice } from "@/components/ui/notice";

/** What a failed renewal means, and what to do about it. */
export function OverdueNotice({ name }: { name: string }) {
  return (
    <Notice tone="warning" icon={<TriangleAlert aria-hidden />}>
      <p>
        The last payment for {name} failed, so its new credits have not come. Change your card to keep the
        plan.
      </p>
      <PortalForm size="sm" variant="primary" className="mt-2 mb-1">
        Change card
      </PortalForm>
    </Notice>
  );
}
