import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { ConfirmTopupForm } from "@/components/billing/confirm-topup-form";
import { PortalForm } from "@/components/billing/portal-form";
import { RefreshOnReturn } from "@/components/refresh-on-return";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { AccountNotice, NoticeKind } from "@/lib/billing/get-notices";
import type { PortalPage } from "@/lib/billing/open-portal";
import { countCredits, formatDate, formatDateTime, formatMoney } from "@/lib/format";

type Tone = "warning" | "negative" | "neutral";
type Words = {
  tone: Tone;
  text: (notice: AccountNotice) => string;
  link?: string;
  portal?: string;
  /** A page of ours, and what is done there. */
  page?: { href: "/pricing" | "/dashboard/billing"; label: string };
  portalPage?: PortalPage;
  confirm?: string;
};

const icons = { warning: TriangleAlert, negative: CircleAlert, neutral: Info };

const words: Record<NoticeKind, Words> = {
  payment_due: {
    tone: "neutral",
    text: (notice) => `${subjectOf(notice)}: ${amountOf(notice)} to pay.`,
    link: "Pay now",
  },
  payment_failed: {
    tone: "warning",
    text: (notice) =>
      `${subjectOf(notice)}: the payment of ${amountOf(notice)} failed, so its new credits have not come. ${
        notice.endsAt ? `It is tried again on ${formatDate(notice.endsAt)}.` : "It is not tried again."
      }`,
    link: "Pay now",
    portal: "Change card",
    portalPage: "card",
  },
  payment_processing: {
    tone: "neutral",
    text: (notice) =>
      `${subjectOf(notice)}: your bank is asked for ${amountOf(notice)}, which can take some days. Its credits come when it has paid.`,
  },
  confirm_payment: {
    tone: "warning",
    text: (notice) =>
      `${subjectOf(notice)}: your bank asks you to confirm the payment of ${amountOf(notice)}. Its credits come then.`,
    link: "Confirm payment",
  },
  suspends: {
    tone: "warning",
    text: ({ endsAt }) =>
      `Your plan's credits are frozen${endsAt ? ` on ${formatDate(endsAt)}` : ""} unless the payment arrives. Credits that you bought in packs stay.`,
  },
  suspended: {
    tone: "negative",
    text: (notice) =>
      `Your plan's credits are frozen${frozenOf(notice)} until the payment arrives. Credits that you bought in packs can be spent.`,
  },
  paused: {
    tone: "neutral",
    text: (notice) =>
      `Your plan is paused since ${formatDate(notice.at)}. Its credits wait for you${frozenOf(notice)}; nothing is charged meanwhile.`,
    page: { href: "/dashboard/billing", label: "Resume plan" },
  },
  trial_ended: {
    tone: "neutral",
    text: ({ subject, at }) =>
      `Your trial${subject ? ` of ${subject}` : ""} ended on ${formatDate(at)}. Nothing was charged; choose a plan to go on where you were.`,
    page: { href: "/pricing", label: "Choose a plan" },
  },
  disputed: {
    tone: "warning",
    text: (notice) =>
      `${subjectOf(notice)}: the payment of ${amountOf(notice)} is disputed with your bank. What is left of its credits is frozen until that is decided.`,
  },
  debt: {
    tone: "warning",
    text: (notice) =>
      `${subjectOf(notice)}: refunded after its credits were spent. ${countCredits(notice.credits ?? 0)} ${
        notice.credits === 1 ? "is" : "are"
      } taken from the next credits that you buy.`,
  },
  topup_failed: {
    tone: "warning",
    text: (notice) =>
      `${subjectOf(notice)}: the automatic top-up for ${amountOf(notice)} failed. ${
        notice.endsAt
          ? `It is tried again from ${formatDateTime(notice.endsAt)} UTC on.`
          : "It is tried again."
      }`,
    portal: "Change card",
  },
  topup_off: {
    tone: "negative",
    text: () =>
      "Automatic top-up is off, because your card was declined three times. Change the card, or turn it on again under Billing.",
    portal: "Change card",
  },
  confirm_topup: {
    tone: "warning",
    text: (notice) =>
      `${subjectOf(notice)}: your bank asks you to confirm the automatic top-up for ${amountOf(notice)}${
        notice.endsAt ? ` by ${formatDateTime(notice.endsAt)} UTC` : ""
      }.`,
    confirm: "Confirm payment",
  },
};

/** What the user should know or do now, each with the one thing that settles it. */
export function AccountNotices({ notices }: { notices: AccountNotice[] }) {
  if (notices.length === 0) return null;
  return (
    <>
      {notices.some(({ url }) => url) && <RefreshOnReturn />}
      <ul className="mb-6 space-y-2" aria-label="Notices">
        {notices.map((notice) => (
          <li key={notice.key}>
            <OneNotice notice={notice} />
          </li>
        ))}
      </ul>
    </>
  );
}

function OneNotice({ notice }: { notice: AccountNotice }) {
  const { tone, text, link, ...others } = words[notice.kind];
  const { portal, portalPage, page, confirm } = notice.canBuy ? others : {};
  const Icon = icons[tone];
  const canPay = link && notice.url;
  return (
    <Notice tone={tone} icon={<Icon aria-hidden />} className="[&>svg]:mt-1.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72 py-1">{text(notice)}</p>
        {(canPay || portal || page || confirm) && (
          <div className="flex flex-wrap gap-2">
            {canPay && (
              <Button asChild size="sm">
                <a href={notice.url ?? undefined} target="_blank" rel="noreferrer">
                  {link}
                </a>
              </Button>
            )}
            {confirm && <ConfirmTopupForm size="sm">{confirm}</ConfirmTopupForm>}
            {page && (
              <Button asChild size="sm">
                <Link href={page.href}>{page.label}</Link>
              </Button>
            )}
            {portal && (
              <PortalForm size="sm" page={portalPage} variant={canPay ? "outline" : "primary"}>
                {portal}
              </PortalForm>
            )}
          </div>
        )}
      </div>
    </Notice>
  );
}

const subjectOf = ({ subject }: AccountNotice) => subject ?? "Your plan";

const amountOf = ({ amountCents, currency }: AccountNotice) =>
  amountCents === null || currency === null ? "what is owed" : formatMoney(amountCents, currency);

const frozenOf = ({ credits }: AccountNotice) => (credits ? ` (${countCredits(credits)})` : "");
