"use client";

import { CircleCheck } from "lucide-react";
import { useEffect, useRef } from "react";
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

/** What was just done to the plan: said once it is so, and awaited until then. What was pressed is gone: here it goes on. */
export function PlanNews({ goal, isReached }: { goal: PlanGoal["is"]; isReached: boolean }) {
  const news = useRef<HTMLDivElement>(null);
  useEffect(() => news.current?.focus(), []);
  return (
    <div ref={news} role="status" tabIndex={-1} className="mb-5 rounded-lg">
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
