-- Everything of ours that the catalog of Postgres knows, one line each, in an order that only changes
-- with the schema. Bodies of functions are in the migrations; here is what a caller can see.
with ours as (
  select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relacl, c.reloptions
  from pg_class c where c.relnamespace = 'billing'::regnamespace
), lines as (
  select 1 as part, t.typname as object, '' as detail,
    format('type billing.%I: %s', t.typname, case t.typtype
      when 'e' then (select string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)
      when 'd' then format('domain over %s', format_type(t.typbasetype, null))
      else (select string_agg(format('%s %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum)
            from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) end) as line
  from pg_type t left join pg_class k on k.oid = t.typrelid
  where t.typnamespace = 'billing'::regnamespace and (t.typtype in ('e', 'd') or k.relkind = 'c')
  union all
  select 2, o.relname, '', format('%s billing.%I%s%s', case o.relkind when 'r' then 'table' when 'v' then 'view' else 'sequence' end,
    o.relname, case when o.relrowsecurity then ', row level security' end, ', ' || array_to_string(o.reloptions, ', '))
  from ours o where o.relkind in ('r', 'v', 'S')
  union all
  select 2, o.relname, to_char(a.attnum, '\a000'), format('  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then ' not null' end, ' default ' || pg_get_expr(d.adbin, d.adrelid))
  from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = o.oid and d.adnum = a.attnum
  where o.relkind in ('r', 'v')
  union all
  select 2, o.relname, 'b' || c.conname, format('  constraint %s: %s', c.conname, pg_get_constraintdef(c.oid))
  from ours o join pg_constraint c on c.conrelid = o.oid and c.contype <> 'n'
  union all
  select 2, o.relname, 'c' || x.indexname, format('  %s', x.indexdef)
  from ours o join pg_indexes x on x.schemaname = 'billing' and x.tablename = o.relname
  union all
  select 2, o.relname, 'd' || p.policyname, format('  policy "%s" for %s to %s using %s', p.policyname, lower(p.cmd),
    array_to_string(p.roles, ', '), p.qual)
  from ours o join pg_policies p on p.schemaname = 'billing' and p.tablename = o.relname
  union all
  select 2, o.relname, 'e' || t.tgname, format('  %s', pg_get_triggerdef(t.oid))
  from ours o join pg_trigger t on t.tgrelid = o.oid and not t.tgisinternal
  union all
  select 2, o.relname, 'f' || g.grantee, format('  granted to %s: %s', g.grantee, g.privileges)
  from ours o cross join lateral (
    select coalesce(r.rolname, 'public') as grantee, string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as privileges
    from aclexplode(o.relacl) a left join pg_roles r on r.oid = a.grantee
    where coalesce(r.rolname, 'public') in ('public', 'anon', 'authenticated', 'service_role')
    group by 1
  ) g
  union all
  select 3, n.nspname || '.' || p.proname, '', format('function %s.%s(%s) returns %s, %s%s, granted to %s', n.nspname, p.proname,
    pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
    case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
    case when p.prosecdef then ', security definer' end,
    coalesce((
      select string_agg(coalesce(r.rolname, 'public'), ', ' order by r.rolname)
      from aclexplode(p.proacl) a left join pg_roles r on r.oid = a.grantee
      where coalesce(r.rolname, 'public') in ('public', 'anon', 'authenticated', 'service_role')), 'no role of the API'))
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('billing', 'public')
  union all
  select 4, j.jobname, '', format('job "%s" at %s: %s', j.jobname, j.schedule, j.command) from cron.job j
)
select line from lines order by part, object collate "C", detail collate "C", line collate "C";
