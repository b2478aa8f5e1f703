// Chapters 168 and 169: customers, and trials without a card.
import type { Fault } from "../fault.ts";

export const customers: Fault[] = [
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
    name: "a person has a trial at Stripe on each account",
    chapter: "trials",
    find: "where c.claimant = any (v_claimants) and c.account_id <> claim_trial.account_id",
    replace: "where false",
  },
  {
    name: "a trial that is refused claims the card that it was refused with",
    chapter: "trials",
    find: "    delete from billing.trial_claims c where c.claimant = any (v_new);\n",
    replace: "",
  },
  {
    name: "who is anonymous has a trial",
    chapter: "trials",
    find: "when v_person is null then 'anonymous'",
    replace: "when false then 'anonymous'",
  },
  {
    name: "who has paid for a plan may try it",
    chapter: "trials",
    find: "and p.status = 'paid' and p.amount_cents > 0) then 'paid_before'",
    replace: "and false) then 'paid_before'",
  },
  {
    name: "a second click starts a second trial",
    chapter: "trials",
    find: "duplicate := exists (select from billing.trials t where t.account_id = start_trial.account_id);",
    replace: "duplicate := false;",
  },
  {
    name: "a trial lasts through the instant of its end",
    chapter: "trials",
    find: "and t.ends_at > (select billing.now());",
    replace: "and t.ends_at >= (select billing.now());",
  },
  {
    name: "free months come during a trial",
    chapter: "trials",
    find: "or (billing.trial_of(account_id)).ends_at is not null;",
    replace: "or false;",
  },
  {
    name: "a plan is promised for the end of a trial that Stripe does not take any more",
    chapter: "trials",
    find: "interval '48 hours 5 minutes'",
    replace: "interval '24 hours'",
  },
  {
    name: "a trial that has a plan by then is told of",
    chapter: "trials",
    find: "and s.status = 'trialing'\n    and s.trial_end",
    replace: "and s.status is not null\n    and s.trial_end",
    look: "notices",
  },
];
