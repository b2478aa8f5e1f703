// All that a delivered event goes through: the function in real Deno, its API, and a Stripe to read the object from.
import { randomUUID } from "node:crypto";
import path from "node:path";
import Stripe from "stripe";
import { createApi } from "../local/api.ts";
import { withClient } from "../local/database.ts";
import { readConfig, root } from "../local/environment.ts";
import { serveFunctions } from "../local/functions.ts";
import { keys, sandboxKeys } from "../local/keys.ts";
import { listen } from "../local/listen.ts";
import { databaseUrl } from "../local/postgres.ts";
import { openCheckout, pay } from "../local/purchase.ts";
import { openStateDir } from "../local/state.ts";
import { type CatalogRow, catalogQuery } from "../local/stripe/catalog.ts";
import { startStripe } from "../local/stripe/start.ts";
import type { Server } from "./server.ts";

const nobody = "http://127.0.0.1:9/";
const effective = /^(checkout|customer|invoice|invoice_payment|payment_intent|payment_method)\./;

export async function openShop(server: Server) {
  const database = await server.clone("webhook");
  await server.admin("create database webhook_stripe");
  const asAdmin = databaseUrl(server.port);
  const api = await createApi(asAdmin("supabase_admin", database.name), readConfig());
  const gateway = await listen((request) => api.fetch(request));
  const catalog = await withClient(database.url, (client) => client.query<CatalogRow>(catalogQuery));
  const sandbox = await startStripe({
    databaseUrl: asAdmin("supabase_admin", "webhook_stripe"),
    port: 0,
    now: () => new Date(),
    webhook: { url: nobody, secret: "whsec_unused" },
    catalog: catalog.rows,
    log: () => {},
  });
  const { port } = new URL(sandbox.url);
  const stripe = new Stripe(sandboxKeys.secret, {
    host: "127.0.0.1",
    port,
    protocol: "http",
    telemetry: false,
  });
  const functions = await serveFunctions({
    DENO_DIR: path.join(openStateDir(root), "deno"),
    SUPABASE_URL: gateway.url,
    SUPABASE_SECRET_KEY: keys.secret,
    STRIPE_API_BASE: sandbox.url,
    STRIPE_SECRET_KEY: sandboxKeys.secret,
    STRIPE_WEBHOOK_SECRET: sandboxKeys.webhook,
  });

  /** Somebody who signs up and buys a plan; nothing of it is delivered. */
  async function purchase() {
    const accountId = randomUUID();
    await withClient(asAdmin("supabase_admin", database.name), (client) =>
      client.query("insert into auth.users (id, email) values ($1, $2)", [
        accountId,
        `${accountId}@example.com`,
      ]),
    );
    const { id: customer } = await stripe.customers.create({ metadata: { account_id: accountId } });
    const wanted = { accountId, customer, lookupKey: "professional_month", returnTo: nobody };
    await pay(String((await openCheckout(stripe, wanted)).url));
  }

  return {
    database,
    /** The events of so many purchases, all of those that have an effect. */
    async purchases(count: number): Promise<Stripe.Event[]> {
      for (let made = 0; made < count; made++) await purchase();
      const events = await Array.fromAsync(stripe.events.list({ limit: 100 }));
      return events.filter(({ type }) => effective.test(type)).toReversed();
    },
    /** Signs and sends; answers the status. */
    async deliver(event: Stripe.Event): Promise<number> {
      const payload = JSON.stringify(event);
      const signature = stripe.webhooks.generateTestHeaderString({ payload, secret: sandboxKeys.webhook });
      const headers = { "content-type": "application/json", "stripe-signature": signature };
      const answer = await fetch(`${functions.url}/stripe-webhook`, {
        method: "POST",
        body: payload,
        headers,
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    async close() {
      await functions.stop();
      await sandbox.stop();
      await gateway.close();
      await api.close();
      await database.drop();
      await server.admin("drop database webhook_stripe with (force)");
    },
  };
}
