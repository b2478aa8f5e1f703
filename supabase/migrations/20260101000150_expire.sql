-- The sweep: settles accounts that nobody touches, so that their books are written down. It decides
-- nothing; an expired bucket cannot be spent whether or not it has run.

create table billing.unsettled_accounts (
  account_id uuid constraint unsettled_accounts_pkey primary key,
  failed_at  timestamptz not null,
  reason     text not null
);
alter table billing.unsettled_accounts enable row level security;
revoke all on billing.unsettled_accounts from anon, authenticated, service_role;
grant select on billing.unsettled_accounts to service_role;
comment on table billing.unsettled_accounts is
  'Accounts that the sweep could not settle, for an owner to see. It lets them rest for an hour.';

create function public.expire_subscription_credits(batch integer default 100)
returns integer
language plpgsql volatile
security definer  -- the job and the service role have no write grant on the ledger
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
  v_ids uuid[];
  v_id uuid;
  v_settled integer := 0;
begin
  select array_agg(d.id) into v_ids
  from (
    select a.id from billing.accounts a
    -- The partial index's predicate is restated, else it is not used.
    where a.next_due_at <= v_now and a.next_due_at < 'infinity'
      and not exists (
        select from billing.unsettled_accounts u
        where u.account_id = a.id and u.failed_at > v_now - interval '1 hour')
    order by a.next_due_at
    limit greatest(batch, 0)
    for no key update skip locked
  ) d;
  begin
    perform billing.settle(d.id) from unnest(v_ids) d (id);
    delete from billing.unsettled_accounts u where u.account_id = any (v_ids);
    return coalesce(cardinality(v_ids), 0);
  exception when others then null;  -- one of them raises: settle them one by one
  end;
  foreach v_id in array v_ids loop
    begin
      perform billing.settle(v_id);
      delete from billing.unsettled_accounts u where u.account_id = v_id;
      v_settled := v_settled + 1;
    exception when others then
      insert into billing.unsettled_accounts (account_id, failed_at, reason)
      values (v_id, v_now, sqlstate || ' ' || sqlerrm)
      on conflict on constraint unsettled_accounts_pkey
      do update set failed_at = excluded.failed_at, reason = excluded.reason;
    end;
  end loop;
  return v_settled;
end $$;
revoke execute on function public.expire_subscription_credits(integer)
  from public, anon, authenticated;
grant execute on function public.expire_subscription_credits(integer) to service_role;
comment on function public.expire_subscription_credits(integer) is
  'Settles up to batch accounts on which something is due, skipping those in use; returns how many.
One call is one transaction; the job repeats it until it returns 0. Accounts that raise are listed
in billing.unsettled_accounts. For the service role and the schedule. Source: requirement 004, 8.';
