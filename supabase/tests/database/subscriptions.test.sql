begin;
select plan(35);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.subscribe(name text, status text, ticket bigint, price text)
returns void language sql as $$
  select apply_object('subscription',
    'evt_' || ticket, 'customer.subscription.updated', billing.now(), null, 'sha', ticket,
    jsonb_build_object(
      'id', 'sub_' || name, 'status', status, 'customer', 'cus_' || name,
      'account_id', pg_temp.id(name), 'created', '2026-02-10', 'cancel_at', '2026-03-10',
      'items', jsonb_build_array(jsonb_build_object('price', price, 'quantity', 1,
        'period_start', '2026-02-10', 'period_end', '2026-03-10'))))
$$;

-- Nothing is on sale but what this file sells.
update billing.plans set is_sold = false;
update billing.prices set is_sold = false;
update billing.packs set is_sold = false;
insert into billing.plans (key, version, name, description, position, credits_per_month, is_free)
values ('t_free', 1, 'T Free', '', 1, 100, true), ('t_pro', 1, 'T Pro', '', 2, 1000, false);
insert into billing.prices
  (key, lookup_key, plan_key, plan_version, billing_interval, price_cents, is_sold)
values
  ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 1999, false),
  ('t_pro_month@2', 't_pro_month', 't_pro', 1, 'month', 2999, true);
insert into billing.packs
  (key, lookup_key, name, credits, price_cents, requires_active_subscription, position)
values
  ('t_locked@1', 't_locked', 'T locked', 500, 500, true, 1),
  ('t_open@1', 't_open', 'T open', 500, 600, false, 2);
insert into auth.users (id, email) values
  (pg_temp.id('ada'), 'ada@example.com'), (pg_temp.id('bob'), 'bob@example.com'),
  (pg_temp.id('cy'), 'cy@example.com');

-- Baseline
select results_eq(
  $$select has_active_plan, plan_key, status, price_cents, can_top_up, has_customer,
      free_credits_per_month, next_free_credits_at
    from get_billing_overview(pg_temp.id('nobody'))$$,
  $$values (false, null, null, null::bigint, true, false, 100::bigint, null::timestamptz)$$,
  'overview: is one row, also for an id that has nothing');
select is(
  (select array_agg(s order by s) from unnest(array['incomplete', 'incomplete_expired', 'trialing',
    'active', 'past_due', 'canceled', 'unpaid', 'paused']) s where billing.is_live(s)),
  array['active', 'past_due', 'trialing'], 'subscriptions: trialing, active and past due are live');

-- Allowed
select is(
  link_customer(pg_temp.id('ada'), 'cus_ada'), 'cus_ada', 'customers: the first one is in force');
select is(
  link_customer(pg_temp.id('ada'), 'cus_ada'), 'cus_ada', 'customers: linking again is the same');
select is(
  link_customer(pg_temp.id('ada'), 'cus_second'), 'cus_ada', 'customers: the first one wins');
select is(
  (select array_agg(id) from billing.customers where account_id = pg_temp.id('ada')),
  array['cus_ada'], 'customers: an account has one');
select is(
  billing.account_of('cus_ada', null), pg_temp.id('ada'), 'customers: found by the mapping');
select is(
  billing.account_of('cus_bob', upper(pg_temp.id('bob')::text)), pg_temp.id('bob'),
  'customers: one without a mapping is found by the account id in the metadata');
select is(
  (select account_id from billing.customers where id = 'cus_bob'), pg_temp.id('bob'),
  'customers: and is mapped from then on');
select is(
  billing.account_of('cus_ada', pg_temp.id('bob')::text), pg_temp.id('ada'),
  'customers: the mapping wins over the metadata');
select results_eq(
  'select account_id, reason from billing.audit_log where action = ''customer.mismatch''',
  $$values (pg_temp.id('ada'), 'metadata of cus_ada names account ' || pg_temp.id('bob'))$$,
  'customers: metadata that names another account is noted for the owner');
select is(
  billing.account_of('cus_new', 'not a uuid'), null, 'customers: metadata may be anything');
select is(
  billing.account_of('cus_new', pg_temp.id('nobody')::text), null,
  'customers: metadata that names no user is not believed');
select is(billing.account_of(null, null), null, 'customers: nobody is nobody');

select is(
  array[get_customer(pg_temp.id('ada')), get_customer(pg_temp.id('cy'))], array['cus_ada', null],
  'customers: asked for by account; null where there is none yet');

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
  $$select * from prepare_checkout(pg_temp.id('ada'), 't_pro_month@1')$$,
  'checkout: a versioned key is not a lookup key');

select pg_temp.subscribe('ada', 'past_due', 1, 't_pro_month@1');
select results_eq(
  $$select kind, price_key from prepare_checkout(pg_temp.id('ada'), 't_locked')$$,
  $$values ('pack', 't_locked@1')$$, 'checkout: a plan that is past due unlocks packs');
select pg_temp.act_as('authenticated', 'ada');
select results_eq(
  $$select has_active_plan, plan_key, plan_name, status, lookup_key, billing_interval, price_cents,
      currency, credits_per_month, current_period_end, cancel_at, can_top_up, has_customer
    from get_billing_overview()$$,
  $$values (true, 't_pro', 'T Pro', 'past_due', 't_pro_month', 'month', 1999::bigint, 'usd',
    1000::bigint, '2026-03-10'::timestamptz, '2026-03-10'::timestamptz, true, true)$$,
  'overview: a member sees the version bought, though it is no longer sold');
select pg_temp.act_as('postgres');
select pg_temp.subscribe('ada', 'canceled', 2, 't_pro_month@1');
select results_eq(
  $$select has_active_plan, plan_key, status, next_free_credits_at
    from get_billing_overview(pg_temp.id('ada'))$$,
  $$values (false, 't_pro', 'canceled', '2026-04-01'::timestamptz)$$,
  'overview: a plan that has ended is told by its status, and when free credits come');
select lives_ok(
  $$select prepare_checkout(pg_temp.id('ada'), 't_pro_month')$$,
  'checkout: whose plan has ended may buy one again');
update billing.packs set is_sold = false where key = 't_open@1';
select is(
  (select can_top_up from get_billing_overview(pg_temp.id('ada'))), false,
  'overview: packs are locked without a plan, where every pack needs one');

-- Refused
select pg_temp.subscribe('bob', 'trialing', 3, 't_pro_month@2');
create temp table before as select to_jsonb(c) as row from billing.customers c;
select throws_ok(
  $$select prepare_checkout(pg_temp.id('ada'), 't_locked')$$, 'LCPLN',
  'this pack is sold to accounts with a plan', 'checkout: a pack that needs a plan, without one');
select throws_ok(
  $$select prepare_checkout(pg_temp.id('bob'), 't_pro_month')$$, 'LCSUB',
  'a plan is active already', 'checkout: a plan while one is live');
select throws_ok(
  $$select prepare_checkout(null, 't_pro_month')$$, 'LCACC', 'this account is not yours',
  'checkout: no account');
select throws_ok(
  $$select link_customer(pg_temp.id('cy'), 'cus_ada')$$, 'LCACC',
  'this customer belongs to another account', 'customers: another account''s');
select throws_ok(
  $$select link_customer(null, 'cus_x')$$, 'LCACC', 'this account is not yours',
  'customers: no account');
select throws_ok(
  $$select link_customer(pg_temp.id('cy'), null)$$, '23502', null, 'customers: no customer');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select get_billing_overview(pg_temp.id('bob'))$$, 'LCACC', 'this account is not yours',
  'overview: another''s account');
select throws_ok(
  $$select billing.get_billing_overview(pg_temp.id('bob'))$$, 'LCACC', 'this account is not yours',
  'overview: another''s account, not by the definer either');
select throws_ok(
  $$select link_customer(pg_temp.id('ada'), 'cus_x')$$, '42501', null,
  'customers: members link none');
select throws_ok(
  $$select prepare_checkout(pg_temp.id('ada'), 't_open')$$, '42501', null,
  'checkout: members prepare none');
select pg_temp.act_as('postgres');
select set_eq(
  'select to_jsonb(c) from billing.customers c', 'select row from before',
  'customers: what was refused changed nothing');

select * from finish();
rollback;
