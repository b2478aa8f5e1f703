begin;
select plan(32);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir ../../catalogs/queries.sql

select pg_temp.sign_up('ada', 'bob');

-- What is on sale
select results_eq(
  $$select plan_name, is_free, price_cents, credits_per_month from get_plans()$$,
  $$values ('Free', true, null::bigint, 100::bigint), ('Starter', false, 900, 1000),
    ('Pro', false, 2900, 5000)$$,
  'queries: Free, Starter and Pro as the document has them; Enterprise is agreed by contact');
select results_eq(
  'select credits, price_cents, requires_active_subscription from get_packs()',
  'values (500::bigint, 500::bigint, false), (2000, 1500, false), (5000, 3500, false)',
  'queries: small, medium and large packs as the document has them');

-- What a query costs
select pg_temp.act_as('authenticated', 'ada');
select is(
  (select price from quote_credits('query', params)), expected, 'queries: ' || rule)
from (values
  ('{}'::jsonb, 5::bigint, 'a query without tools costs 5'),
  ('{"retrieval": "no", "github": "no", "further_tools": 0}', 5, 'said or not'),
  ('{"retrieval": "yes"}', 10, 'with documentation retrieval 10'),
  ('{"github": "yes"}', 15, 'with GitHub tools 15'),
  ('{"retrieval": "yes", "github": "yes"}', 20, 'with both 20'),
  ('{"further_tools": 1}', 8, 'each further tool costs 3'),
  ('{"further_tools": 2, "retrieval": "yes", "github": "yes"}', 26, 'on top of the others')
) c (params, expected, rule);

-- The document's names
select is(calculate_query_cost(tools), expected, format('queries: a query with %s costs %s',
  coalesce(nullif(array_to_string(tools, ', '), ''), 'no tools'), expected))
from (values
  ('{}'::text[], 5::bigint), ('{retrieval}', 10), ('{github}', 15), ('{github,retrieval}', 20),
  ('{search}', 8), ('{search,search}', 8), ('{github,search,browser,retrieval}', 26)
) c (tools, expected);
select is(calculate_query_cost(), 5::bigint, 'queries: no tools need not be said');
select is(calculate_query_cost(null), 5::bigint, 'queries: nor are they missed');
select is(
  (select c::text from check_and_deduct_credits('{github}', 'q1') c), '(t,15,85,f,0)',
  'queries: a member pays for a query');
select is(
  (select c::text from check_and_deduct_credits('{github}', 'q1') c), '(t,15,85,t,0)',
  'queries: once per key');
select throws_ok(
  $$select check_and_deduct_credits('{retrieval}', 'q1')$$, 'LCKEY',
  'a key stands for one set of arguments', 'queries: a key stands for one set of tools');
select throws_ok(
  $$select check_and_deduct_credits('{}', 'q2', pg_temp.id('bob'))$$, 'LCACC',
  'this account is not yours', 'queries: nobody pays from another''s account');
select throws_ok(
  $$select add_credits(pg_temp.id('ada'), 5, 'gift')$$, '42501', null,
  'queries: a member grants nothing');
select is(
  (select c::text from check_and_deduct_credits(
    (select array_agg('tool ' || n) from generate_series(1, 40) n), 'q3') c),
  '(f,0,85,f,40)', 'queries: a short balance is answered, and takes nothing');
select throws_ok(
  $$select check_and_deduct_credits(
    (select array_agg('tool ' || n) from generate_series(1, 51) n), 'q4')$$, 'LCAMT',
  'a quantity is outside its limits', 'queries: no query has more than 50 further tools');
select pg_temp.act_as('service_role');
select is(
  (select c::text from add_credits(pg_temp.id('ada'), 500, 'cs_1', description => 'Small') c),
  '(t,f,585)', 'queries: the server grants a pack');
select is(
  (select c::text from add_credits(pg_temp.id('ada'), 500, 'cs_1', description => 'Small') c),
  '(t,t,585)', 'queries: once per key');
select is(
  reset_monthly_credits(pg_temp.id('bob')), 100::bigint,
  'queries: renewing gives the free month of who has no plan');
select is(
  reset_monthly_credits(pg_temp.id('bob')), 100::bigint, 'queries: and not once more');
set local test.now to '2026-04-01';
select is(
  reset_monthly_credits(pg_temp.id('bob')), 100::bigint,
  'queries: the next month it does, and the last one is over');
select pg_temp.act_as('anon');
select is(
  array[get_monthly_credits('free'), get_monthly_credits('Starter'), get_monthly_credits('pro'),
    get_monthly_credits('enterprise')],
  array[100, 1000, 5000, null]::bigint[], 'queries: anyone reads what a tier has a month');
select throws_ok(
  $$select check_and_deduct_credits('{}', 'q5')$$, '42501', null,
  'queries: who has not signed in pays for nothing');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
