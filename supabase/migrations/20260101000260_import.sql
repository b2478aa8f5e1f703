-- Moving in: credits from a column of the developer's own table become grants, once per account,
-- and the result can be proved against that column. For who owns the database; no role of the API
-- calls any of it.

-- Grouped, so that an account with several rows is seen. It may be a view: what is to be converted
-- or left out is said there.
create function billing.import_rows(relation regclass, account_column text, credits_column text)
returns table (account_id uuid, credits numeric, occurrences bigint)
language plpgsql stable
set search_path = ''
as $$
begin
  if (
    select count(*) from pg_catalog.pg_attribute a
    join pg_catalog.pg_type t on t.oid = a.atttypid
    where a.attrelid = relation and not a.attisdropped and a.attnum > 0
      and (a.attname = account_column and a.atttypid = 'uuid'::regtype
        or a.attname = credits_column and t.typcategory = 'N')
  ) <> 2 then
    raise exception 'balances are imported from a column of numbers beside one of accounts'
      using errcode = 'invalid_parameter_value',
        detail = format('%s, account column %s, credits column %s', relation, account_column,
          credits_column),
        hint = 'name a uuid column with the account and a numeric one; a view may convert them';
  end if;
  for account_id, credits, occurrences in execute format(
    'select r.%1$I, max(r.%2$I::numeric), count(*) from %3$s r group by r.%1$I',
    account_column, credits_column, relation)
  loop
    return next;
  end loop;
end $$;
revoke execute on function billing.import_rows(regclass, text, text) from public;

-- What was granted is what the ledger says, which nobody edits.
create function billing.import_state(
  relation regclass, account_column text, credits_column text, import_key text
)
returns table (
  account_id uuid, credits numeric, granted bigint, problem text, is_refused boolean
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  with found as (
    select coalesce(r.account_id, e.account_id) as id, r.credits, r.occurrences,
      e.credits as granted
    from billing.import_rows(relation, account_column, credits_column) r
    full join (
      select t.account_id, t.credits from billing.credit_transactions t
      where t.key_scope = 'grant' and t.key = 'import:' || import_key
    ) e on e.account_id = r.account_id
  ), judged as (
    select f.*, case
      when f.granted is not null then case
        when f.occurrences is null then 'what was imported is in the table no more'
        when f.occurrences > 1 or f.credits is distinct from f.granted
          then 'it has changed since it was imported' end
      when f.id is null then 'a row without an account'
      when f.occurrences > 1 then 'an account with several rows'
      when f.credits is null then 'no number of credits'
      when f.credits < 0 then 'credits below zero'
      when f.credits > 1000000000000000 then 'more credits than anybody has'
      when f.credits <> trunc(f.credits) then 'credits that are not whole'
      when f.credits > 0 and billing.is_erased(f.id) then 'an erased account'
      when f.credits > 0 and not exists (select from auth.users u where u.id = f.id)
        and not exists (select from billing.accounts a where a.id = f.id) then 'an unknown account'
      end as problem
    from found f
  )
  select j.id, j.credits, j.granted, j.problem, j.problem is not null and j.granted is null
  from judged j;
end $$;
revoke execute on function billing.import_state(regclass, text, text, text) from public;
comment on function billing.import_state(regclass, text, text, text) is
  'Each account of the table, or of the import, with what the column has (credits) and what was
granted (null: nothing yet). What has a problem and was not granted is refused.';

create function billing.import_balances(
  relation regclass, account_column text, credits_column text, import_key text,
  type text default 'permanent', expires_at timestamptz default null, batch integer default 10000,
  description text default null
)
returns table (
  granted_accounts bigint, granted_credits bigint, accounts_left bigint, accounts_changed bigint
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_kind billing.bucket_kind := billing.check_grant(type, 'import:' || import_key);
  v_refused text;
  v_row record;
begin
  perform billing.check_key('import:' || import_key);
  if expires_at <= billing.now() then
    raise exception 'what is imported must not be over already' using errcode = 'LCGRT',
      detail = format('until %s', expires_at), hint = 'pass a later expires_at, or none';
  end if;
  select string_agg(format('%s (%s)', p.problem, p.accounts), ', ' order by p.problem)
  into v_refused
  from (
    select s.problem, count(*) as accounts
    from billing.import_state(relation, account_column, credits_column, import_key) s
    where s.is_refused group by s.problem
  ) p;
  if v_refused is not null then
    raise exception 'the table has rows that cannot be imported'
      using errcode = 'invalid_parameter_value', detail = format('%s: %s', relation, v_refused),
        hint = 'billing.import_problems lists them; correct them, or import a view without them';
  end if;
  granted_accounts := 0;
  granted_credits := 0;
  for v_row in
    select s.account_id, s.credits::bigint as credits
    from billing.import_state(relation, account_column, credits_column, import_key) s
    where s.granted is null and s.credits > 0
    order by s.account_id limit batch
  loop
    -- Another import may have been here meanwhile.
    perform from billing.grant_credits(
      v_row.account_id, v_kind, v_row.credits, 'import:' || import_key,
      import_balances.expires_at, description => import_balances.description) g
    where not g.duplicate;
    if found then
      granted_accounts := granted_accounts + 1;
      granted_credits := granted_credits + v_row.credits;
    end if;
  end loop;
  select count(*) filter (where s.granted is null and s.credits > 0),
    count(*) filter (where s.problem is not null)
  into accounts_left, accounts_changed
  from billing.import_state(relation, account_column, credits_column, import_key) s;
  return next;
end $$;
revoke execute on function billing.import_balances(
  regclass, text, text, text, text, timestamptz, integer, text
) from public;
comment on function billing.import_balances(
  regclass, text, text, text, text, timestamptz, integer, text
) is
  'Grants what credits_column of a table or view has, once per account under the key
import:{import_key}, as credits of a type until expires_at (null: for ever), to up to batch accounts
(null: all) in the order of their ids; again until accounts_left is 0. Nothing at all is granted
while the table has a row without an account or with an unknown or erased one, an account twice, or
credits that are null, below zero or not whole: billing.import_problems lists them. What has changed
since it was granted is counted (accounts_changed), and not granted again. Raises 22023 (such rows,
or no such columns), LCKEY, LCTYP, LCGRT. For who owns the database, in a migration.
Source: DESIGN 1.';

create function billing.import_problems(
  relation regclass, account_column text, credits_column text, import_key text
)
returns table (account_id uuid, problem text, in_column numeric, granted bigint)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select s.account_id, s.problem, s.credits, s.granted
  from billing.import_state(relation, account_column, credits_column, import_key) s
  where s.problem is not null
  order by s.problem, s.account_id;
end $$;
revoke execute on function billing.import_problems(regclass, text, text, text) from public;
comment on function billing.import_problems(regclass, text, text, text) is
  'The accounts that billing.import_balances refuses, and those that have changed since they were
imported. No row: all can be imported. For who owns the database.';

create function billing.import_proof(
  relation regclass, account_column text, credits_column text, import_key text
)
returns table (account_id uuid, problem text, in_column numeric, granted bigint)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  with compared as (
    select s.account_id as id, s.credits, s.granted,
      coalesce(s.problem, case when s.granted is null and s.credits > 0 then 'not imported yet' end)
        as found
    from billing.import_state(relation, account_column, credits_column, import_key) s
  ), total as (
    select coalesce(sum(c.credits), 0) as credits, coalesce(sum(c.granted), 0)::bigint as granted
    from compared c
  )
  select null::uuid, case when t.credits <> t.granted then 'the sums differ' end, t.credits,
    t.granted
  from total t
  union all
  (select c.id, c.found, c.credits, c.granted from compared c where c.found is not null
    order by c.found, c.id);
end $$;
revoke execute on function billing.import_proof(regclass, text, text, text) from public;
comment on function billing.import_proof(regclass, text, text, text) is
  'Proves an import: the first row has the sum of the column and of what the ledger granted for it,
without a problem when they are equal; each account that differs follows. One row without a problem:
both are equal, account by account. For who owns the database.';
