// Chapters 169, 179 and 234, and where others know of trials.
import type { Fault } from "../fault.ts";

export const trials: Fault[] = [
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
    name: "a card that comes after the trial may try again",
    chapter: "payment_methods",
    find: "  perform billing.claim_cards(account_id);\n",
    replace: "",
    look: "trials",
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
    name: "what is bought during a trial takes its features away",
    chapter: "limits",
    find: "    and (s.status <> 'trialing' or coalesce(v_trial.plan_key, r.plan_key) = r.plan_key)\n",
    replace: "",
    look: "trials",
  },
  {
    name: "a trial that Stripe carries on ends when it would have ended here",
    chapter: "subscriptions",
    find: "coalesce(billing.carry_trial(account_id, facts ->> 'id'), v_trial_end)",
    replace: "v_trial_end",
    look: "trials",
  },
  {
    name: "a trial hides the plan that was bought during it",
    chapter: "overview",
    find: "    select 3, 'trialing', t.ends_at,",
    replace: "    select 0, 'trialing', t.ends_at,",
  },
  {
    name: "the credits of a trial that is extended end as before",
    chapter: "trial_extensions",
    find: "update billing.buckets b set expires_at = v_ends_at",
    replace: "update billing.buckets b set expires_at = b.expires_at",
  },
  {
    name: "an owner shortens a trial",
    chapter: "trial_extensions",
    find: "if (v_ends_at >= ended_before) is not true then",
    replace: "if ended_before is null then",
  },
];
