import Stripe from "stripe";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { keys } from "../../local/lite.ts";
import { testApi } from "../support/api";

let api: Awaited<ReturnType<typeof testApi>>;
let handler: (req: Request) => Promise<Response>;
beforeAll(async () => {
  api = await testApi();
  vi.stubGlobal("fetch", api.fetch);
  const env: Record<string, string> = {
    STRIPE_SECRET_KEY: "sk_test_x",
    STRIPE_WEBHOOK_SECRET: "whsec_test",
    SUPABASE_URL: "http://stack.test",
    SUPABASE_SECRET_KEY: keys.secret,
  };
  vi.stubGlobal("Deno", {
    env: { get: (k: string) => env[k] },
    serve: (h: typeof handler) => {
      handler = h;
    },
  });
  const file = "../../supabase/functions/stripe-webhook/index.ts"; // not a literal: tsc need not follow it
  await import(/* @vite-ignore */ file);
});
afterAll(() => api.close());

test("a signed event counts once; a forged one not at all", async () => {
  const { id, client } = await api.signUp("w@x.co");
  const payload = JSON.stringify({
    id: "evt_1",
    object: "event",
    type: "checkout.session.completed",
    data: { object: { object: "checkout.session", client_reference_id: id, amount_total: 5000 } },
  });
  const signature = new Stripe("sk_test_x").webhooks.generateTestHeaderString({
    payload,
    secret: "whsec_test",
  });
  const post = (s: string) =>
    handler(new Request("http://f/", { method: "POST", body: payload, headers: { "stripe-signature": s } }));
  expect(await (await post(signature)).json()).toEqual({ applied: true });
  expect(await (await post(signature)).json()).toEqual({ applied: false });
  expect((await post("t=1,v1=00")).status).toBe(400);
  expect((await client.from("wallets").select("balance").single()).data).toEqual({ balance: 600 });
});
