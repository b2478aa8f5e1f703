-- Usage as it is drawn: beside that of the time before, and by the hours of the week.

-- What lies before is as long as what has passed of a range, so that a month under way is not
-- compared with a whole one.
create function billing.usage_range(
  account_id uuid, days integer, period integer, since timestamptz, until timestamptz,
  now timestamptz, out starts_at timestamptz, out ends_at timestamptz,
  out before_starts_at timestamptz, out before_ends_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_bounds timestamptz[];
  v_last integer;
begin
  if num_nonnulls(since, until) = 1 or until <= since or until > since + interval '87840 hours'
    or period < 0 or (days between 1 and 3660) is not true
  then
    raise exception 'usage is drawn for a known range' using errcode = 'LCASK',
      detail = format('asked for %s', jsonb_strip_nulls(jsonb_build_object(
        'days', days, 'period', period, 'since', since, 'until', until))),
      hint = 'days from 1 to 3660, a period from 0, or both since and a later until';
  elsif since is not null then
    starts_at := since;
    ends_at := until;
    before_starts_at := since - (until - since);
  elsif period is not null then
    v_bounds := billing.period_bounds(account_id, now);
    v_last := greatest(cardinality(v_bounds) - period, 0);
    starts_at := v_bounds[v_last - 1];
    ends_at := v_bounds[v_last];
    before_starts_at := v_bounds[v_last - 2];
  else
    ends_at := billing.day_of(now) + interval '24 hours';
    starts_at := ends_at - make_interval(hours => 24 * days);
    before_starts_at := starts_at - make_interval(hours => 24 * days);
  end if;
  if before_starts_at is not null then
    before_ends_at := least(starts_at,
      before_starts_at + greatest(least(ends_at, now) - starts_at, '0'));
  end if;
end $$;
revoke execute on function billing.usage_range(
  uuid, integer, integer, timestamptz, timestamptz, timestamptz
) from public;
comment on function billing.usage_range(
  uuid, integer, integer, timestamptz, timestamptz, timestamptz
) is
  'A range in one of three ways: from since to before until, else a billing period counted back from
the one under way (0), else so many days of UTC up to today; and what is compared with it. Null
where the account has no such period.';

create function billing.range_steps(since timestamptz, until timestamptz, step interval)
returns timestamptz[]
language plpgsql immutable
set search_path = ''
as $$
begin
  return array(
    select since where since is not null
    union
    select g.at at time zone 'UTC'
    from generate_series(billing.day_of(since) at time zone 'UTC', until at time zone 'UTC', step)
      g (at)
    where g.at at time zone 'UTC' between since and until
    union
    select until where until is not null
    order by 1
  );
end $$;
revoke execute on function billing.range_steps(timestamptz, timestamptz, interval) from public;
comment on function billing.range_steps(timestamptz, timestamptz, interval) is
  'A range cut at midnights of UTC, a step of the calendar apart.';

create function billing.spread(places integer[], credits bigint[], length integer)
returns bigint[]
language plpgsql immutable
set search_path = ''
as $$
declare
  v_row bigint[] := array_fill(0::bigint, array[length]);
begin
  for i in 1 .. coalesce(cardinality(places), 0) loop
    v_row[places[i]] := v_row[places[i]] + credits[i];
  end loop;
  return v_row;
end $$;
revoke execute on function billing.spread(integer[], bigint[], integer) from public;
comment on function billing.spread(integer[], bigint[], integer) is
  'Credits added up at their places in a row of zeros.';

create function billing.get_usage_comparison(
  account_id uuid, days integer, period integer, since timestamptz, until timestamptz
)
returns table (
  part text, operation text, operation_name text, steps timestamptz[], steps_before timestamptz[],
  uses bigint, charged_credits bigint, used_credits bigint, used_by_step bigint[],
  uses_before bigint, charged_before bigint, used_before bigint, used_by_step_before bigint[]
)
language plpgsql volatile
security definer  -- settles what is due, and reads price lists that clients cannot
set search_path = ''
as $$
declare
  v_now timestamptz := billing.touch(account_id);
  v_range record;
  v_step interval;
  v_steps timestamptz[];
  v_before timestamptz[];
  v_gap integer;
begin
  select r.* into v_range
  from billing.usage_range(account_id, days, period, since, until, v_now) r;
  if v_range.starts_at is null then
    return;
  end if;
  v_step := case
    when v_range.ends_at - v_range.starts_at <= interval '93 days' then interval '1 day'
    when v_range.ends_at - v_range.starts_at <= interval '651 days' then interval '7 days'
    else interval '1 month' end;
  v_steps := billing.range_steps(v_range.starts_at, v_range.ends_at, v_step);
  v_before := billing.range_steps(v_range.before_starts_at, v_range.before_ends_at, v_step);
  v_gap := cardinality(v_before);  -- the part between the end of what lies before and the range
  return query
  with summed as (
    select grouping(u.operation) = 1 as is_total, u.operation,
      coalesce(sum(u.uses) filter (where u.part > v_gap), 0)::bigint as uses,
      coalesce(sum(u.charged_credits) filter (where u.part > v_gap), 0)::bigint as charged,
      coalesce(sum(u.uses) filter (where u.part < v_gap), 0)::bigint as uses_before,
      coalesce(sum(u.charged_credits) filter (where u.part < v_gap), 0)::bigint as charged_before,
      coalesce(sum(u.charged_credits - u.returned_credits) filter (where u.part > v_gap), 0)::bigint
        as used,
      coalesce(sum(u.charged_credits - u.returned_credits) filter (where u.part < v_gap), 0)::bigint
        as used_before,
      billing.spread(array_agg(u.part), array_agg(u.charged_credits - u.returned_credits),
        v_gap + cardinality(v_steps) - 1) as by_part
    from billing.sum_usage(account_id, v_before || v_steps, '{operation}') u
    where u.part <> v_gap
    group by grouping sets ((), (u.operation))
  )
  select case when s.is_total then 'total' else 'operation' end, s.operation, o.name,
    case when s.is_total then v_steps end, case when s.is_total then v_before end,
    s.uses, s.charged, s.used, s.by_part[v_gap + 1:], s.uses_before, s.charged_before,
    s.used_before, s.by_part[:v_gap - 1]
  from summed s
  left join billing.operations o on o.key = s.operation
  order by s.is_total desc, s.used desc, s.operation;
end $$;
revoke execute on function billing.get_usage_comparison(
  uuid, integer, integer, timestamptz, timestamptz
) from public;
grant execute on function billing.get_usage_comparison(
  uuid, integer, integer, timestamptz, timestamptz
) to authenticated, service_role;

create function public.get_usage_comparison(
  account_id uuid default auth.uid(), days integer default 30, period integer default null,
  since timestamptz default null, until timestamptz default null
)
returns table (
  part text, operation text, operation_name text, steps timestamptz[], steps_before timestamptz[],
  uses bigint, charged_credits bigint, used_credits bigint, used_by_step bigint[],
  uses_before bigint, charged_before bigint, used_before bigint, used_by_step_before bigint[]
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select * from billing.get_usage_comparison(account_id, days, period, since, until);
end $$;
revoke execute on function public.get_usage_comparison(
  uuid, integer, integer, timestamptz, timestamptz
) from public, anon, authenticated;
grant execute on function public.get_usage_comparison(
  uuid, integer, integer, timestamptz, timestamptz
) to authenticated, service_role;
comment on function public.get_usage_comparison(
  uuid, integer, integer, timestamptz, timestamptz
) is
  'What an account has used in a range, in credits, beside the range before it: a row for the total,
with the instants between the steps of both, then one for each operation (null: amounts), the most
used first. uses, charged_credits (by spends and captured holds), used_credits (less what was
returned) and used_by_step; ..._before the same of the time before, as long as what has passed of
the range. The range: from since to before until (both, at most 3660 days), else the billing period
so many back (0: the one under way), else the last days of UTC, today included. A step is a day,
seven days in a range of more than 93, a month in one of more than 651; the first and the last may
be shorter. No row: there is no such period. Exact whether or not the job has run. Settles first
what is due. For members, and the service role. Raises LCASK (range), LCACC. Source: requirement
004, 3; 002, 5 (usage metrics).';

-- By whole hours, so that none is read from the ledger that the job has counted.
create function billing.get_usage_hours(
  account_id uuid, days integer, period integer, since timestamptz, until timestamptz
)
returns table (weekday integer, hour integer, uses bigint, used_credits bigint)
language plpgsql volatile
security definer  -- settles what is due, and reads price lists that clients cannot
set search_path = ''
as $$
declare
  v_now timestamptz := billing.touch(account_id);
  v_range record;
  v_first bigint;
  v_last bigint;
begin
  select date_trunc('hour', r.starts_at, 'UTC') as starts_at,
    date_trunc('hour', r.ends_at - interval '1 microsecond', 'UTC') + interval '1 hour' as ends_at
  into v_range
  from billing.usage_range(account_id, days, period, since, until, v_now) r;
  v_first := billing.entries_before(account_id, v_range.starts_at);
  v_last := billing.entries_before(account_id, v_range.ends_at);
  return query
  with used as (
    select h.weekday, h.hour, h.uses, h.charged_credits - h.returned_credits as used
    from billing.usage_hours h
    where h.account_id = get_usage_hours.account_id
      and h.hour_starts_at >= v_range.starts_at and h.hour_starts_at < v_range.ends_at
    union all
    select extract(isodow from f.created_at at time zone 'UTC')::smallint,
      extract(hour from f.created_at at time zone 'UTC')::smallint, f.uses,
      f.charged_credits - f.returned_credits
    from (
      select greatest(coalesce(max(r.rolled_number), 0), v_first) as number
      from billing.usage_rollups r where r.account_id = get_usage_hours.account_id
    ) mark
    cross join lateral (
      select r.* from billing.usage_facts r
      where r.account_id = get_usage_hours.account_id
        and r.number > mark.number and r.number <= v_last
      offset 0  -- else the whole ledger of the account is read and then joined
    ) f
  )
  select u.weekday::integer, u.hour::integer, sum(u.uses)::bigint, sum(u.used)::bigint
  from used u
  group by u.weekday, u.hour
  order by 1, 2;
end $$;
revoke execute on function billing.get_usage_hours(
  uuid, integer, integer, timestamptz, timestamptz
) from public;
grant execute on function billing.get_usage_hours(
  uuid, integer, integer, timestamptz, timestamptz
) to authenticated, service_role;

create function public.get_usage_hours(
  account_id uuid default auth.uid(), days integer default 30, period integer default null,
  since timestamptz default null, until timestamptz default null
)
returns table (weekday integer, hour integer, uses bigint, used_credits bigint)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select * from billing.get_usage_hours(account_id, days, period, since, until);
end $$;
revoke execute on function public.get_usage_hours(
  uuid, integer, integer, timestamptz, timestamptz
) from public, anon, authenticated;
grant execute on function public.get_usage_hours(
  uuid, integer, integer, timestamptz, timestamptz
) to authenticated, service_role;
comment on function public.get_usage_hours(
  uuid, integer, integer, timestamptz, timestamptz
) is
  'When in the week an account uses credits: uses and used_credits (charged less returned) of each
weekday (1 Monday to 7 Sunday) and hour (0 to 23), in UTC, in which there was something. The range
as for get_usage_comparison, widened to whole hours. Exact whether or not the job has run. Settles
first what is due. For members, and the service role. Raises LCASK (range), LCACC. Source:
requirement 002, 5 (usage metrics).';
