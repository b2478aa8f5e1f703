begin;
select plan(20);

\ir fixtures/helpers.psql
set local test.now to '2026-03-10';

update billing.plans set is_sold = false;
update billing.prices set is_sold = false;
insert into billing.plans
  (key, version, name, description, position, credits_per_month, max_quantity, is_free, is_add_on)
values ('t_free', 1, 'T Free', '', 1, 0, 1, true, false),
  ('t_team', 1, 'T Team', '', 2, 1000, 10, false, false),
  ('t_more', 1, 'T More', '', 3, 100, 5, false, true),
  ('t_help', 1, 'T Help', '', 4, 0, 1, false, true);
insert into billing.prices
  (key, lookup_key, plan_key, plan_version, billing_interval, price_cents, currency)
values ('t_team_month@1', 't_team_month', 't_team', 1, 'month', 3000, 'usd'),
  ('t_team_year@1', 't_team_year', 't_team', 1, 'year', 30600, 'usd'),
  ('t_more_month@1', 't_more_month', 't_more', 1, 'month', 500, 'usd'),
  ('t_more_year@1', 't_more_year', 't_more', 1, 'year', 5100, 'usd'),
  ('t_more_month_eur@1', 't_more_month_eur', 't_more', 1, 'month', 500, 'eur'),
  ('t_help_month@1', 't_help_month', 't_help', 1, 'month', 900, 'usd');
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count) values
  ('t_free', 1, 'bots', 1), ('t_team', 1, 'bots', 5), ('t_team', 1, 'reports', null),
  ('t_more', 1, 'bots', 2), ('t_more', 1, 'reports', 3), ('t_help', 1, 'support', null);
insert into billing.operations (key, name) values ('t_call', 'T Call'), ('t_draw', 'T Draw');
insert into billing.operation_prices (operation, version, base_credits) values
  ('t_call', 1, 1), ('t_draw', 1, 1);
insert into billing.plan_caps (plan_key, plan_version, operation, per, max_uses) values
  ('t_team', 1, 't_call', 'hour', 10), ('t_more', 1, 't_call', 'hour', 7),
  ('t_more', 1, 't_draw', 'hour', 1);

create function pg_temp.item(id text, price text, quantity integer) returns jsonb
language sql as $$
  select jsonb_build_object('id', id, 'price', price, 'quantity', quantity,
    'period_start', '2026-03-01', 'period_end', '2026-04-01')
$$;
create function pg_temp.subscription(ticket bigint, items jsonb, other jsonb default '{}')
returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('subscription', 'evt_' || ticket,
    'customer.subscription.updated', billing.now(), null, 'sha', ticket,
    jsonb_build_object('id', 'sub_1', 'status', 'active', 'customer', 'cus_ada',
      'account_id', pg_temp.id('ada'), 'created', '2026-03-01', 'items', items) || other)
$$;
create function pg_temp.items() returns setof text language sql as $$
  select concat_ws(' ', lookup_key, 'x', quantity, case when is_later then 'later' end)
  from get_subscription(pg_temp.id('ada'))
$$;
create function pg_temp.limits(operation text) returns text language sql as $$
  select max_count::text from get_limits(pg_temp.id('ada')) l where l.key = operation
$$;
select pg_temp.sign_up('ada', 'bob');

-- Allowed
select is(
  pg_temp.subscription(2, jsonb_build_array(pg_temp.item('si_more', 't_more_month@1', 3),
    pg_temp.item('si_plan', 't_team_month@1', 2), pg_temp.item('si_help', 't_help_month@1', 1))),
  'applied', 'items: a plan and its add-ons, in whatever order');
select results_eq('select pg_temp.items()',
  array['t_team_month x 2', 't_help_month x 1', 't_more_month x 3'],
  'subscription: the plan comes first');
select is(
  (select (item_id, price_key, quantity)::text from billing.subscriptions where id = 'sub_1'),
  '(si_plan,t_team_month@1,2)', 'items: the plan''s one stands in the subscription');
select is(limit_of('bots', pg_temp.id('ada')), 16::bigint,
  'limits: seats times the plan''s, pieces times the add-on''s on top');
select is(limit_of('reports', pg_temp.id('ada')), null,
  'limits: what the plan has without limit an add-on does not limit');
select ok(has_entitlement('support', pg_temp.id('ada')), 'limits: an add-on brings a feature');
select is(pg_temp.limits('t_call'), '41', 'caps: an add-on raises what the plan caps');
select is(pg_temp.limits('t_draw'), null, 'caps: an add-on caps nothing that the plan does not');
select is(
  pg_temp.subscription(3, jsonb_build_array(pg_temp.item('si_plan', 't_team_month@1', 1)),
    jsonb_build_object('scheduled', jsonb_build_object('at', '2026-04-01', 'items',
      '[{"price": "t_team_year@1", "quantity": 1}, {"price": "t_more_year@1", "quantity": 2}]'
        ::jsonb))),
  'applied', 'items: a change may wait');
select results_eq('select pg_temp.items()',
  array['t_team_month x 1', 't_team_year x 1 later', 't_more_year x 2 later'],
  'subscription: what is no more is gone, and what will be is told apart');
select is(limit_of('bots', pg_temp.id('ada')), 5::bigint, 'limits: what waits allows nothing yet');
select pg_temp.subscription(4, jsonb_build_array(pg_temp.item('si_plan', 't_team_month@1', 1)));
select results_eq('select pg_temp.items()', array['t_team_month x 1'],
  'items: what waited may be taken back');
select is(
  (select scheduled_at from billing.subscriptions where id = 'sub_1'), null,
  'items: then nothing is scheduled');
select pg_temp.act_as('authenticated', 'ada');
select is((select count(*) from get_subscription()), 1::bigint,
  'subscription: members read their own');
select pg_temp.act_as('authenticated', 'bob');
select is((select count(*) from get_subscription()), 0::bigint, 'subscription: nobody else''s');
select throws_ok(format('select get_subscription(%L)', pg_temp.id('ada')), 'LCACC', null,
  'subscription: nor by its id');
select pg_temp.act_as('postgres');

-- Refused
select is(
  pg_temp.subscription(5, jsonb_build_array(pg_temp.item('si_more', 't_more_month@1', 1))),
  'parked: a subscription has one plan here, and add-ons', 'items: add-ons alone are no plan');
select is(
  pg_temp.subscription(6, jsonb_build_array(pg_temp.item('si_plan', 't_team_month@1', 1),
    pg_temp.item('si_more', 't_more_month_eur@1', 1))),
  'parked: add-ons are paid at the interval and in the currency of the plan',
  'items: of another currency');
select is(
  pg_temp.subscription(7, jsonb_build_array(pg_temp.item('si_plan', 't_team_month@1', 1)),
    '{"scheduled": {"at": "2026-04-01", "items": [{"price": "t_new@1", "quantity": 1}]}}'),
  'parked: scheduled: price t_new@1 is unknown', 'items: what waits must be known, too');

-- Replay
select is(
  pg_temp.subscription(1, jsonb_build_array(pg_temp.item('si_plan', 't_team_month@1', 9))),
  'stale', 'items: an earlier reading changes nothing');

select * from finish();
rollback;
