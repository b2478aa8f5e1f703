begin;
select plan(9);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 12:00:00';
select pg_temp.sign_up('ada', 'bob');
create function pg_temp.turn(name text, action text default 'checkout') returns text language sql
as $$
  select concat_ws(' ', allowed, retry_after_seconds) from take_turn(pg_temp.id(name), action)
$$;

-- Allowed
select is(
  (select array_agg(pg_temp.turn('ada')) from generate_series(1, 5)),
  array_fill('t 0'::text, array[5]), 'turns: five in a minute');
select is(pg_temp.turn('bob'), 't 0', 'turns: each account has its own');
select is(pg_temp.turn('ada', 'portal'), 't 0', 'turns: each action has its own');

-- Refused
set local test.now to '2026-03-01 12:00:20';
select is(pg_temp.turn('ada'), 'f 40', 'turns: the sixth waits for the end of the minute');
select is(pg_temp.turn('ada'), 'f 40', 'turns: asking again does not prolong the wait');
set local test.now to '2026-03-01 12:00:59.5';
select is(pg_temp.turn('ada'), 'f 1', 'turns: a part of a second is a second to wait');
set local test.now to '2026-03-01 12:01:00';
select is(pg_temp.turn('ada'), 't 0', 'turns: the next minute begins with its first turn');
select is(
  (select turns from billing.rate_limits where account_id = pg_temp.id('ada')
    and action = 'checkout'), 1, 'turns: and counts from one');
select throws_ok(
  $$select take_turn(null, 'checkout')$$, 'LCACC', null, 'turns: of an account');

select * from finish();
rollback;
