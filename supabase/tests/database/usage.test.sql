begin;
select plan(27);

\ir fixtures/helpers.psql
set local test.now to '2026-01-31 10:00';
\ir fixtures/operations.psql
insert into billing.plans (key, version, name, description, position, credits_per_month)
values ('t_pro', 1, 'T Pro', '', 1, 1000);

select from add_credits_atomic(pg_temp.id('ada'), 10000, 'permanent', 'pack');
select from consume_credits('t_draw', '{"title": "a dog"}', 'dog', pg_temp.id('ada'));
select from consume_credits('t_read', '{}', 'read', pg_temp.id('ada'));
set local test.now to '2026-02-01';
select from consume_credits('t_draw', '{"title": "a dog"}', 'dog 2', pg_temp.id('ada'));
select from deduct_credits_atomic(pg_temp.id('ada'), 5, 'task');
select from hold_credits_atomic(pg_temp.id('ada'), 500, 'open', '24 hours');
set local test.now to '2026-02-01 18:00';
select from place_hold('t_draw', '{"title": "a fox"}', 'fox', account_id => pg_temp.id('ada'));
select from capture_hold(pg_temp.id('ada'), 'fox', 50);
select from reverse_deduction(pg_temp.id('ada'), 'read', 'It was empty');

create function pg_temp.used(since timestamptz, until timestamptz, group_by text[] default '{}')
returns setof text language sql as $$
  select concat_ws(' ', to_char(u.starts_at, 'MM-DD HH24:MI'), to_char(u.ends_at, 'MM-DD HH24:MI'),
    u.operation, u.subject, format('%s: %s - %s = %s', u.uses, u.charged_credits,
    u.returned_credits, u.used_credits))
  from get_usage_summary(pg_temp.id('ada'), since, until, group_by) u
$$;
-- What is asked in many ways, to be asked again once the job has run.
create temp view answers as
select since::text, until::text, g::text as group_by, u.*
from (values (null::timestamptz), ('2026-01-31 10:00:00.000001'), ('2026-02-01'),
    ('2026-02-01 18:00')) s (since),
  (values (null::timestamptz), ('2026-02-01'), ('2026-02-01 00:00:00.000001'),
    ('2026-02-01 18:00')) e (until),
  (values ('{}'::text[]), ('{day}'), ('{period}'), ('{operation}'), ('{subject}'),
    ('{day,period,operation,subject}')) g (g),
  get_usage_summary(pg_temp.id('ada'), since, until, g) u;

-- Baseline
select is_empty(
  $$select * from get_usage_summary(pg_temp.id('nobody'))$$,
  'usage: an id that has nothing has used nothing');
select results_eq(
  $$select pg_temp.used(null, null, '{day}')$$,
  array['01-31 00:00 02-01 00:00 2: 63 - 0 = 63', '02-01 00:00 02-02 00:00 3: 115 - 3 = 112'],
  'usage: by day, a reversal on its own day; what is held is no usage');
select results_eq(
  $$select pg_temp.used(null, null, '{operation}')$$,
  array['01-31 00:00 02-02 00:00 t_draw 3: 170 - 0 = 170', '01-31 00:00 02-02 00:00 1: 5 - 0 = 5',
    '01-31 00:00 02-02 00:00 t_read 1: 3 - 3 = 0'],
  'usage: by operation, the most first; an amount has none');
select results_eq(
  $$select operation_name from get_usage_summary(pg_temp.id('ada'), group_by => '{operation}')$$,
  $$values ('Drawing'), (null), ('Reading')$$, 'usage: operations have their names');
select results_eq(
  $$select pg_temp.used(null, null, '{subject}')$$,
  array['01-31 00:00 02-02 00:00 a dog 2: 120 - 0 = 120',
    '01-31 00:00 02-02 00:00 a fox 1: 50 - 0 = 50', '01-31 00:00 02-02 00:00 2: 8 - 3 = 5'],
  'usage: by what it was for');
select is(
  (select count(*)
    from get_usage_summary(pg_temp.id('ada'), group_by => '{day,operation,subject}')),
  6::bigint, 'usage: by all of them');

-- Ranges
select results_eq(
  $$select pg_temp.used('2026-02-01', '2026-02-01 18:00')$$,
  array['02-01 00:00 02-01 18:00 2: 65 - 0 = 65'],
  'usage: a range has its first instant, and not its last');
select results_eq(
  $$select pg_temp.used('2026-01-31 10:00:00.000001', null)$$,
  array['01-31 10:00 02-02 00:00 3: 115 - 3 = 112'], 'usage: to the microsecond');
select is_empty(
  $$select pg_temp.used('2026-02-02', null, '{day}')
    union all select pg_temp.used('2026-02-01', '2026-01-01', '{day}')
    union all select pg_temp.used('infinity', '-infinity', '{day}')$$,
  'usage: a range without usage, and one that ends before it begins');
select is_empty(
  $$select * from get_usage_summary(pg_temp.id('nobody'), '-infinity', 'infinity')$$,
  'usage: of an id that has nothing, in all of time');
select results_eq(
  $$select pg_temp.used('-infinity', 'infinity', '{day}')$$,
  $$select pg_temp.used(null, null, '{day}')$$,
  'usage: a range without ends is all there is');

-- The rollup
create temp table before as table answers;
select is(roll_up_usage(), pg_temp.id('ada'), 'usage: the job runs');
select set_eq('table answers', 'table before', 'usage: the answers are the same when it has');
set local test.now to '2026-02-01 19:00';
select from consume_credits('t_read', '{}', 'read 2', pg_temp.id('ada'));
select results_eq(
  $$select pg_temp.used(null, null, '{day}')$$,
  array['01-31 00:00 02-01 00:00 2: 63 - 0 = 63', '02-01 00:00 02-02 00:00 4: 118 - 3 = 115'],
  'usage: what came since is in it at once');
drop table before;
create temp table before as table answers;
select from roll_up_usage();
select set_eq('table answers', 'table before', 'usage: and the same when the job runs again');
select cmp_ok((select count(*)::integer from before), '>', 100, 'usage: those are many answers');

-- Periods
select from billing.grant_credits(pg_temp.id('kim'), 'subscription', 1000, 'invoice:1:a',
  '2026-03-10 15:00+00', period_ends_at => '2026-03-10 12:00', subscription_id => 'sub');
update billing.accounts set created_at = '2025-12-31' where id = pg_temp.id('kim');
select results_eq(
  $$select unnest(billing.period_bounds(pg_temp.id('kim'), '2026-02-20'))$$,
  array['2025-12-31', '2026-01-31', '2026-02-01 19:00', '2026-03-10 12:00']::timestamptz[],
  'usage: free months until the plan begins, then the paid one');
set local test.now to '2026-03-12';
select from billing.grant_credits(pg_temp.id('kim'), 'subscription', 1000, 'invoice:2:a',
  '2026-04-10 15:00', period_ends_at => '2026-04-10 12:00', subscription_id => 'sub');
select results_eq(
  $$select unnest(billing.period_bounds(pg_temp.id('kim'), '2026-04-20'))$$,
  array['2025-12-31', '2026-01-31', '2026-02-01 19:00', '2026-03-10 12:00', '2026-04-10 12:00',
    '2026-04-30']::timestamptz[],
  'usage: a renewal begins where the period before ended, however late it was paid; then free '
  || 'months again, on the last day of a short one');
select from deduct_credits_atomic(pg_temp.id('kim'), 7, 'a');
set local test.now to '2026-04-10 12:00';
select from deduct_credits_atomic(pg_temp.id('kim'), 5, 'b');
select from roll_up_usage();
select results_eq(
  $$select starts_at, ends_at, used_credits
    from get_usage_summary(pg_temp.id('kim'), group_by => '{period}')$$,
  $$values ('2026-03-10 12:00'::timestamptz, '2026-04-10 12:00'::timestamptz, 7::bigint),
    ('2026-04-10 12:00', '2026-04-30', 5)$$,
  'usage: by period, which may end within a day');

-- Allowed and refused
select from grant_credits(pg_temp.id('eve'), 10, 'permanent', 'pack', payment_key => 'checkout:1',
  paid_cents => 100, paid_currency => 'usd');
select from claw_back_credits(pg_temp.id('eve'), 're_1', 'checkout:1', 40, 100);
select from cancel_claw_back(pg_temp.id('eve'), 're_1');
select from adjust_credits(pg_temp.id('eve'), -3, 'k', 'A mistake');
select from adjust_credits(pg_temp.id('eve'), -7, 'k 2', 'Another');
select from claw_back_credits(pg_temp.id('eve'), 're_2', 'checkout:1', 20, 100);
select from grant_credits(pg_temp.id('eve'), 5, 'permanent', 'pack 2', payment_key => 'checkout:2',
  paid_cents => 50, paid_currency => 'usd');
select results_eq(
  $$select kind, task_id, credits, operation, answers from get_credit_history(pg_temp.id('eve'))$$,
  $$values ('debt', 'debt:re_2:6', -2::bigint, null, 6::bigint), ('grant', 'pack 2', 5, null, null),
    ('adjustment', 'adjustment:k 2', -7, null, null),
    ('adjustment', 'adjustment:k', -3, null, null),
    ('reversal', 'refund:re_1', 4, null, 2), ('clawback', 'refund:re_1', -4, null, null),
    ('grant', 'pack', 10, null, null)$$,
  'usage: what the history shows of a refund that failed, and of an owner');
select is_empty(
  $$select * from get_usage_summary(pg_temp.id('eve'))$$,
  'usage: none of it is usage, not what gives back anything but work either');
select pg_temp.act_as('authenticated', 'ada');
select is((select sum(used_credits) from get_usage_summary()), 178::numeric,
  'usage: a member reads without naming the account');
select throws_ok(
  $$select get_usage_summary(pg_temp.id('kim'))$$, 'LCACC', 'this account is not yours',
  'usage: another''s account');
select throws_ok(
  $$select get_usage_summary(group_by => '{day,weather}')$$, 'LCASK',
  'usage is grouped by known words', 'usage: by a word that is not known');
select throws_ok(
  $$select get_usage_summary(group_by => null)$$, 'LCASK',
  'usage is grouped by known words', 'usage: by nothing at all');
select is(
  (select count(*) from billing.usage_days where account_id <> pg_temp.id('ada')), 0::bigint,
  'usage: another''s days, not in the table either');
select pg_temp.act_as('service_role');
select is(
  (select sum(used_credits) from get_usage_summary(pg_temp.id('ada'))), 178::numeric,
  'usage: the service role names the account');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
