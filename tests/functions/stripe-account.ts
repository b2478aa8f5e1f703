import Stripe from "stripe";
import { sandboxKeys } from "../../local/keys.ts";
import { openCheckout, type Purchase, pay as typeIn } from "../../local/purchase.ts";
import { startStripe } from "../../local/stripe/start.ts";
import type { CatalogRow } from "../../local/stripe-catalog/catalog.ts";
import { catalogQuery } from "../../local/stripe-catalog/catalog.ts";
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
  async function buy(
    accountId: string,
    customer: string,
    lookupKey: string,
    card?: string,
    terms: Pick<Purchase, "trial" | "discounts"> = {},
  ) {
    const returnTo = "http://127.0.0.1/paid";
    const session = await openCheckout(stripe, {
      ...{ accountId, customer, lookupKey, returnTo },
      ...terms,
    });
    await pay(`/pay/${session.id}`, card);
    return session.id;
  }

  const pay = (path: string, number?: string) => typeIn(`${url}${path}`, number, realFetch);

  return {
    url,
    stateUrl: state.adminUrl,
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
