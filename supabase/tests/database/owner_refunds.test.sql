begin;
select plan(25);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 09:00';
\ir fixtures/shop.psql
insert into billing.owners (user_id) values (pg_temp.id('olga'));
select from link_customer(pg_temp.id('ada'), 'cus_ada');
select pg_temp.tell('subscription', 'evt_1', pg_temp.subscription());
select pg_temp.tell('invoice', 'evt_2', pg_temp.invoice());
select pg_temp.tell('checkout_session', 'evt_3', pg_temp.session());

create function pg_temp.propose(cents bigint default null, key text default 'invoice:in_1')
returns text language sql as $$
  select format('%s: %s of %s, takes %s, owes %s', policy, offered_cents, most_cents,
    takes_credits, debt_credits)
  from propose_refund(pg_temp.id('ada'), propose.key, cents)
$$;
create function pg_temp.spend(credits bigint, key text) returns boolean language sql as $$
  select success from deduct_credits_atomic(pg_temp.id('ada'), credits, key)
$$;

-- What the catalog offers
select is(pg_temp.propose(), 'prorated: 2999 of 2999, takes 1000, owes 0',
  'owner_refunds: of a plan that is unused all is offered');
select is(pg_temp.propose(key => 'checkout:cs_1'), 'none: 0 of 700, takes 0, owes 0',
  'owner_refunds: of a pack nothing');
select is(pg_temp.propose(700, 'checkout:cs_1'), 'none: 0 of 700, takes 500, owes 0',
  'owner_refunds: the owner may give more than is offered, and sees what that does');
select pg_temp.spend(333, 'a');
select is(pg_temp.propose(), 'prorated: 2000 of 2999, takes 666, owes 0',
  'owner_refunds: prorated is what unused credits are worth, rounded down to a cent');
select is(pg_temp.propose(2999), 'prorated: 2000 of 2999, takes 1000, owes 333',
  'owner_refunds: what a larger refund takes of spent credits is owed');
select is(
  (select array[reason, currency] from propose_refund(pg_temp.id('ada'), 'invoice:in_1')),
  array['667 of 1000 credits are unused', 'usd'],
  'owner_refunds: it says why, and in which currency');

-- Parts add up
select pg_temp.tell('refund', 'evt_4', pg_temp.refund(2000));
select is(pg_temp.propose(), 'prorated: 0 of 999, takes 0, owes 0',
  'owner_refunds: after it was given nothing more is offered');
select pg_temp.tell('refund', 'evt_5', pg_temp.refund(2000) || '{"status": "failed"}');
select is(pg_temp.propose(), 'prorated: 2000 of 2999, takes 666, owes 0',
  'owner_refunds: when it failed it is offered again');
create function pg_temp.refund_by_parts() returns bigint language plpgsql as $$
declare
  v_cents bigint;
  v_all bigint := 0;
begin
  for i in 1 .. 40 loop
    select offered_cents into v_cents from propose_refund(pg_temp.id('ada'), 'invoice:in_1');
    exit when v_cents = 0;
    v_cents := least(v_cents, 70);
    v_all := v_all + v_cents;
    perform pg_temp.tell('refund', 'evt_part_' || i, pg_temp.refund(v_cents, 're_part_' || i));
  end loop;
  return v_all;
end $$;
select is(pg_temp.refund_by_parts(), 2000::bigint,
  'owner_refunds: given in parts it is the same to the cent');
select ok(
  (select total between 500 and 501 from get_user_credits(pg_temp.id('ada'))),
  'owner_refunds: and the plan''s credits are gone but for what is less than a cent''s worth');

-- What cannot be given back
select is(
  (select array[reason, most_cents::text, offered_cents::text]
   from propose_refund(pg_temp.id('ada'), 'invoice:in_1', null)),
  array['1 of 1000 credits are unused', '999', '0'],
  'owner_refunds: an owner may still give the rest');
select pg_temp.tell('dispute', 'evt_6', '{"id": "dp_1", "status": "needs_response",
  "customer": "cus_ada", "payment_intent": "pi_2", "amount": 700, "currency": "usd",
  "created": "2026-03-01"}');
select is(
  (select array[reason, most_cents::text]
   from propose_refund(pg_temp.id('ada'), 'checkout:cs_1')),
  array['the bank decides about a dispute', '0'], 'owner_refunds: nothing of what is disputed');
select pg_temp.tell('dispute', 'evt_7', '{"id": "dp_1", "status": "lost",
  "customer": "cus_ada", "payment_intent": "pi_2", "amount": 700, "currency": "usd",
  "created": "2026-03-01"}');
select is(
  (select array[reason, most_cents::text]
   from propose_refund(pg_temp.id('ada'), 'checkout:cs_1')),
  array['all of it went back already, or nothing was charged', '0'],
  'owner_refunds: nor of what the bank has taken');
select pg_temp.tell('invoice', 'evt_8',
  pg_temp.invoice('{"id": "in_2", "status": "open", "payment_intent": "pi_3"}'));
select is(
  (select array[reason, most_cents::text]
   from propose_refund(pg_temp.id('ada'), 'invoice:in_2')),
  array['the payment is failed', '0'], 'owner_refunds: nor of what is not paid');

-- The act
select pg_temp.act_as('authenticated', 'olga');
create temp table started as
select * from start_refund(pg_temp.id('ada'), 'invoice:in_1', 900, 'was very patient');
select results_eq(
  'select payment_intent, currency from started', $$values ('pi_1', 'usd')$$,
  'owner_refunds: an owner starts one, and learns what to refund at Stripe');
select is(
  (select idempotency_key from start_refund(pg_temp.id('ada'), 'invoice:in_1', 900, 'again')),
  (select idempotency_key from started),
  'owner_refunds: until Stripe has told of it the same refund has the same key');
select throws_ok(
  $$select * from start_refund(pg_temp.id('ada'), 'invoice:in_1', 1000, 'x')$$, 'LCAMT', null,
  'owner_refunds: never more than is left of the payment');
select throws_ok(
  $$select * from start_refund(pg_temp.id('ada'), 'invoice:in_1', 0, 'x')$$, 'LCAMT', null,
  'owner_refunds: never nothing');
select throws_ok(
  $$select * from start_refund(pg_temp.id('ada'), 'invoice:in_1', 1, '')$$, 'LCOWN', null,
  'owner_refunds: never without a reason');
select throws_ok(
  $$select * from start_refund(pg_temp.id('ada'), 'invoice:in_0', 1, 'x')$$, 'LCKEY', null,
  'owner_refunds: never of an unknown payment');
select pg_temp.act_as('postgres');
select is(
  (select array_agg(concat_ws(' ', actor, reason) order by id) from billing.audit_log
   where action = 'refund.start'),
  array[pg_temp.id('olga') || ' invoice:in_1, 900 usd: was very patient',
    pg_temp.id('olga') || ' invoice:in_1, 900 usd: again'],
  'owner_refunds: who gave what back, and why, is noted');
select pg_temp.tell('refund', 'evt_9', pg_temp.refund(900, 're_9'));
select isnt(
  (select idempotency_key from start_refund(pg_temp.id('ada'), 'invoice:in_1', 50, 'x')),
  (select idempotency_key from started), 'owner_refunds: after that another is another');
select pg_temp.tell('refund', 'evt_10', pg_temp.refund(900, 're_9') || '{"status": "failed"}');
select isnt(
  (select idempotency_key from start_refund(pg_temp.id('ada'), 'invoice:in_1', 900, 'x')),
  (select idempotency_key from started),
  'owner_refunds: one that failed is not answered once more to whoever tries again');

-- Refused
select pg_temp.act_as('authenticated', 'ada');
select throws_ok($$select * from propose_refund(pg_temp.id('ada'), 'invoice:in_1')$$, 'LCOWN', null,
  'owner_refunds: members are proposed nothing');
select throws_ok(
  $$select * from start_refund(pg_temp.id('ada'), 'invoice:in_1', 1, 'mine')$$, 'LCOWN', null,
  'owner_refunds: members give nothing back to themselves');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
