// Chapters 188 and 189: pauses, unpaid renewals, and what is told of them.
import type { Fault } from "../fault.ts";

export const standing: Fault[] = [
  {
    name: "an unpaid plan gives way to the free one before its grace is over",
    chapter: "standing",
    find: "\n      and s.starts_at <= (select billing.now()));",
    replace: ");",
  },
  {
    name: "an unpaid plan freezes packs as well",
    chapter: "standing",
    find: "where b.account_id = freeze_subscription.account_id and b.kind = 'subscription'\n    and b.subscription_id = freeze_subscription.subscription_id\n    and",
    replace: "where b.account_id = freeze_subscription.account_id and",
  },
  {
    name: "a pause stops what had expired before it",
    chapter: "standing",
    find: "      and coalesce(b.expires_at, 'infinity') > stopped_at\n",
    replace: "",
  },
  {
    name: "the months of a paused year go on starting",
    chapter: "standing",
    find: "case when b.opened_at is null and b.starts_at > now then 'infinity'",
    replace: "case when false then 'infinity'",
  },
  {
    name: "what is paused expires",
    chapter: "standing",
    find: "case when b.expires_at is not null then 'infinity'::timestamptz end",
    replace: "b.expires_at",
  },
  {
    name: "a pause takes from the time that was paid for",
    chapter: "standing",
    find: "expires_at = s.expires_at + stopped",
    replace: "expires_at = s.expires_at",
  },
  {
    name: "the period's end that is shown does not move with the pause",
    chapter: "standing",
    find: "set starts_at = case b.starts_at when 'infinity' then s.starts_at + stopped\n        else b.starts_at end,\n      period_ends_at = s.period_ends_at + stopped,",
    replace:
      "set starts_at = case b.starts_at when 'infinity' then s.starts_at + stopped\n        else b.starts_at end,\n      period_ends_at = s.period_ends_at,",
  },
  {
    name: "what comes to a paused plan runs on",
    chapter: "standing",
    find: "= join_suspension.subscription_id and s.reason = 'paused';",
    replace: "= join_suspension.subscription_id and s.reason = 'unpaid' and s.is_in_force;",
  },
  {
    name: "what comes to a frozen plan can be spent",
    chapter: "standing",
    find: "= join_suspension.subscription_id and s.is_in_force;",
    replace: "= join_suspension.subscription_id and s.is_in_force and s.reason = 'paused';",
  },
  {
    name: "a grace is counted from an invoice that was given up long ago",
    chapter: "standing",
    find: "n.status = 'paid'\n          and n.finalized_at > u.finalized_at)",
    replace: "n.status = 'paid'\n          and n.finalized_at > billing.now())",
  },
  {
    name: "the grace counts from the last of the unpaid invoices",
    chapter: "standing",
    find: "select min(u.finalized_at) as unpaid_since",
    replace: "select max(u.finalized_at) as unpaid_since",
  },
  {
    name: "a policy that keeps all freezes",
    chapter: "standing",
    find: "in ('past_due', 'unpaid') and p.dunning <> 'keep'\n",
    replace: "in ('past_due', 'unpaid')\n",
  },
  {
    name: "a pause of which no time is known begins anew with each event",
    chapter: "standing",
    find: "coalesce(s.paused_at, o.starts_at, billing.now())",
    replace: "coalesce(s.paused_at, billing.now())",
  },
  {
    name: "the interval between two pauses counts as one",
    chapter: "standing",
    find: "extract(epoch from least(v_now,\n        case v_due.reason when 'paused' then v_due.starts_at end) - v_old.starts_at",
    replace: "extract(epoch from v_now - v_old.starts_at",
  },
  {
    name: "what was frozen stays so when it is paid",
    chapter: "standing",
    find: "  perform billing.freeze_subscription(account_id, subscription_id, false);\n",
    replace: "",
  },
  {
    name: "a debit under way unfreezes an unpaid plan",
    chapter: "standing",
    look: "notices",
    find: "      and (u.status = 'failed' or u.status = 'pending' and u.attempts > 0)\n",
    replace: "      and u.status = 'failed'\n",
  },
  {
    name: "a debit under way is to be paid",
    chapter: "notices",
    find: "        when p.attempts > 0 then 'payment_processing' else 'payment_due' end,\n",
    replace: "        else 'payment_due' end,\n",
  },
  {
    name: "an invoice of a plan that has ended is to be paid",
    chapter: "notices",
    find: " and s.ended_at is null\n",
    replace: "\n",
  },
  {
    name: "a dispute that is over is told of",
    chapter: "notices",
    find: "and billing.is_disputed(d.status)\n",
    replace: "and d.status is not null\n",
  },
  {
    name: "a second plan that has ended is told of for ever",
    chapter: "notices",
    find: "or f.state = 'fixed' and f.closed_at > v_now - interval '336 hours'",
    replace: "or f.state = 'fixed'",
  },
];
