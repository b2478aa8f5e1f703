import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CheckoutStatus } from "@/components/billing/checkout-status";
import { requireUser } from "@/lib/auth/get-user";
import { getCheckout } from "@/lib/billing/get-checkout";
import { getBalance } from "@/lib/credits/get-balance";
import { outcome } from "@/lib/outcome";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("checkout");
  return { title: words("title") };
}

/** Only reads: the webhook is what makes a payment count, and this page waits for it. */
export default async function CheckoutReturn({ searchParams }: PageProps<"/checkout/return">) {
  const user = await requireUser("/dashboard/billing");
  const { session_id: sessionId } = await searchParams;
  // The payment first: a balance read before it might not have its credits yet.
  const checkout = await outcome(getCheckout(user.id, sessionId).then((found) => found ?? notFound()));
  const balance = await outcome(getBalance());
  return <CheckoutStatus checkout={checkout} balance={balance.ok ? balance.data.total : null} />;
}
