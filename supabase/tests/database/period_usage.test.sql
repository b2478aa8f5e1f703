begin;
select plan(10);

\ir fixtures/helpers.psql
set local test.now to '2026-01-31 10:00';
\ir fixtures/operations.psql

-- Of the period that ended on the last day of February: a grant, a use.
select from add_credits_atomic(pg_temp.id('ada'), 500, 'permanent', 'old pack');
select from consume_credits('t_draw', '{"title": "a cat"}', 'old', pg_temp.id('ada'));
create function pg_temp.total(name text) returns text language sql as $$
  select format('%s to %s: %s used of %s, %s uses, %s', to_char(u.starts_at, 'MM-DD HH24:MI'),
    to_char(u.ends_at, 'MM-DD HH24:MI'), u.used_credits, u.granted_credits, u.uses,
    u.used_by_day)
  from get_period_usage(pg_temp.id(name)) u where u.part = 'total'
$$;

-- Baseline
select is_empty($$select * from get_period_usage(pg_temp.id('nobody'))$$,
  'period usage: who has no account has no period');
set local test.now to '2026-02-28';
select is(pg_temp.total('ada'), '02-28 00:00 to 03-31 00:00: 0 used of 0, 0 uses, {0}',
  'period usage: a new period begins with nothing');

-- What it brought
select from add_credits_atomic(pg_temp.id('ada'), 1000, 'subscription', 'month',
  expires_at => '2026-03-31');
select from add_credits_atomic(pg_temp.id('ada'), 40, 'promotional', 'mistake');
select from void_grant(pg_temp.id('ada'), (
  select id from billing.buckets where key = 'mistake'), 'a mistake');
select from consume_credits('t_draw', '{"title": "a dog"}', 'dog', pg_temp.id('ada'));
set local test.now to '2026-03-02 09:00';
select from transfer_credits(pg_temp.id('ada'), pg_temp.id('bob'), 100, 'gift');
select from consume_credits('t_draw', '{"title": "a fox"}', 'fox', pg_temp.id('ada'));
select from consume_credits('t_draw', '{"title": "a fox"}', 'fox 2', pg_temp.id('ada'));
select from consume_credits('t_read', '{}', 'read', pg_temp.id('ada'));
select from deduct_credits_atomic(pg_temp.id('ada'), 5, 'task');
select is(pg_temp.total('ada'),
  '02-28 00:00 to 03-31 00:00: 188 used of 1000, 5 uses, {60,0,128}',
  'period usage: what came in it, less what was voided, and what was used on each day of it');
select is((select granted_credits from get_period_usage(pg_temp.id('bob')) where part = 'total'),
  0::bigint, 'period usage: what was moved was brought by no period');
select is((select days from get_period_usage(pg_temp.id('ada')) where part = 'total'),
  array['2026-02-28', '2026-03-01', '2026-03-02']::timestamptz[],
  'period usage: its days until today');

select from grant_credits(pg_temp.id('bob'), 500, 'permanent', 'pack', payment_key => 'pack',
  paid_cents => 1000, paid_currency => 'usd');
select from deduct_credits_atomic(pg_temp.id('bob'), 400, 'poster');
select from claw_back_credits(pg_temp.id('bob'), 're_1', 'pack', 1000, 1000);
select is(pg_temp.total('bob'),
  '03-02 00:00 to 04-02 00:00: 400 used of 300, 1 uses, {400}',
  'period usage: less what a refund took back, but not what it came too late for');

-- By operation
create temp view by_operation as
select concat_ws(' ', u.operation, u.operation_name, u.subject_name, u.subjects::text || ':',
  u.uses::text, u.used_credits::text) as line
from get_period_usage(pg_temp.id('ada')) u where u.part = 'operation';
select results_eq($$select line from by_operation$$,
  array['t_draw Drawing title 2: 3 180', '0: 1 5', 't_read Reading 0: 1 3'],
  'period usage: by operation, the most used first, and how many things it was for');
select from roll_up_usage();
select results_eq($$select line from by_operation$$,
  array['t_draw Drawing title 2: 3 180', '0: 1 5', 't_read Reading 0: 1 3'],
  'period usage: the same once the job has run');

-- Allowed and refused
select pg_temp.act_as('authenticated', 'ada');
select is((select count(*) from get_period_usage()), 4::bigint,
  'period usage: a member reads without naming the account');
select throws_ok($$select get_period_usage(pg_temp.id('bob'))$$, 'LCACC',
  'this account is not yours', 'period usage: another''s account');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
