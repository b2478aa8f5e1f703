begin;
select plan(29);

\ir fixtures/helpers.psql
set local test.now to '2026-03-16 12:00:00.5';

update billing.plans set is_sold = false;
update billing.prices set is_sold = false;
insert into billing.plans (
  key, version, name, description, position, credits_per_month, max_quantity, is_add_on, is_sold,
  offered_to)
values ('t_small', 1, 'T Small', '', 1, 300, 1, false, true, null),
  ('t_team', 1, 'T Team', '', 2, 1000, 3, false, false, null),
  ('t_team', 2, 'T Team', '', 2, 900, 3, false, true, null),
  ('t_more', 1, 'T More', '', 3, 100, 5, true, true, null),
  ('t_deal', 1, 'T Deal', '', 3, 9900, 1, false, true, null),
  ('t_help', 1, 'T Help', '', 3, 0, 1, true, true, null),
  ('t_ada', 1, 'T Ada', '', 4, 9000, 1, false, true, pg_temp.id('ada')),
  ('t_bob', 1, 'T Bob', '', 4, 9000, 1, false, true, pg_temp.id('bob'));
insert into billing.prices (
  key, lookup_key, plan_key, plan_version, billing_interval, price_cents, currency, is_sold)
values ('t_small_month@1', 't_small_month', 't_small', 1, 'month', 1000, 'usd', true),
  ('t_small_month_eur@1', 't_small_month_eur', 't_small', 1, 'month', 1000, 'eur', true),
  ('t_small_year@1', 't_small_year', 't_small', 1, 'year', 10200, 'usd', true),
  ('t_team_month@1', 't_team_month', 't_team', 1, 'month', 3000, 'usd', false),
  ('t_team_month@2', 't_team_month', 't_team', 2, 'month', 3500, 'usd', true),
  ('t_team_year@2', 't_team_year', 't_team', 2, 'year', 35700, 'usd', true),
  ('t_more_month@1', 't_more_month', 't_more', 1, 'month', 500, 'usd', true),
  ('t_more_year@1', 't_more_year', 't_more', 1, 'year', 5100, 'usd', true),
  ('t_deal_month@1', 't_deal_month', 't_deal', 1, 'month', 900, 'usd', true),
  ('t_help_month@1', 't_help_month', 't_help', 1, 'month', 9000, 'usd', true),
  ('t_ada_month@1', 't_ada_month', 't_ada', 1, 'month', 9000, 'usd', true),
  ('t_bob_month@1', 't_bob_month', 't_bob', 1, 'month', 9000, 'usd', true);

-- Somebody's plan, with add-ons beside it.
create function pg_temp.has(
  name text, ticket bigint, plan text, seats integer default 1, more integer default 0,
  other jsonb default '{}', starts timestamptz default '2026-03-01',
  ends timestamptz default '2026-04-01'
) returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('subscription', 'evt_' || ticket,
    'customer.subscription.updated', billing.now(), null, 'sha', ticket,
    jsonb_build_object('id', 'sub_' || name, 'status', 'active', 'customer', 'cus_' || name,
      'account_id', pg_temp.id(name), 'created', '2026-03-01', 'items', (
        select jsonb_agg(jsonb_build_object('id', 'si_' || n, 'price', n, 'quantity', q,
          'period_start', starts, 'period_end', ends))
        from (values (plan, seats), (split_part(plan, '_', 1) || '_more_' || case
          when plan ~ 'year' then 'year@1' else 'month@1' end, more)) i (n, q)
        where q > 0)) || other)
$$;
create function pg_temp.prepare(
  name text, plan text, seats integer default 1, add_ons text[] default '{}',
  quantities integer[] default '{}'
) returns setof text language sql as $$
  select format('%s: %s x %s, was %s x %s', happens, price_key, quantity, price_key_now,
    quantity_now)
  from prepare_plan_change(pg_temp.id(name), plan, seats, add_ons, quantities)
$$;
create function pg_temp.when(
  name text, plan text, seats integer default 1, add_ons text[] default '{}',
  quantities integer[] default '{}'
) returns text language sql as $$
  select distinct happens from prepare_plan_change(pg_temp.id(name), plan, seats, add_ons,
    quantities)
$$;
select pg_temp.sign_up('ada', 'bob', 'cy', 'dee');
select pg_temp.has('ada', 1, 't_team_month@1', 2, 1);

-- Allowed
select results_eq($$select pg_temp.prepare('ada', 't_team_month', 3, '{t_more_month}', '{1}')$$,
  array['now: t_team_month@1 x 3, was t_team_month@1 x 2',
    'now: t_more_month@1 x 1, was t_more_month@1 x 1'],
  'change: who stays with a plan keeps the version bought, for further seats, too');
select results_eq($$select pg_temp.prepare('ada', 't_ada_month', 1)$$,
  array['now: t_ada_month@1 x 1, was t_team_month@1 x 2',
    'now: t_more_month@1 x 0, was t_more_month@1 x 1'],
  'change: the whole is wished for, what is not named goes, and a custom plan is for its account');
select results_eq($$select pg_temp.prepare('ada', 't_small_month', 1, '{t_more_month}', '{5}')$$,
  array['period_end: t_small_month@1 x 1, was t_team_month@1 x 2',
    'period_end: t_more_month@1 x 5, was t_more_month@1 x 1'],
  'change: what costs less in all waits for the end of the period');
select is(pg_temp.when('ada', 't_team_month', 2, '{t_more_month}', '{1}'), 'nothing',
  'change: to what is there');
select is(pg_temp.when('ada', 't_team_year', 1), 'now',
  'change: a year whose bill is larger is now');
select is(pg_temp.when('ada', 't_small_year', 1), 'now',
  'change: also where a month of it costs less than now');
select is(pg_temp.when('ada', 't_deal_month', 1), 'period_end',
  'change: what costs less waits, whatever it brings: it was paid for');
select is(pg_temp.when('ada', 't_small_month', 1, '{t_help_month}', '{1}'), 'period_end',
  'change: what costs as much and brings fewer credits waits, else going back would bring more');
select results_eq(
  $$select distinct subscription_id, as_of, starts_at, next_charge_at, credits_per_month
    from prepare_plan_change(pg_temp.id('ada'), 't_team_year', 1, '{t_more_year}', '{2}')$$,
  $$values ('sub_ada', '2026-03-16 12:00:00'::timestamptz, '2026-03-16 12:00:00'::timestamptz,
    '2027-03-16 12:00:00'::timestamptz, 1100::bigint)$$,
  'change: of the interval begins a period, at a whole second');
select results_eq(
  $$select distinct starts_at, next_charge_at
    from prepare_plan_change(pg_temp.id('ada'), 't_small_month', 1, '{}', '{}')$$,
  $$values ('2026-04-01'::timestamptz, '2026-04-01'::timestamptz)$$,
  'change: what waits begins with the next period');
select pg_temp.has('ada', 2, 't_small_year@1', 1, 0, '{}', '2026-03-01', '2027-03-01');
select is(pg_temp.when('ada', 't_team_month'), 'period_end',
  'change: from a year to a month waits, though a month of it costs more: the year is paid');
select pg_temp.has('ada', 3, 't_team_month@2', 1, 0, '{"scheduled": {"at": "2026-04-01",
  "items": [{"price": "t_small_month@1", "quantity": 1}]}}');
select is(pg_temp.when('ada', 't_small_month'), 'nothing', 'change: to what waits already');
select is(pg_temp.when('ada', 't_team_month'), 'now', 'change: back to what is there is now');
select pg_temp.has('cy', 4, 't_team_month@2', 1, 1, '{"status": "trialing",
  "trial_start": "2026-03-01", "trial_end": "2026-04-01"}');
select results_eq(
  $$select distinct happens, is_trialing, next_charge_at
    from prepare_plan_change(pg_temp.id('cy'), 't_small_year', 1, '{}', '{}')$$,
  $$values ('now', true, '2026-04-01'::timestamptz)$$,
  'change: while Stripe''s trial runs all is now, and charged at its end');
select is(
  (select count(distinct state) from (
    select state from prepare_plan_change(pg_temp.id('ada'), 't_team_month', 1, '{}', '{}')
    union all
    select state from prepare_plan_change(pg_temp.id('ada'), 't_team_month', 2, '{}', '{}')) s),
  2::bigint, 'change: what is asked for is a part of the state');

-- Refused
select is_empty($$select pg_temp.prepare('ada', 't_bob_month')$$,
  'change: what is offered to another account is not to be had');
select is_empty($$select pg_temp.prepare('ada', 't_nothing')$$, 'change: nor what does not exist');
select is_empty($$select pg_temp.prepare('ada', 't_more_month')$$, 'change: an add-on is no plan');
select is_empty($$select pg_temp.prepare('ada', 't_team_month', 1, '{t_small_month}', '{1}')$$,
  'change: and a plan no add-on');
select throws_ok($$select pg_temp.prepare('ada', 't_team_month', 4)$$, 'LCLIM',
  'there are no more of it to be had', 'change: more seats than there are');
select throws_ok($$select pg_temp.prepare('ada', 't_small_month_eur')$$, 'LCOPR',
  'these do not go together', 'change: the currency stays');
select throws_ok($$select pg_temp.prepare('ada', 't_team_month', 1, '{t_more_year}', '{1}')$$,
  'LCOPR', 'these do not go together', 'change: an add-on has the interval of its plan');
select throws_ok($$select pg_temp.prepare('ada', 't_team_month', 1, '{t_more_month}', '{}')$$,
  'LCOPR', 'these do not go together', 'change: each add-on says how many');
select throws_ok($$select pg_temp.prepare('dee', 't_team_month')$$, 'LCPLN',
  'there is no plan to change', 'change: who has none buys one');
select pg_temp.has('ada', 10, 't_team_month@2', 1, 0, '{"status": "past_due"}');
select throws_ok($$select pg_temp.prepare('ada', 't_small_month')$$, 'LCDUE',
  'something else about the plan comes first', 'change: what is due is paid first');
select pg_temp.has('ada', 20, 't_team_month@2', 1, 0, '{"cancel_at": "2026-04-01"}');
select throws_ok($$select pg_temp.prepare('ada', 't_small_month')$$, 'LCDUE',
  'something else about the plan comes first', 'change: a cancelled plan is resumed first');

-- What it would bring
select results_eq(
  $$select * from preview_credits('{"total": 1000, "currency": "usd", "lines": [
    {"id": "il_1", "amount": -500, "quantity": 1, "price": "t_small_month@1", "proration": true,
      "period_start": "2026-03-16 12:00+00", "period_end": "2026-04-01"},
    {"id": "il_2", "amount": 1750, "quantity": 1, "price": "t_team_month@2", "proration": true,
      "period_start": "2026-03-16 12:00+00", "period_end": "2026-04-01"}]}')$$,
  $$values (300::bigint, 0::bigint, null::text)$$,
  'preview: the difference for what is left of the month');
select results_eq(
  $$select * from preview_credits('{"total": 10200, "currency": "usd", "lines": [
    {"id": "il_1", "amount": 10200, "quantity": 1, "price": "t_small_year@1", "proration": false,
      "period_start": "2026-03-16", "period_end": "2027-03-16"}]}')$$,
  $$values (300::bigint, 3300::bigint, null::text)$$, 'preview: of a year one month is now');
select is(
  (select problem from preview_credits('{"total": -1, "currency": "usd", "lines": []}')),
  'the total of -1 usd is below zero', 'preview: what would be parked brings nothing');

select * from finish();
rollback;
