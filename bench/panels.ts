// What the pages ask of the database: every function that a page calls, as it calls it. A test holds the list to the code.

type Panel = { rpc: string; what: string; sql: string };

const panel = (rpc: string, parameters = "", which = ""): Panel => ({
  rpc,
  what: which ? `${rpc}, ${which}` : rpc,
  sql: `select * from public.${rpc}(${parameters})`,
});
const history = (parameters: string, which: string) =>
  panel("get_credit_history", `page_size => 51, ${parameters}`, which);

export const panels: Panel[] = [
  panel("get_user_credits"),
  panel("get_credit_history", "page_size => 51"),
  history("before_number => 3000", "a page far back"),
  history("after_number => 3000", "the page before it"),
  history("search_most => 500, search => 'nowhere'", "words that are nowhere"),
  history("search_most => 3000, kinds => '{grant}'", "a kind that is rare"),
  panel("explain_entry", "auth.uid(), 9000"),
  panel("explain_entry", "auth.uid(), 5000", "in the middle"),
  panel("get_credit_forecast"),
  panel(
    "get_usage_summary",
    "since => now() - interval '30 days', until => now(), group_by => array['day', 'operation']",
  ),
  panel("get_usage_summary", "group_by => array['operation']", "by operation"),
  panel("get_period_usage"),
  panel("get_usage_comparison", "days => 90"),
  panel("get_usage_hours", "days => 90"),
  panel("get_credit_estimates"),
  panel("get_limits"),
  panel("get_billing_overview"),
  panel("get_subscription"),
  panel("get_payments", "page_size => 51"),
  panel("get_payment_methods"),
  panel("get_notices"),
  panel("get_auto_topup"),
  panel("get_topups", "max_rows => 1"),
  panel("get_currency"),
  panel("get_plans"),
  panel("get_packs"),
  panel("get_comparison"),
  panel("get_operation", "'enhance_image'"),
  panel("quote_credits", `'enhance_image', '{"picture": "lake", "size": "draft"}'`),
];
