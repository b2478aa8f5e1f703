import Stripe from "stripe";
import { sandboxKeys } from "../../local/keys.ts";
import type { CatalogRow } from "../../local/stripe/catalog.ts";
import { catalogQuery } from "../../local/stripe/catalog.ts";
import { startStripe } from "../../local/stripe/start.ts";
import { emptyDb, type TestDb } from "../support/db";

const realFetch = globalThis.fetch;
export type StripeAccount = Awaited<ReturnType<typeof openStripeAccount>>;

type Setting = { now?: () => Date; webhook?: { url: string; secret: string }; catalog?: CatalogRow[] };

/**
 * A Stripe account in the sandbox that sells the database's catalog. Unless a test says otherwise all that happens in
 * it happens in one second, the hardest case for order, and its webhooks stay with it: tests deliver them.
 */
export async function openStripeAccount(catalogOf: TestDb, { now, webhook, catalog }: Setting = {}) {
  const state = await emptyDb();
  const opened = new Date();
  const { rows } = await catalogOf.query<CatalogRow>(catalogQuery);
  const sandbox = await startStripe({
    databaseUrl: state.adminUrl,
    port: 0,
    now: now ?? (() => opened),
    webhook: webhook ?? { url: "http://127.0.0.1:9/nobody", secret: "whsec_unused" },
    catalog: catalog ?? rows,
    log: () => {},
  });
  const { url } = sandbox;
  const httpClient = Stripe.createFetchHttpClient(realFetch);
  const address = { protocol: "http", host: "127.0.0.1", port: new URL(url).port } as const;
  const stripe = new Stripe(sandboxKeys.secret, { ...address, httpClient, telemetry: false });

  /** Checks out and pays, as the app and then the customer do; answers with the session. */
  async function buy(accountId: string, customer: string, lookupKey: string, card = "4242424242424242") {
    const { data } = await stripe.prices.list({ lookup_keys: [lookupKey] });
    const [price] = data;
    if (!price) throw new Error(`${lookupKey} is not sold`);
    const metadata = { account_id: accountId };
    const session = await stripe.checkout.sessions.create({
      customer,
      client_reference_id: accountId,
      metadata,
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: "http://127.0.0.1/paid",
      ...(price.recurring
        ? { mode: "subscription", subscription_data: { metadata } }
        : { mode: "payment", payment_intent_data: { metadata } }),
    });
    await pay(`/pay/${session.id}`, card);
    return session.id;
  }

  /** Fills the form of a page that asks for a card, or for an account at a bank. */
  async function pay(path: string, number: string) {
    const isCard = number.length > 12;
    const body = new URLSearchParams(
      isCard ? { number, expiry: "12/40", cvc: "123" } : { account: number, routing: "110000000" },
    );
    const paid = await realFetch(`${url}${path}`, { method: "POST", body, redirect: "manual" });
    if (paid.status !== 303) throw new Error(`the payment was answered ${paid.status}: ${await paid.text()}`);
  }

  return {
    url,
    stripe,
    buy,
    pay,
    nextDue: sandbox.nextDue,
    runDue: sandbox.runDue,
    setDelivery: sandbox.setDelivery,
    replaceCard: sandbox.replaceCard,
    /** Sends once more what was not delivered, as somebody does who asks Stripe for it. */
    async resendUndelivered() {
      const authorization = `Basic ${Buffer.from(`${sandboxKeys.secret}:`).toString("base64")}`;
      for await (const { id } of stripe.events.list({ delivery_success: false, limit: 100 }))
        await realFetch(`${url}/sandbox/deliveries/${id}`, { method: "POST", headers: { authorization } });
      await sandbox.runDue();
    },
    /** The last event of this type about the customer. */
    async lastEvent(type: Stripe.Event["type"], customer: string): Promise<Stripe.Event> {
      for await (const event of stripe.events.list({ type, limit: 100 }))
        if ("customer" in event.data.object && event.data.object.customer === customer) return event;
      throw new Error(`no ${type} about ${customer}`);
    },
    async close() {
      await sandbox.stop();
      await state.drop();
    },
  };
}
