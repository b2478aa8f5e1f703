begin;
select plan(47);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir fixtures/invoices.psql

-- An invoice with lines as given: [id, price, amount, quantity, start, end, whether a proration].
create function pg_temp.change(name text, invoice text, ticket bigint, variadic lines jsonb[])
returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('invoice',
    'evt_' || ticket, 'invoice.paid', billing.now(), null, 'sha', ticket,
    jsonb_build_object(
      'id', invoice, 'status', 'paid', 'customer', 'cus_' || name, 'currency', 'usd',
      'account_id', pg_temp.id(name), 'subscription', 'sub_' || name, 'created', billing.now(),
      'total', (select sum((l -> 2)::bigint) from unnest(lines) l),
      'lines', (select jsonb_agg(jsonb_build_object(
        'id', l -> 0, 'price', l -> 1, 'amount', l -> 2, 'quantity', l -> 3, 'period_start', l -> 4,
        'period_end', l -> 5, 'proration', l -> 6)) from unnest(lines) l)))
$$;
create function pg_temp.buckets(name text) returns setof text language sql as $$
  select format('%s: %s from %s to %s', b.key, b.granted_credits,
    to_char(b.starts_at, 'YYYY-MM-DD HH24:MI'), to_char(b.expires_at, 'YYYY-MM-DD HH24:MI'))
  from billing.buckets b where b.account_id = pg_temp.id(name) order by b.starts_at, b.id
$$;

insert into billing.plans
  (key, version, name, description, position, credits_per_month, renewal_grace)
values ('t_max', 1, 'T Max', '', 4, 3000, '1 hour');
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values
  ('t_max_month@1', 't_max_month', 't_max', 1, 'month', 5999),
  ('t_max_year@1', 't_max_year', 't_max', 1, 'year', 59990);
select pg_temp.sign_up('ada', 'bob', 'cy', 'dee', 'eve', 'fay', 'gil', 'hal',
  'ida', 'jay', 'kim', 'lea');

-- Allowed: a month
select is(
  pg_temp.pay('ada', 'in_1', 1, 't_pro_month@1', 2999, '2026-02-10', '2026-03-10', 2), 'applied',
  'invoices: a paid invoice is applied');
select results_eq(
  $$select key, kind, status, description, amount_cents, currency, invoice_number,
      hosted_invoice_url, invoice_pdf_url, credits_granted
    from get_payments(pg_temp.id('ada'))$$,
  $$values ('invoice:in_1', 'subscription', 'paid', 'T Pro plan', 5998::bigint, 'usd', 'N-in_1',
    'https://pay/in_1', 'https://pdf/in_1', 2000::bigint)$$,
  'invoices: what was paid, its papers, and what it granted, by quantity');
select results_eq(
  $$select pg_temp.buckets('ada')$$,
  array['invoice:in_1:il: 2000 from 2026-03-01 00:00 to 2026-03-10 03:00'],
  'invoices: a month is one bucket, from when it is paid to the period''s end and the grace');
select is(
  (select row(period_ends_at, payment_key, subscription_id, metadata)::text from billing.buckets
   where account_id = pg_temp.id('ada')),
  '("2026-03-10 00:00:00+00",invoice:in_1,sub_ada,"{""price"": ""t_pro_month@1""}")',
  'invoices: a bucket knows the period''s end and the payment that bought it');
set local test.now to '2026-03-10 01:00';
select pg_temp.pay('ada', 'in_2', 2, 't_pro_month@1', 2999, '2026-03-10', '2026-04-10', 2);
select is(
  (select subscription_credits from get_user_credits(pg_temp.id('ada'))), 4000::bigint,
  'invoices: a renewal adds a bucket and closes none; the old one lives out its grace');
set local test.now to '2026-03-10 03:00';
select is(
  (select subscription_credits from get_user_credits(pg_temp.id('ada'))), 2000::bigint,
  'invoices: after the grace only the new period is left');
set local test.now to '2026-06-01';
select pg_temp.pay('ada', 'in_3', 3, 't_pro_month@1', 2999, '2026-04-10', '2026-05-10');
select is(
  (select array_agg(kind order by number) from billing.credit_transactions
   where account_id = pg_temp.id('ada') and created_at = '2026-06-01'),
  array['grant', 'expiry']::billing.entry_kind[],
  'invoices: a period that is over when it is paid is granted and expires at once');
set local timezone to 'America/New_York';  -- the night of 8 March has 23 hours there
select pg_temp.pay(
  'gil', 'in_d', 16, 't_day_month@1', 300, '2026-02-07 12:00Z', '2026-03-07 12:00Z');
set local timezone to 'UTC';
select is(
  (select expires_at from billing.buckets where key = 'invoice:in_d:il'),
  '2026-03-08 12:00Z'::timestamptz,
  'invoices: a day of grace is a day of UTC, whatever the session''s time zone');

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
  'invoices: a year is twelve months counted from its first day; only the last has the grace');
select is(
  (select array_agg(period_ends_at order by id) filter (where period_ends_at <> expires_at)
   from billing.buckets where account_id = pg_temp.id('bob')),
  array['2028-01-31 09:00']::timestamptz[], 'invoices: a year''s last month ends with the period');
select is(
  (select total from get_user_credits(pg_temp.id('bob'))), 1000::bigint,
  'invoices: of a year one month can be spent at a time');
select is(
  (select credits_granted from get_payments(pg_temp.id('bob'))), 12000::bigint,
  'invoices: a year''s payment has granted all twelve');
select is(
  (select array[min(paid_cents), max(paid_cents), sum(paid_cents)] from billing.buckets
   where account_id = pg_temp.id('bob')), array[2549, 2550, 30590]::numeric[],
  'invoices: what a year cost is split among its months to the cent');
set local test.now to '2027-02-28 09:00';
select from get_user_credits(pg_temp.id('bob'));
select results_eq(
  $$select pg_temp.ledger('bob')$$,
  array['grant 1000 = 1000 at 01-31 09:00:00.000000', 'grant 1000 = 2000 at 02-28 09:00:00.000000',
    'expiry -1000 = 1000 at 02-28 09:00:00.000000'],
  'invoices: one month of a year ends when the next one starts');

select pg_temp.pay('fay', 'in_l', 8, 't_pro_year@1', 30590, '2026-12-01', '2027-12-01');
select is(
  (select array[count(*), sum(credits)] from billing.credit_transactions
   where account_id = pg_temp.id('fay') and kind = 'grant'), array[3, 3000]::numeric[],
  'invoices: of a year that is paid late, the months gone and the present one are granted');
select is(
  (select total from get_user_credits(pg_temp.id('fay'))), 1000::bigint,
  'invoices: of a year that is paid late, the months gone have expired');

select is(
  pg_temp.pay('cy', 'in_4', 5, 't_nil_month@1', 100, '2027-02-28', '2027-03-28'), 'applied',
  'invoices: a plan without credits is paid');
select is_empty(
  $$select pg_temp.buckets('cy')$$, 'invoices: a plan without credits grants none');
select pg_temp.pay(
  'dee', 'in_5', 6, 't_pro_month@1', 2999, '2027-02-28', '2027-03-28', status => 'open');
select results_eq(
  $$select status, paid_at is null, credits_granted from get_payments(pg_temp.id('dee'))$$,
  $$values ('failed', true, 0::bigint)$$,
  'invoices: an open invoice that was tried has failed, and grants nothing');
select pg_temp.pay('dee', 'in_5', 7, 't_pro_month@1', 2999, '2027-02-28', '2027-03-28');
select results_eq(
  $$select status, credits_granted from get_payments(pg_temp.id('dee'))$$,
  $$values ('paid', 1000::bigint)$$, 'invoices: paid in the end, it grants');
select is(
  (select array_agg(status::text) from (select distinct (billing.payment_of_invoice(
      pg_temp.id('eve'), 'k', 1, jsonb_build_object('status', s, 'attempt_count', 0, 'lines',
        '[]'::jsonb))).status,
      s from unnest(array['draft', 'open', 'paid', 'uncollectible', 'void']) s order by s) e),
  array['pending', 'pending', 'paid', 'failed', 'void'],
  'invoices: Stripe''s words for an invoice are five, ours are read from them in one place');

-- Allowed: another plan in mid-period
set local test.now to '2027-04-16';
select pg_temp.pay('hal', 'in_h1', 20, 't_pro_month@1', 2999, '2027-04-01', '2027-05-01');
select is(
  pg_temp.change('hal', 'in_h2', 21,
    '["il_1", "t_pro_month@1", -1500, 1, "2027-04-16", "2027-05-01", true]',
    '["il_2", "t_max_month@1", 3000, 1, "2027-04-16", "2027-05-01", true]'),
  'applied', 'invoices: a change of plan is applied');
select results_eq(
  $$select pg_temp.buckets('hal')$$,
  array['invoice:in_h1:il: 1000 from 2027-04-16 00:00 to 2027-05-01 03:00',
    'invoice:in_h2:il_2: 1000 from 2027-04-16 00:00 to 2027-05-01 01:00'],
  'invoices: up at half a month grants half of the difference, until the period''s end');
select is(
  (select row(b.paid_cents, b.payment_key, b.description)::text from billing.buckets b
   where b.key = 'invoice:in_h2:il_2'), '(3000,invoice:in_h2,"T Max plan credits")',
  'invoices: it knows what was paid');
select is(
  pg_temp.change('hal', 'in_h3', 22,
    '["il_1", "t_max_month@1", -3000, 1, "2027-04-16 00:00:40", "2027-05-01", true]',
    '["il_2", "t_max_month@1", 5999, 2, "2027-04-16 00:00:40", "2027-05-01", true]'),
  'applied', 'invoices: twice in a minute is applied');
select is(
  (select credits_granted from get_payments(pg_temp.id('hal')) where key = 'invoice:in_h3'),
  1499::bigint, 'invoices: and grants what it adds: a second unit, but for forty seconds');
select pg_temp.change('hal', 'in_h4', 23,
  '["il_1", "t_max_month@1", -5999, 2, "2027-04-16 00:00:50", "2027-05-01", true]',
  '["il_2", "t_pro_month@1", 1500, 1, "2027-04-16 00:00:50", "2027-05-01", true]',
  '["il_3", "t_pro_month@1", 2999, 1, "2027-05-01", "2027-06-01", false]',
  '["il_4", "t_nil_month@1", 100, 1, "2027-05-01", "2027-06-01", false]',
  '["il_5", "t_max_month@1", 5999, 1, "2027-05-01", "2027-06-01", false]');
select is(
  (select array_agg(key order by key) from billing.buckets where payment_key = 'invoice:in_h4'),
  array['invoice:in_h4:il_5'],
  'invoices: down gives back what the next whole periods so grant less');

set local test.now to '2028-01-20';
select is(
  pg_temp.change('ida', 'in_i', 24,
    '["il_1", "t_pro_year@1", -10183, 1, "2027-10-02", "2028-01-31 12:00", true]',
    '["il_2", "t_max_year@1", 19969, 1, "2027-10-02", "2028-01-31 12:00", true]'),
  'applied', 'invoices: a change in a year, on any day of it, is worth its seconds of the year');
select results_eq(
  $$select pg_temp.buckets('ida')$$,
  array['invoice:in_i:il_2:0: 1923 from 2028-01-20 00:00 to 2027-10-31 12:00',
    'invoice:in_i:il_2:1: 2022 from 2028-01-20 00:00 to 2027-11-30 12:00',
    'invoice:in_i:il_2:2: 2022 from 2028-01-20 00:00 to 2027-12-31 12:00',
    'invoice:in_i:il_2:3: 2022 from 2028-01-20 00:00 to 2028-01-31 13:00'],
  'invoices: what it grants is spread over the months left, the present one by its rest');
select is(
  (select array[sum(granted_credits), sum(paid_cents)] from billing.buckets
   where account_id = pg_temp.id('ida')), array[7989, 19969]::numeric[],
  'invoices: to the credit and to the cent');

-- Allowed: from a month that began on the 31st to a year. Stripe counts from another day since.
set local test.now to '2027-02-10';
select is(
  pg_temp.change('jay', 'in_j', 25,
    '["il_1", "t_pro_month@1", -1928, 1, "2027-02-10", "2027-02-28", true]',
    '["il_2", "t_max_year@1", 59990, 1, "2027-02-10", "2028-02-10", false]'),
  'applied', 'invoices: from a month from the 31st to a year');
select is(
  (select array[min(granted_credits), max(granted_credits), sum(granted_credits)]
   from billing.buckets where account_id = pg_temp.id('jay')), array[2946, 2947, 35358]::numeric[],
  'invoices: grants the year, less the rest of the month, spread over all of it');

-- What a proration may cost
select is(
  pg_temp.change('kim', 'in_k' || ticket, ticket,
    jsonb_build_array('il_1', 't_pro_month@1', given_back, 1, '2027-04-16', '2027-05-01', true),
    jsonb_build_array('il_2', 't_max_month@1', taken, 1, '2027-04-16', '2027-05-01', true)),
  expected, format('invoices: %s back and %s for halves of 2999 and 5999 are %s', given_back, taken,
    split_part(expected, ':', 1)))
from (values
  (30, -1500, 3000, 'applied'), (31, -1500, 2999, 'applied'), (32, -750, 3000, 'applied'),
  (33, -1, 3000, 'applied'),
  (34, -1501, 3000, 'parked: -1501 usd is not the price of 1 x t_pro_month@1'),
  (35, -1500, 3001, 'parked: 3001 usd is not the price of 1 x t_max_month@1'),
  (36, -1500, 2998, 'parked: 2998 usd is not the price of 1 x t_max_month@1'),
  (37, -2999, 5999, 'parked: -2999 usd is not the price of 1 x t_pro_month@1')
) c (ticket, given_back, taken, expected);
select is(
  (select outcome from apply_object('invoice', 'evt_38', 'invoice.paid', billing.now(), null, 'sha',
    38, (select facts || '{"id": "in_k38", "is_discounted": true}' from billing.stripe_events
      where id = 'evt_36'))),
  'applied', 'invoices: with a discount a part of a period may cost less');
select is(
  pg_temp.change('lea', 'in_l1', 40,
    '["il_1", "t_max_month@1", -3000, 1, "2027-04-16", "2027-05-01", true]',
    '["il_2", "t_pro_month@1", 1500, 1, "2027-04-16", "2027-05-01", true]'),
  'parked: the total of -1500 usd is below zero', 'invoices: one that gives back more is parked');
select is(
  pg_temp.change('lea', 'in_l2', 41,
    '["il_1", "t_pro_month@1", -2999, 1, "2027-04-01", "2027-05-01", false]',
    '["il_2", "t_max_month@1", 5999, 1, "2027-04-01", "2027-05-01", false]'),
  'parked: -2999 usd is not the price of 1 x t_pro_month@1',
  'invoices: only a part of a period is given back');
select is_empty(
  $$select b.key from billing.buckets b where b.account_id = pg_temp.id('lea')$$,
  'invoices: what is parked grants nothing');

-- Replay
create temp table once as select to_jsonb(b) as row from billing.buckets b;
select pg_temp.pay('bob', 'in_y', 900, 't_pro_year@1', 30590, '2027-01-31 09:00',
  '2028-01-31 09:00');
select set_eq(
  'select to_jsonb(b) from billing.buckets b', 'select row from once',
  'invoices: an invoice told of again grants nothing again');

-- What it is called
insert into billing.plans (key, version, name, description, position, credits_per_month, is_add_on)
values ('t_add', 1, 'T Add', '', 5, 0, true);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_add_year@1', 't_add_year', 't_add', 1, 'year', 900);
select is(
  billing.describe_lines('[{"price": "t_add_year@1", "amount": 900}, {"price": "t_pro_month@1",
    "amount": -1500}, {"price": "t_max_year@1", "amount": 59990}]'),
  'T Max plan, yearly, T Add', 'invoice: is called by what it charges for, the plan first');

select is_empty('select * from billing.verify_all()', 'invoices: the books are in order');

select * from finish();
rollback;
