export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: { [_ in never]: never };
    Views: { [_ in never]: never };
    Functions: {
      consume_credits: { Args: { operation: string; params: Json; key: string; account_id?: string; cost_micros?: number }; Returns: { success: boolean; deducted: number; from_subscription: number; from_promotional: number; from_permanent: number; balance_after: number; duplicate: boolean; shortfall: number; price_version: number }[] };
      get_billing_overview: { Args: { account_id?: string }; Returns: { has_active_plan: boolean; plan_key: string; plan_name: string; status: string; lookup_key: string; billing_interval: string; price_cents: number; currency: string; credits_per_month: number; current_period_end: string; cancel_at: string; can_top_up: boolean; has_customer: boolean; free_credits_per_month: number; next_free_credits_at: string }[] };
      get_credit_history: { Args: { account_id?: string; before_number?: number; page_size?: number }; Returns: { number: number; created_at: string; kind: string; task_id: string; description: string; credits: number; balance_after: number; operation: string; params: Json; from_subscription: number; from_promotional: number; from_permanent: number }[] };
      get_customer: { Args: { account_id: string }; Returns: string };
      get_operation: { Args: { operation: string }; Returns: { operation_name: string; base_credits: number; price_version: number; parameter: string; parameter_kind: string; is_required: boolean; value: string; value_name: string; credits: number }[] };
      get_packs: { Args: never; Returns: { lookup_key: string; name: string; credits: number; price_cents: number; currency: string; requires_active_subscription: boolean; position: number }[] };
      get_payments: { Args: { account_id?: string; before?: string; page_size?: number }; Returns: { key: string; kind: string; created_at: string; paid_at: string; description: string; amount_cents: number; currency: string; status: string; invoice_number: string; hosted_invoice_url: string; invoice_pdf_url: string; credits_granted: number }[] };
      get_plans: { Args: never; Returns: { plan_key: string; plan_name: string; description: string; features: string[]; position: number; credits_per_month: number; is_free: boolean; trial_days: number; trial_credits: number; lookup_key: string; billing_interval: string; price_cents: number; currency: string }[] };
      get_user_credits: { Args: { account_id?: string }; Returns: { total: number; subscription_credits: number; permanent_credits: number; promotional_credits: number; held_credits: number; subscription_expire_at: string; next_expiry_at: string; next_expiry_credits: number; as_of: string }[] };
      prepare_checkout: { Args: { account_id: string; lookup_key: string }; Returns: { kind: string; price_key: string; name: string; price_cents: number; currency: string; customer_id: string; email: string }[] };
      quote_credits: { Args: { operation: string; params?: Json; account_id?: string }; Returns: { price: number; price_version: number; from_subscription: number; from_promotional: number; from_permanent: number; balance: number; left_after: number; shortfall: number; way_out: string; way_out_key: string; way_out_name: string; way_out_credits: number; way_out_price_cents: number; way_out_currency: string }[] };
      link_customer: { Args: { account_id: string; customer_id: string }; Returns: string };
    };
    Enums: { [_ in never]: never };
    CompositeTypes: { [_ in never]: never };
  };
};
