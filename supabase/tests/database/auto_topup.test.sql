begin;
select plan(16);

\ir fixtures/helpers.psql
set local test.now to '2026-03-10 12:00';
\ir fixtures/shop.psql
\ir fixtures/topups.psql

-- Baseline
select pg_temp.hear('subscription', pg_temp.subscription());
select pg_temp.card('pm_1'), pg_temp.default_card('pm_1');
select pg_temp.set('ada');
select is(pg_temp.topup(), 't - 0', 'topup: nothing is in the way');

-- What keeps it from being done, the first that holds
savepoint plan;
select pg_temp.card('pm_1', '{"is_attached": false}');
select is(pg_temp.topup(), 't no_method 0', 'topup: its card is gone');
rollback to plan;
select pg_temp.tell('subscription', 'evt_over', pg_temp.subscription(
  '{"status": "canceled", "ended_at": "2026-03-10"}'));
select is(pg_temp.topup(), 't needs_plan 0', 'topup: the plan that the pack needs has ended');
rollback to plan;
update billing.packs set is_sold = false where key = 't_pack@1';
insert into billing.packs (key, lookup_key, name, credits, price_cents, position)
values ('t_pack@2', 't_pack', 'T Pack', 500, 1900, 1);
select is(
  pg_temp.topup(), 't not_sold 0', 'topup: at another price the pack is not bought unasked');
rollback to plan;
select freeze_credits(pg_temp.id('ada'), 'looked into');
select is(pg_temp.topup(), 't frozen 0', 'topup: an owner has frozen the account');
rollback to plan;
select pg_temp.tell('checkout_session', 'evt_cs', pg_temp.session(
  '{"payment_status": "unpaid", "payment_intent_status": "processing"}'));
select is(pg_temp.topup(), 't awaits_purchase 0', 'topup: a pack bought by hand is on its way');
rollback to plan;
select pg_temp.tell('checkout_session', 'evt_cs', pg_temp.session('{"pack": "new@1"}'));
select is(
  pg_temp.topup(), 't awaits_purchase 0', 'topup: or paid, and its event waits to be applied');
rollback to plan;
select pg_temp.tell('invoice', 'evt_in', pg_temp.invoice());
select pg_temp.tell('dispute', 'evt_du', pg_temp.refund(2999, 'du_1')
  || '{"status": "needs_response"}');
select is(pg_temp.topup(), 't disputed 0', 'topup: a payment is in dispute');
rollback to plan;

-- Money that went back
select pg_temp.claims();
select pg_temp.intent(1, 'succeeded');
select is(pg_temp.topup(), 't - 700', 'topup: the next one would be bought');
select pg_temp.tell('refund', 'evt_re', pg_temp.refund(300) || '{"payment_intent": "pi_1"}');
select is(pg_temp.topup(), 't refunded 700', 'topup: what was given back is not bought again');
select pg_temp.set('ada');
select is(pg_temp.topup(), 't - 700', 'topup: unless its member agrees anew');
rollback to plan;
select pg_temp.claims();
select pg_temp.intent(1, 'succeeded');
select pg_temp.tell('dispute', 'evt_du', pg_temp.refund(700, 'du_1') || '{"status": "lost"}');
select is(pg_temp.topup(), 't refunded 700', 'topup: nor what the bank took back');
rollback to plan;

select pg_temp.tell('invoice', 'evt_in', pg_temp.invoice());
select deduct_credits_atomic(pg_temp.id('ada'), 1000, 'all');
select pg_temp.tell('refund', 'evt_re', pg_temp.refund(2999));
select is(
  pg_temp.topup(), 't in_debt 0', 'topup: nor is a debt paid pack by pack, with nothing to spend');
rollback to plan;

-- In the account's currency
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents,
  currency)
values ('t_pro_month_eur@1', 't_pro_month_eur', 't_pro', 1, 'month', 2999, 'eur');
select pg_temp.tell('subscription', 'evt_eur', pg_temp.subscription('{"items": [{"id": "si_1",
  "price": "t_pro_month_eur@1", "quantity": 1, "period_start": "2026-03-01",
  "period_end": "2026-04-01"}]}'));
select is(
  pg_temp.topup(), 't not_sold 0', 'topup: who pays in another currency since is not charged');
rollback to plan;

-- What a month has cost
insert into billing.topups (account_id, number, state, pack_key, amount_cents, currency, created_at)
select pg_temp.id('ada'), n, s::billing.topup_state, 't_pack@1', 10 ^ n, c, at::timestamptz
from (values (0, 'paid', 'usd', '2026-03-01'), (1, 'sent', 'usd', '2026-03-31 23:59:59'),
  (2, 'failed', 'usd', '2026-03-02'), (3, 'dropped', 'usd', '2026-03-02'),
  (4, 'paid', 'eur', '2026-03-02'), (5, 'paid', 'usd', '2026-02-28 23:59:59')) t (n, s, c, at);
select is(
  billing.topped_up_cents(pg_temp.id('ada'), 'usd', '2026-03-31 23:59:59'), 11::bigint,
  'topup: paid and under way, of this month and currency');
set local timezone to 'Pacific/Auckland';
select is(
  billing.topped_up_cents(pg_temp.id('ada'), 'usd', '2026-03-31 23:59:59Z'), 11::bigint,
  'topup: the month is that of UTC');

select * from finish();
rollback;
