begin;
select plan(22);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

select from grant_credits(pg_temp.id('ada'), 1000, 'permanent', 'p1', payment_key => 'p1');
select from grant_credits(pg_temp.id('ada'), 500, 'permanent', 'p2', payment_key => 'p2');

-- Baseline: how much
select is(
  billing.claimable_credits(pg_temp.id('ada'), 'p1', refunded, 300), expected::bigint,
  format('claims: %s of 300 cents claim %s of 1,000 credits', refunded, expected))
from (values (100, 333), (200, 666), (300, 1000), (301, 1000)) c (refunded, expected);
select throws_ok(
  $$select billing.claimable_credits(pg_temp.id('ada'), 'p9', 1, 1)$$, 'LCGRT',
  'the payment has granted nothing',
  'claims: a refund does not come before what its payment grants, which would be kept');
select throws_ok(
  $$select dispute_credits(pg_temp.id('ada'), 'dp_9', 'p9', 1, 1)$$, 'LCGRT', null,
  'claims: nor does a dispute');
select from void_grant(pg_temp.id('ada'), (select id from billing.buckets where key = 'p1'),
  'test');
select is(billing.claimable_credits(pg_temp.id('ada'), 'p1', 300, 300), 0::bigint,
  'claims: what was voided unspent is not claimed as well');

-- Frozen credits of a payment are taken by its refund, whoever froze them.
select from freeze_credits(pg_temp.id('ada'), 'looking into it',
  (select id from billing.buckets where key = 'p2'));
select is((select debt from claw_back_credits(pg_temp.id('ada'), 're_2', 'p2', 1, 2)), 0::bigint,
  'claims: a refund finds what an owner has frozen');
select is(
  (select frozen_credits::bigint from billing.accounts where id = pg_temp.id('ada')), 250::bigint,
  'claims: the rest stays frozen');

-- Two disputes over one payment
select from grant_credits(pg_temp.id('bob'), 100, 'permanent', 'p1', payment_key => 'p1');
select from dispute_credits(pg_temp.id('bob'), 'dp_1', 'p1', 60, 100);
select from dispute_credits(pg_temp.id('bob'), 'dp_2', 'p1', 60, 100);
select results_eq(
  $$select key, claimed_credits::bigint, owed_credits::bigint from billing.clawbacks
    where account_id = pg_temp.id('bob') order by key$$,
  $$values ('dp_1', 60::bigint, 0::bigint), ('dp_2', 60, 20)$$,
  'claims: a second dispute freezes what the first has left');
select from cancel_claw_back(pg_temp.id('bob'), 'dp_1');
select results_eq(
  $$select key, owed_credits::bigint from billing.clawbacks
    where account_id = pg_temp.id('bob') order by key$$,
  $$values ('dp_1', 0::bigint), ('dp_2', 0)$$,
  'claims: what the first gives up goes to the second');
select is(
  (select sum(s.credits)::bigint from billing.clawback_shares s
    where s.account_id = pg_temp.id('bob')),
  (select frozen_credits::bigint from billing.accounts where id = pg_temp.id('bob')),
  'claims: the shares of the open disputes are what is frozen');

-- A refund while a dispute is open
select is((select claimed from claw_back_credits(pg_temp.id('bob'), 're_1', 'p1', 50, 100)),
  50::bigint, 'claims: a refund takes frozen credits of its payment');
select results_eq(
  $$select a.balance::bigint, a.frozen_credits::bigint, c.owed_credits::bigint
    from billing.accounts a join billing.clawbacks c on c.account_id = a.id and c.key = 'dp_2'
    where a.id = pg_temp.id('bob')$$,
  'values (50::bigint, 50::bigint, 10::bigint)', 'claims: and the dispute freezes what is left');

-- Debts are paid oldest first
select from generate_series(1, 2) n,
  grant_credits(pg_temp.id('cy'), 10, 'permanent', 'q' || n, payment_key => 'q' || n);
select from deduct_credits_atomic(pg_temp.id('cy'), 20, 'all');
select from generate_series(1, 2) n,
  claw_back_credits(pg_temp.id('cy'), 're_' || n, 'q' || n, 1, 1);
select from grant_credits(pg_temp.id('cy'), 15, 'permanent', 'q3', payment_key => 'q3');
select results_eq(
  $$select key, credits from billing.credit_transactions
    where account_id = pg_temp.id('cy') and kind = 'debt' order by number$$,
  $$values ('debt:re_1:4', -10::bigint), ('debt:re_2:5', -5)$$,
  'claims: a paid grant pays the oldest debt first');

-- What lapses
set local test.now to '2026-03-01';
select from grant_credits(pg_temp.id('dee'), 100, 'promotional', 'r1', payment_key => 'r1',
  expires_at => '2026-03-10');
select from dispute_credits(pg_temp.id('dee'), 'dp_1', 'r1', 1, 1);
set local test.now to '2026-03-11';
select from cancel_claw_back(pg_temp.id('dee'), 'dp_1');
select is(billing.claimable_credits(pg_temp.id('dee'), 'r1', 1, 1), 100::bigint,
  'claims: what a won dispute gave back has not lapsed, though it had expired');
set local test.now to '2026-04-11';
select from get_user_credits(pg_temp.id('dee'));
select is(billing.claimable_credits(pg_temp.id('dee'), 'r1', 1, 1), 0::bigint,
  'claims: until it expires again');
select from grant_credits(pg_temp.id('eve'), 100, 'subscription', 'm1', payment_key => 'year',
  starts_at => '2026-05-01');
select from void_grant(pg_temp.id('eve'), (select id from billing.buckets where key = 'm1'), 'x');
select is(billing.claimable_credits(pg_temp.id('eve'), 'year', 1, 1), 0::bigint,
  'claims: what was voided before it started is not claimed');

select from grant_credits(pg_temp.id('eve'), 60, 'subscription', 'm0', payment_key => 'year');
select from claw_back_credits(pg_temp.id('eve'), 're', 'year', 1, 1);
select is((select balance::bigint from billing.accounts where id = pg_temp.id('eve')), 0::bigint,
  'claims: nor does a claim find what was voided before it started');

-- An owner's freeze holds off nobody's claim
select from grant_credits(pg_temp.id('fay'), 12, 'promotional', 's1', payment_key => 's1',
  expires_at => '2026-06-01');
select from deduct_credits_atomic(pg_temp.id('fay'), 12, 'task');
select from claw_back_credits(pg_temp.id('fay'), 're', 's1', 1, 1);
select from freeze_credits(pg_temp.id('fay'), 'a look',
  (select id from billing.buckets where key = 's1'));
select from reverse_deduction(pg_temp.id('fay'), 'task', 'failed', 5, 'a');
select is((select debt_credits::bigint from billing.accounts where id = pg_temp.id('fay')),
  7::bigint, 'claims: what comes back to a bucket that an owner froze pays its debt');
set local test.now to '2026-06-02';
select from reverse_deduction(pg_temp.id('fay'), 'task', 'failed', 7, 'b');
select is((select debt_credits::bigint from billing.accounts where id = pg_temp.id('fay')),
  0::bigint, 'claims: also when it comes back in another bucket');
select from grant_credits(pg_temp.id('gus'), 10, 'promotional', 't1', expires_at => '2026-07-01');
select from deduct_credits_atomic(pg_temp.id('gus'), 10, 'task');
select from freeze_credits(pg_temp.id('gus'), 'a look',
  (select id from billing.buckets where key = 't1'));
set local test.now to '2026-07-02';
select from reverse_deduction(pg_temp.id('gus'), 'task', 'failed');
select is((select total from get_user_credits(pg_temp.id('gus'))), 0::bigint,
  'claims: and what an owner froze stays frozen in another bucket');

select * from finish();
rollback;
