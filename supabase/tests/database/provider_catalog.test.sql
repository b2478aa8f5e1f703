begin;
select plan(23);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.price(ticket bigint, other jsonb default '{}', id text default 'price_1')
returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('price', 'evt_' || ticket, 'x',
    billing.now(), null, 'sha', ticket, '{"price": "t_pro_month@1", "pack": null,
      "product": "prod_1", "lookup_key": "t_pro_month", "unit_amount": 2999, "currency": "usd",
      "interval": "month", "active": true}' || jsonb_build_object('id', id) || other)
$$;
create function pg_temp.product(ticket bigint, other jsonb default '{}') returns text
language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('product', 'evt_' || ticket, 'x',
    billing.now(), null, 'sha', ticket,
    '{"id": "prod_1", "name": "T Pro", "active": true}' || other)
$$;

insert into billing.plans (key, version, name, description, position, credits_per_month)
values ('t_pro', 1, 'T Pro', '', 1, 1000);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 2999),
  ('t_pro_year@1', 't_pro_year', 't_pro', 1, 'year', 30590);
insert into billing.packs (key, lookup_key, name, credits, price_cents, position)
values ('t_500@1', 't_500', 'T 500', 500, 500, 1);

-- Baseline
select set_eq(
  $$select key, price_cents, currency, billing_interval, is_sold from billing.catalog_keys
    where key like 't\_%'$$,
  $$values ('t_pro_month@1', 2999::bigint, 'usd', 'month', true),
    ('t_pro_year@1', 30590, 'usd', 'year', true), ('t_500@1', 500, 'usd', null, true)$$,
  'provider: a price is for a plan, or for a pack, which has no interval');

insert into billing.packs (key, lookup_key, name, credits, price_cents, currency, position)
values ('t_500_eur@1', 't_500_eur', 'T 500', 500, 475, 'eur', 1);
select results_eq(
  $$select kind, key, product_key, price_cents, is_sold, tax_behavior
    from get_published_catalog() where key like 't\_%'$$,
  $$values ('pack', 't_500@1', 't_500', 500::bigint, true, 'exclusive'),
    ('pack', 't_500_eur@1', 't_500', 475, true, 'exclusive'),
    ('price', 't_pro_month@1', 't_pro', 2999, true, 'exclusive'),
    ('price', 't_pro_year@1', 't_pro', 30590, true, 'exclusive')$$,
  'provider: what is published has a product, which several currencies share');
update billing.plans set is_sold = false where key = 't_pro';
select results_eq(
  $$select key from get_published_catalog() where key like 't\_pro%' and not is_sold$$,
  $$values ('t_pro_month@1'), ('t_pro_year@1')$$,
  'provider: the prices of a plan that is not sold are not sold');

-- Allowed
select is(pg_temp.price(10), 'applied', 'provider: a price as the catalog has it is applied');
select is(
  pg_temp.price(11, '{"price": null, "pack": "t_500@1", "unit_amount": 500, "interval": null}',
    'price_2'), 'applied', 'provider: so is a pack''s');
select is(
  pg_temp.price(12, '{"active": false}'), 'applied', 'provider: one may be withdrawn at Stripe');
select results_eq(
  $$select id, catalog_key, product_id, lookup_key, price_cents, billing_interval, is_active
    from billing.provider_prices order by id$$,
  $$values ('price_1', 't_pro_month@1', 'prod_1', 't_pro_month', 2999::bigint, 'month', false),
    ('price_2', 't_500@1', 'prod_1', 't_pro_month', 500, null, true)$$,
  'provider: the rows are what Stripe has');
update billing.prices set is_sold = false where key = 't_pro_month@1';
select is(
  pg_temp.price(13), 'applied', 'provider: a price that is sold no more is known all the same');
select is(pg_temp.product(14), 'applied', 'provider: a product is applied');
select pg_temp.product(15, '{"active": false, "name": null}');
select is(
  (select row(name, is_active)::text from billing.provider_products), '("",f)',
  'provider: the row is what Stripe has');

-- Replay
select is(pg_temp.price(9, '{"active": false}'), 'stale', 'provider: an older price is stale');
select is(pg_temp.product(8), 'stale', 'provider: an older product is stale');
select is(
  (select row(p.is_active, q.is_active)::text from billing.provider_prices p,
    billing.provider_products q where p.id = 'price_1'), '(t,f)',
  'provider: neither changes anything');

-- Refused
create temp table before as select to_jsonb(p) as row from billing.provider_prices p;
select is(
  pg_temp.price(20, '{"price": null}', 'price_x'), 'ignored: the price is not of the catalog',
  'provider: a price without a key of ours is ignored');
select is(
  pg_temp.price(21, '{"price": "t_x@1"}', 'price_x'), 'parked: t_x@1 is unknown',
  'provider: one of an unknown key is parked');
select is(
  pg_temp.price(22, '{"unit_amount": 2998}', 'price_x'),
  'parked: t_pro_month@1 is 2999 usd month here, and 2998 usd month at Stripe',
  'provider: another amount is parked');
select is(
  pg_temp.price(23, '{"currency": "eur"}', 'price_x'),
  'parked: t_pro_month@1 is 2999 usd month here, and 2999 eur month at Stripe',
  'provider: another currency is parked');
select is(
  pg_temp.price(24, '{"interval": "year"}', 'price_x'),
  'parked: t_pro_month@1 is 2999 usd month here, and 2999 usd year at Stripe',
  'provider: another interval is parked');
select is(
  pg_temp.price(25, '{"price": null, "pack": "t_500@1", "unit_amount": null, "interval": "month"}',
    'price_x'), 'parked: t_500@1 is 500 usd once here, and  usd month at Stripe',
  'provider: a pack that recurs is parked');
select set_eq(
  'select to_jsonb(p) from billing.provider_prices p', 'select row from before',
  'provider: what is parked has changed nothing');
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_x@1', 't_x', 't_pro', 1, 'month', 2999);
select is(apply_parked('evt_20'), 'evt_21', 'provider: the job tries again');
select is(
  (select catalog_key from billing.provider_prices where id = 'price_x'), 't_x@1',
  'provider: a price that was known here too late is applied then');
set local role authenticated;
select throws_ok(
  'select * from billing.provider_prices', '42501', null, 'provider: members see none');
reset role;

select * from finish();
rollback;
