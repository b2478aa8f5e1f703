import { CircleAlert, CircleCheck, Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { AwaitWebhook } from "@/components/billing/await-webhook";
import { Link } from "@/components/link";
import { RetryButton } from "@/components/retry-button";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useFormats } from "@/components/use-formats";
import type { Checkout } from "@/lib/billing/get-checkout";
import type { Payment } from "@/lib/billing/get-payments";
import type { Outcome } from "@/lib/outcome";

export function CheckoutStatus({
  checkout,
  balance,
}: {
  checkout: Outcome<Checkout>;
  balance: number | null;
}) {
  const words = useTranslations("checkout");
  if (checkout.ok) return <State checkout={checkout.data} balance={balance} />;
  return (
    <EmptyState isPage icon={<CircleAlert aria-hidden />} title={words("unread")} action={<RetryButton />}>
      {checkout.error.message}
    </EmptyState>
  );
}

const icons = {
  afterTrial: CircleCheck,
  debiting: Clock,
  failed: CircleAlert,
  open: Clock,
  expired: Clock,
};

function State({ checkout, balance }: { checkout: Checkout; balance: number | null }) {
  const words = useTranslations("checkout");
  const formats = useFormats();
  const say = (part: keyof typeof icons, text: string, action: React.ReactNode = <Back />) => {
    const Icon = icons[part];
    return (
      <EmptyState isPage icon={<Icon aria-hidden />} title={words(`${part}.title`)} action={action}>
        {text}
      </EmptyState>
    );
  };
  const paymentOf = ({ description, amountCents, currency }: Payment) => ({
    what: description,
    amount: formats.money(amountCents, currency),
  });
  switch (checkout.is) {
    case "confirming":
      return <AwaitWebhook />;
    case "paid":
      return <Paid {...checkout} balance={balance} />;
    case "after_trial": {
      const when = { what: checkout.description, date: formats.date(checkout.firstChargeAt) };
      return say("afterTrial", words("afterTrial.text", when));
    }
    case "debiting":
      return say("debiting", words("debiting.text", paymentOf(checkout.payment)));
    case "failed":
      return say("failed", words("failed.text", paymentOf(checkout.payment)));
    case "open":
      return say(
        "open",
        words("open.text"),
        <Button asChild>
          <a href={checkout.url}>{words("open.continue")}</a>
        </Button>,
      );
    case "expired":
      return say("expired", words("expired.text"));
  }
}

function Paid({
  payment,
  perMonth,
  balance,
}: Omit<Extract<Checkout, { is: "paid" }>, "is"> & { balance: number | null }) {
  const words = useTranslations("checkout");
  const { money, number } = useFormats();
  const added = {
    what: payment.description,
    amount: money(payment.amountCents, payment.currency),
    count: perMonth ?? payment.creditsGranted,
  };
  return (
    <EmptyState
      isPage
      icon={<CircleCheck className="text-positive" aria-hidden />}
      title={words("paid.title")}
      action={<Back />}
    >
      {words(perMonth ? "paid.monthly" : "paid.text", added)}
      {balance !== null && (
        <span className="mt-5 block text-foreground">
          {words("paid.balance")}
          <span
            className="block text-4xl font-semibold tracking-tighter tabular-nums"
            data-testid="total-credits"
          >
            {number(balance)}
          </span>
        </span>
      )}
    </EmptyState>
  );
}

function Back() {
  const words = useTranslations("checkout");
  return (
    <Button asChild>
      <Link href="/dashboard">{words("toDashboard")}</Link>
    </Button>
  );
}
