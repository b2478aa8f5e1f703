begin;
select plan(15);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir fixtures/invoices.psql

select pg_temp.sign_up('ada', 'bob', 'cy', 'dee', 'eve', 'fay', 'gil', 'hal');

-- Baseline
select is_empty(
  $$select * from get_payments(pg_temp.id('nobody'))$$, 'payments: who has paid nothing has none');

-- Allowed: what is paid and what went back
select pg_temp.pay('ada', 'in_1', 1, 't_pro_month@1', 2999, '2026-02-10', '2026-03-10', 2);
select results_eq(
  $$select key, kind, status, description, amount_cents, currency, invoice_number,
      hosted_invoice_url, invoice_pdf_url, credits_granted, refunded_cents
    from get_payments(pg_temp.id('ada'))$$,
  $$values ('invoice:in_1', 'subscription', 'paid', 'T Pro plan', 5998::bigint, 'usd', 'N-in_1',
    'https://pay/in_1', 'https://pdf/in_1', 2000::bigint, 0::bigint)$$,
  'payments: what was paid, its papers, and what it granted');
create function pg_temp.came_back(noun text, id text, ticket bigint, status text, cents bigint)
returns text language sql as $$
  select outcome from apply_object(noun, 'evt_' || ticket, 'x', billing.now(), null, 'sha', ticket,
    jsonb_build_object('id', id, 'status', status, 'customer', 'cus_ada', 'payment_intent', 'pi_1',
      'amount', cents, 'currency', 'usd', 'created', '2026-03-01'))
$$;
create function pg_temp.shown() returns text language sql as $$
  select format('%s, %s', status, refunded_cents) from get_payments(pg_temp.id('ada'))
$$;
update billing.payments set payment_intent = 'pi_1' where key = 'invoice:in_1';
select pg_temp.came_back('refund', 're_1', 2, 'succeeded', 1000);
select is(pg_temp.shown(), 'partially_refunded, 1000', 'payments: refunded in part');
select pg_temp.came_back('dispute', 'dp_1', 3, 'needs_response', 4998);
select is(pg_temp.shown(), 'disputed, 1000', 'payments: a dispute shows before a refund');
select pg_temp.came_back('dispute', 'dp_1', 4, 'lost', 4998);
select is(pg_temp.shown(), 'refunded, 5998', 'payments: a lost dispute counts as money back');
select pg_temp.came_back('refund', 're_1', 5, 'failed', 1000);
select is(pg_temp.shown(), 'partially_refunded, 4998', 'payments: a failed refund does not');

-- What is to be paid
select from generate_series(1, 4) i, pg_temp.pay('hal', 'in_h' || i, 90 + i, 't_nil_month@1', 100,
  '2026-03-01'::timestamptz + make_interval(hours => i), '2026-04-01', 1, 'open');
update billing.payments p
set status = 'pending', finalized_at = case when i > 1 then billing.now() end, attempts = i / 4,
  needs_action = i = 3
from generate_series(1, 4) i where p.key = 'invoice:in_h' || i;
select results_eq(
  $$select key, status, is_due from get_payments(pg_temp.id('hal'))$$,
  $$values ('invoice:in_h4', 'pending', false), ('invoice:in_h3', 'pending', true),
    ('invoice:in_h2', 'pending', true), ('invoice:in_h1', 'pending', false)$$,
  'payments: an invoice is due once it is final, unless a bank is being asked');

-- Pages
select from generate_series(1, 60) i, pg_temp.pay(
  'eve', 'in_e' || to_char(i, 'FM00'), 100 + i, 't_nil_month@1', 100,
  '2027-01-01'::timestamptz + make_interval(days => i / 2), '2027-03-01');
select is(
  (select array[count(*)::text, min(key), max(key)] from get_payments(pg_temp.id('eve'))),
  array['50', 'invoice:in_e11', 'invoice:in_e60'], 'payments: a page is the 50 newest');
select is(
  (select array[count(*)::text, min(key), max(key)]
   from get_payments(pg_temp.id('eve'), 'invoice:in_e11')),
  array['10', 'invoice:in_e01', 'invoice:in_e10'],
  'payments: the next page begins after the last key, though two were made at one instant');
select is(
  (select count(*) from get_payments(pg_temp.id('eve'), page_size => 0)), 1::bigint,
  'payments: a page is at least one payment');
select is(
  (select count(*) from get_payments(pg_temp.id('eve'), page_size => null)), 50::bigint,
  'payments: a page of no size is 50 payments');
select pg_temp.pay('dee', 'in_5', 6, 't_pro_month@1', 2999, '2027-02-28', '2027-03-28',
  status => 'open');
select pg_temp.act_as('authenticated', 'dee');
select is(
  (select count(*) from get_payments()), 1::bigint,
  'payments: a member reads without naming the account');


-- Refused
select throws_ok(
  $$select get_payments(pg_temp.id('ada'))$$, 'LCACC', 'this account is not yours',
  'payments: another''s account');
select is_empty(
  $$select p.key from billing.payments p where p.account_id = pg_temp.id('ada')$$,
  'payments: another''s payments, not in the table either');
select pg_temp.act_as('anon');
select throws_ok(
  $$select get_payments(pg_temp.id('ada'))$$, '42501', null, 'payments: who has not signed in');
select pg_temp.act_as('postgres');

select * from finish();
rollback;

