-- Time alone decides, to the microsecond and in whatever zone a session has.
begin;
select plan(18);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

update billing.plans set is_sold = false;
insert into billing.plans
  (key, version, name, description, position, credits_per_month, is_free)
values
  ('t_free', 1, 'T Free', '', 1, 100, true), ('t_pro', 1, 'T Pro', '', 2, 1000, false);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_year@1', 't_pro_year', 't_pro', 1, 'year', 30590);
insert into billing.operations (key, name) values ('t_draw', 'Drawing');
insert into billing.operation_prices (operation, version, base_credits) values ('t_draw', 1, 5);

-- Intervals are half-open, whoever asks: each verb of an account with one bucket, a microsecond
-- before its end and at it.
create function pg_temp.at_the_end(call text, at timestamptz) returns text language plpgsql as $$
declare
  v_name text := call || at;
  v_answer text;
begin
  perform set_config('test.now', '2026-03-01', true);
  perform add_credits_atomic(pg_temp.id(v_name), 10, 'promotional', 'gift',
    expires_at => '2026-03-31 12:00');
  perform set_config('test.now', at::text, true);
  execute format(call, pg_temp.id(v_name)) into v_answer;
  return v_answer;
end $$;
select is(
  array[pg_temp.at_the_end(call, '2026-03-31 11:59:59.999999'),
    pg_temp.at_the_end(call, '2026-03-31 12:00')], array[before, after],
  format('time: %s is %s a microsecond before the end of a bucket, %s at it', verb, before, after))
from (values
  ('a balance', 'select total from get_user_credits(%L)', '10', '0'),
  ('a spend', 'select success from deduct_credits_atomic(%L, 5, ''k'')', 'true', 'false'),
  ('a spend in a batch', 'select success from deduct_many(array[%L::uuid], ''{5}'', ''{k}'')',
    'true', 'false'),
  ('a quote''s balance', 'select balance from quote_credits(''t_draw'', ''{}'', %L)', '10', '0'),
  ('a charge', 'select success from consume_credits(''t_draw'', ''{}'', ''k'', %L)',
    'true', 'false'),
  ('a hold', 'select success from place_hold(''t_draw'', ''{}'', ''k'', account_id => %L)',
    'true', 'false'),
  ('a hold by amount', 'select success from hold_credits_atomic(%L, 5, ''k'')', 'true', 'false')
  ) v (verb, call, before, after);

-- The same for a hold: a microsecond before its end it can be captured, released and extended.
create function pg_temp.hold_until(at timestamptz, call text) returns text language plpgsql as $$
declare
  v_name text := call || at;
begin
  perform set_config('test.now', '2026-03-01', true);
  perform add_credits_atomic(pg_temp.id(v_name), 10, 'permanent', 'pack');
  perform hold_credits_atomic(pg_temp.id(v_name), 10, 'job', '1 hour');
  perform set_config('test.now', at::text, true);
  execute format(call, pg_temp.id(v_name));
  return (select h.state from billing.holds h where h.account_id = pg_temp.id(v_name));
exception when sqlstate 'LCHLD' then
  return sqlstate;
end $$;
select is(
  array[pg_temp.hold_until('2026-03-01 00:59:59.999999', call),
    pg_temp.hold_until('2026-03-01 01:00', call)], array[before, after],
  format('time: %s of a hold a microsecond before its end, and at it', verb))
from (values
  ('a capture', 'select capture_hold(%L, ''job'')', 'captured', 'LCHLD'),
  ('a release', 'select release_hold(%L, ''job'')', 'released', 'timed_out'),
  ('an extension', 'select extend_hold(%L, ''job'')', 'open', 'LCHLD')
  ) v (verb, call, before, after);

-- An account's life across leap day, month ends and the nights in which clocks are moved, told in
-- UTC, lived in the zone of a session.
create function pg_temp.at(t text) returns void language sql as $$
  select set_config('test.now', t || '+00', true)
$$;
create function pg_temp.live(zone text) returns void language plpgsql as $$
declare
  v_id uuid := pg_temp.id(zone);
begin
  perform set_config('timezone', zone, true);
  perform pg_temp.at('2028-01-31 23:30'), get_user_credits(v_id);
  perform pg_temp.at('2028-02-28 23:59:59.999999'), get_user_credits(v_id);
  perform pg_temp.at('2028-02-29 00:00'), get_user_credits(v_id);
  -- Clocks are moved on 26 March and 29 October in Berlin, on 5 November in New York.
  perform pg_temp.at('2028-03-25 12:00'), hold_credits_atomic(v_id, 10, 'a day', '1 day');
  perform extend_hold(v_id, 'a day', '24 hours');
  perform add_credits_atomic(v_id, 20, 'promotional', 'gift', expires_at => '2028-03-27 12:00+00');
  perform deduct_credits_atomic(v_id, 105, 'task');
  perform pg_temp.at('2028-10-28 12:00'), reverse_deduction(v_id, 'task', 'it failed');
  perform pg_temp.at('2028-11-04 12:00'), hold_credits_atomic(v_id, 5, 'another day', '1 day');
  perform link_customer(v_id, 'cus_' || zone),
    apply_object('subscription', 'evt_s_' || zone, 'x', '2027-12-31 01:00+00', null, 'sha', 1,
      jsonb_build_object('id', 'sub_' || zone, 'status', 'active', 'customer', 'cus_' || zone,
        'created', '2027-12-31 01:00+00', 'items', '[{"id": "si_1", "price": "t_pro_year@1",
          "quantity": 1,
          "period_start": "2027-12-31 01:00+00", "period_end": "2028-12-31 01:00+00"}]'::jsonb)),
    apply_object('invoice', 'evt_i_' || zone, 'x', '2027-12-31 01:00+00', null, 'sha', 1,
      jsonb_build_object('id', 'in_' || zone, 'status', 'paid', 'customer', 'cus_' || zone,
        'subscription', 'sub_' || zone, 'total', 30590, 'currency', 'usd',
        'created', '2027-12-31 01:00+00', 'lines', '[{"id": "il", "amount": 30590, "quantity": 1,
          "price": "t_pro_year@1", "proration": false, "period_start": "2031-12-31 01:00+00",
          "period_end": "2032-12-31 01:00+00"}]'::jsonb));
  perform pg_temp.at('2033-01-01 00:00'), get_user_credits(v_id);
  perform set_config('timezone', 'UTC', true);
end $$;
create function pg_temp.lived(zone text) returns setof text language sql as $$
  select to_char(at, 'YYYY-MM-DD HH24:MI:SS.US') || did
  from (
    select t.created_at as at, format(' %s %s = %s', t.kind, t.credits, t.balance_after) as did
    from billing.credit_transactions t where t.account_id = pg_temp.id(zone)
    union all
    select b.starts_at, format(' %s until %s', replace(b.key, zone, ''), b.expires_at)
    from billing.buckets b where b.account_id = pg_temp.id(zone)
    union all
    select h.ends_at, ' end of hold ' || h.number from billing.holds h
    where h.account_id = pg_temp.id(zone)
  ) life
  order by at, did
$$;
create temp table zones as select unnest(array['UTC', 'America/New_York', 'Europe/Berlin',
  'Asia/Kolkata', 'Pacific/Apia', 'America/Sao_Paulo']) as zone;
insert into auth.users (id, email)
select pg_temp.id(zone), replace(zone, '/', '.') || '@example.com' from zones;
select pg_temp.live(zone) from zones;
select is(
  (select array_agg(to_char(b.starts_at, 'MM-DD HH24') order by b.starts_at)
    from billing.buckets b where b.account_id = pg_temp.id('UTC') and b.key like 'invoice:%'),
  array['12-31 01', '01-31 01', '02-29 01', '03-31 01', '04-30 01', '05-31 01', '06-30 01',
    '07-31 01', '08-31 01', '09-30 01', '10-31 01', '11-30 01'],
  'time: a year''s months start on the 31st, or on the last day of a month that has none');
select is(
  (select array_agg(format('%s until %s', b.key, b.expires_at::date) order by b.id)
    from billing.buckets b where b.account_id = pg_temp.id('UTC') and b.key like 'free:%'),
  array['free:2028-01-31 until 2028-02-29', 'free:2028-02-29 until 2028-03-31',
    'free:2028-10-31 until 2028-11-30'], 'time: so do free months, and go back to the 31st');
select is(
  (select array_agg(h.ends_at order by h.number) from billing.holds h
    where h.account_id = pg_temp.id('UTC')),
  array['2028-03-26 12:00', '2028-11-05 12:00']::timestamptz[],
  'time: a hold of a day ends 24 hours later');
select results_eq(
  format('select pg_temp.lived(%L)', zone), $$select pg_temp.lived('UTC')$$,
  format('time: a session in %s writes what one in UTC does', zone))
from zones where zone <> 'UTC';

select * from finish();
rollback;
