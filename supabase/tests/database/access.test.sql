-- Every role and every object: whoever adds a table, a view, a sequence or a function lists it.
begin;
select plan(673);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create temp table relations (object text, anon text, authenticated text, service_role text);
insert into relations values
  ('billing.account_problems', '', '', 'select'),
  ('billing.account_settings', '', 'select', 'select'),
  ('billing.accounts', '', 'select', 'select'),
  ('billing.audit_log', '', '', 'select'),
  ('billing.audit_log_id_seq', '', '', ''),
  ('billing.auto_topups', '', 'select', 'select'),
  ('billing.bucket_problems', '', '', 'select'),
  ('billing.buckets', '', 'select', 'select'),
  ('billing.buckets_id_seq', '', '', ''),
  ('billing.cap_uses', '', '', 'select'),
  ('billing.catalog_keys', '', '', 'select'),
  ('billing.clawback_shares', '', '', 'select'),
  ('billing.clawbacks', '', 'select', 'select'),
  ('billing.code_claims', '', '', 'select'),
  ('billing.contact_requests', '', '', 'select'),
  ('billing.credit_transactions', '', 'select', 'select'),
  ('billing.customers', '', 'select', 'select'),
  ('billing.disputes', '', 'select', 'select'),
  ('billing.due_facts', '', '', 'select'),
  ('billing.entry_problems', '', '', 'select'),
  ('billing.entry_shares', '', '', 'select'),
  ('billing.event_tickets', '', '', ''),
  ('billing.findings', '', '', 'select'),
  ('billing.findings_id_seq', '', '', ''),
  ('billing.free_month_claims', '', '', 'select'),
  ('billing.holds', '', 'select', 'select'),
  ('billing.holds_by_key', '', '', ''),
  ('billing.ledger_lines', '', '', 'select'),
  ('billing.limit_guards', '', '', ''),
  ('billing.limited_tables', '', '', 'select'),
  ('billing.open_buckets', '', 'select', 'select'),
  ('billing.operation_options', '', '', 'select'),
  ('billing.operation_parameters', '', '', 'select'),
  ('billing.operation_prices', '', '', 'select'),
  ('billing.operations', '', '', 'select'),
  ('billing.owners', '', 'select', 'select'),
  ('billing.packs', 'select', 'select', 'select'),
  ('billing.payment_methods', '', 'select', 'select'),
  ('billing.payments', '', 'select', 'select'),
  ('billing.plan_caps', '', '', 'select'),
  ('billing.plan_entitlements', '', '', 'select'),
  ('billing.plans', 'select', 'select', 'select'),
  ('billing.price_periods', '', '', 'select'),
  ('billing.priced_plans', '', '', 'select'),
  ('billing.prices', 'select', 'select', 'select'),
  ('billing.promo_codes', '', '', 'select'),
  ('billing.provider_prices', '', '', 'select'),
  ('billing.provider_products', '', '', 'select'),
  ('billing.rate_limits', '', '', ''),
  ('billing.reconciliations', '', '', 'select'),
  ('billing.reconciliations_id_seq', '', '', ''),
  ('billing.refunds', '', 'select', 'select'),
  ('billing.replayed_buckets', '', '', 'select'),
  ('billing.returned_money', '', 'select', 'select'),
  ('billing.scheduled_items', '', 'select', 'select'),
  ('billing.seal_heads', '', '', 'select'),
  ('billing.seal_problems', '', '', 'select'),
  ('billing.seals', '', '', 'select'),
  ('billing.settings', '', '', 'select'),
  ('billing.stopped_buckets', '', '', 'select'),
  ('billing.stripe_events', '', '', 'select'),
  ('billing.subscription_add_ons', '', 'select', 'select'),
  ('billing.subscription_items', '', '', 'select'),
  ('billing.subscriptions', '', 'select', 'select'),
  ('billing.suspensions', '', 'select', 'select'),
  ('billing.topups', '', 'select', 'select'),
  ('billing.trial_claims', '', '', 'select'),
  ('billing.trials', '', 'select', 'select'),
  ('billing.unsettled_accounts', '', '', 'select'),
  ('billing.usage_days', '', 'select', 'select'),
  ('billing.usage_facts', '', '', 'select'),
  ('billing.usage_hours', '', 'select', 'select'),
  ('billing.usage_rollups', '', '', 'select'),
  ('billing.usage_totals', '', 'select', 'select');

-- Who may call: anyone (anon, authenticated, service_role), members (authenticated, service_role),
-- server (service_role), nobody (only who owns it), policies (anon and authenticated, inside one).
create temp table functions (callers text, object text);
insert into functions
select 'nobody', 'billing.' || unnest(array[
  'account_for', 'account_of', 'answer_hold', 'answer_taken', 'answer_to', 'apply', 'apply_again',
  'apply_waiting', 'audit', 'audit_change', 'awaits_pack', 'bound_currency', 'brought_credits',
  'caller_scope', 'cap_window_at', 'caps_of', 'capture_in_order', 'capture_of', 'carry_trial',
  'changeable_subscription', 'charge_inserted_rows', 'charge_on_insert', 'charge_row',
  'check_alive', 'check_amount', 'check_caller', 'check_cost', 'check_grant', 'check_grantable',
  'check_is_owner', 'check_key', 'check_limit', 'check_named', 'check_offer', 'check_open',
  'check_open_holds', 'check_own_table', 'check_owner', 'check_refund', 'check_topup', 'check_ttl',
  'check_units', 'check_wanted', 'claim_cards', 'claim_date', 'claim_free_month', 'claim_topup',
  'claim_trial', 'claimable_credits', 'clawback_key', 'close_event', 'close_findings', 'compare',
  'consume', 'count_rows', 'count_use', 'currency_of', 'custom_offer', 'custom_plan_key', 'day_of',
  'derive_bucket', 'describe_lines', 'digest_of', 'due_suspension', 'end_hold', 'enter',
  'enter_all', 'find_claim', 'find_grant', 'find_hold', 'find_payment', 'first_charge_at', 'fix',
  'follow_payment', 'forget_contact', 'forget_facts', 'forget_usage', 'forget_words',
  'freeze_share', 'freeze_subscription', 'give_back_use', 'grant_credits', 'grant_invoice_line',
  'grant_pack', 'grant_trial', 'grants_of', 'has_failed', 'has_lapsed', 'has_live_subscription',
  'has_open_subscription', 'has_plan', 'held_after', 'holdings', 'impersonal', 'import_balances',
  'import_problems', 'import_proof', 'import_rows', 'import_state', 'invoice_credits', 'is_client',
  'is_erased', 'is_of_concern', 'is_offered', 'is_open', 'is_paid', 'is_settled', 'is_short',
  'is_told', 'is_under_way', 'join_suspension', 'kind_of_difference', 'known', 'known_cards',
  'lapsed_credits', 'later', 'limit_inserted_rows', 'limit_moved_row', 'limit_rows', 'limits_of',
  'line_credits', 'line_grants', 'line_months', 'line_period', 'line_share', 'map_customer',
  'match_email', 'months_before', 'months_claimable', 'months_of', 'move_trial',
  'move_trial_credits', 'needs_confirmation', 'next_topup', 'not_ours', 'now', 'open_account',
  'open_finding', 'open_subscription', 'pay_debt', 'pay_debts', 'payment_key_of',
  'payment_method_of', 'payment_of', 'payment_of_invoice', 'payment_of_session', 'period_bounds',
  'person_of', 'plan_change', 'plan_expiry', 'plan_item', 'plan_limit', 'plan_of', 'plan_to_try',
  'post', 'post_adjustment', 'post_capture', 'post_due', 'post_transfer', 'price_operation',
  'price_params', 'price_parts', 'primary_key_as_text', 'priority_of', 'problem_beside_others',
  'problem_with', 'problem_with_charge', 'problem_with_invoice', 'problem_with_items',
  'problem_with_line', 'problem_with_payment_intent', 'problem_with_price', 'problem_with_return',
  'problem_with_session', 'problem_with_subscription', 'prorated_cents', 'publish_custom_plan',
  'range_steps', 'receive_shares', 'refund_rule_of', 'refundable_cents',
  'refuse_change_of_published', 'refuse_ledger_edit', 'rehearse', 'replay', 'return_claim',
  'return_shares', 'return_to_hand', 'returned_shares', 'reversed_credits', 'revive', 'roll_over',
  'roll_up', 'rollover_cap', 'rows_of', 'runs_out', 'say_difference', 'seal_account', 'seal_of',
  'set_aside', 'set_aside_in_order', 'set_claim', 'set_standing', 'settle', 'shares_back',
  'shares_for', 'spread', 'start_clock', 'start_grant', 'stop_clock', 'sum_usage', 'suspend',
  'switch_live', 'take_claim', 'take_contact_turn', 'take_event', 'take_in_hand', 'take_in_order',
  'take_many_from_hand', 'take_up_topup', 'taken_shares', 'tell_pages', 'thaw', 'thaw_claims',
  'title', 'topped_up_cents', 'topup_breaker', 'topup_went_back', 'trial_expiry', 'trial_key',
  'trial_of', 'trial_refusal', 'trials_of', 'turn_of', 'unused_credits', 'usage_cuts',
  'usage_range', 'void_grants', 'wanted_items', 'way_out', 'with_customer', 'withhold',
  'write_charge', 'write_customer', 'write_dispute', 'write_invoice', 'write_items', 'write_object',
  'write_payment', 'write_payment_intent', 'write_payment_method', 'write_price', 'write_product',
  'write_refund', 'write_session', 'write_subscription'])
union all select 'policies', 'billing.' || unnest(array[
  'is_member', 'may_listen'])
union all select 'server', 'billing.' || unnest(array[
  'verify_account', 'verify_all', 'verify_heads', 'verify_seals'])
union all select 'members', 'billing.' || unnest(array[
  'adjust_credits', 'bought_credits', 'consume_credits', 'create_code', 'default_payment_method',
  'entries_before', 'explain_entry', 'extend_expiry', 'extend_trial', 'freeze_credits',
  'get_auto_topup', 'get_billing_overview', 'get_contact_requests', 'get_credit_estimates',
  'get_credit_forecast', 'get_credit_history', 'get_currency', 'get_findings', 'get_limits',
  'get_live', 'get_payments', 'get_period_usage', 'get_second_plans', 'get_stripe_events',
  'get_subscription', 'get_topup_notices', 'get_trials', 'get_usage_comparison', 'get_usage_hours',
  'get_usage_summary', 'has_open_dispute', 'is_disputed', 'is_live', 'is_lost', 'is_returned',
  'lasts', 'limit_of', 'offer_custom_plan', 'place_hold', 'propose_refund', 'quote_credits',
  'redeem_code', 'reopen_event', 'returned_cents', 'set_auto_topup', 'set_currency', 'start_refund',
  'start_trial', 'touch', 'unfreeze_credits', 'void_grant', 'withdraw_custom_plan'])
union all select 'anyone', 'billing.' || unnest(array[
  'get_comparison', 'get_operation', 'whole_units'])
union all select 'anyone', 'public.' || unnest(array[
  'get_comparison', 'get_operation', 'get_packs', 'get_plans'])
union all select 'members', 'public.' || unnest(array[
  'adjust_credits', 'balance_at', 'consume_credits', 'create_code', 'explain_entry',
  'extend_expiry', 'extend_trial', 'freeze_credits', 'get_auto_topup', 'get_billing_overview',
  'get_contact_requests', 'get_credit_estimates', 'get_credit_forecast', 'get_credit_history',
  'get_currency', 'get_findings', 'get_limits', 'get_live', 'get_notices', 'get_payment_methods',
  'get_payments', 'get_period_usage', 'get_stripe_events', 'get_subscription', 'get_topups',
  'get_usage_comparison', 'get_usage_hours', 'get_usage_summary', 'get_user_credits',
  'has_entitlement', 'limit_of', 'offer_custom_plan', 'place_hold', 'propose_refund',
  'quote_credits', 'redeem_code', 'reopen_event', 'set_auto_topup', 'set_currency', 'start_refund',
  'start_trial', 'unfreeze_credits', 'void_grant', 'withdraw_custom_plan'])
union all select 'server', 'public.' || unnest(array[
  'add_credits_atomic', 'advance_reconciliation', 'answer_topup', 'apply_object', 'apply_parked',
  'begin_event', 'begin_reconciliation', 'cancel_claw_back', 'capture_hold', 'claim_topups',
  'claw_back_credits', 'compare_events', 'compare_object', 'deduct_credits_atomic', 'deduct_many',
  'dispute_credits', 'erase_account', 'expire_subscription_credits', 'extend_hold', 'fix_finding',
  'forget_contact_requests', 'get_customer', 'get_known_objects', 'get_published_catalog',
  'grant_credits', 'hold_credits_atomic', 'ignore_event', 'link_customer', 'match_customer',
  'match_price', 'prepare_checkout', 'prepare_plan_change', 'preview_credits',
  'record_event_failure', 'release_hold', 'request_contact', 'reverse_deduction', 'roll_up_usage',
  'seal_ledger', 'take_turn', 'transfer_credits']);

create temp view actual_relations as
select c.oid, c.relkind, c.relnamespace::regnamespace || '.' || c.relname as object
from pg_class c
where c.relnamespace in ('billing'::regnamespace, 'public'::regnamespace)
  and c.relkind not in ('i', 'I', 'c', 't')
  and not exists (select from pg_depend d
    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e');
create temp view actual_functions as
select p.oid, p.pronamespace::regnamespace || '.' || p.proname as object
from pg_proc p
where p.pronamespace in ('billing'::regnamespace, 'public'::regnamespace)
  and not exists (select from pg_depend d
    where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e');
create function pg_temp.granted(role text, object text) returns text language sql as $$
  select string_agg(p, ', ')
    filter (where case when r.relkind = 'S' then has_sequence_privilege(role, r.oid, p)
      when p in ('delete', 'truncate', 'trigger') then has_table_privilege(role, r.oid, p)
      else has_any_column_privilege(role, r.oid, p) end)
  from actual_relations r
  cross join lateral unnest(case when r.relkind = 'S' then array['select', 'usage', 'update']
    else array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'] end) p
  where r.object = granted.object group by r.oid
$$;
create function pg_temp.callers(object text) returns text language sql as $$
  select case string_agg(r, ', ') filter (where has_function_privilege(r, f.oid, 'execute'))
    when 'anon, authenticated, service_role' then 'anyone'
    when 'authenticated, service_role' then 'members'
    when 'service_role' then 'server' when 'anon, authenticated' then 'policies' else 'nobody' end
  from actual_functions f
  cross join unnest(array['anon', 'authenticated', 'service_role']) r
  where f.object = callers.object group by f.oid
$$;
-- What an actor gets: 'done', or the code of the refusal.
create function pg_temp.tries(role text, name text, call text) returns text language plpgsql as $$
begin
  perform pg_temp.act_as(role, name);
  begin
    execute call;
  exception when others then
    perform pg_temp.act_as('postgres');
    return sqlstate;
  end;
  perform pg_temp.act_as('postgres');
  return 'done';
end $$;
-- Whose rows an actor sees.
create function pg_temp.sees(role text, name text, object text, account text) returns text
language plpgsql as $$
declare
  v_names text;
begin
  perform pg_temp.act_as(role, name);
  begin
    execute format('select string_agg(distinct n, '', '' order by n)
      from %s o join unnest(array[''ada'', ''bob'']) n
      on pg_temp.id(n) = o.%I', object, account) into v_names;
  exception when insufficient_privilege then
    v_names := 'denied';
  end;
  perform pg_temp.act_as('postgres');
  return coalesce(v_names, 'nobody');
end $$;

update billing.plans set is_sold = false;
insert into billing.plans (
  key, version, name, description, position, credits_per_month, trial_days, trial_credits
) values ('t_pro', 1, 'T Pro', '', 1, 1000, 14, 10);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 2999);
insert into billing.operations (key, name) values ('t_draw', 'Drawing');
insert into billing.operation_prices (operation, version, base_credits) values ('t_draw', 1, 1);
select pg_temp.sign_up('ada', 'bob', 'eve');
insert into billing.owners (user_id) values (pg_temp.id('ada')), (pg_temp.id('bob'));
select from unnest(array['ada', 'bob']) name, start_trial(pg_temp.id(name));
select from unnest(array['ada', 'bob']) name,
  add_credits_atomic(pg_temp.id(name), 100, 'permanent', 'pack') granted,
  link_customer(pg_temp.id(name), 'cus_' || name) linked,
  apply_object('subscription', 'evt_s_' || name, 'x', '2026-03-01', null, 'sha', 1,
    jsonb_build_object(
    'id', 'sub_' || name, 'status', 'active', 'customer', 'cus_' || name, 'created', '2026-03-01',
    'items', '[{"id": "si_1", "price": "t_pro_month@1", "quantity": 1, "period_start": "2026-03-01",
      "period_end": "2026-04-01"}]'::jsonb)) subscribed,
  apply_object('subscription', 'evt_p_' || name, 'x', '2026-03-01', null, 'sha', 1,
    jsonb_build_object(
    'id', 'old_' || name, 'status', 'paused', 'customer', 'cus_' || name, 'created', '2026-02-01',
    'paused_at', '2026-03-01',
    'items', '[{"id": "si_1", "price": "t_pro_month@1", "quantity": 1, "period_start": "2026-02-01",
      "period_end": "2026-03-01"}]'::jsonb)) paused,
  apply_object('payment_method', 'evt_m_' || name, 'x', '2026-03-01', null, 'sha', 1,
    jsonb_build_object('id', 'pm_' || name, 'customer', 'cus_' || name, 'type', 'card',
      'is_attached', true)) attached,
  apply_object('invoice', 'evt_i_' || name, 'x', '2026-03-01', null, 'sha', 1, jsonb_build_object(
    'id', 'in_' || name, 'status', 'paid', 'customer', 'cus_' || name,
    'payment_intent', 'pi_' || name,
    'subscription', 'sub_' || name, 'total', 2999, 'currency', 'usd', 'created', '2026-03-01',
    'lines', '[{"id": "il", "amount": 2999, "quantity": 1, "price": "t_pro_month@1",
      "proration": false, "period_start": "2026-03-01", "period_end": "2026-04-01"}]'::jsonb)) paid,
  apply_object('refund', 'evt_r_' || name, 'x', '2026-03-01', null, 'sha', 1, jsonb_build_object(
    'id', 'rf_' || name, 'status', 'succeeded', 'customer', 'cus_' || name, 'currency', 'usd',
    'payment_intent', 'pi_' || name, 'amount', 1, 'created', '2026-03-01')) gone,
  apply_object('dispute', 'evt_d_' || name, 'x', '2026-03-01', null, 'sha', 1, jsonb_build_object(
    'id', 'dp_' || name, 'status', 'won', 'customer', 'cus_' || name, 'currency', 'usd',
    'payment_intent', 'pi_' || name, 'amount', 1, 'created', '2026-03-01')) won,
  claw_back_credits(pg_temp.id(name), 're_' || name, 'invoice:in_' || name, 1, 2999) refunded;

-- Baseline
select is_empty(
  'select object from actual_relations except select object from relations',
  'access: every table, view and sequence is listed');
select is_empty(
  'select object from actual_functions except select object from functions',
  'access: every function is listed');
select is_empty(
  'select object from actual_functions group by object having count(*) > 1',
  'access: no function has two signatures, so that a name says which is meant');
select is(
  array[pg_temp.granted('anon', object), pg_temp.granted('authenticated', object),
    pg_temp.granted('service_role', object)],
  array[nullif(anon, ''), nullif(authenticated, ''), nullif(service_role, '')],
  format('access: %s: anon %s, authenticated %s, service_role %s', object,
    coalesce(nullif(anon, ''), 'nothing'), coalesce(nullif(authenticated, ''), 'nothing'),
    coalesce(nullif(service_role, ''), 'nothing')))
from relations order by object;
select is(pg_temp.callers(object), callers, format('access: %s is for %s', object, callers))
from functions order by object;

-- Allowed and refused: rows
select is(
  pg_temp.sees(role, name, object, account), expected,
  format('access: %s sees in %s the rows of %s', actor, object, expected))
from (values ('billing.accounts', 'id'), ('billing.buckets', 'account_id'),
    ('billing.clawbacks', 'account_id'), ('billing.disputes', 'account_id'),
    ('billing.refunds', 'account_id'), ('billing.credit_transactions', 'account_id'),
    ('billing.customers', 'account_id'),
    ('billing.open_buckets', 'account_id'), ('billing.owners', 'user_id'),
    ('billing.payments', 'account_id'), ('billing.subscriptions', 'account_id'),
    ('billing.trials', 'account_id')
  ) o (object, account),
  (values ('anon', 'anon', null, 'denied'), ('a member', 'authenticated', 'ada', 'ada'),
    ('another member', 'authenticated', 'eve', 'nobody'),
    ('nobody signed in', 'authenticated', null, 'nobody'),
    ('service_role', 'service_role', null, 'ada, bob')) a (actor, role, name, expected);

-- Allowed and refused: calls that concern an account
select is(
  pg_temp.tries(role, name, replace(call, '$1', format('%L::uuid', pg_temp.id('ada')))), expected,
  format('access: %s: %s is %s', replace(call, '$1', 'ada'), actor, expected))
from (values
    ('select get_user_credits($1)'), ('select get_credit_history($1)'), ('select get_payments($1)'),
    ('select get_limits($1)'), ('select billing.get_limits($1)'),
    ('select get_billing_overview($1)'), ('select billing.get_billing_overview($1)'),
    ('select quote_credits(''t_draw'', ''{}'', $1)'),
    ('select billing.quote_credits(''t_draw'', ''{}'', $1)'),
    ('select consume_credits(''t_draw'', ''{}'', ''k1'', $1)'),
    ('select billing.consume_credits(''t_draw'', ''{}'', ''k2'', $1, null)'),
    ('select start_trial($1)'), ('select billing.start_trial($1)'),
    ('select get_notices($1)'), ('select billing.get_trials($1)'),
    ('select redeem_code(''none'', $1)'), ('select billing.redeem_code(''none'', $1)'),
    ('select billing.get_credit_history($1, null, null, null, null, null, null, null, null, null, '
      'null)'),
    ('select balance_at($1, ''2026-03-01'')'), ('select explain_entry($1, 1)'),
    ('select billing.explain_entry($1, 1)'), ('select get_usage_summary($1)'),
    ('select billing.get_usage_summary($1, null, null, ''{}'')'),
    ('select get_credit_forecast($1)'), ('select billing.get_credit_forecast($1)'),
    ('select billing.touch($1)')) c (call),
  (values ('anon', 'anon', null, '42501'), ('a member', 'authenticated', 'ada', 'done'),
    ('another member', 'authenticated', 'eve', 'LCACC'),
    ('nobody signed in', 'authenticated', null, 'LCACC'),
    ('service_role', 'service_role', null, 'done')) a (actor, role, name, expected);

select * from finish();
rollback;
