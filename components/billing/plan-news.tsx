import { CircleCheck } from "lucide-react";
import { AwaitPlan } from "@/components/billing/await-plan";
import { Notice } from "@/components/ui/notice";
import type { PlanGoal } from "@/lib/billing/plan-goal";

const words: Record<PlanGoal["is"], string> = {
  changed: "Your plan is changed.",
  scheduled: "Your change is planned.",
  cancelled: "Your plan is cancelled.",
  kept: "Your plan stays as it is.",
  paused: "Your plan is paused.",
  resumed: "Your plan goes on.",
};

/** What was just done to the plan: said once it is so, and awaited until then. */
export function PlanNews({ goal, isReached }: { goal: PlanGoal["is"]; isReached: boolean }) {
  return (
    <div role="status" className="mb-5">
      {isReached ? (
        <Notice tone="positive" icon={<CircleCheck aria-hidden />}>
          {words[goal]}
        </Notice>
      ) : (
        <AwaitPlan />
      )}
    </div>
  );
}
