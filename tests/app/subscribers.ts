// Users of the web app who change their plans: lib's own functions, the sandbox and the webhook function, on a moved clock.
import { getUserOrThrow } from "@/lib/auth/get-user";
import { changePlan } from "@/lib/billing/change-plan";
import { previewChange } from "@/lib/billing/preview-change";
import { openDeliveringAccount } from "../functions/delivering-account";
import { testApp } from "../support/app";
import { sellAt } from "./selling-app";

export type Subscribers = Awaited<ReturnType<typeof openSubscribers>>;
type AddOns = Record<string, number>;

export const wish = (plan: string, add_ons: AddOns = {}, quantity = 1) => ({ plan, quantity, add_ons });

/** `alsoSold`: SQL that puts further plans on sale. */
export async function openSubscribers(start: Date, alsoSold = "") {
  const app = await testApp();
  await app.db.query(alsoSold);
  const shop = await openDeliveringAccount(start, app);
  sellAt(shop.account.url);
  const { db, account } = shop;
  const { stripe } = account;

  /** A new user, signed in from here on, who has bought a plan, with a coupon or without. */
  async function subscriber(lookupKey: string, card?: string, coupon?: string) {
    await app.signUp();
    const { id: user } = await getUserOrThrow();
    const { id: customer } = await stripe.customers.create({ metadata: { account_id: user } });
    await account.buy(user, customer, lookupKey, card, coupon ? { discounts: [{ coupon }] } : {});
    await account.runDue();
    const subscriptions = async () => (await stripe.subscriptions.list({ customer, status: "all" })).data;
    return {
      user,
      customer,
      subscriptions,
      /** What was paid in all, in cents. */
      async paid() {
        const { data } = await stripe.invoices.list({ customer, limit: 100 });
        return data.reduce((sum, { amount_paid }) => sum + amount_paid, 0);
      },
      /** All credits that payments brought, those to come included. */
      async granted() {
        const sql =
          "select coalesce(sum(granted_credits), 0)::integer as credits from billing.buckets where account_id = $1 and payment_key is not null and key is not null and kind = 'subscription'";
        return (await db.one<{ credits: number }>(sql, [user])).credits;
      },
      /** Keys of grants that are not those of a line that was paid. */
      async unpaid() {
        const paid = new Set<string>();
        for await (const { id, lines } of stripe.invoices.list({ customer, status: "paid" }))
          for (const line of lines.data) if (line.amount > 0) paid.add(`invoice:${id}:${line.id}`);
        const sql =
          "select key from billing.buckets where account_id = $1 and kind = 'subscription' and key is not null";
        const { rows } = await db.query<{ key: string }>(sql, [user]);
        return rows.map(({ key }) => key).filter((key) => !paid.has(key.split(":").slice(0, 3).join(":")));
      },
      async spendable() {
        const sql = "select subscription_credits::integer as credits from get_user_credits($1)";
        return (await db.one<{ credits: number }>(sql, [user])).credits;
      },
    };
  }

  /** Looks at a change and makes it, and lets Stripe tell of it. */
  async function change(plan: string, addOns: AddOns = {}, quantity = 1) {
    const wanted = wish(plan, addOns, quantity);
    const preview = await previewChange(wanted);
    const changed = await changePlan(wanted, preview.token);
    await account.runDue();
    return { preview, changed };
  }

  return {
    ...shop,
    signUp: app.signUp,
    change,
    subscriber,
    /** Ends every plan, so that none is renewed while others are looked at. */
    async endAll() {
      const { data } = await stripe.subscriptions.list({ limit: 100 });
      for (const { id } of data) await stripe.subscriptions.cancel(id);
      await account.runDue();
    },
    /** What could not be applied, of anybody. */
    async parked() {
      const sql = "select reason from billing.stripe_events where state in ('parked', 'failed') order by id";
      return (await db.query<{ reason: string }>(sql)).rows.map(({ reason }) => reason);
    },
  };
}
