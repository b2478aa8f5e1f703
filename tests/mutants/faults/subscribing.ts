// Chapters 168 to 176: customers, plans, trials, what they pay with, what Stripe has of the catalog.
import type { Fault } from "../fault.ts";

export const subscribing: Fault[] = [
  {
    name: "a second customer of an account is unknown",
    chapter: "customers",
    find: "  if not found then\n    insert into billing.customers as c (id, account_id, created_at)",
    replace: "  if false then\n    insert into billing.customers as c (id, account_id, created_at)",
  },
  {
    name: "a customer who was deleted before he was known is alive",
    chapter: "customers",
    find: "  if v_deleted_at is not null then",
    replace: "  if false then",
  },
  {
    name: "a later reading revives a deleted customer",
    chapter: "customers",
    find: "set deleted_at = coalesce(c.deleted_at, v_deleted_at),",
    replace: "set deleted_at = v_deleted_at,",
  },
  {
    name: "a deleted customer stays in force",
    chapter: "customers",
    find: "is_in_force = c.is_in_force and v_deleted_at is null,",
    replace: "is_in_force = c.is_in_force,",
  },
  {
    name: "an older reading of a customer overwrites a newer one",
    chapter: "customers",
    find: " and c.ticket < write_customer.ticket;",
    replace: ";",
  },
  {
    name: "what waited for a customer waits on when he is linked",
    chapter: "customers",
    find: "  perform billing.apply_waiting('customer', customer_id);\n",
    replace: "",
  },
  {
    name: "a subscription that has lapsed counts as a plan",
    chapter: "subscriptions",
    find: "billing.is_live(s.status)\n      and not billing.has_lapsed(s.account_id, s.id)",
    replace: "billing.is_live(s.status)",
    look: "standing",
  },
  {
    name: "a paused plan may be bought a second time",
    chapter: "subscriptions",
    find: "s.status in ('paused', 'unpaid')",
    replace: "s.status in ('unpaid')",
    look: "checkout",
  },
  {
    name: "each subscription has a trial of its own",
    chapter: "subscriptions",
    find: "v_trial.trial_credits::bigint, 'trial:' || account_id,",
    replace: "v_trial.trial_credits::bigint, 'trial:' || grant_trial.subscription_id,",
  },
  {
    name: "a trial that is cut short goes on",
    chapter: "subscriptions",
    find: "if (ended_at > v_now and ends_at <> ended_at) is not true then",
    replace: "if (ended_at > v_now and ends_at > ended_at) is not true then",
  },
  {
    name: "what an owner has given to a trial is taken back by Stripe's next event",
    chapter: "subscriptions",
    find: " and b.expires_at = ended_at;",
    replace: ";",
  },
  {
    name: "a trial ends in the past",
    chapter: "subscriptions",
    find: "set expires_at = greatest(move_trial.ends_at, v_now)",
    replace: "set expires_at = move_trial.ends_at",
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
    chapter: "checkout",
    find: "elsif v_needs_plan and not v_has_plan then",
    replace: "elsif false then",
  },
  {
    name: "an older reading of a payment method overwrites a newer one",
    chapter: "payment_methods",
    find: "where m.ticket < excluded.ticket;",
    replace: ";",
  },
  {
    name: "the card of a deleted customer is shown",
    chapter: "payment_methods",
    find: "on u.id = m.customer_id and u.deleted_at is null",
    replace: "on u.id = m.customer_id",
  },
  {
    name: "the customer's default goes before the subscription's",
    chapter: "payment_methods",
    find: "coalesce(s.default_payment_method, c.default_payment_method)",
    replace: "coalesce(c.default_payment_method, s.default_payment_method)",
  },
  {
    name: "a price at Stripe may be for another interval",
    chapter: "provider_catalog",
    find: "      or facts ->> 'interval' is distinct from v_ours.billing_interval\n",
    replace: "",
  },
];
