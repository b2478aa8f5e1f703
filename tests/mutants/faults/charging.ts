// Chapters 100 to 110: deductions, batches of them, operations.
import type { Fault } from "../fault.ts";

export const charging: Fault[] = [
  {
    name: "the fast path looks at the balance, not at the bucket in hand",
    chapter: "deduct",
    find: "and a.in_hand_credits >= amount and amount > 0",
    replace: "and a.balance >= amount and amount > 0",
  },
  {
    name: "the fast path spends at the very instant of an expiry",
    chapter: "deduct",
    find: `where a.at < a.due_at
    on conflict on constraint credit_transactions_once do nothing
    returning e.from_promotional`,
    replace: `where a.at <= a.due_at
    on conflict on constraint credit_transactions_once do nothing
    returning e.from_promotional`,
  },
  {
    name: "the fast path reads the clock before it waits for the row",
    chapter: "deduct",
    find: `least(a.next_due_at, a.next_claim_at) as due_at, billing.now() as at
  ), entry as (`,
    replace: `least(a.next_due_at, a.next_claim_at) as due_at, statement_timestamp() as at
  ), entry as (`,
    look: "conventions",
  },
  {
    name: "what the fast path took and did not write is not given back",
    chapter: "deduct",
    find: "if balance_after is not null then  -- updated",
    replace: "if false then  -- updated",
  },
  {
    name: "a client inside a definer of the host's takes the fast path",
    chapter: "deduct",
    find: "and current_setting('role') not in ('anon', 'authenticated')",
    replace: "",
    look: "strangers",
  },
  {
    name: "another verb may use a spend's key",
    chapter: "deduct",
    find: "v_entry.kind <> kind or v_entry.digest",
    replace: "v_entry.digest",
    look: "hold",
  },
  {
    name: "a key may come again for another amount",
    chapter: "deduct",
    find: "or digest is null and v_entry.credits <> -amount",
    replace: "",
  },
  {
    name: "a key whose credits were given back answers as charged",
    chapter: "deduct",
    find: "= billing.reversed_credits(account_id, v_entry.number) then",
    replace: "= -billing.reversed_credits(account_id, v_entry.number) then",
    look: "reverse",
  },
  {
    name: "the last credit cannot be spent",
    chapter: "deduct",
    find: "if v_taken.balance >= amount then",
    replace: "if v_taken.balance > amount then",
  },
  {
    name: "a refused spend is told a balance with what is frozen",
    chapter: "deduct",
    find: "select a.balance - a.frozen_credits into v_taken.balance",
    replace: "select a.balance into v_taken.balance",
    look: "admin",
  },
  {
    name: "anon may deduct",
    chapter: "deduct",
    find: `revoke execute on function public.deduct_credits_atomic(uuid, bigint, text, text)
  from public, anon, authenticated;`,
    replace: "",
    look: "access",
  },
  {
    name: "a batch locks its accounts in the caller's order",
    chapter: "deduct_many",
    find: "where a.id = any (account_ids) order by a.id for no key update;",
    replace: "where a.id = any (account_ids) order by array_position(account_ids, a.id) for no key update;",
    look: "tests/races/batches.test.ts",
  },
  {
    name: "a task that comes twice in a batch is charged twice",
    chapter: "deduct_many",
    find: "where i.use = 1 and i.amount > 0",
    replace: "where i.amount > 0",
  },
  {
    name: "a batch spends what has expired",
    chapter: "deduct_many",
    find: "and take_many_from_hand.at < least(a.next_due_at, a.next_claim_at)",
    replace: "",
  },
  {
    name: "each item of a batch has the whole bucket in hand",
    chapter: "deduct_many",
    find: "from fresh f where f.taken <= f.in_hand_credits",
    replace: "from fresh f where f.amount <= f.in_hand_credits",
  },
  {
    name: "a member may charge anybody's account",
    chapter: "consume",
    find: "perform billing.check_caller(account_id), billing.check_cost(cost_micros);",
    replace: "perform billing.check_cost(cost_micros);",
  },
  {
    name: "the fast path of consume looks at the balance, not at the bucket in hand",
    chapter: "consume",
    find: "and a.in_hand_credits >= v_price.credits",
    replace: "and a.balance >= v_price.credits",
  },
  {
    name: "the fast path of consume takes any key",
    chapter: "consume",
    find: "and length(key) between 1 and 255 and key !~ '[^[:print:]]'",
    replace: "",
  },
  {
    name: "the fast path of consume spends at the very instant of an expiry",
    chapter: "consume",
    find: "where a.at < a.due_at",
    replace: "where a.at <= a.due_at",
  },
  {
    name: "the fast path takes a price that has ended",
    chapter: "consume",
    find: "least(a.next_due_at, a.next_claim_at, v_price.ends_at) as due_at",
    replace: "least(a.next_due_at, a.next_claim_at) as due_at",
    look: "tests/races/prices.test.ts",
  },
  {
    name: "what the fast path of consume took and did not write is not given back",
    chapter: "consume",
    find: "if found then  -- updated",
    replace: "if false then  -- updated",
  },
  {
    name: "a use that the fast path charged is not counted",
    chapter: "consume",
    find: "if success and not duplicate and v_price.is_capped then",
    replace: "if false then",
    look: "caps",
  },
  {
    name: "a replay is counted as a use",
    chapter: "consume",
    find: "if success and not duplicate and v_price.is_capped then",
    replace: "if success and v_price.is_capped then",
    look: "tests/races/limits.test.ts",
  },
  {
    name: "a member may say what the work cost the developer",
    chapter: "consume",
    find: "if billing.is_client() and cost_micros is not null or cost_micros < 0 then",
    replace: "if cost_micros < 0 then",
  },
  {
    name: "a member's keys are the server's",
    chapter: "consume",
    find: "case when billing.is_client() then 'member' else 'spend' end",
    replace: "case when billing.is_client() then 'spend' else 'spend' end",
  },
  {
    name: "a key may come again for other params",
    chapter: "consume",
    find: "concat(operation, E'\\n', params)",
    replace: "concat(operation, E'\\n')",
  },
  {
    name: "consume_credits runs with the rights of its owner in the exposed schema",
    chapter: "consume",
    find: `language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select * from billing.consume_credits(`,
    replace: `language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  return query
  select * from billing.consume_credits(`,
    look: "conventions",
  },
  {
    name: "the way out of a shortfall may be too small",
    chapter: "consume",
    find: "where shortfall > 0 and o.credits >= shortfall",
    replace: "where shortfall > 0",
  },
  {
    name: "a plan for one account is another's way out",
    chapter: "consume",
    find: "and billing.is_offered(p.offered_to, way_out.account_id)",
    replace: "",
    look: "custom_plans",
  },
];
