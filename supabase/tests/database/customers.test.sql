begin;
select plan(44);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

-- What Stripe says of a customer; account: whom its metadata names.
create function pg_temp.told(id text, ticket bigint, other jsonb default '{}')
returns text language sql as $$
  select concat_ws(' ', outcome, reason) from apply_object('customer', 'evt_' || ticket, 'x',
    billing.now(), null, 'sha', ticket, jsonb_build_object('customer', id, 'account_id', null,
      'deleted', false, 'default_payment_method', null) || other)
$$;
create function pg_temp.pack(customer text, ticket bigint, account text default null)
returns text language sql as $$
  select concat_ws(' ', outcome, reason) from apply_object('checkout_session', 'evt_' || ticket,
  'x',
    billing.now(), null, 'sha', ticket, jsonb_build_object('id', 'cs_' || ticket, 'mode', 'payment',
      'status', 'complete', 'payment_status', 'paid', 'customer', customer,
      'account_id', pg_temp.id(account), 'pack', 't_pack@1', 'quantity', 1, 'amount_subtotal', 900,
      'amount_total', 900, 'currency', 'usd', 'payment_intent', 'pi_' || ticket,
      'created', '2026-03-01'))
$$;
create function pg_temp.refund(customer text, pack integer, ticket bigint)
returns text language sql as $$
  select concat_ws(' ', outcome, reason) from apply_object('refund', 'evt_' || ticket, 'x',
    billing.now(), null, 'sha', ticket, jsonb_build_object('id', 're_' || ticket,
      'status', 'succeeded', 'customer', customer, 'payment_intent', 'pi_' || pack, 'amount', 900,
      'currency', 'usd', 'created', '2026-03-01'))
$$;
create function pg_temp.customer(id text) returns text language sql as $$
  select format('%s%s%s', case c.account_id when pg_temp.id('ada') then 'ada'
      when pg_temp.id('bob') then 'bob' when pg_temp.id('cy') then 'cy'
      when pg_temp.id('dee') then 'dee' else 'nobody' end,
    case when c.is_in_force then ', in force' end, case when c.deleted_at is not null
      then ', deleted' end)
  from billing.customers c where c.id = customer.id
$$;

update billing.plans set is_sold = false where is_free;
insert into billing.packs (key, lookup_key, name, credits, price_cents, position)
values ('t_pack@1', 't_pack', 'T Pack', 1000, 900, 1);
select pg_temp.sign_up('ada', 'bob', 'cy', 'dee');

-- Allowed
select is(
  link_customer(pg_temp.id('ada'), 'cus_ada'), 'cus_ada', 'customers: the first one is in force');
select is(
  link_customer(pg_temp.id('ada'), 'cus_ada'), 'cus_ada', 'customers: linking again is the same');
select is(
  link_customer(pg_temp.id('ada'), 'cus_second'), 'cus_ada', 'customers: the first one wins');
select is(
  (select array_agg(c.id order by c.id) filter (where c.is_in_force) from billing.customers c
   where c.account_id = pg_temp.id('ada')),
  array['cus_ada'], 'customers: of an account one is in force');
select is(
  billing.account_of('cus_second', null), pg_temp.id('ada'),
  'customers: the other is known all the same, so that what it pays is found');
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

select is(
  pg_temp.told('cus_ada', 10, '{"default_payment_method": "pm_1"}'), 'applied',
  'customers: what Stripe says of one is applied');
select is(
  (select default_payment_method from billing.customers where id = 'cus_ada'), 'pm_1',
  'customers: namely what it pays with');

-- One that was made by hand at Stripe
select is(
  pg_temp.told('cus_bob2', 11, jsonb_build_object('account_id', pg_temp.id('bob'))), 'applied',
  'customers: a second one of an account is applied');
select is(
  array[pg_temp.customer('cus_bob'), pg_temp.customer('cus_bob2')], array['bob, in force', 'bob'],
  'customers: the first stays in force');
select is(pg_temp.pack('cus_bob2', 12), 'applied', 'customers: what the second pays is granted');
select is(
  array[pg_temp.refund('cus_bob2', 12, 13),
    (select total::text from get_user_credits(pg_temp.id('bob')))], array['applied', '0'],
  'customers: and what goes back to it is taken back');

-- Deleted
select is(
  pg_temp.told('cus_ada', 20, '{"deleted": true}'), 'applied', 'customers: one may be deleted');
select is(get_customer(pg_temp.id('ada')), null,
  'customers: one that is deleted is asked for no more');
select is(
  pg_temp.told('cus_ada', 19, '{"default_payment_method": "pm_2"}'), 'stale',
  'customers: an older reading is stale');
select is(
  pg_temp.told('cus_ada', 21), 'applied', 'customers: a later reading of a deleted one is applied');
select is(
  pg_temp.customer('cus_ada'), 'ada, deleted', 'customers: deleted is final, whatever the ticket');
select is(
  pg_temp.pack('cus_ada', 22), 'applied',
  'customers: a late payment of one that is deleted finds whose it was');
select is(
  link_customer(pg_temp.id('ada'), 'cus_ada3'), 'cus_ada3',
  'customers: the next checkout makes a new one');
select is(
  array[pg_temp.customer('cus_ada'), pg_temp.customer('cus_second'), pg_temp.customer('cus_ada3')],
  array['ada, deleted', 'ada', 'ada, in force'], 'customers: and that is in force');

select pg_temp.told('cus_ada3', 23, '{"deleted": true}');
select is(
  link_customer(pg_temp.id('ada'), 'cus_second'), 'cus_second',
  'customers: one that was known beside it may take its place');
select is(pg_temp.customer('cus_second'), 'ada, in force', 'customers: and is in force then');

-- The two orders in which a customer's end and whose it was may be told
select is(
  pg_temp.told('cus_cy', 31, '{"deleted": true}'), 'applied',
  'customers: that one is deleted is kept before anybody knows whose it was');
select is(pg_temp.customer('cus_cy'), 'nobody, deleted', 'customers: it is nobody''s');
select pg_temp.pack('cus_cy', 32, 'cy');
select pg_temp.pack('cus_dee', 33, 'dee');
select pg_temp.told('cus_dee', 34, '{"deleted": true}');
select is(
  array[pg_temp.customer('cus_cy'), pg_temp.customer('cus_dee')],
  array['cy, deleted', 'dee, deleted'],
  'customers: deleted first or last, nobody is sent to it');
select is(
  pg_temp.told('cus_none', 35), 'ignored customer cus_none is unknown',
  'customers: a stranger''s is ignored');
select is(pg_temp.customer('cus_none'), null, 'customers: and not kept');

-- What waited for the link
select is(
  pg_temp.pack('cus_cy2', 40), 'parked customer cus_cy2 is unknown',
  'customers: a payment of one that is unknown waits');
select is(link_customer(pg_temp.id('cy'), 'cus_cy2'), 'cus_cy2', 'customers: then it is linked');
select is(
  (select credits_granted from get_payments(pg_temp.id('cy')) where key = 'checkout:cs_40'),
  1000::bigint, 'customers: and what waited is applied');

-- Refused
create temp table before as select to_jsonb(c) as row from billing.customers c;
select throws_ok(
  $$select link_customer(pg_temp.id('dee'), 'cus_ada')$$, 'LCACC',
  'this customer is another account''s, or deleted', 'customers: another account''s');
select throws_ok(
  $$select link_customer(null, 'cus_x')$$, 'LCACC', 'this account is not yours',
  'customers: no account');
select throws_ok(
  $$select link_customer(pg_temp.id('cy'), null)$$, '23502', null, 'customers: no customer');
select throws_ok(
  $$select link_customer(pg_temp.id('dee'), 'cus_dee')$$, 'LCACC',
  'this customer is another account''s, or deleted', 'customers: the account''s own, deleted');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select link_customer(pg_temp.id('ada'), 'cus_x')$$, '42501', null,
  'customers: members link none');
select pg_temp.act_as('postgres');
select set_eq(
  'select to_jsonb(c) from billing.customers c', 'select row from before',
  'customers: what was refused changed nothing');

select * from finish();
rollback;
