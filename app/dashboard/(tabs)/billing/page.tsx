import type { Metadata } from "next";
import { AddOnList } from "@/components/billing/add-on-list";
import { AutoTopup } from "@/components/billing/auto-topup";
import { PaymentMethods } from "@/components/billing/payment-methods";
import { PaymentsTable } from "@/components/billing/payments-table";
import { SubscriptionDetails } from "@/components/billing/subscription-details";
import { Panel } from "@/components/panel";
import { Card, CardHeader } from "@/components/ui/card";
import { Pager } from "@/components/ui/pager";
import { requireUser } from "@/lib/auth/get-user";
import { getAutoTopup } from "@/lib/billing/get-auto-topup";
import { getPaymentMethods } from "@/lib/billing/get-payment-methods";
import { getPayments } from "@/lib/billing/get-payments";
import { getPlanPanel, type PlanPanel } from "@/lib/billing/get-plan-panel";
import { readGoal } from "@/lib/billing/plan-goal";
import { outcome } from "@/lib/outcome";

export const metadata: Metadata = { title: "Billing" };

export default async function BillingPage({ searchParams }: PageProps<"/dashboard/billing">) {
  await requireUser("/dashboard/billing");
  const query = await searchParams;
  const before = paymentKey(query.before);
  const [plan, methods, topup, payments] = await Promise.all([
    outcome(getPlanPanel(readGoal(query))),
    outcome(getPaymentMethods()),
    outcome(getAutoTopup()),
    outcome(getPayments(before)),
  ]);
  return (
    <div className="space-y-4">
      <Panel title="Subscription" result={plan}>
        {(data) => <SubscriptionDetails {...data} />}
      </Panel>
      {plan.ok && <AddOns panel={plan.data} />}
      <Panel title="Payment method" result={methods}>
        {(data) => (
          <PaymentMethods methods={data} canOpenPortal={plan.ok && plan.data.overview.canOpenPortal} />
        )}
      </Panel>
      <div id="auto-topup" className="scroll-mt-20">
        <Panel title="Automatic top-up" hint="Never run out in the middle of work." result={topup}>
          {(data) => <AutoTopup topup={data} />}
        </Panel>
      </div>
      <Panel title="Payment history" result={payments}>
        {(data) => (
          <>
            <PaymentsTable payments={data.payments} />
            <Pager
              newest={before === null ? null : "/dashboard/billing"}
              older={
                data.olderThan === null
                  ? null
                  : `/dashboard/billing?before=${encodeURIComponent(data.olderThan)}`
              }
            />
          </>
        )}
      </Panel>
    </div>
  );
}

/** Beside a plan, where there is one. */
function AddOns({ panel: { managed } }: { panel: PlanPanel }) {
  if (!managed || managed.addOns.length === 0) return null;
  return (
    <Card aria-label="Add-ons">
      <CardHeader title="Add-ons" hint="Charged together with your plan." />
      <AddOnList {...managed} />
    </Card>
  );
}

/** Anything but the key of a payment means the first page. */
function paymentKey(text: unknown): string | null {
  return typeof text === "string" && /^(invoice|checkout|payment_intent):\w{1,200}$/.test(text) ? text : null;
}
