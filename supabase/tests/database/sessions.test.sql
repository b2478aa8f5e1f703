begin;
select plan(44);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.session(ticket bigint, other jsonb default '{}', id text default 'cs_1')
returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('checkout_session', 'evt_' || ticket,
    'x', billing.now(), null, 'sha', ticket,
    '{"mode": "payment", "status": "complete", "payment_status": "paid", "customer": "cus_ada",
      "pack": "t_500@1", "quantity": 1, "amount_subtotal": 500, "amount_total": 500,
      "currency": "usd", "created": "2026-02-28"}'
      || jsonb_build_object('id', id, 'payment_intent', 'pi_' || id) || other)
$$;
create function pg_temp.top_up(ticket bigint, other jsonb default '{}', id text default 'pi_t')
returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('payment_intent', 'evt_' || ticket,
    'x', billing.now(), null, 'sha', ticket,
    '{"payment_intent_status": "succeeded", "customer": "cus_ada", "pack": "t_500@1",
      "amount": 500, "amount_received": 500, "currency": "usd", "created": "2026-02-28"}'
      || jsonb_build_object('payment_intent', id) || other)
$$;
create function pg_temp.payment(key text) returns text language sql as $$
  select concat_ws(', ', status, credits_granted)
  from get_payments(pg_temp.id('ada')) p where p.key = payment.key
$$;

update billing.plans set is_sold = false where is_free;
insert into billing.packs (key, lookup_key, name, credits, price_cents, position, expires_after)
values ('t_500@1', 't_500', 'T 500', 500, 500, 1, null),
  ('t_brief@1', 't_brief', 'T Brief', 100, 500, 2, '30 days');
select pg_temp.sign_up('ada');
select from link_customer(pg_temp.id('ada'), 'cus_ada');

-- Baseline: what Stripe's words mean
select is(
  (select array_agg(s order by s) from unnest(array['paid', 'unpaid', 'no_payment_required']) s
   where billing.is_paid('checkout_session',
     jsonb_build_object('mode', 'payment', 'payment_status', s))),
  array['no_payment_required', 'paid'], 'sessions: paid, or nothing to pay, is paid');
select is(
  billing.has_failed(jsonb_build_object('payment_intent_status', status, 'payment_error', error)),
  expected, format('sessions: a payment that is %s %s has %s', status,
    coalesce('after ' || error, 'so far'), case when expected then 'failed' else 'not failed' end))
from (values ('requires_payment_method', null, false),
  ('requires_payment_method', 'card_declined', true), ('requires_action', null, false),
  ('processing', null, false), ('succeeded', null, false), ('canceled', null, true))
  s (status, error, expected);

-- Allowed: methods that take days
select is(
  pg_temp.session(1, '{"payment_status": "unpaid", "payment_intent_status": "processing"}'),
  'applied', 'sessions: one that is complete may be paid later');
select is(pg_temp.payment('checkout:cs_1'), 'pending, 0', 'sessions: until then it is pending');
select is(pg_temp.session(2), 'applied', 'sessions: then it is paid');
select is(pg_temp.payment('checkout:cs_1'), 'paid, 500', 'sessions: and grants the pack');
select is(
  (select paid_at from billing.payments where key = 'checkout:cs_1'), '2026-02-28'::timestamptz,
  'sessions: it counts as paid when it was made, the same whichever event comes first');
select pg_temp.session(3, '{"payment_status": "unpaid", "payment_error": "expired_card",
  "payment_intent_status": "requires_payment_method"}', 'cs_2');
select is(
  pg_temp.payment('checkout:cs_2'), 'failed, 0', 'sessions: or it has failed, and grants nothing');
select pg_temp.session(4, '{}', 'cs_2');
select is(
  pg_temp.payment('checkout:cs_2'), 'paid, 500', 'sessions: one that has failed may be paid still');
select pg_temp.session(5, '{"payment_status": "unpaid", "status": "expired",
  "payment_error": "card_declined", "payment_intent_status": "requires_payment_method"}', 'cs_3');
select is(
  pg_temp.payment('checkout:cs_3'), 'expired, 0',
  'sessions: one that was left has expired, whatever was tried before');
select pg_temp.session(6, '{"payment_status": "unpaid", "payment_intent_status": "canceled"}',
  'cs_4');
select is(pg_temp.payment('checkout:cs_4'), 'failed, 0', 'sessions: a canceled payment has failed');

-- Allowed: what is sold
select pg_temp.session(7, '{"payment_status": "no_payment_required", "amount_total": 0}', 'cs_5');
select is(
  pg_temp.payment('checkout:cs_5'), 'paid, 500',
  'sessions: a discount of all of it leaves nothing to pay, and grants');
select pg_temp.session(8, '{"pack": "t_brief@1", "quantity": 2, "amount_subtotal": 1000}', 'cs_6');
select results_eq(
  $$select granted_credits, expires_at, paid_cents from billing.buckets
    where key = 'checkout:cs_6'$$,
  $$values (200::bigint, '2026-03-31'::timestamptz, 1000::bigint)$$,
  'sessions: a pack that lasts is over so long after it came');
select is(
  pg_temp.session(9, '{"mode": "subscription", "pack": null}', 'cs_7'), 'applied',
  'sessions: a plan''s is applied');
select is(
  pg_temp.session(10, '{"mode": "setup", "pack": null, "currency": null}', 'cs_8'), 'applied',
  'sessions: one that only takes a card is applied');
select is_empty(
  $$select p.key from billing.payments p where p.key in ('checkout:cs_7', 'checkout:cs_8')$$,
  'sessions: neither is a payment');

-- Allowed: top-ups
select is(
  pg_temp.top_up(20, '{"payment_intent_status": "processing"}'), 'applied',
  'top-ups: one under way is applied');
select is(
  pg_temp.payment('payment_intent:pi_t'), 'pending, 0', 'top-ups: until it is paid it is pending');
select pg_temp.top_up(21, '{"payment_intent_status": "requires_action"}');
select is(
  (select row(status, needs_action)::text from billing.payments where key = 'payment_intent:pi_t'),
  '(pending,t)', 'top-ups: the bank may ask for a confirmation');
select pg_temp.top_up(22, '{"payment_intent_status": "requires_payment_method",
  "payment_error": "card_declined"}');
select is(pg_temp.payment('payment_intent:pi_t'), 'failed, 0', 'top-ups: it may fail');
select is(pg_temp.top_up(23), 'applied', 'top-ups: and be paid after all');
select is(pg_temp.payment('payment_intent:pi_t'), 'paid, 500', 'top-ups: then it grants the pack');
select results_eq(
  $$select kind::text, granted_credits, payment_key from billing.buckets
    where key = 'payment_intent:pi_t'$$,
  $$values ('permanent', 500::bigint, 'payment_intent:pi_t')$$,
  'top-ups: permanent credits that know their payment');

-- Replay
select pg_temp.session(24, '{"payment_status": "unpaid"}', 'cs_10');
create temp table once as
select (select jsonb_agg(b order by b.id) from billing.buckets b) as buckets,
  (select jsonb_agg(p order by p.key) from billing.payments p) as payments;
select is(
  pg_temp.session(2, '{"payment_status": "unpaid", "payment_intent_status": "canceled"}'),
  'duplicate', 'sessions: the same event again');
select is(
  pg_temp.session(11, '{"payment_status": "unpaid", "status": "expired"}', 'cs_10'), 'stale',
  'sessions: an older reading is stale');
select is(
  pg_temp.top_up(12, '{"payment_intent_status": "canceled"}'), 'stale',
  'top-ups: an older reading is stale');
select is(
  (select jsonb_agg(b order by b.id) from billing.buckets b), (select buckets from once),
  'sessions: neither grants anything');
select is(
  (select jsonb_agg(p order by p.key) from billing.payments p), (select payments from once),
  'sessions: nor changes a payment');
select pg_temp.session(40, '{"payment_status": "unpaid", "payment_intent_status": "canceled"}',
  'cs_9');
select is(
  pg_temp.session(39, '{}', 'cs_9'), 'stale', 'sessions: an older reading that was paid is stale');
select is(
  pg_temp.payment('checkout:cs_9'), 'failed, 500', 'sessions: and grants all the same');

-- Refused
select is(
  pg_temp.top_up(30, '{"pack": null}', 'pi_x'), 'ignored: the payment is not a top-up',
  'top-ups: a payment of Checkout''s is none');
select is(
  pg_temp.top_up(31, '{"pack": "t_x@1"}', 'pi_x'), 'parked: pack t_x@1 is unknown',
  'top-ups: an unknown pack');
select is(
  pg_temp.top_up(32, '{"amount": 499}', 'pi_x'), 'parked: 499 usd is not the price of t_500@1',
  'top-ups: an amount that is not the catalog''s');
select is(
  pg_temp.top_up(33, '{"currency": "eur"}', 'pi_x'), 'parked: 500 eur is not the price of t_500@1',
  'top-ups: another currency');
select is(
  pg_temp.top_up(34, '{"amount_received": 499}', 'pi_x'),
  'parked: 500 usd is not the price of t_500@1', 'top-ups: less that was received');
select is(
  pg_temp.top_up(35, '{"customer": "cus_x"}', 'pi_x'), 'parked: customer cus_x is unknown',
  'top-ups: an unknown customer');
select is(
  pg_temp.session(36, '{"quantity": null}', 'cs_x'),
  'parked: 500 usd is not the price of  x t_500@1', 'sessions: no quantity');
select is_empty(
  $$select p.key from billing.payments p where p.key in ('checkout:cs_x', 'payment_intent:pi_x')$$,
  'sessions: of what is parked nothing is kept');
select is_empty('select * from billing.verify_all()', 'sessions: the books are in order');

select * from finish();
rollback;
