begin;
select plan(38);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 10:00';

-- Nothing is on sale but what this file sells.
update billing.plans set is_sold = false;
insert into billing.plans (key, version, name, description, position, credits_per_month, is_free)
values ('t_free', 1, 'T Free', '', 1, 0, true), ('t_pro', 1, 'T Pro', '', 2, 1000, false),
  ('t_max', 1, 'T Max', '', 3, 9000, false);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 1900),
  ('t_max_month@1', 't_max_month', 't_max', 1, 'month', 9900);
insert into billing.operations (key, name) values
  ('t_ask', 'Question'), ('t_draw', 'Drawing'), ('t_open', 'Open');
insert into billing.operation_prices (operation, version, base_credits)
values ('t_ask', 1, 2), ('t_draw', 1, 10), ('t_open', 1, 1);
insert into billing.plan_caps (plan_key, plan_version, operation, per, max_uses) values
  ('t_free', 1, 't_ask', 'day', 3), ('t_free', 1, 't_draw', 'day', 0),
  ('t_pro', 1, 't_ask', 'hour', 4), ('t_pro', 1, 't_ask', 'day', 6),
  ('t_pro', 1, 't_draw', 'month', 1);
select pg_temp.sign_up('ada', 'bob', 'eve');
select from unnest(array['ada', 'bob', 'eve']) name,
  add_credits_atomic(pg_temp.id(name), 1000, 'permanent', 'pack');

create function pg_temp.subscribe(name text, plan text, status text, ticket bigint) returns text
language sql as $$
  select (apply_object(
    'subscription', 'evt_' || name || ticket, 'x', '2026-03-01', null, 'sha', ticket,
    jsonb_build_object('id', 'sub_' || name, 'status', status, 'customer', 'cus_' || name,
      'account_id', pg_temp.id(name), 'created', '2026-03-01', 'items', jsonb_build_array(
        jsonb_build_object('id', 'si_1', 'price', plan || '_month@1', 'quantity', 1,
          'period_start', '2026-03-01', 'period_end', '2026-04-01')))))::text
$$;
-- What a use by the server answers.
create function pg_temp.asks(name text, key text, operation text default 't_ask') returns text
language plpgsql as $$
declare
  v_hint text;
  v_detail text;
begin
  return (select 'done, ' || c.duplicate
    from consume_credits(operation, '{}', key, pg_temp.id(name)) c where c.success);
exception when sqlstate 'LCLIM' then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  return v_detail || '; ' || v_hint;
end $$;
create function pg_temp.used(name text) returns text language sql as $$
  select string_agg(uses || ' per ' || per, ', ' order by operation, per)
  from billing.cap_uses where account_id = pg_temp.id(name)
$$;

-- Baseline
set local timezone to 'America/New_York';
select results_eq(
  $$select per::text, starts_at, ends_at
    from unnest(enum_range(null::billing.cap_window)) per,
      billing.cap_window_at(per, '2026-03-08 07:30:00.5+00')$$,
  $$values ('hour', '2026-03-08 07:00+00'::timestamptz, '2026-03-08 08:00+00'::timestamptz),
    ('day', '2026-03-08 00:00+00', '2026-03-09 00:00+00'),
    ('month', '2026-03-01 00:00+00', '2026-04-01 00:00+00')$$,
  'caps: windows are those of the calendar in UTC, whatever the session''s zone and its DST');
set local timezone to 'UTC';
select is(
  (select starts_at from billing.cap_window_at('day', '2026-03-02')), '2026-03-02'::timestamptz,
  'caps: the end of a window belongs to the next one');
select is(
  (select ends_at from billing.cap_window_at('month', '2028-02-29')), '2028-03-01'::timestamptz,
  'caps: a month ends where it ends');

-- Allowed
select is(
  array(select pg_temp.asks('ada', 'a' || n) from generate_series(1, 3) n),
  array['done, false', 'done, false', 'done, false'], 'caps: as many uses as the plan allows');
select is(pg_temp.used('ada'), '3 per hour, 3 per day',
  'caps: counted in every window in which some plan caps the operation');
select pg_temp.asks('ada', 'o' || n, 't_open') from generate_series(1, 5) n;
select from deduct_credits_atomic(pg_temp.id('ada'), 1, 'by amount');
select is(pg_temp.used('ada'), '3 per hour, 3 per day',
  'caps: what no plan caps is not counted, nor is an amount');

-- Refused
create temp table before as select pg_temp.books() || to_jsonb(pg_temp.used('ada')) as state;
select is(
  pg_temp.asks('ada', 'a4'),
  't_ask: at most 3 a day; try again from 2026-03-02T00:00:00Z, or choose a larger plan',
  'caps: one use more is refused, with the end of the window');
select throws_ok(
  format($$select place_hold('t_ask', '{}', 'h', account_id => %L)$$, pg_temp.id('ada')),
  'LCLIM', 'the plan allows no more of this for now', 'caps: a hold is a use');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select consume_credits('t_ask', '{}', 'a4')$$, 'LCLIM', null, 'caps: for a member too');
select pg_temp.act_as('postgres');
select is(
  pg_temp.asks('ada', 'd1', 't_draw'),
  't_draw: at most 0 a day; try again from 2026-03-02T00:00:00Z, or choose a larger plan',
  'caps: none is none');
select is(pg_temp.books() || to_jsonb(pg_temp.used('ada')), (select state from before),
  'caps: a refusal changes nothing');

-- Replay
select is(pg_temp.asks('ada', 'a3'), 'done, true', 'caps: a replay answers, over the cap too');
select is(pg_temp.used('ada'), '3 per hour, 3 per day', 'caps: and is no use');

-- Allowed: the next window
set local test.now to '2026-03-01 23:59:59.999999';
select matches(pg_temp.asks('ada', 'late'), 'at most 3 a day', 'caps: until the window''s end');
set local test.now to '2026-03-02';
select is(pg_temp.asks('ada', 'b1'), 'done, false', 'caps: a new window begins with none');
select is(pg_temp.used('ada'), '1 per hour, 1 per day', 'caps: and takes the row over');

-- Given back
select is(
  (select status from place_hold('t_ask', '{}', 'h1', account_id => pg_temp.id('ada'))), 'open',
  'caps: a hold within the cap');
select is(pg_temp.used('ada'), '2 per hour, 2 per day', 'caps: counts when it is placed');
select from release_hold(pg_temp.id('ada'), 'h1');
select is(pg_temp.used('ada'), '1 per hour, 1 per day', 'caps: a release gives the use back');
select from release_hold(pg_temp.id('ada'), 'h1');
select is(pg_temp.used('ada'), '1 per hour, 1 per day', 'caps: once');
select from place_hold('t_ask', '{}', 'h2', account_id => pg_temp.id('ada'));
select from place_hold('t_ask', '{}', 'h3', account_id => pg_temp.id('ada'));
select from capture_hold(pg_temp.id('ada'), 'h3', 1);
select matches(pg_temp.asks('ada', 'b2'), 'at most 3 a day', 'caps: a capture keeps the use');
set local test.now to '2026-03-02 00:15';
select is(pg_temp.asks('ada', 'b2'), 'done, false',
  'caps: a hold that timed out has given its use back, without any job');
select from reverse_deduction(pg_temp.id('ada'), 'b2', 'half of it', 1, 'part');
select is(pg_temp.used('ada'), '3 per hour, 3 per day', 'caps: a part given back keeps the use');
select from reverse_deduction(pg_temp.id('ada'), 'b2', 'the rest', 1, 'rest');
select is(pg_temp.used('ada'), '2 per hour, 2 per day',
  'caps: a reversal of the whole gives it back');
select from reverse_deduction(pg_temp.id('ada'), 'h3', 'all that was kept');
select is(pg_temp.used('ada'), '1 per hour, 1 per day', 'caps: of a captured hold too');
set local test.now to '2026-03-03';
select pg_temp.asks('ada', 'c1');
select from reverse_deduction(pg_temp.id('ada'), 'b1', 'of yesterday');
select is(pg_temp.used('ada'), '1 per hour, 1 per day',
  'caps: what was used in an earlier window frees nothing in this one');
select from reverse_deduction(pg_temp.id('ada'), 'o1', 'never counted');
select is(pg_temp.used('ada'), '1 per hour, 1 per day', 'caps: nor does another operation');

-- Allowed: a change of plan
select pg_temp.asks('ada', 'c' || n) from generate_series(2, 3) n;
select pg_temp.subscribe('ada', 't_pro', 'active', 1);
select is(
  array(select pg_temp.asks('ada', 'c' || n) from generate_series(4, 5) n),
  array['done, false',
    't_ask: at most 4 a hour; try again from 2026-03-03T01:00:00Z, or choose a larger plan'],
  'caps: after an upgrade its caps hold, and what was used before counts');
set local test.now to '2026-03-03 01:00';
select is(
  array(select pg_temp.asks('ada', 'c' || n) from generate_series(5, 7) n),
  array['done, false', 'done, false',
    't_ask: at most 6 a day; try again from 2026-03-04T00:00:00Z, or choose a larger plan'],
  'caps: of several windows each is asked');
select pg_temp.subscribe('ada', 't_max', 'active', 2);
select is(
  array(select pg_temp.asks('ada', 'c' || n) from generate_series(7, 9) n),
  array['done, false', 'done, false', 'done, false'], 'caps: a plan without caps refuses nothing');
select pg_temp.subscribe('ada', 't_pro', 'active', 3);
select is(
  pg_temp.asks('ada', 'c10'),
  't_ask: at most 6 a day; try again from 2026-03-04T00:00:00Z, or choose a larger plan',
  'caps: of windows that are full the last to end is told; a downgrade does not begin anew');
select is(pg_temp.used('ada'), '5 per hour, 9 per day', 'caps: nothing is forgotten');

-- A short balance is a value, and no use
select from deduct_credits_atomic(pg_temp.id('bob'), 999, 'all but one');
select is(
  (select c::text from consume_credits('t_ask', '{}', 'short', pg_temp.id('bob')) c),
  '(f,0,0,0,0,1,f,1,1)', 'caps: a short balance is answered as ever');
select is(pg_temp.used('bob'), null, 'caps: and is no use');

-- What is used, to see
select results_eq(
  format('select * from get_limits(%L)', pg_temp.id('ada')),
  $$values ('t_ask', 'Question', 'hour', 4::bigint, 5::bigint, '2026-03-03 02:00'::timestamptz),
    ('t_ask', 'Question', 'day', 6, 9, '2026-03-04'),
    ('t_draw', 'Drawing', 'month', 1, 0, '2026-04-01')$$,
  'get_limits: caps, what is used of them and when their windows end');
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count)
values ('t_pro', 1, 'bots', 5), ('t_pro', 1, 'api_access', null);
create table public.bots (user_id uuid);
create table public.files (user_id uuid);
select billing.limit_rows('public.bots', 'bots'), billing.limit_rows('public.files', 'files');
insert into public.bots values (pg_temp.id('ada')), (pg_temp.id('ada'));
select pg_temp.act_as('authenticated', 'ada');
select results_eq(
  'select * from get_limits() where per is null',
  $$values ('api_access', null, null, null::bigint, null::bigint, null::timestamptz),
    ('bots', null, null, 5, 2, null), ('files', null, null, 0, 0, null)$$,
  'get_limits: features, and the rows of limited tables, though the member may not read these');
select pg_temp.act_as('postgres');

-- Refused: what is published
select throws_ok(
  'update billing.plan_caps set max_uses = 9', '23001', 'what is published never changes',
  'caps: a published cap never changes');
select throws_ok('truncate billing.plan_caps', '23001', null, 'caps: nor do all of them go');

select * from finish();
rollback;
