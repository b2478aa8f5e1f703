begin;
select plan(45);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

-- What a hold answers, in words.
create function pg_temp.hold(
  name text, amount bigint, key text, ttl interval default '15 minutes', overrun bigint default 0
) returns text language sql as $$
  select format('%s%s %s, left %s%s', case when duplicate then 'again ' end,
    case when success then 'holds' else 'holds not' end, coalesce(held || ' ' || status, ''),
    balance_after, case when shortfall > 0 then ', short of ' || shortfall end)
  from hold_credits_atomic(pg_temp.id(name), amount, key, ttl, overrun)
$$;

-- Baseline
select from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack');
select is(pg_temp.hold('ada', 30, 'job'), 'holds 30 open, left 70', 'hold: sets credits aside');
select is(
  (select ends_at from billing.holds where account_id = pg_temp.id('ada')),
  '2026-03-01 00:15'::timestamptz, 'hold: ends in a quarter of an hour, if nothing else is said');
select is(
  (select (total, held_credits)::text from get_user_credits(pg_temp.id('ada'))), '(70,30)',
  'balance: what is held cannot be spent, and is shown');
select results_eq(
  $$select pg_temp.ledger('ada')$$,
  array['grant 100 = 100 at 03-01 00:00:00.000000', 'hold -30 = 70 at 03-01 00:00:00.000000'],
  'hold: is one entry');

-- Allowed
select from add_credits_atomic(pg_temp.id('bob'), 10, 'permanent', 'perm');
select from add_credits_atomic(pg_temp.id('bob'), 10, 'promotional', 'promo',
  expires_at => '2026-03-02');
select is(pg_temp.hold('bob', 15, 'job'), 'holds 15 open, left 5', 'hold: takes in burn order');
select is(
  (select (from_promotional, from_permanent)::text from billing.credit_transactions
    where account_id = pg_temp.id('bob') and kind = 'hold'),
  '(10,5)', 'hold: says from which kinds');
set local test.now to '2026-03-01 00:14:59.999999';
select is(
  (select held_credits from get_user_credits(pg_temp.id('bob'))), 15::bigint,
  'hold: stands until the instant of its end');
set local test.now to '2026-03-01 00:15';
select is(
  (select (total, held_credits)::text from get_user_credits(pg_temp.id('bob'))), '(20,0)',
  'hold: gives its credits back at its end, without any job');
select results_eq(
  $$select pg_temp.ledger('bob') offset 2$$,
  array['hold -15 = 5 at 03-01 00:00:00.000000', 'release 15 = 20 at 03-01 00:15:00.000000'],
  'hold: what timed out is dated at its end');

-- A bucket that dies while its credits are held: they come back to it, and expire at once.
select from add_credits_atomic(pg_temp.id('cyd'), 10, 'promotional', 'promo',
  expires_at => '2026-03-01 00:20');
select from pg_temp.hold('cyd', 10, 'job', '10 minutes');
set local test.now to '2026-03-01 00:40';
select is(
  (select total from get_user_credits(pg_temp.id('cyd'))), 0::bigint,
  'hold: what comes back to a bucket that has expired is gone');
select results_eq(
  $$select pg_temp.ledger('cyd') offset 1$$,
  array['hold -10 = 0 at 03-01 00:15:00.000000', 'release 10 = 10 at 03-01 00:25:00.000000',
    'expiry -10 = 0 at 03-01 00:25:00.000000'],
  'hold: a bucket emptied by a hold expires when its credits come back');

-- By operation
set local test.now to '2026-03-02';
insert into billing.operations values ('t_job', 'A job');
insert into billing.operation_prices values ('t_job', 1, 25);
insert into auth.users (id, email) values (pg_temp.id('dee'), null);
select from add_credits_atomic(pg_temp.id('dee'), 60, 'permanent', 'pack');
select pg_temp.act_as('authenticated', 'dee');
select is(
  (select (success, held, status, balance_after)::text from place_hold('t_job', '{}', 'job')),
  '(t,25,open,35)', 'hold: a member holds what an operation costs');
select is(
  (select (success, status, duplicate)::text from place_hold('t_job', '{}', 'job')),
  '(t,open,t)', 'hold: the same key, operation and params again answer the hold');
select pg_temp.act_as('postgres');
select is(
  (select (key_scope, operation, price_version)::text from billing.credit_transactions
    where account_id = pg_temp.id('dee') and kind = 'hold'),
  '(member,t_job,1)', 'hold: a member''s key is apart, operation and price version are kept');

-- Refused
select is(
  pg_temp.hold('ada', 1000, 'too much'), 'holds not , left 100, short of 900',
  'hold: a short balance is a value');
create temp table before as select pg_temp.books() as books;
select throws_ok(
  $$select pg_temp.hold('ada', 0, 'none')$$, 'LCAMT', null, 'hold: of nothing is refused');
select throws_ok(
  $$select pg_temp.hold('ada', 1, '')$$, 'LCKEY', null, 'hold: without a key is refused');
select throws_ok(
  $$select pg_temp.hold('ada', 1, 'x', '0')$$, 'LCHLD', null, 'hold: for no time is refused');
select throws_ok(
  $$select pg_temp.hold('ada', 1, 'x', '24:00:01')$$, 'LCHLD', null, 'hold: past a day is refused');
select throws_ok(
  $$select pg_temp.hold('ada', 1, 'x', '1 hour', -1)$$, 'LCAMT', null,
  'hold: an overrun below zero is refused');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('ada'), 30, 'job')$$, 'LCKEY', null,
  'hold: its key is no spend''s');
select throws_ok(
  $$select pg_temp.hold('ada', 1, 'x', null)$$, 'LCHLD', null, 'hold: without an end is refused');
select throws_ok(
  $$select pg_temp.hold('ada', 1, E'a\nb')$$, 'LCKEY', null, 'hold: an unprintable key is refused');
-- A definer of the host's own, called by a client.
create function pg_temp.work(name text) returns boolean language sql security definer as $$
  select success from public.hold_credits_atomic(pg_temp.id(name), 1, 'work')
$$;
select pg_temp.act_as('authenticated', 'dee');
select throws_ok(
  $$select pg_temp.work('ada')$$, 'LCACC', null,
  'hold: a client behind a definer holds nothing of another account''s');
select throws_ok(
  $$select place_hold('t_job', '{}', 'x', account_id => pg_temp.id('ada'))$$, 'LCACC', null,
  'hold: another''s account is refused');
select pg_temp.act_as('postgres');
select is(pg_temp.books(), (select books from before), 'hold: what was refused changed nothing');

-- Replay
select is(
  pg_temp.hold('ada', 30, 'job'), 'again holds not 30 timed_out, left 70',
  'hold: the key of one that timed out is no success');
set local test.now to '2026-03-02 00:15';
select pg_temp.act_as('authenticated', 'dee');
select is(
  (select (success, status, duplicate)::text from place_hold('t_job', '{}', 'job')),
  '(f,timed_out,t)', 'hold: nor that of an operation''s, though nothing has settled the account');
select pg_temp.act_as('postgres');
select throws_ok(
  $$select pg_temp.hold('ada', 31, 'job')$$, 'LCKEY', null, 'hold: one key, one amount');
select from pg_temp.hold('ada', 100, 'refused', '1 hour');
select is(
  pg_temp.hold('bob', 21, 'later'), 'holds not , left 10, short of 11', 'hold: refused for now');
select from add_credits_atomic(pg_temp.id('bob'), 20, 'permanent', 'more');
select is(
  pg_temp.hold('bob', 21, 'later'), 'holds 21 open, left 9',
  'hold: a refused key works once credits are there');

-- At the very instant of an expiry, with enough in hand; the hold's own end is far off.
select from add_credits_atomic(pg_temp.id('eon'), 50, 'permanent', 'perm');
select from add_credits_atomic(pg_temp.id('eon'), 50, 'promotional', 'promo',
  expires_at => '2026-03-02 01:00');
select is(pg_temp.hold('eon', 10, 'before'), 'holds 10 open, left 90', 'hold: before an expiry');
select is(
  pg_temp.hold('eon', 10, 'before'), 'again holds 10 open, left 90',
  'hold: again answers the first, and takes nothing');
select is(
  (select (total, held_credits)::text from get_user_credits(pg_temp.id('eon'))), '(90,10)',
  'hold: again has taken nothing');
select from capture_hold(pg_temp.id('eon'), 'before');
set local test.now to '2026-03-02 01:00';
select is(
  pg_temp.hold('eon', 10, 'after', '1 hour'), 'holds 10 open, left 40',
  'hold: takes nothing of a bucket at its expiry');

-- A member makes no heap of holds, each of which time would have to end.
select pg_temp.sign_up('heap');
insert into billing.operations (key, name) values ('t_tick', 'Tick');
insert into billing.operation_prices (operation, version, base_credits) values ('t_tick', 1, 1);
select from add_credits_atomic(pg_temp.id('heap'), 500, 'permanent', 'pack');
select pg_temp.act_as('authenticated', 'heap');
select from generate_series(1, 100) n, place_hold('t_tick', '{}', 'h' || n);
select throws_ok($$select place_hold('t_tick', '{}', 'h101')$$, 'LCHLD', 'too many holds are open',
  'hold: a member has so many open and no more');
set local test.now to '2026-09-01';
select lives_ok($$select place_hold('t_tick', '{}', 'h102')$$,
  'hold: those that have ended by time alone do not count');
select pg_temp.act_as('service_role');
select lives_ok($$select place_hold('t_tick', '{}', 'h101', account_id => pg_temp.id('heap'))$$,
  'hold: a server''s own are not limited');
select pg_temp.act_as('postgres');

-- A length is so many seconds, on whatever day.
set local test.now to '2026-02-01';
select from add_credits_atomic(pg_temp.id('len'), 50, 'permanent', 'pack');
select is(
  (select ends_at from hold_credits_atomic(pg_temp.id('len'), 1, 'a', '1 month -29 days')),
  '2026-02-02'::timestamptz, 'hold: a month less 29 days is a day, in February too');
select throws_ok(
  format($$select hold_credits_atomic(pg_temp.id('len'), 1, 'b', %L)$$, ttl), 'LCHLD', null,
  format('hold: %s is no time to live', ttl))
from unnest(array['10 years -3599 days', '-1 month 29 days', '24:00:00.000001',
  '-170000000 years', '170000000 years']) ttl;
select throws_ok(
  $$select extend_hold(pg_temp.id('len'), 'a', '1000 years -359999 days')$$, 'LCHLD', null,
  'hold: nor is it extended by such a time');

select * from finish();
rollback;
