// What must be true of every account's books, whatever has happened to it (DESIGN, invariants 1 to 3).
import type { TestDb } from "./db";

type Problem = { problem: string; account_id: string; number: number };

/** A sentence for each thing that is wrong with the books of any account; an empty list: all is well. */
export async function problemsOf(db: TestDb): Promise<string[]> {
  const { rows } = await db.query<Problem>(`
    with entry as (
      select e.*, row_number() over w as nth, lag(e.created_at) over w as previous_at,
        sum(e.credits) over w as running
      from billing.credit_transactions e
      window w as (partition by e.account_id order by e.number)
    ), booked as (
      select s.account_id, s.bucket_id, sum(s.credits) as credits
      from billing.entry_shares s group by 1, 2
    )
    select 'an entry number is missing' as problem, account_id, number from entry where number <> nth
    union all
    select 'an entry is dated before its predecessor', account_id, number from entry where created_at < previous_at
    union all
    select 'balance_after is not the running sum', account_id, number from entry where balance_after <> running
    union all
    select 'the parts by kind are not the whole', account_id, number from entry
    where from_promotional + from_subscription + from_permanent <> -credits
    union all
    select 'the balance is not the sum of the entries', a.id, a.entry_count from billing.accounts a
    where a.balance <> (select coalesce(sum(e.credits), 0) from entry e where e.account_id = a.id)
      or a.entry_count <> (select count(*) from entry e where e.account_id = a.id)
    union all
    select 'the buckets do not hold the balance', a.id, a.entry_count from billing.accounts a
    where a.balance <> (
      select coalesce(sum(o.credits_remaining + o.frozen_credits), 0) from billing.open_buckets o
      where o.account_id = a.id)
    union all
    select 'what is frozen is not what the account says', a.id, a.entry_count from billing.accounts a
    where a.frozen_credits <> (
      select coalesce(sum(o.frozen_credits), 0) from billing.open_buckets o where o.account_id = a.id)
    union all
    select 'the debts are not what the account says', a.id, a.entry_count from billing.accounts a
    where a.debt_credits <> (
      select coalesce(sum(c.owed_credits), 0) from billing.clawbacks c
      where c.account_id = a.id and c.state = 'taken')
    union all
    select 'a bucket has frozen what no dispute has', b.account_id, b.id from billing.buckets b
    where b.frozen_credits > 0 and b.frozen_credits <> (
      select coalesce(sum(s.credits), 0) from billing.clawback_shares s
      join billing.clawbacks c on c.account_id = s.account_id and c.key = s.clawback_key
      where s.account_id = b.account_id and s.bucket_id = b.id and c.state = 'frozen')
    union all
    select 'a bucket does not hold what the ledger says', b.account_id, b.id from billing.buckets b
    left join billing.open_buckets o on o.account_id = b.account_id and o.id = b.id
    left join booked k on k.account_id = b.account_id and k.bucket_id = b.id
    where coalesce(o.credits_remaining + o.frozen_credits, 0) <> coalesce(k.credits, 0)
      or coalesce(k.credits, 0) not between 0 and b.granted_credits
    union all
    select 'credits were spent at or after their expiry', s.account_id, s.number from billing.entry_shares s
    join billing.buckets b on b.account_id = s.account_id and b.id = s.bucket_id
    where s.kind in ('spend', 'hold') and s.created_at >= b.expires_at
    union all
    select 'a hold and its entries disagree', h.account_id, h.number from billing.holds h
    where (h.state <> 'open') <> exists (
      select from billing.credit_transactions e
      where e.account_id = h.account_id and e.answers = h.number and e.kind in ('capture', 'release'))
    union all
    select 'next_due_at is later than what is due', a.id, a.entry_count from billing.accounts a
    where a.next_due_at > (select min(d.due_at) from billing.due_facts d where d.account_id = a.id)`);
  return rows.map((r) => `${r.problem}: account ${r.account_id}, ${r.number}`);
}

/** Stops billing.now() of one test database; \`set\` moves it for every connection at once. */
export async function stopClock(db: TestDb, at: string) {
  await db.query("create table test_clock (at timestamptz not null)");
  await db.query("insert into test_clock values ($1)", [at]);
  await db.query(`create or replace function billing.now() returns timestamptz
    language plpgsql volatile set search_path = '' as 'begin return (select at from public.test_clock); end'`);
  return { set: (to: string) => db.query("update test_clock set at = $1", [to]) };
}
