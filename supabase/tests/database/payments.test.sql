begin;
select plan(32);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.pay(
  name text, invoice text, ticket bigint, price text, cents bigint,
  starts timestamptz, ends timestamptz, quantity integer default 1, status text default 'paid'
) returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('invoice',
    'evt_' || ticket, 'invoice.paid', billing.now(), null, 'sha', ticket,
    jsonb_build_object(
      'id', invoice, 'number', 'N-' || invoice, 'status', status, 'customer', 'cus_' || name,
      'account_id', pg_temp.id(name), 'subscription', 'sub_' || name, 'total', cents * quantity,
      'currency', 'usd', 'created', starts, 'attempt_count', 1,
      'paid_at', case status when 'paid' then starts end,
      'hosted_invoice_url', 'https://pay/' || invoice, 'invoice_pdf', 'https://pdf/' || invoice,
      'lines', jsonb_build_array(jsonb_build_object(
        'id', 'il', 'amount', cents * quantity, 'quantity', quantity, 'price', price,
        'proration', false, 'period_start', starts, 'period_end', ends))))
$$;
create function pg_temp.buckets(name text) returns setof text language sql as $$
  select format('%s: %s from %s to %s', b.key, b.granted_credits,
    to_char(b.starts_at, 'YYYY-MM-DD HH24:MI'), to_char(b.expires_at, 'YYYY-MM-DD HH24:MI'))
  from billing.buckets b where b.account_id = pg_temp.id(name) order by b.starts_at, b.id
$$;

-- Nothing is on sale but what this file sells.
update billing.plans set is_sold = false;
update billing.prices set is_sold = false;
update billing.packs set is_sold = false;
insert into billing.plans
  (key, version, name, description, position, credits_per_month, renewal_grace)
values ('t_pro', 1, 'T Pro', '', 1, 1000, '3 hours'), ('t_nil', 1, 'T Nil', '', 2, 0, '3 hours'),
  ('t_day', 1, 'T Day', '', 3, 10, '1 day');
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values
  ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 2999),
  ('t_pro_year@1', 't_pro_year', 't_pro', 1, 'year', 30590),
  ('t_nil_month@1', 't_nil_month', 't_nil', 1, 'month', 100),
  ('t_day_month@1', 't_day_month', 't_day', 1, 'month', 300);
insert into auth.users (id, email)
select pg_temp.id(name), name || '@example.com'
from unnest(array['ada', 'bob', 'cy', 'dee', 'eve', 'fay', 'gil']) name;

-- Baseline
select is_empty(
  $$select * from get_payments(pg_temp.id('nobody'))$$, 'payments: who has paid nothing has none');

-- Allowed: a month
select is(
  pg_temp.pay('ada', 'in_1', 1, 't_pro_month@1', 2999, '2026-02-10', '2026-03-10', 2), 'applied',
  'payments: a paid invoice is applied');
select results_eq(
  $$select key, kind, status, description, amount_cents, currency, invoice_number,
      hosted_invoice_url, invoice_pdf_url, credits_granted
    from get_payments(pg_temp.id('ada'))$$,
  $$values ('invoice:in_1', 'subscription', 'paid', 'T Pro plan', 5998::bigint, 'usd', 'N-in_1',
    'https://pay/in_1', 'https://pdf/in_1', 2000::bigint)$$,
  'payments: what was paid, its papers, and what it granted, by quantity');
select results_eq(
  $$select pg_temp.buckets('ada')$$,
  array['invoice:in_1:il: 2000 from 2026-03-01 00:00 to 2026-03-10 03:00'],
  'payments: a month is one bucket, from when it is paid to the period''s end and the grace');
select is(
  (select row(period_ends_at, payment_key, subscription_id, metadata)::text from billing.buckets
   where account_id = pg_temp.id('ada')),
  '("2026-03-10 00:00:00+00",invoice:in_1,sub_ada,"{""price"": ""t_pro_month@1""}")',
  'payments: a bucket knows the period''s end and the payment that bought it');
set local test.now to '2026-03-10 01:00';
select pg_temp.pay('ada', 'in_2', 2, 't_pro_month@1', 2999, '2026-03-10', '2026-04-10', 2);
select is(
  (select subscription_credits from get_user_credits(pg_temp.id('ada'))), 4000::bigint,
  'payments: a renewal adds a bucket and closes none; the old one lives out its grace');
set local test.now to '2026-03-10 03:00';
select is(
  (select subscription_credits from get_user_credits(pg_temp.id('ada'))), 2000::bigint,
  'payments: after the grace only the new period is left');
set local test.now to '2026-06-01';
select pg_temp.pay('ada', 'in_3', 3, 't_pro_month@1', 2999, '2026-04-10', '2026-05-10');
select is(
  (select array_agg(kind order by number) from billing.credit_transactions
   where account_id = pg_temp.id('ada') and created_at = '2026-06-01'),
  array['grant', 'expiry']::billing.entry_kind[],
  'payments: a period that is over when it is paid is granted and expires at once');
set local timezone to 'America/New_York';  -- the night of 8 March has 23 hours there
select pg_temp.pay(
  'gil', 'in_d', 16, 't_day_month@1', 300, '2026-02-07 12:00Z', '2026-03-07 12:00Z');
set local timezone to 'UTC';
select is(
  (select expires_at from billing.buckets where key = 'invoice:in_d:il'),
  '2026-03-08 12:00Z'::timestamptz,
  'payments: a day of grace is a day of UTC, whatever the session''s time zone');

-- Allowed: a year
set local test.now to '2027-01-31 09:00';
select pg_temp.pay(
  'bob', 'in_y', 4, 't_pro_year@1', 30590, '2027-01-31 09:00', '2028-01-31 09:00');
select results_eq(
  $$select pg_temp.buckets('bob')$$,
  array[
    'invoice:in_y:il:0: 1000 from 2027-01-31 09:00 to 2027-02-28 09:00',
    'invoice:in_y:il:1: 1000 from 2027-02-28 09:00 to 2027-03-31 09:00',
    'invoice:in_y:il:2: 1000 from 2027-03-31 09:00 to 2027-04-30 09:00',
    'invoice:in_y:il:3: 1000 from 2027-04-30 09:00 to 2027-05-31 09:00',
    'invoice:in_y:il:4: 1000 from 2027-05-31 09:00 to 2027-06-30 09:00',
    'invoice:in_y:il:5: 1000 from 2027-06-30 09:00 to 2027-07-31 09:00',
    'invoice:in_y:il:6: 1000 from 2027-07-31 09:00 to 2027-08-31 09:00',
    'invoice:in_y:il:7: 1000 from 2027-08-31 09:00 to 2027-09-30 09:00',
    'invoice:in_y:il:8: 1000 from 2027-09-30 09:00 to 2027-10-31 09:00',
    'invoice:in_y:il:9: 1000 from 2027-10-31 09:00 to 2027-11-30 09:00',
    'invoice:in_y:il:10: 1000 from 2027-11-30 09:00 to 2027-12-31 09:00',
    'invoice:in_y:il:11: 1000 from 2027-12-31 09:00 to 2028-01-31 12:00'],
  'payments: a year is twelve months counted from its first day; only the last has the grace');
select is(
  (select array_agg(period_ends_at order by id) filter (where period_ends_at <> expires_at)
   from billing.buckets where account_id = pg_temp.id('bob')),
  array['2028-01-31 09:00']::timestamptz[], 'payments: a year''s last month ends with the period');
select is(
  (select total from get_user_credits(pg_temp.id('bob'))), 1000::bigint,
  'payments: of a year one month can be spent at a time');
select is(
  (select credits_granted from get_payments(pg_temp.id('bob'))), 12000::bigint,
  'payments: a year''s payment has granted all twelve');
select is(
  (select array[min(paid_cents), max(paid_cents), sum(paid_cents)] from billing.buckets
   where account_id = pg_temp.id('bob')), array[2549, 2550, 30590]::numeric[],
  'payments: what a year cost is split among its months to the cent');
set local test.now to '2027-02-28 09:00';
select from get_user_credits(pg_temp.id('bob'));
select results_eq(
  $$select pg_temp.ledger('bob')$$,
  array['grant 1000 = 1000 at 01-31 09:00:00.000000', 'grant 1000 = 2000 at 02-28 09:00:00.000000',
    'expiry -1000 = 1000 at 02-28 09:00:00.000000'],
  'payments: one month of a year ends when the next one starts');

select pg_temp.pay('fay', 'in_l', 8, 't_pro_year@1', 30590, '2026-12-01', '2027-12-01');
select is(
  (select array[count(*), sum(credits)] from billing.credit_transactions
   where account_id = pg_temp.id('fay') and kind = 'grant'), array[3, 3000]::numeric[],
  'payments: of a year that is paid late, the months gone and the present one are granted');
select is(
  (select total from get_user_credits(pg_temp.id('fay'))), 1000::bigint,
  'payments: of a year that is paid late, the months gone have expired');

select is(
  pg_temp.pay('cy', 'in_4', 5, 't_nil_month@1', 100, '2027-02-28', '2027-03-28'), 'applied',
  'payments: a plan without credits is paid');
select is_empty(
  $$select pg_temp.buckets('cy')$$, 'payments: a plan without credits grants none');
select pg_temp.pay(
  'dee', 'in_5', 6, 't_pro_month@1', 2999, '2027-02-28', '2027-03-28', status => 'open');
select results_eq(
  $$select status, paid_at is null, credits_granted from get_payments(pg_temp.id('dee'))$$,
  $$values ('failed', true, 0::bigint)$$,
  'payments: an open invoice that was tried has failed, and grants nothing');
select pg_temp.pay('dee', 'in_5', 7, 't_pro_month@1', 2999, '2027-02-28', '2027-03-28');
select results_eq(
  $$select status, credits_granted from get_payments(pg_temp.id('dee'))$$,
  $$values ('paid', 1000::bigint)$$, 'payments: paid in the end, it grants');
select is(
  (select array_agg(status::text) from (select distinct (billing.payment_of_invoice(
      pg_temp.id('eve'), 'k', 1, jsonb_build_object('status', s, 'attempt_count', 0, 'lines',
        '[]'::jsonb))).status,
      s from unnest(array['draft', 'open', 'paid', 'uncollectible', 'void']) s order by s) e),
  array['pending', 'pending', 'paid', 'failed', 'void'],
  'payments: Stripe''s words for an invoice are five, ours are read from them in one place');

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
select throws_ok(
  $$select billing.write_payment((jsonb_populate_record(null::billing.payments, jsonb_build_object(
    'account_id', pg_temp.id('ada'), 'key', 'k', 'kind', 'pack', 'status', 'paid', 'amount_cents',
    -1,
    'description', '', 'currency', 'usd', 'created_at', '2026-01-01', 'ticket', 1))))$$,
  '23514', null, 'payments: an amount below zero');

-- Replay
create temp table once as select to_jsonb(b) as row from billing.buckets b;
select pg_temp.pay('bob', 'in_y', 900, 't_pro_year@1', 30590, '2027-01-31 09:00',
  '2028-01-31 09:00');
select set_eq(
  'select to_jsonb(b) from billing.buckets b', 'select row from once',
  'payments: an invoice told of again grants nothing again');

select * from finish();
rollback;
