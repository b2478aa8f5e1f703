import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { AddOnList } from "@/components/billing/add-on-list";
import { AutoTopup } from "@/components/billing/auto-topup";
import { PaymentMethods } from "@/components/billing/payment-methods";
import { PaymentsTable } from "@/components/billing/payments-table";
import { SubscriptionDetails } from "@/components/billing/subscription-details";
import { Loading } from "@/components/loading";
import { Panel } from "@/components/panel";
import { PrintButton } from "@/components/print-button";
import { Pager } from "@/components/ui/pager";
import { PanelSkeleton } from "@/components/ui/skeleton";
import { requireUser } from "@/lib/auth/get-user";
import { getAutoTopup } from "@/lib/billing/get-auto-topup";
import { getPaymentMethods } from "@/lib/billing/get-payment-methods";
import { getPayments } from "@/lib/billing/get-payments";
import { getPlanPanel } from "@/lib/billing/get-plan-panel";
import { readGoal } from "@/lib/billing/plan-goal";
import { outcome } from "@/lib/outcome";
import { cn } from "@/lib/utils";
import { DebtPanel, DetailsPanel, NextChargeLine } from "./streamed";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("billing"))("title") };
}

export default async function BillingPage({ searchParams }: PageProps<"/dashboard/billing">) {
  await requireUser("/dashboard/billing");
  const query = await searchParams;
  const before = paymentKey(query.before);
  const [words, plan, methods, topup, payments] = await Promise.all([
    getTranslations("billing"),
    outcome(getPlanPanel(readGoal(query))),
    outcome(getPaymentMethods()),
    outcome(getAutoTopup()),
    outcome(getPayments(before)),
  ]);
  const managed = plan.ok ? plan.data.managed : null;
  const addOns = managed?.addOns.length ? managed : null;
  const isCharged = managed?.nextCharge?.when === "renewal" || (topup.ok && topup.data.isOn);
  return (
    <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-4">
      <Panel title={words("plan.title")} result={plan} className="md:col-span-2 print:hidden">
        {(data) => <SubscriptionDetails {...data} nextCharge={<NextChargeLine managed={data.managed} />} />}
      </Panel>
      <Panel title={words("methods.title")} result={methods} className="print:hidden">
        {(data) => (
          <PaymentMethods
            methods={data}
            canOpenPortal={plan.ok && plan.data.overview.canOpenPortal}
            isCharged={isCharged}
          />
        )}
      </Panel>
      <Suspense
        fallback={
          <Loading>
            <PanelSkeleton lines={3} />
          </Loading>
        }
      >
        <DetailsPanel />
      </Suspense>
      <DebtPanel />
      {addOns && (
        <Panel
          title={words("addOns.title")}
          hint={words(addOns.block ? `block.${addOns.block}` : "addOns.hint")}
          result={{ ok: true, data: addOns }}
          className="md:col-span-2 print:hidden"
        >
          {(data) => <AddOnList {...data} />}
        </Panel>
      )}
      <div
        id="auto-topup"
        className={cn("scroll-mt-20 md:col-span-2 print:hidden", !addOns && "2xl:col-span-full")}
      >
        <Panel title={words("topup.title")} hint={words("topup.hint")} result={topup} className="h-full">
          {(data) => <AutoTopup topup={data} />}
        </Panel>
      </div>
      <Panel
        title={words("payments.title")}
        result={payments}
        className="col-span-full print:border-0"
        action={({ payments: { length } }) => length > 0 && <PrintButton>{words("print")}</PrintButton>}
      >
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

/** Anything but the key of a payment means the first page. */
function paymentKey(text: unknown): string | null {
  return typeof text === "string" && /^(invoice|checkout|payment_intent):\w{1,200}$/.test(text) ? text : null;
}
