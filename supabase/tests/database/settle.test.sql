begin;
select plan(23);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

-- Baseline
select from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack');
select is(
  (select next_due_at from billing.accounts where id = pg_temp.id('ada')), 'infinity'::timestamptz,
  'settle: permanent credits are never due');
select from add_credits_atomic(pg_temp.id('ada'), 40, 'subscription', 'month',
  expires_at => '2026-03-31 12:00');
select from add_credits_atomic(pg_temp.id('ada'), 20, 'promotional', 'code',
  expires_at => '2026-04-20');
select is(
  (select next_due_at from billing.accounts where id = pg_temp.id('ada')),
  '2026-03-31 12:00'::timestamptz,
  'settle: the soonest expiry of any open bucket is next due, not only of the one in hand');
select is(
  (select kind from billing.buckets b join billing.accounts a on a.bucket_in_hand = b.id
    and a.id = b.account_id
   where a.id = pg_temp.id('ada')), 'promotional',
  'settle: the first bucket in burn order is in hand');

-- Allowed
set local test.now to '2026-03-31 11:59:59.999999';
select is(
  billing.settle(pg_temp.id('ada')), '2026-03-31 11:59:59.999999'::timestamptz,
  'settle: returns the instant at which it holds');
select is(
  (select balance::bigint from billing.accounts where id = pg_temp.id('ada')), 160::bigint,
  'settle: nothing expires a microsecond early');
set local test.now to '2026-03-31 12:00';
select is(
  (select balance_after from deduct_credits_atomic(pg_temp.id('ada'), 10, 'from hand')),
  110::bigint,
  'settle: balance_after is without a bucket behind the one in hand that has just expired');
select is(
  (select next_due_at from billing.accounts where id = pg_temp.id('ada')),
  '2026-04-20'::timestamptz,
  'settle: afterwards the next expiry is due');
set local test.now to '2026-06-01';
select billing.settle(pg_temp.id('ada'));
select results_eq(
  $$select pg_temp.ledger('ada')$$,
  array[
    'grant 100 = 100 at 03-01 00:00:00.000000', 'grant 40 = 140 at 03-01 00:00:00.000000',
    'grant 20 = 160 at 03-01 00:00:00.000000', 'expiry -40 = 120 at 03-31 12:00:00.000000',
    'spend -10 = 110 at 03-31 12:00:00.000000', 'expiry -10 = 100 at 04-20 00:00:00.000000'],
  'settle: each expiry is dated at the instant it fell due, however late it is written');
select is(
  (select array[from_promotional, from_subscription, from_permanent]
    from billing.credit_transactions
   where account_id = pg_temp.id('ada') and number = 6), array[10, 0, 0]::bigint[],
  'settle: an expiry says which kind lost credits');
select is(
  (select count(*) from billing.credit_transactions
   where account_id = pg_temp.id('ada') and kind = 'expiry'
     and (key is not null or key_scope is not null)), 0::bigint,
  'settle: an expiry has no key');

set local test.now to '2026-03-01';
select from billing.grant_credits(
  pg_temp.id('bob'), 'subscription', 30, 'second', expires_at => '2026-05-01',
  starts_at => '2026-04-01');
select from billing.grant_credits(pg_temp.id('bob'), 'subscription', 30, 'first',
  expires_at => '2026-04-01');
select is(
  (select next_due_at from billing.accounts where id = pg_temp.id('bob')),
  '2026-04-01'::timestamptz,
  'settle: the start of a grant to come is next due');
set local test.now to '2026-04-02';
select is(
  (select balance_after from deduct_credits_atomic(pg_temp.id('bob'), 5, 'after both')), 25::bigint,
  'settle: a spend sees what started and what expired');
select results_eq(
  $$select pg_temp.ledger('bob')$$,
  array[
    'grant 30 = 30 at 03-01 00:00:00.000000', 'grant 30 = 60 at 04-01 00:00:00.000000',
    'expiry -30 = 30 at 04-01 00:00:00.000000', 'spend -5 = 25 at 04-02 00:00:00.000000'],
  'settle: at one instant a start comes before an expiry');

set local test.now to '2026-03-01';
select from add_credits_atomic(pg_temp.id('cy'), 1, 'permanent', 'a', expires_at => '2026-03-03');
select from add_credits_atomic(pg_temp.id('cy'), 2, 'subscription', 'b',
  expires_at => '2026-03-02');
select from add_credits_atomic(pg_temp.id('cy'), 4, 'promotional', 'c', expires_at => '2026-03-03');
select from add_credits_atomic(pg_temp.id('cy'), 8, 'promotional', 'd', expires_at => '2026-03-02');
set local test.now to '2026-03-09';
select billing.settle(pg_temp.id('cy'));
select results_eq(
  $$select credits from billing.credit_transactions where account_id = pg_temp.id('cy')
    and kind = 'expiry' order by number$$,
  'values (-2::bigint), (-8), (-1), (-4)',
  'settle: expiries come in the order of time, at one instant in the order of the grants');
select is(
  (select next_due_at from billing.accounts where id = pg_temp.id('cy')), 'infinity'::timestamptz,
  'settle: an empty account has nothing due');
select is(
  (select row(bucket_in_hand, in_hand_kind, in_hand_credits)::text from billing.accounts
    where id = pg_temp.id('cy')),
  '(,,0)', 'settle: an empty account has no bucket in hand');

select from add_credits_atomic(pg_temp.id('fay'), 10, 'promotional', 'gift',
  expires_at => '2026-03-09 00:15');
select from hold_credits_atomic(pg_temp.id('fay'), 4, 'job', '15 minutes');
set local test.now to '2026-03-10';
select billing.settle(pg_temp.id('fay'));
select results_eq(
  $$select pg_temp.ledger('fay') offset 2$$,
  array['release 4 = 10 at 03-09 00:15:00.000000', 'expiry -10 = 0 at 03-09 00:15:00.000000'],
  'settle: at one instant the end of a hold comes before an expiry, which is then one');

-- A read settles as well.
set local test.now to '2026-03-01';
select from add_credits_atomic(pg_temp.id('dee'), 9, 'promotional', 'gift',
  expires_at => '2026-03-05');
set local test.now to '2026-03-05';
select from get_user_credits(pg_temp.id('dee'));
select results_eq(
  $$select pg_temp.ledger('dee')$$,
  array['grant 9 = 9 at 03-01 00:00:00.000000', 'expiry -9 = 0 at 03-05 00:00:00.000000'],
  'settle: a read writes down what has fallen due');
select is(
  billing.settle(pg_temp.id('nobody')), '2026-03-05'::timestamptz,
  'settle: an id without an account is left alone');

-- Replay
create temp table once as select t.* from billing.credit_transactions t;
select billing.settle(pg_temp.id('ada')), billing.settle(pg_temp.id('bob')),
  billing.settle(pg_temp.id('cy'));
select set_eq(
  'select t.* from billing.credit_transactions t', 'select * from once',
  'settle: settling again writes nothing');

-- Time that runs backwards, as a clock may, never dates an entry before its predecessor.
set local test.now to '2026-03-31';
select from add_credits_atomic(pg_temp.id('bob'), 1, 'promotional', 'clock set back');
select is(
  (select created_at from billing.credit_transactions where account_id = pg_temp.id('bob')
    and number = 5),
  '2026-04-02'::timestamptz,
  'settle: no entry of the slow path is dated before its predecessor');

-- Refused
set local role authenticated;
select throws_ok(
  $$select billing.settle(pg_temp.id('ada'))$$, '42501', null,
  'settle: clients do not settle by themselves');
select throws_ok(
  $$select billing.touch(pg_temp.id('ada'))$$, 'LCACC', 'this account is not yours',
  'settle: a client touches only an account of its own');
reset role;

select * from finish();
rollback;
