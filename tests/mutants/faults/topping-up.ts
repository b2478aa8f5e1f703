// Chapters 210 to 214: the audit log, and automatic top-ups.
import type { Fault } from "../fault.ts";

export const toppingUp: Fault[] = [
  {
    name: "the audit log can be cut",
    chapter: "audit",
    find: "before update or delete on billing.audit_log",
    replace: "before update on billing.audit_log",
  },
  {
    name: "a top-up under way does not count in the month",
    chapter: "auto_topup",
    find: "      and (t.state = 'paid' or billing.is_under_way(t.state))\n      and t.created_at",
    replace: "      and t.state = 'paid'\n      and t.created_at",
  },
  {
    name: "the month's limit may be exceeded by one pack",
    chapter: "auto_topup",
    find: "    when billing.topped_up_cents(account_id, v_pack.currency, now) + v_pack.price_cents\n",
    replace: "    when billing.topped_up_cents(account_id, v_pack.currency, now)\n",
    look: "topups",
  },
  {
    name: "the same card is another card in another account",
    chapter: "auto_topup",
    find: "t.state = 'failed' and (t.fingerprint_sha256 = method.fingerprint_sha256\n      or ",
    replace: "t.state = 'failed' and (",
    look: "topups",
  },
  {
    name: "whoever switches often enough may try all day",
    chapter: "auto_topup",
    find: "greatest(v_third_of_day + interval '1 day', case",
    replace: "greatest(null, case",
    look: "topups",
  },
  {
    name: "a new price is bought unasked",
    chapter: "auto_topup",
    find: "where p.key = v_set.pack_key and p.is_sold\n",
    replace:
      "where p.is_sold and p.lookup_key = (\n    select o.lookup_key from billing.packs o where o.key = v_set.pack_key)\n",
  },
  {
    name: "an account is topped up while it disputes a payment",
    chapter: "auto_topup",
    find: "and billing.is_disputed(d.status))\n      then 'disputed'",
    replace: "and billing.is_lost(d.status))\n      then 'disputed'",
  },
  {
    name: "pack after pack is bought to pay a debt",
    chapter: "auto_topup",
    find: "and a.debt_credits > 0)",
    replace: "and a.debt_credits < 0)",
  },
  {
    name: "what was refunded is bought again at once",
    chapter: "auto_topup",
    find: "then 'refunded'",
    replace: "then null",
  },
  {
    name: "a pack is topped up in a currency in which the account does not pay",
    chapter: "auto_topup",
    find: "    and p.currency = coalesce(billing.bound_currency(account_id), p.currency);",
    replace: "    and p.currency is not null;",
  },
  {
    name: "a limit below the price of the pack is taken",
    chapter: "topup_settings",
    find: "(monthly_cap_cents >= pack.price_cents) is not true",
    replace: "(monthly_cap_cents > 0) is not true",
  },
  {
    name: "switched on again it stays off",
    chapter: "topup_settings",
    find: "  elsif not v_old.is_enabled\n",
    replace: "  elsif false and not v_old.is_enabled\n",
    look: "topups",
  },
  {
    name: "a claim that nobody answers is never taken over",
    chapter: "topups",
    find: "    where t.take_up_at <= v_now and a.erased_at is null",
    replace: "    where t.take_up_at <= v_now and t.state = 'needs_action' and a.erased_at is null",
  },
  {
    name: "a claim is charged though its credits have come in another way",
    chapter: "topups",
    find: "is_wanted = billing.is_short(take_up_topup.account_id),",
    replace: "is_wanted = true,",
  },
  {
    name: "a top-up that nobody answered for is not found by its number",
    chapter: "topups",
    find: "      or t.payment_intent is null and t.number::text = facts ->> 'topup')",
    replace: "      or false)",
  },
  {
    name: "a decline that is told late takes back what was paid",
    chapter: "topups",
    find: "and (billing.is_under_way(t.state) or v_state = 'paid');",
    replace: "and (true or v_state = 'paid');",
  },
];
