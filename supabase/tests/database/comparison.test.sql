begin;
select plan(6);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir ../../catalogs/saas.sql
select pg_temp.sign_up('ada', 'bob');
select from offer_custom_plan(pg_temp.id('ada'), 'acme', 'Acme', 90000, 99900, 'agreed',
  entitlements => array['chatbots'], max_counts => array[50]);

select pg_temp.act_as('anon');
select results_eq(
  $$select kind, key, name, per, max_count from get_comparison() where plan_key = 'saas_starter'$$,
  $$values ('cap', 'api_request', 'API request', 'hour', 0::bigint),
    ('cap', 'assistant_message', 'Message', 'day', 500),
    ('entitlement', 'chatbots', null, null, 1),
    ('entitlement', 'usage_reports', null, null, null)$$,
  'comparison: what a plan allows, and how often, for anyone');
select results_eq(
  $$select max_count from get_comparison()
    where plan_key = 'saas_enterprise' and key = 'chatbots'$$,
  'values (null::bigint)', 'comparison: without limit is no number');
select is_empty(
  $$select plan_key from get_comparison()
    except select plan_key from get_plans()$$,
  'comparison: of nothing that is not on sale to who asks');
select pg_temp.act_as('authenticated', 'ada');
select results_eq(
  $$select key, max_count from get_comparison() where plan_key = 'custom_acme'$$,
  $$values ('chatbots', 50::bigint)$$, 'comparison: a custom plan is shown to its account');
select pg_temp.act_as('authenticated', 'bob');
select is_empty(
  $$select key from get_comparison() where plan_key = 'custom_acme'$$,
  'comparison: and to no other');
select pg_temp.act_as('postgres');
update billing.plans set is_sold = false where key = 'saas_pro';
select pg_temp.act_as('anon');
select is_empty(
  $$select key from get_comparison() where plan_key = 'saas_pro'$$,
  'comparison: what is sold no longer is compared no longer');

select * from finish();
rollback;
