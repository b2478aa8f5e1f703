begin;
select plan(52);

\ir fixtures/helpers.psql
set local test.now to '2026-03-10 12:00';
\ir fixtures/shop.psql
\ir fixtures/topups.psql

create function pg_temp.notices() returns setof text language sql as $$
  select concat_ws(' ', n.kind, n.key, n.subject, n.amount_cents, n.credits,
    to_char(n.ends_at, '"until "MM-DD HH24:MI'))
  from get_notices(pg_temp.id('ada')) n
$$;
create function pg_temp.total() returns bigint language sql as $$
  select total from get_user_credits(pg_temp.id('ada'))
$$;
create function pg_temp.answer(number bigint, intent text default null, reason text default null)
returns void language sql as $$
  select answer_topup(pg_temp.id('ada'), number, intent, reason)
$$;
select pg_temp.hear('subscription', pg_temp.subscription());
select pg_temp.card('pm_1'), pg_temp.default_card('pm_1');
select pg_temp.set('ada');
savepoint agreed;

-- Baseline
select add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'enough');
select is_empty(
  $$select pg_temp.claims()$$, 'topups: who has as much as the threshold buys nothing');
select deduct_credits_atomic(pg_temp.id('ada'), 1, 'one');
select results_eq(
  $$select pg_temp.claims()$$, array['charge 1 1 700 pm_1'], 'topups: with one credit less a pack');
rollback to agreed;
select add_credits_atomic(pg_temp.id('ada'), 500, 'promotional', 'short', null,
  '2026-03-10 12:01');
select is_empty($$select pg_temp.claims()$$, 'topups: what expires in a minute is there');
set local test.now to '2026-03-10 12:01';
select is(
  (select count(*) from pg_temp.claims()), 1::bigint,
  'topups: then it is not, though no job has written it down');
rollback to agreed;
select set_auto_topup(false, account_id => pg_temp.id('ada'));
select is_empty($$select pg_temp.claims()$$, 'topups: switched off nothing is bought');
rollback to agreed;
select freeze_credits(pg_temp.id('ada'), 'looked into');
select is_empty($$select pg_temp.claims()$$, 'topups: nor while something is in the way');
select unfreeze_credits(pg_temp.id('ada'), 'was nothing');
select is_empty($$select pg_temp.claims()$$, 'topups: that is not asked again at once');
set local test.now to '2026-03-10 12:10';
select is((select count(*) from pg_temp.claims()), 1::bigint, 'topups: but ten minutes later');

-- From the claim to the credits
rollback to agreed;
select results_eq(
  $$select idempotency_key, customer_id, is_wanted from claim_topups()$$,
  $$select 'topup:' || pg_temp.id('ada') || ':1', 'cus_ada', true$$,
  'topups: a claim names its key and whom to charge');
select is(pg_temp.topup(), 't in_progress 700', 'topups: under way it counts in the month');
select is_empty($$select pg_temp.claims()$$, 'topups: there is never a second one beside it');
savepoint claimed;
select pg_temp.answer(1, 'pi_1');
set local test.now to '2026-03-20';
select is_empty(
  $$select pg_temp.claims()$$, 'topups: one that was answered waits for Stripe, however long');
select is(pg_temp.intent(1, 'succeeded'), 'applied', 'topups: Stripe says that it is paid');
select is(pg_temp.total(), 500::bigint, 'topups: its credits come');
select results_eq(
  $$select pg_temp.topups()$$, array['1 paid pi_1'], 'topups: and it is over, in one transaction');
select pg_temp.intent(1, 'succeeded'), pg_temp.answer(1, 'pi_1'), pg_temp.declined(1);
select is(
  (select array_agg(t) || pg_temp.total()::text from pg_temp.topups() t),
  array['1 paid pi_1', '500'], 'topups: whatever comes later');

-- Not answered
rollback to claimed;
set local test.now to '2026-03-10 12:04:59';
select is_empty($$select pg_temp.claims()$$, 'topups: who has claimed it has five minutes');
set local test.now to '2026-03-10 12:05';
select results_eq(
  $$select pg_temp.claims()$$, array['charge 1 2 700 pm_1'],
  'topups: one that was not answered is claimed again, under its number');
select add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'by hand');
set local test.now to '2026-03-10 12:10';
select results_eq(
  $$select pg_temp.claims()$$, array['charge 1 unwanted 3 700 pm_1'],
  'topups: unless the credits have come in another way');
select pg_temp.answer(1);
select is(
  (select string_agg(t, ', ') || '; ' || pg_temp.topup() from pg_temp.topups() t),
  '1 dropped; t - 0', 'topups: then it is dropped, and costs nothing');
rollback to claimed;
select pg_temp.intent(1, 'succeeded');
select results_eq(
  $$select pg_temp.topups()$$, array['1 paid pi_1'],
  'topups: of whom nobody has answered Stripe tells, by the number in the payment');
rollback to claimed;
select pg_temp.answer(1, reason => 'resource_missing');
select results_eq(
  $$select pg_temp.topups()$$, array['1 failed resource_missing'],
  'topups: where Stripe makes no payment it has failed');

-- The month
rollback to agreed;
select pg_temp.claims(), pg_temp.intent(1, 'succeeded');
select deduct_credits_atomic(pg_temp.id('ada'), 500, 'all');
select pg_temp.claims(), pg_temp.intent(2, 'succeeded');
select deduct_credits_atomic(pg_temp.id('ada'), 500, 'again');
select is_empty($$select pg_temp.claims()$$, 'topups: a third pack were above the month''s limit');
select is(
  pg_temp.topup(), 't cap_reached 1400 until 04-01 00:00',
  'topups: which is said, and until when');
set local test.now to '2026-03-31 23:59:59';
select is_empty($$select pg_temp.claims()$$, 'topups: to the month''s last second, in UTC');
set local test.now to '2026-04-01';
select is((select count(*) from pg_temp.claims()), 1::bigint, 'topups: the next month is another');
rollback to agreed;
select pg_temp.set('ada', cap => 1400);
select pg_temp.claims(), pg_temp.intent(1, 'succeeded');
select deduct_credits_atomic(pg_temp.id('ada'), 500, 'all');
select is(
  (select count(*) from pg_temp.claims()), 1::bigint, 'topups: the limit itself may be spent');

-- Declined
rollback to agreed;
select pg_temp.claims(), pg_temp.answer(1, 'pi_1'), pg_temp.declined(1);
select is(pg_temp.topup(), 't waiting 0 until 03-10 13:00', 'topups: declined, it waits an hour');
select results_eq(
  $$select pg_temp.notices()$$, array['topup_failed topup:1 T Pack 700 500 until 03-10 13:00'],
  'topups: and the first time already it is told');
set local test.now to '2026-03-10 13:00';
select pg_temp.claims(), pg_temp.declined(2);
select is(pg_temp.topup(), 't waiting 0 until 03-11 13:00', 'topups: twice, a day');
select results_eq(
  $$select split_part(pg_temp.notices(), ' ', 2)$$, array['topup:1'],
  'topups: which is no other notice');
set local test.now to '2026-03-11 13:00';
select pg_temp.claims(), pg_temp.declined(3);
select is(pg_temp.topup(), 't declined 0', 'topups: three times, and it is off');
select results_eq(
  $$select pg_temp.notices()$$, array['topup_off topup_off:1 T Pack 700 500'],
  'topups: which is told as well');
set local test.now to '2026-12-11';
select is_empty($$select pg_temp.claims()$$, 'topups: for good');
set local test.now to '2026-03-11 14:00';
savepoint off;
select is(pg_temp.set('ada'), true, 'topups: until it is switched on again');
select is((select count(*) from pg_temp.claims()), 1::bigint, 'topups: then it is tried');
select is_empty($$select pg_temp.notices()$$, 'topups: and nothing is told any more');
rollback to off;
select pg_temp.card('pm_2'), pg_temp.default_card('pm_2');
select is(pg_temp.topup(), 't - 0', 'topups: or until there is another card');
rollback to off;
select pg_temp.card('pm_3', hash => 'hash of pm_1'), pg_temp.default_card('pm_3');
select is(pg_temp.topup(), 't declined 0', 'topups: the same card saved anew is no other');
update billing.topups set account_id = pg_temp.id('bob');
select pg_temp.set('ada', threshold => 99);
select is(pg_temp.topup(), 't declined 0', 'topups: nor if it was another account''s');
select is_empty(
  $$select pg_temp.notices()$$, 'topups: of which this one is told nothing');
rollback to off;
select pg_temp.set('ada'), pg_temp.claims(), pg_temp.intent(4, 'succeeded');
select is(pg_temp.topup(), 't - 700', 'topups: once it pays all is forgotten');
rollback to agreed;
select pg_temp.set('ada', cap => 9999);
select pg_temp.claims(), pg_temp.declined(1),
  set_auto_topup(false, account_id => pg_temp.id('ada')), pg_temp.set('ada', cap => 9999);
select pg_temp.claims(), pg_temp.declined(2),
  set_auto_topup(false, account_id => pg_temp.id('ada')), pg_temp.set('ada', cap => 9999);
select pg_temp.claims(), pg_temp.declined(3);
select pg_temp.card('pm_2'), pg_temp.default_card('pm_2');
select is(
  pg_temp.topup(), 't waiting 0 until 03-11 12:00',
  'topups: more than three times in a day nothing is tried, whatever switch and card');

-- The bank asks
rollback to agreed;
select pg_temp.claims(), pg_temp.answer(1, 'pi_1'),
  pg_temp.declined(1, 'authentication_required');
select is(pg_temp.topup(), 't needs_action 700', 'topups: the bank asks the holder of the card');
select results_eq(
  $$select pg_temp.notices()$$,
  array['confirm_topup topup_action:1 T Pack 700 500 until 03-11 12:00'],
  'topups: who is told, and has a day');
savepoint asked;
select pg_temp.intent(1, 'requires_action'), pg_temp.intent(1, 'succeeded');
select is(
  (select array_agg(t) || pg_temp.topup() from pg_temp.topups() t),
  array['1 paid pi_1', 't - 700'], 'topups: answered, it is paid and was no failure');
rollback to asked;
set local test.now to '2026-03-11 12:00';
select results_eq(
  $$select pg_temp.claims()$$, array['cancel 1 2 700 pm_1 pi_1'],
  'topups: not answered, its payment is to be cancelled');
select pg_temp.intent(1, 'canceled', '{"payment_error": "authentication_required"}');
select is(
  pg_temp.topup(), 't waiting 0 until 03-11 13:00', 'topups: that is a failure like others');
rollback to asked;
select add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'by hand');
set local test.now to '2026-03-11 12:00';
select pg_temp.claims(), pg_temp.intent(1, 'canceled');
select is(
  (select array_agg(t) || pg_temp.topup() from pg_temp.topups() t),
  array['1 dropped pi_1', 't - 0'],
  'topups: unless nothing was missing any more');

-- Erased
rollback to asked;
select pg_temp.hear('subscription', pg_temp.subscription(
  '{"status": "canceled", "ended_at": "2026-03-10"}'));
select erase_account(pg_temp.id('ada'), 'asked to');
select is(
  (select concat_ws(' ', t.state, t.amount_cents, t.payment_method, t.fingerprint_sha256,
    t.take_up_at) from billing.topups t), 'dropped 700',
  'topups: of who is erased stays what was charged, and not on which card');
set local test.now to '2026-03-12';
select is_empty($$select pg_temp.claims()$$, 'topups: and nothing is taken up');
select is_empty(
  $$select from billing.auto_topups$$, 'topups: or remembered of what was agreed to');

select * from finish();
rollback;
