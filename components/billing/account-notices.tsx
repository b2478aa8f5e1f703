import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { ConfirmTopupForm } from "@/components/billing/confirm-topup-form";
import { PortalForm } from "@/components/billing/portal-form";
import { Link } from "@/components/link";
import { RefreshOnReturn } from "@/components/refresh-on-return";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useFormats } from "@/components/use-formats";
import type { AccountNotice, NoticeKind } from "@/lib/billing/get-notices";
import type { PortalPage } from "@/lib/billing/open-portal";

type Way = {
  tone: "warning" | "negative" | "neutral";
  /** What is done at the notice's own address. */
  link?: "payNow" | "confirmPayment";
  /** At the payment service: the card is changed there. */
  portal?: PortalPage;
  /** On a page of ours. */
  page?: { href: "/pricing" | "/dashboard/billing"; word: "resumePlan" | "choosePlan" };
  isConfirmed?: boolean;
};

const icons = { warning: TriangleAlert, negative: CircleAlert, neutral: Info };

const ways: Record<NoticeKind, Way> = {
  payment_due: { tone: "neutral", link: "payNow" },
  payment_failed: { tone: "warning", link: "payNow", portal: "card" },
  payment_processing: { tone: "neutral" },
  confirm_payment: { tone: "warning", link: "confirmPayment" },
  suspends: { tone: "warning" },
  suspended: { tone: "negative" },
  paused: { tone: "neutral", page: { href: "/dashboard/billing", word: "resumePlan" } },
  trial_ended: { tone: "neutral", page: { href: "/pricing", word: "choosePlan" } },
  disputed: { tone: "warning" },
  debt: { tone: "warning" },
  topup_failed: { tone: "warning", portal: "front" },
  topup_off: { tone: "negative", portal: "front" },
  confirm_topup: { tone: "warning", isConfirmed: true },
  second_plan: { tone: "warning" },
  second_plan_ended: { tone: "neutral" },
};

/** What the user should know or do now, each with the one thing that settles it. */
export function AccountNotices({ notices }: { notices: AccountNotice[] }) {
  const words = useTranslations("notices");
  if (notices.length === 0) return null;
  return (
    <>
      {notices.some(({ url }) => url) && <RefreshOnReturn />}
      <ul className="mb-6 space-y-2 print:hidden" aria-label={words("label")}>
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
  const words = useTranslations("notices");
  const { tone, link, ...others } = ways[notice.kind];
  const { portal, page, isConfirmed } = notice.canBuy ? others : {};
  const Icon = icons[tone];
  const canPay = link && notice.url;
  return (
    <Notice tone={tone} icon={<Icon aria-hidden />} className="[&>svg]:mt-1.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72 py-1">
          <Sentence notice={notice} />
        </p>
        {(canPay || portal || page || isConfirmed) && (
          <div className="flex flex-wrap gap-2">
            {canPay && (
              <Button asChild size="sm">
                <a href={notice.url ?? undefined} target="_blank" rel="noreferrer">
                  {words(link)}
                </a>
              </Button>
            )}
            {isConfirmed && <ConfirmTopupForm size="sm">{words("confirmPayment")}</ConfirmTopupForm>}
            {page && (
              // Where the page itself has the button, it is not there twice.
              <Button asChild size="sm" className="in-[:has(#resume)]:hidden">
                <Link href={page.href}>{words(page.word)}</Link>
              </Button>
            )}
            {portal && (
              <PortalForm size="sm" page={portal} variant={canPay ? "link" : "primary"}>
                {words("changeCard")}
              </PortalForm>
            )}
          </div>
        )}
      </div>
    </Notice>
  );
}

/** Each sentence takes of these what it tells. */
function Sentence({ notice }: { notice: AccountNotice }) {
  const words = useTranslations("notices");
  const { date, dateTime, money } = useFormats();
  const { kind, subject, at, endsAt, amountCents, currency, credits } = notice;
  return words(`text.${kind}`, {
    subject: subject ?? words("plan"),
    named: subject ? "yes" : "no",
    amount: amountCents === null || currency === null ? words("owed") : money(amountCents, currency),
    credits: credits ?? 0,
    since: date(at),
    again: endsAt ? "yes" : "no",
    date: endsAt ? date(endsAt) : "",
    time: endsAt ? dateTime(endsAt) : "",
  });
}
