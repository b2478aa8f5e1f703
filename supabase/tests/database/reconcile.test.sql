begin;
select plan(30);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 09:00';
\ir fixtures/shop.psql
select from link_customer(pg_temp.id('ada'), 'cus_ada');

-- What differs, in words; a finding only after a second look.
create function pg_temp.compare(noun text, facts jsonb, id text default null,
  is_sure boolean default false)
returns text language sql as $$
  select string_agg(concat_ws(': ', kind, reason), ' + ' order by kind) from compare_object(noun,
    coalesce(compare.id, facts ->> 'id'), pg_temp.id('ada'),
    (select ticket from begin_event('compare')), facts, is_sure)
$$;
create function pg_temp.all_rows() returns jsonb language sql as $$
  select jsonb_build_array(pg_temp.books(),
    (select jsonb_agg(p order by p.key) from billing.payments p),
    (select jsonb_agg(s order by s.id) from billing.subscriptions s),
    (select jsonb_agg(c order by c.id) from billing.customers c),
    (select jsonb_agg(e order by e.id) from billing.stripe_events e),
    (select count(*) from billing.audit_log))
$$;

-- Baseline: what is not here
create temp table before as select pg_temp.all_rows() as rows;
select is(
  pg_temp.compare('invoice', pg_temp.invoice()),
  'paid_not_credited: credits invoice:in_1:il_1 is not here; payment invoice:in_1 is not here',
  'reconcile: a paid invoice that granted nothing');
select is(
  pg_temp.compare('checkout_session', pg_temp.session()),
  'paid_not_credited: credits checkout:cs_1 is not here; payment checkout:cs_1 is not here',
  'reconcile: a paid session that granted nothing');
select is(
  pg_temp.compare('subscription', pg_temp.subscription()),
  'subscription_differs: subscription sub_1 is not here', 'reconcile: a subscription unknown here');
select is(
  pg_temp.compare('refund', pg_temp.refund(100)),
  'refund_differs: payment pi_1 is not known yet', 'reconcile: a refund of a payment unknown here');
select is(
  pg_temp.compare('invoice', pg_temp.invoice('{"customer": "cus_x"}')),
  'paid_not_credited: customer cus_x is unknown',
  'reconcile: a paid invoice that cannot be applied says why');
select is(
  pg_temp.compare('invoice', pg_temp.invoice('{"customer": "cus_x", "status": "open"}')), null,
  'reconcile: one that is not paid is no concern');
select is(pg_temp.all_rows(), (select rows from before), 'reconcile: comparing changes no row');
select is_empty('select * from get_findings(null)',
  'reconcile: and makes no finding before the second look');

-- No false alarm
select pg_temp.tell('subscription', 'evt_1', pg_temp.subscription());
select pg_temp.tell('invoice', 'evt_2', pg_temp.invoice());
select pg_temp.tell('checkout_session', 'evt_3', pg_temp.session());
select pg_temp.tell('refund', 'evt_4', pg_temp.refund(100));
select is(pg_temp.compare(noun, facts), null,
  format('reconcile: an applied %s does not differ', noun))
from (values ('subscription', pg_temp.subscription()), ('invoice', pg_temp.invoice()),
  ('checkout_session', pg_temp.session()), ('refund', pg_temp.refund(100))) v (noun, facts);
select is(
  pg_temp.compare('invoice', pg_temp.invoice('{"hosted_invoice_url": "https://x",
    "next_payment_attempt": "2026-04-01"}')), null,
  'reconcile: a link made anew, or when Stripe tries next, is no difference');
select is(
  pg_temp.compare('checkout_session', pg_temp.session('{"id": "cs_2", "status": "open",
    "payment_status": "unpaid"}')), null,
  'reconcile: of an open session no event has told');
select is(
  pg_temp.compare('invoice', pg_temp.invoice('{"id": "in_2", "status": "draft"}')), null,
  'reconcile: nor of a draft');
select is(
  pg_temp.compare('payment_intent', '{"payment_intent": "pi_9", "customer": "cus_ada"}', 'pi_9'),
  null, 'reconcile: a payment that is not a top-up is none of ours');
select is(
  pg_temp.compare('customer', '{"customer": "cus_x", "deleted": false}', 'cus_x'), null,
  'reconcile: nor is a customer of somebody else');
select is(
  pg_temp.compare('price', '{"id": "price_1", "price": "t_pro_month@1", "product": "prod_1",
    "unit_amount": 2999, "currency": "usd", "interval": "month", "active": true}'), null,
  'reconcile: a price that fits and was never told of is not missed');
select is(
  (select count(*) from compare_object('subscription', 'sub_1', null, 1,
    pg_temp.subscription('{"status": "past_due"}'), false)), 0::bigint,
  'reconcile: a reading that is older than what stands here says nothing');

-- Found
select is(
  pg_temp.compare('price', '{"id": "price_2", "price": "t_pro_month@1", "product": "prod_1",
    "unit_amount": 1, "currency": "usd", "interval": "month", "active": true}'),
  'price_differs: t_pro_month@1 is 2999 usd month here, and 1 usd month at Stripe',
  'reconcile: a price on sale that is not the catalog''s');
select is(
  pg_temp.compare('price', '{"id": "price_2", "price": "t_pro_month@1", "product": "prod_1",
    "unit_amount": 1, "currency": "usd", "interval": "month", "active": false}'), null,
  'reconcile: one that is not on sale any more may be anything');
select is(
  pg_temp.compare('subscription', pg_temp.subscription('{"cancel_at": "2026-04-01"}')),
  'subscription_differs: subscription sub_1: cancel_at is none, '
  'should be 2026-04-01T00:00:00+00:00',
  'reconcile: what is otherwise is said field by field');
select pg_temp.tell('payment_method', 'evt_5', '{"id": "pm_1", "customer": "cus_ada",
  "type": "card", "last4": "4242", "is_attached": true}');
select is(
  pg_temp.compare('payment_method', '{"id": "pm_1", "customer": null, "type": "card",
    "last4": "1881", "is_attached": false}'),
  'payment_method_differs: payment method pm_1: is_attached differs, last4 differs',
  'reconcile: of a card no digit is repeated; one that was detached is still its owner''s');
select is(
  pg_temp.compare('invoice', pg_temp.invoice('{"lines": [{"id": "il_1", "amount": 5998,
    "quantity": 2, "price": "t_pro_month@1", "proration": false, "period_start": "2026-03-01",
    "period_end": "2026-04-01"}], "total": 5998}')),
  'paid_not_credited: a key stands for one set of arguments',
  'reconcile: a grant that was made for something else');
select is(
  pg_temp.compare('invoice', pg_temp.invoice('{"status": "open"}')),
  'credited_not_paid: invoice:in_1 has granted credits, and is not paid + '
  'payment_differs: payment invoice:in_1: status is paid, should be failed',
  'reconcile: credits of an invoice that is not paid');
select is(
  pg_temp.compare('checkout_session', null, 'cs_1'),
  'credited_not_paid: checkout:cs_1 has granted credits, and is not at Stripe + '
  'payment_differs: payment checkout:cs_1 is not at Stripe',
  'reconcile: credits of a session that is not there');

-- Findings
select pg_temp.compare('subscription', pg_temp.subscription('{"status": "past_due"}'),
  is_sure => true);
select results_eq(
  'select kind, noun, object_id, account_id, state from get_findings()',
  $$values ('subscription_differs', 'subscription', 'sub_1', pg_temp.id('ada'), 'open')$$,
  'reconcile: after a second look it is a finding');
select pg_temp.compare('subscription', pg_temp.subscription());
select results_eq('select state from get_findings(null)', $$values ('gone')$$,
  'reconcile: which is closed as soon as nothing differs');
select is(pg_temp.compare('dispute', jsonb_build_object('id', 'dp_1', 'status', 'needs_response',
    'customer', 'cus_ada', 'payment_intent', 'pi_1', 'amount', 2999, 'currency', 'usd',
    'created', '2026-03-01')) ~ '^dispute_differs: .*dispute dp_1 is not here', true,
  'reconcile: a dispute unknown here');

-- Refused
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select * from compare_object('invoice', 'in_1', null, 1, null, false)$$, '42501', null,
  'reconcile: members compare nothing');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
