import Link from "next/link";
import { CheckoutForm } from "@/components/billing/checkout-form";
import { Button } from "@/components/ui/button";
import type { OfferState } from "@/lib/billing/get-pricing";

/** The button under a plan, by what it does for this visitor. */
export function OfferButton({
  name,
  state,
  lookupKey,
  intent,
}: {
  name: string;
  state: OfferState;
  lookupKey: string | null;
  intent: string;
}) {
  if (state === "current" || state === "later") {
    return (
      <Button variant="outline" className="w-full" disabled>
        {state === "current" ? "Current plan" : "When your plan ends"}
      </Button>
    );
  }
  if (state === "sign-up") {
    return (
      <Button asChild variant={lookupKey ? "primary" : "outline"} className="w-full">
        <Link href="/login?mode=sign-up&next=/pricing">Start with {name}</Link>
      </Button>
    );
  }
  if (!lookupKey) return null;
  return (
    <CheckoutForm lookupKey={lookupKey} intent={intent} className="[&>button]:w-full">
      Choose {name}
    </CheckoutForm>
  );
}
