import Link from "next/link";
import { StartTrialForm } from "@/components/billing/start-trial-form";
import { Button } from "@/components/ui/button";
import type { TrialTerms } from "@/lib/billing/get-catalog";
import { countCredits } from "@/lib/format";

/** Under the plan that can be tried; who is not signed in signs up first. */
export function StartTrial({
  terms: { days, credits },
  isSignedIn,
}: {
  terms: TrialTerms;
  isSignedIn: boolean;
}) {
  const label = `Try it for ${days} days`;
  return (
    <div className="mb-2">
      {isSignedIn ? (
        <StartTrialForm variant="outline" className="[&>button]:w-full">
          {label}
        </StartTrialForm>
      ) : (
        <Button asChild variant="outline" className="w-full">
          <Link href="/login?mode=sign-up&next=/pricing">{label}</Link>
        </Button>
      )}
      <p className="mt-1.5 text-center text-xs text-muted-foreground">
        {countCredits(credits)}, no card needed
      </p>
    </div>
  );
}
