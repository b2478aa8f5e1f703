"use client";

import { PlanForm } from "@/components/billing/plan-form";
import { Button } from "@/components/ui/button";
import { CheckList } from "@/components/ui/check-list";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { RadioList } from "@/components/ui/radio-list";
import { TextArea } from "@/components/ui/text-area";
import { cancelPlanAction } from "@/lib/actions/plan";
import type { CancelFeedback } from "@/lib/billing/cancel-plan";
import { countCredits, formatDate } from "@/lib/format";

const reasons: Record<CancelFeedback, string> = {
  too_expensive: "It costs too much",
  missing_features: "Something that I need is missing",
  switched_service: "I use another service now",
  unused: "I do not use it enough",
  customer_service: "I was not helped well",
  too_complex: "It is too complicated",
  low_quality: "The results are not good enough",
  other: "Another reason",
};

const options = Object.entries(reasons).map(([value, label]) => ({ value, label }));

/** Asks once more, says what stays, and would like to know why. */
export function CancelDialog({
  planName,
  endsAt,
  freeCreditsPerMonth,
}: {
  planName: string;
  /** Null: as soon as it is cancelled. */
  endsAt: string | null;
  freeCreditsPerMonth: number;
}) {
  const end = endsAt && formatDate(endsAt);
  const kept = [
    end
      ? `The plan and its credits stay until ${end}. You can take this back until then.`
      : "The credits of your plan can be spent again, for the time that they had left.",
    "Credits that you bought in packs stay, and do not expire.",
    ...(freeCreditsPerMonth > 0
      ? [`After that you get ${countCredits(freeCreditsPerMonth)} free each month.`]
      : []),
  ];
  return (
    <Dialog
      trigger={<Button variant="danger">Cancel subscription</Button>}
      title={`Cancel ${planName}?`}
      description={`It ends ${end ? `on ${end}` : "now"}, and nothing is charged again.`}
    >
      <CheckList>{kept}</CheckList>
      <div className="mt-5">
        <PlanForm
          action={cancelPlanAction}
          label="Cancel subscription"
          variant="danger"
          beside={
            <DialogClose asChild>
              <Button variant="outline">Keep my plan</Button>
            </DialogClose>
          }
        >
          <RadioList legend="Why do you cancel? You need not say." name="feedback" options={options} />
          <div className="mt-3 mb-5">
            <TextArea label="What should we know? You need not say." name="comment" maxLength={500} />
          </div>
        </PlanForm>
      </div>
    </Dialog>
  );
}
