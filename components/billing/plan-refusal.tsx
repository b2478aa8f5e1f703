import { CircleAlert } from "lucide-react";
import { PortalForm } from "@/components/billing/portal-form";
import { RetryButton } from "@/components/retry-button";
import { Notice } from "@/components/ui/notice";
import type { ErrorKind } from "@/lib/errors";

/** A sentence that says why, and the one thing to do next. */
export function PlanRefusal({ kind, children }: { kind: ErrorKind; children: string }) {
  return (
    <Notice tone="negative" icon={<CircleAlert aria-hidden />} className="py-3">
      <p className="mb-3">{children}</p>
      {kind === "short" ? <PortalForm size="sm">Change card</PortalForm> : <RetryButton />}
    </Notice>
  );
}
