import { CircleAlert, CircleCheck, Clock, SearchX } from "lucide-react";
import Link from "next/link";
import { AwaitWebhook } from "@/components/billing/await-webhook";
import { RetryButton } from "@/components/retry-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { Checkout } from "@/lib/billing/get-checkout";
import { countCredits, formatCredits, formatDate, formatMoney } from "@/lib/format";
import type { Outcome } from "@/lib/outcome";

export function CheckoutStatus({
  checkout,
  balance,
}: {
  checkout: Outcome<Checkout | null>;
  balance: number | null;
}) {
  return (
    <Card className="mx-auto mt-16 max-w-md sm:mt-24">
      <State checkout={checkout} balance={balance} />
    </Card>
  );
}

function State({ checkout, balance }: { checkout: Outcome<Checkout | null>; balance: number | null }) {
  if (!checkout.ok) {
    return (
      <EmptyState icon={<CircleAlert aria-hidden />} title="This could not be read" action={<RetryButton />}>
        {checkout.error.message}
      </EmptyState>
    );
  }
  const { data } = checkout;
  if (!data) {
    return (
      <EmptyState icon={<SearchX aria-hidden />} title="No such payment" action={<Back />}>
        There is no payment of yours at this address.
      </EmptyState>
    );
  }
  if (data.is === "confirming") return <AwaitWebhook />;
  if (data.is === "paid") {
    const { description, amountCents, currency, creditsGranted } = data.payment;
    const added = data.perMonth
      ? `${countCredits(data.perMonth)} added now, and as many each month of the year.`
      : `${countCredits(creditsGranted)} added.`;
    return (
      <EmptyState
        icon={<CircleCheck className="text-positive" aria-hidden />}
        title="Payment received"
        action={<Back />}
      >
        {description}, {formatMoney(amountCents, currency)}: {added}
        {balance !== null && (
          <span className="mt-5 block text-foreground">
            Your balance
            <span
              className="block text-4xl font-semibold tracking-tighter tabular-nums"
              data-testid="total-credits"
            >
              {formatCredits(balance)}
            </span>
          </span>
        )}
      </EmptyState>
    );
  }
  if (data.is === "after_trial") {
    return (
      <EmptyState
        icon={<CircleCheck className="text-positive" aria-hidden />}
        title="Your trial goes on"
        action={<Back />}
      >
        {data.description}: the first charge, and its credits, come on {formatDate(data.firstChargeAt)}. Until
        then everything stays as it is.
      </EmptyState>
    );
  }
  if (data.is === "debiting") {
    return (
      <EmptyState icon={<Clock aria-hidden />} title="Your bank is asked" action={<Back />}>
        {data.payment.description}, {formatMoney(data.payment.amountCents, data.payment.currency)}: the debit
        can take some days. The credits come as soon as your bank has paid; you need not wait here.
      </EmptyState>
    );
  }
  if (data.is === "failed") {
    return (
      <EmptyState icon={<CircleAlert aria-hidden />} title="Your bank has not paid" action={<Back />}>
        {data.payment.description}, {formatMoney(data.payment.amountCents, data.payment.currency)}: the
        payment failed, and no credits were added.
      </EmptyState>
    );
  }
  if (data.is === "open") {
    return (
      <EmptyState
        icon={<Clock aria-hidden />}
        title="Not paid yet"
        action={
          <Button asChild>
            <a href={data.url}>Continue to payment</a>
          </Button>
        }
      >
        This checkout is still open. Nothing was charged.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<Clock aria-hidden />} title="This checkout has expired" action={<Back />}>
      Nothing was charged. You can start again.
    </EmptyState>
  );
}

function Back() {
  return (
    <Button asChild>
      <Link href="/dashboard">Go to the dashboard</Link>
    </Button>
  );
}
