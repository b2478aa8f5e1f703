-- What the lines of a subscription's invoice are worth in credits, by the time that they cover.

create function billing.months_before(ends_at timestamptz, months integer, day integer)
returns timestamptz
language plpgsql immutable
set search_path = ''
as $$
declare
  v_end timestamp := ends_at at time zone 'UTC';
  v_month timestamp := date_trunc('month', v_end) - make_interval(months => months);
begin
  return (least(v_month + make_interval(days => day - 1), v_month + interval '1 month -1 day')
    + (v_end - date_trunc('day', v_end))) at time zone 'UTC';
end $$;
revoke execute on function billing.months_before(timestamptz, integer, integer) from public;
comment on function billing.months_before(timestamptz, integer, integer) is
  'The day of the month, or the last of a shorter one, so many months before a period''s end.';

create function billing.months_of(billing_interval billing.billing_interval)
returns integer
language plpgsql immutable
set search_path = ''
as $$
begin
  return case billing_interval when 'year' then 12 else 1 end;
end $$;
revoke execute on function billing.months_of(billing.billing_interval) from public;

-- A period that ends on the last day of a month may be counted from a later day: a line that covers
-- all of it says where it began; a part of it is worth that part of the price, to a cent for each
-- unit. Where neither tells, as of what was paid with a discount, the shortest period is taken,
-- which gives back most. The anchor that Stripe has now may be another one since.
create function billing.line_period(line jsonb, out day integer, out starts_at timestamptz)
language plpgsql stable
set search_path = ''
as $$
declare
  v_start timestamptz := (line ->> 'period_start')::timestamptz;
  v_end timestamptz := (line ->> 'period_end')::timestamptz;
  v_quantity bigint := (line ->> 'quantity')::bigint;
  v_day integer := extract(day from v_end at time zone 'UTC');
  v_is_last boolean := extract(day from (v_end at time zone 'UTC') + interval '1 day') = 1;
begin
  select d.nth, p.starts_at into day, line_period.starts_at
  from billing.prices r
  cross join generate_series(v_day, case when v_is_last then 31 else v_day end) d (nth)
  cross join lateral (
    select billing.months_before(v_end, billing.months_of(r.billing_interval), d.nth) as starts_at
  ) p
  where r.key = line ->> 'price'
  order by
    case when (line ->> 'proration')::boolean
      then abs(abs((line ->> 'amount')::bigint) - r.price_cents * v_quantity
        * extract(epoch from v_end - v_start) / extract(epoch from v_end - p.starts_at))
        > v_quantity
      else p.starts_at <> v_start end,
    p.starts_at desc, d.nth
  limit 1;
end $$;
revoke execute on function billing.line_period(jsonb) from public;
comment on function billing.line_period(jsonb) is
  'The whole period that a line pays for, or for a part of: when it began, and on which day of the
month its months do.';

-- A yearly plan's credits come by the month. A line that covers a part of its period, as prorations
-- do, has a part of the months; weights are in months.
create function billing.line_months(line jsonb)
returns table (nth integer, starts_at timestamptz, ends_at timestamptz, weight numeric)
language plpgsql stable
set search_path = ''
as $$
declare
  v_start timestamptz := (line ->> 'period_start')::timestamptz;
  v_end timestamptz := (line ->> 'period_end')::timestamptz;
begin
  return query
  select (row_number() over w)::integer - 1,
    case when row_number() over w = 1 then v_start else m.starts_at end, m.ends_at,
    case when (line ->> 'proration')::boolean
      then extract(epoch from m.ends_at - greatest(m.starts_at, v_start))
        / extract(epoch from m.ends_at - m.starts_at)
      else 1 end::numeric
  from (
    select i, billing.months_before(v_end, i + 1, p.day) as starts_at,
      billing.months_before(v_end, i, p.day) as ends_at
    from billing.prices r
    cross join billing.line_period(line) p
    cross join generate_series(0, billing.months_of(r.billing_interval) - 1) i
    where r.key = line ->> 'price'
  ) m
  where m.ends_at > v_start
  window w as (order by m.i desc)
  order by 1;
end $$;
revoke execute on function billing.line_months(jsonb) from public;
comment on function billing.line_months(jsonb) is
  'The months of a line''s period, in order, and which part of each it pays for: all, but where it
is a proration.';

-- Stripe prorates by the second.
create function billing.line_share(line jsonb, whole numeric)
returns numeric
language plpgsql stable
set search_path = ''
as $$
begin
  return case when (line ->> 'proration')::boolean then (
    select whole * extract(epoch from e.ends_at - (line ->> 'period_start')::timestamptz)
      / extract(epoch from e.ends_at - p.starts_at)
    from billing.line_period(line) p, (select (line ->> 'period_end')::timestamptz as ends_at) e)
    else whole end;
end $$;
revoke execute on function billing.line_share(jsonb, numeric) from public;
comment on function billing.line_share(jsonb, numeric) is
  'The part of something whole that is a line''s, by the time that it covers of its period.';

create function billing.line_credits(line jsonb)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select floor(billing.line_share(line, p.credits_per_month
      * billing.months_of(r.billing_interval)))::bigint * (line ->> 'quantity')::bigint
    from billing.prices r
    join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
    where r.key = line ->> 'price');
end $$;
revoke execute on function billing.line_credits(jsonb) from public;
comment on function billing.line_credits(jsonb) is
  'What a line is worth in credits: the plan''s for the time that it covers, rounded down for each
unit of the quantity.';

-- Whoever changes plans gives back the rest of the old one, and what that was worth in credits is
-- not granted a second time, once: an invoice may have the changes of a whole month and the next
-- period. So up and down ever so often grants no more than was paid for.
create function billing.invoice_credits(facts jsonb, line jsonb)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select (greatest(0, t.upto - t.returned)
      - greatest(0, t.upto - t.worth - t.returned))::bigint
    from (
      select l.id, l.worth, sum(l.worth) filter (where l.is_paid) over w as upto,
        coalesce(sum(l.worth) filter (where not l.is_paid) over (), 0) as returned
      from (
        select n ->> 'id' as id, billing.line_credits(n) as worth,
          (n ->> 'amount')::bigint > 0 as is_paid, (n ->> 'proration')::boolean as is_part
        from jsonb_array_elements(facts -> 'lines') n
        where (n ->> 'amount')::bigint <> 0
      ) l
      window w as (order by l.is_part desc, l.id)
    ) t
    where t.id = line ->> 'id');
end $$;
revoke execute on function billing.invoice_credits(jsonb, jsonb) from public;
comment on function billing.invoice_credits(jsonb, jsonb) is
  'What a paid line of an invoice grants: its worth, less what the invoice gives back, which the
prorations bear before a whole period does.';

create function billing.line_grants(facts jsonb, line jsonb)
returns table (
  nth integer, months bigint, starts_at timestamptz, ends_at timestamptz, credits bigint,
  cents bigint
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_credits bigint := billing.invoice_credits(facts, line);
  v_cents bigint := (line ->> 'amount')::bigint;
begin
  return query
  select w.nth, w.months, w.starts_at, w.ends_at,
    (floor(v_credits * w.upto / w.total) - floor(v_credits * w.before / w.total))::bigint,
    (floor(v_cents * w.upto / w.total) - floor(v_cents * w.before / w.total))::bigint
  from (
    select m.nth, m.starts_at, m.ends_at, count(*) over () as months,
      sum(m.weight) over (order by m.nth) as upto,
      sum(m.weight) over (order by m.nth) - m.weight as before, sum(m.weight) over () as total
    from billing.line_months(line) m
  ) w
  order by w.nth;
end $$;
revoke execute on function billing.line_grants(jsonb, jsonb) from public;
comment on function billing.line_grants(jsonb, jsonb) is
  'What a paid line grants, and what was paid for it, split among its months to the credit and the
cent.';
