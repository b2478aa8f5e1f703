begin;
select plan(9);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

select from grant_credits(pg_temp.id('ada'), 100, 'permanent', 'pack', payment_key => 'p1');
select from grant_credits(pg_temp.id('ada'), 50, 'subscription', 'month',
  expires_at => '2026-05-01', payment_key => 'p2');
select from grant_credits(pg_temp.id('ada'), 30, 'promotional', 'gift', expires_at => '2026-04-01');
select from grant_credits(pg_temp.id('ada'), 20, 'promotional', 'later', starts_at => '2026-03-10');

-- Baseline
select results_eq(
  $$select kind::text, credits_remaining, frozen_credits from billing.open_buckets
    where account_id = pg_temp.id('ada') order by burn_order$$,
  $$values ('promotional', 30::bigint, 0::bigint), ('subscription', 50, 0), ('permanent', 100, 0)$$,
  'books: buckets stand in burn order, one that has not started is not among them');
select results_eq(
  $$select kind::text, due_at, credits from billing.due_facts
    where account_id = pg_temp.id('ada') order by due_at$$,
  $$values ('grant', '2026-03-10'::timestamptz, 20::bigint), ('expiry', '2026-04-01', -30),
    ('expiry', '2026-05-01', -50)$$,
  'books: what will be due is a start and two expiries');
select from grant_credits(pg_temp.id('bob'), 10, 'permanent', 'first', priority => 5::smallint);
select from grant_credits(pg_temp.id('bob'), 10, 'promotional', 'second',
  expires_at => '2026-04-01');
select from deduct_credits_atomic(pg_temp.id('bob'), 15, 'across both');
select from deduct_credits_atomic(pg_temp.id('bob'), 1, 'from hand');
select results_eq(
  $$select b.key, b.credits_remaining::bigint, o.credits_remaining
    from billing.open_buckets o join billing.buckets b using (account_id, id)
    where account_id = pg_temp.id('bob')$$,
  $$values ('second', 5::bigint, 4::bigint)$$,
  'books: the row of the bucket in hand is stale, and the view says what is really left');
select results_eq(
  $$select b.key from billing.buckets b join billing.accounts a on a.bucket_in_hand = b.id
    and a.id = b.account_id where a.id = pg_temp.id('bob')$$,
  array['second'], 'books: a lower priority is spent first, whatever expires sooner');

-- Frozen
select from freeze_credits(pg_temp.id('ada'), 'looking into it',
  (select id from billing.buckets where key = 'gift'));
select results_eq(
  $$select kind::text, credits_remaining, frozen_credits from billing.open_buckets
    where account_id = pg_temp.id('ada') order by burn_order$$,
  $$values ('subscription', 50::bigint, 0::bigint), ('permanent', 100, 0), ('promotional', 0, 30)$$,
  'books: what is frozen as a whole comes last, and nothing of it can be spent');
select is(
  (select credits from billing.due_facts where account_id = pg_temp.id('ada')
    and due_at = '2026-04-01'), -30::bigint,
  'books: expiry runs on while credits are frozen');
select from dispute_credits(pg_temp.id('ada'), 'dp_1', 'p2', 50, 100);
select results_eq(
  $$select credits_remaining, frozen_credits from billing.open_buckets
    where account_id = pg_temp.id('ada') and kind = 'subscription'$$,
  'values (25::bigint, 25::bigint)', 'books: a bucket may be frozen in part');
select from deduct_credits_atomic(pg_temp.id('ada'), 10, 'task');
select results_eq(
  $$select bucket_in_hand is null, in_hand_credits::bigint, frozen_credits::bigint
    from billing.accounts where id = pg_temp.id('ada')$$,
  'values (true, 0::bigint, 55::bigint)', 'books: a bucket frozen in part is never in hand');
select is_empty(
  $$select a.id from billing.accounts a where a.balance <> (
      select coalesce(sum(o.credits_remaining + o.frozen_credits), 0) from billing.open_buckets o
      where o.account_id = a.id) or a.frozen_credits <> (
      select coalesce(sum(o.frozen_credits), 0) from billing.open_buckets o
      where o.account_id = a.id)$$,
  'books: what can be spent and what is frozen are the balance');

select * from finish();
rollback;
