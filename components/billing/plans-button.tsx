"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/components/ui/dialog-button";
import type { Pricing } from "@/lib/billing/get-pricing";

const load = () => import("@/components/billing/plans-dialog").then((file) => file.PlansDialog);
const PlansDialog = dynamic(load);

/**
 * The plans, over any page. A trial that is started in it begins on the page below, which may be the same as before: the
 * dialog is over then.
 */
export function PlansButton({
  pricing,
  ...button
}: Omit<React.ComponentProps<typeof DialogButton>, "dialog" | "load"> & { pricing: Pricing }) {
  if (!pricing.canBuy) return null;
  return (
    <DialogButton
      key={pricing.trial?.planKey}
      load={load}
      dialog={(onOpenChange) => <PlansDialog pricing={pricing} onOpenChange={onOpenChange} />}
      {...button}
    />
  );
}
