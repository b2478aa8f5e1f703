"use client";

import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { AwaitPlan } from "@/components/billing/await-plan";
import { PlanForm } from "@/components/billing/plan-form";
import { Notice } from "@/components/ui/notice";
import { keepPlanAction } from "@/lib/actions/plan";
import type { PlanGoal } from "@/lib/billing/plan-goal";

/** What was just done to the plan: said once it is so, and awaited until then. What was pressed is gone: here it goes on. */
export function PlanNews({
  goal,
  isReached,
  canUndo,
}: {
  goal: PlanGoal["is"];
  isReached: boolean;
  canUndo: boolean;
}) {
  const words = useTranslations("billing.news");
  const news = useRef<HTMLDivElement>(null);
  useEffect(() => news.current?.focus(), []);
  return (
    <div ref={news} role="status" tabIndex={-1} className="mb-5 rounded-lg">
      {isReached ? (
        <Notice tone="positive" icon={<CircleCheck aria-hidden />} className="[&>svg]:mt-1.5">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="min-w-0 flex-1 py-1">{words(goal)}</p>
            {canUndo && (
              <PlanForm action={keepPlanAction} label={words("undo")} size="sm" variant="outline" />
            )}
          </div>
        </Notice>
      ) : (
        <AwaitPlan />
      )}
    </div>
  );
}
