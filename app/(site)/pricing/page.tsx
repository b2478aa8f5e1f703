import type { Metadata } from "next";
import { CurrencyPicker } from "@/components/billing/currency-picker";
import { PackList } from "@/components/billing/pack-list";
import { PricingTable } from "@/components/billing/pricing-table";
import { Panel } from "@/components/panel";
import { getPricing } from "@/lib/billing/get-pricing";
import { outcome } from "@/lib/outcome";

export const metadata: Metadata = { title: "Pricing" };

export default async function PricingPage() {
  const pricing = await outcome(getPricing());
  return (
    <div className="pt-6">
      <h1 className="text-center text-3xl font-semibold tracking-tighter sm:text-4xl">Pricing</h1>
      <p className="mt-3 mb-10 text-center text-muted-foreground">
        Start free. Pay when you need more credits.
      </p>
      {pricing.ok ? (
        <>
          <PricingTable pricing={pricing.data} />
          <PackList packs={pricing.data.packs} />
          <div className="mt-10">
            <CurrencyPicker
              currency={pricing.data.currency}
              currencies={pricing.data.currencies}
              isFixed={pricing.data.isCurrencyFixed}
            />
          </div>
        </>
      ) : (
        <Panel title="Plans" result={pricing}>
          {() => null}
        </Panel>
      )}
    </div>
  );
}
