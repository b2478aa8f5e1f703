// Chapters 177 to 179, 117 and 217: currencies, plans for one account, what the user sees of it all, plans side by side,
// and the contact form.
import type { Fault } from "../fault.ts";

export const selling: Fault[] = [
  {
    name: "a payment that failed fixes the currency",
    chapter: "currencies",
    find: "and p.status = 'paid'",
    replace: "",
  },
  {
    name: "whoever has paid may choose another currency",
    chapter: "currencies",
    find: "if v_bound <> set_currency.currency then",
    replace: "if false then",
  },
  {
    name: "a currency in which nothing is sold can be chosen",
    chapter: "currencies",
    find: "where k.is_sold and k.currency = set_currency.currency",
    replace: "where k.is_sold",
  },
  {
    name: "the key of a custom plan is taken for another offer",
    chapter: "custom_plans",
    find: "if duplicate and v_offer <>",
    replace: "if false and v_offer <>",
  },
  {
    name: "a custom plan is withdrawn by naming another account",
    chapter: "custom_plans",
    find: "and p.offered_to = withdraw_custom_plan.account_id and p.is_sold",
    replace: "and p.is_sold",
  },
  {
    name: "a trial hides the plan that was bought during it",
    chapter: "overview",
    find: "    select 3, 'trialing', t.ends_at,",
    replace: "    select 0, 'trialing', t.ends_at,",
  },
  {
    name: "a custom plan is compared for everybody",
    chapter: "comparison",
    find: "where p.is_sold and (p.offered_to is null or billing.is_member(p.offered_to))",
    replace: "where p.is_sold",
  },
  {
    name: "what is sold no longer is compared",
    chapter: "comparison",
    find: "where p.is_sold and (",
    replace: "where (",
  },
  {
    name: "an e-mail in capitals is another who writes",
    chapter: "contact",
    find: "'email ' || lower(email)",
    replace: "'email ' || email",
  },
  {
    name: "what was refused is kept all the same",
    chapter: "contact",
    find: "if accepted and not duplicate then",
    replace: "if not duplicate then",
  },
  {
    name: "a form that is sent twice counts twice",
    chapter: "contact",
    find: "case when duplicate then 0",
    replace: "case when false then 0",
  },
  {
    name: "what was written from the e-mail of an account outlives it",
    chapter: "contact",
    find: "or lower(c.email) = (",
    replace: "and lower(c.email) = (",
  },
  {
    name: "an owner reads what was to be forgotten",
    chapter: "contact",
    find: "where c.created_at > v_since and (",
    replace: "where (",
  },
  {
    name: "everybody reads what was written to the owner",
    chapter: "contact",
    find: "  perform billing.check_is_owner();\n",
    replace: "",
  },
];
