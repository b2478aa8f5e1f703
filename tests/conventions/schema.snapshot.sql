type billing.billing_interval: month, year
type billing.bucket_kind: promotional, subscription, permanent
type billing.cap_window: hour, day, month
type billing.charge: operation text, params jsonb, price_version integer, cost_micros bigint, digest bytea, price_ends_at timestamp with time zone
type billing.claim_state: frozen, taken, cancelled
type billing.credits: domain over bigint
type billing.due_kind: void, debt, freeze, grant, release, thaw, suspend, expiry
type billing.dunning_rule: keep, freeze, free
type billing.entry_kind: grant, spend, hold, capture, release, reversal, expiry, clawback, debt, rollover, transfer, adjustment, void
type billing.event_state: applied, parked, ignored, failed
type billing.expiry_rule: period_end, duration, never
type billing.finding_kind: event_not_delivered, paid_not_credited, credited_not_paid, subscription_differs, customer_differs, payment_method_differs, payment_differs, refund_differs, dispute_differs, price_differs, second_subscription
type billing.finding_state: open, fixed, gone
type billing.hold_state: open, captured, released, timed_out
type billing.key_scope: spend, member, grant, system
type billing.parameter_kind: option, label, quantity
type billing.payment_kind: subscription, pack
type billing.payment_status: pending, paid, failed, expired, void
type billing.price: credits bigint, version integer, name text, ends_at timestamp with time zone, is_capped boolean
type billing.refund_rule: none, prorated, full
type billing.rollover_rule: none, all, capped
type billing.share: bucket_id bigint, credits bigint
type billing.stripe_noun: checkout_session, subscription, invoice, payment_intent, refund, charge, dispute, customer, payment_method, price, product
type billing.suspension_reason: unpaid, paused
type billing.taken: entry billing.credit_transactions, duplicate boolean, balance bigint
type billing.topup_state: claimed, sent, needs_action, paid, failed, dropped
view billing.account_problems, security_invoker=true
  account_id uuid
  problem text
  number bigint
  expected text
  found text
  granted to service_role: select
table billing.account_settings, row level security
  account_id uuid not null
  currency text not null
  constraint a_chosen_currency_is_lower_case: CHECK ((currency ~ '^[a-z]{3}$'::text))
  constraint account_settings_pkey: PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX account_settings_pkey ON billing.account_settings USING btree (account_id)
  policy "members read their settings" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.accounts, row level security, fillfactor=80
  id uuid not null
  balance billing.credits not null default 0
  in_hand_credits billing.credits not null default 0
  entry_count bigint not null default 0
  bucket_in_hand bigint
  next_due_at timestamp with time zone not null default 'infinity'::timestamp with time zone
  next_claim_at timestamp with time zone not null
  created_at timestamp with time zone not null
  frozen_credits billing.credits not null default 0
  debt_credits billing.credits not null default 0
  frozen_until timestamp with time zone
  erased_at timestamp with time zone
  in_hand_kind billing.bucket_kind
  constraint accounts_pkey: PRIMARY KEY (id)
  CREATE INDEX accounts_due ON billing.accounts USING btree (next_due_at) WHERE (next_due_at < 'infinity'::timestamp with time zone)
  CREATE UNIQUE INDEX accounts_pkey ON billing.accounts USING btree (id)
  policy "members read their account" for select to authenticated using billing.is_member(id)
  granted to authenticated: select
  granted to service_role: select
table billing.audit_log, row level security
  id bigint not null
  at timestamp with time zone not null
  actor text not null
  action text not null
  account_id uuid
  reason text not null
  constraint audit_log_pkey: PRIMARY KEY (id)
  CREATE INDEX audit_log_by_account ON billing.audit_log USING btree (account_id, id)
  CREATE UNIQUE INDEX audit_log_pkey ON billing.audit_log USING btree (id)
  CREATE TRIGGER audit_entries_are_never_truncated BEFORE TRUNCATE ON billing.audit_log FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_ledger_edit()
  CREATE TRIGGER audit_entries_never_change BEFORE DELETE OR UPDATE ON billing.audit_log FOR EACH ROW EXECUTE FUNCTION billing.refuse_ledger_edit()
  granted to service_role: select
sequence billing.audit_log_id_seq
table billing.auto_topups, row level security
  account_id uuid not null
  is_enabled boolean not null
  threshold_credits bigint not null
  pack_key text not null
  monthly_cap_cents bigint not null
  payment_method text
  armed_at timestamp with time zone not null
  look_again_at timestamp with time zone not null
  constraint a_threshold_can_be_reached: CHECK (((threshold_credits >= 1) AND (threshold_credits <= 1000000)))
  constraint a_topup_cap_is_above_zero: CHECK ((monthly_cap_cents > 0))
  constraint auto_topups_pkey: PRIMARY KEY (account_id)
  CREATE INDEX auto_topups_on ON billing.auto_topups USING btree (look_again_at) WHERE is_enabled
  CREATE UNIQUE INDEX auto_topups_pkey ON billing.auto_topups USING btree (account_id)
  policy "members read how they top up" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
view billing.bucket_problems, security_invoker=true
  account_id uuid
  problem text
  number bigint
  expected text
  found text
  granted to service_role: select
table billing.buckets, row level security
  account_id uuid not null
  id bigint not null
  granted_credits bigint not null
  credits_remaining billing.credits not null default 0
  frozen_credits billing.credits not null default 0
  withheld_credits billing.credits not null default 0
  paid_cents bigint
  paid_credits bigint
  rollover_cap bigint
  rolled_into bigint
  starts_at timestamp with time zone not null
  opened_at timestamp with time zone
  expires_at timestamp with time zone
  period_ends_at timestamp with time zone
  frozen_until timestamp with time zone
  is_suspended boolean not null default false
  voided_at timestamp with time zone
  created_at timestamp with time zone not null
  priority smallint not null
  rollover_periods smallint
  rollovers smallint not null default 0
  kind billing.bucket_kind not null
  key text
  description text
  subscription_id text
  payment_key text
  paid_currency text
  metadata jsonb
  constraint a_bucket_holds_something: CHECK ((granted_credits > 0))
  constraint a_cost_is_cents_for_credits_in_a_currency: CHECK ((num_nulls(paid_cents, paid_credits, paid_currency) = ANY (ARRAY[0, 3])))
  constraint a_cost_is_not_negative: CHECK ((paid_cents >= 0))
  constraint a_grant_withholds_at_most_itself: CHECK (((withheld_credits)::bigint <= granted_credits))
  constraint buckets_granted_once: UNIQUE (account_id, key)
  constraint buckets_pkey: PRIMARY KEY (account_id, id)
  CREATE INDEX buckets_by_payment ON billing.buckets USING btree (account_id, payment_key) WHERE (payment_key IS NOT NULL)
  CREATE UNIQUE INDEX buckets_granted_once ON billing.buckets USING btree (account_id, key)
  CREATE INDEX buckets_open ON billing.buckets USING btree (account_id) WHERE (((credits_remaining)::bigint > 0) OR ((frozen_credits)::bigint > 0))
  CREATE UNIQUE INDEX buckets_pkey ON billing.buckets USING btree (account_id, id)
  CREATE INDEX buckets_to_start ON billing.buckets USING btree (account_id, starts_at) WHERE (opened_at IS NULL)
  CREATE INDEX buckets_to_thaw ON billing.buckets USING btree (account_id) WHERE (frozen_until < 'infinity'::timestamp with time zone)
  policy "members read their buckets" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
sequence billing.buckets_id_seq
table billing.cap_uses, row level security, fillfactor=80
  account_id uuid not null
  operation text not null
  per billing.cap_window not null
  window_starts_at timestamp with time zone not null
  uses billing.credits not null
  constraint cap_uses_pkey: PRIMARY KEY (account_id, operation, per)
  CREATE UNIQUE INDEX cap_uses_pkey ON billing.cap_uses USING btree (account_id, operation, per)
  granted to service_role: select
view billing.catalog_keys, security_invoker=true
  key text
  price_cents bigint
  currency text
  billing_interval text
  is_sold boolean
  granted to service_role: select
table billing.clawback_shares, row level security
  account_id uuid not null
  clawback_key text not null
  bucket_id bigint not null
  credits bigint not null
  is_withheld boolean not null
  taken_at timestamp with time zone not null
  constraint clawback_shares_belong_to_a_claim: FOREIGN KEY (account_id, clawback_key) REFERENCES billing.clawbacks(account_id, key)
  constraint clawback_shares_pkey: PRIMARY KEY (account_id, clawback_key, bucket_id)
  CREATE INDEX clawback_shares_by_bucket ON billing.clawback_shares USING btree (account_id, bucket_id)
  CREATE UNIQUE INDEX clawback_shares_pkey ON billing.clawback_shares USING btree (account_id, clawback_key, bucket_id)
  granted to service_role: select
table billing.clawbacks, row level security
  account_id uuid not null
  key text not null
  payment_key text not null
  refunded_cents bigint not null
  claimed_credits billing.credits not null
  owed_credits billing.credits not null
  revived_credits billing.credits not null default 0
  state billing.claim_state not null
  created_at timestamp with time zone not null
  constraint a_clawback_refunds_money: CHECK ((refunded_cents > 0))
  constraint clawbacks_pkey: PRIMARY KEY (account_id, key)
  CREATE INDEX clawbacks_by_payment ON billing.clawbacks USING btree (account_id, payment_key)
  CREATE INDEX clawbacks_owed ON billing.clawbacks USING btree (account_id, payment_key) WHERE ((owed_credits)::bigint > 0)
  CREATE UNIQUE INDEX clawbacks_pkey ON billing.clawbacks USING btree (account_id, key)
  policy "members read what refunds claim" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.code_claims, row level security
  code text not null
  person bytea not null
  account_id uuid not null
  redeemed_at timestamp with time zone not null
  constraint code_claims_name_a_code: FOREIGN KEY (code) REFERENCES billing.promo_codes(code)
  constraint code_claims_pkey: PRIMARY KEY (code, person)
  CREATE INDEX code_claims_by_account ON billing.code_claims USING btree (account_id, code)
  CREATE UNIQUE INDEX code_claims_pkey ON billing.code_claims USING btree (code, person)
  granted to service_role: select
table billing.contact_requests, row level security
  id uuid not null
  account_id uuid
  name text not null
  email text not null
  company text
  message text not null
  expected_credits bigint
  created_at timestamp with time zone not null
  constraint a_company_is_named: CHECK (((length(company) >= 1) AND (length(company) <= 200)))
  constraint a_contact_has_a_name: CHECK (((length(name) >= 1) AND (length(name) <= 100)))
  constraint a_contact_has_an_email: CHECK (((email ~ '^[^@\s]+@[^@\s]+$'::text) AND (length(email) <= 254)))
  constraint a_message_has_an_end: CHECK (((length(message) >= 1) AND (length(message) <= 4000)))
  constraint contact_requests_pkey: PRIMARY KEY (id)
  constraint expected_credits_are_some: CHECK (((expected_credits >= 1) AND (expected_credits <= '1000000000000'::bigint)))
  CREATE INDEX contact_requests_by_account ON billing.contact_requests USING btree (account_id)
  CREATE INDEX contact_requests_by_email ON billing.contact_requests USING btree (lower(email))
  CREATE INDEX contact_requests_by_time ON billing.contact_requests USING btree (created_at, id)
  CREATE UNIQUE INDEX contact_requests_pkey ON billing.contact_requests USING btree (id)
  granted to service_role: select
table billing.credit_transactions, row level security
  account_id uuid not null
  number bigint not null
  credits bigint not null
  balance_after billing.credits not null
  from_promotional bigint not null
  from_subscription bigint not null
  from_permanent bigint not null
  created_at timestamp with time zone not null
  bucket_id bigint
  answers bigint
  price_version integer
  cost_micros bigint
  kind billing.entry_kind not null
  key_scope billing.key_scope
  key text
  description text
  operation text
  split billing.share[]
  params jsonb
  digest bytea
  constraint credit_transactions_once: UNIQUE (account_id, key_scope, key)
  constraint credit_transactions_pkey: PRIMARY KEY (account_id, number)
  CREATE INDEX credit_transactions_by_answer ON billing.credit_transactions USING btree (account_id, answers) WHERE (answers IS NOT NULL)
  CREATE INDEX credit_transactions_lapsed ON billing.credit_transactions USING btree (account_id) WHERE (kind = ANY (ARRAY['expiry'::billing.entry_kind, 'void'::billing.entry_kind]))
  CREATE UNIQUE INDEX credit_transactions_once ON billing.credit_transactions USING btree (account_id, key_scope, key)
  CREATE UNIQUE INDEX credit_transactions_pkey ON billing.credit_transactions USING btree (account_id, number)
  policy "members read their entries" for select to authenticated using billing.is_member(account_id)
  CREATE TRIGGER entries_are_never_truncated BEFORE TRUNCATE ON billing.credit_transactions FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_ledger_edit()
  CREATE TRIGGER entries_never_change BEFORE DELETE OR UPDATE ON billing.credit_transactions FOR EACH ROW EXECUTE FUNCTION billing.refuse_ledger_edit()
  granted to authenticated: select
  granted to service_role: select
table billing.customers, row level security
  id text not null
  account_id uuid
  provider text not null default 'stripe'::text
  created_at timestamp with time zone not null
  deleted_at timestamp with time zone
  is_in_force boolean not null default false
  default_payment_method text
  ticket bigint not null default 0
  constraint a_customer_is_somebodys_or_deleted: CHECK ((num_nulls(account_id, deleted_at) < 2))
  constraint a_deleted_customer_is_not_in_force: CHECK (((NOT is_in_force) OR (deleted_at IS NULL)))
  constraint customers_pkey: PRIMARY KEY (id)
  CREATE INDEX customers_by_account ON billing.customers USING btree (account_id)
  CREATE UNIQUE INDEX customers_one_in_force ON billing.customers USING btree (account_id) WHERE is_in_force
  CREATE UNIQUE INDEX customers_pkey ON billing.customers USING btree (id)
  policy "members read their customer" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.disputes, row level security
  account_id uuid not null
  id text not null
  payment_key text not null
  status text not null
  amount_cents bigint not null
  currency text not null
  reason text
  evidence_due_at timestamp with time zone
  created_at timestamp with time zone not null
  ticket bigint not null
  constraint disputes_pkey: PRIMARY KEY (account_id, id)
  CREATE INDEX disputes_by_payment ON billing.disputes USING btree (account_id, payment_key)
  CREATE UNIQUE INDEX disputes_pkey ON billing.disputes USING btree (account_id, id)
  policy "members read their disputes" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
view billing.due_facts, security_invoker=true
  account_id uuid
  due_at timestamp with time zone
  kind billing.due_kind
  id bigint
  credits bigint
  key text
  description text
  granted to service_role: select
view billing.entry_problems, security_invoker=true
  account_id uuid
  problem text
  number bigint
  expected text
  found text
  granted to service_role: select
view billing.entry_shares, security_invoker=true
  account_id uuid
  number bigint
  kind billing.entry_kind
  created_at timestamp with time zone
  bucket_id bigint
  credits bigint
  granted to service_role: select
sequence billing.event_tickets
table billing.findings, row level security
  id bigint not null
  kind billing.finding_kind not null
  noun billing.stripe_noun
  object_id text not null
  account_id uuid
  reason text not null
  state billing.finding_state not null default 'open'::billing.finding_state
  happened_at timestamp with time zone not null
  found_at timestamp with time zone not null
  seen_at timestamp with time zone not null
  closed_at timestamp with time zone
  constraint findings_pkey: PRIMARY KEY (id)
  constraint what_is_closed_says_when: CHECK (((state = 'open'::billing.finding_state) = (closed_at IS NULL)))
  CREATE INDEX findings_by_account ON billing.findings USING btree (account_id, id)
  CREATE UNIQUE INDEX findings_open_once ON billing.findings USING btree (object_id, kind) WHERE (state = 'open'::billing.finding_state)
  CREATE UNIQUE INDEX findings_pkey ON billing.findings USING btree (id)
  granted to service_role: select
sequence billing.findings_id_seq
table billing.free_month_claims, row level security
  person bytea not null
  account_id uuid not null
  claimed_until timestamp with time zone not null
  constraint free_month_claims_pkey: PRIMARY KEY (person)
  CREATE UNIQUE INDEX free_month_claims_pkey ON billing.free_month_claims USING btree (person)
  granted to service_role: select
table billing.holds, row level security
  account_id uuid not null
  number bigint not null
  held_credits bigint not null
  overrun_credits billing.credits not null
  ends_at timestamp with time zone not null
  state billing.hold_state not null default 'open'::billing.hold_state
  constraint a_hold_holds_something: CHECK ((held_credits > 0))
  constraint holds_pkey: PRIMARY KEY (account_id, number)
  CREATE INDEX holds_open ON billing.holds USING btree (account_id, ends_at) WHERE (state = 'open'::billing.hold_state)
  CREATE UNIQUE INDEX holds_pkey ON billing.holds USING btree (account_id, number)
  policy "members read their holds" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
view billing.holds_by_key, security_invoker=true
  account_id uuid
  number bigint
  held_credits bigint
  overrun_credits billing.credits
  ends_at timestamp with time zone
  state billing.hold_state
  key text
  key_scope billing.key_scope
  bucket_id bigint
  operation text
  params jsonb
  price_version integer
  description text
view billing.ledger_lines, security_invoker=true
  account_id uuid
  number bigint
  created_at timestamp with time zone
  kind billing.entry_kind
  task_id text
  description text
  credits bigint
  balance_after bigint
  operation text
  params jsonb
  subject text
  answers bigint
  answered_kind billing.entry_kind
  from_subscription bigint
  from_promotional bigint
  from_permanent bigint
  granted to service_role: select
table billing.limit_guards, row level security, fillfactor=80
  account_id uuid not null
  key text not null
  passed bigint not null
  constraint limit_guards_pkey: PRIMARY KEY (account_id, key)
  CREATE UNIQUE INDEX limit_guards_pkey ON billing.limit_guards USING btree (account_id, key)
view billing.limited_tables, security_invoker=true
  relation regclass
  key text
  account_column text
  granted to service_role: select
view billing.open_buckets, security_invoker=true
  account_id uuid
  id bigint
  kind billing.bucket_kind
  expires_at timestamp with time zone
  period_ends_at timestamp with time zone
  description text
  payment_key text
  voided_at timestamp with time zone
  credits_remaining bigint
  frozen_credits bigint
  undisputed_credits bigint
  burn_order bigint
  granted to authenticated: select
  granted to service_role: select
table billing.operation_options, row level security
  operation text not null
  version integer not null
  parameter text not null
  value text not null
  name text not null
  credits billing.credits not null
  position smallint not null
  constraint operation_options_name_a_parameter: FOREIGN KEY (operation, version, parameter) REFERENCES billing.operation_parameters(operation, version, name)
  constraint operation_options_pkey: PRIMARY KEY (operation, version, parameter, value)
  CREATE UNIQUE INDEX operation_options_pkey ON billing.operation_options USING btree (operation, version, parameter, value)
  CREATE TRIGGER options_are_audited AFTER INSERT ON billing.operation_options FOR EACH ROW EXECUTE FUNCTION billing.audit_change()
  CREATE TRIGGER published_options_are_never_truncated BEFORE TRUNCATE ON billing.operation_options FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change_of_published()
  CREATE TRIGGER published_options_never_change BEFORE DELETE OR UPDATE ON billing.operation_options FOR EACH ROW EXECUTE FUNCTION billing.refuse_change_of_published()
  granted to service_role: select
table billing.operation_parameters, row level security
  operation text not null
  version integer not null
  name text not null
  kind billing.parameter_kind not null
  is_required boolean not null default false
  position smallint not null
  is_subject boolean not null default false
  unit_credits billing.credits
  per_units bigint not null default 1
  included_units bigint not null default 0
  min_units bigint not null default 0
  max_units bigint
  is_whole boolean not null default true
  constraint a_quantity_has_a_price_and_an_end: CHECK (((kind = 'quantity'::billing.parameter_kind) = ((unit_credits IS NOT NULL) AND (max_units IS NOT NULL))))
  constraint a_subject_is_a_label: CHECK (((kind = 'label'::billing.parameter_kind) OR (NOT is_subject)))
  constraint only_a_quantity_counts_units: CHECK (((kind = 'quantity'::billing.parameter_kind) OR (is_whole AND (ROW(unit_credits, max_units) IS NULL) AND ((per_units = 1) AND (included_units = 0) AND (min_units = 0)))))
  constraint operation_parameters_name_a_price: FOREIGN KEY (operation, version) REFERENCES billing.operation_prices(operation, version)
  constraint operation_parameters_pkey: PRIMARY KEY (operation, version, name)
  constraint units_are_counted_upwards: CHECK (((per_units > 0) AND (included_units >= 0) AND (min_units >= 0) AND (max_units >= min_units)))
  CREATE UNIQUE INDEX operation_parameters_pkey ON billing.operation_parameters USING btree (operation, version, name)
  CREATE UNIQUE INDEX operations_have_one_subject ON billing.operation_parameters USING btree (operation, version) WHERE is_subject
  CREATE TRIGGER parameters_are_audited AFTER INSERT ON billing.operation_parameters FOR EACH ROW EXECUTE FUNCTION billing.audit_change()
  CREATE TRIGGER published_parameters_are_never_truncated BEFORE TRUNCATE ON billing.operation_parameters FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change_of_published()
  CREATE TRIGGER published_parameters_never_change BEFORE DELETE OR UPDATE ON billing.operation_parameters FOR EACH ROW EXECUTE FUNCTION billing.refuse_change_of_published()
  granted to service_role: select
table billing.operation_prices, row level security
  operation text not null
  version integer not null
  base_credits billing.credits not null
  min_credits billing.credits
  max_credits billing.credits
  valid_from timestamp with time zone not null default '-infinity'::timestamp with time zone
  constraint an_operation_costs_something: CHECK (((GREATEST(base_credits, min_credits))::bigint > 0))
  constraint operation_prices_name_an_operation: FOREIGN KEY (operation) REFERENCES billing.operations(key)
  constraint operation_prices_pkey: PRIMARY KEY (operation, version)
  constraint the_most_is_not_below_the_least: CHECK ((((max_credits)::bigint > 0) AND ((max_credits)::bigint >= COALESCE((min_credits)::bigint, (0)::bigint))))
  CREATE UNIQUE INDEX operation_prices_pkey ON billing.operation_prices USING btree (operation, version)
  CREATE TRIGGER operation_prices_are_audited AFTER INSERT ON billing.operation_prices FOR EACH ROW EXECUTE FUNCTION billing.audit_change()
  CREATE TRIGGER published_operation_prices_are_never_truncated BEFORE TRUNCATE ON billing.operation_prices FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change_of_published()
  CREATE TRIGGER published_operation_prices_never_change BEFORE DELETE OR UPDATE ON billing.operation_prices FOR EACH ROW EXECUTE FUNCTION billing.refuse_change_of_published()
  granted to service_role: select
table billing.operations, row level security
  key text not null
  name text not null
  constraint operations_pkey: PRIMARY KEY (key)
  CREATE UNIQUE INDEX operations_pkey ON billing.operations USING btree (key)
  granted to service_role: select
table billing.owners, row level security
  user_id uuid not null
  added_at timestamp with time zone not null default billing.now()
  constraint owners_pkey: PRIMARY KEY (user_id)
  CREATE UNIQUE INDEX owners_pkey ON billing.owners USING btree (user_id)
  policy "owners read their own row" for select to authenticated using (user_id = ( SELECT auth.uid() AS uid))
  CREATE TRIGGER owners_are_audited AFTER INSERT OR DELETE OR UPDATE ON billing.owners FOR EACH ROW EXECUTE FUNCTION billing.audit_change()
  CREATE TRIGGER owners_are_audited_when_emptied AFTER TRUNCATE ON billing.owners FOR EACH STATEMENT EXECUTE FUNCTION billing.audit_change()
  granted to authenticated: select
  granted to service_role: select
table billing.packs, row level security
  key text not null
  lookup_key text not null
  name text not null
  credits bigint not null
  price_cents bigint not null
  currency text not null default 'usd'::text
  expires_after interval
  requires_active_subscription boolean not null default true
  refund billing.refund_rule not null default 'none'::billing.refund_rule
  position smallint not null
  is_sold boolean not null default true
  constraint a_pack_holds_credits: CHECK ((credits > 0))
  constraint a_pack_key_is_lookup_key_and_version: CHECK ((key ~ (('^'::text || lookup_key) || '@[0-9]+$'::text)))
  constraint a_pack_lasts: CHECK (billing.lasts(expires_after))
  constraint a_pack_price_is_above_zero: CHECK ((price_cents > 0))
  constraint pack_currencies_are_lower_case: CHECK ((currency ~ '^[a-z]{3}$'::text))
  constraint packs_pkey: PRIMARY KEY (key)
  CREATE UNIQUE INDEX packs_pkey ON billing.packs USING btree (key)
  CREATE UNIQUE INDEX packs_sold_once ON billing.packs USING btree (lookup_key) WHERE is_sold
  policy "everyone reads the packs on sale" for select to anon, authenticated using is_sold
  CREATE TRIGGER packs_are_audited AFTER INSERT OR UPDATE ON billing.packs FOR EACH ROW EXECUTE FUNCTION billing.audit_change()
  CREATE TRIGGER published_packs_are_never_truncated BEFORE TRUNCATE ON billing.packs FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change_of_published()
  CREATE TRIGGER published_packs_never_change BEFORE DELETE OR UPDATE ON billing.packs FOR EACH ROW EXECUTE FUNCTION billing.refuse_change_of_published()
  granted to anon: select
  granted to authenticated: select
  granted to service_role: select
table billing.payment_methods, row level security
  account_id uuid not null
  id text not null
  customer_id text
  type text not null
  brand text
  last4 text
  exp_month smallint
  exp_year smallint
  fingerprint_sha256 bytea
  is_attached boolean not null
  ticket bigint not null
  constraint payment_methods_pkey: PRIMARY KEY (account_id, id)
  CREATE UNIQUE INDEX payment_methods_pkey ON billing.payment_methods USING btree (account_id, id)
  policy "members read their payment methods" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.payments, row level security
  account_id uuid not null
  key text not null
  kind billing.payment_kind not null
  status billing.payment_status not null
  description text not null
  amount_cents bigint not null
  currency text not null
  created_at timestamp with time zone not null
  paid_at timestamp with time zone
  subscription_id text
  payment_intent text
  invoice_number text
  hosted_invoice_url text
  invoice_pdf_url text
  finalized_at timestamp with time zone
  attempts integer
  next_attempt_at timestamp with time zone
  needs_action boolean
  overpaid_cents bigint
  ticket bigint not null
  constraint a_payment_is_not_negative: CHECK ((amount_cents >= 0))
  constraint payments_pkey: PRIMARY KEY (account_id, key)
  CREATE INDEX payments_by_intent ON billing.payments USING btree (account_id, payment_intent) WHERE (payment_intent IS NOT NULL)
  CREATE INDEX payments_by_time ON billing.payments USING btree (account_id, created_at, key)
  CREATE UNIQUE INDEX payments_pkey ON billing.payments USING btree (account_id, key)
  policy "members read their payments" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.plan_caps, row level security
  plan_key text not null
  plan_version integer not null
  operation text not null
  per billing.cap_window not null
  max_uses bigint not null
  constraint a_cap_is_not_negative: CHECK ((max_uses >= 0))
  constraint plan_caps_name_a_plan: FOREIGN KEY (plan_key, plan_version) REFERENCES billing.plans(key, version)
  constraint plan_caps_name_an_operation: FOREIGN KEY (operation) REFERENCES billing.operations(key)
  constraint plan_caps_pkey: PRIMARY KEY (operation, plan_key, plan_version, per)
  CREATE INDEX plan_caps_by_plan ON billing.plan_caps USING btree (plan_key, plan_version)
  CREATE UNIQUE INDEX plan_caps_pkey ON billing.plan_caps USING btree (operation, plan_key, plan_version, per)
  CREATE TRIGGER caps_are_audited AFTER INSERT ON billing.plan_caps FOR EACH ROW EXECUTE FUNCTION billing.audit_change()
  CREATE TRIGGER published_caps_are_never_truncated BEFORE TRUNCATE ON billing.plan_caps FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change_of_published()
  CREATE TRIGGER published_caps_never_change BEFORE DELETE OR UPDATE ON billing.plan_caps FOR EACH ROW EXECUTE FUNCTION billing.refuse_change_of_published()
  granted to service_role: select
table billing.plan_entitlements, row level security
  plan_key text not null
  plan_version integer not null
  key text not null
  max_count bigint
  constraint a_limit_is_not_negative: CHECK ((max_count >= 0))
  constraint an_entitlement_key_is_a_short_word: CHECK ((key ~ '^[a-z][a-z0-9_]{0,39}$'::text))
  constraint plan_entitlements_name_a_plan: FOREIGN KEY (plan_key, plan_version) REFERENCES billing.plans(key, version)
  constraint plan_entitlements_pkey: PRIMARY KEY (plan_key, plan_version, key)
  CREATE UNIQUE INDEX plan_entitlements_pkey ON billing.plan_entitlements USING btree (plan_key, plan_version, key)
  CREATE TRIGGER entitlements_are_audited AFTER INSERT ON billing.plan_entitlements FOR EACH ROW EXECUTE FUNCTION billing.audit_change()
  CREATE TRIGGER published_entitlements_are_never_truncated BEFORE TRUNCATE ON billing.plan_entitlements FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change_of_published()
  CREATE TRIGGER published_entitlements_never_change BEFORE DELETE OR UPDATE ON billing.plan_entitlements FOR EACH ROW EXECUTE FUNCTION billing.refuse_change_of_published()
  granted to service_role: select
table billing.plans, row level security
  key text not null
  version integer not null
  name text not null
  description text not null
  features text[] not null default '{}'::text[]
  position smallint not null
  credits_per_month billing.credits not null
  renewal_grace interval not null default '03:00:00'::interval
  expiry billing.expiry_rule not null default 'period_end'::billing.expiry_rule
  expires_after interval
  rollover billing.rollover_rule not null default 'none'::billing.rollover_rule
  rollover_max_credits billing.credits
  rollover_percent smallint
  rollover_periods smallint
  trial_days smallint
  trial_credits billing.credits
  dunning billing.dunning_rule not null default 'keep'::billing.dunning_rule
  dunning_grace interval not null default '3 days'::interval
  refund billing.refund_rule not null default 'prorated'::billing.refund_rule
  is_free boolean not null default false
  is_add_on boolean not null default false
  max_quantity integer not null default 1
  offered_to uuid
  is_sold boolean not null default true
  constraint a_duration_is_given_where_it_decides: CHECK ((((expiry = 'duration'::billing.expiry_rule) = (expires_after IS NOT NULL)) AND billing.lasts(expires_after)))
  constraint a_rollover_counts_periods_and_percent: CHECK (((rollover_periods > 0) AND ((rollover_percent >= 1) AND (rollover_percent <= 1000))))
  constraint a_rollover_is_capped_by_credits_or_percent: CHECK (((rollover = 'capped'::billing.rollover_rule) = (num_nonnulls(rollover_max_credits, rollover_percent) > 0)))
  constraint a_trial_has_days_and_credits: CHECK (((trial_days IS NULL) = (trial_credits IS NULL)))
  constraint an_add_on_is_bought_and_has_no_trial: CHECK (((NOT is_add_on) OR ((NOT is_free) AND (trial_days IS NULL))))
  constraint at_least_one_is_sold: CHECK ((max_quantity >= 1))
  constraint dunning_grace_is_not_negative: CHECK ((dunning_grace >= '00:00:00'::interval))
  constraint plans_pkey: PRIMARY KEY (key, version)
  constraint renewal_grace_is_not_negative: CHECK ((renewal_grace >= '00:00:00'::interval))
  constraint what_never_expires_does_not_roll_over: CHECK (((expiry <> 'never'::billing.expiry_rule) OR (rollover = 'none'::billing.rollover_rule)))
  CREATE UNIQUE INDEX one_free_plan_is_sold ON billing.plans USING btree (is_free) WHERE (is_free AND is_sold)
  CREATE UNIQUE INDEX plans_pkey ON billing.plans USING btree (key, version)
  CREATE UNIQUE INDEX plans_sold_once ON billing.plans USING btree (key) WHERE is_sold
  policy "everyone reads the plans on sale that are for them" for select to anon, authenticated using (is_sold AND ((offered_to IS NULL) OR billing.is_member(offered_to)))
  CREATE TRIGGER plans_are_audited AFTER INSERT OR UPDATE ON billing.plans FOR EACH ROW EXECUTE FUNCTION billing.audit_change()
  CREATE TRIGGER published_plans_are_never_truncated BEFORE TRUNCATE ON billing.plans FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change_of_published()
  CREATE TRIGGER published_plans_never_change BEFORE DELETE OR UPDATE ON billing.plans FOR EACH ROW EXECUTE FUNCTION billing.refuse_change_of_published()
  granted to anon: select
  granted to authenticated: select
  granted to service_role: select
view billing.price_periods, security_invoker=true
  operation text
  version integer
  base_credits billing.credits
  min_credits billing.credits
  max_credits billing.credits
  valid_from timestamp with time zone
  ends_at timestamp with time zone
  granted to service_role: select
view billing.priced_plans, security_invoker=true
  price_key text
  lookup_key text
  billing_interval billing.billing_interval
  price_cents bigint
  currency text
  is_sold boolean
  plan_key text
  plan_version integer
  name text
  is_add_on boolean
  max_quantity integer
  offered_to uuid
  credits_per_month billing.credits
  trial_credits billing.credits
  renewal_grace interval
  granted to service_role: select
table billing.prices, row level security
  key text not null
  lookup_key text not null
  plan_key text not null
  plan_version integer not null
  billing_interval billing.billing_interval not null
  price_cents bigint not null
  currency text not null default 'usd'::text
  is_sold boolean not null default true
  constraint a_price_is_above_zero: CHECK ((price_cents > 0))
  constraint a_price_key_is_lookup_key_and_version: CHECK ((key ~ (('^'::text || lookup_key) || '@[0-9]+$'::text)))
  constraint currencies_are_lower_case: CHECK ((currency ~ '^[a-z]{3}$'::text))
  constraint prices_belong_to_a_plan: FOREIGN KEY (plan_key, plan_version) REFERENCES billing.plans(key, version)
  constraint prices_pkey: PRIMARY KEY (key)
  CREATE INDEX prices_by_plan ON billing.prices USING btree (plan_key, plan_version)
  CREATE UNIQUE INDEX prices_pkey ON billing.prices USING btree (key)
  CREATE UNIQUE INDEX prices_sold_once ON billing.prices USING btree (lookup_key) WHERE is_sold
  policy "everyone reads the prices on sale" for select to anon, authenticated using (is_sold AND ( SELECT ((p.offered_to IS NULL) OR billing.is_member(p.offered_to))
   FROM billing.plans p
  WHERE ((p.key = prices.plan_key) AND (p.version = prices.plan_version))))
  CREATE TRIGGER prices_are_audited AFTER INSERT OR UPDATE ON billing.prices FOR EACH ROW EXECUTE FUNCTION billing.audit_change()
  CREATE TRIGGER published_prices_are_never_truncated BEFORE TRUNCATE ON billing.prices FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change_of_published()
  CREATE TRIGGER published_prices_never_change BEFORE DELETE OR UPDATE ON billing.prices FOR EACH ROW EXECUTE FUNCTION billing.refuse_change_of_published()
  granted to anon: select
  granted to authenticated: select
  granted to service_role: select
table billing.promo_codes, row level security
  code text not null
  credits bigint not null
  max_uses bigint
  uses billing.credits not null default 0
  redeem_until timestamp with time zone
  expires_after interval
  created_at timestamp with time zone not null
  constraint a_code_gives_credits: CHECK ((credits > 0))
  constraint a_code_is_used_at_most_so_often: CHECK (((uses)::bigint <= max_uses))
  constraint a_code_s_credits_last: CHECK (billing.lasts(expires_after))
  constraint promo_codes_pkey: PRIMARY KEY (code)
  CREATE UNIQUE INDEX promo_codes_pkey ON billing.promo_codes USING btree (code)
  granted to service_role: select
table billing.provider_prices, row level security
  id text not null
  catalog_key text not null
  product_id text not null
  lookup_key text
  price_cents bigint
  currency text not null
  billing_interval text
  is_active boolean not null
  ticket bigint not null
  constraint provider_prices_pkey: PRIMARY KEY (id)
  CREATE INDEX provider_prices_by_key ON billing.provider_prices USING btree (catalog_key)
  CREATE UNIQUE INDEX provider_prices_pkey ON billing.provider_prices USING btree (id)
  granted to service_role: select
table billing.provider_products, row level security
  id text not null
  name text not null
  is_active boolean not null
  ticket bigint not null
  constraint provider_products_pkey: PRIMARY KEY (id)
  CREATE UNIQUE INDEX provider_products_pkey ON billing.provider_products USING btree (id)
  granted to service_role: select
table billing.rate_limits, row level security
  account_id uuid not null
  action text not null
  started_at timestamp with time zone not null
  turns integer not null
  constraint rate_limits_pkey: PRIMARY KEY (account_id, action)
  CREATE UNIQUE INDEX rate_limits_pkey ON billing.rate_limits USING btree (account_id, action)
table billing.reconciliations, row level security
  id bigint not null
  since timestamp with time zone not null
  started_at timestamp with time zone not null
  finished_at timestamp with time zone
  step text
  place text
  looked_at bigint not null default 0
  constraint reconciliations_pkey: PRIMARY KEY (id)
  CREATE UNIQUE INDEX one_reconciliation_at_a_time ON billing.reconciliations USING btree (((finished_at IS NULL))) WHERE (finished_at IS NULL)
  CREATE UNIQUE INDEX reconciliations_pkey ON billing.reconciliations USING btree (id)
  granted to service_role: select
sequence billing.reconciliations_id_seq
table billing.refunds, row level security
  account_id uuid not null
  id text not null
  payment_key text not null
  status text not null
  amount_cents bigint not null
  currency text not null
  reason text
  created_at timestamp with time zone not null
  ticket bigint not null
  constraint refunds_pkey: PRIMARY KEY (account_id, id)
  CREATE INDEX refunds_by_payment ON billing.refunds USING btree (account_id, payment_key)
  CREATE UNIQUE INDEX refunds_pkey ON billing.refunds USING btree (account_id, id)
  policy "members read their refunds" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
view billing.replayed_buckets, security_invoker=true
  account_id uuid
  bucket_id bigint
  credits bigint
  granted to service_role: select
view billing.returned_money, security_invoker=true
  account_id uuid
  payment_key text
  amount_cents bigint
  granted to authenticated: select
  granted to service_role: select
table billing.scheduled_items, row level security
  account_id uuid not null
  subscription_id text not null
  price_key text not null
  quantity integer not null
  constraint scheduled_items_belong_to_a_subscription: FOREIGN KEY (account_id, subscription_id) REFERENCES billing.subscriptions(account_id, id)
  constraint scheduled_items_pkey: PRIMARY KEY (account_id, subscription_id, price_key)
  CREATE UNIQUE INDEX scheduled_items_pkey ON billing.scheduled_items USING btree (account_id, subscription_id, price_key)
  policy "members read what waits for them" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.seal_heads, row level security
  account_id uuid not null
  number bigint not null
  hash bytea not null
  sealed_at timestamp with time zone not null
  constraint seal_heads_pkey: PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX seal_heads_pkey ON billing.seal_heads USING btree (account_id)
  granted to service_role: select
view billing.seal_problems, security_invoker=true
  account_id uuid
  problem text
  number bigint
  granted to service_role: select
table billing.seals, row level security
  account_id uuid not null
  number bigint not null
  hash bytea not null
  constraint seals_pkey: PRIMARY KEY (account_id, number)
  CREATE UNIQUE INDEX seals_pkey ON billing.seals USING btree (account_id, number)
  CREATE TRIGGER seals_are_never_truncated BEFORE TRUNCATE ON billing.seals FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_ledger_edit()
  CREATE TRIGGER seals_never_change BEFORE DELETE OR UPDATE ON billing.seals FOR EACH ROW EXECUTE FUNCTION billing.refuse_ledger_edit()
  granted to service_role: select
table billing.settings, row level security
  is_set boolean not null default true
  max_hold interval not null default '24:00:00'::interval
  max_open_holds integer not null default 100
  allow_promotion_codes boolean not null default false
  automatic_tax boolean not null default false
  collect_tax_ids boolean not null default false
  tax_code text
  tax_behavior text not null default 'exclusive'::text
  contact_retention interval not null default '1 year'::interval
  constraint a_hold_may_last: CHECK ((max_hold > '00:00:00'::interval))
  constraint contact_requests_are_kept_for_a_time: CHECK (billing.lasts(contact_retention))
  constraint members_may_hold: CHECK ((max_open_holds > 0))
  constraint prices_are_with_or_without_tax: CHECK ((tax_behavior = ANY (ARRAY['exclusive'::text, 'inclusive'::text])))
  constraint settings_are_one_row: CHECK (is_set)
  constraint settings_pkey: PRIMARY KEY (is_set)
  CREATE UNIQUE INDEX settings_pkey ON billing.settings USING btree (is_set)
  granted to service_role: select
table billing.stopped_buckets, row level security
  account_id uuid not null
  bucket_id bigint not null
  starts_at timestamp with time zone not null
  period_ends_at timestamp with time zone
  expires_at timestamp with time zone
  constraint stopped_buckets_pkey: PRIMARY KEY (account_id, bucket_id)
  CREATE UNIQUE INDEX stopped_buckets_pkey ON billing.stopped_buckets USING btree (account_id, bucket_id)
  granted to service_role: select
table billing.stripe_events, row level security
  id text not null
  type text not null
  created_at timestamp with time zone not null
  api_version text
  body_sha256 text not null
  state billing.event_state not null
  noun billing.stripe_noun
  reason text
  attempts integer not null default 1
  ticket bigint
  facts jsonb
  received_at timestamp with time zone not null
  noted_at timestamp with time zone not null
  constraint stripe_events_pkey: PRIMARY KEY (id)
  CREATE INDEX stripe_events_by_time ON billing.stripe_events USING btree (received_at, id)
  CREATE UNIQUE INDEX stripe_events_pkey ON billing.stripe_events USING btree (id)
  CREATE INDEX stripe_events_waiting ON billing.stripe_events USING btree (received_at, id) WHERE (state = ANY (ARRAY['parked'::billing.event_state, 'failed'::billing.event_state]))
  granted to service_role: select
table billing.subscription_add_ons, row level security
  account_id uuid not null
  subscription_id text not null
  item_id text not null
  price_key text not null
  quantity integer not null
  constraint add_ons_belong_to_a_subscription: FOREIGN KEY (account_id, subscription_id) REFERENCES billing.subscriptions(account_id, id)
  constraint subscription_add_ons_pkey: PRIMARY KEY (account_id, subscription_id, item_id)
  CREATE UNIQUE INDEX subscription_add_ons_pkey ON billing.subscription_add_ons USING btree (account_id, subscription_id, item_id)
  policy "members read what they have beside their plan" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
view billing.subscription_items, security_invoker=true
  account_id uuid
  subscription_id text
  item_id text
  price_key text
  quantity integer
  is_later boolean
  granted to service_role: select
table billing.subscriptions, row level security
  account_id uuid not null
  id text not null
  status text not null
  item_id text not null
  price_key text not null
  quantity integer not null
  period_start timestamp with time zone not null
  period_end timestamp with time zone not null
  cancel_at timestamp with time zone
  canceled_at timestamp with time zone
  ended_at timestamp with time zone
  trial_start timestamp with time zone
  trial_end timestamp with time zone
  paused_at timestamp with time zone
  scheduled_at timestamp with time zone
  default_payment_method text
  created_at timestamp with time zone not null
  ticket bigint not null
  constraint subscriptions_pkey: PRIMARY KEY (account_id, id)
  CREATE UNIQUE INDEX subscriptions_pkey ON billing.subscriptions USING btree (account_id, id)
  policy "members read their subscriptions" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.suspensions, row level security
  account_id uuid not null
  subscription_id text not null
  reason billing.suspension_reason not null
  starts_at timestamp with time zone not null
  is_in_force boolean not null default false
  constraint suspensions_pkey: PRIMARY KEY (account_id, subscription_id)
  CREATE UNIQUE INDEX suspensions_pkey ON billing.suspensions USING btree (account_id, subscription_id)
  policy "members read what suspends their plan" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.topups, row level security
  account_id uuid not null
  number bigint not null
  state billing.topup_state not null
  pack_key text not null
  amount_cents bigint not null
  currency text not null
  customer_id text
  payment_method text
  fingerprint_sha256 bytea
  payment_intent text
  reason text
  is_wanted boolean not null default true
  takes integer not null default 1
  take_up_at timestamp with time zone
  created_at timestamp with time zone not null
  ended_at timestamp with time zone
  constraint a_topup_costs_something: CHECK ((amount_cents > 0))
  constraint topups_pkey: PRIMARY KEY (account_id, number)
  CREATE UNIQUE INDEX one_topup_at_a_time ON billing.topups USING btree (account_id) WHERE (state = ANY (ARRAY['claimed'::billing.topup_state, 'sent'::billing.topup_state, 'needs_action'::billing.topup_state]))
  CREATE INDEX topups_by_card ON billing.topups USING btree (fingerprint_sha256, ended_at) WHERE (fingerprint_sha256 IS NOT NULL)
  CREATE UNIQUE INDEX topups_by_intent ON billing.topups USING btree (account_id, payment_intent) WHERE (payment_intent IS NOT NULL)
  CREATE UNIQUE INDEX topups_pkey ON billing.topups USING btree (account_id, number)
  CREATE INDEX topups_to_take_up ON billing.topups USING btree (take_up_at) WHERE (take_up_at IS NOT NULL)
  policy "members read their topups" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.trial_claims, row level security
  claimant bytea not null
  account_id uuid not null
  constraint trial_claims_pkey: PRIMARY KEY (claimant)
  CREATE INDEX trial_claims_by_account ON billing.trial_claims USING btree (account_id)
  CREATE UNIQUE INDEX trial_claims_pkey ON billing.trial_claims USING btree (claimant)
  granted to service_role: select
table billing.trials, row level security
  account_id uuid not null
  plan_key text not null
  plan_version integer not null
  started_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  subscription_id text
  constraint a_trial_ends_after_it_starts: CHECK ((ends_at >= started_at))
  constraint a_trial_ends_at_a_whole_second: CHECK ((ends_at = (ends_at)::timestamp(0) with time zone))
  constraint trials_pkey: PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX trials_pkey ON billing.trials USING btree (account_id)
  policy "members read their trial" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.unsettled_accounts, row level security
  account_id uuid not null
  failed_at timestamp with time zone not null
  reason text not null
  constraint unsettled_accounts_pkey: PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX unsettled_accounts_pkey ON billing.unsettled_accounts USING btree (account_id)
  granted to service_role: select
table billing.usage_days, row level security
  account_id uuid not null
  day_starts_at timestamp with time zone not null
  operation text not null
  subject text not null
  uses bigint not null
  charged_credits billing.credits not null
  returned_credits billing.credits not null
  constraint usage_days_pkey: PRIMARY KEY (account_id, day_starts_at, operation, subject)
  CREATE UNIQUE INDEX usage_days_pkey ON billing.usage_days USING btree (account_id, day_starts_at, operation, subject)
  policy "members read their usage" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
view billing.usage_facts, security_invoker=true
  account_id uuid
  number bigint
  created_at timestamp with time zone
  operation text
  subject text
  uses integer
  charged_credits bigint
  returned_credits bigint
  granted to service_role: select
table billing.usage_hours, row level security
  account_id uuid not null
  hour_starts_at timestamp with time zone not null
  weekday smallint not null default EXTRACT(isodow FROM (hour_starts_at AT TIME ZONE 'UTC'::text))
  hour smallint not null default EXTRACT(hour FROM (hour_starts_at AT TIME ZONE 'UTC'::text))
  uses bigint not null
  charged_credits billing.credits not null
  returned_credits billing.credits not null
  constraint usage_hours_pkey: PRIMARY KEY (account_id, hour_starts_at)
  CREATE UNIQUE INDEX usage_hours_pkey ON billing.usage_hours USING btree (account_id, hour_starts_at)
  policy "members read their usage by hour" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
table billing.usage_rollups, row level security
  account_id uuid not null
  rolled_number bigint not null
  constraint usage_rollups_pkey: PRIMARY KEY (account_id)
  CREATE UNIQUE INDEX usage_rollups_pkey ON billing.usage_rollups USING btree (account_id)
  granted to service_role: select
table billing.usage_totals, row level security
  account_id uuid not null
  day_starts_at timestamp with time zone not null
  operation text not null
  uses bigint not null
  charged_credits billing.credits not null
  returned_credits billing.credits not null
  constraint usage_totals_pkey: PRIMARY KEY (account_id, day_starts_at, operation)
  CREATE UNIQUE INDEX usage_totals_pkey ON billing.usage_totals USING btree (account_id, day_starts_at, operation)
  policy "members read their usage by operation" for select to authenticated using billing.is_member(account_id)
  granted to authenticated: select
  granted to service_role: select
function billing.account_for(noun billing.stripe_noun, facts jsonb, OUT account_id uuid, OUT reason text) returns record, volatile, granted to no role of the API
function billing.account_of(customer_id text, claimed_account_id text) returns uuid, volatile, granted to no role of the API
function billing.adjust_credits(account_id uuid, credits bigint, key text, reason text, expires_at timestamp with time zone) returns TABLE(success boolean, balance_after bigint, duplicate boolean, shortfall bigint), volatile, security definer, granted to authenticated, service_role
function billing.answer_hold(taken billing.taken, amount bigint) returns TABLE(success boolean, held bigint, ends_at timestamp with time zone, status text, balance_after bigint, duplicate boolean, shortfall bigint), volatile, granted to no role of the API
function billing.answer_taken(taken billing.taken, amount bigint) returns TABLE(success boolean, deducted bigint, from_subscription bigint, from_promotional bigint, from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint), immutable, granted to no role of the API
function billing.answer_to(account_id uuid, number bigint, kind billing.entry_kind) returns billing.credit_transactions, stable, granted to no role of the API
function billing.apply(noun billing.stripe_noun, event_id text, event_type text, event_created timestamp with time zone, api_version text, body_sha256 text, ticket bigint, facts jsonb) returns TABLE(outcome text, reason text), volatile, granted to no role of the API
function billing.apply_again(event_id text) returns void, volatile, granted to no role of the API
function billing.apply_waiting(field text, id text) returns void, volatile, granted to no role of the API
function billing.audit(action text, account_id uuid, reason text) returns void, volatile, granted to no role of the API
function billing.audit_change() returns trigger, volatile, security definer, granted to no role of the API
function billing.awaits_pack(account_id uuid) returns boolean, stable, granted to no role of the API
function billing.bought_credits(account_id uuid, payment_key text) returns bigint, stable, granted to authenticated, service_role
function billing.bound_currency(account_id uuid) returns text, stable, granted to no role of the API
function billing.brought_credits(account_id uuid, since timestamp with time zone, now timestamp with time zone) returns bigint, stable, granted to no role of the API
function billing.caller_scope() returns billing.key_scope, stable, granted to no role of the API
function billing.cap_window_at(per billing.cap_window, at timestamp with time zone, OUT starts_at timestamp with time zone, OUT ends_at timestamp with time zone) returns record, stable, granted to no role of the API
function billing.caps_of(account_id uuid) returns TABLE(operation text, per billing.cap_window, max_uses bigint), stable, granted to no role of the API
function billing.capture_in_order(account_id uuid, key text, amount bigint, cost_micros bigint) returns TABLE(success boolean, captured bigint, given_back bigint, balance_after bigint, duplicate boolean, shortfall bigint), volatile, granted to no role of the API
function billing.capture_of(entry billing.credit_transactions) returns billing.credit_transactions, stable, granted to no role of the API
function billing.carry_trial(account_id uuid, subscription_id text) returns timestamp with time zone, volatile, granted to no role of the API
function billing.changeable_subscription(account_id uuid) returns billing.subscriptions, stable, granted to no role of the API
function billing.charge_inserted_rows() returns trigger, volatile, security definer, granted to no role of the API
function billing.charge_on_insert(relation regclass, operation text, account_column text DEFAULT 'user_id'::text) returns void, volatile, granted to no role of the API
function billing.charge_row(account_id uuid, operation text, key text) returns void, volatile, granted to no role of the API
function billing.check_alive(account_id uuid) returns void, stable, granted to no role of the API
function billing.check_amount(amount bigint) returns void, immutable, granted to no role of the API
function billing.check_caller(account_id uuid) returns void, stable, granted to no role of the API
function billing.check_cost(cost_micros bigint) returns void, stable, granted to no role of the API
function billing.check_grant(type text, key text) returns billing.bucket_kind, stable, granted to no role of the API
function billing.check_grantable(amount bigint) returns void, immutable, granted to no role of the API
function billing.check_is_owner() returns void, stable, granted to no role of the API
function billing.check_key(key text) returns void, immutable, granted to no role of the API
function billing.check_limit(account_id uuid, key text, relation regclass, account_column text) returns void, volatile, granted to no role of the API
function billing.check_named(account_id uuid) returns void, immutable, granted to no role of the API
function billing.check_offer(account_id uuid, lookup_key text, currency text, needs_plan boolean) returns void, stable, granted to no role of the API
function billing.check_open(hold billing.holds) returns void, immutable, granted to no role of the API
function billing.check_open_holds(account_id uuid) returns void, stable, granted to no role of the API
function billing.check_own_table(relation regclass, account_column text) returns void, stable, granted to no role of the API
function billing.check_owner(reason text) returns void, stable, granted to no role of the API
function billing.check_refund(claim_id text, payment_key text, cents bigint, paid bigint) returns void, immutable, granted to no role of the API
function billing.check_topup(account_id uuid, pack billing.packs, threshold_credits bigint, monthly_cap_cents bigint, payment_method text) returns void, stable, granted to no role of the API
function billing.check_ttl(ttl interval) returns interval, stable, granted to no role of the API
function billing.check_units(quantity billing.operation_parameters, units numeric) returns void, immutable, granted to no role of the API
function billing.check_wanted(subscription billing.subscriptions, lookup_keys text[], quantities integer[]) returns void, stable, granted to no role of the API
function billing.claim_cards(account_id uuid) returns void, volatile, granted to no role of the API
function billing.claim_date(opened_at timestamp with time zone, months integer) returns timestamp with time zone, immutable, granted to no role of the API
function billing.claim_free_month(account_id uuid, now timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.claim_topup(account_id uuid) returns boolean, volatile, granted to no role of the API
function billing.claim_trial(account_id uuid, cards bytea[]) returns boolean, volatile, granted to no role of the API
function billing.claimable_credits(account_id uuid, payment_key text, refunded_cents bigint, paid_cents bigint) returns bigint, stable, granted to no role of the API
function billing.clawback_key(claim_key text) returns text, immutable, granted to no role of the API
function billing.close_event(event_id text, state billing.event_state, reason text) returns void, volatile, granted to no role of the API
function billing.close_findings(object_id text, still billing.finding_kind[], state billing.finding_state) returns void, volatile, granted to no role of the API
function billing.compare(noun billing.stripe_noun, object_id text, account_id uuid, ticket bigint, facts jsonb) returns TABLE(kind billing.finding_kind, whose uuid, reason text), volatile, granted to no role of the API
function billing.consume(account_id uuid, operation text, params jsonb, key_scope billing.key_scope, key text, cost_micros bigint) returns TABLE(success boolean, deducted bigint, from_subscription bigint, from_promotional bigint, from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint, price_version integer), volatile, granted to no role of the API
function billing.consume_credits(operation text, params jsonb, key text, account_id uuid, cost_micros bigint) returns TABLE(success boolean, deducted bigint, from_subscription bigint, from_promotional bigint, from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint, price_version integer), volatile, security definer, granted to authenticated, service_role
function billing.count_rows(relation regclass, account_column text, account_id uuid, at_most bigint) returns bigint, stable, granted to no role of the API
function billing.count_use(account_id uuid, key_scope billing.key_scope, key text) returns void, volatile, granted to no role of the API
function billing.create_code(code text, credits bigint, reason text, max_uses bigint, redeem_until timestamp with time zone, expires_after interval) returns TABLE(created boolean), volatile, security definer, granted to authenticated, service_role
function billing.currency_of(account_id uuid) returns text, stable, granted to no role of the API
function billing.custom_offer(plan_key text) returns jsonb, stable, granted to no role of the API
function billing.custom_plan_key(key text) returns text, immutable, granted to no role of the API
function billing.day_of(at timestamp with time zone) returns timestamp with time zone, immutable, granted to no role of the API
function billing.default_payment_method(account_id uuid) returns text, stable, granted to authenticated, service_role
function billing.derive_bucket(source billing.buckets, account_id uuid, kind billing.bucket_kind, credits bigint, starts_at timestamp with time zone, expires_at timestamp with time zone, payment_key text, period_ends_at timestamp with time zone DEFAULT NULL::timestamp with time zone, rollovers smallint DEFAULT 0, rolled_into bigint DEFAULT NULL::bigint) returns bigint, volatile, granted to no role of the API
function billing.describe_lines(lines jsonb) returns text, stable, granted to no role of the API
function billing.digest_of(operation text, params jsonb) returns bytea, immutable, granted to no role of the API
function billing.due_suspension(account_id uuid, subscription_id text) returns TABLE(reason billing.suspension_reason, starts_at timestamp with time zone), stable, granted to no role of the API
function billing.end_hold(account_id uuid, number bigint, state billing.hold_state, at timestamp with time zone, description text) returns billing.credit_transactions, volatile, granted to no role of the API
function billing.enter(account_id uuid) returns timestamp with time zone, volatile, granted to no role of the API
function billing.enter_all(account_ids uuid[]) returns timestamp with time zone, volatile, granted to no role of the API
function billing.entries_before(account_id uuid, at timestamp with time zone) returns bigint, stable, granted to authenticated, service_role
function billing.explain_entry(account_id uuid, number bigint) returns TABLE(part text, entry_number bigint, created_at timestamp with time zone, kind text, name text, value text, credits numeric, credits_before bigint, credits_after bigint, task_id text, operation text, params jsonb, price_version integer, cost_micros bigint, answers bigint, ends_at timestamp with time zone, paid_cents bigint, paid_currency text), stable, security definer, granted to authenticated, service_role
function billing.extend_expiry(account_id uuid, credit_id bigint, expires_at timestamp with time zone, reason text) returns TABLE(expired_before timestamp with time zone), volatile, security definer, granted to authenticated, service_role
function billing.extend_trial(account_id uuid, ends_at timestamp with time zone, reason text) returns TABLE(ended_before timestamp with time zone, subscription_id text, idempotency_key text), volatile, security definer, granted to authenticated, service_role
function billing.find_claim(account_id uuid, claim_id text, payment_key text, refunded_cents bigint) returns billing.clawbacks, stable, granted to no role of the API
function billing.find_grant(account_id uuid, credit_id bigint, now timestamp with time zone) returns billing.buckets, stable, granted to no role of the API
function billing.find_hold(account_id uuid, key text) returns billing.holds, stable, granted to no role of the API
function billing.find_payment(account_id uuid, payment_key text) returns billing.payments, volatile, granted to no role of the API
function billing.first_charge_at(account_id uuid) returns timestamp with time zone, stable, granted to no role of the API
function billing.fix(finding billing.findings, reason text, ticket bigint, facts jsonb) returns text, volatile, granted to no role of the API
function billing.follow_payment(account_id uuid, facts jsonb) returns void, volatile, granted to no role of the API
function billing.forget_contact(account_id uuid) returns void, volatile, granted to no role of the API
function billing.forget_facts(account_id uuid) returns void, volatile, granted to no role of the API
function billing.forget_usage(account_id uuid) returns void, volatile, granted to no role of the API
function billing.forget_words(account_id uuid) returns void, volatile, granted to no role of the API
function billing.freeze_credits(account_id uuid, reason text, credit_id bigint, until timestamp with time zone) returns TABLE(frozen_credits bigint), volatile, security definer, granted to authenticated, service_role
function billing.freeze_share(account_id uuid, claim_key text, bucket_id bigint, credits bigint, at timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.freeze_subscription(account_id uuid, subscription_id text, is_suspended boolean) returns void, volatile, granted to no role of the API
function billing.get_auto_topup(account_id uuid) returns TABLE(is_enabled boolean, threshold_credits bigint, lookup_key text, pack_name text, pack_credits bigint, price_cents bigint, currency text, monthly_cap_cents bigint, payment_method text, spent_cents bigint, reason text, retry_at timestamp with time zone), volatile, security definer, granted to authenticated, service_role
function billing.get_billing_overview(account_id uuid) returns TABLE(has_active_plan boolean, plan_key text, plan_name text, status text, lookup_key text, billing_interval text, price_cents bigint, currency text, credits_per_month bigint, current_period_end timestamp with time zone, cancel_at timestamp with time zone, can_top_up boolean, has_customer boolean, free_credits_per_month bigint, next_free_credits_at timestamp with time zone, debt_credits bigint, frozen_credits bigint, trial_ends_at timestamp with time zone, trial_days_left integer, trial_credits bigint, first_charge_at timestamp with time zone, can_start_trial boolean, is_erased boolean), stable, security definer, granted to authenticated, service_role
function billing.get_comparison() returns TABLE(plan_key text, kind text, key text, name text, per text, max_count bigint), stable, security definer, granted to anon, authenticated, service_role
function billing.get_contact_requests(after_request uuid, page_size integer) returns TABLE(id uuid, account_id uuid, name text, email text, company text, message text, expected_credits bigint, created_at timestamp with time zone), stable, security definer, granted to authenticated, service_role
function billing.get_credit_estimates(account_id uuid) returns TABLE(operation text, operation_name text, uses bigint, average_credits numeric, uses_left bigint, total bigint), volatile, security definer, granted to authenticated, service_role
function billing.get_credit_forecast(account_id uuid) returns TABLE(days integer, history_days integer, used_credits bigint, credits_per_day numeric, days_left integer, runs_out_at timestamp with time zone, lost_credits bigint, next_lost_credits bigint, as_of timestamp with time zone), volatile, security definer, granted to authenticated, service_role
function billing.get_credit_history(account_id uuid, before_number bigint, page_size integer, kinds text[], operations text[], subjects text[], since timestamp with time zone, until timestamp with time zone, search text, after_number bigint, search_most integer) returns TABLE(number bigint, created_at timestamp with time zone, kind text, task_id text, description text, credits bigint, balance_after bigint, operation text, params jsonb, subject text, answers bigint, from_subscription bigint, from_promotional bigint, from_permanent bigint), volatile, security definer, granted to authenticated, service_role
function billing.get_currency(account_id uuid) returns TABLE(currency text, is_fixed boolean), stable, security definer, granted to authenticated, service_role
function billing.get_findings(only_state text, after_finding bigint, page_size integer) returns TABLE(id bigint, kind text, noun text, object_id text, account_id uuid, reason text, state text, happened_at timestamp with time zone, found_at timestamp with time zone, seen_at timestamp with time zone, closed_at timestamp with time zone), stable, security definer, granted to authenticated, service_role
function billing.get_limits(account_id uuid) returns TABLE(key text, name text, per text, max_count bigint, used_count bigint, window_ends_at timestamp with time zone), volatile, security definer, granted to authenticated, service_role
function billing.get_live(account_id uuid) returns TABLE(entry_number bigint, total bigint, next_change_at timestamp with time zone, is_told boolean, as_of timestamp with time zone), volatile, security definer, granted to authenticated, service_role
function billing.get_operation(operation text) returns TABLE(operation_name text, base_credits bigint, min_credits bigint, max_credits bigint, price_version integer, parameter text, parameter_kind text, is_required boolean, is_subject boolean, value text, value_name text, credits bigint, per_units bigint, included_units bigint, min_units bigint, max_units bigint, is_whole boolean), stable, security definer, granted to anon, authenticated, service_role
function billing.get_payments(account_id uuid, before_key text, page_size integer) returns TABLE(key text, kind text, created_at timestamp with time zone, paid_at timestamp with time zone, description text, amount_cents bigint, currency text, status text, invoice_number text, hosted_invoice_url text, invoice_pdf_url text, credits_granted bigint, refunded_cents bigint, is_due boolean), volatile, security definer, granted to authenticated, service_role
function billing.get_period_usage(account_id uuid) returns TABLE(part text, operation text, operation_name text, subject_name text, starts_at timestamp with time zone, ends_at timestamp with time zone, granted_credits bigint, uses bigint, used_credits bigint, subjects bigint, days timestamp with time zone[], used_by_day bigint[]), volatile, security definer, granted to authenticated, service_role
function billing.get_second_plans(account_id uuid) returns TABLE(key text, kind text, subject text, at timestamp with time zone, ends_at timestamp with time zone, amount_cents bigint, currency text), stable, security definer, granted to authenticated, service_role
function billing.get_stripe_events(only_state text, since timestamp with time zone, before_event text, page_size integer) returns TABLE(id text, type text, noun text, object_id text, state text, reason text, attempts integer, created_at timestamp with time zone, received_at timestamp with time zone, is_alert boolean), stable, security definer, granted to authenticated, service_role
function billing.get_subscription(account_id uuid) returns TABLE(subscription_id text, status text, is_later boolean, lookup_key text, name text, is_add_on boolean, quantity integer, max_quantity integer, price_cents bigint, currency text, billing_interval text, credits_per_month bigint, period_end timestamp with time zone, scheduled_at timestamp with time zone, paused_at timestamp with time zone, cancel_at timestamp with time zone, trial_end timestamp with time zone), stable, security definer, granted to authenticated, service_role
function billing.get_topup_notices(account_id uuid) returns TABLE(key text, kind text, subject text, at timestamp with time zone, ends_at timestamp with time zone, amount_cents bigint, currency text, credits bigint), stable, security definer, granted to authenticated, service_role
function billing.get_trials(account_id uuid) returns TABLE(id text, plan_name text, ends_at timestamp with time zone), stable, security definer, granted to authenticated, service_role
function billing.get_usage_comparison(account_id uuid, days integer, period integer, since timestamp with time zone, until timestamp with time zone) returns TABLE(part text, operation text, operation_name text, steps timestamp with time zone[], steps_before timestamp with time zone[], uses bigint, charged_credits bigint, used_credits bigint, used_by_step bigint[], uses_before bigint, charged_before bigint, used_before bigint, used_by_step_before bigint[]), volatile, security definer, granted to authenticated, service_role
function billing.get_usage_hours(account_id uuid, days integer, period integer, since timestamp with time zone, until timestamp with time zone) returns TABLE(weekday integer, hour integer, uses bigint, used_credits bigint), volatile, security definer, granted to authenticated, service_role
function billing.get_usage_summary(account_id uuid, since timestamp with time zone, until timestamp with time zone, group_by text[]) returns TABLE(starts_at timestamp with time zone, ends_at timestamp with time zone, operation text, operation_name text, subject text, uses bigint, charged_credits bigint, returned_credits bigint, used_credits bigint), volatile, security definer, granted to authenticated, service_role
function billing.give_back_use(entry billing.credit_transactions) returns void, volatile, granted to no role of the API
function billing.grant_credits(account_id uuid, kind billing.bucket_kind, amount bigint, key text, expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone, starts_at timestamp with time zone DEFAULT NULL::timestamp with time zone, period_ends_at timestamp with time zone DEFAULT NULL::timestamp with time zone, priority smallint DEFAULT NULL::smallint, description text DEFAULT NULL::text, subscription_id text DEFAULT NULL::text, payment_key text DEFAULT NULL::text, metadata jsonb DEFAULT NULL::jsonb, paid_cents bigint DEFAULT NULL::bigint, paid_currency text DEFAULT NULL::text, rollover_cap bigint DEFAULT NULL::bigint, rollover_periods smallint DEFAULT NULL::smallint) returns TABLE(success boolean, duplicate boolean, credit_id bigint, message text, balance_after bigint), volatile, granted to no role of the API
function billing.grant_invoice_line(account_id uuid, payment_key text, facts jsonb, line jsonb) returns void, volatile, granted to no role of the API
function billing.grant_pack(account_id uuid, payment_key text, pack billing.packs, quantity integer) returns void, volatile, granted to no role of the API
function billing.grant_trial(account_id uuid, subscription_id text, card bytea) returns void, volatile, granted to no role of the API
function billing.grants_of(account_id uuid, noun billing.stripe_noun, object_id text) returns SETOF billing.buckets, stable, granted to no role of the API
function billing.has_failed(payment jsonb) returns boolean, immutable, granted to no role of the API
function billing.has_lapsed(account_id uuid, subscription_id text) returns boolean, stable, granted to no role of the API
function billing.has_live_subscription(account_id uuid) returns boolean, stable, granted to no role of the API
function billing.has_open_dispute(account_id uuid, payment_key text) returns boolean, stable, granted to authenticated, service_role
function billing.has_open_subscription(account_id uuid) returns boolean, stable, granted to no role of the API
function billing.has_plan(account_id uuid) returns boolean, stable, granted to no role of the API
function billing.held_after(account_id uuid, bucket_id bigint, number bigint) returns bigint, stable, granted to no role of the API
function billing.holdings(account_id uuid) returns TABLE(plan_key text, plan_version integer, quantity integer, is_add_on boolean), stable, granted to no role of the API
function billing.impersonal(facts jsonb) returns jsonb, immutable, granted to no role of the API
function billing.import_balances(relation regclass, account_column text, credits_column text, import_key text, type text DEFAULT 'permanent'::text, expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone, batch integer DEFAULT 10000, description text DEFAULT NULL::text) returns TABLE(granted_accounts bigint, granted_credits bigint, accounts_left bigint, accounts_changed bigint), volatile, granted to no role of the API
function billing.import_problems(relation regclass, account_column text, credits_column text, import_key text) returns TABLE(account_id uuid, problem text, in_column numeric, granted bigint), stable, granted to no role of the API
function billing.import_proof(relation regclass, account_column text, credits_column text, import_key text) returns TABLE(account_id uuid, problem text, in_column numeric, granted bigint), stable, granted to no role of the API
function billing.import_rows(relation regclass, account_column text, credits_column text) returns TABLE(account_id uuid, credits numeric, occurrences bigint), stable, granted to no role of the API
function billing.import_state(relation regclass, account_column text, credits_column text, import_key text) returns TABLE(account_id uuid, credits numeric, granted bigint, problem text, is_refused boolean), stable, granted to no role of the API
function billing.invoice_credits(facts jsonb, line jsonb) returns bigint, stable, granted to no role of the API
function billing.is_client() returns boolean, stable, granted to no role of the API
function billing.is_disputed(dispute_status text) returns boolean, immutable, granted to authenticated, service_role
function billing.is_erased(account_id uuid) returns boolean, stable, granted to no role of the API
function billing.is_live(status text) returns boolean, immutable, granted to authenticated, service_role
function billing.is_lost(dispute_status text) returns boolean, immutable, granted to authenticated, service_role
function billing.is_member(account_id uuid) returns boolean, stable, granted to anon, authenticated
function billing.is_of_concern(noun billing.stripe_noun, facts jsonb, problem text) returns boolean, immutable, granted to no role of the API
function billing.is_offered(offered_to uuid, account_id uuid) returns boolean, immutable, granted to no role of the API
function billing.is_open(status text) returns boolean, immutable, granted to no role of the API
function billing.is_paid(noun text, facts jsonb) returns boolean, immutable, granted to no role of the API
function billing.is_returned(refund_status text) returns boolean, immutable, granted to authenticated, service_role
function billing.is_settled(state billing.event_state, reason text) returns boolean, immutable, granted to no role of the API
function billing.is_short(account_id uuid) returns boolean, stable, granted to no role of the API
function billing.is_told(noun billing.stripe_noun, facts jsonb) returns boolean, immutable, granted to no role of the API
function billing.is_under_way(state billing.topup_state) returns boolean, immutable, granted to no role of the API
function billing.join_suspension(account_id uuid, subscription_id text, now timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.kind_of_difference(noun billing.stripe_noun, is_credit boolean) returns billing.finding_kind, immutable, granted to no role of the API
function billing.known(noun billing.stripe_noun, since timestamp with time zone) returns TABLE(account_id uuid, object_id text), stable, granted to no role of the API
function billing.known_cards(account_id uuid) returns bytea[], stable, granted to no role of the API
function billing.lapsed_credits(account_id uuid, payment_key text) returns bigint, stable, granted to no role of the API
function billing.lasts(length interval) returns boolean, immutable, granted to authenticated, service_role
function billing.later(at timestamp with time zone, by interval) returns timestamp with time zone, immutable, granted to no role of the API
function billing.limit_inserted_rows() returns trigger, volatile, security definer, granted to no role of the API
function billing.limit_moved_row() returns trigger, volatile, security definer, granted to no role of the API
function billing.limit_of(key text, account_id uuid) returns bigint, stable, security definer, granted to authenticated, service_role
function billing.limit_rows(relation regclass, key text, account_column text DEFAULT 'user_id'::text) returns void, volatile, granted to no role of the API
function billing.limits_of(account_id uuid) returns TABLE(key text, max_count bigint), stable, granted to no role of the API
function billing.line_credits(line jsonb) returns bigint, stable, granted to no role of the API
function billing.line_grants(facts jsonb, line jsonb) returns TABLE(nth integer, months bigint, starts_at timestamp with time zone, ends_at timestamp with time zone, credits bigint, cents bigint), stable, granted to no role of the API
function billing.line_months(line jsonb) returns TABLE(nth integer, starts_at timestamp with time zone, ends_at timestamp with time zone, weight numeric), stable, granted to no role of the API
function billing.line_period(line jsonb, OUT day integer, OUT starts_at timestamp with time zone) returns record, stable, granted to no role of the API
function billing.line_share(line jsonb, whole numeric) returns numeric, stable, granted to no role of the API
function billing.map_customer(customer_id text, account_id uuid) returns void, volatile, granted to no role of the API
function billing.match_email(email text, OUT account_id uuid, OUT outcome text) returns record, stable, granted to no role of the API
function billing.may_listen(topic text) returns boolean, stable, granted to anon, authenticated
function billing.months_before(ends_at timestamp with time zone, months integer, day integer) returns timestamp with time zone, immutable, granted to no role of the API
function billing.months_claimable(opened_at timestamp with time zone, now timestamp with time zone) returns integer, immutable, granted to no role of the API
function billing.months_of(billing_interval billing.billing_interval) returns integer, immutable, granted to no role of the API
function billing.move_trial(account_id uuid, subscription_id text, ended_at timestamp with time zone, expired_at timestamp with time zone, ends_at timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.move_trial_credits(account_id uuid, subscription_id text, expired_at timestamp with time zone, expires_at timestamp with time zone, now timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.needs_confirmation(payment jsonb) returns boolean, immutable, granted to no role of the API
function billing.next_topup(account_id uuid, now timestamp with time zone, OUT reason text, OUT retry_at timestamp with time zone, OUT pack_key text, OUT method_id text) returns record, stable, granted to no role of the API
function billing.not_ours(noun billing.stripe_noun, facts jsonb) returns text, immutable, granted to no role of the API
function billing.now() returns timestamp with time zone, volatile, granted to no role of the API
function billing.offer_custom_plan(account_id uuid, key text, name text, credits bigint, price_cents bigint, reason text, billing_interval text, currency text, features text[], entitlements text[], max_counts bigint[], max_quantity integer) returns TABLE(lookup_key text, duplicate boolean), volatile, security definer, granted to authenticated, service_role
function billing.open_account(account_id uuid) returns void, volatile, granted to no role of the API
function billing.open_finding(kind billing.finding_kind, noun billing.stripe_noun, object_id text, account_id uuid, reason text, happened_at timestamp with time zone) returns bigint, volatile, granted to no role of the API
function billing.open_subscription(account_id uuid) returns billing.subscriptions, stable, granted to no role of the API
function billing.pay_debt(account_id uuid, claim_key text, bucket_id bigint, credits bigint, at timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.pay_debts(account_id uuid, bucket_id bigint, credits bigint, at timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.payment_key_of(noun text, object_id text) returns text, immutable, granted to no role of the API
function billing.payment_method_of(account_id uuid, id text) returns billing.payment_methods, stable, granted to no role of the API
function billing.payment_of(account_id uuid, payment_intent text) returns billing.payments, stable, granted to no role of the API
function billing.payment_of_invoice(account_id uuid, key text, ticket bigint, facts jsonb) returns billing.payments, stable, granted to no role of the API
function billing.payment_of_session(account_id uuid, key text, ticket bigint, facts jsonb, description text) returns billing.payments, volatile, granted to no role of the API
function billing.period_bounds(account_id uuid, now timestamp with time zone) returns timestamp with time zone[], stable, granted to no role of the API
function billing.person_of(account_id uuid) returns bytea, stable, granted to no role of the API
function billing.place_hold(operation text, params jsonb, key text, ttl interval, overrun bigint, account_id uuid) returns TABLE(success boolean, held bigint, ends_at timestamp with time zone, status text, balance_after bigint, duplicate boolean, shortfall bigint), volatile, security definer, granted to authenticated, service_role
function billing.plan_change(subscription billing.subscriptions, lookup_keys text[], quantities integer[], OUT happens text, OUT state text) returns record, stable, granted to no role of the API
function billing.plan_expiry(plan billing.plans, starts_at timestamp with time zone, ends_at timestamp with time zone, is_last boolean) returns timestamp with time zone, immutable, granted to no role of the API
function billing.plan_item(items jsonb) returns jsonb, stable, granted to no role of the API
function billing.plan_limit(account_id uuid, key text) returns bigint, stable, granted to no role of the API
function billing.plan_of(account_id uuid, OUT plan_key text, OUT plan_version integer, OUT quantity integer, OUT subscription_id text) returns record, stable, granted to no role of the API
function billing.plan_to_try(account_id uuid) returns billing.plans, stable, granted to no role of the API
function billing.post(account_id uuid, kind billing.entry_kind, key_scope billing.key_scope, key text, shares billing.share[], at timestamp with time zone, description text, charge billing.charge DEFAULT NULL::billing.charge, answers bigint DEFAULT NULL::bigint) returns billing.credit_transactions, volatile, granted to no role of the API
function billing.post_adjustment(account_id uuid, credits bigint, key text, reason text, expires_at timestamp with time zone, now timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.post_capture(hold billing.holds, captured bigint, at timestamp with time zone, cost_micros bigint) returns billing.credit_transactions, volatile, granted to no role of the API
function billing.post_due(account_id uuid, now timestamp with time zone) returns timestamp with time zone, volatile, granted to no role of the API
function billing.post_transfer(from_account_id uuid, to_account_id uuid, amount bigint, key text, now timestamp with time zone, description text) returns void, volatile, granted to no role of the API
function billing.price_operation(operation text, params jsonb, at timestamp with time zone) returns billing.price, stable, granted to no role of the API
function billing.price_params(operation text, version integer, params jsonb, OUT problem text, OUT credits numeric) returns record, stable, granted to no role of the API
function billing.price_parts(operation text, version integer, params jsonb, charged bigint) returns TABLE(name text, value text, credits numeric), stable, granted to no role of the API
function billing.primary_key_as_text(relation regclass) returns text, stable, granted to no role of the API
function billing.priority_of(kind billing.bucket_kind) returns smallint, immutable, granted to no role of the API
function billing.problem_beside_others(account_id uuid, facts jsonb) returns text, stable, granted to no role of the API
function billing.problem_with(noun billing.stripe_noun, account_id uuid, facts jsonb) returns text, stable, granted to no role of the API
function billing.problem_with_charge(account_id uuid, facts jsonb) returns text, stable, granted to no role of the API
function billing.problem_with_invoice(facts jsonb) returns text, stable, granted to no role of the API
function billing.problem_with_items(items jsonb) returns text, stable, granted to no role of the API
function billing.problem_with_line(facts jsonb, line jsonb) returns text, stable, granted to no role of the API
function billing.problem_with_payment_intent(facts jsonb) returns text, stable, granted to no role of the API
function billing.problem_with_price(facts jsonb) returns text, stable, granted to no role of the API
function billing.problem_with_return(account_id uuid, facts jsonb, may_exceed boolean) returns text, stable, granted to no role of the API
function billing.problem_with_session(facts jsonb) returns text, stable, granted to no role of the API
function billing.problem_with_subscription(facts jsonb) returns text, stable, granted to no role of the API
function billing.propose_refund(account_id uuid, payment_key text, cents bigint) returns TABLE(policy text, offered_cents bigint, most_cents bigint, currency text, takes_credits bigint, debt_credits bigint, reason text), volatile, security definer, granted to authenticated, service_role
function billing.prorated_cents(payment billing.payments) returns bigint, stable, granted to no role of the API
function billing.publish_custom_plan(plan_key text, account_id uuid, name text, credits bigint, price_cents bigint, billing_interval text, currency text, features text[], max_quantity integer) returns text, volatile, granted to no role of the API
function billing.quote_credits(operation text, params jsonb, account_id uuid) returns TABLE(price bigint, price_version integer, from_subscription bigint, from_promotional bigint, from_permanent bigint, balance bigint, left_after bigint, shortfall bigint, way_out text, way_out_key text, way_out_name text, way_out_credits bigint, way_out_price_cents bigint, way_out_currency text, bucket_ids bigint[], bucket_credits bigint[]), volatile, security definer, granted to authenticated, service_role
function billing.range_steps(since timestamp with time zone, until timestamp with time zone, step interval) returns timestamp with time zone[], immutable, granted to no role of the API
function billing.receive_shares(shares billing.share[], from_account_id uuid, to_account_id uuid, now timestamp with time zone) returns billing.share[], volatile, granted to no role of the API
function billing.redeem_code(code text, account_id uuid) returns TABLE(success boolean, duplicate boolean, reason text, credits bigint, expires_at timestamp with time zone, balance_after bigint), volatile, security definer, granted to authenticated, service_role
function billing.refund_rule_of(account_id uuid, payment billing.payments) returns billing.refund_rule, stable, granted to no role of the API
function billing.refundable_cents(payment billing.payments) returns bigint, stable, granted to no role of the API
function billing.refuse_change_of_published() returns trigger, volatile, granted to no role of the API
function billing.refuse_ledger_edit() returns trigger, volatile, granted to no role of the API
function billing.rehearse(noun billing.stripe_noun, object_id text, ticket bigint, facts jsonb, OUT account_id uuid, OUT problem text, OUT is_credit boolean, OUT change text) returns record, volatile, granted to no role of the API
function billing.reopen_event(event_id text, reason text) returns TABLE(state text), volatile, security definer, granted to authenticated, service_role
function billing.replay(account_id uuid, kind billing.entry_kind, key_scope billing.key_scope, key text, amount bigint, digest bytea) returns billing.credit_transactions, volatile, granted to no role of the API
function billing.return_claim(account_id uuid, claim_key text, number bigint, now timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.return_shares(account_id uuid, claim_key text, now timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.return_to_hand(account_id uuid, amount bigint) returns void, volatile, granted to no role of the API
function billing.returned_cents(account_id uuid, payment_key text) returns bigint, stable, granted to authenticated, service_role
function billing.returned_shares(spend billing.credit_transactions, capture billing.credit_transactions, skip bigint, credits bigint, now timestamp with time zone) returns billing.share[], volatile, granted to no role of the API
function billing.reversed_credits(account_id uuid, number bigint) returns bigint, stable, granted to no role of the API
function billing.revive(share billing.share, account_id uuid, taken_at timestamp with time zone, now timestamp with time zone) returns billing.share, volatile, granted to no role of the API
function billing.roll_over(account_id uuid, started bigint, at timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.roll_up(account_id uuid) returns void, volatile, granted to no role of the API
function billing.rollover_cap(plan billing.plans, credits bigint) returns bigint, immutable, granted to no role of the API
function billing.rows_of(account_id uuid, noun billing.stripe_noun, object_id text) returns TABLE(name text, state jsonb), stable, granted to no role of the API
function billing.runs_out(account_id uuid, now timestamp with time zone, credits_per_day numeric, OUT at timestamp with time zone, OUT lost_credits bigint, OUT next_lost_credits bigint) returns record, stable, granted to no role of the API
function billing.say_difference(name text, is_now jsonb, should_be jsonb) returns text, immutable, granted to no role of the API
function billing.seal_account(account_id uuid) returns void, volatile, granted to no role of the API
function billing.seal_of(previous bytea, entry billing.credit_transactions) returns bytea, stable, granted to no role of the API
function billing.set_aside(account_id uuid, amount bigint, key_scope billing.key_scope, key text, ttl interval, overrun bigint, description text, charge billing.charge) returns TABLE(success boolean, held bigint, ends_at timestamp with time zone, status text, balance_after bigint, duplicate boolean, shortfall bigint), volatile, granted to no role of the API
function billing.set_aside_in_order(account_id uuid, amount bigint, key_scope billing.key_scope, key text, ttl interval, overrun bigint, description text, charge billing.charge) returns billing.taken, volatile, granted to no role of the API
function billing.set_auto_topup(is_enabled boolean, threshold_credits bigint, lookup_key text, monthly_cap_cents bigint, payment_method text, account_id uuid) returns TABLE(changed boolean), volatile, security definer, granted to authenticated, service_role
function billing.set_claim(account_id uuid, payment billing.payments, object_id text, cents bigint, state billing.claim_state) returns void, volatile, granted to no role of the API
function billing.set_currency(currency text, account_id uuid) returns TABLE(previous text), volatile, security definer, granted to authenticated, service_role
function billing.set_standing(account_id uuid, subscription_id text) returns void, volatile, granted to no role of the API
function billing.settle(account_id uuid) returns timestamp with time zone, volatile, granted to no role of the API
function billing.shares_back(taken billing.share[], skip bigint, credits bigint) returns billing.share[], immutable, granted to no role of the API
function billing.shares_for(account_id uuid, amount bigint, kind billing.bucket_kind DEFAULT NULL::billing.bucket_kind) returns billing.share[], volatile, granted to no role of the API
function billing.spread(places integer[], credits bigint[], length integer) returns bigint[], immutable, granted to no role of the API
function billing.start_clock(account_id uuid, subscription_id text, stopped interval) returns void, volatile, granted to no role of the API
function billing.start_grant(fact billing.due_facts) returns void, volatile, granted to no role of the API
function billing.start_refund(account_id uuid, payment_key text, amount_cents bigint, reason text) returns TABLE(payment_intent text, idempotency_key text, currency text), volatile, security definer, granted to authenticated, service_role
function billing.start_trial(account_id uuid) returns TABLE(success boolean, duplicate boolean, reason text, plan_key text, plan_name text, credits bigint, ends_at timestamp with time zone), volatile, security definer, granted to authenticated, service_role
function billing.stop_clock(account_id uuid, subscription_id text, stopped_at timestamp with time zone, now timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.sum_usage(account_id uuid, cuts timestamp with time zone[], group_by text[]) returns TABLE(part integer, operation text, subject text, uses bigint, charged_credits bigint, returned_credits bigint), stable, granted to no role of the API
function billing.suspend(account_id uuid, subscription_id text) returns void, volatile, granted to no role of the API
function billing.switch_live(is_on boolean, reason text) returns void, volatile, granted to no role of the API
function billing.take_claim(account_id uuid, claim_key text, payment_key text, credits bigint, now timestamp with time zone) returns bigint, volatile, granted to no role of the API
function billing.take_contact_turn(account_id uuid, email text, address_hash text) returns integer, volatile, granted to no role of the API
function billing.take_event(event_id text, event_type text, event_created timestamp with time zone, api_version text, body_sha256 text, ticket bigint, facts jsonb, state billing.event_state, reason text, noun billing.stripe_noun DEFAULT NULL::billing.stripe_noun) returns boolean, volatile, granted to no role of the API
function billing.take_in_hand(account_id uuid, now timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.take_in_order(account_id uuid, kind billing.entry_kind, amount bigint, key_scope billing.key_scope, key text, description text, charge billing.charge) returns billing.taken, volatile, granted to no role of the API
function billing.take_many_from_hand(account_ids uuid[], amounts bigint[], task_ids text[], descriptions text[], at timestamp with time zone) returns TABLE(nth bigint, from_promotional bigint, from_subscription bigint, from_permanent bigint, balance_after bigint), volatile, granted to no role of the API
function billing.take_up_topup(account_id uuid, number bigint) returns void, volatile, granted to no role of the API
function billing.taken_shares(entry billing.credit_transactions) returns billing.share[], immutable, granted to no role of the API
function billing.tell_pages() returns trigger, volatile, security definer, granted to no role of the API
function billing.thaw(account_id uuid, bucket_id bigint) returns void, volatile, granted to no role of the API
function billing.thaw_claims(account_id uuid, payment_key text, now timestamp with time zone) returns void, volatile, granted to no role of the API
function billing.title(plan billing.plans) returns text, immutable, granted to no role of the API
function billing.topped_up_cents(account_id uuid, currency text, now timestamp with time zone) returns bigint, stable, granted to no role of the API
function billing.topup_breaker(account_id uuid, method billing.payment_methods, armed_at timestamp with time zone, now timestamp with time zone, OUT failures bigint, OUT first_number bigint, OUT failed_at timestamp with time zone, OUT retry_at timestamp with time zone) returns record, stable, granted to no role of the API
function billing.topup_went_back(account_id uuid, armed_at timestamp with time zone) returns boolean, stable, granted to no role of the API
function billing.touch(account_id uuid) returns timestamp with time zone, volatile, security definer, granted to authenticated, service_role
function billing.trial_expiry(account_id uuid, subscription_id text, ends_at timestamp with time zone) returns timestamp with time zone, stable, granted to no role of the API
function billing.trial_key(account_id uuid) returns text, immutable, granted to no role of the API
function billing.trial_of(account_id uuid, OUT plan_key text, OUT plan_version integer, OUT ends_at timestamp with time zone) returns record, stable, granted to no role of the API
function billing.trial_refusal(account_id uuid) returns text, stable, granted to no role of the API
function billing.trials_of(account_id uuid) returns TABLE(id text, plan_name text, ends_at timestamp with time zone), stable, granted to no role of the API
function billing.turn_of(subject text) returns uuid, immutable, granted to no role of the API
function billing.unfreeze_credits(account_id uuid, reason text, credit_id bigint) returns TABLE(frozen_credits bigint), volatile, security definer, granted to authenticated, service_role
function billing.unused_credits(account_id uuid, payment_key text) returns bigint, stable, granted to no role of the API
function billing.usage_cuts(account_id uuid, since timestamp with time zone, until timestamp with time zone, group_by text[], now timestamp with time zone) returns timestamp with time zone[], stable, granted to no role of the API
function billing.usage_range(account_id uuid, days integer, period integer, since timestamp with time zone, until timestamp with time zone, now timestamp with time zone, OUT starts_at timestamp with time zone, OUT ends_at timestamp with time zone, OUT before_starts_at timestamp with time zone, OUT before_ends_at timestamp with time zone) returns record, stable, granted to no role of the API
function billing.verify_account(account_id uuid) returns TABLE(problem text, number bigint, expected text, found text), stable, granted to service_role
function billing.verify_all() returns TABLE(account_id uuid, problem text, number bigint, expected text, found text), stable, granted to service_role
function billing.verify_heads(account_ids uuid[], numbers bigint[], hashes text[]) returns TABLE(account_id uuid, problem text, number bigint), stable, granted to service_role
function billing.verify_seals(account_id uuid DEFAULT NULL::uuid) returns TABLE(broken_account_id uuid, problem text, number bigint), stable, granted to service_role
function billing.void_grant(account_id uuid, credit_id bigint, reason text) returns TABLE(voided bigint, balance_after bigint, duplicate boolean), volatile, security definer, granted to authenticated, service_role
function billing.void_grants(account_id uuid, noun billing.stripe_noun, object_id text, reason text) returns void, volatile, granted to no role of the API
function billing.wanted_items(subscription billing.subscriptions, lookup_keys text[], quantities integer[]) returns TABLE(nth bigint, price_key text, quantity integer, item_id text, price_key_now text, quantity_now integer), stable, granted to no role of the API
function billing.way_out(account_id uuid, shortfall bigint) returns TABLE(kind text, key text, name text, credits bigint, price_cents bigint, currency text), stable, granted to no role of the API
function billing.whole_units(span interval, unit interval) returns integer, immutable, granted to anon, authenticated, service_role
function billing.with_customer(facts jsonb, account_id uuid) returns jsonb, stable, granted to no role of the API
function billing.withdraw_custom_plan(account_id uuid, key text, reason text) returns TABLE(withdrawn boolean), volatile, security definer, granted to authenticated, service_role
function billing.withhold(account_id uuid, claim_key text, payment_key text, credits bigint, now timestamp with time zone) returns bigint, volatile, granted to no role of the API
function billing.write_charge(account_id uuid, ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_customer(ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_dispute(account_id uuid, ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_invoice(account_id uuid, ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_items(account_id uuid, facts jsonb) returns void, volatile, granted to no role of the API
function billing.write_object(noun billing.stripe_noun, account_id uuid, ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_payment(payment billing.payments) returns boolean, volatile, granted to no role of the API
function billing.write_payment_intent(account_id uuid, ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_payment_method(account_id uuid, ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_price(ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_product(ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_refund(account_id uuid, ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_session(account_id uuid, ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function billing.write_subscription(account_id uuid, ticket bigint, facts jsonb) returns boolean, volatile, granted to no role of the API
function public.add_credits_atomic(account_id uuid, amount bigint, type text, transaction_id text, subscription_id text DEFAULT NULL::text, expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone, description text DEFAULT NULL::text, metadata jsonb DEFAULT NULL::jsonb) returns TABLE(success boolean, duplicate boolean, credit_id bigint, message text, balance_after bigint), volatile, security definer, granted to service_role
function public.adjust_credits(account_id uuid, credits bigint, key text, reason text, expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone) returns TABLE(success boolean, balance_after bigint, duplicate boolean, shortfall bigint), volatile, granted to authenticated, service_role
function public.advance_reconciliation(run bigint, step text, place text, looked_at bigint, is_finished boolean) returns TABLE(ticket bigint), volatile, security definer, granted to service_role
function public.answer_topup(account_id uuid, number bigint, payment_intent text DEFAULT NULL::text, reason text DEFAULT NULL::text) returns void, volatile, security definer, granted to service_role
function public.apply_object(noun text, event_id text, event_type text, event_created timestamp with time zone, api_version text, body_sha256 text, ticket bigint, facts jsonb) returns TABLE(outcome text, reason text), volatile, security definer, granted to service_role
function public.apply_parked(after_event text DEFAULT NULL::text) returns text, volatile, security definer, granted to service_role
function public.balance_at(account_id uuid, at timestamp with time zone) returns bigint, volatile, granted to authenticated, service_role
function public.begin_event(id text) returns TABLE(duplicate boolean, ticket bigint), volatile, security definer, granted to service_role
function public.begin_reconciliation(since timestamp with time zone DEFAULT NULL::timestamp with time zone) returns TABLE(run bigint, since_at timestamp with time zone, step text, place text, as_of timestamp with time zone, ticket bigint), volatile, security definer, granted to service_role
function public.cancel_claw_back(account_id uuid, claim_id text) returns TABLE(returned bigint, balance_after bigint, duplicate boolean), volatile, security definer, granted to service_role
function public.capture_hold(account_id uuid, key text, amount bigint DEFAULT NULL::bigint, cost_micros bigint DEFAULT NULL::bigint) returns TABLE(success boolean, captured bigint, given_back bigint, balance_after bigint, duplicate boolean, shortfall bigint), volatile, security definer, granted to service_role
function public.claim_topups(max_topups integer DEFAULT 5) returns TABLE(act text, account_id uuid, number bigint, is_wanted boolean, takes integer, pack_key text, amount_cents bigint, currency text, customer_id text, payment_method text, payment_intent text, idempotency_key text, claimed_at timestamp with time zone), volatile, security definer, granted to service_role
function public.claw_back_credits(account_id uuid, claim_id text, payment_key text, refunded_cents bigint, paid_cents bigint) returns TABLE(claimed bigint, debt bigint, state text, balance_after bigint, duplicate boolean), volatile, security definer, granted to service_role
function public.compare_events(event_ids text[], happened_at timestamp with time zone[]) returns TABLE(event_id text, finding_id bigint), volatile, security definer, granted to service_role
function public.compare_object(noun text, object_id text, account_id uuid, ticket bigint, facts jsonb, is_sure boolean) returns TABLE(kind text, reason text, finding_id bigint), volatile, security definer, granted to service_role
function public.consume_credits(operation text, params jsonb, key text, account_id uuid DEFAULT auth.uid(), cost_micros bigint DEFAULT NULL::bigint) returns TABLE(success boolean, deducted bigint, from_subscription bigint, from_promotional bigint, from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint, price_version integer), volatile, granted to authenticated, service_role
function public.create_code(code text, credits bigint, reason text, max_uses bigint DEFAULT NULL::bigint, redeem_until timestamp with time zone DEFAULT NULL::timestamp with time zone, expires_after interval DEFAULT NULL::interval) returns TABLE(created boolean), volatile, granted to authenticated, service_role
function public.deduct_credits_atomic(account_id uuid, amount bigint, task_id text, description text DEFAULT NULL::text) returns TABLE(success boolean, deducted bigint, from_subscription bigint, from_promotional bigint, from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint), volatile, security definer, granted to service_role
function public.deduct_many(account_ids uuid[], amounts bigint[], task_ids text[], descriptions text[] DEFAULT NULL::text[]) returns TABLE(success boolean, deducted bigint, from_subscription bigint, from_promotional bigint, from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint), volatile, security definer, granted to service_role
function public.dispute_credits(account_id uuid, claim_id text, payment_key text, disputed_cents bigint, paid_cents bigint) returns TABLE(frozen bigint, state text, duplicate boolean), volatile, security definer, granted to service_role
function public.erase_account(account_id uuid, reason text) returns TABLE(erased_at timestamp with time zone, duplicate boolean), volatile, security definer, granted to service_role
function public.expire_subscription_credits(batch integer DEFAULT 100) returns integer, volatile, security definer, granted to service_role
function public.explain_entry(account_id uuid, number bigint) returns TABLE(part text, entry_number bigint, created_at timestamp with time zone, kind text, name text, value text, credits numeric, credits_before bigint, credits_after bigint, task_id text, operation text, params jsonb, price_version integer, cost_micros bigint, answers bigint, ends_at timestamp with time zone, paid_cents bigint, paid_currency text), stable, granted to authenticated, service_role
function public.extend_expiry(account_id uuid, credit_id bigint, expires_at timestamp with time zone, reason text) returns TABLE(expired_before timestamp with time zone), volatile, granted to authenticated, service_role
function public.extend_hold(account_id uuid, key text, ttl interval DEFAULT '00:15:00'::interval) returns TABLE(ends_at timestamp with time zone), volatile, security definer, granted to service_role
function public.extend_trial(account_id uuid, ends_at timestamp with time zone, reason text) returns TABLE(ended_before timestamp with time zone, subscription_id text, idempotency_key text), volatile, granted to authenticated, service_role
function public.fix_finding(finding_id bigint, reason text, ticket bigint DEFAULT NULL::bigint, facts jsonb DEFAULT NULL::jsonb) returns TABLE(state text, problem text), volatile, security definer, granted to service_role
function public.forget_contact_requests() returns bigint, volatile, security definer, granted to service_role
function public.freeze_credits(account_id uuid, reason text, credit_id bigint DEFAULT NULL::bigint, until timestamp with time zone DEFAULT NULL::timestamp with time zone) returns TABLE(frozen_credits bigint), volatile, granted to authenticated, service_role
function public.get_auto_topup(account_id uuid DEFAULT auth.uid()) returns TABLE(is_enabled boolean, threshold_credits bigint, lookup_key text, pack_name text, pack_credits bigint, price_cents bigint, currency text, monthly_cap_cents bigint, payment_method text, spent_cents bigint, reason text, retry_at timestamp with time zone), volatile, granted to authenticated, service_role
function public.get_billing_overview(account_id uuid DEFAULT auth.uid()) returns TABLE(has_active_plan boolean, plan_key text, plan_name text, status text, lookup_key text, billing_interval text, price_cents bigint, currency text, credits_per_month bigint, current_period_end timestamp with time zone, cancel_at timestamp with time zone, can_top_up boolean, has_customer boolean, free_credits_per_month bigint, next_free_credits_at timestamp with time zone, debt_credits bigint, frozen_credits bigint, trial_ends_at timestamp with time zone, trial_days_left integer, trial_credits bigint, first_charge_at timestamp with time zone, can_start_trial boolean, is_erased boolean), volatile, granted to authenticated, service_role
function public.get_comparison() returns TABLE(plan_key text, kind text, key text, name text, per text, max_count bigint), stable, granted to anon, authenticated, service_role
function public.get_contact_requests(after_request uuid DEFAULT NULL::uuid, page_size integer DEFAULT 50) returns TABLE(id uuid, account_id uuid, name text, email text, company text, message text, expected_credits bigint, created_at timestamp with time zone), stable, granted to authenticated, service_role
function public.get_credit_estimates(account_id uuid DEFAULT auth.uid()) returns TABLE(operation text, operation_name text, uses bigint, average_credits numeric, uses_left bigint, total bigint), volatile, granted to authenticated, service_role
function public.get_credit_forecast(account_id uuid DEFAULT auth.uid()) returns TABLE(days integer, history_days integer, used_credits bigint, credits_per_day numeric, days_left integer, runs_out_at timestamp with time zone, lost_credits bigint, next_lost_credits bigint, as_of timestamp with time zone), volatile, granted to authenticated, service_role
function public.get_credit_history(account_id uuid DEFAULT auth.uid(), before_number bigint DEFAULT NULL::bigint, page_size integer DEFAULT 50, kinds text[] DEFAULT NULL::text[], operations text[] DEFAULT NULL::text[], subjects text[] DEFAULT NULL::text[], since timestamp with time zone DEFAULT NULL::timestamp with time zone, until timestamp with time zone DEFAULT NULL::timestamp with time zone, search text DEFAULT NULL::text, after_number bigint DEFAULT NULL::bigint, search_most integer DEFAULT NULL::integer) returns TABLE(number bigint, created_at timestamp with time zone, kind text, task_id text, description text, credits bigint, balance_after bigint, operation text, params jsonb, subject text, answers bigint, from_subscription bigint, from_promotional bigint, from_permanent bigint), volatile, granted to authenticated, service_role
function public.get_currency(account_id uuid DEFAULT auth.uid()) returns TABLE(currency text, is_fixed boolean), stable, granted to authenticated, service_role
function public.get_customer(account_id uuid) returns text, stable, granted to service_role
function public.get_findings(only_state text DEFAULT 'open'::text, after_finding bigint DEFAULT NULL::bigint, page_size integer DEFAULT 100) returns TABLE(id bigint, kind text, noun text, object_id text, account_id uuid, reason text, state text, happened_at timestamp with time zone, found_at timestamp with time zone, seen_at timestamp with time zone, closed_at timestamp with time zone), stable, granted to authenticated, service_role
function public.get_known_objects(noun text, since timestamp with time zone, after_place text DEFAULT NULL::text, page_size integer DEFAULT 100) returns TABLE(object_id text, account_id uuid, place text), stable, security definer, granted to service_role
function public.get_limits(account_id uuid DEFAULT auth.uid()) returns TABLE(key text, name text, per text, max_count bigint, used_count bigint, window_ends_at timestamp with time zone), volatile, granted to authenticated, service_role
function public.get_live(account_id uuid DEFAULT auth.uid()) returns TABLE(entry_number bigint, total bigint, next_change_at timestamp with time zone, is_told boolean, as_of timestamp with time zone), volatile, granted to authenticated, service_role
function public.get_notices(account_id uuid DEFAULT auth.uid()) returns TABLE(key text, kind text, subject text, at timestamp with time zone, ends_at timestamp with time zone, amount_cents bigint, currency text, credits bigint, url text), volatile, granted to authenticated, service_role
function public.get_operation(operation text) returns TABLE(operation_name text, base_credits bigint, min_credits bigint, max_credits bigint, price_version integer, parameter text, parameter_kind text, is_required boolean, is_subject boolean, value text, value_name text, credits bigint, per_units bigint, included_units bigint, min_units bigint, max_units bigint, is_whole boolean), stable, granted to anon, authenticated, service_role
function public.get_packs() returns TABLE(lookup_key text, name text, credits bigint, price_cents bigint, currency text, requires_active_subscription boolean, "position" smallint, expires_after_days integer, refund text), stable, granted to anon, authenticated, service_role
function public.get_payment_methods(account_id uuid DEFAULT auth.uid()) returns TABLE(id text, type text, brand text, last4 text, exp_month smallint, exp_year smallint, is_default boolean, expiry text), volatile, granted to authenticated, service_role
function public.get_payments(account_id uuid DEFAULT auth.uid(), before_key text DEFAULT NULL::text, page_size integer DEFAULT 50) returns TABLE(key text, kind text, created_at timestamp with time zone, paid_at timestamp with time zone, description text, amount_cents bigint, currency text, status text, invoice_number text, hosted_invoice_url text, invoice_pdf_url text, credits_granted bigint, refunded_cents bigint, is_due boolean), volatile, granted to authenticated, service_role
function public.get_period_usage(account_id uuid DEFAULT auth.uid()) returns TABLE(part text, operation text, operation_name text, subject_name text, starts_at timestamp with time zone, ends_at timestamp with time zone, granted_credits bigint, uses bigint, used_credits bigint, subjects bigint, days timestamp with time zone[], used_by_day bigint[]), volatile, granted to authenticated, service_role
function public.get_plans() returns TABLE(plan_key text, plan_name text, description text, features text[], "position" smallint, credits_per_month bigint, is_free boolean, is_add_on boolean, is_custom boolean, max_quantity integer, trial_days smallint, trial_credits bigint, lookup_key text, billing_interval text, price_cents bigint, currency text, expiry text, expires_after_days integer, renewal_grace_hours integer, rollover text, rollover_max_credits bigint, rollover_percent smallint, rollover_periods smallint, refund text), stable, granted to anon, authenticated, service_role
function public.get_published_catalog() returns TABLE(kind text, key text, lookup_key text, product_key text, name text, description text, billing_interval text, price_cents bigint, currency text, is_sold boolean, is_add_on boolean, is_custom boolean, max_quantity integer, tax_code text, tax_behavior text), stable, granted to service_role
function public.get_stripe_events(only_state text DEFAULT NULL::text, since timestamp with time zone DEFAULT NULL::timestamp with time zone, before_event text DEFAULT NULL::text, page_size integer DEFAULT 50) returns TABLE(id text, type text, noun text, object_id text, state text, reason text, attempts integer, created_at timestamp with time zone, received_at timestamp with time zone, is_alert boolean), stable, granted to authenticated, service_role
function public.get_subscription(account_id uuid DEFAULT auth.uid()) returns TABLE(subscription_id text, status text, is_later boolean, lookup_key text, name text, is_add_on boolean, quantity integer, max_quantity integer, price_cents bigint, currency text, billing_interval text, credits_per_month bigint, period_end timestamp with time zone, scheduled_at timestamp with time zone, paused_at timestamp with time zone, cancel_at timestamp with time zone, trial_end timestamp with time zone), stable, granted to authenticated, service_role
function public.get_topups(account_id uuid DEFAULT auth.uid(), max_rows integer DEFAULT 10) returns TABLE(number bigint, state text, amount_cents bigint, currency text, payment_method text, payment_intent text, reason text, created_at timestamp with time zone, ended_at timestamp with time zone, answer_until timestamp with time zone), volatile, granted to authenticated, service_role
function public.get_usage_comparison(account_id uuid DEFAULT auth.uid(), days integer DEFAULT 30, period integer DEFAULT NULL::integer, since timestamp with time zone DEFAULT NULL::timestamp with time zone, until timestamp with time zone DEFAULT NULL::timestamp with time zone) returns TABLE(part text, operation text, operation_name text, steps timestamp with time zone[], steps_before timestamp with time zone[], uses bigint, charged_credits bigint, used_credits bigint, used_by_step bigint[], uses_before bigint, charged_before bigint, used_before bigint, used_by_step_before bigint[]), volatile, granted to authenticated, service_role
function public.get_usage_hours(account_id uuid DEFAULT auth.uid(), days integer DEFAULT 30, period integer DEFAULT NULL::integer, since timestamp with time zone DEFAULT NULL::timestamp with time zone, until timestamp with time zone DEFAULT NULL::timestamp with time zone) returns TABLE(weekday integer, hour integer, uses bigint, used_credits bigint), volatile, granted to authenticated, service_role
function public.get_usage_summary(account_id uuid DEFAULT auth.uid(), since timestamp with time zone DEFAULT NULL::timestamp with time zone, until timestamp with time zone DEFAULT NULL::timestamp with time zone, group_by text[] DEFAULT '{day}'::text[]) returns TABLE(starts_at timestamp with time zone, ends_at timestamp with time zone, operation text, operation_name text, subject text, uses bigint, charged_credits bigint, returned_credits bigint, used_credits bigint), volatile, granted to authenticated, service_role
function public.get_user_credits(account_id uuid DEFAULT auth.uid()) returns TABLE(total bigint, subscription_credits bigint, permanent_credits bigint, promotional_credits bigint, held_credits bigint, subscription_expire_at timestamp with time zone, next_expiry_at timestamp with time zone, next_expiry_credits bigint, as_of timestamp with time zone), volatile, granted to authenticated, service_role
function public.grant_credits(account_id uuid, amount bigint, type text, key text, starts_at timestamp with time zone DEFAULT NULL::timestamp with time zone, expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone, priority smallint DEFAULT NULL::smallint, description text DEFAULT NULL::text, payment_key text DEFAULT NULL::text, paid_cents bigint DEFAULT NULL::bigint, paid_currency text DEFAULT NULL::text, metadata jsonb DEFAULT NULL::jsonb) returns TABLE(success boolean, duplicate boolean, credit_id bigint, message text, balance_after bigint), volatile, security definer, granted to service_role
function public.has_entitlement(key text, account_id uuid DEFAULT auth.uid()) returns boolean, stable, granted to authenticated, service_role
function public.hold_credits_atomic(account_id uuid, amount bigint, task_id text, ttl interval DEFAULT '00:15:00'::interval, overrun bigint DEFAULT 0, description text DEFAULT NULL::text) returns TABLE(success boolean, held bigint, ends_at timestamp with time zone, status text, balance_after bigint, duplicate boolean, shortfall bigint), volatile, security definer, granted to service_role
function public.ignore_event(event_id text, event_type text, event_created timestamp with time zone, api_version text, body_sha256 text, reason text) returns TABLE(outcome text), volatile, security definer, granted to service_role
function public.limit_of(key text, account_id uuid DEFAULT auth.uid()) returns bigint, stable, granted to authenticated, service_role
function public.link_customer(account_id uuid, customer_id text) returns text, volatile, security definer, granted to service_role
function public.match_customer(customer_id text, claimed_account_id text, email text) returns TABLE(account_id uuid, outcome text, in_force text), stable, security definer, granted to service_role
function public.match_price(name text, price_cents bigint, currency text, billing_interval text) returns TABLE(price_key text, problem text), stable, security definer, granted to service_role
function public.offer_custom_plan(account_id uuid, key text, name text, credits bigint, price_cents bigint, reason text, billing_interval text DEFAULT 'month'::text, currency text DEFAULT 'usd'::text, features text[] DEFAULT '{}'::text[], entitlements text[] DEFAULT '{}'::text[], max_counts bigint[] DEFAULT '{}'::bigint[], max_quantity integer DEFAULT 1) returns TABLE(lookup_key text, duplicate boolean), volatile, granted to authenticated, service_role
function public.place_hold(operation text, params jsonb, key text, ttl interval DEFAULT '00:15:00'::interval, overrun bigint DEFAULT 0, account_id uuid DEFAULT auth.uid()) returns TABLE(success boolean, held bigint, ends_at timestamp with time zone, status text, balance_after bigint, duplicate boolean, shortfall bigint), volatile, granted to authenticated, service_role
function public.prepare_checkout(account_id uuid, lookup_key text) returns TABLE(kind text, price_key text, name text, price_cents bigint, currency text, customer_id text, former_customers bigint, email text, trial_end timestamp with time zone, allow_promotion_codes boolean, automatic_tax boolean, collect_tax_ids boolean), stable, security definer, granted to service_role
function public.prepare_plan_change(account_id uuid, plan_lookup_key text, plan_quantity integer, add_on_keys text[], add_on_quantities integer[]) returns TABLE(subscription_id text, customer_id text, ticket bigint, happens text, state text, is_trialing boolean, as_of timestamp with time zone, starts_at timestamp with time zone, next_charge_at timestamp with time zone, credits_per_month bigint, item_id text, price_key text, lookup_key text, price_cents bigint, currency text, quantity integer, price_key_now text, quantity_now integer), stable, security definer, granted to service_role
function public.preview_credits(facts jsonb) returns TABLE(credits_now bigint, credits_later bigint, problem text), stable, security definer, granted to service_role
function public.propose_refund(account_id uuid, payment_key text, cents bigint DEFAULT NULL::bigint) returns TABLE(policy text, offered_cents bigint, most_cents bigint, currency text, takes_credits bigint, debt_credits bigint, reason text), volatile, granted to authenticated, service_role
function public.quote_credits(operation text, params jsonb DEFAULT '{}'::jsonb, account_id uuid DEFAULT auth.uid()) returns TABLE(price bigint, price_version integer, from_subscription bigint, from_promotional bigint, from_permanent bigint, balance bigint, left_after bigint, shortfall bigint, way_out text, way_out_key text, way_out_name text, way_out_credits bigint, way_out_price_cents bigint, way_out_currency text, bucket_ids bigint[], bucket_credits bigint[]), volatile, granted to authenticated, service_role
function public.record_event_failure(event_id text, event_type text, event_created timestamp with time zone, api_version text, body_sha256 text, reason text) returns void, volatile, security definer, granted to service_role
function public.redeem_code(code text, account_id uuid DEFAULT auth.uid()) returns TABLE(success boolean, duplicate boolean, reason text, credits bigint, expires_at timestamp with time zone, balance_after bigint), volatile, granted to authenticated, service_role
function public.release_hold(account_id uuid, key text, reason text DEFAULT NULL::text) returns TABLE(success boolean, released bigint, balance_after bigint, duplicate boolean), volatile, security definer, granted to service_role
function public.reopen_event(event_id text, reason text) returns TABLE(state text), volatile, granted to authenticated, service_role
function public.request_contact(id uuid, name text, email text, message text, company text DEFAULT NULL::text, expected_credits bigint DEFAULT NULL::bigint, address_hash text DEFAULT NULL::text, account_id uuid DEFAULT NULL::uuid) returns TABLE(accepted boolean, duplicate boolean, retry_after_seconds integer), volatile, security definer, granted to service_role
function public.reverse_deduction(account_id uuid, key text, reason text, amount bigint DEFAULT NULL::bigint, reversal_key text DEFAULT NULL::text) returns TABLE(success boolean, given_back bigint, balance_after bigint, duplicate boolean), volatile, security definer, granted to service_role
function public.roll_up_usage(after_account uuid DEFAULT NULL::uuid, batch integer DEFAULT 100) returns uuid, volatile, security definer, granted to service_role
function public.seal_ledger(after_account uuid DEFAULT NULL::uuid, batch integer DEFAULT 100) returns uuid, volatile, security definer, granted to service_role
function public.set_auto_topup(is_enabled boolean, threshold_credits bigint DEFAULT NULL::bigint, lookup_key text DEFAULT NULL::text, monthly_cap_cents bigint DEFAULT NULL::bigint, payment_method text DEFAULT NULL::text, account_id uuid DEFAULT auth.uid()) returns TABLE(changed boolean), volatile, granted to authenticated, service_role
function public.set_currency(currency text, account_id uuid DEFAULT auth.uid()) returns TABLE(previous text), volatile, granted to authenticated, service_role
function public.start_refund(account_id uuid, payment_key text, amount_cents bigint, reason text) returns TABLE(payment_intent text, idempotency_key text, currency text), volatile, granted to authenticated, service_role
function public.start_trial(account_id uuid DEFAULT auth.uid()) returns TABLE(success boolean, duplicate boolean, reason text, plan_key text, plan_name text, credits bigint, ends_at timestamp with time zone), volatile, granted to authenticated, service_role
function public.take_turn(account_id uuid, action text, max_turns integer DEFAULT 5, per interval DEFAULT '00:01:00'::interval) returns TABLE(allowed boolean, retry_after_seconds integer), volatile, security definer, granted to service_role
function public.transfer_credits(from_account_id uuid, to_account_id uuid, amount bigint, key text, description text DEFAULT NULL::text) returns TABLE(success boolean, transferred bigint, from_balance_after bigint, to_balance_after bigint, duplicate boolean, shortfall bigint), volatile, security definer, granted to service_role
function public.unfreeze_credits(account_id uuid, reason text, credit_id bigint DEFAULT NULL::bigint) returns TABLE(frozen_credits bigint), volatile, granted to authenticated, service_role
function public.void_grant(account_id uuid, credit_id bigint, reason text) returns TABLE(voided bigint, balance_after bigint, duplicate boolean), volatile, granted to authenticated, service_role
function public.withdraw_custom_plan(account_id uuid, key text, reason text) returns TABLE(withdrawn boolean), volatile, granted to authenticated, service_role
job "coffer: apply parked events" at 3-59/10 * * * *: do $$ declare v_last text; begin loop v_last := public.apply_parked(v_last); exit when v_last is null; commit; end loop; end $$
job "coffer: count usage" at 7 * * * *: do $$ declare v_last uuid; begin loop v_last := public.roll_up_usage(v_last); exit when v_last is null; commit; end loop; end $$
job "coffer: forget contact requests" at 41 3 * * *: select public.forget_contact_requests()
job "coffer: seal the ledger" at */5 * * * *: do $$ declare v_last uuid; begin loop v_last := public.seal_ledger(v_last); exit when v_last is null; commit; end loop; end $$
job "coffer: write down expiries" at * * * * *: do $$ begin while public.expire_subscription_credits() > 0 loop commit; end loop; end $$
