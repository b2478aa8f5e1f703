begin;
select plan(12);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.release(name text, key text) returns text language sql as $$
  select format('%sreleased %s, left %s', case when duplicate then 'again ' end, released,
    balance_after)
  from release_hold(pg_temp.id(name), key, 'it failed')
$$;

-- Allowed
select from add_credits_atomic(pg_temp.id('ada'), 20, 'permanent', 'pack');
select from hold_credits_atomic(pg_temp.id('ada'), 20, 'fails', '1 hour');
select is(
  pg_temp.release('ada', 'fails'), 'released 20, left 20', 'release: gives back what is held');
select is(
  (select (kind, credits, description)::text from billing.credit_transactions
    where account_id = pg_temp.id('ada') order by number desc limit 1),
  '(release,20,"it failed")', 'release: is an entry with the reason');
select from hold_credits_atomic(pg_temp.id('ada'), 15, 'long', '10 minutes');
select is(
  (select ends_at from extend_hold(pg_temp.id('ada'), 'long', '1 hour')),
  '2026-03-01 01:00'::timestamptz, 'extend: moves the end to so long from now');
select is(
  (select ends_at from extend_hold(pg_temp.id('ada'), 'long', '1 minute')),
  '2026-03-01 01:00'::timestamptz, 'extend: never nearer');
set local test.now to '2026-03-01 00:59:59.999999';
select is(
  (select held_credits from get_user_credits(pg_temp.id('ada'))), 15::bigint,
  'extend: the hold stands until then');

-- Refused
select from hold_credits_atomic(pg_temp.id('ada'), 1, 'done');
select from capture_hold(pg_temp.id('ada'), 'done');
create temp table before as select pg_temp.books() as books;
select throws_ok(
  $$select pg_temp.release('ada', 'done')$$, 'LCHLD', null, 'release: after a capture is refused');
select throws_ok(
  $$select pg_temp.release('ada', 'none')$$, 'LCHLD', null, 'release: of no hold is refused');
select throws_ok(
  $$select extend_hold(pg_temp.id('ada'), 'done', '1 hour')$$, 'LCHLD', null,
  'extend: after a capture is refused');
select throws_ok(
  $$select extend_hold(pg_temp.id('ada'), 'fails', '1 hour')$$, 'LCHLD', null,
  'extend: after a release is refused');
select is(pg_temp.books(), (select books from before), 'release: what was refused changed nothing');

-- Replay
set local test.now to '2026-03-01 01:00';
select is(
  pg_temp.release('ada', 'fails'), 'again released 20, left 20',
  'release: again answers the first');
select is(
  pg_temp.release('ada', 'long'), 'again released 15, left 19',
  'release: of a hold that timed out says that its credits are back');

select * from finish();
rollback;
