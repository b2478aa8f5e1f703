import { useTranslations } from "next-intl";
import { OfferButton } from "@/components/billing/offer-button";
import type { Interval } from "@/components/billing/pricing-table";
import { StartTrial } from "@/components/billing/start-trial";
import { Badge } from "@/components/ui/badge";
import { CheckList } from "@/components/ui/check-list";
import { useFormats } from "@/components/use-formats";
import type { Offer, PricedPlan } from "@/lib/billing/get-pricing";
import { cn } from "@/lib/utils";

type PlanOfferProps = { plan: PricedPlan; interval: Interval; intent: string };

/** A plan as a column: what it costs, what can be done about it, and what it brings, each level with the others'. */
export function PlanOffer({ plan, interval, intent }: PlanOfferProps) {
  const offer = offerIn(plan, interval);
  return (
    <li
      aria-label={plan.name}
      className={cn(
        "row-span-4 grid grid-rows-subgrid gap-y-0 rounded-xl border bg-card p-5 shadow-xs sm:p-6",
        isOwn(plan) && "border-foreground ring-1 ring-foreground",
      )}
    >
      <div>
        <Title plan={plan} />
        <p className="mt-1 text-caption text-pretty text-muted-foreground">{plan.description}</p>
      </div>
      <Price plan={plan} offer={offer} />
      <div className="mt-5">
        <Buttons plan={plan} offer={offer} intent={intent} />
      </div>
      <Contents plan={plan} className="mt-5 border-t pt-5" />
    </li>
  );
}

/** What was agreed with this account: above what everybody is offered, and over the whole width. */
export function CustomPlanOffer({ plan, interval, intent }: PlanOfferProps) {
  const t = useTranslations("plans");
  const offer = offerIn(plan, interval);
  return (
    <section
      aria-label={plan.name}
      className="grid gap-6 rounded-xl border border-promotional/40 bg-promotional/5 p-5 shadow-xs sm:p-6 md:grid-cols-[1fr_1fr_auto] md:items-center"
    >
      <div>
        <p className="mb-1.5 text-xs font-medium text-muted-foreground">{t("yours")}</p>
        <Title plan={plan} />
        <p className="mt-1 text-caption text-muted-foreground">{t("yoursHint")}</p>
        <Price plan={plan} offer={offer} />
      </div>
      <Contents plan={plan} />
      <div className="md:w-44">
        <Buttons plan={plan} offer={offer} intent={intent} />
      </div>
    </section>
  );
}

const offerIn = ({ offers }: PricedPlan, interval: Interval): Offer | null =>
  offers.find((one) => one.interval === interval) ?? offers[0] ?? null;

const isOwn = ({ state }: PricedPlan) => state === "current" || state === "trial";

function Title({ plan }: { plan: PricedPlan }) {
  const t = useTranslations("plans");
  return (
    <div className="flex min-h-6 items-center justify-between gap-2">
      <h3 className="font-medium">{plan.name}</h3>
      {plan.state === "current" && <Badge>{t("badgeCurrent")}</Badge>}
      {plan.state === "trial" && <Badge>{t("badgeTrial")}</Badge>}
    </div>
  );
}

function Price({ plan, offer }: { plan: PricedPlan; offer: Offer | null }) {
  const t = useTranslations("plans");
  const { price } = useFormats();
  return (
    <div>
      <p className="mt-4 flex flex-wrap items-baseline gap-x-1.5 text-3xl font-semibold tracking-tight tabular-nums">
        {offer ? price(offer.perMonthCents, offer.currency) : t("free")}
        {offer && (
          <span className="text-sm font-normal tracking-normal text-muted-foreground">
            {t(plan.maxQuantity > 1 ? "perMonthAndSeat" : "perMonth")}
          </span>
        )}
      </p>
      <div className="mt-1 min-h-9 text-xs leading-[1.125rem] text-muted-foreground">
        {offer ? <Billed offer={offer} /> : t("noCharge")}
      </div>
    </div>
  );
}

/** Of a plan paid by the year: what is charged at once, and what that saves. */
function Billed({ offer: { interval, billedCents, saved, currency } }: { offer: Offer }) {
  const t = useTranslations("plans");
  const { price, money, percent } = useFormats();
  if (interval === "month") return t("billedMonthly");
  return (
    <>
      {t("billedYearly", { price: price(billedCents, currency) })}
      {saved && (
        <span className="block text-positive">
          {t("savesAYear", { amount: money(saved.cents, currency), percent: percent(saved.percent / 100) })}
        </span>
      )}
    </>
  );
}

function Buttons({ plan, offer, intent }: { plan: PricedPlan; offer: Offer | null; intent: string }) {
  return (
    <div className="space-y-2">
      <OfferButton
        name={plan.name}
        state={offer?.state ?? plan.state}
        offer={offer}
        isCurrentPlan={plan.state === "current"}
        intent={intent}
      />
      {plan.trial && (
        <StartTrial planKey={plan.key} terms={plan.trial} isSignedIn={plan.state !== "sign-up"} />
      )}
    </div>
  );
}

function Contents({ plan, className }: { plan: PricedPlan; className?: string }) {
  const t = useTranslations("plans");
  return (
    <div className={className}>
      {plan.creditsPerMonth > 0 && (
        <p className="mb-3 text-sm font-medium">
          {t(plan.maxQuantity > 1 ? "creditsAMonthAndSeat" : "creditsAMonth", {
            credits: plan.creditsPerMonth,
          })}
        </p>
      )}
      <CheckList>{plan.features}</CheckList>
    </div>
  );
}
