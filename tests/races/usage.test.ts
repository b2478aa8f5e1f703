// What is summed is what the ledger says, whenever and however often the job runs.
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOf, stopClock } from "../support/books";
import { type TestDb, testDb } from "../support/db";
import { verbsOf } from "../support/verbs";
import { someoneWaits } from "../support/waits";

type Entry = {
  number: number;
  kind: string;
  credits: number;
  answers: number | null;
  operation: string | null;
  bot: string | null;
  created_at: Date;
};
type Row = {
  starts_at: Date;
  operation: string | null;
  subject: string | null;
  uses: number;
  used_credits: number;
};

let db: TestDb;
let clock: Awaited<ReturnType<typeof stopClock>>;
const accounts = Array.from({ length: 3 }, () => crypto.randomUUID());
beforeEach(async () => {
  db = await testDb();
  clock = await stopClock(db, "2026-03-01T00:00:00Z");
  await db.query(`
    insert into billing.operations (key, name) values ('t_ask', 'Question');
    insert into billing.operation_prices (operation, version, base_credits) values ('t_ask', 1, 5);
    insert into billing.operation_parameters (operation, version, name, kind, position, is_subject)
    values ('t_ask', 1, 'bot', 'label', 1, true);`);
  for (const account of accounts) await verbsOf(db).grant(account, 100_000, "pack");
});
afterEach(() => db.drop());

const job =
  "do $$ declare v uuid; begin loop v := roll_up_usage(v, 2); exit when v is null; commit; end loop; end $$";
const call = (sql: string, ...args: unknown[]) => db.query(`select * from ${sql}`, args);
const hour = 3_600_000;

/** A job that is held and ends in one of three ways, a question, or an amount; some are given back in part. */
async function work(account: string, i: number) {
  const key = `job ${i}`;
  const bot = { bot: `bot ${i % 3}` };
  if (i % 4 === 0) await call("deduct_credits_atomic($1, $2, $3)", account, 1 + (i % 7), key);
  else if (i % 4 === 1) await call("consume_credits('t_ask', $2, $3, $1)", account, bot, key);
  else await call("place_hold('t_ask', $2, $3, '1 hour', 5, $1)", account, bot, key);
  if (i % 8 === 2) await call("release_hold($1, $2)", account, key);
  else if (i % 4 === 2) await call("capture_hold($1, $2, $3)", account, key, 1 + (i % 10));
  if (i % 3 === 0 && i % 4 < 2) await call("reverse_deduction($1, $2, 'failed', 1, 'a')", account, key);
}

/** The same from the entries, added up one by one. */
async function ledgerUsage(account: string, since: string, until: string) {
  const { rows } = await db.query<Entry>(
    `select number, kind, credits, answers, operation, params ->> 'bot' as bot, created_at
       from billing.credit_transactions where account_id = $1 order by number`,
    [account],
  );
  const sums = new Map<string, { uses: number; used: number }>();
  for (const entry of rows) {
    const at = entry.created_at.toISOString();
    const answered = rows.find(({ number }) => number === entry.answers);
    const work = entry.kind === "reversal" ? answered : entry;
    if (!work || !["spend", "capture", "reversal"].includes(entry.kind) || at < since || at >= until)
      continue;
    const key = [at.slice(0, 10), work.operation, work.bot].join();
    const sum = sums.get(key) ?? { uses: 0, used: 0 };
    sum.uses += entry.kind === "reversal" ? 0 : 1;
    sum.used -= entry.credits + (entry.kind === "capture" ? (answered?.credits ?? 0) : 0);
    sums.set(key, sum);
  }
  return Object.fromEntries(sums);
}

async function askedUsage(account: string, since: string, until: string) {
  const { rows } = await db.query<Row>(
    "select * from get_usage_summary($1, $2, $3, '{day,operation,subject}')",
    [account, since, until],
  );
  const keyOf = (row: Row) => [row.starts_at.toISOString().slice(0, 10), row.operation, row.subject].join();
  return Object.fromEntries(rows.map((row) => [keyOf(row), { uses: row.uses, used: row.used_credits }]));
}

test("spends, holds and reversals of days, jobs among them, two at once: every range is what the ledger says", async () => {
  const begin = Date.parse("2026-03-01T00:00:00Z");
  for (let i = 0; i < 60; i++) {
    await clock.set(new Date(begin + i * 1.7 * hour).toISOString());
    const jobs = i % 5 === 0 ? [db.query(job), db.query(job)] : [];
    await Promise.all([...accounts.map((account) => work(account, i)), ...jobs]);
  }
  const bounds = [0, 0.5, 24, 33.3, 48, 71, 96, 200].map((h) => new Date(begin + h * hour).toISOString());
  for (const account of accounts)
    for (const [at, since] of bounds.entries())
      for (const until of bounds.slice(at + 1))
        expect(await askedUsage(account, since, until)).toEqual(await ledgerUsage(account, since, until));
  expect(await problemsOf(db)).toEqual([]);
});

test("the job counts while one account spends: nothing is lost or counted twice, and no spend waits for it", async () => {
  const [account = ""] = accounts;
  let isOver = false;
  const counting = Array.from({ length: 2 }, async () => {
    for (; !isOver; ) await db.query(job);
  });
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, worker) => {
      const asked: number[] = [];
      for (let i = 0; i < 40; i++) {
        await verbsOf(db).deduct(account, 1, `task ${worker} ${i}`);
        const { rows } = await call("get_usage_summary($1, group_by => '{}')", account);
        asked.push(rows[0]?.used_credits);
      }
      return asked;
    }),
  );
  isOver = true;
  await Promise.all(counting);
  // Each answer counts at least what its worker has spent, and never goes back.
  for (const asked of answers)
    for (const [i, used] of asked.entries())
      expect(used).toBeGreaterThanOrEqual(Math.max(i + 1, asked[i - 1] ?? 0));
  await db.query(job);
  const days = await db.one<{ sum: number }>(
    "select sum(charged_credits)::bigint as sum from billing.usage_days where account_id = $1",
    [account],
  );
  expect(days.sum).toBe(320);
});

test("an account whose words are erased while the job counts is counted without them", async () => {
  const [account = ""] = accounts;
  await call("consume_credits('t_ask', $2, $3, $1)", account, { bot: "Ada" }, "question");
  const client = await db.pool.connect();
  await client.query("begin");
  await client.query("select erase_account($1, 'asked for')", [account]);
  const counting = db.query(job);
  await Promise.race([counting, someoneWaits(db)]);
  await client.query("commit");
  client.release();
  await counting;
  const { rows } = await db.query(
    "select operation, subject, charged_credits from billing.usage_days where account_id = $1",
    [account],
  );
  expect(rows).toEqual([{ operation: "t_ask", subject: "", charged_credits: 5 }]);
});
