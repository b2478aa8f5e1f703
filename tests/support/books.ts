// What must be true of every account's books, whatever has happened to it (DESIGN, invariants 1 to 3).
import type { TestDb } from "./db";

type Problem = { account_id: string; problem: string; number: number; expected: string; found: string };

/** A sentence for each thing that is wrong with the books of any account; an empty list: all is well. */
export async function problemsOf(db: Pick<TestDb, "query">): Promise<string[]> {
  const { rows } = await db.query<Problem>("select * from billing.verify_all()");
  return rows.map((r) => `${r.problem}: account ${r.account_id}, ${r.number}: ${r.found}, not ${r.expected}`);
}

/** Stops billing.now() of one test database; `set` moves it for every connection at once. */
export async function stopClock(db: Pick<TestDb, "query">, at: string) {
  await db.query("create table test_clock (at timestamptz not null)");
  await db.query("insert into test_clock values ($1)", [at]);
  await db.query(`create or replace function billing.now() returns timestamptz
    language plpgsql volatile set search_path = '' as 'begin return (select at from public.test_clock); end'`);
  return { set: (to: string) => db.query("update test_clock set at = $1", [to]) };
}
