begin;
select plan(21);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir ../../catalogs/editor.sql
select pg_temp.sign_up('ada', 'bob', 'owen');
insert into billing.owners (user_id) values (pg_temp.id('owen'));

create function pg_temp.offer(credits bigint default 20000) returns text language sql as $$
  select format('%s %s', lookup_key, duplicate)
  from offer_custom_plan(pg_temp.id('ada'), 'acme', 'Acme', credits, 49900, 'agreed by mail',
    currency => 'eur', features => array['Your own contact'],
    entitlements => array['chatbots', 'priority'], max_counts => array[20, null]::bigint[],
    max_quantity => 5)
$$;
create function pg_temp.seen() returns setof text language sql as $$
  select format('%s %s %s%s', plan_name, lookup_key, price_cents, currency)
  from get_plans() where is_custom
$$;

-- Allowed
select pg_temp.act_as('authenticated', 'owen');
select is(pg_temp.offer(), 'custom_acme_month f', 'custom_plans: an owner offers one');
select is(pg_temp.offer(), 'custom_acme_month t', 'custom_plans: the same offer again is a replay');
select is_empty('select pg_temp.seen()', 'custom_plans: an owner does not see it on sale');
select pg_temp.act_as('authenticated', 'bob');
select is_empty('select pg_temp.seen()', 'custom_plans: another account does not see it');
select pg_temp.act_as('authenticated', 'ada');
select results_eq(
  'select pg_temp.seen()', $$values ('Acme custom_acme_month 49900eur')$$,
  'custom_plans: the account that it is for sees it beside the others');
select pg_temp.act_as('anon');
select is_empty('select pg_temp.seen()', 'custom_plans: a visitor does not see it');
select pg_temp.act_as('postgres');
select results_eq(
  $$select price_key, price_cents from prepare_checkout(pg_temp.id('ada'), 'custom_acme_month')$$,
  $$values ('custom_acme_month@1', 49900::bigint)$$,
  'custom_plans: the account that it is for may buy it');
select is_empty(
  $$select * from prepare_checkout(pg_temp.id('bob'), 'custom_acme_month')$$,
  'custom_plans: to another account nothing of that key is sold');
select from set_currency('eur', pg_temp.id('ada'));
select from set_currency('eur', pg_temp.id('bob'));
select is(
  (select key from billing.way_out(pg_temp.id('ada'), 15000)), 'custom_acme_month',
  'custom_plans: it is a way out of a shortfall');
select is_empty(
  $$select * from billing.way_out(pg_temp.id('bob'), 15000)$$,
  'custom_plans: another account is not led to it');
select results_eq(
  $$select key, max_count from billing.plan_entitlements where plan_key = 'custom_acme'
    order by key$$,
  $$values ('chatbots', 20::bigint), ('priority', null)$$,
  'custom_plans: it allows what was agreed on');
select results_eq(
  $$select key, is_custom, is_sold from get_published_catalog() where product_key = 'custom_acme'$$,
  $$values ('custom_acme_month@1', true, true)$$, 'custom_plans: it is published at Stripe');
\ir ../../catalogs/saas.sql
select is(
  (select count(*) from billing.prices where key = 'custom_acme_month@1' and is_sold), 1::bigint,
  'custom_plans: another catalog leaves it on sale');

-- Refused
select pg_temp.act_as('authenticated', 'owen');
select throws_ok(
  'select pg_temp.offer(30000)', 'LCKEY', 'this key was used for another plan',
  'custom_plans: another plan under its key');
select throws_ok(
  $$select offer_custom_plan(pg_temp.id('ada'), 'Acme Inc', 'Acme', 1, 1, 'agreed')$$, 'LCKEY',
  'a custom plan is named by a short word', 'custom_plans: a key that is no word');
select throws_ok(
  $$select offer_custom_plan(pg_temp.id('ada'), 'other', 'Acme', 1, 1, ' ')$$, 'LCOWN',
  'an owner''s act needs a reason', 'custom_plans: an offer without a reason');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  'select pg_temp.offer(30000)', 'LCOWN', 'only an owner may do this',
  'custom_plans: an account makes itself no offer');

-- Withdrawn
select pg_temp.act_as('authenticated', 'owen');
select results_eq(
  $$select * from withdraw_custom_plan(pg_temp.id('bob'), 'acme', 'a mistake')$$,
  'values (false)', 'custom_plans: it is withdrawn from the account that it is for, no other');
select results_eq(
  $$select * from withdraw_custom_plan(pg_temp.id('ada'), 'acme', 'was not taken')$$,
  'values (true)', 'custom_plans: an owner withdraws it');
select pg_temp.act_as('postgres');
select is_empty(
  $$select * from prepare_checkout(pg_temp.id('ada'), 'custom_acme_month')$$,
  'custom_plans: what was withdrawn is not sold');
select results_eq(
  $$select action, reason from billing.audit_log where account_id = pg_temp.id('ada')
    order by id$$,
  $$values ('custom_plan.offer', 'custom_acme: agreed by mail'),
    ('custom_plan.withdraw', 'acme: was not taken')$$,
  'custom_plans: what an owner did is in the audit log, once');

select * from finish();
rollback;
