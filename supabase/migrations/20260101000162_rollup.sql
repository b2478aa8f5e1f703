-- Usage is what spends and captured holds took, less what reversals of them gave back, each on its
-- own day; a hold that is open or released is none. A job keeps it summed by day and by hour.

create table billing.usage_days (
  account_id       uuid not null,
  day_starts_at    timestamptz not null,
  operation        text not null,
  subject          text not null,
  uses             bigint not null,
  charged_credits  billing.credits not null,
  returned_credits billing.credits not null,
  constraint usage_days_pkey primary key (account_id, day_starts_at, operation, subject)
);
alter table billing.usage_days enable row level security;
create policy "members read their usage" on billing.usage_days
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.usage_days from anon, authenticated, service_role;
grant select on billing.usage_days to authenticated, service_role;
comment on table billing.usage_days is
  'Usage by day (UTC), operation and subject, both empty where there is none, of the entries up to
billing.usage_rollups.rolled_number.';

create table billing.usage_totals (
  account_id       uuid not null,
  day_starts_at    timestamptz not null,
  operation        text not null,
  uses             bigint not null,
  charged_credits  billing.credits not null,
  returned_credits billing.credits not null,
  constraint usage_totals_pkey primary key (account_id, day_starts_at, operation)
);
alter table billing.usage_totals enable row level security;
create policy "members read their usage by operation" on billing.usage_totals
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.usage_totals from anon, authenticated, service_role;
grant select on billing.usage_totals to authenticated, service_role;
comment on table billing.usage_totals is
  'The same usage without subjects: where each use is for something of its own (a picture),
billing.usage_days is as long as the ledger.';

create table billing.usage_hours (
  account_id       uuid not null,
  hour_starts_at   timestamptz not null,
  weekday          smallint not null generated always as (
    extract(isodow from hour_starts_at at time zone 'UTC')) stored,
  hour             smallint not null generated always as (
    extract(hour from hour_starts_at at time zone 'UTC')) stored,
  uses             bigint not null,
  charged_credits  billing.credits not null,
  returned_credits billing.credits not null,
  constraint usage_hours_pkey primary key (account_id, hour_starts_at)
);
alter table billing.usage_hours enable row level security;
create policy "members read their usage by hour" on billing.usage_hours
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.usage_hours from anon, authenticated, service_role;
grant select on billing.usage_hours to authenticated, service_role;
comment on table billing.usage_hours is
  'The same usage by hour alone, with its weekday (1 Monday to 7 Sunday) and hour in UTC.';

create table billing.usage_rollups (
  account_id    uuid constraint usage_rollups_pkey primary key,
  rolled_number bigint not null
);
alter table billing.usage_rollups enable row level security;
revoke all on billing.usage_rollups from anon, authenticated, service_role;
grant select on billing.usage_rollups to service_role;
comment on table billing.usage_rollups is
  'Up to which entry an account''s usage is counted in the three tables above. No clock decides:
entries are numbered without gaps, and who sees one sees all before it.';

create view billing.usage_facts with (security_invoker = true) as
select l.account_id, l.number, l.created_at, l.operation, l.subject,
  case l.kind when 'reversal' then 0 else 1 end as uses,
  case l.kind when 'reversal' then 0 else -l.credits end as charged_credits,
  case l.kind when 'reversal' then l.credits else 0 end as returned_credits
from billing.ledger_lines l
where l.kind in ('spend', 'capture')
  or l.kind = 'reversal' and l.answered_kind in ('spend', 'hold');
revoke all on billing.usage_facts from anon, authenticated, service_role;
grant select on billing.usage_facts to service_role;
comment on view billing.usage_facts is
  'The entries that are usage. A reversal of anything but work (of a claw-back, say) is not.';

create function billing.day_of(at timestamptz)
returns timestamptz
language plpgsql immutable
set search_path = ''
as $$
begin
  return date_trunc('day', at at time zone 'UTC') at time zone 'UTC';
end $$;
revoke execute on function billing.day_of(timestamptz) from public;
comment on function billing.day_of(timestamptz) is
  'The midnight, UTC, with which the day of an instant begins.';

-- Waits for no spend and makes none wait: it locks its own mark, never the account.
create function billing.roll_up(account_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_from bigint;
  v_through bigint;
begin
  insert into billing.usage_rollups (account_id, rolled_number) values (account_id, 0)
  on conflict on constraint usage_rollups_pkey do nothing;
  select r.rolled_number into v_from from billing.usage_rollups r
  where r.account_id = roll_up.account_id for update;
  select a.entry_count into v_through from billing.accounts a where a.id = roll_up.account_id;
  with fact as materialized (
    select f.account_id, f.created_at, billing.day_of(f.created_at) as day,
      coalesce(f.operation, '') as operation, coalesce(f.subject, '') as subject, f.uses,
      f.charged_credits, f.returned_credits
    from billing.usage_facts f
    where f.account_id = roll_up.account_id and f.number > v_from and f.number <= v_through
  ), totals as (
    insert into billing.usage_totals as t (
      account_id, day_starts_at, operation, uses, charged_credits, returned_credits
    )
    select f.account_id, f.day, f.operation, sum(f.uses), sum(f.charged_credits),
      sum(f.returned_credits)
    from fact f
    group by 1, 2, 3
    on conflict on constraint usage_totals_pkey do update
    set uses = t.uses + excluded.uses,
        charged_credits = t.charged_credits + excluded.charged_credits,
        returned_credits = t.returned_credits + excluded.returned_credits
  ), hours as (
    insert into billing.usage_hours as h (
      account_id, hour_starts_at, uses, charged_credits, returned_credits
    )
    select f.account_id, date_trunc('hour', f.created_at, 'UTC'), sum(f.uses),
      sum(f.charged_credits), sum(f.returned_credits)
    from fact f
    group by 1, 2
    on conflict on constraint usage_hours_pkey do update
    set uses = h.uses + excluded.uses,
        charged_credits = h.charged_credits + excluded.charged_credits,
        returned_credits = h.returned_credits + excluded.returned_credits
  )
  insert into billing.usage_days as d (
    account_id, day_starts_at, operation, subject, uses, charged_credits, returned_credits
  )
  select f.account_id, f.day, f.operation, f.subject, sum(f.uses), sum(f.charged_credits),
    sum(f.returned_credits)
  from fact f
  group by 1, 2, 3, 4
  on conflict on constraint usage_days_pkey do update
  set uses = d.uses + excluded.uses,
      charged_credits = d.charged_credits + excluded.charged_credits,
      returned_credits = d.returned_credits + excluded.returned_credits;
  update billing.usage_rollups r set rolled_number = v_through
  where r.account_id = roll_up.account_id and r.rolled_number < v_through;
end $$;
revoke execute on function billing.roll_up(uuid) from public;
comment on function billing.roll_up(uuid) is
  'Counts the entries of an account that are not counted yet.';

create function billing.forget_usage(account_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  -- The mark first: whoever counts meanwhile waits for it, and then counts anew.
  insert into billing.usage_rollups (account_id, rolled_number) values (account_id, 0)
  on conflict on constraint usage_rollups_pkey do update set rolled_number = 0;
  delete from billing.usage_days d where d.account_id = forget_usage.account_id;
  delete from billing.usage_totals t where t.account_id = forget_usage.account_id;
  delete from billing.usage_hours h where h.account_id = forget_usage.account_id;
end $$;
revoke execute on function billing.forget_usage(uuid) from public;
comment on function billing.forget_usage(uuid) is
  'Empties the rollup of an account, which is then counted anew: called when the params of its
entries, whose subjects it repeats, are erased.';

create function public.roll_up_usage(after_account uuid default null, batch integer default 100)
returns uuid
language plpgsql volatile
security definer  -- the job and the service role have no write grant on the rollup
set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  select array_agg(b.id order by b.id) into v_ids
  from (
    select a.id
    from billing.accounts a
    left join billing.usage_rollups r on r.account_id = a.id
    where a.id > coalesce(after_account, '00000000-0000-0000-0000-000000000000')
      and a.entry_count > coalesce(r.rolled_number, 0)
    order by a.id
    limit batch
  ) b;
  perform billing.roll_up(b.id) from unnest(v_ids) b (id);
  return v_ids[cardinality(v_ids)];
end $$;
revoke execute on function public.roll_up_usage(uuid, integer) from public, anon, authenticated;
grant execute on function public.roll_up_usage(uuid, integer) to service_role;
comment on function public.roll_up_usage(uuid, integer) is
  'Counts the usage of up to batch accounts that have entries not counted yet, in order of their ids
after the one given, and returns the last id, null when there was none. One call is one transaction;
the job repeats it from the id returned. For the service role and the schedule. Source: DESIGN 9,
usage.';
