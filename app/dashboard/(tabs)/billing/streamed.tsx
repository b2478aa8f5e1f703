import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { BillingDetails } from "@/components/billing/billing-details";
import { Debts } from "@/components/billing/debts";
import { NextCharge } from "@/components/billing/next-charge";
import { Panel } from "@/components/panel";
import { getBillingDetails } from "@/lib/billing/get-billing-details";
import type { ManagedPlan } from "@/lib/billing/get-managed-plan";
import { getNextCharge } from "@/lib/billing/get-next-charge";
import { getDebts } from "@/lib/billing/get-notices";
import { outcome } from "@/lib/outcome";

/** The catalog's price at once, and the whole of the invoice when the payment service has said it. */
export function NextChargeLine({ managed }: { managed: ManagedPlan | null }) {
  if (!managed?.nextCharge) return null;
  const planned = { ...managed.nextCharge, isWhole: false, taxCents: 0, offCents: 0 };
  return (
    <Suspense fallback={<NextCharge charge={planned} />}>
      <WholeCharge />
    </Suspense>
  );
}

async function WholeCharge() {
  const charge = await getNextCharge();
  return charge && <NextCharge charge={charge} />;
}

export async function DetailsPanel() {
  const [words, details] = await Promise.all([
    getTranslations("billing.details"),
    outcome(getBillingDetails()),
  ]);
  return (
    <Panel title={words("title")} hint={words("hint")} result={details} className="print:hidden">
      {(data) => <BillingDetails details={data} />}
    </Panel>
  );
}

/** There for who owes anything. */
export async function DebtPanel() {
  const [words, debts] = await Promise.all([getTranslations("billing.debt"), outcome(getDebts())]);
  if (!debts.ok || debts.data.length === 0) return null;
  const count = debts.data.reduce((sum, { credits }) => sum + (credits ?? 0), 0);
  return (
    <Panel
      title={words("title")}
      hint={words("hint", { count })}
      result={debts}
      className="col-span-full print:hidden"
    >
      {(data) => <Debts debts={data} />}
    </Panel>
  );
}
