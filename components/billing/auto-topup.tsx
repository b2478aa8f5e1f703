import { CreditCard, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { AutoTopupForm } from "@/components/billing/auto-topup-form";
import { PortalForm } from "@/components/billing/portal-form";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { useFormats } from "@/components/use-formats";
import type { AutoTopup as Data } from "@/lib/billing/get-auto-topup";

/** A pack that is bought by itself when little is left: what was agreed to, and what came of it. */
export function AutoTopup({ topup }: { topup: Data }) {
  const words = useTranslations("billing.topup");
  if (topup.lock && !topup.isOn)
    return (
      <EmptyState isQuiet icon={<Lock aria-hidden />} title={words("locked")}>
        {words(`lock.${topup.lock}`)}
      </EmptyState>
    );
  if (topup.methods.length === 0 && !topup.isOn)
    return (
      <EmptyState
        isQuiet
        icon={<CreditCard aria-hidden />}
        title={words("noCard")}
        action={topup.canOpenPortal && <PortalForm page="card">{words("addCard")}</PortalForm>}
      >
        {words(topup.canOpenPortal ? "noCardText" : "noCardPlan")}
      </EmptyState>
    );
  return (
    <div className="space-y-5">
      <WhyNot topup={topup} />
      <AutoTopupForm key={formKey(topup)} topup={topup} />
      <Spent topup={topup} />
    </div>
  );
}

/** What was saved is shown as it was saved. */
const formKey = ({ isOn, lookupKey, capCents, thresholdCredits, paymentMethod }: Data) =>
  [isOn, lookupKey, capCents, thresholdCredits, paymentMethod].join();

function WhyNot({ topup: { reason, retryAt } }: { topup: Data }) {
  const words = useTranslations("billing.topup");
  const { dateTime } = useFormats();
  if (!reason || reason === "switched_off") return null;
  const until = retryAt ? words("utc", { time: dateTime(retryAt) }) : words("later");
  return (
    <Notice tone={reason === "declined" ? "negative" : "neutral"}>
      {words(`reason.${reason}`, { until })}
    </Notice>
  );
}

function Spent({ topup: { last, spentCents, capCents, currency } }: { topup: Data }) {
  const words = useTranslations("billing.topup");
  const { date, money } = useFormats();
  if (!last || currency === null) return null;
  const spent = money(spentCents, currency);
  return (
    <dl className="grid gap-x-6 gap-y-1.5 border-t pt-4 text-caption sm:grid-cols-2">
      <Line term={words("thisMonth")}>
        {capCents === null ? spent : words("spentOf", { spent, cap: money(capCents, currency) })}
      </Line>
      <Line term={words("last")}>
        {words("lastIs", {
          amount: money(last.amountCents, last.currency),
          date: date(last.at),
          state: last.state,
        })}
      </Line>
    </dl>
  );
}

function Line({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt className="text-muted-foreground">{term}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}
