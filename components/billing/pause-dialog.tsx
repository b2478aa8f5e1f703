"use client";

import { useTranslations } from "next-intl";
import { PlanForm } from "@/components/billing/plan-form";
import { Button } from "@/components/ui/button";
import { CheckList } from "@/components/ui/check-list";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { pausePlanAction } from "@/lib/actions/plan";

/** Says what a pause means before it begins. */
export function PauseDialog({
  planName: plan,
  onOpenChange,
}: {
  planName: string;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const words = useTranslations("billing.pause");
  return (
    <Dialog open onOpenChange={onOpenChange} title={words("title", { plan })} description={words("text")}>
      <CheckList>{[words("noCharge"), words("frozen"), words("packs"), words("paidTime")]}</CheckList>
      <div className="mt-5">
        <PlanForm
          action={pausePlanAction}
          label={words("confirm")}
          beside={
            <DialogClose asChild>
              <Button variant="outline">{words("notNow")}</Button>
            </DialogClose>
          }
        />
      </div>
    </Dialog>
  );
}
