import type Stripe from "stripe";
import { sandboxKeys } from "../../local/keys.ts";
import { testApi } from "../support/api";
import { openStripeAccount } from "./stripe-account";
import { loadWebhook, type Network, supabaseUrl } from "./webhook";

type Credits = { subscription_credits: number; permanent_credits: number };
const realFetch = globalThis.fetch;
export const away: Network = () => Promise.reject(new TypeError("fetch failed"));
export const answer = (outcome: string) => ({ status: 200, body: { outcome } });

/** The webhook between a database and a Stripe account; a test may break either way, and `mend` puts both right. */
export async function openShop() {
  const api = await testApi();
  const account = await openStripeAccount(api.db);
  const toDatabase: Network = (request) => api.fetch(request);
  const toStripe: Network = (request) => realFetch(request);
  const ways = { toDatabase, toStripe };
  const network: Network = (request) =>
    new URL(request.url).origin === supabaseUrl ? ways.toDatabase(request) : ways.toStripe(request);
  const handler = await loadWebhook(network, {
    STRIPE_API_BASE: account.url,
    STRIPE_SECRET_KEY: sandboxKeys.secret,
  });

  /** Somebody who just bought something, before any event of it was delivered. */
  async function buyer(lookupKey: string) {
    const userId = await api.db.newUser();
    const { id: customer } = await account.stripe.customers.create({
      email: `${userId}@example.com`,
      metadata: { account_id: userId },
    });
    await api.service.rpc("link_customer", { account_id: userId, customer_id: customer });
    await account.buy(userId, customer, lookupKey);
    return {
      userId,
      customer,
      event: (type: Stripe.Event["type"]) => account.lastEvent(type, customer),
      async credits() {
        const { data } = await api.service.rpc("get_user_credits", { account_id: userId }).single<Credits>();
        return { subscription: data?.subscription_credits, permanent: data?.permanent_credits };
      },
      async subscription() {
        const [first] = (await account.stripe.subscriptions.list({ customer, status: "all" })).data;
        if (!first) throw new Error(`${customer} has no subscription`);
        return first;
      },
    };
  }

  return {
    db: api.db,
    account,
    handler,
    network,
    buyer,
    ways,
    toDatabase,
    toStripe,
    mend: () => Object.assign(ways, { toDatabase, toStripe }),
    /** Stripe answers as it does, but for what `change` makes of the objects under this path. */
    changeAnswers<T>(path: RegExp, change: (object: T) => object) {
      ways.toStripe = async (request) => {
        const response = await toStripe(request);
        if (!path.test(new URL(request.url).pathname)) return response;
        return Response.json(change(await response.json()));
      };
    },
    async inbox(id: string) {
      const sql = "select state, reason, attempts from billing.stripe_events where id = $1";
      return (await api.db.query(sql, [id])).rows[0];
    },
    async close() {
      await account.close();
      await api.close();
    },
  };
}
