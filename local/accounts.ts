// Accounts as users, the application and Stripe make them, but without a browser: in a second, for pictures and checks.
import { randomUUID } from "node:crypto";
import { createServerClient } from "@supabase/ssr";
import type pg from "pg";
import Stripe from "stripe";
import { readOffset, shiftedNow } from "./clock.ts";
import { transaction, withClient } from "./database.ts";
import type { Platform } from "./environment.ts";
import { keys } from "./keys.ts";
import { databaseUrl } from "./postgres.ts";
import { openCheckout, pay } from "./purchase.ts";

export type Accounts = ReturnType<typeof openAccounts>;
/** `cookies` are those of its session, as a browser holds them. */
export type Account = { id: string; email: string; cookies: { name: string; value: string; url: string }[] };

export function openAccounts({ ports, urls, stripe: { secretKey } }: Platform) {
  // The verbs are called as the server does; only time belongs to the superuser.
  const database = databaseUrl(ports.database)("supabase_admin");
  const address = { host: "127.0.0.1", port: ports.stripe, protocol: "http" } as const;
  const stripe = new Stripe(secretKey, { ...address, telemetry: false });
  const query = (sql: string, values: unknown[]) =>
    withClient(database, async (client) => (await client.query<Record<string, unknown>>(sql, values)).rows);

  /** Answers once the statement has a row: what Stripe has done arrives with its webhook. */
  async function arrival(sql: string, values: unknown[]) {
    for (const end = Date.now() + 20_000; Date.now() < end; ) {
      if ((await query(sql, values)).length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`the webhook has not done its work: ${sql}`);
  }

  /** Somebody new, signed in by the cookies that a browser would hold. */
  async function signUp(name: string): Promise<Account> {
    const email = `${name}-${randomUUID()}@example.com`;
    const jar = new Map<string, string>();
    const { auth } = createServerClient(urls.api, keys.publishable, {
      cookies: {
        getAll: () => [...jar].map(([key, value]) => ({ name: key, value })),
        setAll: (list) => {
          for (const { name: key, value } of list) jar.set(key, value);
        },
      },
    });
    const { data, error } = await auth.signUp({ email, password: "Secret-123x" });
    if (error || !data.user) throw new Error(`${email} cannot sign up: ${error?.message}`);
    const { id } = data.user;
    return { id, email, cookies: [...jar].map(([key, value]) => ({ name: key, value, url: urls.web })) };
  }

  /** As the application before its first checkout. */
  async function customerOf({ id, email }: Account) {
    const [known] = await query("select id from billing.customers where account_id = $1", [id]);
    if (known) return String(known.id);
    const customer = await stripe.customers.create({ email, metadata: { account_id: id } });
    await query("select public.link_customer($1, $2)", [id, customer.id]);
    return customer.id;
  }

  return {
    stripe,
    query,
    arrival,
    signUp,
    customerOf,
    /** On the sandbox's page; done when the payment is in the books. */
    async buy(account: Account, lookupKey: string, card?: string) {
      const paid = "select from billing.payments where account_id = $1 and status = 'paid' offset $2";
      const before = await query("select from billing.payments where account_id = $1 and status = 'paid'", [
        account.id,
      ]);
      const customer = await customerOf(account);
      const wanted = { accountId: account.id, customer, lookupKey, returnTo: urls.web };
      const { id, url } = await openCheckout(stripe, wanted);
      await pay(url ?? "", card);
      await arrival(paid, [account.id, before.length]);
      return id;
    },
    async subscriptionOf(account: Account) {
      const { data } = await stripe.subscriptions.list({ customer: await customerOf(account) });
      const [first] = data;
      if (!first) throw new Error(`${account.email} has no plan`);
      return first.id;
    },
    /**
     * What `work` writes was written that many days ago. The clock is a function: it is replaced and put back inside one
     * transaction, so that nobody else ever sees another time.
     */
    inThePast(work: (client: pg.Client, goTo: (daysAgo: number) => Promise<unknown>) => Promise<void>) {
      return withClient(database, (client) =>
        transaction(client, async () => {
          await client.query("select pg_advisory_xact_lock(hashtext('local/accounts.ts'))");
          const offset = await readOffset(client);
          await work(client, (daysAgo) => client.query(shiftedNow(offset - Math.round(daysAgo * 86_400))));
          await client.query(shiftedNow(offset));
        }),
      );
    },
  };
}
