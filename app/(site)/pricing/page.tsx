import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PricingView } from "@/components/billing/pricing-view";
import { Panel } from "@/components/panel";
import { getUser } from "@/lib/auth/get-user";
import { getPricingPage } from "@/lib/billing/get-pricing-page";
import { outcome } from "@/lib/outcome";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("plans");
  return { title: t("title"), description: t("description") };
}

export default async function PricingPage() {
  const [t, user, page] = await Promise.all([getTranslations("plans"), getUser(), outcome(getPricingPage())]);
  return (
    <div className="pt-6">
      <h1 className="text-center text-3xl font-semibold tracking-tighter sm:text-4xl">{t("title")}</h1>
      {page.ok ? (
        <PricingView page={page.data} email={user?.email ?? ""} />
      ) : (
        <Panel title={t("plans")} result={page} className="mt-8">
          {() => null}
        </Panel>
      )}
    </div>
  );
}
