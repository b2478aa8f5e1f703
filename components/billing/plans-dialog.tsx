"use client";

import { useTranslations } from "next-intl";
import { PackSection } from "@/components/billing/pack-section";
import { PricingTable } from "@/components/billing/pricing-table";
import { Link } from "@/components/link";
import { Dialog } from "@/components/ui/dialog";
import type { Pricing } from "@/lib/billing/get-pricing";

export function PlansDialog({
  pricing,
  onOpenChange,
  opener,
}: Pick<React.ComponentProps<typeof Dialog>, "opener"> & {
  pricing: Pricing;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("plans");
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      opener={opener}
      title={t("dialogTitle")}
      description={t("dialogDescription")}
      className="max-w-4xl"
    >
      <PricingTable pricing={pricing} />
      <PackSection pricing={pricing} className="mt-10" />
      <p className="mt-6 text-center text-caption">
        <Link
          href="/pricing#compare"
          className="text-muted-foreground underline underline-offset-4 hover:text-foreground"
        >
          {t("dialogMore")}
        </Link>
      </p>
    </Dialog>
  );
}
