import { CreditCard, Lock } from "lucide-react";
import { AutoTopupForm } from "@/components/billing/auto-topup-form";
import { PortalForm } from "@/components/billing/portal-form";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import type { AutoTopup as Data, TopupReason } from "@/lib/billing/get-auto-topup";
import { formatDate, formatDateTime, formatMoney } from "@/lib/format";

/** A pack that is bought by itself when little is left: what was agreed to, and what came of it. */
export function AutoTopup({ topup }: { topup: Data }) {
  if (topup.lock && !topup.isOn)
    return (
      <EmptyState icon={<Lock aria-hidden />} title="Automatic top-up locked">
        {locks[topup.lock]}
      </EmptyState>
    );
  if (topup.methods.length === 0 && !topup.isOn)
    return (
      <EmptyState
        icon={<CreditCard aria-hidden />}
        title="No card to charge"
        action={topup.canOpenPortal && <PortalForm page="card">Add a card</PortalForm>}
      >
        {topup.canOpenPortal
          ? "Save a card first: an automatic top-up is charged to it."
          : "An automatic top-up is charged to the card of your plan. Choose a plan first."}
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

const locks: Record<NonNullable<Data["lock"]>, string> = {
  closed: "Packs cannot be bought at the moment. Your credits stay.",
  on_hold: "Packs can be bought again when your plan goes on.",
  no_plan: "Subscribe to any plan to have credits bought when few are left.",
};

/** What was saved is shown as it was saved. */
const formKey = ({ isOn, lookupKey, capCents, thresholdCredits, paymentMethod }: Data) =>
  [isOn, lookupKey, capCents, thresholdCredits, paymentMethod].join();

const words: Record<TopupReason, (until: string) => string | null> = {
  switched_off: () => null,
  in_progress: () => "A top-up is under way. Its credits come in a moment.",
  needs_action: () => "Your bank asks you to confirm the last top-up. Nothing else is bought until then.",
  not_sold: () => "This pack is no longer sold as you agreed to it. Choose again and save.",
  needs_plan: () => "Nothing is bought without a plan. It goes on when you have one again.",
  no_method: () => "The card that was to be charged is gone. Choose another and save.",
  frozen: () => "Your account is being looked into. Nothing is bought until then.",
  disputed: () => "A payment is disputed with your bank. Nothing is bought until that is decided.",
  in_debt: () =>
    "You owe credits that were refunded after you had used them. Nothing is bought by itself until that is settled.",
  refunded: () => "It is off, because a top-up was given back to you. Turn it on again if you want it.",
  waiting: (until) => `The last payment failed. It is tried again from ${until}.`,
  declined: () =>
    "It is off, because your card was declined three times. Change the card, or turn it on again.",
  cap_reached: (until) => `This month's limit is reached. It goes on from ${until}.`,
  awaits_purchase: () => "A pack that you have bought is on its way. Nothing else is bought until then.",
};

function WhyNot({ topup: { reason, retryAt } }: { topup: Data }) {
  const text = reason && words[reason](retryAt ? `${formatDateTime(retryAt)} UTC` : "later");
  if (!text) return null;
  return <Notice tone={reason === "declined" ? "negative" : "neutral"}>{text}</Notice>;
}

const states: Record<string, string> = {
  claimed: "under way",
  sent: "under way",
  needs_action: "waits for your confirmation",
  paid: "paid",
  failed: "failed",
  dropped: "not needed, not charged",
};

function Spent({ topup: { last, spentCents, capCents, currency } }: { topup: Data }) {
  if (!last || currency === null) return null;
  return (
    <dl className="grid gap-x-6 gap-y-1.5 border-t pt-4 text-[13px] sm:grid-cols-2">
      <Line term="This month">
        {formatMoney(spentCents, currency)}
        {capCents !== null && ` of ${formatMoney(capCents, currency)}`}
      </Line>
      <Line term="Last top-up">
        {formatMoney(last.amountCents, last.currency)}, {formatDate(last.at)},{" "}
        {states[last.state] ?? last.state}
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
