begin;
select plan(21);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

select from add_credits_atomic(pg_temp.id('ada'), 100, 'promotional', 'gift',
  expires_at => '2026-04-01');
select from add_credits_atomic(pg_temp.id('ada'), 50, 'subscription', 'month',
  expires_at => '2026-05-01');
select from add_credits_atomic(pg_temp.id('ada'), 200, 'permanent', 'pack');
select from deduct_credits_atomic(pg_temp.id('ada'), 30, 'first', 'A draft');
select from deduct_credits_atomic(pg_temp.id('ada'), 140, 'across');
set local test.now to '2026-05-01';
select from deduct_credits_atomic(pg_temp.id('ada'), 20, 'late');
select from add_credits_atomic(pg_temp.id('bob'), 7, 'permanent', 'gift');

-- Baseline
select results_eq(
  $$select number, kind::text, credits, balance_after::bigint, key_scope::text, key
    from billing.credit_transactions where account_id = pg_temp.id('ada') order by number$$,
  $$values
    (1::bigint, 'grant', 100::bigint, 100::bigint, 'grant', 'gift'),
    (2, 'grant', 50, 150, 'grant', 'month'), (3, 'grant', 200, 350, 'grant', 'pack'),
    (4, 'spend', -30, 320, 'spend', 'first'), (5, 'spend', -140, 180, 'spend', 'across'),
    (6, 'spend', -20, 160, 'spend', 'late')$$,
  'ledger: entries are numbered from one, without gaps, each with the balance after it');
select is_empty(
  $$select account_id, number from (
      select account_id, number, balance_after, created_at,
      row_number() over w as counted, sum(credits) over w as summed, lag(created_at) over w
          as previous
      from billing.credit_transactions window w as (partition by account_id order by number)) e
    where number <> counted or balance_after <> summed or created_at < previous$$,
  'ledger: numbers have no gaps, balances are running sums, times never run backwards');
select results_eq(
  $$select account_id, sum(credits)::bigint from billing.credit_transactions group by 1
    order by 1$$,
  'select id, balance::bigint from billing.accounts order by 1',
  'ledger: the sum of the entries is the balance');
select results_eq(
  $$select account_id, sum(credits_remaining)::bigint from billing.open_buckets group by 1
    order by 1$$,
  'select id, balance::bigint from billing.accounts order by 1',
  'ledger: what the buckets hold is the balance');
select results_eq(
  $$select account_id, bucket_id, sum(credits)::bigint from billing.entry_shares group by 1, 2
    having sum(credits) <> 0 order by 1, 2$$,
  'select account_id, id, credits_remaining from billing.open_buckets order by 1, 2',
  'ledger: replaying the entries rebuilds the buckets');
select is_empty(
  $$select number from billing.credit_transactions
    where from_promotional + from_subscription + from_permanent <> -credits$$,
  'ledger: what an entry took from each kind sums to minus its credits');
select is(
  (select id::text from billing.accounts where entry_count <>
    (select count(*) from billing.credit_transactions t where t.account_id = id)), null,
  'ledger: the account knows how many entries it has');

-- Allowed
select results_eq(
  $$select cardinality(split), bucket_id is null, from_promotional, from_subscription,
    from_permanent
    from billing.credit_transactions where key = 'across'$$,
  'values (3, true, 70::bigint, 50::bigint, 20::bigint)',
  'ledger: a spend across buckets is one entry that keeps its shares');
select results_eq(
  $$select split is null, bucket_id is not null, from_promotional, description
    from billing.credit_transactions where key = 'first'$$,
  $$values (true, true, 30::bigint, 'A draft')$$,
  'ledger: a spend from one bucket names it');
select results_eq(
  $$select kind::text, burn_order, credits_remaining from billing.open_buckets
    where account_id = pg_temp.id('ada')$$,
  $$values ('permanent', 1::bigint, 160::bigint)$$,
  'ledger: the bucket in hand is shown as it really is');
select ok(
  'grant'::billing.entry_kind < 'release' and 'release'::billing.entry_kind < 'expiry',
  'ledger: at one instant grants start, then holds end, then buckets expire');

-- Refused
create temp table before as select pg_temp.books() as books;
select throws_ok(
  $$update billing.credit_transactions set description = 'x' where key = 'first'$$, '23001',
  'the ledger is append-only', 'ledger: not even the owner changes an entry');
select throws_ok(
  $$delete from billing.credit_transactions where key = 'first'$$, '23001',
  'the ledger is append-only', 'ledger: not even the owner deletes an entry');
select throws_ok(
  'truncate billing.credit_transactions', '23001', 'the ledger is append-only',
  'ledger: not even the owner empties it');
select throws_ok(
  $$insert into billing.credit_transactions
    select (jsonb_populate_record(t, '{"number": 99}')).* from billing.credit_transactions t
      where key = 'first'$$,
  '23505', null, 'ledger: a key is in it once, whoever writes');
select throws_ok(
  $$insert into billing.credit_transactions
    select (jsonb_populate_record(t, '{"key": "other"}')).* from billing.credit_transactions t
      where key = 'first'$$,
  '23505', null, 'ledger: a number is in it once, whoever writes');
select throws_ok(
  $$update billing.accounts set balance = -1 where id = pg_temp.id('ada')$$, '23514', null,
  'ledger: no balance is below zero, whoever writes');
set local role service_role;
select throws_ok(
  $$insert into billing.credit_transactions (account_id, number) values (pg_temp.id('ada'), 7)$$,
  '42501',
  null,
  'ledger: the service role writes no entry');
select throws_ok(
  $$update billing.accounts set balance = 1000$$, '42501', null,
  'ledger: the service role sets no balance');
select throws_ok(
  $$update billing.buckets set credits_remaining = 1000$$, '42501', null,
  'ledger: the service role fills no bucket');
reset role;
select is(pg_temp.books(), (select books from before), 'ledger: what was refused changed nothing');

select * from finish();
rollback;
