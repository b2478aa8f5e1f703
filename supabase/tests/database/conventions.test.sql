-- What STYLE.md asks of every object, asked of the catalog of Postgres. A rule that has exceptions
-- names them here.
begin;
select plan(46);

create temp view ours as
select p.oid, (p.pronamespace::regnamespace || '.' || p.proname) collate "default" as name,
  p.pronamespace = 'public'::regnamespace as is_public, p.prosecdef, p.proconfig, p.proacl,
  p.prosrc,
  p.prolang, regexp_replace(obj_description(p.oid, 'pg_proc'), '\s+', ' ', 'g') as description,
  -- What is run, without the comments.
  regexp_replace(p.prosrc, '--[^\n]*', '', 'g') collate "default" as code
from pg_proc p
where p.pronamespace in ('billing'::regnamespace, 'public'::regnamespace)
  and not exists (select from pg_depend d
    where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e');
create temp view our_tables as
select c.oid, c.relnamespace::regnamespace || '.' || c.relname as name, c.relkind, c.relrowsecurity,
  c.reloptions
from pg_class c
where c.relnamespace in ('billing'::regnamespace, 'public'::regnamespace)
  and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and not exists (select from pg_depend d
    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e');
create temp view our_columns as
select t.oid, t.name as table_name, t.relkind, a.attnum, a.attname::text as name, a.atttypid
from our_tables t
join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped;

-- Baseline: what is asked about is there
select cmp_ok(
  (select count(*)::integer from ours), '>', 60, 'conventions: our functions are found');
select cmp_ok(
  (select count(*)::integer from our_tables), '>', 20, 'conventions: our tables are found');
select is(
  (select prosrc from pg_proc where oid = 'billing.now()'::regprocedure),
  'begin return clock_timestamp(); end',
  'conventions: the clock that is shipped is the wall clock');

-- Schemas
select is_empty(
  $$select name from our_tables where name like 'public.%'$$,
  'conventions: public has no table of ours');
select is_empty(
  $$select r from unnest(array['anon', 'authenticated', 'service_role']) r
    where has_schema_privilege(r, 'billing', 'create')$$,
  'conventions: no API role creates anything in billing');

-- Tables and columns
select is_empty(
  $$select name from our_tables where relkind in ('r', 'p') and not relrowsecurity$$,
  'conventions: every table has row level security');
select is_empty(
  $$select name from our_tables where relkind = 'v'
      and not coalesce(reloptions @> array['security_invoker=true'], false)$$,
  'conventions: every view asks with the rights of who reads it');
select is_empty(
  $$select name from our_tables where relkind in ('m', 'f')$$,
  'conventions: no materialized view and no foreign table, for they have no row level security');
select is_empty(
  $$select table_name, name from our_columns
    where atttypid in ('real'::regtype, 'double precision'::regtype, 'numeric'::regtype,
      'money'::regtype)$$,
  'conventions: money and credits are whole numbers');
select is_empty(
  $$select table_name, name from our_columns
    where atttypid in ('timestamp'::regtype, 'time'::regtype, 'date'::regtype)$$,
  'conventions: every time is an instant');
select is_empty(
  $$select table_name, name from our_columns
    where name in ('amount', 'price', 'quantity_credits', 'cost')$$,
  'conventions: a quantity carries its unit');
select is_empty(
  $$select conrelid::regclass, conname from pg_constraint c join our_tables t on t.oid = c.conrelid
    where contype <> 'n' and conname ~ '_(check|fkey|key|excl)[0-9]*$' and conname !~ '_key_'$$,
  'conventions: every constraint is named; no name was left to Postgres');
select is_empty(
  $$select t.name from our_tables t where relkind in ('r', 'p')
      and not exists (select from pg_constraint c where c.conrelid = t.oid and c.contype = 'p')$$,
  'conventions: every table has a primary key');

-- Policies
select is_empty(
  $$select p.polrelid::regclass, p.polname from pg_policy p join our_tables t on t.oid = p.polrelid
    where p.polcmd <> 'r'$$,
  'conventions: clients only ever select');
select is_empty(
  $$select polrelid::regclass, polcmd from pg_policy p join our_tables t on t.oid = p.polrelid
    group by 1, 2 having count(*) > 1$$,
  'conventions: one policy per command');
select is_empty(
  $$select polrelid::regclass, polname from pg_policy p join our_tables t on t.oid = p.polrelid
    where not polpermissive or polroles <> array['authenticated'::regrole::oid]
    except select x::regclass, n from (values
      ('billing.plans', 'everyone reads the plans on sale that are for them'),
      ('billing.prices', 'everyone reads the prices on sale'),
      ('billing.packs', 'everyone reads the packs on sale')) e (x, n)$$,
  'conventions: policies are for authenticated, but for what is on sale');
select is_empty(
  $$select polrelid::regclass, pg_get_expr(polqual, polrelid) from pg_policy p
    join our_tables t on t.oid = p.polrelid
    where pg_get_expr(polqual, polrelid) not in ('billing.is_member(id)',
      'billing.is_member(account_id)', '(user_id = ( SELECT auth.uid() AS uid))')
      and pg_get_expr(polqual, polrelid) not like 'is_sold%'
      and pg_get_expr(polqual, polrelid) not like '(is_sold AND%billing.is_member(%'$$,
  'conventions: a policy asks for membership, the user''s own id, or what is on sale; never true');
select is_empty(
  $$select polrelid::regclass, polname from pg_policy p join our_tables t on t.oid = p.polrelid
    where polname !~ '^[a-z]+( [a-z]+)+$'$$,
  'conventions: a policy''s name is a sentence');
select is_empty(
  $$select t.name from our_tables t where relkind = 'r'
      and has_table_privilege('authenticated', t.oid, 'select')
      and not exists (select from pg_policy p where p.polrelid = t.oid)$$,
  'conventions: what members may select has a policy');

-- Indexes
select is_empty(
  $$select c.conrelid::regclass, c.conname from pg_constraint c
    join our_tables t on t.oid = c.conrelid
    where c.contype = 'f' and not exists (
      select from pg_index i where i.indrelid = c.conrelid and i.indpred is null
        and (i.indkey::smallint[])[0:cardinality(c.conkey) - 1] = c.conkey)$$,
  'conventions: every foreign key has an index');
select is_empty(
  $$select k.table_name, k.name from pg_policy p
    join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
      and d.refclassid = 'pg_class'::regclass and d.refobjid = p.polrelid and d.refobjsubid > 0
    join our_columns k on k.oid = p.polrelid and k.attnum = d.refobjsubid
    where not exists (select from pg_index i where i.indrelid = p.polrelid
      and (i.indkey[0] = k.attnum or pg_get_expr(i.indpred, i.indrelid) = k.name))
      and k.table_name not in ('billing.plans', 'billing.prices')$$,  -- a catalog is a page or two
  'conventions: every column of a policy has an index');
select is_empty(
  $$select i.indrelid::regclass::text, i.indexrelid::regclass::text from pg_index i
    join our_columns k on k.oid = i.indrelid and k.name = 'account_id'
    where i.indisunique and i.indkey[0] <> k.attnum
    except select * from (values
      ('billing.customers', 'billing.customers_pkey'),  -- found by Stripe's id
      ('billing.free_month_claims', 'billing.free_month_claims_pkey'),  -- by person, over accounts
      ('billing.trial_claims', 'billing.trial_claims_pkey'),  -- by person or card
      ('billing.code_claims', 'billing.code_claims_pkey'),  -- by code and person
      ('billing.audit_log', 'billing.audit_log_pkey'),  -- by act
      ('billing.contact_requests', 'billing.contact_requests_pkey'),  -- by the form that was sent
      ('billing.findings', 'billing.findings_pkey'),
      ('billing.findings', 'billing.findings_open_once')) e$$,  -- by Stripe's id
  'conventions: what is unique in an account''s table begins with account_id');
select is_empty(
  $$select c.conrelid::regclass::text, c.conname::text from pg_constraint c
    join our_columns k on k.oid = c.conrelid and k.name = 'account_id'
    where c.contype = 'f' and c.conkey[1] <> k.attnum
      and c.conname <> 'code_claims_name_a_code'$$,
  'conventions: foreign keys of an account''s table begin with account_id');

-- Functions
select is_empty(
  $$select name from ours where not coalesce(proconfig @> array['search_path=""'], false)$$,
  'conventions: every function has an empty search path');
select is_empty(
  $$select name from ours where prolang <> (select oid from pg_language
    where lanname = 'plpgsql')$$,
  'conventions: every function is plpgsql, whose plans are kept though it has a search path');
select is_empty(
  $$select name from ours where proacl is null
      or exists (select from aclexplode(proacl) where grantee = 0)$$,
  'conventions: no function is for PUBLIC');
select results_eq(
  $$select name from ours where is_public and (has_function_privilege('anon', oid, 'execute')
      or has_function_privilege('authenticated', oid, 'execute')) order by name$$,
  array['public.adjust_credits', 'public.balance_at', 'public.consume_credits',
    'public.create_code', 'public.explain_entry', 'public.extend_expiry',
    'public.extend_trial', 'public.freeze_credits', 'public.get_auto_topup',
    'public.get_billing_overview', 'public.get_comparison', 'public.get_contact_requests',
    'public.get_credit_estimates', 'public.get_credit_forecast', 'public.get_credit_history',
    'public.get_currency', 'public.get_findings', 'public.get_limits', 'public.get_live',
    'public.get_notices', 'public.get_operation', 'public.get_packs',
    'public.get_payment_methods', 'public.get_payments', 'public.get_period_usage',
    'public.get_plans', 'public.get_stripe_events',
    'public.get_subscription', 'public.get_topups', 'public.get_usage_comparison',
    'public.get_usage_hours', 'public.get_usage_summary',
    'public.get_user_credits', 'public.has_entitlement', 'public.limit_of',
    'public.offer_custom_plan', 'public.place_hold', 'public.propose_refund',
    'public.quote_credits', 'public.redeem_code', 'public.reopen_event',
    'public.set_auto_topup', 'public.set_currency', 'public.start_refund',
    'public.start_trial', 'public.unfreeze_credits', 'public.void_grant',
    'public.withdraw_custom_plan'],
  'conventions: what clients may call in public, by name');
select is_empty(
  $$select name from ours where is_public and prosecdef
    and has_function_privilege('anon', oid, 'execute')$$,
  'conventions: no definer in public is for anon (0028)');
select is_empty(
  $$select name from ours
    where is_public and prosecdef and has_function_privilege('authenticated', oid, 'execute')$$,
  'conventions: no definer in public is for authenticated (0029)');
select results_eq(
  $$select name from ours where not is_public and prosecdef order by name$$,
  array['billing.adjust_credits', 'billing.audit_change', 'billing.charge_inserted_rows',
    'billing.consume_credits', 'billing.create_code', 'billing.explain_entry',
    'billing.extend_expiry', 'billing.extend_trial', 'billing.freeze_credits',
    'billing.get_auto_topup', 'billing.get_billing_overview', 'billing.get_comparison',
    'billing.get_contact_requests', 'billing.get_credit_estimates',
    'billing.get_credit_forecast', 'billing.get_credit_history', 'billing.get_currency',
    'billing.get_findings', 'billing.get_limits', 'billing.get_live', 'billing.get_operation',
    'billing.get_payments', 'billing.get_period_usage', 'billing.get_second_plans',
    'billing.get_stripe_events', 'billing.get_subscription', 'billing.get_topup_notices',
    'billing.get_trials', 'billing.get_usage_comparison', 'billing.get_usage_hours',
    'billing.get_usage_summary', 'billing.limit_inserted_rows', 'billing.limit_moved_row',
    'billing.limit_of', 'billing.offer_custom_plan', 'billing.place_hold',
    'billing.propose_refund', 'billing.quote_credits', 'billing.redeem_code',
    'billing.reopen_event', 'billing.set_auto_topup', 'billing.set_currency',
    'billing.start_refund', 'billing.start_trial', 'billing.tell_pages', 'billing.touch',
    'billing.unfreeze_credits',
    'billing.void_grant', 'billing.withdraw_custom_plan'],
  'conventions: definers in billing, by name');
select is_empty(
  $$select name from ours where prosecdef
      and name not in ('billing.get_comparison', 'billing.get_operation', 'billing.limit_of')
      and has_function_privilege('authenticated', oid, 'execute')
      and code !~ '(perform|:=) billing\.((check_caller|touch)\(account_id\)'
        '|check_owner\(reason\)|check_is_owner\(\))'$$,
  'conventions: a definer that members may call asks first whose account it is, or for an owner');
select is_empty(
  $$select name, cardinality(string_to_array(prosrc, E'\n')) - 2 from ours
    where cardinality(string_to_array(prosrc, E'\n')) - 2 > 70$$,
  'conventions: a body has at most 70 lines');
select is_empty(
  $$select name, m[1] from ours, regexp_matches(code,
      '(?<!billing\.)\m(now\(\)|current_(date|time)|local(time|timestamp)\M|(clock|transaction|'
      || 'statement|current)_timestamp)', 'g') m
    where name <> 'billing.now'$$,
  'conventions: time comes from billing.now() only');
select is_empty(
  $$select name from ours where code ~* any (array[
      'set_config\([^)]*false', '\mset session\M',
      '(^|;|\mbegin|\mthen|\melse|\mloop)\s+set (?!local)',
      'advisory_(un)?lock', '\mlisten\M', '\mcreate (local |global )?temp', '\mpg_temp\M'])$$,
  'conventions: nothing is kept in a session');
select is_empty(
  $$select name from ours where code ~ 'on conflict \('$$,
  'conventions: an upsert names the constraint it means');
select results_eq(
  $$select name from ours where code ~* 'when others' order by name$$,
  array['billing.tell_pages', 'public.apply_parked', 'public.expire_subscription_credits'],
  'conventions: only the sweep, the job of what is parked, and a hint go on after any error');
select results_eq(
  $$select name from ours where code ~* '\mexecute (format|''|v_)' order by name$$,
  array['billing.charge_inserted_rows', 'billing.charge_on_insert', 'billing.count_rows',
    'billing.import_rows', 'billing.limit_inserted_rows', 'billing.limit_rows'],
  'conventions: no statement is made from text, but over the tables of the host');
select is_empty(
  $$select name, code from (select name, unnest(regexp_split_to_array(code, '\mraise exception\M'))
    as code,
    generate_subscripts(regexp_split_to_array(code, '\mraise exception\M'), 1) as part
        from ours) r
    where part > 1 and code !~ '^ ''[a-z][^''%]*(''''[^''%]*)*[^.'']''\s+using errcode = '$$,
  'conventions: an exception is a rule in lower case, without values or full stop, and a code');
select results_eq(
  $$select distinct m[1] from ours, regexp_matches(code, 'errcode = ''([^'']+)''', 'g') m
    order by 1$$,
  array['LCACC', 'LCAMT', 'LCASK', 'LCBAL', 'LCCAP', 'LCCUR', 'LCDUE', 'LCGRT', 'LCHLD', 'LCKEY',
    'LCLIM', 'LCOPR', 'LCOWN', 'LCPAK', 'LCPAY', 'LCPLN', 'LCSUB', 'LCTYP',
    'feature_not_supported', 'invalid_parameter_value', 'restrict_violation',
    'savepoint_exception'],
  'conventions: the codes that are raised are those that TypeScript knows');
select is_empty(
  $$select name from (select name, unnest(regexp_split_to_array(code, '\mraise exception\M'))
    as code,
    generate_subscripts(regexp_split_to_array(code, '\mraise exception\M'), 1) as part
        from ours) r
    where part > 1 and code !~ 'hint = '$$,
  'conventions: every exception says the next step');

-- Comments
select is_empty(
  $$select name from ours where is_public and description is null$$,
  'conventions: every function in public is described');
select is_empty(
  $$select name from ours where is_public and description !~ 'Source: '$$,
  'conventions: every function in public says where it comes from');
select is_empty(
  $$select name, r from ours, unnest(array['service role', '(member|owner)', 'anyone']) r
    where is_public and description ~* ('for (the )?' || r) <> case r
      when 'anyone' then has_function_privilege('anon', oid, 'execute')
      when '(member|owner)' then has_function_privilege('authenticated', oid, 'execute')
        and not has_function_privilege('anon', oid, 'execute')
      else not has_function_privilege('authenticated', oid, 'execute') end$$,
  'conventions: every function in public says whom it is for, and that is true');
select is_empty(
  $$select name from our_tables where obj_description(oid, 'pg_class') is null$$,
  'conventions: every table and view is described');
select is_empty(
  $$select typname from pg_type where typnamespace = 'public'::regnamespace
    and typtype in ('e', 'c', 'd', 'r')
      and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass
        and d.objid = pg_type.oid and d.deptype = 'e')
      and obj_description(oid, 'pg_type') is null$$,
  'conventions: every type in public is described');
select is_empty(
  $$select name, t.typname from ours o join pg_proc p using (oid)
    cross join unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]) || p.prorettype) a
    join pg_type t on t.oid = a where is_public and t.typnamespace = 'billing'::regnamespace$$,
  'conventions: signatures in public name no type of billing, for TypeScript cannot see it');

select * from finish();
rollback;
