// Chapters 114 to 118: what plans allow, and rows that cost credits.
import type { Fault } from "../fault.ts";

export const limits: Fault[] = [
  {
    name: "a limit is reached one row too late",
    chapter: "limits",
    find: "if v_count > v_max then",
    replace: "if v_count > v_max + 1 then",
  },
  {
    name: "a seat allows no more than the plan alone",
    chapter: "limits",
    find: "then sum(e.max_count * h.quantity)::bigint end",
    replace: "then sum(e.max_count)::bigint end",
    look: "subscription_items",
  },
  {
    name: "rows at once do not see each other: no guard is written",
    chapter: "limits",
    find: `insert into billing.limit_guards as g (account_id, key, passed) values (account_id, key, 1)
  on conflict on constraint limit_guards_pkey do update set passed = g.passed + 1;`,
    replace: "",
    look: "tests/races/limits.test.ts",
  },
  {
    name: "a row moved from another account is not counted",
    chapter: "limits",
    find: "when (new.%3$I is not null and new.%3$I is distinct from old.%3$I)",
    replace: "when (new.%3$I is null and new.%3$I is distinct from old.%3$I)",
  },
  {
    name: "a subscription that has ended goes on allowing",
    chapter: "limits",
    find: "where s.account_id = plan_of.account_id and billing.is_live(s.status)",
    replace: "where s.account_id = plan_of.account_id",
  },
  {
    name: "anybody is told what another account's plan allows",
    chapter: "limits",
    find: "if account_id is null or billing.is_client() and billing.is_member(account_id) is not true then",
    replace: "if account_id is null then",
  },
  {
    name: "what is bought during a trial takes its features away",
    chapter: "limits",
    find: "    and (s.status <> 'trialing' or coalesce(v_trial.plan_key, r.plan_key) = r.plan_key)\n",
    replace: "",
    look: "trials",
  },
  {
    name: "a day begins at midnight of the session's time zone",
    chapter: "caps",
    find: "date_trunc(per::text, at at time zone 'UTC')",
    replace: "date_trunc(per::text, at) at time zone 'UTC'",
  },
  {
    name: "an add-on caps what the plan does not",
    chapter: "caps",
    find: "  having not bool_and(h.is_add_on);",
    replace: ";",
    look: "subscription_items",
  },
  {
    name: "a cap refuses its last use",
    chapter: "caps",
    find: "and u.uses > c.max_uses",
    replace: "and u.uses >= c.max_uses",
  },
  {
    name: "a new window goes on counting the old one's uses",
    chapter: "caps",
    find: "case when u.window_starts_at = excluded.window_starts_at then u.uses + 1 else 1 end",
    replace: "u.uses + 1",
  },
  {
    name: "a use of yesterday given back is one more today",
    chapter: "caps",
    find: "and u.window_starts_at = (billing.cap_window_at(u.per, entry.created_at)).starts_at;",
    replace: ";",
  },
  {
    name: "a row deleted and inserted again is free",
    chapter: "charge_on_insert",
    find: "if v_charged.duplicate then",
    replace: "if false then",
  },
  {
    name: "a row is inserted though the balance is too short",
    chapter: "charge_on_insert",
    find: "elsif not v_charged.success then",
    replace: "elsif false then",
  },
  {
    name: "a client's row may be charged to another account",
    chapter: "charge_on_insert",
    find: "perform billing.check_caller(i.id) from unnest(v_ids) i (id);",
    replace: "",
  },
  {
    name: "rows are charged in the order in which they were inserted",
    chapter: "charge_on_insert",
    find: "from inserted r order by 1, 2",
    replace: "from inserted r",
    look: "tests/races/limits.test.ts",
  },
];
