begin;
select plan(22);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.reverse(
  name text, key text, amount bigint default null, reversal_key text default null
) returns text language sql as $$
  select format('%sback %s, left %s', case when duplicate then 'again ' end, given_back,
    balance_after)
  from reverse_deduction(pg_temp.id(name), key, 'it failed', amount, reversal_key)
$$;
create function pg_temp.buckets(name text) returns text language sql as $$
  select string_agg(format('%s %s%s', o.kind, o.credits_remaining,
    to_char(o.expires_at, '" until "MM-DD HH24:MI')), ', ' order by o.burn_order)
  from billing.open_buckets o where o.account_id = pg_temp.id(name)
$$;

-- Baseline
select from add_credits_atomic(pg_temp.id('ada'), 50, 'permanent', 'pack');
select from deduct_credits_atomic(pg_temp.id('ada'), 30, 'task');
select is(pg_temp.reverse('ada', 'task'), 'back 30, left 50', 'reverse: gives back what was taken');
select is(
  (select (kind, credits, answers, key, description)::text from billing.credit_transactions
    where account_id = pg_temp.id('ada') and number = 3),
  '(reversal,30,2,reversal:2,"it failed")', 'reverse: is an entry that answers the spend');

-- Allowed
select from add_credits_atomic(pg_temp.id('bob'), 10, 'permanent', 'perm');
select from add_credits_atomic(pg_temp.id('bob'), 10, 'subscription', 'plan',
  expires_at => '2026-03-01 12:00');
select from add_credits_atomic(pg_temp.id('bob'), 10, 'promotional', 'promo',
  expires_at => '2026-03-09');
select from deduct_credits_atomic(pg_temp.id('bob'), 25, 'task');
select is(
  pg_temp.reverse('bob', 'task', 7, 'first'), 'back 7, left 12',
  'reverse: a part, under its own key');
select is(
  pg_temp.buckets('bob'), 'subscription 2 until 03-01 12:00, permanent 10',
  'reverse: last taken comes back first');
select is(
  pg_temp.reverse('bob', 'task', 3, 'second'), 'back 3, left 15', 'reverse: parts add up');
set local test.now to '2026-03-01 12:00';
select is(
  pg_temp.reverse('bob', 'task', null, 'rest'), 'back 15, left 25',
  'reverse: the rest, if no amount is said');
select is(
  pg_temp.buckets('bob'),
  'promotional 5 until 03-02 12:00, promotional 10 until 03-09 00:00, permanent 10',
  'reverse: credits of a bucket expired since live as long as they still had, at least a day');

select from add_credits_atomic(pg_temp.id('cyd'), 10, 'subscription', 'plan',
  expires_at => '2026-03-05');
select from deduct_credits_atomic(pg_temp.id('cyd'), 10, 'task');
set local test.now to '2026-03-06';
select from pg_temp.reverse('cyd', 'task');
select is(
  pg_temp.buckets('cyd'), 'promotional 10 until 03-09 12:00',
  'reverse: three and a half days that they still had are three and a half days');

-- Captured holds
select from add_credits_atomic(pg_temp.id('dee'), 100, 'permanent', 'pack');
select from hold_credits_atomic(pg_temp.id('dee'), 40, 'part');
select from capture_hold(pg_temp.id('dee'), 'part', 25);
select is(
  pg_temp.reverse('dee', 'part'), 'back 25, left 100', 'reverse: of a hold, what it kept');
select from hold_credits_atomic(pg_temp.id('dee'), 40, 'over', overrun => 20);
select from capture_hold(pg_temp.id('dee'), 'over', 55);
select is(
  pg_temp.reverse('dee', 'over', 20, 'a'), 'back 20, left 65',
  'reverse: of an overrun capture, the overrun first');
select is(
  pg_temp.reverse('dee', 'over', null, 'b'), 'back 35, left 100', 'reverse: and then the hold');

-- Refused
select from deduct_credits_atomic(pg_temp.id('dee'), 10, 'ten');
select from hold_credits_atomic(pg_temp.id('dee'), 10, 'open');
create temp table before as select pg_temp.books() as books;
select throws_ok(
  $$select pg_temp.reverse('dee', 'ten', 11)$$, 'LCAMT', null, 'reverse: more than was taken');
select throws_ok(
  $$select pg_temp.reverse('dee', 'ten', 0)$$, 'LCAMT', null, 'reverse: nothing');
select throws_ok(
  $$select pg_temp.reverse('dee', 'over', null, 'c')$$, 'LCAMT', null,
  'reverse: when all was given back');
select throws_ok(
  $$select pg_temp.reverse('dee', 'none')$$, 'LCKEY', null, 'reverse: a key that took nothing');
select throws_ok(
  $$select pg_temp.reverse('dee', 'open')$$, 'LCHLD', null, 'reverse: a hold that is open');
select throws_ok(
  $$select pg_temp.reverse('bob', 'task', 8, 'first')$$, 'LCKEY', null,
  'reverse: one key, one amount');
select throws_ok(
  $$select deduct_credits_atomic(pg_temp.id('ada'), 30, 'task')$$, 'LCKEY', null,
  'deduct: a key given back in whole does not spend again');
select is(pg_temp.books(), (select books from before), 'reverse: what was refused changed nothing');

-- A captured hold that was given back in whole is no more a success than a spend is.
select from add_credits_atomic(pg_temp.id('eve'), 10, 'promotional', 'gift',
  expires_at => '2026-03-08');
select from hold_credits_atomic(pg_temp.id('eve'), 4, 'held');
select from capture_hold(pg_temp.id('eve'), 'held', 3);
select pg_temp.reverse('eve', 'held');
select throws_ok(
  $$select hold_credits_atomic(pg_temp.id('eve'), 4, 'held')$$, 'LCKEY',
  'what this key took was given back', 'hold: a key given back in whole does not hold again');
select from deduct_credits_atomic(pg_temp.id('eve'), 4, 'later');
set local timezone to 'America/New_York';
set local test.now to '2026-10-31 12:00+00';  -- a night before the clocks change there
select pg_temp.reverse('eve', 'later');
set local timezone to 'UTC';
select is(
  (select max(expires_at) from billing.buckets where account_id = pg_temp.id('eve')),
  '2026-11-02 12:00'::timestamptz,
  'reverse: two days left are two days in UTC, whatever the session''s time zone');

-- Replay
select is(pg_temp.reverse('ada', 'task'), 'again back 30, left 50',
  'reverse: again answers the first');

select * from finish();
rollback;
