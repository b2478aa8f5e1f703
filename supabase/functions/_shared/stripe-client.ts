import Stripe from "stripe";
import type { Env } from "./env.ts";

/** Stripe at the version that the readers were written for, or the sandbox under the same contract. */
export function createStripe({ stripeSecretKey, stripeApiBase }: Env): Stripe {
  return new Stripe(stripeSecretKey, {
    ...settings(stripeApiBase),
    httpClient: Stripe.createFetchHttpClient(),
    maxNetworkRetries: 1,
  });
}

/** For work in bulk, which nobody waits for: it slows down when Stripe says 429, which the SDK itself does not. */
export function createPatientStripe(
  { stripeSecretKey, stripeApiBase }: Pick<Env, "stripeSecretKey" | "stripeApiBase">,
  ask: typeof fetch = (input, init) => fetch(input, init),
): Stripe {
  return new Stripe(stripeSecretKey, {
    ...settings(stripeApiBase),
    httpClient: Stripe.createFetchHttpClient(patiently(ask)),
    maxNetworkRetries: 4,
  });
}

const patiently =
  (ask: typeof fetch): typeof fetch =>
  async (input, init) => {
    for (let attempt = 0; ; attempt += 1) {
      const response = await ask(input, init);
      if (response.status !== 429 || attempt === 6) return response;
      const seconds = Number(response.headers.get("retry-after") ?? 2 ** attempt / 2);
      await response.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  };

/** Of what is asked and of what is told. */
export const apiVersion = "2026-10-28.endive";

const settings = (apiBase: URL | null) =>
  ({
    apiVersion,
    timeout: 10_000,
    telemetry: false,
    ...(apiBase && address(apiBase)),
  }) satisfies Stripe.StripeConfig;

const address = ({
  protocol,
  hostname,
  port,
}: URL): Pick<Stripe.StripeConfig, "protocol" | "host" | "port"> => ({
  protocol: protocol === "https:" ? "https" : "http",
  host: hostname,
  port: port || undefined,
});
