begin;
select plan(17);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.buy(name text) returns void language sql as $$
  select add_credits_atomic(pg_temp.id(name), 10, 'promotional', 'first',
    expires_at => '2026-03-02');
  select add_credits_atomic(pg_temp.id(name), 20, 'subscription', 'second',
    expires_at => '2026-03-06 12:00');
  select billing.grant_credits(
    pg_temp.id(name), 'subscription', 30, 'third', expires_at => '2026-03-07',
    starts_at => '2026-03-06 12:00');
  select add_credits_atomic(pg_temp.id(name), 5, 'permanent', 'fourth')
$$;

select add_credits_atomic(pg_temp.id('account ' || i), 10, 'promotional', 'gift',
  expires_at => '2026-03-05')
from generate_series(1, 5) i;
select from add_credits_atomic(pg_temp.id('later'), 10, 'promotional', 'gift',
  expires_at => '2026-04-01');
select pg_temp.buy('swept');

-- Baseline
select is(expire_subscription_credits(), 0, 'expire: nothing is due yet');

-- Allowed
set local test.now to '2026-03-02';
select is(
  expire_subscription_credits(), 1, 'expire: settles what is due, and says how many accounts');
select is(expire_subscription_credits(), 0, 'expire: what is settled is not due again');
set local test.now to '2026-03-05';
select is(expire_subscription_credits(2), 2, 'expire: one batch settles so many accounts, no more');
select is(
  (select count(*) from billing.credit_transactions where kind = 'expiry'
    and created_at = '2026-03-05'), 2::bigint,
  'expire: the others wait for the next batch');
select is(expire_subscription_credits(2), 2, 'expire: the next batch goes on');
select is(expire_subscription_credits(2), 1, 'expire: the last batch is what is left');
select is(
  (select balance::bigint from billing.accounts where id = pg_temp.id('later')), 10::bigint,
  'expire: what is not due is left alone');
set local test.now to '2026-03-06 18:00';
select expire_subscription_credits();
set local test.now to '2026-03-08';
select expire_subscription_credits();
-- The same once more, and this time no sweep runs between the grants and the first spend.
set local test.now to '2026-03-01';
select pg_temp.buy('unswept');
set local test.now to '2026-03-08';
select from deduct_credits_atomic(pg_temp.id('unswept'), 1, 'spend');
select from deduct_credits_atomic(pg_temp.id('swept'), 1, 'spend');
select results_eq(
  $$select pg_temp.ledger('unswept')$$,
  array['grant 10 = 10 at 03-01 00:00:00.000000', 'grant 20 = 30 at 03-01 00:00:00.000000',
    'grant 5 = 35 at 03-01 00:00:00.000000', 'expiry -10 = 25 at 03-02 00:00:00.000000',
    'grant 30 = 55 at 03-06 12:00:00.000000', 'expiry -20 = 35 at 03-06 12:00:00.000000',
    'expiry -30 = 5 at 03-07 00:00:00.000000', 'spend -1 = 4 at 03-08 00:00:00.000000'],
  'expire: nothing waits for the sweep');
select results_eq(
  $$select pg_temp.ledger('swept')$$, $$select pg_temp.ledger('unswept')$$,
  'expire: the ledger is the same, entry for entry, with and without the sweep');

-- Refused: one account of three cannot be settled.
select add_credits_atomic(pg_temp.id(name), 10, 'promotional', 'gift', expires_at => '2026-03-10')
from unnest(array['good', 'bad', 'good too']) name;
create function pg_temp.fail() returns trigger language plpgsql as $$
begin
  if new.account_id = pg_temp.id('bad') then
    raise exception 'this account is broken' using errcode = 'data_exception';
  end if;
  return new;
end $$;
create trigger one_account_fails before insert on billing.credit_transactions
  for each row execute function pg_temp.fail();
set local test.now to '2026-03-11';
select is(
  expire_subscription_credits(), 2,
  'expire: an account that raises is skipped, the others are settled');
select results_eq(
  'select account_id, failed_at, reason from billing.unsettled_accounts',
  $$values (pg_temp.id('bad'), '2026-03-11'::timestamptz, '22000 this account is broken')$$,
  'expire: an account that raises is noted for the owner, and why');
select is(
  (select balance::bigint from billing.accounts where id = pg_temp.id('bad')), 10::bigint,
  'expire: an account that raises is left as it was');
drop trigger one_account_fails on billing.credit_transactions;
set local test.now to '2026-03-11 00:59';
select is(
  expire_subscription_credits(), 0, 'expire: it rests for an hour, though it is well again');
set local test.now to '2026-03-11 01:00';
select is(expire_subscription_credits(), 1, 'expire: and is tried again then');
select is_empty(
  'select * from billing.unsettled_accounts',
  'expire: an account that is well again leaves the list');
set local role authenticated;
select throws_ok(
  'select expire_subscription_credits()', '42501', null, 'expire: clients do not sweep');
reset role;

select * from finish();
rollback;
