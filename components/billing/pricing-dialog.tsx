"use client";

import { PricingTable } from "@/components/billing/pricing-table";
import { Dialog } from "@/components/ui/dialog";
import type { Pricing } from "@/lib/billing/get-pricing";

export function PricingDialog({
  pricing,
  ...dialog
}: {
  pricing: Pricing;
  trigger?: React.ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  if (!pricing.canBuy) return null;
  return (
    <Dialog
      title="Choose a plan"
      description="Credits come each month. Cancel at any time."
      className="max-w-4xl"
      {...dialog}
    >
      <PricingTable pricing={pricing} />
    </Dialog>
  );
}
