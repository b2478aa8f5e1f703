import { afterAll, beforeAll, expect, test } from "vitest";
import { serveFunctions } from "../../local/functions.ts";
import { keys, sandboxKeys } from "../../local/keys.ts";
import { listen } from "../../local/listen.ts";
import { testApi } from "../support/api";
import { openStripeAccount, type StripeAccount } from "./stripe-account";
import { makeEvent, sign, webhookSecret } from "./webhook";

/** The functions in the runtime that they are deployed to. */
async function startDeno(env: Record<string, string>) {
  const { PATH = "", HOME = "" } = process.env;
  const { url, ...rest } = await serveFunctions({ PATH, HOME, NODE_ENV: "test", ...env });
  return { ...rest, url: `${url}/stripe-webhook` };
}

let api: Awaited<ReturnType<typeof testApi>>;
let account: StripeAccount;
/** What is done when an effect is committed, and the function does not know it yet. */
let afterCommit = () => {};
let gateway: Awaited<ReturnType<typeof listen>>;
let deno: Awaited<ReturnType<typeof startDeno>>;
beforeAll(async () => {
  api = await testApi();
  account = await openStripeAccount(api.db);
  gateway = await listen(async (request) => {
    const response = await api.fetch(request);
    if (request.url.endsWith("/apply_object")) afterCommit();
    return response;
  });
  deno = await startDeno(settings());
});
afterAll(async () => {
  await deno.stop();
  await gateway.close();
  await account.close();
  await api.close();
});

const settings = () => ({
  SUPABASE_URL: gateway.url,
  SUPABASE_SECRET_KEYS: JSON.stringify({ default: keys.secret }),
  STRIPE_API_BASE: account.url,
  STRIPE_SECRET_KEY: sandboxKeys.secret,
  STRIPE_WEBHOOK_SECRET: webhookSecret,
});

async function post(payload: string, signature: string, { url } = deno) {
  const headers = { "stripe-signature": signature };
  const response = await fetch(url, { method: "POST", body: payload, headers });
  return { status: response.status, body: await response.json() };
}

test("in Deno, a paid invoice is read from Stripe and applied before it is answered, and once", async () => {
  const userId = await api.db.newUser();
  const { id: customer } = await account.stripe.customers.create({ metadata: { account_id: userId } });
  await account.buy(userId, customer, "professional_month");
  const payload = JSON.stringify(await account.lastEvent("invoice.paid", customer));
  expect(await post(payload, sign(payload))).toEqual({ status: 200, body: { outcome: "applied" } });
  const granted =
    "select granted_credits from billing.buckets where account_id = $1 and kind = 'subscription'";
  expect((await api.db.query(granted, [userId])).rows).toEqual([{ granted_credits: 1000 }]);
  expect(await post(payload, sign(payload))).toEqual({ status: 200, body: { outcome: "duplicate" } });
});
test("case 26: a function that is killed after the commit leaves a duplicate to the next one", async () => {
  const userId = await api.db.newUser();
  const { id: customer } = await account.stripe.customers.create({ metadata: { account_id: userId } });
  await account.buy(userId, customer, "professional_month");
  const payload = JSON.stringify(await account.lastEvent("invoice.paid", customer));
  const killed = await startDeno(settings());
  let gone: Promise<unknown> | undefined;
  afterCommit = () => {
    gone = killed.stop("SIGKILL");
  };
  await expect(post(payload, sign(payload), killed)).rejects.toThrow();
  afterCommit = () => {};
  expect(await gone).toBe("SIGKILL");
  expect(await post(payload, sign(payload))).toEqual({ status: 200, body: { outcome: "duplicate" } });
  const granted =
    "select granted_credits from billing.buckets where account_id = $1 and kind = 'subscription'";
  expect((await api.db.query(granted, [userId])).rows).toEqual([{ granted_credits: 1000 }]);
});
test("in Deno, an unsigned event is refused", async () => {
  const payload = JSON.stringify(makeEvent("customer.tax_id.created", { id: "txi_1" }));
  expect(await post(payload, "")).toEqual({ status: 400, body: { error: "signature" } });
});
test("case 5: in Deno, a function whose secret is missing does not start", async () => {
  const { stop, url, errors } = await startDeno({ SUPABASE_URL: "http://127.0.0.1:1" });
  const response = await fetch(url, { method: "POST", body: "{}" });
  await stop();
  expect(response.ok).toBe(false);
  expect(errors()).toContain("STRIPE_WEBHOOK_SECRET must be");
});
