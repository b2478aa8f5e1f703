begin;
select plan(7);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir ../../catalogs/stripe.sql

select results_eq(
  $$select plan_name, is_free, price_cents is null, credits_per_month from get_plans()$$,
  $$values ('Free', true, true, 100::bigint), ('Pro', false, false, 10000),
    ('Pro Plus', false, false, 50000), ('Enterprise', false, false, 250000)$$,
  'stripe: the four tiers of the document are on sale, the free one with 100 credits a month');
select results_eq(
  'select credits, price_cents from get_packs()',
  'values (500::bigint, 50::bigint), (1000, 100), (5000, 500), (10000, 1000)',
  'stripe: top-ups of 500, 1,000, 5,000 and 10,000 credits, a tenth of a cent each');
select is_empty(
  'select name from get_packs() where requires_active_subscription',
  'stripe: a top-up needs no plan');
select is_empty(
  'select plan_name from get_plans() where price_cents * 10 > credits_per_month',
  'stripe: in a plan a credit costs no more than in a top-up');

select pg_temp.sign_up('ada');
select is(
  (select (q.price, q.balance)::text
    from quote_credits('api_call', '{"endpoint": "/v1/chat"}', pg_temp.id('ada')) q),
  '(1,100)', 'stripe: a call costs 1; who has no plan has 100 credits');
select is(
  (select c.balance_after from consume_credits(
    'api_call', '{"endpoint": "/v1/chat", "api_key": "key_1"}', 'call', pg_temp.id('ada')) c),
  99::bigint, 'stripe: a call is charged as quoted');
select is(
  (select name from billing.operation_parameters where operation = 'api_call' and is_subject),
  'api_key', 'stripe: usage is told by key');

select * from finish();
rollback;
