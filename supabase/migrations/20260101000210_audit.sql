-- What an owner has to be able to look up later: who changed what is sold or who owns the product,
-- and what looked wrong. Append-only, as the ledger is.

create table billing.audit_log (
  id         bigint generated always as identity constraint audit_log_pkey primary key,
  at         timestamptz not null,
  actor      text not null,
  action     text not null,
  account_id uuid,
  reason     text not null
);
create index audit_log_by_account on billing.audit_log (account_id, id);
alter table billing.audit_log enable row level security;
revoke all on billing.audit_log from anon, authenticated, service_role;
grant select on billing.audit_log to service_role;
comment on table billing.audit_log is
  'Acts and findings for the owner. actor is the signed-in user''s id, else the database role;
reason is empty once the account is erased.';

create trigger audit_entries_never_change before update or delete on billing.audit_log
  for each row execute function billing.refuse_ledger_edit();
create trigger audit_entries_are_never_truncated before truncate on billing.audit_log
  for each statement execute function billing.refuse_ledger_edit();

create function billing.audit(action text, account_id uuid, reason text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into billing.audit_log (at, actor, action, account_id, reason)
  values (billing.now(), coalesce(auth.uid()::text, session_user), action, account_id, reason);
  -- An act that leaves the account's row as it is would be missed by an erasure whose snapshot is
  -- older: so that one gets 40001.
  update billing.accounts a set created_at = a.created_at where a.id = audit.account_id;
end $$;
revoke execute on function billing.audit(text, uuid, text) from public;
comment on function billing.audit(text, uuid, text) is
  'Notes an act or a finding: action as noun.verb, the account it concerns or null, and why.';

create function billing.audit_change()
returns trigger
language plpgsql volatile
security definer  -- whoever may change the catalog must not be able to leave this out
set search_path = ''
as $$
declare
  v_row jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
  perform billing.audit(tg_table_name || '.' || lower(tg_op), null, concat_ws(' ',
    coalesce(v_row ->> 'key', v_row ->> 'operation', v_row ->> 'user_id'), v_row ->> 'version',
    v_row ->> 'parameter', v_row ->> 'value', v_row ->> 'per',
    'of ' || (v_row ->> 'plan_key') || ' ' || (v_row ->> 'plan_version'),
    case when v_row ->> 'is_sold' = 'false' then 'not sold' end));
  return null;
end $$;
revoke execute on function billing.audit_change() from public;

create trigger owners_are_audited after insert or update or delete on billing.owners
  for each row execute function billing.audit_change();
create trigger owners_are_audited_when_emptied after truncate on billing.owners
  for each statement execute function billing.audit_change();
create trigger plans_are_audited after insert or update on billing.plans
  for each row execute function billing.audit_change();
create trigger prices_are_audited after insert or update on billing.prices
  for each row execute function billing.audit_change();
create trigger packs_are_audited after insert or update on billing.packs
  for each row execute function billing.audit_change();
create trigger operation_prices_are_audited after insert on billing.operation_prices
  for each row execute function billing.audit_change();
create trigger parameters_are_audited after insert on billing.operation_parameters
  for each row execute function billing.audit_change();
create trigger options_are_audited after insert on billing.operation_options
  for each row execute function billing.audit_change();
create trigger entitlements_are_audited after insert on billing.plan_entitlements
  for each row execute function billing.audit_change();
create trigger caps_are_audited after insert on billing.plan_caps
  for each row execute function billing.audit_change();
