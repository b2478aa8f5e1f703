begin;
select plan(13);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir fixtures/plans.psql
\ir fixtures/trial.psql

create function pg_temp.overview(name text) returns text language sql as $$
  select concat_ws(', ', case when has_active_plan then 'plan' else 'no plan' end, o.plan_key,
    status, o.lookup_key, 'until ' || to_char(current_period_end, 'MM-DD'),
    'trial ends ' || to_char(trial_ends_at, 'MM-DD') || ', ' || trial_days_left || ' left',
    'brings ' || trial_credits, 'first charge ' || to_char(first_charge_at, 'MM-DD'),
    case when can_top_up then 'may top up' end, case when can_start_trial then 'may try' end)
  from get_billing_overview(pg_temp.id(name)) o
$$;

insert into billing.plans (key, version, name, description, position, credits_per_month, is_add_on)
values ('t_more', 1, 'T More', '', 4, 50, true);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_more_month@1', 't_more_month', 't_more', 1, 'month', 500);
select pg_temp.sign_up('ada', 'bob', 'cy');

-- Baseline
select results_eq(
  $$select has_active_plan, plan_key, status, price_cents, can_top_up, has_customer,
      free_credits_per_month, next_free_credits_at
    from get_billing_overview(pg_temp.id('nobody'))$$,
  $$values (false, null, null, null::bigint, true, false, 100::bigint, null::timestamptz)$$,
  'overview: is one row, also for an id that has nothing');

-- Allowed
select from link_customer(pg_temp.id('ada'), 'cus_ada');
select pg_temp.subscribe('ada', 'past_due', 1, 't_pro_month@1');
select pg_temp.act_as('authenticated', 'ada');
select results_eq(
  $$select has_active_plan, plan_key, plan_name, status, lookup_key, billing_interval, price_cents,
      currency, credits_per_month, current_period_end, cancel_at, can_top_up, has_customer
    from get_billing_overview()$$,
  $$values (true, 't_pro', 'T Pro', 'past_due', 't_pro_month', 'month', 1999::bigint, 'usd',
    1000::bigint, '2026-03-10'::timestamptz, '2026-03-10'::timestamptz, true, true)$$,
  'overview: a member sees the version bought, though it is no longer sold');
select pg_temp.act_as('postgres');
select pg_temp.subscribe('ada', 'active', 2, 't_pro_month@1', jsonb_build_object('items',
  jsonb_build_array(
    jsonb_build_object('id', 'si', 'price', 't_pro_month@1', 'quantity', 3,
      'period_start', '2026-02-10', 'period_end', '2026-03-10'),
    jsonb_build_object('id', 'si_2', 'price', 't_more_month@1', 'quantity', 2,
      'period_start', '2026-02-10', 'period_end', '2026-03-10'))));
select results_eq(
  $$select plan_key, lookup_key, price_cents, credits_per_month
    from get_billing_overview(pg_temp.id('ada'))$$,
  $$values ('t_pro', 't_pro_month', 6997::bigint, 3100::bigint)$$,
  'overview: price and credits are those of all seats and add-ons');
select pg_temp.subscribe('ada', 'canceled', 3, 't_pro_month@1');
select results_eq(
  $$select has_active_plan, plan_key, status, next_free_credits_at
    from get_billing_overview(pg_temp.id('ada'))$$,
  $$values (false, 't_pro', 'canceled', '2026-04-01'::timestamptz)$$,
  'overview: a plan that has ended is told by its status, and when free credits come');
update billing.packs set is_sold = false where key = 't_open@1';
select is(
  (select can_top_up from get_billing_overview(pg_temp.id('ada'))), false,
  'overview: packs are locked without a plan, where every pack needs one');

-- Trials
set local test.now to '2026-03-01';
select is(pg_temp.overview('bob'), 'no plan, may try',
  'overview: who may start a trial is told so');
select from start_trial(pg_temp.id('bob'));
select is(pg_temp.overview('bob'),
  'plan, t_try, trialing, until 03-15, trial ends 03-15, 14 left, brings 500, '
    || 'first charge 03-15, may top up',
  'overview: a trial is a plan without a price, and unlocks packs');
select pg_temp.subscribe('bob', 'trialing', 10, 't_pro_month@2', '{"cancel_at": null,
  "trial_start": "2026-03-01", "trial_end": "2026-03-15"}');
select is(pg_temp.overview('bob'), 'plan, t_pro, trialing, t_pro_month, until 03-10, '
  || 'trial ends 03-15, 14 left, first charge 03-15, may top up',
  'overview: a plan that is bought meanwhile is shown, with the end of the trial');
select pg_temp.subscribe('bob', 'canceled', 11, 't_pro_month@2', '{"ended_at": "2026-03-01",
  "trial_start": "2026-03-01", "trial_end": "2026-03-15"}');
set local test.now to '2026-03-13';
select is(pg_temp.overview('bob'),
  'plan, t_try, trialing, until 03-15, trial ends 03-15, 2 left, brings 500, may top up',
  'overview: once that is cancelled the trial is, and with two days left a charge is at once');
set local test.now to '2026-03-15';
select is(pg_temp.overview('bob'), 'no plan, t_pro, canceled, t_pro_month, until 03-10',
  'overview: at its end nothing of it is left');
select from erase_account(pg_temp.id('cy'), 'asked for it');
select results_eq(
  $$select is_erased, can_start_trial from get_billing_overview(pg_temp.id('cy'))
    union all select is_erased, null from get_billing_overview(pg_temp.id('bob'))$$,
  $$values (true, false), (false, null)$$,
  'overview: an erased account is told so, and not that it may start one');

-- Refused
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select get_billing_overview(pg_temp.id('bob'))$$, 'LCACC', 'this account is not yours',
  'overview: another''s account');
select throws_ok(
  $$select billing.get_billing_overview(pg_temp.id('bob'))$$, 'LCACC', 'this account is not yours',
  'overview: another''s account, not by the definer either');

select * from finish();
rollback;
