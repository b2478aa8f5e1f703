begin;
select plan(70);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.say(outcome text, reason text) returns text language sql as $$
  select concat_ws(': ', outcome, reason)
$$;
-- Each verb takes what differs from an object that is in order.
create function pg_temp.session(event text, ticket bigint, other jsonb default '{}')
returns text language sql as $$
  select pg_temp.say(outcome, reason) from apply_object('checkout_session',
    event, 'checkout.session.completed', '2026-02-28 12:00', 'v1', 'sha', ticket,
    '{"id": "cs_1", "mode": "payment", "status": "complete", "payment_status": "paid",
      "customer": "cus_ada", "pack": "t_500@1", "quantity": 1, "amount_subtotal": 500,
      "amount_total": 590, "currency": "usd", "payment_intent": "pi_1", "created": "2026-02-28"}'
      || other)
$$;
create function pg_temp.subscription(event text, ticket bigint, other jsonb default '{}',
  item jsonb default '{}')
returns text language sql as $$
  select pg_temp.say(outcome, reason) from apply_object('subscription',
    event, 'customer.subscription.updated', '2026-02-28', 'v1', 'sha', ticket,
    '{"id": "sub_1", "status": "active", "customer": "cus_ada", "created": "2026-02-01"}'
      || jsonb_build_object('items', jsonb_build_array(
        '{"id": "si_1", "price": "t_pro_month@1", "quantity": 1,
          "period_start": "2026-02-01", "period_end": "2026-03-01"}' || item)) || other)
$$;
create function pg_temp.invoice(event text, ticket bigint, other jsonb default '{}',
  line jsonb default '{}')
returns text language sql as $$
  select pg_temp.say(outcome, reason) from apply_object('invoice',
    event, 'invoice.paid', '2026-02-28', 'v1', 'sha', ticket,
    '{"id": "in_1", "number": "N-1", "status": "paid", "customer": "cus_ada",
      "subscription": "sub_1", "total": 2999, "currency": "usd", "created": "2026-02-28",
      "paid_at": "2026-02-28", "attempt_count": 1}'
      || jsonb_build_object('lines', jsonb_build_array(
        '{"id": "il_1", "amount": 2999, "quantity": 1, "price": "t_pro_month@1", "proration": false,
          "period_start": "2026-02-28", "period_end": "2026-03-28"}' || line)) || other)
$$;
create function pg_temp.total(name text) returns bigint language sql as $$
  select total from get_user_credits(pg_temp.id(name))
$$;
-- One of the three events of a first purchase.
create function pg_temp.tell(name text, what text, ticket bigint) returns text language sql as $$
  select case what
    when 'session' then pg_temp.session('evt_' || ticket, ticket, o || jsonb_build_object(
      'id', 'cs_' || name, 'mode', 'subscription', 'pack', null))
    when 'subscription' then pg_temp.subscription('evt_' || ticket, ticket, o || jsonb_build_object(
      'id', 'sub_' || name))
    else pg_temp.invoice('evt_' || ticket, ticket, o || jsonb_build_object(
      'id', 'in_' || name, 'subscription', 'sub_' || name)) end
  from jsonb_build_object('customer', 'cus_' || name, 'account_id', pg_temp.id(name)) o
$$;
create function pg_temp.state(name text) returns text language sql as $$
  select concat_ws(', ',
    (select c.id from billing.customers c where c.account_id = pg_temp.id(name)),
    (select row(s.id, s.status, s.price_key) from billing.subscriptions s
     where s.account_id = pg_temp.id(name)),
    (select row(p.key, p.status, p.amount_cents, p.paid_at) from billing.payments p
     where p.account_id = pg_temp.id(name)),
    (select row(b.key, b.granted_credits, b.starts_at, b.expires_at) from billing.buckets b
     where b.account_id = pg_temp.id(name)))
$$;
-- All that an event may change, but for the inbox itself.
create function pg_temp.effects() returns jsonb language sql as $$
  select jsonb_build_array(
    (select jsonb_agg(a order by a.id) from billing.accounts a),
    (select jsonb_agg(b order by b.account_id, b.id) from billing.buckets b),
    (select jsonb_agg(t order by t.account_id, t.number) from billing.credit_transactions t),
    (select jsonb_agg(c order by c.id) from billing.customers c),
    (select jsonb_agg(s order by s.id) from billing.subscriptions s),
    (select jsonb_agg(p order by p.key) from billing.payments p))
$$;

-- Nothing is on sale but what this file sells.
update billing.plans set is_sold = false;
update billing.prices set is_sold = false;
update billing.packs set is_sold = false;
insert into billing.plans (key, version, name, description, position, credits_per_month)
values ('t_pro', 1, 'T Pro', '', 1, 1000);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values
  ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 2999),
  ('t_pro_year@1', 't_pro_year', 't_pro', 1, 'year', 30590);
insert into billing.packs (key, lookup_key, name, credits, price_cents, position)
values ('t_500@1', 't_500', 'T 500', 500, 500, 1);
select pg_temp.sign_up('ada', 'bob');
select from link_customer(pg_temp.id('ada'), 'cus_ada');

-- Baseline: a pack
select is(
  pg_temp.session('evt_s0', 10, '{"payment_status": "unpaid", "status": "open"}'), 'applied',
  'session: one that is not paid is applied');
select is(pg_temp.total('ada'), 0::bigint, 'session: one that is not paid grants nothing');
select is(
  (select status::text from get_payments(pg_temp.id('ada'))), 'pending',
  'session: its payment is pending');
select is(pg_temp.session('evt_s1', 20), 'applied', 'session: one that is paid is applied');
select results_eq(
  $$select key, kind, status, amount_cents, paid_at, credits_granted
    from get_payments(pg_temp.id('ada'))$$,
  $$values ('checkout:cs_1', 'pack', 'paid', 590::bigint, '2026-02-28'::timestamptz, 500::bigint)$$,
  'session: its payment is paid; the amount is what was taken, tax included');
select results_eq(
  $$select kind::text, granted_credits, expires_at, payment_key, description, metadata
    from billing.buckets
    where key = 'checkout:cs_1'$$,
  $$values ('permanent', 500::bigint, null::timestamptz, 'checkout:cs_1', 'T 500',
    '{"pack": "t_500@1"}'::jsonb)$$,
  'session: a paid pack is permanent credits that know their payment');
-- Baseline: a plan
select is(
  pg_temp.session('evt_s2', 21, '{"id": "cs_2", "mode": "subscription", "pack": null,
    "quantity": null, "amount_subtotal": 2999}'), 'applied', 'session: a plan''s is applied');
select is(pg_temp.total('ada'), 500::bigint, 'session: a plan''s grants nothing');
select is(pg_temp.subscription('evt_u1', 30), 'applied', 'subscription: is applied');
select is(pg_temp.total('ada'), 500::bigint, 'subscription: grants nothing; paid invoices do');
select is(pg_temp.invoice('evt_i1', 40), 'applied', 'invoice: one that is paid is applied');
select is(pg_temp.total('ada'), 1500::bigint, 'invoice: a paid line grants the plan''s credits');

-- Allowed
select is(
  pg_temp.session('evt_b1', 50, jsonb_build_object('id', 'cs_b', 'customer', 'cus_bob',
    'account_id', pg_temp.id('bob'), 'quantity', 3, 'amount_subtotal', 1500)), 'applied',
  'session: an unmapped customer is found by the account id in the metadata');
select is(pg_temp.total('bob'), 1500::bigint, 'session: grants by quantity');
select is(
  pg_temp.session('evt_s3', 51, jsonb_build_object('id', 'cs_3', 'account_id', pg_temp.id('bob'))),
  'applied', 'session: one whose metadata names another account is applied');
select is(
  array[pg_temp.total('ada'), pg_temp.total('bob')], array[2000, 1500]::bigint[],
  'session: the mapping wins over the metadata (case 20)');
select is(
  (select array_agg(account_id) from billing.audit_log where action = 'customer.mismatch'),
  array[pg_temp.id('ada')], 'session: metadata that names another account is noted for the owner');
select is(
  pg_temp.session('evt_s4', 52, '{"id": "cs_4", "payment_status": "no_payment_required"}'),
  'applied',
  'session: nothing to pay is paid');
select is(
  pg_temp.session('evt_s5', 53, '{"id": "cs_5", "payment_status": "unpaid", "status": "expired"}'),
  'applied', 'session: one that has expired is applied');
select is(
  (select status::text from billing.payments where key = 'checkout:cs_5'), 'expired',
  'session: its payment has expired, and grants nothing');
select is(
  pg_temp.subscription('evt_u2', 31, '{"status": "past_due", "cancel_at": "2026-04-01"}',
    '{"price": "t_pro_year@1", "quantity": 2}'), 'applied',
    'subscription: a later reading is applied');
select results_eq(
  $$select status, price_key, quantity, cancel_at, period_end, created_at, ticket
    from billing.subscriptions$$,
  $$values ('past_due', 't_pro_year@1', 2, '2026-04-01'::timestamptz, '2026-03-01'::timestamptz,
    '2026-02-01'::timestamptz, 31::bigint)$$,
  'subscription: the row is what Stripe has now');
select is(
  pg_temp.invoice('evt_i2', 41,
  '{"id": "in_2", "customer": "cus_early", "subscription": "sub_early"}'
    || jsonb_build_object('account_id', pg_temp.id('bob'))), 'applied',
  'invoice: needs neither the session nor the subscription to have come');
select is(pg_temp.total('bob'), 2500::bigint, 'invoice: and grants all the same');
select is(
  pg_temp.invoice('evt_i3', 42, '{"id": "in_3", "total": 0}',
    '{"amount": 0, "price": "t_unknown@1"}'), 'applied',
    'invoice: a line of nothing may be anything');
select is(
  (select count(*) from billing.buckets where payment_key = 'invoice:in_3'), 0::bigint,
  'invoice: a line of nothing grants nothing');
select is(
  pg_temp.invoice('evt_i4', 43, '{"id": "in_4", "status": "open", "paid_at": null}'), 'applied',
  'invoice: one that is not paid is applied');
select is(
  (select count(*) from billing.buckets where payment_key = 'invoice:in_4'), 0::bigint,
  'invoice: one that is not paid grants nothing');
select is(
  pg_temp.invoice('evt_i5', 44, '{"id": "in_5", "subscription": null}'),
  'ignored: the invoice is not a subscription''s',
  'invoice: one without a subscription is ignored');

insert into auth.users (id, email)
select pg_temp.id('order' || i), i || '@example.com' from generate_series(1, 6) i;
select pg_temp.tell('order' || i, what, 1000 + 10 * i + place)
from (values (1, '{session,subscription,invoice}'), (2, '{session,invoice,subscription}'),
    (3, '{subscription,session,invoice}'), (4, '{subscription,invoice,session}'),
    (5, '{invoice,session,subscription}'), (6, '{invoice,subscription,session}')) o (i, turns),
  unnest(turns::text[]) with ordinality t (what, place);
select is(
  (select array_agg(distinct replace(pg_temp.state('order' || i), 'order' || i, 'order'))
   from generate_series(1, 6) i),
  array['cus_order, (sub_order,active,t_pro_month@1), '
    || '(invoice:in_order,paid,2999,"2026-02-28 00:00:00+00"), '
    || '(invoice:in_order:il_1,1000,"2026-03-01 00:00:00+00","2026-03-28 03:00:00+00")'],
  'apply: the events of a purchase may come in any order, there is one final state');

-- Replay
create temp table once as select pg_temp.effects() as effects;
select is(pg_temp.session('evt_s1', 99), 'duplicate', 'session: the same event again');
select is(pg_temp.subscription('evt_u1', 99), 'duplicate', 'subscription: the same event again');
select is(pg_temp.invoice('evt_i1', 99), 'duplicate', 'invoice: the same event again');
select is(
  pg_temp.invoice('evt_i5', 99, '{"id": "in_5", "subscription": null}'),
  'duplicate', 'invoice: an ignored event again');
select is(
  pg_temp.session('evt_s6', 15, '{"payment_status": "unpaid", "status": "open"}'), 'stale',
  'session: an older reading is stale');
select is(
  pg_temp.subscription('evt_u3', 29, '{"status": "active"}'), 'stale',
  'subscription: an older reading is stale');
select is(
  pg_temp.subscription('evt_u4', 31, '{"status": "active"}'), 'stale',
  'subscription: a reading of the same ticket is stale');
select is(
  pg_temp.invoice('evt_i6', 39, '{"status": "open"}'), 'stale',
  'invoice: an older reading is stale');
select is(
  pg_temp.effects(), (select effects from once),
  'apply: a duplicate or a stale reading changes nothing');
select is(
  pg_temp.session('evt_s7', 60), 'applied', 'session: another event of a paid one is applied');
select is(
  pg_temp.invoice('evt_i7', 60), 'applied', 'invoice: another event of a paid one is applied');
select is(
  array[pg_temp.total('ada'), (select count(*) from billing.buckets
    where payment_key like 'invoice:in_1%')],
  array[2500, 1]::bigint[], 'apply: nothing is granted twice, whatever tells of it');

select is(
  pg_temp.subscription('evt_u5', 70, '{"status": "canceled"}'), 'applied',
  'subscription: may be canceled');
select is(
  pg_temp.subscription('evt_u6', 80, '{"status": "active"}'), 'stale',
  'subscription: a canceled one stays canceled, whatever the ticket');
select is(
  pg_temp.subscription('evt_u7', 81, '{"status": "canceled", "ended_at": "2026-03-01"}'), 'applied',
  'subscription: a canceled one may still say more');
select is(
  (select row(status, ended_at)::text from billing.subscriptions where id = 'sub_1'),
  '(canceled,"2026-03-01 00:00:00+00")',
  'subscription: canceled is final');

-- Refused: parked whole, with the reason, and nothing else written
create temp table before as select pg_temp.effects() as effects;
select is(
  pg_temp.session('evt_x1', 90, '{"id": "cs_x", "customer": "cus_x"}'),
  'parked: customer cus_x is unknown',
  'session: an unknown customer');
select is(
  pg_temp.session('evt_x2', 91, '{"id": "cs_x", "pack": "t_x@1"}'), 'parked: pack t_x@1 is unknown',
  'session: an unknown pack (case 21)');
select is(
  pg_temp.session('evt_x3', 92, '{"id": "cs_x", "amount_subtotal": 499}'),
  'parked: 499 usd is not the price of 1 x t_500@1',
  'session: an amount that is not the catalog''s');
select is(
  pg_temp.session('evt_x4', 93, '{"id": "cs_x", "quantity": 2}'),
  'parked: 500 usd is not the price of 2 x t_500@1',
  'session: a quantity that was not paid for (case 22)');
select is(
  pg_temp.session('evt_x5', 94, '{"id": "cs_x", "currency": "eur"}'),
  'parked: 500 eur is not the price of 1 x t_500@1', 'session: another currency (case 21)');
select is(
  pg_temp.subscription('evt_x6', 95, '{"id": "sub_x", "customer": "cus_x"}'),
  'parked: customer cus_x is unknown', 'subscription: an unknown customer');
select is(
  pg_temp.subscription('evt_x7', 96, '{"id": "sub_x"}', '{"price": "t_x@1"}'),
  'parked: price t_x@1 is unknown',
  'subscription: an unknown price (case 21)');
select is(
  pg_temp.subscription('evt_xk', 96, '{"id": "sub_x"}', '{"price": null}'),
  'parked: price without a key is unknown', 'subscription: a price that is not of this catalog');
select is(
  pg_temp.subscription('evt_x8', 97, '{"id": "sub_x", "items": [{"price": "t_pro_month@1"},
    {"price": "t_pro_month@1"}]}'),
  'parked: a subscription has one plan here, and add-ons', 'subscription: two plans');
select is(
  pg_temp.invoice('evt_x9', 98, '{"id": "in_x", "customer": "cus_x"}'),
  'parked: customer cus_x is unknown',
  'invoice: an unknown customer');
select is(
  pg_temp.invoice('evt_xa', 99, '{"id": "in_x"}', '{"price": "t_x@1"}'),
  'parked: price t_x@1 is unknown',
  'invoice: an unknown price (case 21)');
select is(
  pg_temp.invoice('evt_xl', 99, '{"id": "in_x"}', '{"price": null}'),
  'parked: price without a key is unknown', 'invoice: a price that is not of this catalog');
select is(
  pg_temp.invoice('evt_xb', 100, '{"id": "in_x"}', '{"proration": true, "amount": 1499}'),
  'parked: 1499 usd is not the price of 1 x t_pro_month@1',
  'invoice: a proration that is not worth its time');
select is(
  pg_temp.invoice('evt_xc', 101, '{"id": "in_x"}', '{"amount": 1}'),
  'parked: 1 usd is not the price of 1 x t_pro_month@1',
  'invoice: an amount that is not the catalog''s');
select is(
  pg_temp.invoice('evt_xd', 102, '{"id": "in_x", "currency": "eur"}'),
  'parked: 2999 eur is not the price of 1 x t_pro_month@1', 'invoice: another currency');
select is(
  pg_temp.invoice('evt_xe', 103, '{"id": "in_x", "status": "open"}', '{"amount": 1}'),
  'parked: 1 usd is not the price of 1 x t_pro_month@1',
  'invoice: a wrong amount, paid or not (case 22)');
select is(
  pg_temp.invoice('evt_xf', 104, '{"id": "in_x"}', '{"period_end": null}'),
  'parked: line il_1 has no amount, quantity or period', 'invoice: a line without a period');
select is(
  pg_temp.invoice('evt_xg', 105, '{"id": "in_x", "total": -2999}', '{"amount": -2999}'),
  'parked: the total of -2999 usd is below zero', 'invoice: one that gives money back');
select is(
  pg_temp.invoice('evt_xh', 106, '{"id": "in_x", "lines": []}'),
  'parked: 2999 usd are paid for no line', 'invoice: money without a line');
select is(
  pg_temp.invoice('evt_xi', 107, '{"id": "in_x"}', '{"amount": null}'),
  'parked: line il_1 has no amount, quantity or period', 'invoice: a line without an amount');
select is(
  (select count(*) from billing.stripe_events where id like 'evt_x%' and state = 'parked'
    and reason is not null),
  20::bigint, 'apply: what is parked is kept, with the reason');
select is(
  pg_temp.effects(), (select effects from before), 'apply: what is parked has changed nothing');
select is(
  pg_temp.invoice('evt_xa', 110, '{"id": "in_x"}'), 'applied',
  'apply: what was parked is applied once it is right (case 19)');
set local role authenticated;
select throws_ok(
  $$select pg_temp.session('evt_y', 120)$$, '42501', null, 'apply: members apply nothing');
reset role;

select * from finish();
rollback;
