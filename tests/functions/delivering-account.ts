import type Stripe from "stripe";
import { vi } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { listen } from "../../local/listen.ts";
import { type TestApi, testApi } from "../support/api";
import { stopClock } from "../support/books";
import { openStripeAccount } from "./stripe-account";
import { deliver, type Handler, loadFunction, type Network, supabaseUrl, webhookSecret } from "./webhook";

const realFetch = globalThis.fetch;
export type DeliveringAccount = Awaited<ReturnType<typeof openDeliveringAccount>>;

/** A Stripe account on a moved clock that delivers to the function itself, which applies to a database on that clock. */
export async function openDeliveringAccount(start: Date, given?: Pick<TestApi, "db" | "fetch" | "close">) {
  vi.spyOn(console, "log").mockImplementation(() => {});
  let now = start;
  const api = given ?? (await testApi());
  const clock = await stopClock(api.db, now.toISOString());
  let handler: Handler;
  const delivery = { isLost: false };
  const endpoint = await listen((request) =>
    delivery.isLost ? Response.json({ outcome: "applied" }) : handler(request),
  );
  const webhook = { url: `${endpoint.url}/stripe-webhook`, secret: webhookSecret };
  const account = await openStripeAccount(api.db, { now: () => now, webhook });
  const network: Network = (request) =>
    new URL(request.url).origin === supabaseUrl ? api.fetch(request) : realFetch(request);
  const keys = { STRIPE_API_BASE: account.url, STRIPE_SECRET_KEY: sandboxKeys.secret };
  handler = await loadFunction("stripe-webhook", network, keys);

  async function moveTo(instant: Date) {
    now = instant;
    await clock.set(instant.toISOString());
    await account.runDue();
  }

  /** Somebody who has bought something, and whose events have come. */
  async function buyer(lookupKey: string, card?: string) {
    const user = await api.db.newUser();
    const { id: customer } = await account.stripe.customers.create({ metadata: { account_id: user } });
    const session = await account.buy(user, customer, lookupKey, card);
    await account.runDue();
    const { payment_intent: intent } = await account.stripe.checkout.sessions.retrieve(session);
    return { user, customer, session, intent: String(intent) };
  }

  return {
    db: api.db,
    account,
    buyer,
    /** Answers Stripe that an event was applied, and applies nothing: what a database has lost that was restored. */
    async losing<T>(act: () => Promise<T>): Promise<T> {
      delivery.isLost = true;
      const result = await act();
      await account.runDue();
      delivery.isLost = false;
      return result;
    },
    /** Another function of the project, whose way to the outside a test may break. */
    load: (
      name: Parameters<typeof loadFunction>[0],
      on = (request: Request, go: Network) => go(request),
      env: Record<string, string> = {},
    ) => loadFunction(name, (request) => on(request, network), { ...keys, ...env }),
    /** Tells the function of an event that was lost. */
    tell: (event: Stripe.Event) => deliver(handler, event),
    now: () => now,
    moveTo,
    secondsLater: (seconds: number) => moveTo(new Date(now.getTime() + seconds * 1000)),
    async close() {
      await account.close();
      await endpoint.close();
      await api.close();
    },
  };
}
