-- The billing period under way, in figures: what it has brought, and what was used in it for what.

-- Less what a refund took out of it again. What a refund no longer found was used: it was brought,
-- and is owed.
create function billing.brought_credits(account_id uuid, since timestamptz, now timestamptz)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    with brought as (
      select b.id, b.granted_credits - b.withheld_credits as credits from billing.buckets b
      where b.account_id = brought_credits.account_id and b.key is not null  -- no move is a grant
        and b.starts_at >= since and b.starts_at <= now and b.voided_at is null
    )
    select coalesce(sum(m.credits), 0)::bigint
    from (
      select b.credits from brought b
      union all
      select s.credits
      from billing.clawbacks c
      join billing.credit_transactions e on e.account_id = c.account_id
        and e.key_scope = 'system' and e.key = billing.clawback_key(c.key)
      join billing.entry_shares s on s.account_id = e.account_id and s.number = e.number
      where c.account_id = brought_credits.account_id and c.state = 'taken'
        and s.bucket_id in (select b.id from brought b)
    ) m);
end $$;
revoke execute on function billing.brought_credits(uuid, timestamptz, timestamptz) from public;

create function billing.get_period_usage(account_id uuid)
returns table (
  part text, operation text, operation_name text, subject_name text, starts_at timestamptz,
  ends_at timestamptz, granted_credits bigint, uses bigint, used_credits bigint, subjects bigint,
  days timestamptz[], used_by_day bigint[]
)
language plpgsql volatile
security definer  -- settles what is due, and reads price lists that clients cannot
set search_path = ''
as $$
declare
  v_now timestamptz := billing.touch(account_id);
  v_bounds timestamptz[] := billing.period_bounds(account_id, v_now);
  v_end timestamptz := v_bounds[cardinality(v_bounds)];
  v_start timestamptz := v_bounds[cardinality(v_bounds) - 1];
  v_cuts timestamptz[] := billing.usage_cuts(account_id, v_start, null, '{day}', v_now);
  v_mark bigint;
begin
  if v_start is null then
    return;
  end if;
  v_mark := greatest(billing.entries_before(account_id, billing.day_of(v_start)), (
    select r.rolled_number from billing.usage_rollups r
    where r.account_id = get_period_usage.account_id));
  return query
  with used as materialized (
    select u.part, u.operation, u.uses, u.charged_credits - u.returned_credits as used
    from billing.sum_usage(account_id, v_cuts, '{operation}') u
  ), by_day as (
    select array_agg(coalesce(u.used, 0)::bigint order by d.nth) as used
    from generate_series(1, cardinality(v_cuts) - 1) d (nth)
    left join (select u.part, sum(u.used) as used from used u group by u.part) u on u.part = d.nth
  ), subject as (
    select d.operation, d.subject from billing.usage_days d
    where d.account_id = get_period_usage.account_id and d.day_starts_at >= billing.day_of(v_start)
      and d.uses > 0
    union
    select f.operation, f.subject from billing.usage_facts f
    where f.account_id = get_period_usage.account_id and f.number > v_mark and f.uses > 0
  )
  select 'total', null, null, null, v_start, v_end,
    billing.brought_credits(account_id, v_start, v_now),
    (select coalesce(sum(u.uses), 0)::bigint from used u),
    (select coalesce(sum(u.used), 0)::bigint from used u),
    null::bigint, v_cuts[:cardinality(v_cuts) - 1], d.used
  from by_day d
  union all
  (select 'operation', u.operation, o.name, p.name, v_start, v_end, null, sum(u.uses)::bigint,
    sum(u.used)::bigint, coalesce(s.subjects, 0), null, null
  from used u
  left join billing.operations o on o.key = u.operation
  left join (
    select s.operation, count(nullif(s.subject, '')) as subjects from subject s group by s.operation
  ) s on s.operation = u.operation
  left join lateral (
    select k.name from billing.operation_parameters k
    where k.operation = u.operation and k.is_subject order by k.version desc limit 1
  ) p on true
  group by u.operation, o.name, s.subjects, p.name
  order by 9 desc, 2);
end $$;
revoke execute on function billing.get_period_usage(uuid) from public;
grant execute on function billing.get_period_usage(uuid) to authenticated, service_role;

create function public.get_period_usage(account_id uuid default auth.uid())
returns table (
  part text, operation text, operation_name text, subject_name text, starts_at timestamptz,
  ends_at timestamptz, granted_credits bigint, uses bigint, used_credits bigint, subjects bigint,
  days timestamptz[], used_by_day bigint[]
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.get_period_usage(account_id);
end $$;
revoke execute on function public.get_period_usage(uuid) from public, anon, authenticated;
grant execute on function public.get_period_usage(uuid) to authenticated, service_role;
comment on function public.get_period_usage(uuid) is
  'The billing period under way (a credits'' month of the paid plan, else of the free one), in
credits. A row for the total: granted_credits, what came in it by now (not what was moved, what was
voided, nor what a refund took back), uses, used_credits, and used_by_day between the instants of
days (midnights of UTC, the first the start of the period) and the end of today; then one for each
operation that was used (null: amounts), the most used first, with subjects, how many things it was
for since the first of its days began, of which subject_name says what they are: chatbot, picture.
No row for who has no account yet. Settles first what is due. For members, and the service role.
Raises LCACC. Source: requirement 000, 1 (analytics widgets).';
