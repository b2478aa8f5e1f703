import { z } from "zod";
import type { Rpc } from "../../supabase/functions/_shared/rpc.ts";
import { apiVersion } from "../../supabase/functions/_shared/stripe-client.ts";
import { effects } from "../../supabase/functions/stripe-webhook/effects.ts";
import { refusal } from "../steps.mjs";
import { CatalogRow } from "./catalog.ts";
import type { WantedEndpoint } from "./endpoints.ts";
import type { Wanted } from "./push.ts";

/** What the project's database has published, and where its webhook is. */
export async function readWanted(rpc: Rpc, webhook: string | undefined): Promise<Wanted> {
  const rows = z.array(CatalogRow).parse(await rpc("get_published_catalog", {}));
  const url = webhook ?? process.env.STRIPE_WEBHOOK_URL ?? hostedWebhook(process.env.SUPABASE_URL);
  return url === undefined ? { rows } : { rows, endpoint: wantedEndpoint(url) };
}

/** Every event that the function has an effect for, and no other. */
export function wantedEndpoint(url: string): WantedEndpoint {
  if (!URL.canParse(url))
    throw refusal(`${url} is no address: write https://<project>.supabase.co/functions/v1/stripe-webhook`);
  return { url, events: effects.map(({ type }) => type), apiVersion };
}

/** Stripe cannot reach a platform on this machine: `stripe listen` does, or the sandbox. */
const hostedWebhook = (supabaseUrl: string | undefined) =>
  supabaseUrl?.startsWith("https:") ? new URL("/functions/v1/stripe-webhook", supabaseUrl).href : undefined;
