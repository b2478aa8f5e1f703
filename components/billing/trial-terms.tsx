import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { useFormats } from "@/components/use-formats";
import type { Trial } from "@/lib/billing/get-overview";

/** When a plan is first charged that is chosen during a trial. */
export function TrialTerms({ trial: { endsAt, firstChargeAt } }: { trial: Trial }) {
  const t = useTranslations("plans");
  const { date } = useFormats();
  return (
    <Notice tone={firstChargeAt ? "neutral" : "warning"}>
      {firstChargeAt
        ? t("trialGoesOn", { date: date(firstChargeAt) })
        : t("trialEndsSoon", { date: date(endsAt) })}
    </Notice>
  );
}
