import { ArrowRight, CircleAlert, Sparkles } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { CheckoutForm } from "@/components/billing/checkout-form";
import { GoOn } from "@/components/billing/go-on";
import { StartTrialForm } from "@/components/billing/start-trial-form";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { chosenAction } from "@/lib/actions/billing";
import type { Choice, ChoiceRefusal } from "@/lib/billing/get-choice";

type Shown = Exclude<Choice, { is: "change" }>;

/** What was chosen before signing in goes on by itself; what came by a link from elsewhere waits for a click. */
export function Chosen({ choice, isStraight }: { choice: Shown; isStraight: boolean }) {
  const t = useTranslations("plans");
  if (choice.is === "refused") return <Refused why={choice.why} name={choice.name} />;
  const form =
    choice.is === "trial" ? (
      <StartTrialForm>{t("goOnTrial")}</StartTrialForm>
    ) : (
      <CheckoutForm action={chosenAction} lookupKey={choice.lookupKey} intent={choice.intent}>
        {t("goOn")}
      </CheckoutForm>
    );
  return (
    <EmptyState
      isPage
      icon={choice.is === "trial" ? <Sparkles aria-hidden /> : <ArrowRight aria-hidden />}
      title={choice.is === "trial" ? t("goOnTrialTitle", { plan: choice.name }) : t("goOnTitle")}
      action={isStraight ? <GoOn>{form}</GoOn> : form}
    >
      {choice.is === "trial" ? t("goOnTrialHint", choice) : t("goOnHint", { offer: choice.name })}
    </EmptyState>
  );
}

const toPlans = { label: "seePlans", href: "/pricing" } as const;
const toBilling = { label: "toBilling", href: "/dashboard/billing" } as const;
const toDashboard = { label: "toDashboard", href: "/dashboard" } as const;

const ways = {
  gone: toPlans,
  closed: toDashboard,
  current: toBilling,
  next: toBilling,
  blocked: toBilling,
  needsPlan: toPlans,
  tried: toDashboard,
  noTrial: toPlans,
} as const satisfies Record<ChoiceRefusal, { label: string; href: Route }>;

function Refused({ why, name }: { why: ChoiceRefusal; name: string }) {
  const t = useTranslations("plans");
  const { label, href } = ways[why];
  return (
    <EmptyState
      isPage
      icon={<CircleAlert aria-hidden />}
      title={t(`refusals.${why}.title`)}
      action={
        <Button asChild>
          <Link href={href}>{t(label)}</Link>
        </Button>
      }
    >
      {t(`refusals.${why}.hint`, { plan: name, pack: name })}
    </EmptyState>
  );
}
