"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/ui/dialog-button";
import type { BillingDetails } from "@/lib/billing/get-billing-details";

const load = () => import("@/components/billing/details-dialog").then((file) => file.DetailsDialog);
const DetailsDialog = dynamic(load);

export function DetailsButton({ details, label }: { details: BillingDetails; label: string }) {
  const words = useTranslations("billing.details");
  return (
    <DialogButton
      variant="outline"
      aria-label={words("editNamed")}
      load={load}
      dialog={(onOpenChange) => <DetailsDialog details={details} onOpenChange={onOpenChange} />}
    >
      {label}
    </DialogButton>
  );
}
