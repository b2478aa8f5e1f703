import { useTranslations } from "next-intl";
import { AddOnOffers } from "@/components/billing/add-on-offers";
import { ContactForm } from "@/components/billing/contact-form";
import { CurrencyPicker } from "@/components/billing/currency-picker";
import { PackSection } from "@/components/billing/pack-section";
import { PricingAnswers } from "@/components/billing/pricing-answers";
import { PricingComparison } from "@/components/billing/pricing-comparison";
import { PricingTable } from "@/components/billing/pricing-table";
import { Link } from "@/components/link";
import { PageSection } from "@/components/page-section";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { PricingPage } from "@/lib/billing/get-pricing-page";

/** All that is there to know before choosing, the choice first. */
export function PricingView({ page, email }: { page: PricingPage; email: string }) {
  const t = useTranslations("plans");
  const { pricing } = page;
  return (
    <>
      <p className="mt-3 mb-8 text-center text-pretty text-muted-foreground">
        {t(pricing.plans.some(({ isFree }) => isFree) ? "startFree" : "startSmall")}
      </p>
      <h2 className="sr-only">{t("plans")}</h2>
      <PricingTable pricing={pricing} />
      <div className="mt-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-4 rounded-xl border bg-card p-5 shadow-xs sm:px-6">
        <div>
          <h2 className="font-medium">{t("contactOffer")}</h2>
          <p className="mt-0.5 text-caption text-muted-foreground">{t("contactOfferHint")}</p>
        </div>
        <Button asChild variant="outline" className="max-sm:w-full">
          <Link href="#contact">{t("contactUs")}</Link>
        </Button>
      </div>
      <div className="mt-6">
        <CurrencyPicker
          currency={pricing.currency}
          currencies={pricing.currencies}
          isFixed={pricing.isCurrencyFixed}
        />
      </div>
      <PackSection pricing={pricing} />
      <AddOnOffers addOns={page.addOns} withSeats={page.withSeats} />
      {page.comparison.plans.length > 1 && (
        <PageSection id="compare" title={t("compare")} hint={t("compareHint")}>
          <PricingComparison comparison={page.comparison} />
        </PageSection>
      )}
      <PageSection id="answers" title={t("answers")}>
        <PricingAnswers answers={page.answers} />
      </PageSection>
      <PageSection id="contact" title={t("contact")} hint={t("contactHint")}>
        <Card>
          <ContactForm id={page.formId} email={email} />
        </Card>
      </PageSection>
    </>
  );
}
