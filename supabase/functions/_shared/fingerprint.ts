import type Stripe from "stripe";
import { sha256 } from "./stripe-event.ts";

/** Is the same for the same card or bank account, whoever pays with it. The fingerprint itself is not taken. */
export async function fingerprintSha256(method: Stripe.PaymentMethod | null): Promise<string | null> {
  const { fingerprint } = method?.card ?? method?.us_bank_account ?? method?.sepa_debit ?? {};
  return fingerprint ? sha256(new TextEncoder().encode(fingerprint)) : null;
}
