"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/components/ui/dialog-button";
import type { Pricing } from "@/lib/billing/get-pricing";

const load = () => import("@/components/billing/plans-dialog").then((file) => file.PlansDialog);
const PlansDialog = dynamic(load);

/** The plans, over any page; what it shows is loaded when somebody is about to look at it. */
export function PlansButton({
  pricing,
  ...button
}: Omit<React.ComponentProps<typeof DialogButton>, "dialog"> & { pricing: Pricing }) {
  if (!pricing.canBuy) return null;
  return (
    <DialogButton
      onPointerEnter={load}
      onFocus={load}
      dialog={(onOpenChange) => <PlansDialog pricing={pricing} onOpenChange={onOpenChange} />}
      {...button}
    />
  );
}
