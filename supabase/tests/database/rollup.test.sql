begin;
select plan(16);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 10:00';
\ir fixtures/operations.psql

-- The job, as often as it takes: one account at a time.
create function pg_temp.roll_up() returns integer language plpgsql as $$
declare
  v_last uuid;
  v_calls integer := 0;
begin
  loop
    v_last := roll_up_usage(v_last, 1);
    exit when v_last is null;
    v_calls := v_calls + 1;
  end loop;
  return v_calls;
end $$;
create function pg_temp.days(name text) returns setof text language sql as $$
  select format('%s %s/%s: %s, %s - %s', to_char(d.day_starts_at, 'MM-DD HH24:MI'), d.operation,
    d.subject, d.uses, d.charged_credits, d.returned_credits)
  from billing.usage_days d where d.account_id = pg_temp.id(name)
  order by d.day_starts_at, d.operation, d.subject
$$;

-- Baseline
select is(roll_up_usage(), null, 'rollup: nobody has anything to count');
select from add_credits_atomic(pg_temp.id('ada'), 1000, 'permanent', 'pack');
select from add_credits_atomic(pg_temp.id('bob'), 1000, 'permanent', 'pack');
select from deduct_credits_atomic(pg_temp.id('bob'), 7, 'task');
select from consume_credits('t_draw', '{"title": "a dog"}', 'dog', pg_temp.id('ada'));
select from consume_credits('t_draw', '{"title": "a dog"}', 'dog 2', pg_temp.id('ada'));
select from consume_credits('t_draw', '{}', 'untitled', pg_temp.id('ada'));
select from deduct_credits_atomic(pg_temp.id('ada'), 5, 'task');

-- Allowed
select is(pg_temp.roll_up(), 2, 'rollup: each account that has entries not counted yet, once');
select results_eq(
  $$select pg_temp.days('ada')$$,
  array['03-01 00:00 /: 1, 5 - 0', '03-01 00:00 t_draw/: 1, 60 - 0',
    '03-01 00:00 t_draw/a dog: 2, 120 - 0'],
  'rollup: by operation and subject, without either for an amount');
select is(pg_temp.roll_up(), 0, 'rollup: what is counted is not counted again');

set local test.now to '2026-03-01 23:59:59.999999';
select from place_hold('t_draw', '{"title": "a fox"}', 'fox', account_id => pg_temp.id('ada'));
select from place_hold('t_draw', '{"title": "a hen"}', 'hen', account_id => pg_temp.id('ada'));
select from place_hold('t_draw', '{"title": "an owl"}', 'owl', account_id => pg_temp.id('ada'));
select is(pg_temp.roll_up(), 1, 'rollup: holds are looked at');
select is(
  (select count(*) from pg_temp.days('ada') d where d ~ 'fox|hen|owl'), 0::bigint,
  'rollup: an open hold is no usage');
set local test.now to '2026-03-02';
select from capture_hold(pg_temp.id('ada'), 'fox', 50);
select from release_hold(pg_temp.id('ada'), 'hen', 'It flew away');
select from reverse_deduction(pg_temp.id('ada'), 'dog', 'It bit');
select from reverse_deduction(pg_temp.id('ada'), 'fox', 'It ran', 10, 'a');
select from deduct_credits_atomic(pg_temp.id('ada'), 2, 'task 2');
set local test.now to '2026-03-03';
select from get_user_credits(pg_temp.id('ada'));  -- the owl's hold has timed out
select is(pg_temp.roll_up(), 1, 'rollup: what came since');
select results_eq(
  $$select pg_temp.days('ada')$$,
  array['03-01 00:00 /: 1, 5 - 0', '03-01 00:00 t_draw/: 1, 60 - 0',
    '03-01 00:00 t_draw/a dog: 2, 120 - 0', '03-02 00:00 /: 1, 2 - 0',
    '03-02 00:00 t_draw/a dog: 0, 0 - 60', '03-02 00:00 t_draw/a fox: 1, 50 - 10'],
  'rollup: a capture by what it kept and a reversal, each on its own day; a release is none');
select is(
  (select sum(d.charged_credits - d.returned_credits) from billing.usage_days d
    where d.account_id = pg_temp.id('ada')),
  (select -sum(e.credits) from billing.credit_transactions e
    where e.account_id = pg_temp.id('ada') and e.kind <> 'grant'),
  'rollup: in all what the ledger says that work has cost');
select is(
  (select r.rolled_number from billing.usage_rollups r where r.account_id = pg_temp.id('ada')),
  (select a.entry_count from billing.accounts a where a.id = pg_temp.id('ada')),
  'rollup: the mark is the last entry');
set local timezone to 'Pacific/Auckland';
set local test.now to '2026-03-03 23:30+00';
select from deduct_credits_atomic(pg_temp.id('bob'), 3, 'task 2');
select is(pg_temp.roll_up(), 1, 'rollup: in a session far from UTC');
set local timezone to 'UTC';
select results_eq(
  $$select pg_temp.days('bob')$$, array['03-01 00:00 /: 1, 7 - 0', '03-03 00:00 /: 1, 3 - 0'],
  'rollup: days are those of UTC, whatever the session''s time zone');

-- Words that are erased
select from erase_account(pg_temp.id('ada'), 'asked for');
select results_eq(
  $$select pg_temp.days('ada')$$,
  array['03-01 00:00 /: 1, 5 - 0', '03-01 00:00 t_draw/: 3, 180 - 0', '03-02 00:00 /: 1, 2 - 0',
    '03-02 00:00 t_draw/: 1, 50 - 70'],
  'rollup: without what it was for');

select results_eq(
  $$select 'total', sum(t.uses), sum(t.charged_credits), sum(t.returned_credits)
    from billing.usage_totals t
    union all select 'hour', sum(h.uses), sum(h.charged_credits), sum(h.returned_credits)
    from billing.usage_hours h$$,
  $$select k, sum(d.uses), sum(d.charged_credits), sum(d.returned_credits)
    from (values ('total'), ('hour')) k (k), billing.usage_days d group by k order by k desc$$,
  'rollup: by operation and by hour it is the same in all, also once it was counted anew');
select results_eq(
  $$select weekday, hour from billing.usage_hours where account_id = pg_temp.id('bob') order by 1$$,
  $$values (2::smallint, 23::smallint), (7::smallint, 10::smallint)$$,
  'rollup: hours of the week are those of UTC');

-- Refused
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  'select roll_up_usage()', '42501', null, 'rollup: a member cannot run it');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
