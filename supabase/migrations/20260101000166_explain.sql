-- Why an entry stands in the books: what was asked for, what makes up its price, and which buckets
-- gave.

create function billing.price_parts(operation text, version integer, params jsonb, charged bigint)
returns table (name text, value text, credits numeric)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  with part as (
    select -1 as nth, o.name, null::text as value, p.base_credits::numeric as credits
    from billing.operation_prices p
    join billing.operations o on o.key = p.operation
    where p.operation = price_parts.operation and p.version = price_parts.version
    union all
    select k.position, k.name, coalesce(v.name, g.value),
      coalesce(v.credits::numeric, k.unit_credits::numeric / k.per_units
        * greatest(case k.kind when 'quantity' then g.value::numeric end - k.included_units, 0))
    from jsonb_each_text(params) g (name, value)
    join billing.operation_parameters k on k.operation = price_parts.operation
      and k.version = price_parts.version and k.name = g.name and k.kind <> 'label'
    left join billing.operation_options v on v.operation = k.operation and v.version = k.version
      and v.parameter = k.name and v.value = g.value
  ), rest as (
    select charged - round(sum(p.credits), 6) as credits from part p
  )
  (select p.name, p.value, trim_scale(round(p.credits, 6)) from part p order by p.nth, p.name)
  union all
  select case when r.credits >= 1 then 'at least' when r.credits < 0 then 'at most'
    else 'rounded up' end, charged::text, trim_scale(r.credits)
  from rest r where r.credits <> 0;
end $$;
revoke execute on function billing.price_parts(text, integer, jsonb, bigint) from public;
comment on function billing.price_parts(text, integer, jsonb, bigint) is
  'What makes up the price that was charged for an operation: its base, each option and quantity,
fractions as they are, and what rounding up once, a least or a most has changed.';

create function billing.held_after(account_id uuid, bucket_id bigint, number bigint)
returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  v_now bigint;
  v_count bigint;
  v_is_recent boolean;
  v_moved bigint;
begin
  select a.entry_count, b.frozen_credits
    + case when b.id = a.bucket_in_hand then a.in_hand_credits else b.credits_remaining end
  into v_count, v_now
  from billing.accounts a
  join billing.buckets b on b.account_id = a.id and b.id = held_after.bucket_id
  where a.id = held_after.account_id;
  v_is_recent := number > v_count / 2;
  select coalesce(sum(case when e.split is null then e.credits else (
    select sum(s.credits) from unnest(e.split) s where s.bucket_id = held_after.bucket_id) end), 0)
  into v_moved
  from billing.credit_transactions e
  where e.account_id = held_after.account_id
    and e.number >= case when v_is_recent then held_after.number + 1 else 1 end
    and e.number <= case when v_is_recent then v_count else held_after.number end
    and (e.bucket_id = held_after.bucket_id or e.split is not null);
  return case when v_is_recent then v_now - v_moved else v_moved end;
end $$;
revoke execute on function billing.held_after(uuid, bigint, bigint) from public;
comment on function billing.held_after(uuid, bigint, bigint) is
  'What a bucket held after an entry: counted from its beginning, or back from now, whichever reads
fewer entries.';

create function billing.explain_entry(account_id uuid, number bigint)
returns table (
  part text, entry_number bigint, created_at timestamptz, kind text, name text, value text,
  credits numeric, credits_before bigint, credits_after bigint, task_id text, operation text,
  params jsonb, price_version integer, cost_micros bigint, answers bigint, ends_at timestamptz,
  paid_cents bigint, paid_currency text
)
language plpgsql stable
security definer  -- reads price lists and shares of entries that clients cannot
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  return query
  with entry as (  -- a captured hold is explained as a whole, whichever half is asked for
    select e.* from billing.credit_transactions e
    where e.account_id = explain_entry.account_id and e.number in (
      select explain_entry.number
      union all
      select c.answers from billing.credit_transactions c
      where c.account_id = explain_entry.account_id and c.number = explain_entry.number
        and c.kind = 'capture'
      union all
      select c.number from billing.credit_transactions c
      where c.account_id = explain_entry.account_id and c.answers = explain_entry.number
        and c.kind = 'capture')
  ), moved as (
    select e.number, s.bucket_id, min(s.nth) as nth, sum(s.credits) as credits
    from entry e
    cross join unnest(coalesce(e.split, array[(e.bucket_id, e.credits)::billing.share]))
      with ordinality s (bucket_id, credits, nth)
    group by e.number, s.bucket_id
  ), related as (
    select r.* from entry e
    cross join lateral (  -- one by one: joined by either, the whole ledger would be read
      select t.* from billing.credit_transactions t
      where t.account_id = e.account_id and t.number = e.answers
      union all
      select t.* from billing.credit_transactions t
      where t.account_id = e.account_id and t.answers = e.number
    ) r
    where r.number not in (select n.number from entry n)
    order by r.number limit 20
  ), line as (
    select 1 as rank, 1::bigint as nth, 'entry' as part, e.number, e.created_at,
      e.kind::text as kind, e.description as name, null::text as value, e.credits::numeric,
      (e.balance_after - e.credits)::bigint as before, e.balance_after::bigint as after, e.key,
      e.operation, e.params, e.price_version,
      case when not billing.is_client() then e.cost_micros end as cost_micros, e.answers,
      null::timestamptz as ends_at, null::bigint as paid_cents, null::text as paid_currency
    from entry e
    union all
    select 2, p.nth, 'price', e.number, null, null, p.name, p.value, p.credits, null, null, null,
      null, null, null, null, null, null, null, null
    from entry e
    cross join billing.price_parts(e.operation, e.price_version, e.params, -e.credits)
      with ordinality p (name, value, credits, nth)
    where e.kind in ('spend', 'hold')
    union all
    select 3, m.nth, 'bucket', m.number, null, b.kind::text, b.description, b.id::text, m.credits,
      h.after - m.credits::bigint, h.after, null, null, null, null, null, null,
      coalesce(b.period_ends_at, b.expires_at), b.paid_cents, b.paid_currency
    from moved m
    join billing.buckets b on b.account_id = explain_entry.account_id and b.id = m.bucket_id
    cross join lateral billing.held_after(b.account_id, b.id, m.number) h (after)
    union all
    select 4, r.number, 'related', r.number, r.created_at, r.kind::text, r.description, null,
      r.credits, null, null, r.key, r.operation, null, null, null, r.answers, null, null, null
    from related r
  )
  select l.part, l.number, l.created_at, l.kind, l.name, l.value, l.credits, l.before, l.after,
    l.key, l.operation, l.params, l.price_version, l.cost_micros, l.answers, l.ends_at,
    l.paid_cents, l.paid_currency
  from line l order by l.rank = 4, l.number, l.rank, l.nth;
end $$;
revoke execute on function billing.explain_entry(uuid, bigint) from public;
grant execute on function billing.explain_entry(uuid, bigint) to authenticated, service_role;

create function public.explain_entry(account_id uuid, number bigint)
returns table (
  part text, entry_number bigint, created_at timestamptz, kind text, name text, value text,
  credits numeric, credits_before bigint, credits_after bigint, task_id text, operation text,
  params jsonb, price_version integer, cost_micros bigint, answers bigint, ends_at timestamptz,
  paid_cents bigint, paid_currency text
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query select * from billing.explain_entry(account_id, number);
end $$;
revoke execute on function public.explain_entry(uuid, bigint) from public, anon, authenticated;
grant execute on function public.explain_entry(uuid, bigint) to authenticated, service_role;
comment on function public.explain_entry(uuid, bigint) is
  'Why an entry of the history was charged, or came about; a captured hold as its two entries. For
each a row of part entry: what was asked for, its credits, the balance before and after; rows of
part price, what makes up the price of an operation by the version that was charged: the base, each
option and quantity, exact, then what rounding up once, a least or a most has changed; and rows of
part bucket: its id (value), kind and name, what it gave (below zero) or got, what it held before
and after, when it ends, and what was paid for it, in minor units. At the end rows of part related,
at most 20: the entries that this one answers, or that answer it. cost_micros is null for members.
No row: no such entry. For members, and the service role. Raises LCACC. Source: DESIGN 5, why was I
charged.';
