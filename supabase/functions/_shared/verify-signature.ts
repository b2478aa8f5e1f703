import Stripe from "stripe";

const TOLERANCE_SECONDS = 300;
const CLOCK_SKEW_SECONDS = 60;
const crypto = Stripe.createSubtleCryptoProvider();

/**
 * Whether one of the secrets signed these very bytes, and what they say. A payload that is signed but is no event
 * (not JSON, a thin event) comes back as undefined.
 */
export async function verifySignature(
  stripe: Stripe,
  body: Uint8Array,
  header: string,
  secrets: string[],
): Promise<{ signed: boolean; payload?: unknown }> {
  const text = decode(body);
  if (text === null || isFromTheFuture(header)) return { signed: false };
  for (const secret of secrets) {
    try {
      const { webhooks } = stripe;
      const payload = await webhooks.constructEventAsync(text, header, secret, TOLERANCE_SECONDS, crypto);
      return { signed: true, payload };
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) return { signed: true };
    }
  }
  return { signed: false };
}

/** Strict, for the usual decoding drops a byte order mark and mends bytes before the signature is compared. */
function decode(body: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

/** Stripe's library refuses old signatures, and accepts those of next year. */
function isFromTheFuture(header: string): boolean {
  const latest = Date.now() / 1000 + CLOCK_SKEW_SECONDS;
  return [...header.matchAll(/(?:^|,)t=([^,]*)/g)].some(([, t]) => Number(t) > latest);
}
