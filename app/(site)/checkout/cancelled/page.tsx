import { CircleX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { CheckoutForm } from "@/components/billing/checkout-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { requireUser } from "@/lib/auth/get-user";
import { findOffer } from "@/lib/billing/find-offer";

export const metadata: Metadata = { title: "Checkout cancelled" };

export default async function CheckoutCancelled({ searchParams }: PageProps<"/checkout/cancelled">) {
  const { id } = await requireUser("/dashboard/billing");
  const { plan } = await searchParams;
  const offer = await findOffer(id, plan);
  return (
    <Card className="mx-auto mt-16 max-w-md sm:mt-24">
      <EmptyState
        icon={<CircleX aria-hidden />}
        title="Checkout cancelled"
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {offer && (
              <CheckoutForm lookupKey={offer.lookupKey} intent={offer.intent}>
                Try again
              </CheckoutForm>
            )}
            <Button asChild variant="outline">
              <Link href="/dashboard">Go to the dashboard</Link>
            </Button>
          </div>
        }
      >
        Nothing was charged.{offer && ` ${offer.name} is still on offer.`}
      </EmptyState>
    </Card>
  );
}
