export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      [_ in never]: never;
    };
    Views: {
      [_ in never]: never;
    };
    Functions: {
      add_credits_atomic: {
        Args: {
          account_id: string;
          amount: number;
          description?: string;
          expires_at?: string;
          metadata?: Json;
          subscription_id?: string;
          transaction_id: string;
          type: string;
        };
        Returns: {
          balance_after: number;
          credit_id: number;
          duplicate: boolean;
          message: string;
          success: boolean;
        }[];
      };
      adjust_credits: {
        Args: { account_id: string; credits: number; expires_at?: string; key: string; reason: string };
        Returns: {
          balance_after: number;
          duplicate: boolean;
          shortfall: number;
          success: boolean;
        }[];
      };
      advance_reconciliation: {
        Args: { is_finished: boolean; looked_at: number; place: string; run: number; step: string };
        Returns: {
          ticket: number;
        }[];
      };
      answer_topup: {
        Args: { account_id: string; number: number; payment_intent?: string; reason?: string };
        Returns: undefined;
      };
      apply_object: {
        Args: {
          api_version: string;
          body_sha256: string;
          event_created: string;
          event_id: string;
          event_type: string;
          facts: Json;
          noun: string;
          ticket: number;
        };
        Returns: {
          outcome: string;
          reason: string;
        }[];
      };
      apply_parked: { Args: { after_event?: string }; Returns: string };
      balance_at: { Args: { account_id: string; at: string }; Returns: number };
      begin_event: {
        Args: { id: string };
        Returns: {
          duplicate: boolean;
          ticket: number;
        }[];
      };
      begin_reconciliation: {
        Args: { since?: string };
        Returns: {
          as_of: string;
          place: string;
          run: number;
          since_at: string;
          step: string;
          ticket: number;
        }[];
      };
      cancel_claw_back: {
        Args: { account_id: string; claim_id: string };
        Returns: {
          balance_after: number;
          duplicate: boolean;
          returned: number;
        }[];
      };
      capture_hold: {
        Args: { account_id: string; amount?: number; cost_micros?: number; key: string };
        Returns: {
          balance_after: number;
          captured: number;
          duplicate: boolean;
          given_back: number;
          shortfall: number;
          success: boolean;
        }[];
      };
      claim_topups: {
        Args: { max_topups?: number };
        Returns: {
          account_id: string;
          act: string;
          amount_cents: number;
          claimed_at: string;
          currency: string;
          customer_id: string;
          idempotency_key: string;
          is_wanted: boolean;
          number: number;
          pack_key: string;
          payment_intent: string;
          payment_method: string;
          takes: number;
        }[];
      };
      claw_back_credits: {
        Args: {
          account_id: string;
          claim_id: string;
          paid_cents: number;
          payment_key: string;
          refunded_cents: number;
        };
        Returns: {
          balance_after: number;
          claimed: number;
          debt: number;
          duplicate: boolean;
          state: string;
        }[];
      };
      compare_events: {
        Args: { event_ids: string[]; happened_at: string[] };
        Returns: {
          event_id: string;
          finding_id: number;
        }[];
      };
      compare_object: {
        Args: {
          account_id: string;
          facts: Json;
          is_sure: boolean;
          noun: string;
          object_id: string;
          ticket: number;
        };
        Returns: {
          finding_id: number;
          kind: string;
          reason: string;
        }[];
      };
      consume_credits: {
        Args: { account_id?: string; cost_micros?: number; key: string; operation: string; params: Json };
        Returns: {
          balance_after: number;
          deducted: number;
          duplicate: boolean;
          from_permanent: number;
          from_promotional: number;
          from_subscription: number;
          price_version: number;
          shortfall: number;
          success: boolean;
        }[];
      };
      create_code: {
        Args: {
          code: string;
          credits: number;
          expires_after?: string;
          max_uses?: number;
          reason: string;
          redeem_until?: string;
        };
        Returns: {
          created: boolean;
        }[];
      };
      deduct_credits_atomic: {
        Args: { account_id: string; amount: number; description?: string; task_id: string };
        Returns: {
          balance_after: number;
          deducted: number;
          duplicate: boolean;
          from_permanent: number;
          from_promotional: number;
          from_subscription: number;
          shortfall: number;
          success: boolean;
        }[];
      };
      deduct_many: {
        Args: { account_ids: string[]; amounts: number[]; descriptions?: string[]; task_ids: string[] };
        Returns: {
          balance_after: number;
          deducted: number;
          duplicate: boolean;
          from_permanent: number;
          from_promotional: number;
          from_subscription: number;
          shortfall: number;
          success: boolean;
        }[];
      };
      dispute_credits: {
        Args: {
          account_id: string;
          claim_id: string;
          disputed_cents: number;
          paid_cents: number;
          payment_key: string;
        };
        Returns: {
          duplicate: boolean;
          frozen: number;
          state: string;
        }[];
      };
      erase_account: {
        Args: { account_id: string; reason: string };
        Returns: {
          duplicate: boolean;
          erased_at: string;
        }[];
      };
      expire_subscription_credits: { Args: { batch?: number }; Returns: number };
      explain_entry: {
        Args: { account_id: string; number: number };
        Returns: {
          answers: number;
          cost_micros: number;
          created_at: string;
          credits: number;
          credits_after: number;
          credits_before: number;
          ends_at: string;
          entry_number: number;
          kind: string;
          name: string;
          operation: string;
          paid_cents: number;
          paid_currency: string;
          params: Json;
          part: string;
          price_version: number;
          task_id: string;
          value: string;
        }[];
      };
      extend_expiry: {
        Args: { account_id: string; credit_id: number; expires_at: string; reason: string };
        Returns: {
          expired_before: string;
        }[];
      };
      extend_hold: {
        Args: { account_id: string; key: string; ttl?: string };
        Returns: {
          ends_at: string;
        }[];
      };
      extend_trial: {
        Args: { account_id: string; ends_at: string; reason: string };
        Returns: {
          ended_before: string;
          idempotency_key: string;
          subscription_id: string;
        }[];
      };
      fix_finding: {
        Args: { facts?: Json; finding_id: number; reason: string; ticket?: number };
        Returns: {
          problem: string;
          state: string;
        }[];
      };
      forget_contact_requests: { Args: Record<PropertyKey, never>; Returns: number };
      freeze_credits: {
        Args: { account_id: string; credit_id?: number; reason: string; until?: string };
        Returns: {
          frozen_credits: number;
        }[];
      };
      get_auto_topup: {
        Args: { account_id?: string };
        Returns: {
          currency: string;
          is_enabled: boolean;
          lookup_key: string;
          monthly_cap_cents: number;
          pack_credits: number;
          pack_name: string;
          payment_method: string;
          price_cents: number;
          reason: string;
          retry_at: string;
          spent_cents: number;
          threshold_credits: number;
        }[];
      };
      get_billing_overview: {
        Args: { account_id?: string };
        Returns: {
          billing_interval: string;
          can_start_trial: boolean;
          can_top_up: boolean;
          cancel_at: string;
          credits_per_month: number;
          currency: string;
          current_period_end: string;
          debt_credits: number;
          first_charge_at: string;
          free_credits_per_month: number;
          frozen_credits: number;
          has_active_plan: boolean;
          has_customer: boolean;
          is_erased: boolean;
          lookup_key: string;
          next_free_credits_at: string;
          plan_key: string;
          plan_name: string;
          price_cents: number;
          status: string;
          trial_credits: number;
          trial_days_left: number;
          trial_ends_at: string;
        }[];
      };
      get_comparison: {
        Args: Record<PropertyKey, never>;
        Returns: {
          key: string;
          kind: string;
          max_count: number;
          name: string;
          per: string;
          plan_key: string;
        }[];
      };
      get_contact_requests: {
        Args: { after_request?: string; page_size?: number };
        Returns: {
          account_id: string;
          company: string;
          created_at: string;
          email: string;
          expected_credits: number;
          id: string;
          message: string;
          name: string;
        }[];
      };
      get_credit_estimates: {
        Args: { account_id?: string };
        Returns: {
          average_credits: number;
          operation: string;
          operation_name: string;
          total: number;
          uses: number;
          uses_left: number;
        }[];
      };
      get_credit_forecast: {
        Args: { account_id?: string };
        Returns: {
          as_of: string;
          credits_per_day: number;
          days: number;
          days_left: number;
          history_days: number;
          lost_credits: number;
          next_lost_credits: number;
          runs_out_at: string;
          used_credits: number;
        }[];
      };
      get_credit_history: {
        Args: {
          account_id?: string;
          after_number?: number;
          before_number?: number;
          kinds?: string[];
          operations?: string[];
          page_size?: number;
          search?: string;
          search_most?: number;
          since?: string;
          subjects?: string[];
          until?: string;
        };
        Returns: {
          answers: number;
          balance_after: number;
          created_at: string;
          credits: number;
          description: string;
          from_permanent: number;
          from_promotional: number;
          from_subscription: number;
          kind: string;
          number: number;
          operation: string;
          params: Json;
          subject: string;
          task_id: string;
        }[];
      };
      get_currency: {
        Args: { account_id?: string };
        Returns: {
          currency: string;
          is_fixed: boolean;
        }[];
      };
      get_customer: { Args: { account_id: string }; Returns: string };
      get_findings: {
        Args: { after_finding?: number; only_state?: string; page_size?: number };
        Returns: {
          account_id: string;
          closed_at: string;
          found_at: string;
          happened_at: string;
          id: number;
          kind: string;
          noun: string;
          object_id: string;
          reason: string;
          seen_at: string;
          state: string;
        }[];
      };
      get_known_objects: {
        Args: { after_place?: string; noun: string; page_size?: number; since: string };
        Returns: {
          account_id: string;
          object_id: string;
          place: string;
        }[];
      };
      get_limits: {
        Args: { account_id?: string };
        Returns: {
          key: string;
          max_count: number;
          name: string;
          per: string;
          used_count: number;
          window_ends_at: string;
        }[];
      };
      get_live: {
        Args: { account_id?: string };
        Returns: {
          as_of: string;
          entry_number: number;
          is_told: boolean;
          next_change_at: string;
          total: number;
        }[];
      };
      get_notices: {
        Args: { account_id?: string };
        Returns: {
          amount_cents: number;
          at: string;
          credits: number;
          currency: string;
          ends_at: string;
          key: string;
          kind: string;
          subject: string;
          url: string;
        }[];
      };
      get_operation: {
        Args: { operation: string };
        Returns: {
          base_credits: number;
          credits: number;
          included_units: number;
          is_required: boolean;
          is_subject: boolean;
          is_whole: boolean;
          max_credits: number;
          max_units: number;
          min_credits: number;
          min_units: number;
          operation_name: string;
          parameter: string;
          parameter_kind: string;
          per_units: number;
          price_version: number;
          value: string;
          value_name: string;
        }[];
      };
      get_packs: {
        Args: Record<PropertyKey, never>;
        Returns: {
          credits: number;
          currency: string;
          expires_after_days: number;
          lookup_key: string;
          name: string;
          position: number;
          price_cents: number;
          refund: string;
          requires_active_subscription: boolean;
        }[];
      };
      get_payment_methods: {
        Args: { account_id?: string };
        Returns: {
          brand: string;
          exp_month: number;
          exp_year: number;
          expiry: string;
          id: string;
          is_default: boolean;
          last4: string;
          type: string;
        }[];
      };
      get_payments: {
        Args: { account_id?: string; before_key?: string; page_size?: number };
        Returns: {
          amount_cents: number;
          created_at: string;
          credits_granted: number;
          currency: string;
          description: string;
          hosted_invoice_url: string;
          invoice_number: string;
          invoice_pdf_url: string;
          is_due: boolean;
          key: string;
          kind: string;
          paid_at: string;
          refunded_cents: number;
          status: string;
        }[];
      };
      get_period_usage: {
        Args: { account_id?: string };
        Returns: {
          days: string[];
          ends_at: string;
          granted_credits: number;
          operation: string;
          operation_name: string;
          part: string;
          starts_at: string;
          subject_name: string;
          subjects: number;
          used_by_day: number[];
          used_credits: number;
          uses: number;
        }[];
      };
      get_plans: {
        Args: Record<PropertyKey, never>;
        Returns: {
          billing_interval: string;
          credits_per_month: number;
          currency: string;
          description: string;
          expires_after_days: number;
          expiry: string;
          features: string[];
          is_add_on: boolean;
          is_custom: boolean;
          is_free: boolean;
          lookup_key: string;
          max_quantity: number;
          plan_key: string;
          plan_name: string;
          position: number;
          price_cents: number;
          refund: string;
          renewal_grace_hours: number;
          rollover: string;
          rollover_max_credits: number;
          rollover_percent: number;
          rollover_periods: number;
          trial_credits: number;
          trial_days: number;
        }[];
      };
      get_published_catalog: {
        Args: Record<PropertyKey, never>;
        Returns: {
          billing_interval: string;
          currency: string;
          description: string;
          is_add_on: boolean;
          is_custom: boolean;
          is_sold: boolean;
          key: string;
          kind: string;
          lookup_key: string;
          max_quantity: number;
          name: string;
          price_cents: number;
          product_key: string;
          tax_behavior: string;
          tax_code: string;
        }[];
      };
      get_stripe_events: {
        Args: { before_event?: string; only_state?: string; page_size?: number; since?: string };
        Returns: {
          attempts: number;
          created_at: string;
          id: string;
          is_alert: boolean;
          noun: string;
          object_id: string;
          reason: string;
          received_at: string;
          state: string;
          type: string;
        }[];
      };
      get_subscription: {
        Args: { account_id?: string };
        Returns: {
          billing_interval: string;
          cancel_at: string;
          credits_per_month: number;
          currency: string;
          is_add_on: boolean;
          is_later: boolean;
          lookup_key: string;
          max_quantity: number;
          name: string;
          paused_at: string;
          period_end: string;
          price_cents: number;
          quantity: number;
          scheduled_at: string;
          status: string;
          subscription_id: string;
          trial_end: string;
        }[];
      };
      get_topups: {
        Args: { account_id?: string; max_rows?: number };
        Returns: {
          amount_cents: number;
          answer_until: string;
          created_at: string;
          currency: string;
          ended_at: string;
          number: number;
          payment_intent: string;
          payment_method: string;
          reason: string;
          state: string;
        }[];
      };
      get_usage_comparison: {
        Args: { account_id?: string; days?: number; period?: number; since?: string; until?: string };
        Returns: {
          charged_before: number;
          charged_credits: number;
          operation: string;
          operation_name: string;
          part: string;
          steps: string[];
          steps_before: string[];
          used_before: number;
          used_by_step: number[];
          used_by_step_before: number[];
          used_credits: number;
          uses: number;
          uses_before: number;
        }[];
      };
      get_usage_hours: {
        Args: { account_id?: string; days?: number; period?: number; since?: string; until?: string };
        Returns: {
          hour: number;
          used_credits: number;
          uses: number;
          weekday: number;
        }[];
      };
      get_usage_summary: {
        Args: { account_id?: string; group_by?: string[]; since?: string; until?: string };
        Returns: {
          charged_credits: number;
          ends_at: string;
          operation: string;
          operation_name: string;
          returned_credits: number;
          starts_at: string;
          subject: string;
          used_credits: number;
          uses: number;
        }[];
      };
      get_user_credits: {
        Args: { account_id?: string };
        Returns: {
          as_of: string;
          held_credits: number;
          next_expiry_at: string;
          next_expiry_credits: number;
          permanent_credits: number;
          promotional_credits: number;
          subscription_credits: number;
          subscription_expire_at: string;
          total: number;
        }[];
      };
      grant_credits: {
        Args: {
          account_id: string;
          amount: number;
          description?: string;
          expires_at?: string;
          key: string;
          metadata?: Json;
          paid_cents?: number;
          paid_currency?: string;
          payment_key?: string;
          priority?: number;
          starts_at?: string;
          type: string;
        };
        Returns: {
          balance_after: number;
          credit_id: number;
          duplicate: boolean;
          message: string;
          success: boolean;
        }[];
      };
      has_entitlement: { Args: { account_id?: string; key: string }; Returns: boolean };
      hold_credits_atomic: {
        Args: {
          account_id: string;
          amount: number;
          description?: string;
          overrun?: number;
          task_id: string;
          ttl?: string;
        };
        Returns: {
          balance_after: number;
          duplicate: boolean;
          ends_at: string;
          held: number;
          shortfall: number;
          status: string;
          success: boolean;
        }[];
      };
      ignore_event: {
        Args: {
          api_version: string;
          body_sha256: string;
          event_created: string;
          event_id: string;
          event_type: string;
          reason: string;
        };
        Returns: {
          outcome: string;
        }[];
      };
      limit_of: { Args: { account_id?: string; key: string }; Returns: number };
      link_customer: { Args: { account_id: string; customer_id: string }; Returns: string };
      match_customer: {
        Args: { claimed_account_id: string; customer_id: string; email: string };
        Returns: {
          account_id: string;
          in_force: string;
          outcome: string;
        }[];
      };
      match_price: {
        Args: { billing_interval: string; currency: string; name: string; price_cents: number };
        Returns: {
          price_key: string;
          problem: string;
        }[];
      };
      offer_custom_plan: {
        Args: {
          account_id: string;
          billing_interval?: string;
          credits: number;
          currency?: string;
          entitlements?: string[];
          features?: string[];
          key: string;
          max_counts?: number[];
          max_quantity?: number;
          name: string;
          price_cents: number;
          reason: string;
        };
        Returns: {
          duplicate: boolean;
          lookup_key: string;
        }[];
      };
      place_hold: {
        Args: {
          account_id?: string;
          key: string;
          operation: string;
          overrun?: number;
          params: Json;
          ttl?: string;
        };
        Returns: {
          balance_after: number;
          duplicate: boolean;
          ends_at: string;
          held: number;
          shortfall: number;
          status: string;
          success: boolean;
        }[];
      };
      prepare_checkout: {
        Args: { account_id: string; lookup_key: string };
        Returns: {
          allow_promotion_codes: boolean;
          automatic_tax: boolean;
          collect_tax_ids: boolean;
          currency: string;
          customer_id: string;
          email: string;
          former_customers: number;
          kind: string;
          name: string;
          price_cents: number;
          price_key: string;
          trial_end: string;
        }[];
      };
      prepare_plan_change: {
        Args: {
          account_id: string;
          add_on_keys: string[];
          add_on_quantities: number[];
          plan_lookup_key: string;
          plan_quantity: number;
        };
        Returns: {
          as_of: string;
          credits_per_month: number;
          currency: string;
          customer_id: string;
          happens: string;
          is_trialing: boolean;
          item_id: string;
          lookup_key: string;
          next_charge_at: string;
          price_cents: number;
          price_key: string;
          price_key_now: string;
          quantity: number;
          quantity_now: number;
          starts_at: string;
          state: string;
          subscription_id: string;
          ticket: number;
        }[];
      };
      preview_credits: {
        Args: { facts: Json };
        Returns: {
          credits_later: number;
          credits_now: number;
          problem: string;
        }[];
      };
      propose_refund: {
        Args: { account_id: string; cents?: number; payment_key: string };
        Returns: {
          currency: string;
          debt_credits: number;
          most_cents: number;
          offered_cents: number;
          policy: string;
          reason: string;
          takes_credits: number;
        }[];
      };
      quote_credits: {
        Args: { account_id?: string; operation: string; params?: Json };
        Returns: {
          balance: number;
          bucket_credits: number[];
          bucket_ids: number[];
          from_permanent: number;
          from_promotional: number;
          from_subscription: number;
          left_after: number;
          price: number;
          price_version: number;
          shortfall: number;
          way_out: string;
          way_out_credits: number;
          way_out_currency: string;
          way_out_key: string;
          way_out_name: string;
          way_out_price_cents: number;
        }[];
      };
      record_event_failure: {
        Args: {
          api_version: string;
          body_sha256: string;
          event_created: string;
          event_id: string;
          event_type: string;
          reason: string;
        };
        Returns: undefined;
      };
      redeem_code: {
        Args: { account_id?: string; code: string };
        Returns: {
          balance_after: number;
          credits: number;
          duplicate: boolean;
          expires_at: string;
          reason: string;
          success: boolean;
        }[];
      };
      release_hold: {
        Args: { account_id: string; key: string; reason?: string };
        Returns: {
          balance_after: number;
          duplicate: boolean;
          released: number;
          success: boolean;
        }[];
      };
      reopen_event: {
        Args: { event_id: string; reason: string };
        Returns: {
          state: string;
        }[];
      };
      request_contact: {
        Args: {
          account_id?: string;
          address_hash?: string;
          company?: string;
          email: string;
          expected_credits?: number;
          id: string;
          message: string;
          name: string;
        };
        Returns: {
          accepted: boolean;
          duplicate: boolean;
          retry_after_seconds: number;
        }[];
      };
      reverse_deduction: {
        Args: { account_id: string; amount?: number; key: string; reason: string; reversal_key?: string };
        Returns: {
          balance_after: number;
          duplicate: boolean;
          given_back: number;
          success: boolean;
        }[];
      };
      roll_up_usage: { Args: { after_account?: string; batch?: number }; Returns: string };
      seal_ledger: { Args: { after_account?: string; batch?: number }; Returns: string };
      set_auto_topup: {
        Args: {
          account_id?: string;
          is_enabled: boolean;
          lookup_key?: string;
          monthly_cap_cents?: number;
          payment_method?: string;
          threshold_credits?: number;
        };
        Returns: {
          changed: boolean;
        }[];
      };
      set_currency: {
        Args: { account_id?: string; currency: string };
        Returns: {
          previous: string;
        }[];
      };
      start_refund: {
        Args: { account_id: string; amount_cents: number; payment_key: string; reason: string };
        Returns: {
          currency: string;
          idempotency_key: string;
          payment_intent: string;
        }[];
      };
      start_trial: {
        Args: { account_id?: string };
        Returns: {
          credits: number;
          duplicate: boolean;
          ends_at: string;
          plan_key: string;
          plan_name: string;
          reason: string;
          success: boolean;
        }[];
      };
      take_turn: {
        Args: { account_id: string; action: string; max_turns?: number; per?: string };
        Returns: {
          allowed: boolean;
          retry_after_seconds: number;
        }[];
      };
      transfer_credits: {
        Args: {
          amount: number;
          description?: string;
          from_account_id: string;
          key: string;
          to_account_id: string;
        };
        Returns: {
          duplicate: boolean;
          from_balance_after: number;
          shortfall: number;
          success: boolean;
          to_balance_after: number;
          transferred: number;
        }[];
      };
      unfreeze_credits: {
        Args: { account_id: string; credit_id?: number; reason: string };
        Returns: {
          frozen_credits: number;
        }[];
      };
      void_grant: {
        Args: { account_id: string; credit_id: number; reason: string };
        Returns: {
          balance_after: number;
          duplicate: boolean;
          voided: number;
        }[];
      };
      withdraw_custom_plan: {
        Args: { account_id: string; key: string; reason: string };
        Returns: {
          withdrawn: boolean;
        }[];
      };
    };
    Enums: {
      [_ in never]: never;
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R;
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R;
      }
      ? R
      : never
    : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I;
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I;
      }
      ? I
      : never
    : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U;
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U;
      }
      ? U
      : never
    : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never;

export const Constants = {
  public: {
    Enums: {},
  },
} as const;
