// Chapters 171 and 173: what is bought beside a plan, and what a change of it comes to.
import type { Fault } from "../fault.ts";

export const changing: Fault[] = [
  {
    name: "an add-on that is no more still counts",
    chapter: "subscription_items",
    find: `  delete from billing.subscription_add_ons a
  where a.account_id = write_items.account_id and a.subscription_id = v_id;
`,
    replace: "",
  },
  {
    name: "add-ons alone are a plan",
    chapter: "subscription_items",
    find: "when v_found.plans <> 1 then",
    replace: "when v_found.plans > 1 then",
  },
  {
    name: "an add-on may be paid at another interval than its plan",
    chapter: "subscription_items",
    find: "when v_found.terms > 1 then",
    replace: "when false then",
  },
  {
    name: "each of two plans is told as the second",
    chapter: "subscription_items",
    find: "      and (s.created_at, s.id) < ((facts ->> 'created')::timestamptz, facts ->> 'id')\n",
    replace: "      and s.id <> facts ->> 'id'\n",
    look: "tests/functions/two-plans.test.ts",
  },
  {
    name: "a seat allows no more than the plan alone",
    chapter: "limits",
    find: "then sum(e.max_count * h.quantity)::bigint end",
    replace: "then sum(e.max_count)::bigint end",
    look: "subscription_items",
  },
  {
    name: "an add-on caps what the plan does not",
    chapter: "caps",
    find: "  having not bool_and(h.is_add_on);",
    replace: ";",
    look: "subscription_items",
  },
  {
    name: "a plan offered to one account is sold to all",
    chapter: "plan_changes",
    find: "    and (o.offered_to is null or o.offered_to = subscription.account_id)\n",
    replace: "",
  },
  {
    name: "whoever takes further seats loses the version bought",
    chapter: "plan_changes",
    find: "select w.nth, coalesce(k.price_key, o.price_key), w.quantity,",
    replace: "select w.nth, coalesce(o.price_key, k.price_key), w.quantity,",
  },
  {
    name: "what brings fewer credits for the same money is there at once",
    chapter: "plan_changes",
    find: " and v_wanted_credits >= v_credits then 'now'",
    replace: " then 'now'",
  },
  {
    name: "a year that is paid is exchanged for a month",
    chapter: "plan_changes",
    find: "or v_wanted_cents >= v_cents and",
    replace: "or v_wanted_cents * 12 >= v_cents and",
  },
  {
    name: "a cancelled plan is changed",
    chapter: "plan_changes",
    find: " or v_found.cancel_at is not null then",
    replace: " then",
  },
  {
    name: "what is asked for is no part of what was shown",
    chapter: "plan_changes",
    find: "subscription.scheduled_at, v_now, v_later, v_wanted));",
    replace: "subscription.scheduled_at, v_now, v_later));",
  },
];
