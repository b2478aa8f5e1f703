import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { StartTrialForm } from "@/components/billing/start-trial-form";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { hideFirstStepsAction } from "@/lib/actions/onboarding";
import type { FirstSteps as Steps } from "@/lib/onboarding/get-first-steps";
import { cn } from "@/lib/utils";

/** For who is new: the credits that are there, the first spend, and a plan. The next step is the one with the full button. */
export function FirstSteps({ credits, isOnTrial, hasSpent, plan }: Steps) {
  const words = useTranslations("frame.firstSteps");
  const isNext = hasSpent ? "primary" : "outline";
  return (
    <Card aria-label={words("title")} className="relative">
      <h2 className="pr-10 font-medium tracking-tight">{words("title")}</h2>
      <form action={hideFirstStepsAction} className="absolute top-3 right-3">
        <Button type="submit" variant="ghost" size="icon" aria-label={words("hide")}>
          <X aria-hidden />
        </Button>
      </form>
      <ol className="mt-5 grid gap-x-8 gap-y-6 md:grid-cols-3">
        <Step
          number={1}
          isDone
          title={words("credits.title", { count: credits })}
          text={words(isOnTrial ? "credits.trial" : "credits.text")}
        />
        <Step number={2} isDone={hasSpent} title={words("spend.title")} text={words("spend.text")}>
          <Button asChild size="sm">
            <Link href="/dashboard/playground">{words("spend.act")}</Link>
          </Button>
        </Step>
        {plan && (
          <Step number={3} isDone={plan === "chosen"} title={words("plan.title")} text={words("plan.text")}>
            {plan === "trial" && (
              <StartTrialForm size="sm" variant={isNext}>
                {words("plan.trial")}
              </StartTrialForm>
            )}
            <Button asChild size="sm" variant={plan === "trial" ? "ghost" : isNext}>
              <Link href="/pricing">{words("plan.act")}</Link>
            </Button>
          </Step>
        )}
      </ol>
    </Card>
  );
}

function Step({
  number,
  isDone,
  title,
  text,
  children,
}: {
  number: number;
  isDone: boolean;
  title: string;
  text: string;
  children?: React.ReactNode;
}) {
  const words = useTranslations("frame.firstSteps");
  return (
    <li className="flex gap-3">
      <span
        className={cn(
          "grid size-6 shrink-0 place-items-center rounded-full border text-xs font-medium tabular-nums",
          isDone && "border-transparent bg-positive/12 text-positive",
        )}
      >
        {isDone ? <Check className="size-3.5" aria-label={words("done")} /> : number}
      </span>
      <div>
        <h3 className="text-sm leading-6 font-medium">{title}</h3>
        <p className="mt-0.5 text-caption text-muted-foreground">{text}</p>
        {!isDone && children && <div className="mt-3 flex flex-wrap gap-2">{children}</div>}
      </div>
    </li>
  );
}
