// What the pages ask of the database: every function that a page calls, as it calls it. A test holds the list to the code.

type Panel = { rpc: string; sql: string };

const panel = (rpc: string, parameters = ""): Panel => ({
  rpc,
  sql: `select * from public.${rpc}(${parameters})`,
});

export const panels: Panel[] = [
  panel("get_user_credits"),
  panel("get_credit_history", "page_size => 50"),
  panel("get_credit_forecast"),
  panel(
    "get_usage_summary",
    "since => now() - interval '30 days', until => now(), group_by => array['day', 'operation']",
  ),
  panel("get_period_usage"),
  panel("get_usage_comparison", "days => 90"),
  panel("get_usage_hours", "days => 90"),
  panel("get_credit_estimates"),
  panel("get_limits"),
  panel("get_billing_overview"),
  panel("get_subscription"),
  panel("get_payments"),
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
