-- What an open page asks, or is told, to be up to date. Asking settles nothing. Being told is off
-- until who owns the database switches it on: then each statement that writes entries leaves a
-- message for Supabase Realtime, which delivers it once the transaction has committed.

create function billing.get_live(account_id uuid)
returns table (
  entry_number bigint, total bigint, next_change_at timestamptz, is_told boolean,
  as_of timestamptz
)
language plpgsql volatile
security definer  -- the clock and the switch are not for clients
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  as_of := billing.now();
  is_told := exists (
    select from pg_catalog.pg_trigger t
    where t.tgrelid = 'billing.credit_transactions'::regclass and t.tgname = 'pages_are_told');
  select a.entry_count, a.balance - a.frozen_credits,
    nullif(least(a.next_due_at, a.next_claim_at), 'infinity')
  into entry_number, total, next_change_at
  from billing.accounts a where a.id = account_id;
  entry_number := coalesce(entry_number, 0);
  total := coalesce(total, 0);
  return next;
end $$;
revoke execute on function billing.get_live(uuid) from public;
grant execute on function billing.get_live(uuid) to authenticated, service_role;

create function public.get_live(account_id uuid default auth.uid())
returns table (
  entry_number bigint, total bigint, next_change_at timestamptz, is_told boolean,
  as_of timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.get_live(account_id);
end $$;
revoke execute on function public.get_live(uuid) from public, anon, authenticated;
grant execute on function public.get_live(uuid) to authenticated, service_role;
comment on function public.get_live(uuid) is
  'Whether a page is still up to date, for one read of one row: entry_number, that of the newest
entry (0: none); total, the credits that can be spent; next_change_at, the first instant at which
time alone may change them (null: none is known), from which on get_user_credits is to be asked;
is_told, whether new entries are told to pages by Supabase Realtime; as_of, the clock of the
database just before. Settles and writes nothing. For members, and the service role. Raises LCACC.
Source: requirement 004, 10 (updates in real time after deduction).';

-- Asked by the policy on realtime.messages, when somebody joins. Other topics are the host's own.
create function billing.may_listen(topic text)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return case when topic ~ '^billing:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    then billing.is_member(substr(topic, 9)::uuid) else false end;
end $$;
revoke execute on function billing.may_listen(text) from public;
grant execute on function billing.may_listen(text) to anon, authenticated;  -- is false for anon
comment on function billing.may_listen(text) is
  'Whether the signed-in user may hear of the entries told on a topic: billing:{account}.';

-- One message for each account of a statement, and nothing in it but the number: who hears it reads
-- anew. What expires is not told, a page knows when; so a sweep over many accounts tells nobody.
-- A message is a hint, and whatever is wrong with it no spend may fail for it.
create function billing.tell_pages()
returns trigger
language plpgsql volatile
security definer  -- who writes an entry has no grant on Realtime's messages
set search_path = ''
as $$
begin
  perform realtime.send(
    jsonb_build_object('entry', e.number), 'entry', 'billing:' || e.account_id, true)
  from (
    select i.account_id, max(i.number) as number from inserted i
    where i.kind <> 'expiry' group by i.account_id
  ) e;
  return null;
exception when others then
  raise warning 'open pages were not told of an entry' using detail = sqlerrm;
  return null;
end $$;
revoke execute on function billing.tell_pages() from public;

create function billing.switch_live(is_on boolean, reason text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.check_owner(reason);
  if is_on is not true then
    drop trigger if exists pages_are_told on billing.credit_transactions;
    if to_regclass('realtime.messages') is not null then
      drop policy if exists "members hear of entries" on realtime.messages;
    end if;
  elsif to_regprocedure('realtime.send(jsonb, text, text, boolean)') is null
    or to_regprocedure('realtime.topic()') is null or to_regclass('realtime.messages') is null then
    raise exception 'this database has no realtime to tell pages by'
      using errcode = 'feature_not_supported',
        detail = 'realtime.send, realtime.topic or realtime.messages is missing',
        hint = 'switch on Realtime in the Supabase project, or let pages ask, as they do now';
  else
    drop policy if exists "members hear of entries" on realtime.messages;
    create policy "members hear of entries" on realtime.messages
      for select to authenticated
      using (extension = 'broadcast' and billing.may_listen((select realtime.topic())));
    create or replace trigger pages_are_told after insert on billing.credit_transactions
      referencing new table as inserted
      for each statement execute function billing.tell_pages();
  end if;
  perform billing.audit('live.switch', null,
    case when is_on then 'on: ' else 'off: ' end || reason);
end $$;
revoke execute on function billing.switch_live(boolean, text) from public;
comment on function billing.switch_live(boolean, text) is
  'Switches on or off that open pages are told of new entries by Supabase Realtime: a trigger on the
ledger, and the policy that lets members listen to their account''s private channel. Waits for the
transactions that write entries, and holds up new ones as long; at a quiet time. Again changes
nothing. Audited with the reason. Raises feature_not_supported where there is no Realtime, LCOWN
without a reason. For who owns the database, in a migration or the SQL editor.';
