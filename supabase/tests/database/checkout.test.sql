begin;
select plan(24);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir fixtures/plans.psql

insert into billing.plans (key, version, name, description, position, credits_per_month, is_add_on)
values ('t_extra', 1, 'T Extra', '', 3, 50, true);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_extra_month@1', 't_extra_month', 't_extra', 1, 'month', 500);
select pg_temp.sign_up('ada', 'bob', 'cy');

select from link_customer(pg_temp.id('ada'), 'cus_ada');

-- Allowed
select results_eq(
  $$select kind, price_key, name, price_cents, currency, customer_id, email
    from prepare_checkout(pg_temp.id('ada'), 't_pro_month')$$,
  $$values ('plan', 't_pro_month@2', 'T Pro', 2999::bigint, 'usd', 'cus_ada', 'ada@example.com')$$,
  'checkout: a plan''s lookup key finds the price sold now, the customer and the e-mail');
select results_eq(
  $$select kind, price_key, customer_id from prepare_checkout(pg_temp.id('cy'), 't_open')$$,
  $$values ('pack', 't_open@1', null)$$,
  'checkout: a pack that needs no plan is sold to anyone; no customer yet is null');
select is_empty(
  $$select * from prepare_checkout(pg_temp.id('ada'), 't_nothing')$$,
  'checkout: no row where nothing of that key is sold');
select is_empty(
  $$select * from prepare_checkout(pg_temp.id('ada'), 't_extra_month')$$,
  'checkout: an add-on is not sold by itself');
insert into billing.plans (key, version, name, description, position, credits_per_month, is_sold)
values ('t_off', 1, 'T Off', '', 4, 50, false);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_off_month@1', 't_off_month', 't_off', 1, 'month', 500);
select is_empty(
  $$select * from prepare_checkout(pg_temp.id('ada'), 't_off_month')$$,
  'checkout: nor is a price whose plan is off sale');
select results_eq(
  $$select allow_promotion_codes, automatic_tax, collect_tax_ids
    from prepare_checkout(pg_temp.id('ada'), 't_pro_month')$$,
  'values (false, false, false)', 'checkout: codes and tax are asked for when that is set only');
update billing.settings set allow_promotion_codes = true, collect_tax_ids = true;
select results_eq(
  $$select allow_promotion_codes, automatic_tax, collect_tax_ids
    from prepare_checkout(pg_temp.id('ada'), 't_pro_month')$$,
  'values (true, false, true)', 'checkout: each by a setting of its own');
select is_empty(
  $$select * from prepare_checkout(pg_temp.id('ada'), 't_pro_month@1')$$,
  'checkout: a versioned key is not a lookup key');

select pg_temp.subscribe('ada', 'past_due', 1, 't_pro_month@1');
select results_eq(
  $$select kind, price_key from prepare_checkout(pg_temp.id('ada'), 't_locked')$$,
  $$values ('pack', 't_locked@1')$$, 'checkout: a plan that is past due unlocks packs');
select pg_temp.subscribe('ada', 'canceled', 2, 't_pro_month@1');
select lives_ok(
  $$select prepare_checkout(pg_temp.id('ada'), 't_pro_month')$$,
  'checkout: whose plan has ended may buy one again');
select pg_temp.subscribe('bob', 'trialing', 3, 't_pro_month@2');
select lives_ok(
  $$select prepare_checkout(pg_temp.id('bob'), 't_locked')$$, 'checkout: a trial unlocks packs');
select link_customer(pg_temp.id('cy'), 'cus_cy');
select apply_object('customer', 'evt_gone', 'x', billing.now(), null, 'sha', 4,
  '{"customer": "cus_cy", "deleted": true}');
select results_eq(
  $$select customer_id, former_customers from prepare_checkout(pg_temp.id('cy'), 't_open')$$,
  $$values (null::text, 1::bigint)$$,
  'checkout: whose customer was deleted has none, and another number of them than before');

-- Refused
create temp table before as select to_jsonb(c) as row from billing.customers c;
select throws_ok(
  $$select prepare_checkout(pg_temp.id('ada'), 't_locked')$$, 'LCPLN',
  'this pack is sold to accounts with a plan', 'checkout: a pack that needs a plan, without one');
select throws_ok(
  $$select prepare_checkout(pg_temp.id('bob'), 't_pro_month')$$, 'LCSUB',
  'a plan is active already', 'checkout: a plan while one is live');
create function pg_temp.refusal(status text, ticket bigint) returns text language plpgsql as $$
begin
  perform pg_temp.subscribe('bob', status, ticket, 't_pro_month@2');
  perform prepare_checkout(pg_temp.id('bob'), 't_pro_month');
  return 'none';
exception when sqlstate 'LCSUB' then
  return sqlstate;
end $$;
select is(pg_temp.refusal(status, ticket), expected,
  format('checkout: a second plan is %s beside one that is %s',
    case expected when 'none' then 'sold' else 'not sold' end, status))
from (values (11, 'active', 'LCSUB'), (12, 'past_due', 'LCSUB'), (13, 'paused', 'LCSUB'),
  (14, 'unpaid', 'LCSUB'), (15, 'incomplete', 'none'), (16, 'incomplete_expired', 'none'),
  (17, 'canceled', 'none')) s (ticket, status, expected);
select throws_ok(
  $$select prepare_checkout(null, 't_pro_month')$$, 'LCACC', 'this account is not yours',
  'checkout: no account');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select prepare_checkout(pg_temp.id('ada'), 't_open')$$, '42501', null,
  'checkout: members prepare none');
select pg_temp.act_as('postgres');
select set_eq(
  'select to_jsonb(c) from billing.customers c', 'select row from before',
  'checkout: what was refused changed nothing');

select * from finish();
rollback;
