begin;
select plan(27);

-- Nothing is on sale but what this file sells.
update billing.plans set is_sold = false;
update billing.prices set is_sold = false;
update billing.packs set is_sold = false;
insert into billing.plans
  (key, version, name, description, position, credits_per_month, trial_days, trial_credits, is_free)
values
  ('t_free', 1, 'T Free', 'Free of charge', 1, 100, null, null, true),
  ('t_pro', 1, 'T Pro', 'For work', 2, 1000, 14, 500, false),
  ('t_bare', 1, 'T Bare', 'Has no price', 3, 10, null, null, false);
insert into billing.prices
  (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values
  ('t_pro_year@1', 't_pro_year', 't_pro', 1, 'year', 30590),
  ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 2999);
insert into billing.prices
  (key, lookup_key, plan_key, plan_version, billing_interval, price_cents, is_sold)
values ('t_pro_early@1', 't_pro_early', 't_pro', 1, 'month', 999, false);
insert into billing.packs (key, lookup_key, name, credits, price_cents, position) values
  ('t_big@1', 't_big', 'T big', 1000, 900, 2), ('t_small@1', 't_small', 'T small', 500, 500, 1);

create function pg_temp.published() returns jsonb language sql as $$
  select jsonb_build_array(
    (select jsonb_agg(p order by p.key, p.version) from billing.plans p),
    (select jsonb_agg(p order by p.key) from billing.prices p),
    (select jsonb_agg(p order by p.key) from billing.packs p))
$$;

-- Baseline
select results_eq(
  $$select plan_key, lookup_key, billing_interval, price_cents, credits_per_month,
      trial_days::integer
    from get_plans()$$,
  $$values
    ('t_free', null, null, null::bigint, 100::bigint, null::integer),
    ('t_pro', 't_pro_month', 'month', 2999, 1000, 14),
    ('t_pro', 't_pro_year', 'year', 30590, 1000, 14)$$,
  'catalog: the free plan, then a row for each price on sale, in order; no plan without one');
select results_eq(
  $$select lookup_key, credits, price_cents, currency, requires_active_subscription
    from get_packs()$$,
  $$values ('t_small', 500::bigint, 500::bigint, 'usd', true), ('t_big', 1000, 900, 'usd', true)$$,
  'catalog: packs in order; they need a plan unless they say otherwise');
select is(
  (select renewal_grace from billing.plans where key = 't_pro'), '3 hours'::interval,
  'catalog: credits outlive the paid period by three hours unless the plan says otherwise');

-- Allowed
select lives_ok(
  $$update billing.plans set is_sold = false where key = 't_pro';
    insert into billing.plans (key, version, name, description, position, credits_per_month)
    values ('t_pro', 2, 'T Pro', 'For work', 2, 1500)$$,
  'catalog: a plan that is no longer sold makes room for its next version');
select lives_ok(
  $$update billing.prices set is_sold = false where key = 't_pro_month@1';
    insert into billing.prices
      (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
    values ('t_pro_month@2', 't_pro_month', 't_pro', 2, 'month', 3999)$$,
  'catalog: a price that is no longer sold makes room for its next version');
select results_eq(
  $$select lookup_key, price_cents, credits_per_month from get_plans() where plan_key = 't_pro'$$,
  $$values ('t_pro_month', 3999::bigint, 1500::bigint)$$,
  'catalog: only prices of the version on sale are shown');
set local role anon;
select is((select count(*) from get_plans()), 2::bigint, 'catalog: anyone reads the plans');
select is((select count(*) from get_packs()), 2::bigint, 'catalog: anyone reads the packs');
select is(
  (select count(*) from billing.plans where not is_sold), 0::bigint,
  'catalog: clients see no plan that is not sold');
select is(
  (select count(*) from billing.prices where not is_sold), 0::bigint,
  'catalog: clients see no price that is not sold');
reset role;

-- Refused
create temp table before as select pg_temp.published() as rows;
select throws_ok(
  $$update billing.plans set credits_per_month = 9 where key = 't_pro'$$, '23001',
  'what is published never changes', 'catalog: a plan''s credits never change');
select throws_ok(
  $$update billing.prices set price_cents = 9 where key = 't_pro_year@1'$$, '23001',
  'what is published never changes', 'catalog: a price never changes');
select throws_ok(
  $$update billing.packs set credits = 9, is_sold = false where key = 't_big@1'$$, '23001',
  'what is published never changes',
  'catalog: a pack never changes, not even while it is taken off');
select throws_ok(
  $$delete from billing.plans where key = 't_bare'$$, '23001', 'what is published never changes',
  'catalog: a plan is never deleted');
select throws_ok(
  $$delete from billing.prices where key = 't_pro_year@1'$$, '23001',
  'what is published never changes',
  'catalog: a price is never deleted');
select throws_ok(
  $$delete from billing.packs where key = 't_big@1'$$, '23001', 'what is published never changes',
  'catalog: a pack is never deleted');
select throws_ok(
  'truncate billing.packs', '23001', 'what is published never changes',
  'catalog: packs are never truncated');
select throws_ok(
  $$insert into billing.plans (key, version, name, description, position, credits_per_month)
    values ('t_pro', 3, 'T Pro', 'For work', 2, 1500)$$,
  '23505', null, 'catalog: one version of a plan is sold');
select throws_ok(
  $$insert into billing.plans
      (key, version, name, description, position, credits_per_month, is_free)
    values ('t_gratis', 1, 'T Gratis', 'Free as well', 4, 5, true)$$,
  '23505', null, 'catalog: one free plan is sold');
select throws_ok(
  $$insert into billing.prices
      (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
    values ('t_pro_year@2', 't_pro_year', 't_pro', 2, 'year', 1)$$,
  '23505', null, 'catalog: one price of a lookup key is sold');
select throws_ok(
  $$insert into billing.packs (key, lookup_key, name, credits, price_cents, position)
    values ('t_big@2', 't_big', 'T big', 1, 1, 2)$$,
  '23505', null, 'catalog: one pack of a lookup key is sold');
select throws_ok(
  $$insert into billing.prices
      (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
    values ('t_other@1', 't_week', 't_pro', 2, 'month', 1)$$,
  '23514', null, 'catalog: a price''s key is its lookup key and a version');
select throws_ok(
  $$insert into billing.prices
      (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
    values ('t_nothing@1', 't_nothing', 't_pro', 2, 'month', 0)$$,
  '23514', null, 'catalog: a price is above zero');
select throws_ok(
  $$insert into billing.prices
      (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
    values ('t_ghost@1', 't_ghost', 't_ghost', 1, 'month', 1)$$,
  '23503', null, 'catalog: a price belongs to a plan');
select throws_ok(
  $$insert into billing.packs (key, lookup_key, name, credits, price_cents, currency, position)
    values ('t_euro@1', 't_euro', 'T euro', 1, 1, 'EUR', 2)$$,
  '23514', null, 'catalog: currencies are lower case');
select throws_ok(
  $$insert into billing.plans
      (key, version, name, description, position, credits_per_month, trial_days)
    values ('t_trial', 1, 'T Trial', 'Half a trial', 5, 5, 14)$$,
  '23514', null, 'catalog: a trial has days and credits');
select is(
  pg_temp.published(), (select rows from before), 'catalog: what was refused changed nothing');

select * from finish();
rollback;
