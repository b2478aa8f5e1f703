"use client";

import { PlanForm } from "@/components/billing/plan-form";
import { Button } from "@/components/ui/button";
import { CheckList } from "@/components/ui/check-list";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { pausePlanAction } from "@/lib/actions/plan";

/** Says what a pause means before it begins. */
export function PauseDialog({ planName }: { planName: string }) {
  return (
    <Dialog
      trigger={<Button variant="outline">Pause subscription</Button>}
      title={`Pause ${planName}?`}
      description="It rests for as long as you like, and goes on when you say so."
    >
      <CheckList>
        {[
          "Nothing is charged while it is paused, and no new credits come.",
          "The credits of your plan are kept: they are frozen, and do not expire meanwhile.",
          "Credits that you bought in packs can be spent as before.",
          "The time that you have paid for is taken off the price when the plan goes on.",
        ]}
      </CheckList>
      <div className="mt-5">
        <PlanForm
          action={pausePlanAction}
          label="Pause subscription"
          beside={
            <DialogClose asChild>
              <Button variant="outline">Not now</Button>
            </DialogClose>
          }
        />
      </div>
    </Dialog>
  );
}
