"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { CancelTerms } from "@/components/billing/cancel-dialog";
import { DialogButton } from "@/components/ui/dialog-button";

const load = () => import("@/components/billing/cancel-dialog").then((file) => file.CancelDialog);
const CancelDialog = dynamic(load);

export function CancelButton(terms: CancelTerms) {
  const words = useTranslations("billing.cancel");
  return (
    <DialogButton
      variant="quietDanger"
      size="sm"
      load={load}
      dialog={(onOpenChange) => <CancelDialog {...terms} onOpenChange={onOpenChange} />}
    >
      {words("open")}
    </DialogButton>
  );
}
