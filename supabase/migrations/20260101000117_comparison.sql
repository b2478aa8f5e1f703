-- What the plans on sale allow, side by side: for the page on which somebody chooses one.

create function billing.get_comparison()
returns table (
  plan_key text, kind text, key text, name text, per text, max_count bigint
)
language plpgsql stable
security definer  -- nobody else has a grant on what plans allow
set search_path = ''
as $$
begin
  return query
  with sold as (
    select p.key, p.version, p.position from billing.plans p
    where p.is_sold and (p.offered_to is null or billing.is_member(p.offered_to))
  )
  select a.plan_key, a.kind, a.key, a.name, a.per, a.max_count
  from (
    select s.key, s.position, 'entitlement', e.key, null, null, e.max_count
    from sold s
    join billing.plan_entitlements e on e.plan_key = s.key and e.plan_version = s.version
    union all
    select s.key, s.position, 'cap', c.operation, o.name, c.per::text, c.max_uses
    from sold s
    join billing.plan_caps c on c.plan_key = s.key and c.plan_version = s.version
    join billing.operations o on o.key = c.operation
  ) a (plan_key, "position", kind, key, name, per, max_count)
  order by a."position", a.plan_key, a.kind, a.key, a.per;
end $$;
revoke execute on function billing.get_comparison() from public;
grant execute on function billing.get_comparison() to anon, authenticated, service_role;

create function public.get_comparison()
returns table (
  plan_key text, kind text, key text, name text, per text, max_count bigint
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query select * from billing.get_comparison();
end $$;
revoke execute on function public.get_comparison() from public, anon, authenticated;
grant execute on function public.get_comparison() to anon, authenticated, service_role;
comment on function public.get_comparison() is
  'What the plans and add-ons on sale allow beyond credits. kind entitlement: a feature, or how many
rows (max_count, null: without limit), for each seat; what a plan does not list it does not have.
kind cap: how often the operation called name in each hour, day or month (per); what a plan does not
list is not capped. Plans as get_plans lists them. For anyone. Source: requirements 000 and 002, 4
(plans side by side).';
