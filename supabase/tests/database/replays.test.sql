begin;
select plan(20);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 09:00';
\ir fixtures/shop.psql
insert into billing.owners (user_id) values (pg_temp.id('olga'));
select from link_customer(pg_temp.id('ada'), 'cus_ada');
select pg_temp.tell('subscription', 'evt_1', pg_temp.subscription());
select pg_temp.tell('invoice', 'evt_2', pg_temp.invoice());
set local test.now to '2026-03-01 10:00';
select pg_temp.tell('subscription', 'evt_3', pg_temp.subscription('{"customer": "cus_bob"}'));
select from ignore_event('evt_4', 'x', '2026-03-01', null, 'sha', 'no_effect');

-- Baseline: what an owner sees
select results_eq(
  $$select id, state, noun, object_id from get_stripe_events()$$,
  $$values ('evt_4', 'ignored', null, null), ('evt_3', 'parked', 'subscription', 'sub_1'),
    ('evt_2', 'applied', 'invoice', 'in_1'), ('evt_1', 'applied', 'subscription', 'sub_1')$$,
  'replays: events are listed, the last to come first');
select results_eq(
  $$select id from get_stripe_events(only_state => 'parked')$$, $$values ('evt_3')$$,
  'replays: those of one state');
select results_eq(
  $$select id from get_stripe_events(since => '2026-03-01 10:00')$$,
  $$values ('evt_4'), ('evt_3')$$, 'replays: those that came since an instant, it included');
select results_eq(
  $$select id from get_stripe_events(before_event => 'evt_3', page_size => 1)$$,
  $$values ('evt_2')$$, 'replays: the next page, of so many');
select is_empty($$select id from get_stripe_events() where is_alert$$,
  'replays: what has just been parked is no alarm');
set local test.now to '2026-03-01 10:59:59';
select from apply_parked();
select is_empty($$select id from get_stripe_events() where is_alert$$,
  'replays: nor is it before an hour has passed');
set local test.now to '2026-03-01 11:00';
select results_eq(
  $$select id, reason from get_stripe_events() where is_alert$$,
  $$values ('evt_3', 'customer cus_bob is unknown')$$,
  'replays: what waits for an hour is an alarm, however often it was tried');

-- Allowed
select pg_temp.act_as('authenticated', 'olga');
select results_eq(
  $$select state from reopen_event('evt_1', 'looks wrong')$$, $$values ('applied')$$,
  'replays: an owner reopens one that was applied, and learns that it was');
select pg_temp.act_as('postgres');
select is((select duplicate from begin_event('evt_1')), false, 'replays: then it is read again');
select results_eq(
  $$select state, reason from get_stripe_events() where id = 'evt_1'$$,
  $$values ('failed', 'reopened')$$, 'replays: until then it counts as failed');
select is(
  pg_temp.tell('subscription', 'evt_1', pg_temp.subscription('{"status": "past_due"}')), 'applied',
  'replays: and it is applied under a new ticket');
select is((select status from billing.subscriptions), 'past_due',
  'replays: what stands here is what Stripe says now');
select is((select duplicate from begin_event('evt_1')), true,
  'replays: after that it is done with');
select from reopen_event('evt_2', 'again');
select pg_temp.tell('invoice', 'evt_2', pg_temp.invoice());
select is((select total from get_user_credits(pg_temp.id('ada'))), 1000::bigint,
  'replays: what was granted is not granted twice');
select results_eq(
  $$select state from reopen_event('evt_3', 'again')$$, $$values ('parked')$$,
  'replays: a parked one stays parked, for it is read again anyway');
select is_empty($$select * from reopen_event('evt_none', 'again')$$,
  'replays: one that never came has no state');
select is((select duplicate from begin_event('evt_4')), false,
  'replays: one that had no effect when it came may have one by now');
select results_eq(
  $$select actor, reason from billing.audit_log where action = 'event.reopen' order by id limit 1$$,
  $$values (pg_temp.id('olga')::text, 'evt_1, applied: looks wrong')$$,
  'replays: who did it, and why, is noted');

-- Refused
select pg_temp.act_as('authenticated', 'ada');
select throws_ok($$select * from get_stripe_events()$$, 'LCOWN', null,
  'replays: members see no events');
select throws_ok($$select * from reopen_event('evt_1', 'mine')$$, 'LCOWN', null,
  'replays: members reopen none');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
