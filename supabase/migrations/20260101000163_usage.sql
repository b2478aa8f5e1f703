-- What credits were used for, in a range of time. Whole days come from the rollup as far as it
-- goes, the rest from the ledger, so that an answer never depends on whether the job has run.

-- Where one credits' month ends the next begins: those of the paid plan, and outside of them the
-- free plan's.
create function billing.period_bounds(account_id uuid, now timestamptz)
returns timestamptz[]
language plpgsql stable
set search_path = ''
as $$
begin
  return array(
    with paid as (
      select coalesce(
          lag(b.period_ends_at) over (partition by b.subscription_id order by b.period_ends_at),
          min(b.starts_at)) as starts_at,
        b.period_ends_at as ends_at
      from billing.buckets b
      where b.account_id = period_bounds.account_id and b.period_ends_at is not null
      group by b.subscription_id, b.period_ends_at
    ), bound as (
      select unnest(array[p.starts_at, p.ends_at]) as at from paid p
      union
      select c.at
      from billing.accounts a
      cross join generate_series(0, billing.months_claimable(a.created_at, now) + 1) m
      cross join billing.claim_date(a.created_at, m) c (at)
      where a.id = period_bounds.account_id
        and not exists (select from paid p where c.at > p.starts_at and c.at < p.ends_at)
    )
    select b.at from bound b
    where b.at <= coalesce((select min(n.at) from bound n where n.at > now), 'infinity')
    order by b.at
  );
end $$;
revoke execute on function billing.period_bounds(uuid, timestamptz) from public;
comment on function billing.period_bounds(uuid, timestamptz) is
  'The instants between the billing periods of an account, in order, from its first to the end of
the current one: a renewal begins where the period before it ended, however late it was paid.';

create function billing.usage_cuts(
  account_id uuid, since timestamptz, until timestamptz, group_by text[], now timestamptz
)
returns timestamptz[]
language plpgsql stable
set search_path = ''
as $$
declare
  v_bounds timestamptz[] := case when 'period' = any (group_by)
    then billing.period_bounds(account_id, now) else '{}' end;
  v_first timestamptz := (
    select greatest(since, billing.day_of(a.created_at)) from billing.accounts a
    where a.id = account_id);
  v_end timestamptz := billing.day_of(now) + interval '24 hours';
begin
  v_end := case when until is null then greatest(v_end, v_bounds[cardinality(v_bounds)])
    else least(until, v_end) end;
  return array(
    select b.at
    from (
      select unnest(v_bounds || v_first || v_end) as at
      union
      select generate_series(billing.day_of(v_first), v_end, '24 hours')
      where 'day' = any (group_by)
    ) b
    where b.at >= v_first and b.at <= v_end
    order by b.at
  );
end $$;
revoke execute on function billing.usage_cuts(uuid, timestamptz, timestamptz, text[], timestamptz)
  from public;
comment on function billing.usage_cuts(uuid, timestamptz, timestamptz, text[], timestamptz) is
  'The instants between which usage is summed, in order: the ends of the range asked for, and the
midnights or bounds of periods in it.';

-- Stable, so that all of it is of the moment at which the statement that calls it began: the mark,
-- and what is counted up to it.
create function billing.sum_usage(account_id uuid, cuts timestamptz[], group_by text[])
returns table (
  part integer, operation text, subject text, uses bigint, charged_credits bigint,
  returned_credits bigint
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_end timestamptz := cuts[cardinality(cuts)];
  v_first bigint := billing.entries_before(account_id, cuts[1]);
  v_last bigint := billing.entries_before(account_id, v_end);
begin
  return query
  with mark as (
    select coalesce(max(r.rolled_number), 0) as number from billing.usage_rollups r
    where r.account_id = sum_usage.account_id
  ), parted as (  -- days that the range or a period cuts: their entries are read one by one
    select distinct date_trunc('day', c.at, 'UTC') as day from unnest(cuts) c (at)
    where c.at <> date_trunc('day', c.at, 'UTC')
  ), unread as (
    select greatest(m.number, v_first) as after, v_last as through from mark m
    union all
    select
      greatest(billing.entries_before(sum_usage.account_id, p.day), v_first),
      least(billing.entries_before(sum_usage.account_id, p.day + interval '24 hours'), v_last,
        m.number)
    from parted p cross join mark m
  ), counted as (
    select d.* from billing.usage_days d
    where d.account_id = sum_usage.account_id and 'subject' = any (group_by)
    union all
    select t.account_id, t.day_starts_at, t.operation, null, t.uses, t.charged_credits,
      t.returned_credits
    from billing.usage_totals t
    where t.account_id = sum_usage.account_id and not 'subject' = any (group_by)
  ), used as (
    select c.day_starts_at as at, c.operation, c.subject, c.uses, c.charged_credits::bigint,
      c.returned_credits::bigint
    from counted c
    where c.day_starts_at >= cuts[1] and c.day_starts_at < v_end
      and c.day_starts_at not in (select p.day from parted p)
    union all
    select f.created_at, f.operation, f.subject, f.uses, f.charged_credits, f.returned_credits
    from unread n
    cross join lateral (
      select r.* from billing.usage_facts r
      where r.account_id = sum_usage.account_id and r.number > n.after and r.number <= n.through
      offset 0  -- else the whole ledger of the account is read and then joined
    ) f
  )
  select width_bucket(u.at, cuts),
    case when 'operation' = any (group_by) then nullif(u.operation, '') end,
    case when 'subject' = any (group_by) then nullif(u.subject, '') end,
    sum(u.uses)::bigint, sum(u.charged_credits)::bigint, sum(u.returned_credits)::bigint
  from used u
  group by 1, 2, 3;
end $$;
revoke execute on function billing.sum_usage(uuid, timestamptz[], text[]) from public;
comment on function billing.sum_usage(uuid, timestamptz[], text[]) is
  'What an account has used from the first of some instants to before the last, summed between each
two of them (part 1 begins at the first), by operation and subject where group_by names them.';

create function billing.get_usage_summary(
  account_id uuid, since timestamptz, until timestamptz, group_by text[]
)
returns table (
  starts_at timestamptz, ends_at timestamptz, operation text, operation_name text, subject text,
  uses bigint, charged_credits bigint, returned_credits bigint, used_credits bigint
)
language plpgsql volatile
security definer  -- settles what is due, and reads price lists that clients cannot
set search_path = ''
as $$
declare
  v_now timestamptz := billing.touch(account_id);
  v_cuts timestamptz[];
begin
  if (group_by <@ array['day', 'period', 'operation', 'subject']) is not true then
    raise exception 'usage is grouped by known words' using errcode = 'LCASK',
      detail = format('asked for %s', coalesce(group_by::text, 'nothing')),
      hint = 'any of day, period, operation and subject';
  end if;
  v_cuts := billing.usage_cuts(account_id, since, until, group_by, v_now);
  return query
  select v_cuts[s.part], v_cuts[s.part + 1], s.operation, o.name, s.subject, s.uses,
    s.charged_credits, s.returned_credits, s.charged_credits - s.returned_credits
  from billing.sum_usage(account_id, v_cuts, group_by) s
  left join billing.operations o on o.key = s.operation
  order by s.part, s.charged_credits - s.returned_credits desc, s.operation, s.subject;
end $$;
revoke execute on function billing.get_usage_summary(uuid, timestamptz, timestamptz, text[])
  from public;
grant execute on function billing.get_usage_summary(uuid, timestamptz, timestamptz, text[])
  to authenticated, service_role;

create function public.get_usage_summary(
  account_id uuid default auth.uid(), since timestamptz default null,
  until timestamptz default null, group_by text[] default '{day}'
)
returns table (
  starts_at timestamptz, ends_at timestamptz, operation text, operation_name text, subject text,
  uses bigint, charged_credits bigint, returned_credits bigint, used_credits bigint
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select * from billing.get_usage_summary(account_id, since, until, group_by);
end $$;
revoke execute on function public.get_usage_summary(uuid, timestamptz, timestamptz, text[])
  from public, anon, authenticated;
grant execute on function public.get_usage_summary(uuid, timestamptz, timestamptz, text[])
  to authenticated, service_role;
comment on function public.get_usage_summary(uuid, timestamptz, timestamptz, text[]) is
  'What an account has used from since to before until (null: all), in credits: charged by spends
and captured holds, returned by reversals of them (each on its own day), and used, the difference,
with the number of uses. group_by: any of day (UTC), period (a credits'' month of the paid plan,
else of the free one), operation, subject; {} is one sum. A row for each group in which something
was used, with the instants between which it lies. Exact, whether or not the job that keeps the
rollup has run. Settles first what is due. For members, and the service role. Raises LCASK (unknown
group), LCACC. Source: requirement 004, 3; DESIGN 9, usage.';
