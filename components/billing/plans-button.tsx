"use client";

import dynamic from "next/dynamic";
import { Slot } from "radix-ui";
import { useState } from "react";
import type { Pricing } from "@/lib/billing/get-pricing";

const load = () => import("@/components/billing/plans-dialog").then((file) => file.PlansDialog);
const PlansDialog = dynamic(load);

/** The plans, over any page; what it shows is loaded when somebody is about to look at it. */
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
  const [isOpen, setIsOpen] = useState(false);
  const isShown = open ?? isOpen;
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
