begin;
select plan(27);

\ir fixtures/helpers.psql
set local test.now to '2026-02-01';

-- The two rows, in words.
create function pg_temp.forecast(name text) returns setof text language sql as $$
  select format('%s: %s, %s a day, %s days, %s, %s lost', f.days, f.used_credits, f.credits_per_day,
    coalesce(f.days_left::text, 'no'), coalesce(to_char(f.runs_out_at, 'MM-DD HH24:MI'), 'never'),
    f.lost_credits)
  from get_credit_forecast(pg_temp.id(name)) f
$$;
-- At some pace, whatever has been used.
create function pg_temp.runs_out(name text, credits_per_day numeric) returns text language sql as $$
  select format('%s, %s lost', coalesce(to_char(r.at, 'MM-DD HH24:MI'), 'never'), r.lost_credits)
  from billing.runs_out(pg_temp.id(name), billing.now(), credits_per_day) r
$$;

-- Baseline
select results_eq(
  $$select pg_temp.forecast('nobody')$$,
  array['7: 0, 0.00 a day, 0 days, 02-01 00:00, 0 lost',
    '30: 0, 0.00 a day, 0 days, 02-01 00:00, 0 lost'],
  'forecast: who has nothing has run out');

-- The pace
select from add_credits_atomic(pg_temp.id('ada'), 1000, 'permanent', 'pack');
select results_eq(
  $$select pg_temp.forecast('ada')$$,
  array['7: 0, 0.00 a day, no days, never, 0 lost', '30: 0, 0.00 a day, no days, never, 0 lost'],
  'forecast: permanent credits that nobody uses last for ever');
set local test.now to '2026-02-01 06:00';
select from deduct_credits_atomic(pg_temp.id('ada'), 100, 'a');
select results_eq(
  $$select pg_temp.forecast('ada')$$,
  array['7: 100, 100.00 a day, 9 days, 02-10 06:00, 0 lost',
    '30: 100, 100.00 a day, 9 days, 02-10 06:00, 0 lost'],
  'forecast: on the first day a day counts as whole');
set local test.now to '2026-02-05';
select results_eq(
  $$select pg_temp.forecast('ada')$$,
  array['7: 100, 25.00 a day, 36 days, 03-13 00:00, 0 lost',
    '30: 100, 25.00 a day, 36 days, 03-13 00:00, 0 lost'],
  'forecast: of a young account, the days that it has');
set local test.now to '2026-03-03 06:00';
select from deduct_credits_atomic(pg_temp.id('ada'), 200, 'b');
select from hold_credits_atomic(pg_temp.id('ada'), 50, 'c');
select results_eq(
  $$select pg_temp.forecast('ada')$$,
  array['7: 200, 28.57 a day, 22 days, 03-26 00:01, 0 lost',
    '30: 300, 10.00 a day, 65 days, 05-07 06:00, 0 lost'],
  'forecast: by the last 7 and the last 30 days, of what is left beside what is held');
select from roll_up_usage();
set local test.now to '2026-03-03 06:00:00.000001';
select is(
  (select used_credits from get_credit_forecast(pg_temp.id('ada')) where days = 30), 200::bigint,
  'forecast: those days to the microsecond, whether or not the job has run');
select from reverse_deduction(pg_temp.id('ada'), 'b', 'failed');
select from reverse_deduction(pg_temp.id('ada'), 'a', 'failed');
select is(
  (select credits_per_day from get_credit_forecast(pg_temp.id('ada')) where days = 7), 0.00,
  'forecast: more given back than used is a pace of nothing');

-- What expires
set local test.now to '2026-02-01';
select from add_credits_atomic(pg_temp.id('bob'), 300, 'promotional', 'gift',
  expires_at => '2026-02-11');
select from add_credits_atomic(pg_temp.id('bob'), 100, 'permanent', 'pack');
select is(pg_temp.runs_out('bob', 40), '02-11 00:00, 0 lost',
  'forecast: what lasts exactly until it expires');
select is(pg_temp.runs_out('bob', 10), '02-21 00:00, 200 lost',
  'forecast: what expires before it is used is lost, and the rest lasts from then');
select is(pg_temp.runs_out('bob', 0), 'never, 300 lost',
  'forecast: without use only time takes');
select is(pg_temp.runs_out('bob', 0.0001), 'never, 299 lost',
  'forecast: more than a hundred years ahead is never');
select from add_credits_atomic(pg_temp.id('eve'), 300, 'promotional', 'gift',
  expires_at => '2026-02-11');
select is(pg_temp.runs_out('eve', 10), '02-11 00:00, 200 lost',
  'forecast: when the last credits expire, nothing is left');
select is(pg_temp.runs_out('eve', 0), '02-11 00:00, 300 lost',
  'forecast: also when nobody uses them');

select from add_credits_atomic(pg_temp.id('pat'), 100, 'promotional', 'gift',
  expires_at => '2026-03-01');
select from add_credits_atomic(pg_temp.id('pat'), 100, 'subscription', 'month',
  expires_at => '2026-02-11');
select is(pg_temp.runs_out('pat', 10), '02-11 00:00, 100 lost',
  'forecast: in burn order, whatever would be lost by it');

-- What still has to start
select from billing.grant_credits(pg_temp.id('kim'), 'permanent', 100, 'pack');
select from billing.grant_credits(pg_temp.id('kim'), 'subscription', 100, 'month 1',
  '2026-03-01');
select from billing.grant_credits(pg_temp.id('kim'), 'subscription', 100, 'month 2',
  '2026-04-01', '2026-03-01');
select is(pg_temp.runs_out('kim', 5), '04-02 00:00, 0 lost',
  'forecast: the next month is spent before permanent credits, and these after it');
select is(pg_temp.runs_out('kim', 2), '05-21 00:00, 82 lost',
  'forecast: what each month leaves is lost');
select is(pg_temp.runs_out('kim', 10), '02-21 00:00, 0 lost',
  'forecast: what runs out before the next month begins has run out');

-- The next expiry
create function pg_temp.next_lost(name text, credits_per_day numeric) returns bigint
language sql as $$
  select r.next_lost_credits
  from billing.runs_out(pg_temp.id(name), billing.now(), credits_per_day) r
$$;
select is(
  array[pg_temp.next_lost('bob', 10), pg_temp.next_lost('bob', 40), pg_temp.next_lost('bob', 0)],
  array[200, 0, 300]::bigint[], 'forecast: what is left at the next expiry is lost there');
select is(pg_temp.next_lost('ada', 10), null, 'forecast: what never expires is not lost');
select is(array[pg_temp.next_lost('kim', 0), pg_temp.next_lost('kim', 2)],
  array[100, 44]::bigint[], 'forecast: of months to come, what the one under way leaves');
select is(
  (select array_agg(history_days order by days) from get_credit_forecast(pg_temp.id('bob'))),
  '{0,0}', 'forecast: an account of today has no whole day of history');

-- What the credits pay for
\ir fixtures/operations.psql
insert into billing.operation_parameters
  (operation, version, name, kind, is_required, position, unit_credits, max_units)
values ('t_draw', 1, 'figures', 'quantity', false, 2, 25, 4);
select from add_credits_atomic(pg_temp.id('zoe'), 1000, 'permanent', 'pack');
select from consume_credits('t_read', '{}', 'old', pg_temp.id('zoe'));
set local test.now to '2026-06-30';
select from consume_credits('t_draw', '{}', 'plain', pg_temp.id('zoe'));
select from consume_credits('t_draw', '{"figures": 1}', 'one', pg_temp.id('zoe'));
select from reverse_deduction(pg_temp.id('zoe'), 'plain', 'It was empty');
select from deduct_credits_atomic(pg_temp.id('zoe'), 2, 'amount');
create temp view estimates as
select operation_name, uses, average_credits, uses_left, total
from get_credit_estimates(pg_temp.id('zoe'));
select is_empty(
  $$select * from get_credit_estimates(pg_temp.id('nobody'))$$,
  'estimates: who has used nothing is told nothing');
select results_eq(
  'table estimates', $$values ('Drawing', 2::bigint, 72.50, 12::bigint, 910::bigint)$$,
  'estimates: whole uses at what one was charged on average in 90 days; amounts are none');
create temp table estimates_before as table estimates;
select from roll_up_usage();
select set_eq('table estimates', 'table estimates_before',
  'estimates: whether or not the job has run');
-- Allowed and refused
select pg_temp.act_as('authenticated', 'bob');
select is(
  (select array_agg(days) from get_credit_forecast()), '{7,30}',
  'forecast: a member reads without naming the account');
select throws_ok(
  $$select get_credit_forecast(pg_temp.id('eve'))$$, 'LCACC', 'this account is not yours',
  'forecast: another''s account');
select pg_temp.act_as('service_role');
select is(
  (select count(*) from get_credit_forecast(pg_temp.id('eve'))), 2::bigint,
  'forecast: the service role names the account');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
