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

-- One statement, so that the mark and what is counted up to it are of one moment.
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
  v_first bigint;
  v_last bigint;
begin
  if (group_by <@ array['day', 'period', 'operation', 'subject']) is not true then
    raise exception 'usage is grouped by known words' using errcode = 'LCASK',
      detail = format('asked for %s', coalesce(group_by::text, 'nothing')),
      hint = 'any of day, period, operation and subject';
  end if;
  v_cuts := billing.usage_cuts(account_id, since, until, group_by, v_now);
  v_first := billing.entries_before(account_id, v_cuts[1]);
  v_last := billing.entries_before(account_id, v_cuts[cardinality(v_cuts)]);
  return query
  with mark as (
    select coalesce(max(r.rolled_number), 0) as number from billing.usage_rollups r
    where r.account_id = get_usage_summary.account_id
  ), parted as (  -- days that the range or a period cuts: their entries are read one by one
    select distinct billing.day_of(c.at) as day from unnest(v_cuts) c (at)
    where c.at <> billing.day_of(c.at)
  ), unread as (
    select greatest(m.number, v_first) as after, v_last as through from mark m
    union all
    select
      greatest(billing.entries_before(get_usage_summary.account_id, p.day), v_first),
      least(billing.entries_before(get_usage_summary.account_id, p.day + interval '24 hours'),
        v_last, m.number)
    from parted p cross join mark m
  ), used as (
    select d.day_starts_at as at, d.operation, d.subject, d.uses, d.charged_credits::bigint,
      d.returned_credits::bigint
    from billing.usage_days d
    where d.account_id = get_usage_summary.account_id and d.day_starts_at >= v_cuts[1]
      and d.day_starts_at < v_cuts[cardinality(v_cuts)]
      and d.day_starts_at not in (select p.day from parted p)
    union all
    select f.created_at, f.operation, f.subject, f.uses, f.charged_credits, f.returned_credits
    from unread n
    cross join lateral (
      select r.* from billing.usage_facts r
      where r.account_id = get_usage_summary.account_id
        and r.number > n.after and r.number <= n.through
      offset 0  -- else the whole ledger of the account is read and then joined
    ) f
  ), summed as (
    select width_bucket(u.at, v_cuts) as part,
      case when 'operation' = any (group_by) then nullif(u.operation, '') end as operation,
      case when 'subject' = any (group_by) then nullif(u.subject, '') end as subject,
      sum(u.uses)::bigint as uses, sum(u.charged_credits)::bigint as charged,
      sum(u.returned_credits)::bigint as returned
    from used u
    group by 1, 2, 3
  )
  select v_cuts[s.part], v_cuts[s.part + 1], s.operation, o.name, s.subject, s.uses, s.charged,
    s.returned, s.charged - s.returned
  from summed s
  left join billing.operations o on o.key = s.operation
  order by s.part, s.charged - s.returned desc, s.operation, s.subject;
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
