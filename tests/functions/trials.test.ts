// Trials without a card, and what becomes of them, from the sandbox through the function to the credits.
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { extendTrial } from "../../supabase/functions/_shared/extend-trial.ts";
import { passTo } from "../lives/world";
import { problemsOf } from "../support/books";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { ownerOf } from "./owner";

const day = 86_400_000;
const cards = {
  visa: "4242424242424242",
  mastercard: "5555555555554444",
  another: "4000000000005126",
  oneMore: "4000000000007726",
};
let shop: DeliveringAccount;
beforeAll(async () => {
  shop = await openDeliveringAccount(new Date("2026-03-01T10:00:00.400Z"));
});
afterAll(async () => {
  expect(await problemsOf(shop.db)).toEqual([]);
  await shop.close();
});

const pass = (instant: Date) =>
  passTo({ now: shop.now, moveTo: shop.moveTo, nextDue: shop.account.nextDue }, instant);
const daysOn = (start: Date, days: number) => new Date(start.getTime() + days * day);

async function somebody(email?: string) {
  const { db, account } = shop;
  const user = await db.newUser(email);
  let customer = "";
  const newCustomer = async () => {
    const { id } = await account.stripe.customers.create({ metadata: { account_id: user } });
    await db.query("select link_customer($1, $2)", [user, id]);
    customer = id;
  };
  await newCustomer();
  return {
    user,
    newCustomer,
    removeCustomer: () => account.stripe.customers.del(customer),
    start: () =>
      db.one<{ reason: string | null; ends_at: Date }>("select reason, ends_at from start_trial($1)", [user]),
    /** As the app does: a trial that runs goes on with the plan, if it lasts long enough. */
    async buy(lookupKey: string) {
      const { trial_end } = await db.one<{ trial_end: Date | null }>(
        "select trial_end from prepare_checkout($1, $2)",
        [user, lookupKey],
      );
      const terms = trial_end ? { trial: { trial_end: trial_end.getTime() / 1000 } } : {};
      await account.buy(user, customer, lookupKey, cards.visa, terms);
      await account.runDue();
    },
    /** A trial that Stripe gives, with a card. */
    async tryAtStripe(card: string) {
      await account.buy(user, customer, "professional_month", card, { trial: { trial_period_days: 14 } });
      await account.runDue();
    },
    lastEvent: (type: Stripe.Event["type"]) => account.lastEvent(type, customer),
    async subscription() {
      const [first] = (await account.stripe.subscriptions.list({ customer, status: "all" })).data;
      if (!first) throw new Error(`${customer} has no subscription`);
      return first;
    },
    /** Of the trial, and of what was paid. */
    async credits() {
      await db.query("select billing.touch($1)", [user]);
      return db.one<{ trial: number; plan: number }>(
        `select coalesce(sum(o.credits_remaining) filter (where b.key like 'trial:%'), 0)::integer as trial,
           coalesce(sum(o.credits_remaining) filter (where b.kind = 'subscription'), 0)::integer as plan
         from billing.open_buckets o
         join billing.buckets b on b.account_id = o.account_id and b.id = o.id where o.account_id = $1`,
        [user],
      );
    },
    overview: () =>
      db.one(
        "select has_active_plan, plan_key, status, trial_ends_at, can_top_up from get_billing_overview($1)",
        [user],
      ),
    paid: async () =>
      (
        await db.query(
          "select amount_cents, paid_at from billing.payments where account_id = $1 and amount_cents > 0 order by paid_at",
          [user],
        )
      ).rows,
  };
}

test("trial to paid: the first charge falls on its end, and its credits stay until it is paid", async () => {
  const person = await somebody();
  const { ends_at: end } = await person.start();
  expect(end).toEqual(daysOn(new Date("2026-03-01T10:00:00Z"), 14));
  await shop.moveTo(daysOn(end, -10));
  await person.buy("basic_month");
  expect(await person.subscription()).toMatchObject({ status: "trialing", trial_end: end.getTime() / 1000 });
  expect(await person.credits()).toEqual({ trial: 500, plan: 0 });
  expect(await person.overview()).toMatchObject({
    plan_key: "basic",
    status: "trialing",
    trial_ends_at: end,
  });
  await pass(daysOn(end, 0.04));
  expect(await person.paid()).toEqual([]);
  expect(await person.credits()).toEqual({ trial: 500, plan: 0 });
  await pass(daysOn(end, 0.125));
  expect(await person.paid()).toMatchObject([{ amount_cents: 999 }]);
  expect(await person.credits()).toEqual({ trial: 0, plan: 300 });
  const { latest_invoice } = await person.subscription();
  const invoice = await shop.account.stripe.invoices.retrieve(String(latest_invoice));
  expect(invoice.lines.data[0]?.period.start).toBe(end.getTime() / 1000);
});

test("trial to nothing: at its end there is the free plan, and nothing was charged", async () => {
  const person = await somebody();
  const { ends_at: end } = await person.start();
  expect(await person.overview()).toMatchObject({ status: "trialing", can_top_up: true });
  await pass(end);
  expect(await person.overview()).toMatchObject({
    has_active_plan: false,
    plan_key: null,
    can_top_up: false,
  });
  expect(await person.credits()).toEqual({ trial: 0, plan: 0 });
  expect(await person.paid()).toEqual([]);
});

test("a plan that is cancelled before the trial's end takes nothing of the trial with it", async () => {
  const person = await somebody();
  const { ends_at: end } = await person.start();
  await person.buy("basic_month");
  await shop.account.stripe.subscriptions.cancel((await person.subscription()).id);
  await shop.account.runDue();
  expect(await person.overview()).toMatchObject({ has_active_plan: true, plan_key: "professional" });
  expect(await person.credits()).toEqual({ trial: 500, plan: 0 });
  await pass(end);
  expect(await person.overview()).toMatchObject({ has_active_plan: false, status: "canceled" });
  expect(await person.paid()).toEqual([]);
});

test("with less than Stripe's 48 hours left a plan is charged at once, and the trial's credits stay", async () => {
  const person = await somebody();
  const { ends_at: end } = await person.start();
  await shop.moveTo(daysOn(end, -1));
  await person.buy("basic_month");
  expect((await person.subscription()).status).toBe("active");
  expect(await person.paid()).toMatchObject([{ amount_cents: 999 }]);
  expect(await person.credits()).toEqual({ trial: 500, plan: 300 });
  await pass(end);
  expect(await person.credits()).toEqual({ trial: 0, plan: 300 });
});

test("an owner extends a trial where it is carried, here or at Stripe", async () => {
  const { rpc, stripe } = ownerOf(shop.db, shop.account.url).services;
  const person = await somebody();
  const { ends_at: end } = await person.start();
  const extend = async (days: number) => {
    const extension = { accountId: person.user, endsAt: daysOn(end, days), reason: "was ill" };
    const { isAtStripe } = await extendTrial({ rpc, stripe }, extension);
    await shop.account.runDue();
    return isAtStripe;
  };
  expect(await extend(7)).toBe(false);
  await person.buy("basic_month");
  expect(await extend(10)).toBe(true);
  expect((await person.subscription()).trial_end).toBe(daysOn(end, 10).getTime() / 1000);
  await pass(daysOn(end, 9.9));
  expect(await person.credits()).toEqual({ trial: 500, plan: 0 });
  await pass(daysOn(end, 10.125));
  expect(await person.credits()).toEqual({ trial: 0, plan: 300 });
});

test("case 54: a second trial is refused, by tag and dots, as a new account, and to who is anonymous", async () => {
  const first = await somebody("grace.hopper@gmail.com");
  expect(await first.start()).toMatchObject({ reason: null });
  expect(await (await somebody("GraceHopper+two@googlemail.com")).start()).toMatchObject({
    reason: "used_before",
  });
  await shop.db.query("select erase_account($1, 'asked for it')", [first.user]);
  await shop.db.query("delete from auth.users where id = $1", [first.user]);
  expect(await (await somebody("grace.hopper@gmail.com")).start()).toMatchObject({ reason: "used_before" });
  const anonymous = await somebody();
  await shop.db.query("update auth.users set is_anonymous = true where id = $1", [anonymous.user]);
  expect(await anonymous.start()).toMatchObject({ reason: "anonymous" });
});

test("case 54: nor does a deleted customer who subscribes again get trial credits twice", async () => {
  const person = await somebody();
  await person.tryAtStripe(cards.mastercard);
  expect(await person.credits()).toEqual({ trial: 500, plan: 0 });
  await person.removeCustomer();
  await shop.account.runDue();
  await person.newCustomer();
  await person.tryAtStripe(cards.mastercard);
  expect((await person.subscription()).status).toBe("trialing");
  expect(await person.credits()).toEqual({ trial: 500, plan: 0 });
});

test.each([
  { first: "card", card: cards.another, order: ["payment_method.attached", "customer.subscription.created"] },
  {
    first: "trial",
    card: cards.oneMore,
    order: ["customer.subscription.created", "payment_method.attached"],
  },
] as const)("case 54: nor does another account with the same card, the $first told first", async (told) => {
  await (await somebody()).tryAtStripe(told.card);
  const second = await somebody();
  await shop.losing(() => second.tryAtStripe(told.card));
  for (const type of told.order) {
    const { body } = await shop.tell(await second.lastEvent(type));
    expect(body).toEqual({ outcome: "applied" });
  }
  expect(await second.overview()).toMatchObject({ status: "trialing", plan_key: "professional" });
  expect(await second.credits()).toEqual({ trial: 0, plan: 0 });
  expect(await second.start()).toMatchObject({ reason: "subscribed" });
});
