// The sweep never waits for a spend, and makes none wait but one of the very account that it settles.
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOf, stopClock } from "../support/books";
import { connect, connectImpatient } from "../support/connections";
import { type TestDb, testDb } from "../support/db";
import { verbsOf } from "../support/verbs";
import { someoneWaits } from "../support/waits";

let db: TestDb;
let verbs: ReturnType<typeof verbsOf>;
let clock: Awaited<ReturnType<typeof stopClock>>;
beforeEach(async () => {
  db = await testDb();
  verbs = verbsOf(db);
  clock = await stopClock(db, "2026-03-01T00:00:00Z");
});
afterEach(() => db.drop());

/** So many accounts with 10 credits that expire, a second after the other, and 10 that stay. */
async function dueAccounts(count: number) {
  const { rows } = await db.query<{ id: string }>(
    `select a.id from generate_series(1, $1) i, lateral (select gen_random_uuid() as id where i > 0) a,
       lateral add_credits_atomic(a.id, 10, 'promotional', 'gift',
         expires_at => '2026-03-02'::timestamptz + i * interval '1 second') gift,
       lateral add_credits_atomic(a.id, 10, 'permanent', 'pack') pack order by i`,
    [count],
  );
  return rows.map(({ id }) => id);
}
const sweep = "select expire_subscription_credits($1) as settled";
const spend = "select success, balance_after from deduct_credits_atomic($1, 1, 'task')";
const settled = async () =>
  (
    await db.query(
      "select account_id from billing.credit_transactions where kind = 'expiry' order by created_at",
    )
  ).rows.map((row) => row.account_id);

test("a sweep beside a spend that is not committed leaves that account alone, and waits for nothing", async () => {
  const [first, second, third] = await dueAccounts(3);
  const spender = await connect(db);
  await spender.query("begin");
  await spender.query(spend, [second]);
  await clock.set("2026-03-03T00:00:00Z");
  const sweeper = await connectImpatient(db);
  expect((await sweeper.query(sweep, [10])).rows).toEqual([{ settled: 2 }]);
  expect(await settled()).toEqual([first, third]);
  await spender.query("commit");
  expect((await sweeper.query(sweep, [10])).rows).toEqual([{ settled: 1 }]);
  expect(await problemsOf(db)).toEqual([]);
});

test("a spend beside a sweep that is not committed waits only when it is of an account of that batch", async () => {
  const [first, second] = await dueAccounts(2);
  const other = crypto.randomUUID();
  await verbs.grant(other, 10, "pack");
  await clock.set("2026-03-03T00:00:00Z");
  const sweeper = await connect(db);
  await sweeper.query("begin");
  await sweeper.query(sweep, [1]);
  const spender = await connectImpatient(db);
  expect((await spender.query(spend, [other])).rows).toEqual([{ success: true, balance_after: 9 }]);
  expect((await spender.query(spend, [second])).rows).toEqual([{ success: true, balance_after: 9 }]);
  await expect(spender.query(spend, [first])).rejects.toMatchObject({ code: "55P03" });
  await sweeper.query("commit");
  expect((await spender.query(spend, [first])).rows).toEqual([{ success: true, balance_after: 9 }]);
  expect(await problemsOf(db)).toEqual([]);
});

test("the job commits batch by batch: what it has settled can be spent while it goes on", async () => {
  const accounts = await dueAccounts(150);
  await clock.set("2026-03-03T00:00:00Z");
  // The job stops in its second batch, at a lock that we hold.
  await db.query(`create function public.stop_at_120() returns trigger language plpgsql as $$ begin
      if new.account_id = '${accounts[119]}' then perform pg_advisory_xact_lock(1); end if;
      return new;
    end $$;
    create trigger stop before insert on billing.credit_transactions
      for each row execute function public.stop_at_120()`);
  const holder = await connect(db);
  await holder.query("select pg_advisory_lock(1)");
  const { command } = await db.one<{ command: string }>(
    "select command from cron.job where jobname = 'coffer: write down expiries'",
  );
  const job = (await connect(db)).query(command);
  await someoneWaits(db);
  expect(await settled()).toEqual(accounts.slice(0, 100));
  const spender = await connectImpatient(db);
  expect((await spender.query(spend, [accounts[0]])).rows).toEqual([{ success: true, balance_after: 9 }]);
  await expect(spender.query(spend, [accounts[110]])).rejects.toMatchObject({ code: "55P03" });
  await holder.query("select pg_advisory_unlock(1)");
  await job;
  expect(await settled()).toEqual(accounts);
});

test("two sweeps at once share the accounts and settle each once", async () => {
  const accounts = await dueAccounts(60);
  await clock.set("2026-03-03T00:00:00Z");
  const loop = async () => {
    const sweeper = await connectImpatient(db);
    while ((await sweeper.query(sweep, [7])).rows[0].settled > 0);
  };
  await Promise.all([loop(), loop()]);
  expect((await settled()).sort()).toEqual(accounts.sort());
  expect(await problemsOf(db)).toEqual([]);
});

test("a batch finds its accounts by the index of what is due, however many accounts there are", async () => {
  await dueAccounts(1000);
  await db.query(
    "select from generate_series(1, 1000), add_credits_atomic(gen_random_uuid(), 1, 'permanent', 'pack')",
  );
  await db.query("analyze");
  await clock.set("2026-03-03T00:00:00Z");
  const sweeper = await connect(db);
  await sweeper.query("set plan_cache_mode = force_generic_plan"); // as after some batches
  await sweeper.query("begin");
  await sweeper.query(sweep, [5]);
  const read = await sweeper.query(`
    select pg_stat_get_xact_numscans('billing.accounts'::regclass) as scans_of_the_table,
      pg_stat_get_xact_tuples_returned('billing.accounts_due'::regclass) as read_of_the_index`);
  expect(read.rows).toEqual([{ scans_of_the_table: 0, read_of_the_index: 5 }]);
});
