-- Two schemas. `billing` holds tables and the code that writes them, and the Data API does not
-- expose it; `public` holds the functions that rpc() may call. Uninstalling is `drop schema billing
-- cascade` and dropping those functions.
--
-- Privileges are revoked by name in each function's own block: per-schema default privileges cannot
-- take away what Postgres gives to PUBLIC, and those of `public` belong to the host app. A test
-- asks the catalog whether one was missed.
do $$
begin
  if to_regnamespace('billing') is not null then
    raise exception 'a schema named billing exists already and is not ours'
      using errcode = 'duplicate_schema',
        hint = 'rename or drop that schema, then run the migrations again';
  end if;
end $$;

create schema billing;
comment on schema billing is 'Coffer: credits and billing. Private; its API is in public.';
grant usage on schema billing to anon, authenticated, service_role;

-- A domain, not table checks: Postgres plans table checks again at each execution of a statement.
create domain billing.credits as bigint
  constraint credits_are_never_negative check (value >= 0);
comment on domain billing.credits is
  'A number of credits that is held somewhere: whole, never negative.';

-- Time is this function alone, so that tests and the local clock can move it by replacing it.
-- plpgsql, because an SQL function with a SET is planned anew in each statement that calls it (25
-- us).
create function billing.now()
returns timestamptz
language plpgsql volatile
set search_path = ''
as 'begin return clock_timestamp(); end';
revoke execute on function billing.now() from public;
comment on function billing.now() is
  'The instant by which every rule decides: the wall clock, not the transaction''s time. Writers
read it once, after they hold the account''s lock, so that the instant tested is the instant
stamped.';

create function billing.later(at timestamptz, by interval)
returns timestamptz
language plpgsql immutable
set search_path = ''
as $$
begin
  return (at at time zone 'UTC' + by) at time zone 'UTC';
end $$;
revoke execute on function billing.later(timestamptz, interval) from public;
comment on function billing.later(timestamptz, interval) is
  'An instant moved by days and months of the calendar in UTC, whatever the session''s time zone.';

create function billing.lasts(length interval)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return length > '0' and length <= '100 years' and date_part('month', length) >= 0
    and date_part('year', length) >= 0 and date_part('day', length) >= 0
    and date_part('hour', length) >= 0 and date_part('minute', length) >= 0
    and date_part('second', length) >= 0;
end $$;
revoke execute on function billing.lasts(interval) from public;
grant execute on function billing.lasts(interval) to authenticated, service_role;
comment on function billing.lasts(interval) is
  'Whether a length given by the calendar leads forward, from whatever day, and within a lifetime.';
