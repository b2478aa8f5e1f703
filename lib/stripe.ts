import "server-only";
import Stripe from "stripe";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

let client: Stripe | undefined;

/** Talks to Stripe, or to the sandbox that STRIPE_API_BASE names; nothing else differs. */
export function stripe(): Stripe {
  client ??= new Stripe(env().STRIPE_SECRET_KEY, { ...sandbox(), maxNetworkRetries: 2, timeout: 15_000 });
  return client;
}

function sandbox(): Stripe.StripeConfig {
  const base = env().STRIPE_API_BASE;
  if (!base) return {};
  const { hostname, port, protocol } = new URL(base);
  if (protocol === "https:") return { host: hostname, port: port || 443, protocol: "https" };
  return { host: hostname, port: port || 80, protocol: "http" };
}

/** Stripe being away, slow or refusing is one thing to the user; the log has the details. */
export async function askStripe<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof Stripe.errors.StripeError)) throw cause;
    throw new AppError("unavailable", "stripeAway", { cause });
  }
}
