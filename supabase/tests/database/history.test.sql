begin;
select plan(16);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

insert into billing.operations (key, name) values ('t_draw', 'Drawing');
insert into billing.operation_prices (operation, version, base_credits) values ('t_draw', 1, 60);
insert into billing.operation_parameters (operation, version, name, kind, is_required, position)
values ('t_draw', 1, 'title', 'label', false, 1);
select from add_credits_atomic(pg_temp.id('ada'), 100, 'promotional', 'gift',
  expires_at => '2026-03-03', description => 'Welcome');
select from add_credits_atomic(pg_temp.id('bob'), 1000, 'permanent', 'pack');
set local test.now to '2026-03-02';
select from consume_credits('t_draw', '{"title": "a cat"}', 'job 7', pg_temp.id('ada'), 900);

-- Baseline
select is_empty(
  $$select * from get_credit_history(pg_temp.id('nobody'))$$,
  'history: an id that has nothing has none');
select results_eq(
  $$select number, created_at, kind, task_id, description, credits, balance_after, operation, params
    from get_credit_history(pg_temp.id('ada'))$$,
  $$values
    (2::bigint, '2026-03-02'::timestamptz, 'spend', 'job 7', 'Drawing', -60::bigint, 40::bigint,
      't_draw', '{"title": "a cat"}'::jsonb),
    (1, '2026-03-01', 'grant', 'gift', 'Welcome', 100, 100, null, null)$$,
  'history: newest first, credits signed, with what was done');
select results_eq(
  $$select from_promotional, from_subscription, from_permanent
    from get_credit_history(pg_temp.id('ada'))$$,
  'values (60::bigint, 0::bigint, 0::bigint), (-100, 0, 0)',
  'history: what each entry took from each kind, below zero where it gave');

-- Allowed
set local test.now to '2026-03-04';
select results_eq(
  $$select kind, task_id, credits, created_at, description
    from get_credit_history(pg_temp.id('ada')) limit 1$$,
  $$values ('expiry', null, -40::bigint, '2026-03-03'::timestamptz, 'Welcome')$$,
  'history: shows what has expired, though nobody had written it down; an expiry has no key');
select from generate_series(1, 250) i, deduct_credits_atomic(pg_temp.id('bob'), 1, 'task ' || i);
select is(
  (select array[count(*), max(number), min(number)] from get_credit_history(pg_temp.id('bob'))),
  array[50, 251, 202]::bigint[], 'history: a page is 50 entries');
select is(
  (select array[count(*), max(number), min(number)]
    from get_credit_history(pg_temp.id('bob'), 202, 10)),
  array[10, 201, 192]::bigint[], 'history: the next page begins before the last number');
select is(
  (select count(*) from get_credit_history(pg_temp.id('bob'), page_size => 1000)), 200::bigint,
  'history: a page is at most 200 entries');
select is(
  (select count(*) from get_credit_history(pg_temp.id('bob'), page_size => 0)), 1::bigint,
  'history: a page is at least one entry');
select is(
  (select count(*) from get_credit_history(pg_temp.id('bob'), page_size => null)), 50::bigint,
  'history: a page of no size is 50 entries');
select is_empty(
  $$select * from get_credit_history(pg_temp.id('bob'), 1)$$,
  'history: nothing comes before the first entry');
select pg_temp.act_as('authenticated', 'ada');
select is(
  (select count(*) from get_credit_history()), 3::bigint,
  'history: a member reads without naming the account');
select pg_temp.act_as('service_role');
select is(
  (select count(*) from get_credit_history(pg_temp.id('ada'))), 3::bigint,
  'history: the service role names the account');

-- Refused
select throws_ok(
  'select get_credit_history()', 'LCACC', 'this account is not yours',
  'history: the service role must name the account');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select get_credit_history(pg_temp.id('bob'))$$, 'LCACC', 'this account is not yours',
  'history: another''s account');
select is(
  (select count(*) from billing.credit_transactions where account_id = pg_temp.id('bob')),
  0::bigint,
  'history: another''s entries, not in the table either');
select pg_temp.act_as('anon');
select throws_ok(
  $$select get_credit_history(pg_temp.id('ada'))$$, '42501', null,
  'history: who has not signed in');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
