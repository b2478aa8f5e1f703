"use client";

import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PackList } from "@/components/billing/pack-list";
import { PlansDialog } from "@/components/billing/plans-dialog";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useFormats } from "@/components/use-formats";
import type { Pricing } from "@/lib/billing/get-pricing";
import type { Quote } from "@/lib/credits/quote";

type WayOut = "plans" | "packs" | null;

/** What is needed, what is there, and two ways out. */
export function InsufficientDialog({
  quote,
  pricing,
  open,
  onOpenChange,
  opener,
}: {
  quote: Quote;
  pricing: Pricing;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  opener: React.RefObject<HTMLElement | null>;
}) {
  const words = useTranslations("playground.short");
  const formats = useFormats();
  const [wayOut, setWayOut] = useState<WayOut>(null);
  const leaveFor = (next: WayOut) => {
    onOpenChange(false);
    setWayOut(next);
  };
  const close = () => setWayOut(null);
  return (
    <>
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        opener={opener}
        title={words("title")}
        description={words("text", { price: quote.price, balance: quote.balance })}
      >
        {pricing.canBuy && quote.wayOut && (
          <p className="mb-5 rounded-lg border bg-muted/50 p-3 text-caption">
            {words("cover", {
              pack: quote.wayOut.name,
              price: formats.price(quote.wayOut.priceCents, quote.wayOut.currency),
              missing: quote.shortfall,
            })}
          </p>
        )}
        {pricing.canBuy && (
          <>
            <div className="grid grid-cols-2 gap-3">
              <Button variant={pricing.canTopUp ? "outline" : "primary"} onClick={() => leaveFor("plans")}>
                {words("upgrade")}
              </Button>
              <Button
                variant={pricing.canTopUp ? "primary" : "outline"}
                disabled={!pricing.canTopUp}
                onClick={() => leaveFor("packs")}
              >
                {!pricing.canTopUp && <Lock aria-hidden />}
                {words("buy")}
              </Button>
            </div>
            <p className="mt-3 text-caption text-muted-foreground">
              {pricing.canTopUp ? (
                <Link href="/dashboard/billing#auto-topup" className="underline underline-offset-4">
                  {words("auto")}
                </Link>
              ) : (
                words("locked")
              )}
            </p>
          </>
        )}
      </Dialog>
      {wayOut === "plans" && <PlansDialog pricing={pricing} onOpenChange={close} opener={opener} />}
      <Dialog
        open={wayOut === "packs"}
        onOpenChange={close}
        opener={opener}
        title={words("buyTitle")}
        description={words("buyText")}
      >
        <PackList packs={pricing.packs} intent={pricing.intent} />
      </Dialog>
    </>
  );
}
