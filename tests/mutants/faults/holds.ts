// Chapter 120: holds.
import type { Fault } from "../fault.ts";

export const holds: Fault[] = [
  {
    name: "next_due_at: a hold of several buckets does not bring it forward",
    chapter: "hold",
    find: `update billing.accounts a set next_due_at = v_ends_at
    where a.id = set_aside_in_order.account_id and a.next_due_at > v_ends_at;`,
    replace: "",
  },
  {
    name: "next_due_at: a hold does not bring it forward",
    chapter: "hold",
    find: "next_due_at = least(a.next_due_at, billing.now() + make_interval(secs => v_seconds))",
    replace: "next_due_at = a.next_due_at",
  },
  {
    name: "next_due_at: a hold moves it behind what is due before",
    chapter: "hold",
    find: "next_due_at = least(a.next_due_at, billing.now() + make_interval(secs => v_seconds))",
    replace: "next_due_at = billing.now() + make_interval(secs => v_seconds)",
  },
  {
    name: "a hold looks at the balance, not at the bucket in hand",
    chapter: "hold",
    find: "a.in_hand_credits >= amount and amount > 0",
    replace: "a.balance >= amount and amount > 0",
  },
  {
    name: "a hold of nothing reaches the books",
    chapter: "hold",
    find: "a.in_hand_credits >= amount and amount > 0",
    replace: "a.in_hand_credits >= amount",
  },
  {
    name: "a hold's overrun may be below zero",
    chapter: "hold",
    find: "and amount > 0 and overrun >= 0",
    replace: "and amount > 0",
  },
  {
    name: "a hold takes any key",
    chapter: "hold",
    find: "and length(key) between 1 and 255 and key !~ '[^[:print:]]'",
    replace: "",
  },
  {
    name: "a hold may end before it begins",
    chapter: "hold",
    find: "and v_seconds between 0 and (",
    replace: "and v_seconds <= (",
  },
  {
    name: "a hold that the bucket in hand pays may last for ever",
    chapter: "hold",
    find: "and v_seconds between 0 and (select extract(epoch from s.max_hold) from billing.settings s)",
    replace: "",
  },
  {
    name: "a client inside a definer of the host's holds what is another's",
    chapter: "hold",
    find: "and (key_scope = 'member' or current_setting('role') not in ('anon', 'authenticated'))",
    replace: "",
  },
  {
    name: "a hold takes at the very instant of an expiry",
    chapter: "hold",
    find: "where a.at < a.due_at",
    replace: "where a.at <= a.due_at",
  },
  {
    name: "a hold takes a price that has ended",
    chapter: "hold",
    find: "least(a.next_due_at, a.next_claim_at, charge.price_ends_at) as due_at",
    replace: "least(a.next_due_at, a.next_claim_at) as due_at",
    look: "tests/races/prices.test.ts",
  },
  {
    name: "what a hold took and did not write is not given back",
    chapter: "hold",
    find: "elsif balance_after is not null then  -- updated",
    replace: "elsif false then  -- updated",
  },
  {
    name: "a hold may last for ever",
    chapter: "hold",
    find: "or v_seconds > extract(epoch from v_max) then",
    replace: "then",
  },
  {
    name: "a hold is not counted as a use",
    chapter: "hold",
    find: "if success and not duplicate and v_price.is_capped then",
    replace: "if false then",
    look: "caps",
  },
  {
    name: "a hold's replay is counted as a use",
    chapter: "hold",
    find: "if success and not duplicate and v_price.is_capped then",
    replace: "if success and v_price.is_capped then",
    look: "tests/races/limits.test.ts",
  },
  {
    name: "a member may place any number of holds",
    chapter: "hold",
    find: "perform billing.check_open_holds(account_id);",
    replace: "",
  },
  {
    name: "a hold that has ended is answered as a success",
    chapter: "hold",
    find: "select h.state in ('open', 'captured'), h.held_credits",
    replace: "select h.state is not null, h.held_credits",
  },
  {
    name: "a hold's key, tried after its time, is answered as it was",
    chapter: "hold",
    find: "perform billing.settle(v_entry.account_id);  -- it may be over by now",
    replace: "",
  },
];
