begin;
select plan(48);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

-- Nothing is on sale but what this file sells.
update billing.plans set is_sold = false;
update billing.prices set is_sold = false;
update billing.packs set is_sold = false;
insert into billing.plans (key, version, name, description, position, credits_per_month) values
  ('t_small', 1, 'T Small', '', 1, 300), ('t_large', 1, 'T Large', '', 2, 1000);
insert into billing.prices
  (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values
  ('t_small_month@1', 't_small_month', 't_small', 1, 'month', 999),
  ('t_large_month@1', 't_large_month', 't_large', 1, 'month', 2999);
insert into billing.packs
  (key, lookup_key, name, credits, price_cents, requires_active_subscription, position)
values
  ('t_500@1', 't_500', 'T 500', 500, 500, true, 1),
  ('t_550@1', 't_550', 'T 550', 550, 500, true, 2),
  ('t_2000@1', 't_2000', 'T 2000', 2000, 1900, true, 3),
  ('t_open@1', 't_open', 'T open', 100, 1500, false, 4);
insert into billing.operations (key, name) values ('t_draw', 'Drawing'), ('t_huge', 'Huge');
insert into billing.operation_prices (operation, version, base_credits) values ('t_draw', 1, 60),
  ('t_huge', 1, 3000);
insert into billing.operation_parameters
  (operation, version, name, kind, is_required, position)
values
  ('t_draw', 1, 'size', 'option', true, 1), ('t_draw', 1, 'title', 'label', false, 2);
insert into billing.operation_options
  (operation, version, parameter, value, name, credits, position)
values
  ('t_draw', 1, 'size', 'draft', 'Draft', 0, 1), ('t_draw', 1, 'size', 'full', 'Full', 140, 2);
select pg_temp.sign_up('ada', 'bob');
select from add_credits_atomic(pg_temp.id('ada'), 50, 'promotional', 'code',
  expires_at => '2026-04-01');
select from add_credits_atomic(pg_temp.id('ada'), 1000, 'permanent', 'pack');

create function pg_temp.bucket(key text) returns bigint language sql as $$
  select b.id from billing.buckets b where b.account_id = pg_temp.id('ada') and b.key = bucket.key
$$;

-- Baseline
select is(
  (select q::text from quote_credits('t_draw', '{"size": "full"}', pg_temp.id('ada')) q),
  format('(200,1,0,50,150,1050,850,0,,,,,,,"{%s,%s}","{50,150}")', pg_temp.bucket('code'),
    pg_temp.bucket('pack')),
  'quote: the price, which buckets would pay, and what would be left');
select pg_temp.act_as('authenticated', 'ada');
select is(
  (select c::text from consume_credits('t_draw', '{"size": "full"}', 'k1') c),
  '(t,200,0,50,150,850,f,0,1)',
  'consume: charges the catalog''s price, as quoted');
select pg_temp.act_as('postgres');
select results_eq(
  $$select kind::text, credits, key_scope::text, description, operation, params, price_version,
    cost_micros, digest is not null
    from billing.credit_transactions where key = 'k1'$$,
  $$values ('spend', -200::bigint, 'member', 'Drawing', 't_draw', '{"size": "full"}'::jsonb, 1,
    null::bigint, true)$$,
  'consume: the entry keeps operation, parameters and price version');

-- Allowed
select pg_temp.act_as('service_role');
select is(
  (select c::text from consume_credits('t_draw', '{"size": "draft"}', 'k1', pg_temp.id('ada'),
    4200) c),
  '(t,60,0,0,60,790,f,0,1)', 'consume: a member''s keys and the server''s are apart');
select pg_temp.act_as('postgres');
select results_eq(
  $$select key_scope::text, cost_micros from billing.credit_transactions where key = 'k1'
    order by number$$,
  $$values ('member', null), ('spend', 4200::bigint)$$,
  'consume: the server may say what the work cost');
select lives_ok(
  $$select consume_credits('t_draw', '{"size": "draft"}', 'free of cost', pg_temp.id('ada'), 0)$$,
  'consume: work may cost the developer nothing');
select is(
  (select balance from quote_credits('t_huge', account_id => pg_temp.id('ada'))), 730::bigint,
  'quote: params may be left out');

select is(
  (select q::text from quote_credits('t_huge', '{}', pg_temp.id('ada')) q),
  '(3000,1,0,0,0,730,,2270,,,,,,,{},{})',
  'quote: no way out, and no bucket, where nothing on sale covers the shortfall');
select results_eq(
  $$select left_after, shortfall, way_out, way_out_key, way_out_name, way_out_credits,
    way_out_price_cents, way_out_currency
    from quote_credits('t_draw', '{"size": "full"}', pg_temp.id('bob'))$$,
  $$values (null::bigint, 200::bigint, 'plan', 't_small_month', 'T Small', 300::bigint,
    999::bigint, 'usd')$$,
  'quote: the cheapest way out for who has no plan is a plan; packs that need one are not offered');
select is(
  (select array[w.kind, w.key] from billing.way_out(pg_temp.id('bob'), 301) w),
  array['plan', 't_large_month'], 'quote: a way out covers the whole shortfall');
select is(
  (select count(*) from billing.way_out(pg_temp.id('bob'), 0)), 0::bigint,
  'quote: who is not short needs no way out');
select from apply_object(
  'subscription', 'evt_1', 'x', '2026-03-01', null, 'sha', 1, jsonb_build_object(
  'id', 'sub_1', 'status', 'active', 'customer', 'cus_bob', 'account_id', pg_temp.id('bob'),
  'created', '2026-03-01',
  'items', '[{"id": "si_1", "price": "t_small_month@1", "quantity": 1, "period_start": "2026-03-01",
    "period_end": "2026-04-01"}]'::jsonb));
select is(
  (select array[way_out, way_out_key] from quote_credits('t_draw', '{"size": "full"}',
    pg_temp.id('bob'))),
  array['pack', 't_550'], 'quote: for who has a plan it is a pack; of equal price the larger one');
select pg_temp.act_as('authenticated', 'bob');
select is(
  (select c::text from consume_credits('t_draw', '{"size": "full"}', 'short') c),
  '(f,0,0,0,0,0,f,200,1)',
  'consume: a short balance is answered with the shortfall');
select pg_temp.act_as('postgres');
select is(
  (select count(*) from billing.credit_transactions where account_id = pg_temp.id('bob')),
  0::bigint,
  'consume: a short balance writes no entry');

-- Replay
insert into billing.operation_prices (operation, version, base_credits) values ('t_draw', 2, 1);
select pg_temp.act_as('authenticated', 'ada');
select is(
  (select c::text from consume_credits('t_draw', '{"size": "full"}', 'k1') c),
  '(t,200,0,50,150,850,t,0,1)',
  'consume: the same key answers the first result, though the price has changed since');
select throws_ok(
  $$select consume_credits('t_draw', '{"size": "full"}', 'k2')$$, 'LCOPR',
  'the operation cannot be priced',
  'consume: a new key is charged by the new price list');
select is(
  (select c::text from consume_credits('t_draw', '{}', 'k3') c), '(t,1,0,0,1,729,f,0,2)',
  'consume: and says its version');
select pg_temp.act_as('service_role');
select is(
  (select c::text from consume_credits('t_draw', '{"size": "draft"}', 'k1', pg_temp.id('ada'),
    1) c),
  '(t,60,0,0,60,790,t,0,1)',
  'consume: the server''s key answers the server''s result; the cost does not decide');
select from deduct_credits_atomic(pg_temp.id('ada'), 9, 'by amount');
select pg_temp.act_as('authenticated', 'ada');
select is(
  (select duplicate from consume_credits('t_draw', '{}', 'by amount')), false,
  'consume: a member cannot occupy or see a server''s key');
select pg_temp.act_as('postgres');

-- Quantities
insert into billing.operations (key, name) values ('t_talk', 'Talking');
insert into billing.operation_prices (operation, version, base_credits, min_credits)
values ('t_talk', 1, 0, 1);
insert into billing.operation_parameters
  (operation, version, name, kind, position, unit_credits, per_units, max_units)
values ('t_talk', 1, 'tokens', 'quantity', 1, 3, 1000, 100000);
select is(
  (select c::text from consume_credits('t_talk', '{"tokens": 3334}', 'talk', pg_temp.id('ada')) c),
  '(t,11,0,0,11,708,f,0,1)', 'consume: charges by the unit, fractions rounded up');
select is(
  (select params from billing.credit_transactions
    where account_id = pg_temp.id('ada') and key = 'talk'),
  '{"tokens": 3334}'::jsonb, 'consume: the entry keeps the quantity as a number');

-- From when a price holds
insert into billing.operation_prices (operation, version, base_credits, valid_from)
values ('t_talk', 2, 7, '2026-03-15');
set local test.now to '2026-03-14 23:59:59.999999';
select is(
  (select (c.deducted, c.price_version)::text
    from consume_credits('t_talk', '{"tokens": 1000}', 'eve', pg_temp.id('ada')) c),
  '(3,1)', 'consume: a price holds until the instant of the next');
set local test.now to '2026-03-15';
select is(
  (select (q.price, q.price_version)::text from quote_credits('t_talk', '{}', pg_temp.id('ada')) q),
  '(7,2)', 'quote: from that instant on it is the next');
select is(
  (select (c.deducted, c.price_version)::text
    from consume_credits('t_talk', '{}', 'ides', pg_temp.id('ada')) c),
  '(7,2)', 'consume: from that instant on it is the next, as quoted');
select is(
  (select (c.deducted, c.duplicate, c.price_version)::text
    from consume_credits('t_talk', '{"tokens": 1000}', 'eve', pg_temp.id('ada')) c),
  '(3,t,1)', 'consume: an old key answers the old price, and for what it was');
select from place_hold('t_talk', '{}', 'held', account_id => pg_temp.id('ada'));
select is(
  (select (t.kind, t.credits, t.price_version)::text
    from billing.credit_transactions t where t.account_id = pg_temp.id('ada') and t.key = 'held'),
  '(hold,-7,2)', 'hold: at the price of its instant as well');

-- Refused
create temp table before as select pg_temp.books() as books;
grant select on before to public;
select throws_ok(
  $$select consume_credits('t_draw', '{}', 'by amount', pg_temp.id('ada'))$$, 'LCKEY',
  'a key stands for one set of arguments',
  'consume: a key that deducted an amount');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('ada'), 60, 'k1')$$, 'LCKEY',
  'a key stands for one set of arguments',
  'consume: a key that paid for an operation deducts no amount, not even the same');
select throws_ok(
  $$select consume_credits('t_draw', '{"size": "full"}', 'k1', pg_temp.id('ada'))$$, 'LCKEY',
  'a key stands for one set of arguments', 'consume: the same key with other parameters');
select throws_ok(
  $$select consume_credits('t_huge', '{"size": "draft"}', 'k1', pg_temp.id('ada'))$$, 'LCKEY',
  'a key stands for one set of arguments', 'consume: the same key with another operation');
select throws_ok(
  $$select consume_credits('t_nothing', '{}', 'x', pg_temp.id('ada'))$$, 'LCOPR',
  'the operation cannot be priced',
  'consume: an unknown operation');
select throws_ok(
  $$select consume_credits('t_talk', '{"tokens": 3}', 'x', pg_temp.id('ada'))$$, 'LCOPR',
  'the operation cannot be priced', 'consume: a parameter that only an old price knew');
set local test.now to '2026-03-14';
select throws_ok(
  $$select consume_credits('t_talk', '{"tokens": -3}', 'x', pg_temp.id('ada'))$$, 'LCAMT',
  'a quantity is outside its limits', 'consume: a quantity below zero');
set local test.now to '2026-03-15';
select throws_ok(
  $$select quote_credits('t_draw', '{"price": 1}', pg_temp.id('ada'))$$, 'LCOPR',
  'the operation cannot be priced',
  'quote: a client states no price');
select throws_ok(
  $$select consume_credits('t_draw', null, 'x', pg_temp.id('ada'))$$, 'LCOPR',
  'the operation cannot be priced',
  'consume: no parameters');
select throws_ok(
  $$select consume_credits('t_draw', '{}', '', pg_temp.id('ada'))$$, 'LCKEY',
  'a key must have 1 to 255 printable characters',
  'consume: an empty key');
select throws_ok(
  $$select consume_credits('t_draw', '{}', repeat('k', 256), pg_temp.id('ada'))$$, 'LCKEY',
  'a key must have 1 to 255 printable characters', 'consume: a key of 256 characters');
select throws_ok(
  $$select consume_credits('t_draw', '{}', null, pg_temp.id('ada'))$$, 'LCKEY',
  'a key must have 1 to 255 printable characters', 'consume: no key');
select throws_ok(
  $$select consume_credits('t_draw', '{}', 'x', pg_temp.id('ada'), -1)$$, 'LCAMT',
  'the cost is the server''s to say, and not below zero', 'consume: a cost below zero');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select consume_credits('t_draw', '{}', 'x', cost_micros => 1)$$, 'LCAMT',
  'the cost is the server''s to say, and not below zero', 'consume: a member says no cost');
select throws_ok(
  $$select consume_credits('t_draw', '{}', 'x', cost_micros => 0)$$, 'LCAMT',
  'the cost is the server''s to say, and not below zero',
  'consume: a member says no cost, not even zero');
select throws_ok(
  $$select consume_credits('t_draw', '{}', 'x', pg_temp.id('bob'))$$, 'LCACC',
  'this account is not yours',
  'consume: another''s account');
select throws_ok(
  $$select quote_credits('t_draw', '{}', pg_temp.id('bob'))$$, 'LCACC', 'this account is not yours',
  'quote: another''s account');
select throws_ok(
  $$select billing.consume_credits('t_draw', '{}', 'x', pg_temp.id('bob'), null)$$, 'LCACC',
  'this account is not yours',
  'consume: another''s account, not by the definer either');
select pg_temp.act_as('anon');
select throws_ok(
  $$select consume_credits('t_draw', '{}', 'x', pg_temp.id('ada'))$$, '42501', null,
  'consume: who has not signed in');
select pg_temp.act_as('service_role');
select throws_ok(
  $$select consume_credits('t_draw', '{}', 'x')$$, 'LCACC', 'this account is not yours',
  'consume: the service role must name the account');
select pg_temp.act_as('postgres');
select is(pg_temp.books(), (select books from before), 'consume: what was refused changed nothing');
set local test.now to '2026-04-01';
select is(
  (select balance from quote_credits('t_draw', '{}', pg_temp.id('ada'))),
  (select total from get_user_credits(pg_temp.id('ada'))),
  'quote: settles what is due, as a read does');

select * from finish();
rollback;
