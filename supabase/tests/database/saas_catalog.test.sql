begin;
select plan(14);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir ../../catalogs/saas.sql

create function pg_temp.cost(operation text, params jsonb) returns bigint language sql as $$
  select price from quote_credits(operation, params, pg_temp.id('ada'))
$$;

select results_eq(
  $$select distinct "position"::integer, plan_name, trial_days::integer,
      trial_credits = credits_per_month
    from get_plans() where not is_add_on order by 1$$,
  $$values (1, 'Starter', 14, true), (2, 'Pro', null, null), (3, 'Enterprise', null, null)$$,
  'saas: Starter, Pro and Enterprise; all of Starter on trial for 14 days');
select is_empty(
  $$select m.plan_key from get_plans() m
    left join get_plans() y on y.plan_key = m.plan_key and y.billing_interval = 'year'
    where m.billing_interval = 'month' and y.price_cents is distinct from m.price_cents * 1020 / 100
$$,
  'saas: each plan is sold by the year, too, at 15 % less');
select is_empty(
  'select plan_name from get_plans() where is_free', 'saas: a trial, but no free plan');
select results_eq(
  'select credits, requires_active_subscription from get_packs()',
  'values (1000::bigint, true), (5000, true)', 'saas: extra messages are added to a plan');
select is(pg_temp.cost(operation, params), expected, 'saas: ' || rule)
from (values
  ('assistant_message', '{"chatbot": "support"}'::jsonb, 1::bigint, 'a message costs 1'),
  ('assistant_message', '{"tokens": 2000}', 1, 'up to 2,000 tokens'),
  ('assistant_message', '{"tokens": 2001}', 2, 'a longer one a credit for each further 1,000'),
  ('assistant_message', '{"tokens": 12000}', 11, 'also where it is much longer'),
  ('assistant_message', '{"tokens": 1000000}', 50, 'but never more than 50'),
  ('api_request', '{"api_key": "key_1"}', 1, 'a request of the API costs 1')
) c (operation, params, expected, rule);
select throws_ok(
  $$select pg_temp.cost('assistant_message', '{"tokens": 1000001}')$$, 'LCAMT',
  'a quantity is outside its limits', 'saas: no message has more than a million tokens');
select is(
  (select array_agg(operation || ' ' || name order by operation)
    from billing.operation_parameters
    where is_subject and operation in ('assistant_message', 'api_request')),
  array['api_request api_key', 'assistant_message chatbot'],
  'saas: usage is told by chatbot and key');
select is_empty(
  $$select p.key from billing.plans p
    where p.key like 'saas\_%' and (p.features @> array['API access']) <> exists (
      select from billing.plan_entitlements e
      where e.plan_key = p.key and e.plan_version = p.version and e.key = 'api_access')$$,
  'saas: a plan that says API access has it, and no other');
select results_eq(
  $$select plan_key, max_uses from billing.plan_caps
    where operation = 'api_request' and per = 'hour' order by max_uses$$,
  $$values ('saas_starter', 0::bigint), ('saas_pro', 1000), ('saas_api', 5000),
    ('saas_enterprise', 10000)$$,
  'saas: the API has its limits for each plan, and an add-on raises them');

select * from finish();
rollback;
