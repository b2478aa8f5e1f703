begin;
select plan(43);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

-- What a spend answers, in words.
create function pg_temp.deduct(name text, amount bigint, key text) returns text language sql as $$
  select format('%s%s, left %s', case when duplicate then 'again ' end,
    case when success then format('took %s: %s promotional, %s subscription, %s permanent',
      deducted, from_promotional, from_subscription, from_permanent) else format('short of %s',
      shortfall) end,
    balance_after)
  from deduct_credits_atomic(pg_temp.id(name), amount, key)
$$;

-- Baseline
select from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack');
select is(
  (select d::text from deduct_credits_atomic(pg_temp.id('ada'), 30, 'task', 'A picture') d),
  '(t,30,0,0,30,70,f,0)', 'deduct: answers what it took, from which kinds, and what is left');
select results_eq(
  $$select kind::text, credits, balance_after::bigint, key_scope::text, key, description, created_at
    from billing.credit_transactions where account_id = pg_temp.id('ada') and number = 2$$,
  $$values ('spend', -30::bigint, 70::bigint, 'spend', 'task', 'A picture',
    '2026-03-01'::timestamptz)$$,
  'deduct: is one entry, dated now');

-- Allowed
select is(
  pg_temp.deduct('ada', 70, 'all'), 'took 70: 0 promotional, 0 subscription, 70 permanent, left 0',
  'deduct: the last credit can be spent');

select from add_credits_atomic(pg_temp.id('bob'), 10, 'permanent', 'perm');
select from add_credits_atomic(pg_temp.id('bob'), 10, 'subscription', 'sub late',
  expires_at => '2026-05-01');
select from add_credits_atomic(pg_temp.id('bob'), 10, 'subscription', 'sub soon',
  expires_at => '2026-04-01');
select from add_credits_atomic(pg_temp.id('bob'), 10, 'promotional', 'promo',
  expires_at => '2026-12-01');
select is(
  pg_temp.deduct('bob', 4, 'b1'), 'took 4: 4 promotional, 0 subscription, 0 permanent, left 36',
  'deduct: promotional credits go first, even when others expire sooner');
select is(
  pg_temp.deduct('bob', 10, 'b2'), 'took 10: 6 promotional, 4 subscription, 0 permanent, left 26',
  'deduct: one spend may take from several buckets');
select pg_temp.deduct('bob', 3, 'b3');
select results_eq(
  $$select expires_at, credits_remaining from billing.open_buckets
    where account_id = pg_temp.id('bob') and kind = 'subscription' order by burn_order$$,
  $$values ('2026-04-01'::timestamptz, 3::bigint), ('2026-05-01', 10)$$,
  'deduct: burns the soonest-expiring bucket first');
select is(
  pg_temp.deduct('bob', 14, 'b4'),
  'took 14: 0 promotional, 13 subscription, 1 permanent, left 9',
  'deduct: permanent credits go last');

select from billing.grant_credits(pg_temp.id('cy'), 'permanent', 10, 'urgent',
  priority => 5::smallint);
select from billing.grant_credits(pg_temp.id('cy'), 'subscription', 10, 'tied sub',
  expires_at => '2026-04-01', priority => 10::smallint);
select from billing.grant_credits(pg_temp.id('cy'), 'promotional', 10, 'tied promo',
  expires_at => '2026-04-01', priority => 10::smallint);
select from billing.grant_credits(pg_temp.id('cy'), 'promotional', 10, 'tied, later',
  expires_at => '2026-04-01', priority => 10::smallint);
select from billing.grant_credits(pg_temp.id('cy'), 'promotional', 10, 'no expiry',
  priority => 10::smallint);
select results_eq(
  $$select b.key from billing.open_buckets o join billing.buckets b using (account_id, id)
    where b.account_id = pg_temp.id('cy') order by o.burn_order$$,
  array['urgent', 'tied promo', 'tied, later', 'tied sub', 'no expiry'],
  'deduct: the order is priority, expiry, kind, age; what never expires comes last among equals');
select pg_temp.deduct('cy', 25, 'c1');
select results_eq(
  $$select b.key, -s.credits
    from billing.credit_transactions t
    cross join unnest(t.split) with ordinality s (bucket_id, credits, place)
    join billing.buckets b on b.id = s.bucket_id
    where t.account_id = pg_temp.id('cy') and t.key = 'c1' order by s.place$$,
  $$values ('urgent', 10::bigint), ('tied promo', 10), ('tied, later', 5)$$,
  'deduct: the entry keeps its shares in burn order');
select is(
  (select b.key from billing.accounts a join billing.buckets b on b.id = a.bucket_in_hand
   where a.id = pg_temp.id('cy')),
  'tied, later', 'deduct: a spend leaves the next bucket in hand, so that the next spend is fast');
select from billing.grant_credits(pg_temp.id('cy'), 'promotional', 10, 'more urgent',
  priority => 1::smallint);
select is(
  pg_temp.deduct('cy', 12, 'c2'), 'took 12: 12 promotional, 0 subscription, 0 permanent, left 23',
  'deduct: a grant that comes first in burn order displaces the bucket in hand');

select from add_credits_atomic(pg_temp.id('dee'), 10, 'promotional', 'gift',
  expires_at => '2026-03-10');
select from add_credits_atomic(pg_temp.id('dee'), 5, 'permanent', 'pack');
set local test.now to '2026-03-09 23:59:59.999999';
select is(
  pg_temp.deduct('dee', 2, 'd1'), 'took 2: 2 promotional, 0 subscription, 0 permanent, left 13',
  'deduct: a bucket can be spent until a microsecond before its expiry');
set local test.now to '2026-03-10';
select is(
  pg_temp.deduct('dee', 2, 'd2'), 'took 2: 0 promotional, 0 subscription, 2 permanent, left 3',
  'deduct: a bucket cannot be spent at its expiry');
select results_eq(
  $$select pg_temp.ledger('dee')$$,
  array['grant 10 = 10 at 03-01 00:00:00.000000', 'grant 5 = 15 at 03-01 00:00:00.000000',
    'spend -2 = 13 at 03-09 23:59:59.999999', 'expiry -8 = 5 at 03-10 00:00:00.000000',
    'spend -2 = 3 at 03-10 00:00:00.000000'],
  'deduct: what expired is written down before the spend');
select is(
  pg_temp.deduct('ada', 1, repeat('k', 255)), 'short of 1, left 0',
  'deduct: a key may have 255 characters');
select from add_credits_atomic(pg_temp.id('eve'), 100, 'permanent', 'pack');
select is(
  pg_temp.deduct('eve', 1, 'Schlüssel 鍵 #1'),
  'took 1: 0 promotional, 0 subscription, 1 permanent, left 99',
  'deduct: a key may have spaces and letters of any script');

-- Replay
create temp table once as select pg_temp.books() as books;
select is(
  pg_temp.deduct('eve', 1, 'Schlüssel 鍵 #1'),
  'again took 1: 0 promotional, 0 subscription, 1 permanent, left 99',
  'deduct: the same key from the fast path answers the first result');
select is(
  pg_temp.deduct('bob', 14, 'b4'),
  'again took 14: 0 promotional, 13 subscription, 1 permanent, left 9',
  'deduct: the same key from the slow path answers the first result');
select is(
  pg_temp.deduct('ada', 30, 'task'),
  'again took 30: 0 promotional, 0 subscription, 30 permanent, left 70',
  'deduct: a replay answers the balance as it was, on an empty account too');
select is(
  (select duplicate from deduct_credits_atomic(pg_temp.id('ada'), 30, 'task', 'Another text')),
  true,
  'deduct: only the amount decides whether it is the same');
select is(pg_temp.books(), (select books from once), 'deduct: a replay writes nothing');
select is(
  pg_temp.deduct('cy', 1, 'task'), 'took 1: 1 promotional, 0 subscription, 0 permanent, left 22',
  'deduct: another account''s keys are its own');

-- Refused
create temp table before as select pg_temp.books() as books;
select is(
  pg_temp.deduct('eve', 100, 'too much'), 'short of 1, left 99',
  'deduct: a short balance is answered with the shortfall');
select is(
  pg_temp.deduct('nobody', 5, 'x'), 'short of 5, left 0',
  'deduct: an id without an account has nothing');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), 0, 'x')$$, 'LCAMT',
  'credits must be above zero',
  'deduct: zero credits');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), -1, 'x')$$, 'LCAMT',
  'credits must be above zero',
  'deduct: credits below zero');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), null, 'x')$$, 'LCAMT',
  'credits must be above zero',
  'deduct: no amount');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), 1, null)$$, 'LCKEY',
  'a key must have 1 to 255 printable characters',
  'deduct: no key');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), 1, '')$$, 'LCKEY',
  'a key must have 1 to 255 printable characters',
  'deduct: an empty key');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), 1, repeat('k', 256))$$, 'LCKEY',
  'a key must have 1 to 255 printable characters', 'deduct: a key of 256 characters');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), 1, E'a\nb')$$, 'LCKEY',
  'a key must have 1 to 255 printable characters',
  'deduct: a key with a line break');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), 1, E'a\u0007b')$$, 'LCKEY',
  'a key must have 1 to 255 printable characters', 'deduct: a key with a control character');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), 1,
    jsonb_build_object('k', 'x') ->> 'k' || chr(0))$$,
  '54000', null, 'deduct: a key with NUL is no text to Postgres');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), 2, 'Schlüssel 鍵 #1')$$, 'LCKEY',
  'a key stands for one set of arguments',
  'deduct: the same key with another amount');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('ada'), 31, 'task')$$, 'LCKEY',
  'a key stands for one set of arguments',
  'deduct: the same key with another amount, short as the balance is');
select throws_ok(
  $$select deduct_credits_atomic(null, 1, 'x')$$, 'LCACC', 'this account is not yours',
  'deduct: no account');
set local role authenticated;
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('eve'), 1, 'x')$$, '42501', null,
  'deduct: members name no amount');
reset role;
-- A definer of the host's own, called by a client: the bucket in hand suffices, and does not.
create function pg_temp.work(name text, amount bigint) returns boolean
language sql security definer
as $$
  select success from public.deduct_credits_atomic(pg_temp.id(name), amount, 'work ' || amount)
$$;
select set_config('request.jwt.claim.sub', pg_temp.id('ada')::text, true),
  set_config('request.jwt.claims', json_build_object('sub', pg_temp.id('ada'))::text, true);
set local role authenticated;
select throws_ok(
  $$select pg_temp.work('eve', 1)$$, 'LCACC', 'this account is not yours',
  'deduct: a client behind a definer spends from no other account, on the fast path either');
select throws_ok(
  $$select pg_temp.work('eve', 1000000)$$, 'LCACC', 'this account is not yours',
  'deduct: a client behind a definer spends from no other account, on the slow path');
reset role;
select is(pg_temp.books(), (select books from before), 'deduct: what was refused changed nothing');
select set_config('request.jwt.claim.sub', pg_temp.id('eve')::text, true),
  set_config('request.jwt.claims', json_build_object('sub', pg_temp.id('eve'))::text, true);
set local role authenticated;
select ok(
  pg_temp.work('eve', 1), 'deduct: a client behind a definer spends from its own account');
reset role;
select from add_credits_atomic(pg_temp.id('eve'), 1, 'permanent', 'given back');

-- A refused key works once credits are there.
select from add_credits_atomic(pg_temp.id('eve'), 1, 'permanent', 'one more');
select is(
  pg_temp.deduct('eve', 100, 'too much'),
  'took 100: 0 promotional, 0 subscription, 100 permanent, left 0',
  'deduct: a refused key works once credits are there');

select is_empty(
  $$select id from billing.accounts a
    where balance <> (select sum(credits) from billing.credit_transactions t
      where t.account_id = a.id)
      or balance <> (select coalesce(sum(credits_remaining), 0) from billing.open_buckets o
        where o.account_id = a.id)
      or entry_count <> (select max(number) from billing.credit_transactions t
        where t.account_id = a.id)$$,
  'deduct: after all this the books are sound');

select * from finish();
rollback;
