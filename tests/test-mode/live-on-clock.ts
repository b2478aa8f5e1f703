// A life on a test clock of its own, told to a database of its own.
import { day, type Life } from "../lives/lives";
import { outcomeOf, tablesOfPeople } from "../lives/state";
import { liveTogether } from "../lives/world";
import { problemsOf, stopClock } from "../support/books";
import { type TestDb, testDb } from "../support/db";
import type { Account } from "./account";
import { newClockedPerson } from "./clocked-person";
import { openInbox } from "./inbox";

/** A clock may begin in the past, so that every run is of the same days. */
const start = new Date("2026-01-31T10:00:00Z");
/** Stripe goes on by two intervals at most; a step is less than one, so that nothing is told later than that. */
const step = 28 * day * 1000;
const unix = (instant: Date) => Math.floor(instant.getTime() / 1000);

export async function liveOnClock(account: Account, name: string, life: Life) {
  const { stripe, wait } = account;
  const db = await testDb();
  const tables = await tablesOfPeople(db.pool);
  const databaseClock = await stopClock(db, start.toISOString());
  const inbox = await openInbox(account, db);
  const clock = await stripe.testHelpers.testClocks.create({
    frozen_time: unix(start),
    name: `coffer: ${name}`.slice(0, 100),
  });
  let now = start;

  async function advance(to: Date) {
    let { status } = await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: unix(to) });
    for (; status === "advancing"; status = (await stripe.testHelpers.testClocks.retrieve(clock.id)).status)
      await wait();
    if (status !== "ready") throw new Error(`the test clock is ${status}`);
    now = to;
    await databaseClock.set(now.toISOString());
  }

  try {
    const userId = await db.newUser();
    const person = await newClockedPerson(account, userId, clock.id);
    inbox.of(person.customer);
    await db.query("select link_customer($1, $2)", [userId, person.customer]);
    const stage = {
      now: () => now,
      async moveTo(instant: Date) {
        while (now < instant) {
          await advance(new Date(Math.min(instant.getTime(), now.getTime() + step)));
          await inbox.empty();
        }
        await inbox.empty();
      },
      nextDue: async () => null,
    };
    await liveTogether(stage, [{ person, life }]);
    await db.query("select expire_subscription_credits(1000)");
    // A reader is given his free month, whose row has a hash of his address.
    const rows = await outcomeOf(db.pool, tables, userId);
    return {
      rows,
      comesTo: await inWords(db, userId),
      events: inbox.types.toSorted(),
      problems: [...(await problemsOf(db)), ...(await waiting(db))],
    };
  } finally {
    await stripe.testHelpers.testClocks.del(clock.id);
    await db.drop();
  }
}

/** In a line: the plan, the credits of plan and packs, and what became of the payments. */
async function inWords(db: TestDb, userId: string): Promise<string> {
  const { subscription, permanent, debt } = await db.one<Record<string, number>>(
    `select c.subscription_credits as subscription, c.permanent_credits as permanent, a.debt_credits as debt
       from get_user_credits($1) c join billing.accounts a on a.id = $1`,
    [userId],
  );
  const { plan, payments } = await db.one<{ plan: string | null; payments: string | null }>(
    `select (select string_agg(status, ', ') from billing.subscriptions where account_id = $1) as plan,
       (select string_agg(format('%s %s', n, status), ', ' order by status)
          from (select count(*) as n, status from get_payments($1) group by 2) p) as payments`,
    [userId],
  );
  return `plan ${plan ?? "none"}; ${subscription} + ${permanent} credits, ${debt} owed; ${payments}`;
}

async function waiting(db: TestDb): Promise<string[]> {
  const { rows } = await db.query<{ type: string; state: string; reason: string }>(
    "select type, state, reason from billing.stripe_events where state in ('parked', 'failed')",
  );
  return rows.map(({ type, state, reason }) => `${type} is ${state}: ${reason}`);
}
