import Link from "next/link";
import { CheckoutForm } from "@/components/billing/checkout-form";
import { Button } from "@/components/ui/button";
import type { Offer, OfferState } from "@/lib/billing/get-pricing";

const fixed: Partial<Record<OfferState, string>> = {
  current: "Current plan",
  next: "Your next plan",
  blocked: "Not now",
  fallback: "When your plan ends",
  after_trial: "When your trial ends",
};

/** The button under a plan, by what it does for this visitor. */
export function OfferButton({
  name,
  state,
  offer,
  isCurrentPlan,
  intent,
}: {
  name: string;
  state: OfferState;
  offer: Pick<Offer, "lookupKey" | "interval" | "changeTo"> | null;
  isCurrentPlan: boolean;
  intent: string;
}) {
  const label = fixed[state];
  if (label) {
    return (
      <Button variant="outline" className="w-full" disabled>
        {label}
      </Button>
    );
  }
  if (state === "sign-up") {
    return (
      <Button asChild variant={offer ? "primary" : "outline"} className="w-full">
        <Link href="/login?mode=sign-up&next=/pricing">Start with {name}</Link>
      </Button>
    );
  }
  if (!offer || state === "closed") return null;
  if (offer.changeTo) {
    const interval = offer.interval === "year" ? "Pay by the year" : "Pay by the month";
    return (
      <Button asChild className="w-full">
        <Link href={offer.changeTo} prefetch={false}>
          {isCurrentPlan ? interval : `Change to ${name}`}
        </Link>
      </Button>
    );
  }
  return (
    <CheckoutForm lookupKey={offer.lookupKey} intent={intent} className="[&>button]:w-full">
      Choose {name}
    </CheckoutForm>
  );
}
