import { Lock } from "lucide-react";
import { PackGrid } from "@/components/billing/pack-grid";
import { PricingDialog } from "@/components/billing/pricing-dialog";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Pricing } from "@/lib/billing/get-pricing";

export function TopUp({ pricing }: { pricing: Pricing }) {
  if (pricing.canTopUp) return <PackGrid packs={pricing.packs} intent={pricing.intent} />;
  if (!pricing.canBuy) {
    return (
      <EmptyState icon={<Lock aria-hidden />} title="Top-up credits locked">
        Packs cannot be bought at the moment. Your credits stay.
      </EmptyState>
    );
  }
  if (pricing.isOnHold) {
    return (
      <EmptyState icon={<Lock aria-hidden />} title="Top-up credits locked">
        Packs can be bought again when your plan goes on.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Lock aria-hidden />}
      title="Top-up credits locked"
      action={<PricingDialog pricing={pricing} trigger={<Button variant="outline">View Plans</Button>} />}
    >
      Subscribe to any plan to unlock the ability to purchase permanent credits.
    </EmptyState>
  );
}
