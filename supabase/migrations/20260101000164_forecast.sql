-- How long what an account has will last, at the pace of its last days.

create function billing.runs_out(
  account_id uuid, now timestamptz, credits_per_day numeric, out at timestamptz,
  out lost_credits bigint, out next_lost_credits bigint
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_credits numeric[];
  v_starts timestamptz[];
  v_ends timestamptz[];
  v_have numeric;
  v_next timestamptz;
  v_first timestamptz;
  v_use numeric;
  v_lost numeric := 0;
begin
  -- Those that still have to start fall in among the open ones: hence the burn order once more.
  select array_agg(c.credits order by b.priority, b.expires_at nulls last, b.kind, b.id),
    array_agg(c.starts_at order by b.priority, b.expires_at nulls last, b.kind, b.id),
    array_agg(coalesce(b.expires_at, 'infinity')
      order by b.priority, b.expires_at nulls last, b.kind, b.id)
  into v_credits, v_starts, v_ends
  from (
    select o.id, o.credits_remaining as credits, now as starts_at from billing.open_buckets o
    where o.account_id = runs_out.account_id
    union all
    select d.id, d.credits, d.due_at from billing.due_facts d
    where d.account_id = runs_out.account_id and d.kind = 'grant'
  ) c
  join billing.buckets b on b.account_id = runs_out.account_id and b.id = c.id;
  select nullif(min(b.ends_at), 'infinity') into v_first
  from unnest(v_starts, v_ends) b (starts_at, ends_at) where b.starts_at <= now;
  next_lost_credits := case when v_first is not null then 0 end;
  at := now;
  loop
    select sum(case when at >= b.starts_at then b.credits end),
      least(min(case when at < b.starts_at then b.starts_at end), min(b.ends_at))
    into v_have, v_next
    from unnest(v_credits, v_starts, v_ends) b (credits, starts_at, ends_at)
    where b.credits > 0;
    exit when coalesce(v_have, 0) = 0;
    -- Further ahead than a hundred years is never.
    v_use := credits_per_day * extract(epoch from
      least(v_next, at + interval '876000 hours') - at) / 86400;
    if v_have <= v_use then
      at := at + make_interval(secs => (v_have / credits_per_day * 86400)::double precision);
      exit;
    elsif v_next > at + interval '876000 hours' then
      at := 'infinity';
      exit;
    end if;
    for i in 1 .. cardinality(v_credits) loop
      if v_starts[i] <= at then
        v_have := least(v_credits[i], v_use);
        v_credits[i] := v_credits[i] - v_have;
        v_use := v_use - v_have;
      end if;
      if v_ends[i] <= v_next then
        v_lost := v_lost + v_credits[i];
        v_credits[i] := 0;
      end if;
    end loop;
    if v_next = v_first then
      next_lost_credits := floor(v_lost);
    end if;
    at := v_next;
  end loop;
  lost_credits := floor(v_lost);
end $$;
revoke execute on function billing.runs_out(uuid, timestamptz, numeric) from public;
comment on function billing.runs_out(uuid, timestamptz, numeric) is
  'When nothing is left if credits go steadily, in burn order, while buckets expire and those that
are granted already start; infinity: never. lost_credits is what expires unused until then,
next_lost_credits what does at the next expiry; null: nothing expires.';

-- A definer: what is still to start is known to billing.due_facts, which clients cannot read.
create function billing.get_credit_forecast(account_id uuid)
returns table (
  days integer, history_days integer, used_credits bigint, credits_per_day numeric,
  days_left integer, runs_out_at timestamptz, lost_credits bigint, next_lost_credits bigint,
  as_of timestamptz
)
language plpgsql volatile
security definer  -- settles what is due
set search_path = ''
as $$
declare
  v_now timestamptz := billing.touch(account_id);
  v_age_days numeric := (
    select extract(epoch from v_now - a.created_at) / 86400 from billing.accounts a
    where a.id = get_credit_forecast.account_id);
  v_used bigint[];
  v_at timestamptz;
begin
  -- Both at once: of the last 7 days, and with those before them.
  select array[coalesce(sum(u.used) filter (where u.part = 2), 0), coalesce(sum(u.used), 0)]
  into v_used
  from (
    select s.part, s.charged_credits - s.returned_credits as used
    from billing.sum_usage(account_id, array[v_now - interval '720 hours',
      v_now - interval '168 hours', billing.day_of(v_now) + interval '24 hours'], '{}') s
  ) u;
  as_of := v_now;
  foreach days in array array[7, 30] loop
    history_days := coalesce(least(days, floor(v_age_days)), 0);
    used_credits := v_used[case days when 7 then 1 else 2 end];
    credits_per_day := round(greatest(used_credits, 0) / greatest(least(days, v_age_days), 1), 2);
    select r.at, r.lost_credits, r.next_lost_credits into v_at, lost_credits, next_lost_credits
    from billing.runs_out(account_id, v_now, credits_per_day) r;
    runs_out_at := nullif(v_at, 'infinity');
    days_left := floor(extract(epoch from runs_out_at - v_now) / 86400);
    return next;
  end loop;
end $$;
revoke execute on function billing.get_credit_forecast(uuid) from public;
grant execute on function billing.get_credit_forecast(uuid) to authenticated, service_role;

create function public.get_credit_forecast(account_id uuid default auth.uid())
returns table (
  days integer, history_days integer, used_credits bigint, credits_per_day numeric,
  days_left integer, runs_out_at timestamptz, lost_credits bigint, next_lost_credits bigint,
  as_of timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.get_credit_forecast(account_id);
end $$;
revoke execute on function public.get_credit_forecast(uuid) from public, anon, authenticated;
grant execute on function public.get_credit_forecast(uuid) to authenticated, service_role;
comment on function public.get_credit_forecast(uuid) is
  'How long the credits of an account will last: a row for the pace of the last 7 days, and one for
the last 30 (of an account that is younger, the days that it has, at least one; history_days, in
whole days). used_credits in those days, credits_per_day to the hundredth, the whole days left and
the instant at which nothing is left to spend, both null when that never comes; lost_credits expire
unused until then, next_lost_credits at the next expiry (null: nothing expires). Counts what is
granted by now, also what starts later; a renewal that is not paid yet is not foreseen. Settles
first what is due. For members, and the service role. Raises LCACC. Source: requirement 004, 3;
DESIGN 9, usage.';

create function billing.get_credit_estimates(account_id uuid)
returns table (
  operation text, operation_name text, uses bigint, average_credits numeric, uses_left bigint,
  total bigint
)
language plpgsql volatile
security definer  -- settles what is due, and reads price lists that clients cannot
set search_path = ''
as $$
declare
  v_now timestamptz := billing.touch(account_id);
  v_end timestamptz := billing.day_of(v_now) + interval '24 hours';
  v_total bigint;
begin
  select coalesce(sum(b.credits_remaining), 0) into v_total
  from billing.open_buckets b where b.account_id = get_credit_estimates.account_id;
  return query
  select o.key, o.name, s.uses, round(s.charged_credits::numeric / s.uses, 2),
    div(v_total::numeric * s.uses, s.charged_credits)::bigint, v_total
  from billing.sum_usage(
    account_id, array[v_end - interval '2160 hours', v_end], '{operation}') s
  join billing.operations o on o.key = s.operation
  where s.uses > 0 and s.charged_credits > 0
  order by s.uses desc, o.key;
end $$;
revoke execute on function billing.get_credit_estimates(uuid) from public;
grant execute on function billing.get_credit_estimates(uuid) to authenticated, service_role;

create function public.get_credit_estimates(account_id uuid default auth.uid())
returns table (
  operation text, operation_name text, uses bigint, average_credits numeric, uses_left bigint,
  total bigint
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.get_credit_estimates(account_id);
end $$;
revoke execute on function public.get_credit_estimates(uuid) from public, anon, authenticated;
grant execute on function public.get_credit_estimates(uuid) to authenticated, service_role;
comment on function public.get_credit_estimates(uuid) is
  'How many more of each operation the credits of an account pay for: a row for each that it has
used in the last 90 days of UTC, the most used first, with its uses, average_credits (what one was
charged, to the hundredth) and uses_left, were all of total, what can be spent now, to go on it.
Settles first what is due. For members, and the service role. Raises LCACC. Source: requirement
001, 5.5 (estimated credits remaining).';
