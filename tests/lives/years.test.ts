// Years of customers who buy, fail to pay, and get money back: what they were granted is what they have paid for.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DeliveringAccount, openDeliveringAccount } from "../functions/delivering-account";
import { problemsOf } from "../support/books";
import type { Life } from "./lives";
import { day } from "./lives";
import { newPerson, type Person } from "./person";
import { sizes } from "./sizes";
import { liveTogether } from "./world";

let shop: DeliveringAccount;
beforeAll(async () => {
  shop = await openDeliveringAccount(new Date("2026-01-31T10:00:00Z"));
});
afterAll(() => shop.close());

const plans = ["basic_month", "professional_month", "basic_year", "professional_year"];
const packs = ["credits_500", "credits_1000", "credits_2500"];
const good = "4242424242424242";
const cards = [good, good, "4000000000000341", "4000000000007726", "4000000000005126", "4000000000000259"];
const act = fc.oneof(
  fc.record({
    is: fc.constant("pack" as const),
    key: fc.constantFrom(...packs),
    card: fc.constantFrom(...cards),
  }),
  fc.record({
    is: fc.constant("plan" as const),
    key: fc.constantFrom(...plans),
    card: fc.constantFrom(...cards),
  }),
  fc.record({
    is: fc.constant("refund" as const),
    cents: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 900 })),
  }),
  fc.record({ is: fc.constant("card" as const) }),
  fc.record({ is: fc.constant("cancel" as const), atOnce: fc.boolean() }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
type Wish = { after: number; act: Act };
const wishes: fc.Arbitrary<Wish[]> = fc.array(fc.record({ after: fc.integer({ min: 0, max: 120 }), act }), {
  minLength: 12 * sizes.years,
  maxLength: 12 * sizes.years,
});

/** Buys a plan, then does what is wished as far as it can be done. */
const lifeOf = (plan: string, card: string, wished: Wish[]): Life =>
  async function* (person) {
    const sessions = [await person.buy(plan, card)];
    let left = sizes.years * 365;
    for (const { after, act } of wished) {
      if (after >= left) break;
      left -= after;
      yield after * day;
      await attempt(person, act, sessions);
    }
    yield left * day;
  };

async function attempt(person: Person, act: Act, sessions: string[]) {
  const { stripe, customer } = person;
  const live = (await stripe.subscriptions.list({ customer })).data[0];
  if (act.is === "pack") sessions.push(await person.buy(act.key, act.card));
  if (act.is === "plan" && !live) sessions.push(await person.buy(act.key, act.card));
  if (act.is === "card" && live) await person.payWith(good);
  if (act.is === "cancel" && live)
    await (act.atOnce ? person.cancel() : person.cancelAtPeriodEnd(live.cancel_at === null));
  const session = sessions.at(-1);
  if (act.is === "refund" && session) {
    const [charge] = (await stripe.charges.list({ payment_intent: await person.paymentOf(session) })).data;
    const rest = (charge?.amount ?? 0) - (charge?.amount_refunded ?? 0);
    if (charge?.status === "succeeded" && !charge.disputed && rest > 0)
      await person.refund(session, Math.min(act.cents ?? rest, rest));
  }
}

test(`over ${sizes.years} years of ${sizes.customers} customers (seed ${sizes.seed}) credits granted are paid lines, to the credit`, {
  timeout: 60_000 + sizes.years * sizes.customers * 60_000,
}, async () => {
  const { db, account, now, moveTo } = shop;
  const drawn = fc.sample(
    fc.record({ wishes, plan: fc.constantFrom(...plans), card: fc.constantFrom(...cards) }),
    {
      numRuns: sizes.customers,
      seed: sizes.seed,
    },
  );
  const people: { person: Person; life: Life }[] = [];
  for (const { wishes, plan, card } of drawn)
    people.push({ person: await newPerson(account, await db.newUser()), life: lifeOf(plan, card, wishes) });
  await liveTogether({ now, moveTo, nextDue: account.nextDue }, people);

  const worth = await creditsByLookupKey();
  for (const { person } of people) {
    const paid = await paidCredits(person, worth);
    const { rows } = await db.query<{ key: string; credits: number }>(
      `select payment_key as key, sum(granted_credits)::int as credits from billing.buckets
         where account_id = $1 and payment_key is not null and key is not null group by 1`,
      [person.userId],
    );
    expect(Object.keys(paid)).not.toEqual([]);
    expect(Object.fromEntries(rows.map(({ key, credits }) => [key, credits]))).toEqual(paid);
  }
  expect(await problemsOf(db)).toEqual([]);
  const waiting = "select type, reason from billing.stripe_events where state in ('parked', 'failed')";
  expect((await db.query(waiting)).rows).toEqual([]);
});

/** What the catalog says that a price or a pack is worth; a year is twelve months. */
async function creditsByLookupKey() {
  const { rows } = await shop.db.query<{ key: string; credits: number }>(
    `select r.lookup_key as key,
       p.credits_per_month * case r.billing_interval when 'year' then 12 else 1 end as credits
     from billing.prices r join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
     union all select k.lookup_key, k.credits from billing.packs k`,
  );
  return new Map(rows.map(({ key, credits }) => [key, Number(credits)]));
}

/** By payment, as Stripe has it: each paid line of an invoice, and each paid session of a pack. */
async function paidCredits({ stripe, customer }: Person, worth: Map<string, number>) {
  const paid: Record<string, number> = {};
  const prices = new Map<string, string>();
  for await (const { id, lookup_key } of stripe.prices.list({ limit: 100 })) prices.set(id, lookup_key ?? "");
  for await (const { id, lines } of stripe.invoices.list({ customer, status: "paid", limit: 100 }))
    for (const { amount, pricing } of lines.data)
      if (amount > 0)
        paid[`invoice:${id}`] =
          (paid[`invoice:${id}`] ?? 0) +
          (worth.get(prices.get(String(pricing?.price_details?.price)) ?? "") ?? Number.NaN);
  const sessions = stripe.checkout.sessions.list({ customer, limit: 100, expand: ["data.line_items"] });
  for await (const { id, mode, payment_status, line_items } of sessions)
    if (mode === "payment" && payment_status === "paid")
      paid[`checkout:${id}`] = worth.get(line_items?.data[0]?.price?.lookup_key ?? "") ?? Number.NaN;
  return paid;
}
