// Chapters 170 to 200: what Stripe says, and what it does here.
import type { Fault } from "../fault.ts";

export const stripe: Fault[] = [
  {
    name: "an event that was applied is not read again, though an owner reopened it",
    chapter: "replays",
    find: "perform billing.close_event(event_id, 'failed', 'reopened');",
    replace: "null;",
  },
  {
    name: "an open Checkout session counts as a difference",
    chapter: "reconcile",
    find: "when 'checkout_session' then facts ->> 'status' <> 'open'",
    replace: "when 'checkout_session' then true",
  },
  {
    name: "comparing leaves behind what it has tried",
    chapter: "reconcile",
    find: "raise exception 'a rehearsal leaves nothing behind' using errcode = 'savepoint_exception',\n      hint = 'this is caught where it is raised';",
    replace: "",
  },
  {
    name: "credits of an invoice that is not paid are no finding",
    chapter: "reconcile",
    find: "if not billing.is_paid_for(noun, facts) and exists (",
    replace: "if false and exists (",
  },
  {
    name: "a finding is fixed each time that it is asked for",
    chapter: "fixes",
    find: "if v_finding.state = 'open' then",
    replace: "if v_finding.state is not null then",
  },
  {
    name: "what went back already is offered again",
    chapter: "owner_refunds",
    find: "- v_returned, 0)::bigint;",
    replace: "- 0, 0)::bigint;",
  },
  {
    name: "an older reading of a subscription overwrites a newer one",
    chapter: "subscriptions",
    find: "where s.ticket < excluded.ticket\n    and (s.status",
    replace: "where (s.status",
    look: "apply",
  },
  {
    name: "a canceled subscription comes back to life",
    chapter: "subscriptions",
    find: "and (s.status <> 'canceled' or excluded.status = 'canceled');",
    replace: ";",
    look: "apply",
  },
  {
    name: "a pack that needs a plan is sold without one",
    chapter: "subscriptions",
    find: "elsif v_needs_plan and not v_has_plan then",
    replace: "elsif false then",
  },
  {
    name: "plan credits end with the paid period, without the grace",
    chapter: "payments",
    find: "then billing.later(ends_at, plan.renewal_grace)",
    replace: "then ends_at",
  },
  {
    name: "what a year cost is rounded for each month alone",
    chapter: "payments",
    find: "paid_cents => v_cents * (i + 1) / v_months - v_cents * i / v_months,",
    replace: "paid_cents => v_cents / v_months,",
  },
  {
    name: "an older reading of a payment overwrites a newer one",
    chapter: "payments",
    find: "where p.ticket < excluded.ticket;",
    replace: ";",
    look: "apply",
  },
  {
    name: "an event that was applied is applied again",
    chapter: "stripe_events",
    find: "or not billing.is_settled(e.state, e.reason) and excluded.state <> 'failed'",
    replace: "or excluded.state <> 'failed'",
  },
  {
    name: "an amount that is not the catalog's buys a pack",
    chapter: "apply",
    find: "is distinct from v_pack.price_cents * (facts ->> 'quantity')::integer",
    replace: "is null",
  },
  {
    name: "an invoice that is not paid grants credits",
    chapter: "apply",
    find: "if facts ->> 'status' = 'paid' then",
    replace: "if facts ->> 'status' <> 'void' then",
  },
  {
    name: "an event about an erased account is parked, and tried again",
    chapter: "apply",
    find: "case when reason = 'erased' then 'ignored' else 'parked' end",
    replace: "case when reason = 'erased' then 'parked' else 'parked' end",
    look: "erase",
  },
];
