import { CircleX } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CheckoutForm } from "@/components/billing/checkout-form";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { requireUser } from "@/lib/auth/get-user";
import { findOffer } from "@/lib/billing/find-offer";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("checkout.cancelled");
  return { title: words("title") };
}

export default async function CheckoutCancelled({ searchParams }: PageProps<"/checkout/cancelled">) {
  const { id } = await requireUser("/dashboard/billing");
  const { plan } = await searchParams;
  const [words, offer] = await Promise.all([getTranslations("checkout"), findOffer(id, plan)]);
  return (
    <EmptyState
      isPage
      icon={<CircleX aria-hidden />}
      title={words("cancelled.title")}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {offer && (
            <CheckoutForm lookupKey={offer.lookupKey} intent={offer.intent}>
              {words("cancelled.again")}
            </CheckoutForm>
          )}
          <Button asChild variant="outline">
            <Link href="/dashboard">{words("toDashboard")}</Link>
          </Button>
        </div>
      }
    >
      {offer ? words("cancelled.still", { offer: offer.name }) : words("cancelled.text")}
    </EmptyState>
  );
}
