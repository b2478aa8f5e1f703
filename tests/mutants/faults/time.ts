// Chapters 060 to 090: what time does, reads of the balance, grants, free months.
import type { Fault } from "../fault.ts";

export const time: Fault[] = [
  {
    name: "the account is not locked while it is settled",
    chapter: "settle",
    find: "where a.id = settle.account_id for no key update;",
    replace: "where a.id = settle.account_id;",
    look: "tests/races/holds.test.ts",
  },
  {
    name: "the clock is read before the lock",
    chapter: "settle",
    find: `begin
  select a.next_due_at, a.erased_at into v_due_at, v_erased_at from billing.accounts a
  where a.id = settle.account_id for no key update;
  v_now := billing.now();`,
    replace: `begin
  v_now := billing.now();
  select a.next_due_at, a.erased_at into v_due_at, v_erased_at from billing.accounts a
  where a.id = settle.account_id for no key update;`,
    look: "tests/races/holds.test.ts",
  },
  {
    name: "what falls due at this very instant waits",
    chapter: "settle",
    find: "exit when not found or v_due.due_at > now;",
    replace: "exit when not found or v_due.due_at >= now;",
  },
  {
    name: "an account that is due at this very instant is not settled",
    chapter: "settle",
    find: "elsif v_due_at <= v_now then",
    replace: "elsif v_due_at < v_now then",
  },
  {
    name: "what is due is written down kind by kind, not in the order of time",
    chapter: "settle",
    find: "order by d.due_at, d.kind, d.id",
    replace: "order by d.kind, d.due_at, d.id",
    look: "balance",
  },
  {
    name: "the bucket in hand is not put back",
    chapter: "settle",
    find: "update billing.buckets b set credits_remaining = v_account.in_hand_credits",
    replace: "update billing.buckets b set credits_remaining = b.credits_remaining",
  },
  {
    name: "next_due_at: what comes next is forgotten",
    chapter: "settle",
    find: "return coalesce(v_due.due_at, 'infinity');",
    replace: "return 'infinity';",
  },
  {
    name: "a paid grant pays no debt",
    chapter: "settle",
    find: "perform billing.pay_debts(fact.account_id, fact.id, fact.credits, fact.due_at);",
    replace: "",
    look: "claims",
  },
  {
    name: "an erased account can be written to",
    chapter: "settle",
    find: "if v_erased_at is not null then",
    replace: "if false then",
    look: "erase",
  },
  {
    name: "a read does not ask whose account it is",
    chapter: "settle",
    find: `perform billing.check_caller(account_id);
  select a.next_due_at, a.next_claim_at`,
    replace: "select a.next_due_at, a.next_claim_at",
    look: "strangers",
  },
  {
    name: "a function runs with the caller's search path",
    chapter: "settle",
    find: `security definer  -- a read by a client may have to write down what has fallen due
set search_path = ''`,
    replace: "security definer  -- a read by a client may have to write down what has fallen due",
    look: "conventions",
  },
  {
    name: "a period that is over is shown in its grace",
    chapter: "balance",
    find: "and o.shown_end > as_of",
    replace: "",
  },
  {
    name: "a grant of nothing is one",
    chapter: "grant",
    find: "if amount is null or amount <= 0 then",
    replace: "if amount is null or amount < 0 then",
  },
  {
    name: "a grant can be dated back",
    chapter: "grant",
    find: "account_id, amount, greatest(starts_at, v_now), expires_at",
    replace: "account_id, amount, coalesce(starts_at, v_now), expires_at",
  },
  {
    name: "a grant's key may come again for another type",
    chapter: "grant",
    find: "if (v_bucket.granted_credits, v_bucket.kind) <> (amount, kind) then",
    replace: "if v_bucket.granted_credits <> amount then",
  },
  {
    name: "what is paid for a suspended plan is not suspended",
    chapter: "grant",
    find: "    where kind = 'subscription' and subscription_id is not null;",
    replace: "    where false;",
    look: "standing",
  },
  {
    name: "a caller may use the key of a code",
    chapter: "grant",
    find: "key ~ '^(free|code|trial):'",
    replace: "key ~ '^(free|trial):'",
    look: "codes",
  },
  {
    name: "a free month ends a month after it was claimed",
    chapter: "free_months",
    find: "v_until := billing.claim_date(v_opened_at, v_months + 1);",
    replace: "v_until := billing.claim_date(now, 1);",
  },
  {
    name: "a claim date itself does not count as passed",
    chapter: "free_months",
    find: "billing.claim_date(opened_at, v_months) > now then 1",
    replace: "billing.claim_date(opened_at, v_months) >= now then 1",
  },
  {
    name: "a person has a free month on each account",
    chapter: "free_months",
    find: "claimed_until = excluded.claimed_until\n  where c.claimed_until <= now;",
    replace: "claimed_until = excluded.claimed_until;",
  },
  {
    name: "who has a plan has the free month too",
    chapter: "free_months",
    find: "or billing.has_plan(account_id) then",
    replace: "then",
  },
  {
    name: "an anonymous user has free months",
    chapter: "free_months",
    find: "and u.is_anonymous is not true;",
    replace: ";",
  },
];
