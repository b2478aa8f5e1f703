-- A row in the developer's own table that costs credits: charged in the transaction that inserts
-- it, through PostgREST too.

-- The key is ours, hence in the server's scope, whoever inserts. A key charged before is no success
-- here: a row deleted and inserted again would be free.
create function billing.charge_row(account_id uuid, operation text, key text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_charged record;
begin
  select * into v_charged
  from billing.consume(account_id, operation, '{}', 'spend', charge_row.key, null);
  if v_charged.duplicate then
    raise exception 'this row was charged before' using errcode = 'LCKEY',
      detail = format('key %s', key), hint = 'insert it under a new primary key';
  elsif not v_charged.success then
    raise exception 'there are not enough credits for this row' using errcode = 'LCBAL',
      detail = format('%s credits are missing', v_charged.shortfall),
      hint = 'ask quote_credits for the cheapest way to more credits';
  end if;
end $$;
revoke execute on function billing.charge_row(uuid, text, text) from public;

-- In the order of accounts, then keys: two inserts in opposite orders cannot deadlock.
create function billing.charge_inserted_rows()
returns trigger
language plpgsql volatile
security definer  -- who may insert a row has no write grant on the ledger
set search_path = ''
as $$
declare
  v_row record;
  v_ids uuid[];
begin
  execute format('select array_agg(distinct r.%I) from inserted r', tg_argv[1]) into v_ids;
  perform billing.check_caller(i.id) from unnest(v_ids) i (id);
  perform billing.enter_all(v_ids);
  for v_row in execute format(
    'select r.%I as account_id, %s as primary_key from inserted r order by 1, 2',
    tg_argv[1], tg_argv[2])
  loop
    perform billing.charge_row(
      v_row.account_id, tg_argv[0], format('%s:%s', tg_relid::regclass, v_row.primary_key));
  end loop;
  return null;
end $$;
revoke execute on function billing.charge_inserted_rows() from public;

-- As text, and for several columns as the text of a row, whose quotes keep them apart.
create function billing.primary_key_as_text(relation regclass)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_columns text[];
begin
  select array_agg(format('r.%I', a.attname) order by k.nth) into v_columns
  from pg_catalog.pg_index i
  cross join lateral unnest(i.indkey::smallint[]) with ordinality k (attnum, nth)
  join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indrelid = relation and i.indisprimary;
  if v_columns is null then
    raise exception 'a row is charged by its primary key' using errcode = 'invalid_parameter_value',
      detail = format('table %s', relation), hint = 'give the table a primary key';
  end if;
  return case cardinality(v_columns) when 1 then v_columns[1] || '::text'
    else format('row(%s)::text', array_to_string(v_columns, ', ')) end;
end $$;
revoke execute on function billing.primary_key_as_text(regclass) from public;

create function billing.charge_on_insert(
  relation regclass, operation text, account_column text default 'user_id'
)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.check_own_table(relation, account_column);
  execute format(
    'create or replace trigger charge_on_insert after insert on %s referencing new table as inserted
     for each statement execute function billing.charge_inserted_rows(%L, %L, %L)',
    relation, operation, account_column, billing.primary_key_as_text(relation));
end $$;
revoke execute on function billing.charge_on_insert(regclass, text, text) from public;
comment on function billing.charge_on_insert(regclass, text, text) is
  'Charges each row inserted into a table with the price of an operation (without parameters), in
the same transaction, to the account in account_column, under the key {table}:{primary key}. What an
upsert only updates costs nothing. The insert is refused with LCBAL when the balance is too short,
LCKEY when a row with this primary key was charged before, LCACC when a client inserts for an
account that is not its own, or nobody''s, LCLIM over a cap, LCOPR for an operation that is not in
the catalog. Again: replaces the trigger, which also has to follow a renamed column. To end it, drop
the trigger charge_on_insert. For who owns the table, in a migration.';
