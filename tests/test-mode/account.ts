// A Stripe account as these tests reach it: by the functions' own client, recorded, and not faster than it allows.
import { setTimeout as pause } from "node:timers/promises";
import type Stripe from "stripe";
import type { CatalogRow } from "../../local/stripe-catalog/catalog.ts";
import { pushCatalog } from "../../local/stripe-catalog/push.ts";
import { createPatientStripe } from "../../supabase/functions/_shared/stripe-client.ts";
import { type Recorder, recordTo } from "./recorder";

export type Account = {
  stripe: Stripe;
  /** By lookup key. */
  prices: Map<string, Stripe.Price>;
  recorder: Recorder;
  /** How often nothing new must have been told before all is told. */
  quietLooks: number;
  wait: () => Promise<void>;
};
/** Without an address of its own it is Stripe's. */
type Place = { key: string; apiBase: URL | null; file: string };

/** Stripe answers 25 requests a second in test mode, and tells of a change some seconds after it. */
const stripePace = { betweenRequests: 50, beforeLook: 3000, quietLooks: 3 };
const sandboxPace = { betweenRequests: 0, beforeLook: 0, quietLooks: 1 };

export async function openAccount({ key, apiBase, file }: Place, catalog: CatalogRow[]): Promise<Account> {
  const { betweenRequests, beforeLook, quietLooks } = apiBase ? sandboxPace : stripePace;
  const recorder = recordTo(file);
  let next = 0;
  const ask: typeof fetch = async (input, init) => {
    const turn = Math.max(Date.now(), next);
    next = turn + betweenRequests;
    if (turn > Date.now()) await pause(turn - Date.now());
    const request = new Request(input, init);
    const asked = request.clone();
    const response = await fetch(request);
    await recorder.exchange(asked, response.clone());
    return response;
  };
  const stripe = createPatientStripe({ stripeSecretKey: key, stripeApiBase: apiBase }, ask);
  const { prices } = await pushCatalog(stripe, { rows: catalog });
  return {
    ...{ stripe, prices, recorder, quietLooks },
    wait: () => (beforeLook > 0 ? pause(beforeLook) : Promise.resolve()),
  };
}
