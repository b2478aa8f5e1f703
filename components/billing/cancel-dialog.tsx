"use client";

import { useTranslations } from "next-intl";
import { PlanForm } from "@/components/billing/plan-form";
import { Button } from "@/components/ui/button";
import { CheckList } from "@/components/ui/check-list";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { RadioList } from "@/components/ui/radio-list";
import { TextArea } from "@/components/ui/text-area";
import { useFormats } from "@/components/use-formats";
import { cancelPlanAction } from "@/lib/actions/plan";
import type { Cancellation } from "@/lib/billing/get-managed-plan";
import type { PlanPanel } from "@/lib/billing/get-plan-panel";

export type CancelTerms = Cancellation & {
  planName: string;
  isYearly: boolean;
  credits: PlanPanel["credits"];
  freeCreditsPerMonth: number;
};

/** Asks once more, says what stays until when, and would like to know why. */
export function CancelDialog({
  onOpenChange,
  ...terms
}: CancelTerms & { onOpenChange: (isOpen: boolean) => void }) {
  const words = useTranslations("billing.cancel");
  const { date } = useFormats();
  const kept = useKept(terms);
  const { planName: plan, endsAt, reasons } = terms;
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={words("title", { plan })}
      description={endsAt ? words("endsOn", { date: date(endsAt) }) : words("endsNow")}
    >
      <CheckList>{kept}</CheckList>
      <div className="mt-5">
        <PlanForm
          action={cancelPlanAction}
          label={words("confirm")}
          variant="danger"
          beside={
            <DialogClose asChild>
              <Button variant="outline">{words("keep")}</Button>
            </DialogClose>
          }
        >
          <RadioList
            legend={words("why")}
            name="feedback"
            options={reasons.map((value) => ({ value, label: words(`reasons.${value}`) }))}
          />
          <div className="mt-3 mb-5">
            <TextArea label={words("comment")} name="comment" maxLength={500} />
          </div>
        </PlanForm>
      </div>
    </Dialog>
  );
}

function useKept({
  planName: plan,
  endsAt,
  isYearly,
  credits,
  freeCreditsPerMonth: free,
}: CancelTerms): string[] {
  const words = useTranslations("billing.cancel");
  const { date: format } = useFormats();
  const date = endsAt && format(endsAt);
  return [
    ...(date
      ? [words("planStays", { plan, date }), words("creditsStay", { count: credits.subscription, date })]
      : [words("thaw")]),
    ...(date && isYearly ? [words("yearStays", { date })] : []),
    words("packsStay", { count: credits.permanent }),
    ...(credits.promotional > 0 ? [words("promotionalStay", { count: credits.promotional })] : []),
    free > 0 ? words("thenFree", { count: free }) : words("thenNothing"),
  ];
}
