// Chapters 177 and 178, and what they ask of others: currencies, plans for one account, discounts.
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
    name: "an account that pays in one currency buys in another",
    chapter: "checkout",
    find: "elsif currency <> v_bound then",
    replace: "elsif false then",
    look: "currencies",
  },
  {
    name: "a plan for one account is sold to another",
    chapter: "checkout",
    find: "coalesce(p.offered_to, prepare_checkout.account_id) = prepare_checkout.account_id",
    replace: "true",
    look: "custom_plans",
  },
  {
    name: "an add-on is sold by itself",
    chapter: "checkout",
    find: " and not p.is_add_on",
    replace: "",
  },
  {
    name: "a plan for one account is another's way out",
    chapter: "consume",
    find: "and coalesce(p.offered_to, way_out.account_id) = way_out.account_id",
    replace: "",
    look: "custom_plans",
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
    name: "a change of plans that a discount makes cheaper is parked",
    chapter: "invoices",
    find: "v_amount > 0 and coalesce((facts ->> 'is_discounted')::boolean, false)",
    replace: "false",
  },
  {
    name: "what is not sold any more is sold at Stripe",
    chapter: "provider_catalog",
    find: "r.is_sold and p.is_sold",
    replace: "true",
  },
];
