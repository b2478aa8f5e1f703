import { Notice } from "@/components/ui/notice";
import type { Trial } from "@/lib/billing/get-overview";
import { formatDate } from "@/lib/format";

/** When a plan is first charged that is chosen during a trial. */
export function TrialTerms({ trial: { endsAt, firstChargeAt } }: { trial: Trial }) {
  return (
    <Notice tone={firstChargeAt ? "neutral" : "warning"} className="mt-6">
      {firstChargeAt
        ? `Your trial goes on when you choose a plan now: the plan is first charged on ${formatDate(firstChargeAt)}, and its credits come then.`
        : `Your trial ends on ${formatDate(endsAt)}, which is so soon that a plan chosen now is charged at once. Its credits come at once too, and your trial credits stay until then.`}
    </Notice>
  );
}
