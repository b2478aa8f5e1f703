begin;
select plan(12);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 09:00';
\ir fixtures/shop.psql
select from link_customer(pg_temp.id('ada'), 'cus_ada');
select pg_temp.tell('subscription', 'evt_1', pg_temp.subscription());
select pg_temp.tell('invoice', 'evt_2', pg_temp.invoice());
select pg_temp.tell('checkout_session', 'evt_3', pg_temp.session());
select pg_temp.tell('refund', 'evt_4', pg_temp.refund(100));

-- A walk, and where it is
create temp table first as select * from begin_reconciliation();
select results_eq(
  'select since_at, step, place, as_of from first',
  $$values ('2026-01-25 09:00'::timestamptz, null, null, '2026-03-01 09:00'::timestamptz)$$,
  'reconciliations: one begins with what is 35 days old');
select ok(
  (select a.ticket > f.ticket from first f,
    advance_reconciliation(f.run, 'invoice', 'in_7', 40, false) a),
  'reconciliations: each page has a ticket of its own, drawn before it is read');
select results_eq(
  $$select f.run = b.run, b.step, b.place, b.since_at = f.since_at
    from first f, begin_reconciliation('2026-02-01') b$$,
  $$values (true, 'invoice', 'in_7', true)$$,
  'reconciliations: one that was cut off is gone on with');
select results_eq(
  $$select f.run = b.run, b.step, b.place, b.since_at
    from first f, begin_reconciliation('2026-01-01') b$$,
  $$values (true, null, null, '2026-01-01'::timestamptz)$$,
  'reconciliations: who looks further back than that begins anew');
select from first f, advance_reconciliation(f.run, null, null, 2, true);
select results_eq(
  'select looked_at, finished_at from billing.reconciliations',
  $$values (42::bigint, '2026-03-01 09:00'::timestamptz)$$,
  'reconciliations: it counts what it has looked at');
select results_eq(
  $$select f.run = b.run, b.since_at from first f, begin_reconciliation('2020-01-01') b$$,
  $$values (false, '2020-01-01'::timestamptz)$$,
  'reconciliations: after the end another begins, from when one likes');

-- What the books know of Stripe
create function pg_temp.known(noun text, since timestamptz) returns text language sql as $$
  select string_agg(object_id, ', ' order by place) from get_known_objects(noun, since)
$$;
select is(
  (select string_agg(concat_ws(' ', noun, pg_temp.known(noun, '2026-01-01')), ', ' order by noun)
   from unnest(array['customer', 'subscription', 'invoice', 'checkout_session', 'refund',
     'dispute']) noun),
  'checkout_session cs_1, customer cus_ada, dispute, invoice in_1, refund re_1, subscription sub_1',
  'reconciliations: everything that came is known by its noun');
select is(pg_temp.known('invoice', '2026-03-02'), null,
  'reconciliations: what is older and over is left out');
select is(pg_temp.known('subscription', '2026-03-02'), 'sub_1',
  'reconciliations: a plan that runs is not over');
select from billing.grant_credits(pg_temp.id('bob'), 'permanent', 5, 'x',
  payment_key => 'checkout:cs_0');
select is(
  (select string_agg(object_id, ', ') from get_known_objects('checkout_session', '2026-01-01',
    (select min(place) from get_known_objects('checkout_session', '2026-01-01')), 1)),
  case when pg_temp.id('ada') < pg_temp.id('bob') then 'cs_0' else 'cs_1' end,
  'reconciliations: what granted credits is known without a payment; pages go on after a place');

-- Refused
select pg_temp.act_as('authenticated', 'ada');
select throws_ok('select * from begin_reconciliation()', '42501', null,
  'reconciliations: members begin none');
select throws_ok($$select * from get_known_objects('customer', '2026-01-01')$$, '42501', null,
  'reconciliations: members learn nobody''s objects');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
