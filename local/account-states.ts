// The states that a customer can be in, for pictures, checks and the bench. Each is reached as customers reach it: by the
// verbs, and at the sandbox.
import type pg from "pg";
import type { Account, Accounts } from "./accounts.ts";

type State = (accounts: Accounts, account: Account) => Promise<unknown>;

const accountStates = {
  /** Signed up a moment ago. */
  empty: async () => {},
  /** The first pictures, of the free credits. */
  beginner: ({ inThePast }, { id }) =>
    inThePast(async (client, goTo) => {
      await goTo(0.02);
      await enhance(client, id, "first", { picture: "lake", size: "draft" });
    }),
  rich: async (accounts, account) => {
    await accounts.inThePast((client, goTo) => weeksOfUse(client, account.id, goTo));
    await accounts.buy(account, "professional_month");
    await accounts.buy(account, "credits_2500");
    const regretted = await accounts.buy(account, "credits_500");
    const { payment_intent } = await accounts.stripe.checkout.sessions.retrieve(regretted);
    await accounts.stripe.refunds.create({ payment_intent: String(payment_intent) });
    await accounts.arrival("select from billing.clawbacks where account_id = $1", [account.id]);
    await enhance(accounts, account.id, "poster-draft", { picture: "lake", size: "draft" });
    await enhance(accounts, account.id, "poster", { picture: "lake", size: "full" });
    await retouch(accounts, account.id, "poster-skin", "portrait");
    const hold = { picture: "harbour", size: "large", light: "studio" };
    await accounts.query("select public.place_hold('enhance_image', $2, 'under way', '1 hour', 0, $1)", [
      account.id,
      hold,
    ]);
  },
  trial: ({ query }, { id }) => query("select public.start_trial($1)", [id]),
  pastDue: async (accounts, account) => {
    await accounts.buy(account, "basic_month", "4000000000000341");
    const id = await accounts.subscriptionOf(account);
    // A period that begins now is charged now, and this card pays only while its owner is there.
    await accounts.stripe.subscriptions.update(id, {
      billing_cycle_anchor: { type: "now" },
      proration_behavior: "none",
    });
    await accounts.arrival(subscriptionIs("past_due"), [account.id]);
  },
  cancelled: async (accounts, account) => {
    await accounts.buy(account, "professional_month");
    const id = await accounts.subscriptionOf(account);
    await accounts.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await accounts.arrival(
      "select from billing.subscriptions where account_id = $1 and cancel_at is not null",
      [account.id],
    );
  },
  paused: async (accounts, account) => {
    await accounts.buy(account, "professional_month");
    await accounts.stripe.subscriptions.pause(await accounts.subscriptionOf(account), {
      type: "subscription",
    });
    await accounts.arrival(subscriptionIs("paused"), [account.id]);
  },
  /** Spent what was then refunded. */
  inDebt: async (accounts, account) => {
    await accounts.buy(account, "basic_month");
    const pack = await accounts.buy(account, "credits_500");
    await accounts.query("select public.deduct_credits_atomic($1, 700, 'poster', 'Poster print')", [
      account.id,
    ]);
    const { payment_intent } = await accounts.stripe.checkout.sessions.retrieve(pack);
    await accounts.stripe.refunds.create({ payment_intent: String(payment_intent) });
    await accounts.arrival("select from billing.accounts where id = $1 and debt_credits > 0", [account.id]);
  },
  erased: async (accounts, account) => {
    await accounts.query("select public.get_user_credits($1)", [account.id]);
    await accounts.query("select public.erase_account($1, 'asked for by mail')", [account.id]);
  },
} satisfies Record<string, State>;

export type AccountState = keyof typeof accountStates;

/** A new account in that state. */
export async function accountIn(accounts: Accounts, state: AccountState): Promise<Account> {
  const account = await accounts.signUp(state);
  await accountStates[state](accounts, account);
  return account;
}

const subscriptionIs = (status: string) =>
  `select from billing.subscriptions where account_id = $1 and status = '${status}'`;

const pictures = ["lake", "harbour", "portrait", "bridge", "market", "old-letter"] as const;
const choices = [
  { size: "draft" },
  { size: "full" },
  { size: "full", light: "studio" },
  { size: "large", colour: "vivid" },
  { size: "draft", detail: "skin" },
  { size: "full", light: "studio", retouching: 2 },
] as const;

/** Four weeks with their weekends, several kinds of work, a job that failed and one that was taken back. */
async function weeksOfUse(client: pg.Client, id: string, goTo: (daysAgo: number) => Promise<unknown>) {
  const grant =
    "select public.grant_credits($1, $2, $3, $4, expires_at => billing.now() + $5::interval, description => $6)";
  await goTo(29);
  await client.query(grant, [id, 20_000, "permanent", "moved-in", null, "Credits from your old account"]);
  await client.query(grant, [id, 400, "promotional", "spring", "33 days", "Spring offer"]);
  for (let day = 28; day >= 1; day--) {
    const isWeekend = day % 7 < 2;
    const jobs = isWeekend ? day % 2 : 2 + ((day * 5) % 4);
    for (let job = 0; job < jobs; job++) {
      await goTo(day - 0.4 - job * 0.07);
      const nth = day * 3 + job;
      const picture = pictures[nth % pictures.length];
      if (nth % 5 === 0) await retouch(client, id, `skin-${nth}-${day}`, picture);
      else await enhance(client, id, `picture-${nth}-${day}`, { picture, ...choices[nth % choices.length] });
    }
  }
  await goTo(0.9);
  await client.query(
    "select public.hold_credits_atomic($1, 300, 'film', description => 'Film restoration')",
    [id],
  );
  await client.query("select public.release_hold($1, 'film', 'The upload broke off')", [id]);
  await enhance(client, id, "blurred", { picture: "market", size: "full" });
  await client.query("select public.reverse_deduction($1, 'blurred', 'The result was blurred')", [id]);
}

type Database = { query: (sql: string, values: unknown[]) => Promise<unknown> };

function enhance(database: Database, id: string, key: string, params: object) {
  return database.query("select public.consume_credits('enhance_image', $2, $3, $1)", [id, params, key]);
}

function retouch(database: Database, id: string, key: string, picture: string | undefined) {
  return database.query("select public.consume_credits('enhance_skin', $2, $3, $1)", [id, { picture }, key]);
}
