begin;
select plan(8);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.write(ticket bigint, other jsonb default '{}') returns boolean
language sql as $$
  select billing.write_payment(jsonb_populate_record(null::billing.payments, jsonb_build_object(
    'account_id', pg_temp.id('ada'), 'key', 'k', 'kind', 'pack', 'status', 'pending',
    'amount_cents', 900, 'description', 'T Pack', 'currency', 'usd', 'created_at', '2026-01-01',
    'ticket', ticket) || other))
$$;
create function pg_temp.payment() returns jsonb language sql as $$
  select to_jsonb(p) from billing.payments p where p.key = 'k'
$$;

-- Allowed
select is(pg_temp.write(2), true, 'payments: one is written');
select is(
  pg_temp.write(3, '{"status": "paid", "paid_at": "2026-03-01"}'), true,
  'payments: a later reading is written');
select is(
  array[pg_temp.payment() ->> 'status', pg_temp.payment() ->> 'ticket'], array['paid', '3'],
  'payments: and stands');
select is(
  pg_temp.write(4, '{"status": "paid", "subscription_id": "sub", "payment_intent": "pi",
    "hosted_invoice_url": "https://x", "attempts": 2, "next_attempt_at": "2026-03-04",
    "needs_action": true, "finalized_at": "2026-03-02", "overpaid_cents": 1,
    "invoice_number": "N", "invoice_pdf_url": "https://y"}'),
  true, 'payments: with all that Stripe says');

-- Replay
create temp table once as select pg_temp.payment() as payment;
select is(pg_temp.write(2), false, 'payments: an older reading is not written');
select is(pg_temp.write(4), false, 'payments: nor one of the same ticket');
select is(
  pg_temp.payment(), (select payment from once), 'payments: neither changes anything');

-- Refused
select throws_ok(
  $$select pg_temp.write(5, '{"amount_cents": -1}')$$, '23514', null,
  'payments: an amount below zero');

select * from finish();
rollback;
