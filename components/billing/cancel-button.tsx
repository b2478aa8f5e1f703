"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { CancelTerms } from "@/components/billing/cancel-dialog";
import { DialogButton } from "@/components/ui/dialog-button";

const CancelDialog = dynamic(() =>
  import("@/components/billing/cancel-dialog").then((file) => file.CancelDialog),
);

export function CancelButton(terms: CancelTerms) {
  const words = useTranslations("billing.cancel");
  return (
    <DialogButton
      variant="ghost"
      size="sm"
      className="text-negative hover:text-negative"
      dialog={(onOpenChange) => <CancelDialog {...terms} onOpenChange={onOpenChange} />}
    >
      {words("open")}
    </DialogButton>
  );
}
