"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/ui/dialog-button";

const load = () => import("@/components/billing/pause-dialog").then((file) => file.PauseDialog);
const PauseDialog = dynamic(load);

export function PauseButton({ planName }: { planName: string }) {
  const words = useTranslations("billing.pause");
  return (
    <DialogButton
      variant="ghost"
      size="sm"
      load={load}
      dialog={(onOpenChange) => <PauseDialog planName={planName} onOpenChange={onOpenChange} />}
    >
      {words("open")}
    </DialogButton>
  );
}
