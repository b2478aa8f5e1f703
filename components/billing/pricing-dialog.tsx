"use client";

import dynamic from "next/dynamic";
import { Slot } from "radix-ui";
import { useState } from "react";
import type { Pricing } from "@/lib/billing/get-pricing";

const load = () => import("@/components/billing/plans-dialog").then((file) => file.PlansDialog);
const PlansDialog = dynamic(load);

/**
 * The plans, over any page; what it shows is loaded when somebody is about to look at it. A trial that is started in it
 * begins on the page below, which may be the same as before: the dialog is over then.
 */
export function PricingDialog({
  pricing,
  trigger,
  open,
  onOpenChange,
}: {
  pricing: Pricing;
  trigger?: React.ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  const isOnTrial = pricing.trial !== null;
  const [opened, setOpened] = useState<{ isOnTrial: boolean } | null>(null);
  const isShown = open ?? opened?.isOnTrial === isOnTrial;
  const setIsOpen = (isOpen: boolean) => setOpened(isOpen ? { isOnTrial } : null);
  if (!pricing.canBuy) return null;
  return (
    <>
      {trigger && (
        <Slot.Root
          aria-haspopup="dialog"
          aria-expanded={isShown}
          onPointerEnter={load}
          onFocus={load}
          onClick={() => setIsOpen(true)}
        >
          {trigger}
        </Slot.Root>
      )}
      {isShown && <PlansDialog pricing={pricing} onOpenChange={onOpenChange ?? setIsOpen} />}
    </>
  );
}
