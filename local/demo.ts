// The two demo users of a new database. They come about as users do: by Auth's sign-up, and by a Checkout session that
// is paid on the sandbox's page, so that a first start has gone the whole way once.
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import Stripe from "stripe";
import { demoUsers } from "./demo-users.ts";
import type { Platform } from "./environment.ts";
import { keys } from "./keys.ts";
import { openCheckout, pay } from "./purchase.ts";
import { refusal } from "./steps.mjs";

const lookupKey = "professional_month";

export async function makeDemoUsers(platform: Platform) {
  const { urls, stripe } = platform;
  await signUp(urls.api, demoUsers.newcomer);
  const accountId = await signUp(urls.api, demoUsers.subscriber);
  if (!stripe.isSandbox) return;
  const service = supabase(urls.api, keys.secret);
  await pay(await planCheckout(service, platform, accountId));
  await creditsOf(service, accountId);
}

function supabase(url: string, key: string): SupabaseClient {
  return createClient(url, key, { auth: { persistSession: false, autoRefreshToken: false } });
}

async function signUp(url: string, email: string) {
  const { auth } = supabase(url, keys.publishable);
  const account = { email, password: demoUsers.password };
  const created = await auth.signUp(account);
  const { data, error } = created.error ? await auth.signInWithPassword(account) : created;
  if (error || !data.user) throw refusal(`${email} cannot sign up: ${error?.message}`);
  return data.user.id;
}

/** The page that the application leads to for "Choose plan". */
async function planCheckout(service: SupabaseClient, { urls, ports, stripe }: Platform, accountId: string) {
  const sandbox = { host: "127.0.0.1", port: ports.stripe, protocol: "http", telemetry: false } as const;
  const api = new Stripe(stripe.secretKey, sandbox);
  const offer = await service
    .rpc("prepare_checkout", { account_id: accountId, lookup_key: lookupKey })
    .single<{ customer_id: string | null }>();
  if (offer.error) throw refusal(`${lookupKey} cannot be bought: ${offer.error.message}`);
  const customer = offer.data.customer_id ?? (await newCustomer());
  const { url } = await openCheckout(api, { accountId, customer, lookupKey, returnTo: urls.web });
  return url ?? "";

  async function newCustomer() {
    const metadata = { account_id: accountId };
    const { id } = await api.customers.create({ email: demoUsers.subscriber, metadata });
    const linked = await service.rpc("link_customer", { account_id: accountId, customer_id: id });
    if (linked.error) throw refusal(`The customer cannot be linked: ${linked.error.message}`);
    return String(linked.data);
  }
}

/** Credits come by the webhook alone. */
async function creditsOf(service: SupabaseClient, accountId: string) {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const { data } = await service
      .rpc("get_user_credits", { account_id: accountId })
      .single<{ subscription_credits: number }>();
    if (data && data.subscription_credits > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw refusal("The plan is paid, but its credits have not come: functions.log and stripe.log say why");
}
