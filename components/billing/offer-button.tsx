import { useTranslations } from "next-intl";
import { CheckoutForm } from "@/components/billing/checkout-form";
import { signUpFor } from "@/components/billing/sign-up-for";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import type { Offer, OfferState } from "@/lib/billing/get-pricing";

const fixed = {
  current: "stateCurrent",
  next: "stateNext",
  blocked: "stateBlocked",
  fallback: "stateFallback",
  after_trial: "stateAfterTrial",
} as const satisfies Partial<Record<OfferState, string>>;

const isFixed = (state: OfferState): state is keyof typeof fixed => state in fixed;

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
  offer: Pick<Offer, "lookupKey" | "interval" | "changeTo" | "isSuggested"> | null;
  isCurrentPlan: boolean;
  intent: string;
}) {
  const t = useTranslations("plans");
  if (isFixed(state)) {
    return (
      <Button variant="outline" className="w-full" disabled>
        {t(fixed[state])}
      </Button>
    );
  }
  if (state === "sign-up") {
    return (
      <Button asChild variant={offer ? "primary" : "outline"} className="w-full">
        <Link href={offer ? signUpFor({ offer: offer.lookupKey }) : "/login?mode=sign-up"}>
          {offer ? t("startWith", { plan: name }) : t("startForFree")}
        </Link>
      </Button>
    );
  }
  if (!offer || state === "closed") return null;
  if (offer.changeTo) {
    return (
      <Button asChild variant={offer.isSuggested ? "primary" : "outline"} className="w-full">
        <Link href={offer.changeTo} prefetch={false}>
          {isCurrentPlan
            ? t(offer.interval === "year" ? "payYearly" : "payMonthly")
            : t("changeTo", { plan: name })}
        </Link>
      </Button>
    );
  }
  return (
    <CheckoutForm lookupKey={offer.lookupKey} intent={intent} className="[&>button]:w-full">
      {t("choose", { plan: name })}
    </CheckoutForm>
  );
}
