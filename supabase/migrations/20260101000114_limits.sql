-- What a plan allows: features that it has or has not, and how many rows of the developer's own
-- tables an account may have. After a downgrade nothing is deleted; new rows are refused.

create table billing.plan_entitlements (
  plan_key     text not null,
  plan_version integer not null,
  key          text not null,
  max_count    bigint,
  constraint plan_entitlements_pkey primary key (plan_key, plan_version, key),
  constraint plan_entitlements_name_a_plan
    foreign key (plan_key, plan_version) references billing.plans,
  constraint an_entitlement_key_is_a_short_word check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  constraint a_limit_is_not_negative check (max_count >= 0)
);
create trigger published_entitlements_never_change before update or delete
  on billing.plan_entitlements
  for each row execute function billing.refuse_change_of_published();
create trigger published_entitlements_are_never_truncated before truncate
  on billing.plan_entitlements
  for each statement execute function billing.refuse_change_of_published();
alter table billing.plan_entitlements enable row level security;
revoke all on billing.plan_entitlements from anon, authenticated, service_role;
grant select on billing.plan_entitlements to service_role;
comment on table billing.plan_entitlements is
  'What a version of a plan allows, beyond credits. What is not listed is not allowed.';
comment on column billing.plan_entitlements.max_count is
  'How many for each seat of a plan, or piece of an add-on; null: without limit, and for a feature,
that the plan has it.';

create table billing.limit_guards (
  account_id uuid not null,
  key        text not null,
  passed     bigint not null,
  constraint limit_guards_pkey primary key (account_id, key)
) with (fillfactor = 80);
alter table billing.limit_guards enable row level security;
revoke all on billing.limit_guards from anon, authenticated, service_role;
comment on table billing.limit_guards is
  'A row that every transaction writes which adds limited rows. Of two at once the second waits and
counts anew, or fails with 40001 where its snapshot is older; rows themselves are never counted
here, so that nothing can drift.';

-- The one place that says which plan an account has.
create function billing.plan_of(
  account_id uuid, out plan_key text, out plan_version integer, out quantity integer,
  out subscription_id text
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_trial record;
begin
  select t.plan_key, t.plan_version into v_trial from billing.trial_of(account_id) t;
  select r.plan_key, r.plan_version, s.quantity, s.id
  into plan_key, plan_version, quantity, subscription_id
  from billing.subscriptions s
  join billing.prices r on r.key = s.price_key
  where s.account_id = plan_of.account_id and billing.is_live(s.status)
    and not billing.has_lapsed(s.account_id, s.id)
    and (s.status <> 'trialing' or coalesce(v_trial.plan_key, r.plan_key) = r.plan_key)
  order by s.created_at desc, s.id
  limit 1;
  if not found and v_trial.plan_key is not null then
    plan_key := v_trial.plan_key;
    plan_version := v_trial.plan_version;
    quantity := 1;
  elsif not found then
    select p.key, p.version, 1 into plan_key, plan_version, quantity
    from billing.plans p where p.is_free and p.is_sold;
  end if;
end $$;
revoke execute on function billing.plan_of(uuid) from public;
comment on function billing.plan_of(uuid) is
  'The version that a live subscription bought, and how many seats of it, else the one on trial,
else the free plan on sale; null where there is none. Another plan that is bought during a trial
waits for its end, unless it is paid before.';

-- Without limit is more than any number; and several of a plan allow several times as much.
create function billing.limits_of(account_id uuid)
returns table (key text, max_count bigint)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select e.key, case when count(e.max_count) = count(*)
    then sum(e.max_count * h.quantity)::bigint end
  from billing.holdings(account_id) h
  join billing.plan_entitlements e on e.plan_key = h.plan_key and e.plan_version = h.plan_version
  group by e.key;
end $$;
revoke execute on function billing.limits_of(uuid) from public;

create function billing.plan_limit(account_id uuid, key text)
returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  v_max bigint;
begin
  select l.max_count into v_max from billing.limits_of(account_id) l where l.key = plan_limit.key;
  return case when found then v_max else 0 end;
end $$;
revoke execute on function billing.plan_limit(uuid, text) from public;

-- Answers instead of raising: a policy asks it about rows of other accounts too, and those must not
-- make the whole query fail.
create function billing.limit_of(key text, account_id uuid)
returns bigint
language plpgsql stable
security definer  -- reads plan versions that are no longer sold
set search_path = ''
as $$
begin
  if account_id is null or billing.is_client() and billing.is_member(account_id) is not true then
    return 0;
  end if;
  return billing.plan_limit(account_id, key);
end $$;
revoke execute on function billing.limit_of(text, uuid) from public;
grant execute on function billing.limit_of(text, uuid) to authenticated, service_role;

create function public.limit_of(key text, account_id uuid default auth.uid())
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return billing.limit_of(key, account_id);
end $$;
revoke execute on function public.limit_of(text, uuid) from public, anon, authenticated;
grant execute on function public.limit_of(text, uuid) to authenticated, service_role;
comment on function public.limit_of(text, uuid) is
  'How many of something the account''s plan allows: null without limit, 0 none, which is also the
answer for a key that the plan does not list, for no account and for one that is not the caller''s.
The plan is the version that the live subscription bought, times its seats, with its add-ons on top;
else the one on trial, else the free plan. Raises nothing. In a policy write (select
limit_of(''seats'')): so it is asked once for each statement, not for each row. For members, and the
service role. Source: requirements 000, 4 (chatbots), 002, 3 (plan limits).';

create function public.has_entitlement(key text, account_id uuid default auth.uid())
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return billing.limit_of(key, account_id) is distinct from 0;
end $$;
revoke execute on function public.has_entitlement(text, uuid) from public, anon, authenticated;
grant execute on function public.has_entitlement(text, uuid) to authenticated, service_role;
comment on function public.has_entitlement(text, uuid) is
  'Whether the account''s plan has a feature, or allows at least one of something; false for no
account and for one that is not the caller''s. Raises nothing. In a policy write
(select has_entitlement(''api_access'')): so it is asked once for each statement, not for each row.
For members, and the service role. Source: requirements 000, 4 (features), 001, 4.2.';

-- Bounded: an account far above its limit is not counted to the end.
create function billing.count_rows(
  relation regclass, account_column text, account_id uuid, at_most bigint
)
returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  v_count bigint;
begin
  execute format('select count(*) from (select from %s r where r.%I = $1 limit $2) counted',
    relation, account_column)
  into v_count using account_id, at_most;
  return v_count;
end $$;
revoke execute on function billing.count_rows(regclass, text, uuid, bigint) from public;

-- The account's row comes first, as for every writer, so that an insert and a spend in one
-- transaction cannot deadlock with the same two the other way round. Each statement after it sees
-- what was committed meanwhile, at read committed; at other levels the guard raises 40001.
create function billing.check_limit(
  account_id uuid, key text, relation regclass, account_column text
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_max bigint := billing.plan_limit(account_id, key);
  v_count bigint;
begin
  if v_max is null then
    return;
  end if;
  perform from billing.accounts a where a.id = check_limit.account_id for no key update;
  insert into billing.limit_guards as g (account_id, key, passed) values (account_id, key, 1)
  on conflict on constraint limit_guards_pkey do update set passed = g.passed + 1;
  v_count := billing.count_rows(relation, account_column, account_id, v_max + 1);
  if v_count > v_max then
    raise exception 'the plan allows no more of these' using errcode = 'LCLIM',
      detail = format('%s: at most %s', key, v_max),
      hint = 'choose a larger plan, or delete what is no longer needed';
  end if;
end $$;
revoke execute on function billing.check_limit(uuid, text, regclass, text) from public;

create function billing.limit_inserted_rows()
returns trigger
language plpgsql volatile
security definer  -- counts rows that the caller may not see
set search_path = ''
as $$
declare
  v_account_id uuid;
begin
  for v_account_id in execute format(
    'select distinct r.%1$I from inserted r where r.%1$I is not null order by 1', tg_argv[1])
  loop
    perform billing.check_limit(v_account_id, tg_argv[0], tg_relid, tg_argv[1]);
  end loop;
  return null;
end $$;
revoke execute on function billing.limit_inserted_rows() from public;

create function billing.limit_moved_row()
returns trigger
language plpgsql volatile
security definer  -- counts rows that the caller may not see
set search_path = ''
as $$
begin
  perform billing.check_limit(
    (to_jsonb(new) ->> tg_argv[1])::uuid, tg_argv[0], tg_relid, tg_argv[1]);
  return null;
end $$;
revoke execute on function billing.limit_moved_row() from public;

-- A partition or a child takes rows past the triggers of its parent.
create function billing.check_own_table(relation regclass, account_column text)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if exists (
    select from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = account_column
      and a.atttypid = 'uuid'::regtype and not a.attisdropped
    where c.oid = relation and c.relkind = 'r' and not exists (
      select from pg_catalog.pg_inherits i where c.oid in (i.inhrelid, i.inhparent))
  ) then
    return;
  end if;
  raise exception 'rows are counted and charged in an ordinary table with an account in each'
    using errcode = 'invalid_parameter_value',
      detail = format('table %s, account column %s', relation, account_column),
      hint = 'name a table without partitions or heirs, and its uuid column with the account';
end $$;
revoke execute on function billing.check_own_table(regclass, text) from public;

create function billing.limit_rows(
  relation regclass, key text, account_column text default 'user_id'
)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.check_own_table(relation, account_column);
  execute format(
    'create or replace trigger %I after insert on %s referencing new table as inserted
     for each statement execute function billing.limit_inserted_rows(%L, %L)',
    'limit_rows_' || key, relation, key, account_column);
  execute format(
    'create or replace trigger %1$I after update on %2$s for each row
     when (new.%3$I is not null and new.%3$I is distinct from old.%3$I)
     execute function billing.limit_moved_row(%4$L, %5$L)',
    'limit_moved_rows_' || key, relation, account_column, key, account_column);
end $$;
revoke execute on function billing.limit_rows(regclass, text, text) from public;
comment on function billing.limit_rows(regclass, text, text) is
  'Refuses rows of a table with LCLIM once an account has as many as its plan allows of key, whoever
inserts them, or moves them from another account. Rows that are there stay, and can be changed. The
table needs an index that begins with the account column. Again: replaces the triggers. To end it,
drop the triggers limit_rows_{key} and limit_moved_rows_{key}. For who owns the table, in a
migration.';

-- The triggers themselves say which tables are limited, so that a table dropped is not counted.
create view billing.limited_tables with (security_invoker = true) as
select
  t.tgrelid::regclass as relation,
  convert_from(decode(a.words[1], 'escape'), 'UTF8') collate "default" as key,
  convert_from(decode(a.words[2], 'escape'), 'UTF8') collate "default" as account_column
from pg_catalog.pg_trigger t
cross join lateral string_to_array(encode(t.tgargs, 'escape'), '\000') a (words)
where t.tgfoid = 'billing.limit_inserted_rows()'::regprocedure;
revoke all on billing.limited_tables from anon, authenticated, service_role;
grant select on billing.limited_tables to service_role;
comment on view billing.limited_tables is
  'The tables whose rows billing.limit_rows limits, and by which key.';
