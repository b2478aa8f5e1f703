// Chapters 230 to 262: the owner's verbs, erasure, the proof of the books, seals, moving in.
import type { Fault } from "../fault.ts";

export const keeping: Fault[] = [
  {
    name: "any user may do what an owner may",
    chapter: "admin",
    find: "select from billing.owners o where o.user_id = auth.uid()",
    replace: "select from billing.owners o",
  },
  {
    name: "an expiry may be moved back",
    chapter: "admin",
    find: "if (v_bucket.expires_at < extend_expiry.expires_at) is not true then",
    replace: "if false then",
  },
  {
    name: "an owner takes more than can be spent",
    chapter: "admin",
    find: "select greatest(-credits - a.balance + a.frozen_credits, 0) into shortfall",
    replace: "select greatest(-credits - a.balance, 0) into shortfall",
  },
  {
    name: "a freeze is not counted",
    chapter: "admin",
    find: `perform billing.audit('credits.freeze', account_id, concat_ws(': ', 'grant ' || credit_id,
    reason));
  perform billing.take_in_hand(account_id, v_now);`,
    replace: `perform billing.audit('credits.freeze', account_id, concat_ws(': ', 'grant ' || credit_id,
    reason));`,
  },
  {
    name: "a dispute that is won gives back what was voided",
    chapter: "admin",
    find: "and c.account_id = s.account_id and c.key = s.clawback_key and c.state = 'frozen';",
    replace: "and c.account_id = s.account_id and c.key = s.clawback_key and false;",
  },
  {
    name: "the credits of a trial that is extended end as before",
    chapter: "trial_extensions",
    find: "perform billing.move_trial_credits(account_id, null, ended_before, v_ends_at, v_now);",
    replace: "",
  },
  {
    name: "an owner shortens a trial",
    chapter: "trial_extensions",
    find: "if (v_ends_at >= ended_before) is not true then",
    replace: "if ended_before is null then",
  },
  {
    name: "an account is erased while its plan is charged",
    chapter: "erase",
    find: "if billing.has_open_subscription(account_id) then",
    replace: "if false then",
  },
  {
    name: "an erased account falls due",
    chapter: "erase",
    find: "set erased_at = v_now, next_due_at = 'infinity', next_claim_at = 'infinity'",
    replace: "set erased_at = v_now",
  },
  {
    name: "the words of an erased account's entries stay",
    chapter: "erase",
    find: "set description = null, params = null",
    replace: "set description = null",
  },
  {
    name: "the cards of an erased account stay",
    chapter: "erase",
    find: "  delete from billing.payment_methods m where m.account_id = forget_words.account_id;\n",
    replace: "",
    look: "payment_methods",
  },
  {
    name: "the proof does not see a missing entry",
    chapter: "proof",
    find: "from entry e where e.number <> e.nth",
    replace: "from entry e where false",
  },
  {
    name: "the proof does not see a balance that is not the sum",
    chapter: "proof",
    find: "('the balance is not the sum of the entries', f.credits, f.balance),",
    replace: "('the balance is not the sum of the entries', f.credits, f.credits),",
  },
  {
    name: "the proof does not see that next_due_at is too late",
    chapter: "proof",
    find: "where a.next_due_at > d.due_at and a.erased_at is null",
    replace: "where false",
  },
  {
    name: "the proof does not see what is suspended by nothing",
    chapter: "proof",
    find: "coalesce(s.is_in_force, false), b.is_suspended),",
    replace: "b.is_suspended, b.is_suspended),",
  },
  {
    name: "the proof does not see what is stopped by no pause",
    chapter: "proof",
    find: "> s.starts_at), false),\n    t.bucket_id is not null),",
    replace: "> s.starts_at), false),\n    coalesce(s.reason = 'paused', false)),",
  },
  {
    name: "the proof does not see drift between ledger and buckets",
    chapter: "proof",
    find: "where coalesce(o.credits_remaining + o.frozen_credits, 0) <> coalesce(k.credits, 0)",
    replace: "where false",
  },
  {
    name: "a seal does not cover the credits of its entry",
    chapter: "seals",
    find: "entry.account_id, entry.number, entry.credits, entry.balance_after,",
    replace: "entry.account_id, entry.number, entry.balance_after,",
  },
  {
    name: "a gap is sealed over",
    chapter: "seals",
    find: "exit when v_entry.number <> v_head.number + 1;",
    replace: "",
  },
  {
    name: "a seal does not cover the one before it",
    chapter: "seals",
    find: "return sha256(previous || convert_to(",
    replace: "return sha256(convert_to(",
  },
  {
    name: "a table is imported in part",
    chapter: "import",
    find: "where s.is_refused group by s.problem",
    replace: "where false group by s.problem",
  },
  {
    name: "an account with several rows is imported by one of them",
    chapter: "import",
    find: "when f.occurrences > 1 then 'an account with several rows'",
    replace: "when false then 'an account with several rows'",
  },
  {
    name: "a balance is rounded",
    chapter: "import",
    find: "when f.credits <> trunc(f.credits) then 'credits that are not whole'",
    replace: "when false then 'credits that are not whole'",
  },
  {
    name: "the proof of an import does not see what has changed since",
    chapter: "import",
    find: "when f.occurrences > 1 or f.credits is distinct from f.granted",
    replace: "when f.occurrences > 1",
  },
  {
    name: "what was imported is granted again by the next import",
    chapter: "import",
    find: "where s.granted is null and s.credits > 0\n    order by s.account_id limit batch",
    replace: "where s.credits > coalesce(s.granted, 0)\n    order by s.account_id limit batch",
  },
  {
    name: "a customer is whoever claims its e-mail, confirmed or not",
    chapter: "match",
    find: "select array_agg(u.id) filter (where u.email_confirmed_at is not null),",
    replace: "select array_agg(u.id),",
  },
  {
    name: "the metadata of a customer takes it from another account",
    chapter: "match",
    find: "elsif v_customer.account_id <> v_claimed.id then",
    replace: "elsif false then",
  },
  {
    name: "a price of another amount is taken for ours",
    chapter: "match",
    find: "'price', coalesce(price_key, name, 'a price without a name'), 'unit_amount', price_cents,",
    replace:
      "'price', coalesce(price_key, name, 'a price without a name'), 'unit_amount', (select p.price_cents from billing.prices p where p.key = price_key),",
  },
];
