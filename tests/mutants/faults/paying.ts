// Chapters 180 to 187: what was paid, what it grants, and what goes back.
import type { Fault } from "../fault.ts";

export const paying: Fault[] = [
  {
    name: "an older reading of a payment overwrites a newer one",
    chapter: "payments",
    find: "where p.ticket < excluded.ticket;",
    replace: ";",
  },
  {
    name: "a payment that was not tried yet has failed",
    chapter: "sessions",
    find: "\n      and payment ->> 'payment_error' is not null",
    replace: "",
  },
  {
    name: "an amount that is not the catalog's buys a pack",
    chapter: "sessions",
    find: "is distinct from v_pack.price_cents * (facts ->> 'quantity')::integer",
    replace: "is null",
  },
  {
    name: "a top-up of which less was received buys its pack",
    chapter: "sessions",
    find: "and (facts ->> 'amount_received')::bigint is distinct from v_pack.price_cents",
    replace: "and (facts ->> 'amount_received')::bigint is null",
  },
  {
    name: "a month that ends early began early",
    chapter: "invoice_lines",
    find: "case when v_is_last then 31 else v_day end) d (nth)",
    replace: "v_day) d (nth)",
  },
  {
    name: "where the amount does not say when a period began, the longest is taken",
    chapter: "invoice_lines",
    find: "    p.starts_at desc, d.nth",
    replace: "    p.starts_at, d.nth",
  },
  {
    name: "a part is rounded before it is multiplied",
    chapter: "invoice_lines",
    find: `select whole * extract(epoch from e.ends_at - (line ->> 'period_start')::timestamptz)
      / extract(epoch from e.ends_at - p.starts_at)`,
    replace: `select whole * (extract(epoch from e.ends_at - (line ->> 'period_start')::timestamptz)
      / extract(epoch from e.ends_at - p.starts_at))`,
  },
  {
    name: "a proration grants what a whole period does",
    chapter: "invoice_lines",
    find: "return case when (line ->> 'proration')::boolean then (",
    replace: "return case when false then (",
  },
  {
    name: "units are rounded together",
    chapter: "invoice_lines",
    find: "* billing.months_of(r.billing_interval)))::bigint * (line ->> 'quantity')::bigint",
    replace: "* billing.months_of(r.billing_interval) * (line ->> 'quantity')::bigint))::bigint",
  },
  {
    name: "what an invoice gives back is granted a second time",
    chapter: "invoice_lines",
    find: "coalesce(sum(l.worth) filter (where not l.is_paid) over (), 0) as returned",
    replace: "0 as returned",
  },
  {
    name: "what an invoice gives back counts for each of its lines",
    chapter: "invoice_lines",
    find: "      - greatest(0, t.upto - t.worth - t.returned))::bigint",
    replace: "      - greatest(0, t.upto - t.worth))::bigint",
  },
  {
    name: "the next period bears what a proration gives back",
    chapter: "invoice_lines",
    find: "window w as (order by l.is_part desc, l.id)",
    replace: "window w as (order by l.id)",
  },
  {
    name: "what a year cost is rounded for each month alone",
    chapter: "invoice_lines",
    find: "(floor(v_cents * w.upto / w.total) - floor(v_cents * w.before / w.total))::bigint",
    replace: "floor(v_cents * (w.upto - w.before) / w.total)::bigint",
    look: "invoices",
  },
  {
    name: "plan credits end with the paid period, without the grace",
    chapter: "invoices",
    find: "then billing.later(ends_at, plan.renewal_grace)",
    replace: "then ends_at",
  },
  {
    name: "more is given back than was paid",
    chapter: "invoices",
    find: "or v_amount < v_worth - v_quantity\n",
    replace: "or false\n",
  },
  {
    name: "less than its price buys a part of a period",
    chapter: "invoices",
    find: "or v_amount < v_worth - v_quantity\n",
    replace: "or v_amount < least(v_worth, 0) - v_quantity\n",
  },
  {
    name: "an invoice that gives money back is applied",
    chapter: "invoices",
    find: "if (facts ->> 'total')::bigint < 0 then",
    replace: "if false then",
    look: "apply",
  },
  {
    name: "an invoice that is not paid grants credits",
    chapter: "invoices",
    find: "if billing.is_paid('invoice', facts) then",
    replace: "if facts ->> 'status' <> 'void' then",
  },
  {
    name: "a debit that the bank is working on has failed",
    chapter: "invoices",
    look: "notices",
    find: "    when facts ->> 'payment_intent_status' = 'processing' then 'pending'\n",
    replace: "",
  },
  {
    name: "a change of plans that a discount makes cheaper is parked",
    chapter: "invoices",
    find: "v_amount > 0 and coalesce((facts ->> 'is_discounted')::boolean, false)",
    replace: "false",
  },
  {
    name: "a refund is applied before its payment is paid",
    chapter: "returns",
    find: "when v_payment.status <> 'paid' then",
    replace: "when false then",
  },
  {
    name: "of a charge the first refund alone is applied",
    chapter: "returns",
    find: "      v_written := true;\n",
    replace: "      return true;\n",
  },
  {
    name: "a lost dispute shows as money that is there",
    chapter: "returns",
    find: "where billing.is_lost(d.status);",
    replace: "where false;",
    look: "get_payments",
  },
  {
    name: "a refund that failed shows as money back",
    chapter: "returns",
    find: "where billing.is_returned(r.status)",
    replace: "where true",
    look: "get_payments",
  },
  {
    name: "a payment in dispute shows as paid",
    chapter: "get_payments",
    find: "and billing.is_disputed(d.status)) then 'disputed'",
    replace: "and false) then 'disputed'",
  },
  {
    name: "an invoice that a bank is being asked for is due",
    chapter: "get_payments",
    find: "      and (p.attempts = 0 or coalesce(p.needs_action, false)))",
    replace: "    )",
  },
];
