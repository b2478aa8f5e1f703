begin;
select plan(31);

\ir fixtures/helpers.psql
set local test.now to '2026-03-02 10:30';  -- a Monday
\ir fixtures/operations.psql
select from add_credits_atomic(pg_temp.id('ada'), 10000, 'permanent', 'pack');
select from consume_credits('t_draw', '{}', 'a', pg_temp.id('ada'));
set local test.now to '2026-03-03 15:00';
select from consume_credits('t_draw', '{}', 'b', pg_temp.id('ada'));
set local test.now to '2026-03-09 15:10';
select from consume_credits('t_read', '{}', 'c', pg_temp.id('ada'));
select from deduct_credits_atomic(pg_temp.id('ada'), 5, 'd');
set local test.now to '2026-03-10 09:00';
select from reverse_deduction(pg_temp.id('ada'), 'b', 'It was empty');
select from consume_credits('t_draw', '{}', 'e', pg_temp.id('ada'));
set local test.now to '2026-03-10 15:00';

-- A row in words: what it is of, then the range, then what lies before it.
create function pg_temp.compared(
  days integer default 30, period integer default null, since timestamptz default null,
  until timestamptz default null
)
returns setof text language sql as $$
  select format('%s: %s uses, %s - %s %s; before %s uses, %s - %s %s', coalesce(c.operation_name,
    c.part), c.uses, c.charged_credits, c.charged_credits - c.used_credits, c.used_by_step,
    c.uses_before, c.charged_before, c.charged_before - c.used_before, c.used_by_step_before)
  from get_usage_comparison(pg_temp.id('ada'), days, period, since, until) c
$$;
create function pg_temp.hours(days integer default 30, since timestamptz default null,
  until timestamptz default null)
returns setof text language sql as $$
  select format('%s %s: %s, %s', h.weekday, h.hour, h.uses, h.used_credits)
  from get_usage_hours(pg_temp.id('ada'), days, null, since, until) h
$$;
create temp view answers as
select d, p, c.* from (values (1), (3), (7), (100), (3660)) d (d), (values (null), (0)) p (p),
  get_usage_comparison(pg_temp.id('ada'), d, p) c;
create temp view hour_answers as
select d, h.* from (values (1), (7), (100)) d (d), get_usage_hours(pg_temp.id('ada'), d) h;

-- Baseline
select results_eq(
  $$select part, uses, used_credits, used_by_step from get_usage_comparison(pg_temp.id('kim'), 2)$$,
  $$values ('total', 0::bigint, 0::bigint, '{0,0}'::bigint[])$$,
  'usage charts: an id that has nothing has used nothing on each day');
select is_empty(
  $$select * from get_usage_hours(pg_temp.id('kim'))$$,
  'usage charts: and at no hour');

-- Allowed: what lies before
select results_eq(
  $$select pg_temp.compared(2)$$,
  array['total: 3 uses, 68 - 60 {8,0}; before 0 uses, 0 - 0 {0,0}',
    'operation: 1 uses, 5 - 0 {5,0}; before 0 uses, 0 - 0 {0,0}',
    'Reading: 1 uses, 3 - 0 {3,0}; before 0 uses, 0 - 0 {0,0}',
    'Drawing: 1 uses, 60 - 60 {0,0}; before 0 uses, 0 - 0 {0,0}'],
  'usage charts: the total, then each operation, the most used first; an amount has none');
select results_eq(
  $$select pg_temp.compared(7) limit 1$$,
  array['total: 3 uses, 68 - 60 {0,0,0,0,0,8,0}; before 1 uses, 60 - 0 {0,0,0,0,0,60,0}'],
  'usage charts: days up to today, and as many before; up to the same hour of the last');
select results_eq(
  $$select pg_temp.compared(1)$$,
  array['total: 1 uses, 60 - 60 {0}; before 0 uses, 0 - 0 {0}',
    'Drawing: 1 uses, 60 - 60 {0}; before 0 uses, 0 - 0 {0}'],
  'usage charts: what lies between the two is in neither, and lists no operation');
set local test.now to '2026-03-10 15:00:00.000001';
select results_eq(
  $$select pg_temp.compared(7) limit 1$$,
  array['total: 3 uses, 68 - 60 {0,0,0,0,0,8,0}; before 2 uses, 120 - 0 {0,0,0,0,0,60,60}'],
  'usage charts: to the microsecond');
select results_eq(
  $$select steps, steps_before from get_usage_comparison(pg_temp.id('ada'), 2) limit 1$$,
  $$values (array['2026-03-09', '2026-03-10', '2026-03-11']::timestamptz[],
    array['2026-03-07', '2026-03-08', '2026-03-08 15:00:00.000001']::timestamptz[])$$,
  'usage charts: the total has the instants between the steps');
select results_eq(
  $$select pg_temp.compared(since => '2026-03-03 15:00', until => '2026-03-05 12:00') limit 1$$,
  array['total: 1 uses, 60 - 0 {60,0,0}; before 1 uses, 60 - 0 {0,60,0}'],
  'usage charts: any range, cut at midnights, and one as long before it');
select results_eq(
  $$select pg_temp.compared(since => '2026-04-01', until => '2026-04-03')$$,
  array['total: 0 uses, 0 - 0 {0,0}; before 0 uses, 0 - 0 {}'],
  'usage charts: of a range to come nothing has passed, and nothing lies before');

-- Allowed: steps
select is(
  (select cardinality(used_by_step) from get_usage_comparison(pg_temp.id('ada'), 93) limit 1), 93,
  'usage charts: 93 days by day');
select results_eq(
  $$select cardinality(c.used_by_step), c.steps[2] - c.steps[1]
    from get_usage_comparison(pg_temp.id('ada'), 94) c limit 1$$,
  $$values (14, interval '7 days')$$, 'usage charts: more by seven days');
select results_eq(
  $$select c.steps[1:2] from get_usage_comparison(
    pg_temp.id('ada'), since => '2024-01-31', until => '2026-03-10') c limit 1$$,
  $$values (array['2024-01-31', '2024-02-29']::timestamptz[])$$,
  'usage charts: years by month, whatever its length');

-- Allowed: periods
select results_eq(
  $$select c.used_credits, c.steps[1], c.steps[cardinality(c.steps)], c.steps_before
    from get_usage_comparison(pg_temp.id('ada'), period => 0) c limit 1$$,
  $$values (
    128::bigint, '2026-03-02'::timestamptz, '2026-04-02'::timestamptz, '{}'::timestamptz[])$$,
  'usage charts: the period under way to its end; before the first there is none');
select is_empty(
  $$select * from get_usage_comparison(pg_temp.id('ada'), period => 1)$$,
  'usage charts: no row where there is no such period');
select is_empty(
  $$select * from get_usage_comparison(pg_temp.id('kim'), period => 2147483647)$$,
  'usage charts: however far back it lies');
select is_empty(
  $$select * from get_usage_hours(pg_temp.id('ada'), period => 1)$$,
  'usage charts: nor an hour of it');
set local test.now to '2026-04-03 12:00';
select from consume_credits('t_read', '{}', 'f', pg_temp.id('ada'));
select results_eq(
  $$select c.used_by_step[1:3], c.used_by_step_before
    from get_usage_comparison(pg_temp.id('ada'), period => 0) c limit 1$$,
  $$values ('{0,3,0}'::bigint[], '{60,0}'::bigint[])$$,
  'usage charts: a period under way is compared with as much of the one before');

-- Allowed: hours
select results_eq(
  $$select pg_temp.hours(100)$$,
  array['1 10: 1, 60', '1 15: 2, 8', '2 9: 1, 0', '2 15: 1, 60', '5 12: 1, 3'],
  'usage charts: by weekday and hour of UTC');
select results_eq(
  $$select pg_temp.hours(since => '2026-03-02 10:45', until => '2026-03-03 15:00')$$,
  array['1 10: 1, 60'], 'usage charts: hours are whole, and the end is not among them');

-- The rollup
create temp table before as table answers;
create temp table hours_before as table hour_answers;
select is(roll_up_usage(), pg_temp.id('ada'), 'usage charts: the job runs');
select set_eq('table answers', 'table before', 'usage charts: the answers are the same after it');
select set_eq('table hour_answers', 'table hours_before', 'usage charts: and those by hour');

-- Refused
select throws_ok(
  format('select get_usage_comparison(pg_temp.id(''ada''), %s)', asked), 'LCASK',
  'usage is drawn for a known range', 'usage charts: refused: ' || asked)
from (values ('0'), ('3661'), ('2147483647'), ('period => -1'), ('since => ''2026-03-02'''),
  ('since => ''-infinity'', until => ''2026-03-02''')) a (asked);
select throws_ok(
  $$select get_usage_hours(pg_temp.id('ada'), since => '2026-03-02', until => '2026-03-02')$$,
  'LCASK', 'usage is drawn for a known range', 'usage charts: a range ends after it begins');
select pg_temp.act_as('authenticated', 'kim');
select throws_ok(
  $$select get_usage_comparison(pg_temp.id('ada'))$$, 'LCACC', 'this account is not yours',
  'usage charts: another''s account');
select is(
  (select count(*) from billing.usage_totals) + (select count(*) from billing.usage_hours),
  0::bigint, 'usage charts: another''s sums, not in the tables either');

select * from finish();
rollback;
