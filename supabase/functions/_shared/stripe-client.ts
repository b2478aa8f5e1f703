import Stripe from "stripe";
import type { Env } from "./env.ts";

/** Stripe at the version that the readers were written for, or the sandbox under the same contract. */
export function createStripe({ stripeSecretKey, stripeApiBase }: Env): Stripe {
  return new Stripe(stripeSecretKey, {
    apiVersion: "2026-10-28.endive",
    httpClient: Stripe.createFetchHttpClient(),
    maxNetworkRetries: 1,
    timeout: 10_000,
    telemetry: false,
    ...(stripeApiBase && address(stripeApiBase)),
  });
}

const address = ({
  protocol,
  hostname,
  port,
}: URL): Pick<Stripe.StripeConfig, "protocol" | "host" | "port"> => ({
  protocol: protocol === "https:" ? "https" : "http",
  host: hostname,
  port: port || undefined,
});
