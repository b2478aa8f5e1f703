import { useTranslations } from "next-intl";
import { signUpFor } from "@/components/billing/sign-up-for";
import { StartTrialForm } from "@/components/billing/start-trial-form";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import type { TrialTerms } from "@/lib/billing/get-catalog";

/** Under the plan that can be tried; who is not signed in signs up first. */
export function StartTrial({
  planKey,
  terms: { days, credits },
  isSignedIn,
}: {
  planKey: string;
  terms: TrialTerms;
  isSignedIn: boolean;
}) {
  const t = useTranslations("plans");
  const label = t("tryFor", { days });
  return (
    <div>
      {isSignedIn ? (
        <StartTrialForm variant="outline" className="[&>button]:w-full">
          {label}
        </StartTrialForm>
      ) : (
        <Button asChild variant="outline" className="w-full">
          <Link href={signUpFor({ trial: planKey })}>{label}</Link>
        </Button>
      )}
      <p className="mt-1.5 text-center text-xs text-muted-foreground">{t("tryTerms", { credits })}</p>
    </div>
  );
}
