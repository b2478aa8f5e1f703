// Chapters 177 to 179: currencies, plans for one account, and what the user sees of it all.
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
];
