-- How often a plan allows an operation within a calendar window: 50 a day, in UTC. A use is counted
-- in the transaction of its entry, under the account's lock, and given back with its credits.

create type billing.cap_window as enum ('hour', 'day', 'month');

create table billing.plan_caps (
  plan_key     text not null,
  plan_version integer not null,
  operation    text not null,
  per          billing.cap_window not null,
  max_uses     bigint not null,
  constraint plan_caps_pkey primary key (operation, plan_key, plan_version, per),
  constraint plan_caps_name_a_plan
    foreign key (plan_key, plan_version) references billing.plans,
  constraint plan_caps_name_an_operation foreign key (operation) references billing.operations,
  constraint a_cap_is_not_negative check (max_uses >= 0)
);
create index plan_caps_by_plan on billing.plan_caps (plan_key, plan_version);
create trigger published_caps_never_change before update or delete on billing.plan_caps
  for each row execute function billing.refuse_change_of_published();
create trigger published_caps_are_never_truncated before truncate on billing.plan_caps
  for each statement execute function billing.refuse_change_of_published();
alter table billing.plan_caps enable row level security;
revoke all on billing.plan_caps from anon, authenticated, service_role;
grant select on billing.plan_caps to service_role;
comment on table billing.plan_caps is
  'How many uses of an operation a version of a plan allows in each window, for each seat. What is
not listed is not capped. An add-on''s come on top of what the plan caps, for each piece.';

create table billing.cap_uses (
  account_id       uuid not null,
  operation        text not null,
  per              billing.cap_window not null,
  window_starts_at timestamptz not null,
  uses             billing.credits not null,
  constraint cap_uses_pkey primary key (account_id, operation, per)
) with (fillfactor = 80);
alter table billing.cap_uses enable row level security;
revoke all on billing.cap_uses from anon, authenticated, service_role;
grant select on billing.cap_uses to service_role;
comment on table billing.cap_uses is
  'The uses of capped operations in the window of the last one. A later window takes the row over,
so that no job has to clear them.';

-- Through a timestamp without zone, for a day is not always 24 hours in the session's.
create function billing.cap_window_at(
  per billing.cap_window, at timestamptz, out starts_at timestamptz, out ends_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_start timestamp := date_trunc(per::text, at at time zone 'UTC');
begin
  starts_at := v_start at time zone 'UTC';
  ends_at := (v_start + ('1 ' || per)::interval) at time zone 'UTC';
end $$;
revoke execute on function billing.cap_window_at(billing.cap_window, timestamptz) from public;
comment on function billing.cap_window_at(billing.cap_window, timestamptz) is
  'The calendar window of UTC in which an instant lies; its end belongs to the next one.';

-- An add-on raises a cap that the plan has, and never makes one.
create function billing.caps_of(account_id uuid)
returns table (operation text, per billing.cap_window, max_uses bigint)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select c.operation, c.per, sum(c.max_uses * h.quantity)::bigint
  from billing.holdings(account_id) h
  join billing.plan_caps c on c.plan_key = h.plan_key and c.plan_version = h.plan_version
  group by c.operation, c.per
  having not bool_and(h.is_add_on);
end $$;
revoke execute on function billing.caps_of(uuid) from public;

-- Counted for every account once any plan caps the operation: so that after a change of plan the
-- uses of the window are known.
create function billing.count_use(account_id uuid, key_scope billing.key_scope, key text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_entry billing.credit_transactions;
  v_full record;
begin
  select e.* into v_entry from billing.credit_transactions e
  where e.account_id = count_use.account_id and e.key_scope = count_use.key_scope
    and e.key = count_use.key;
  insert into billing.cap_uses as u (account_id, operation, per, window_starts_at, uses)
  select v_entry.account_id, v_entry.operation, c.per, w.starts_at, 1
  from (
    select distinct p.per from billing.plan_caps p where p.operation = v_entry.operation
  ) c
  cross join lateral billing.cap_window_at(c.per, v_entry.created_at) w
  on conflict on constraint cap_uses_pkey do update
  set uses = case when u.window_starts_at = excluded.window_starts_at then u.uses + 1 else 1 end,
      window_starts_at = excluded.window_starts_at;
  select c.per, c.max_uses, w.ends_at into v_full
  from billing.caps_of(v_entry.account_id) c
  join billing.cap_uses u on u.operation = c.operation and u.per = c.per
  cross join lateral billing.cap_window_at(c.per, v_entry.created_at) w
  where c.operation = v_entry.operation and u.account_id = v_entry.account_id
    and u.uses > c.max_uses
  order by w.ends_at desc limit 1;
  if found then
    raise exception 'the plan allows no more of this for now' using errcode = 'LCLIM',
      detail = format('%s: at most %s a %s', v_entry.operation, v_full.max_uses, v_full.per),
      hint = to_char(v_full.ends_at at time zone 'UTC',
        '"try again from "YYYY-MM-DD"T"HH24:MI:SS"Z, or choose a larger plan"');
  end if;
end $$;
revoke execute on function billing.count_use(uuid, billing.key_scope, text) from public;
comment on function billing.count_use(uuid, billing.key_scope, text) is
  'Counts a use of a capped operation once its entry is written: that entry has the account''s lock
and the instant that decides. Over the cap it raises LCLIM, which takes the entry back. A replay
and a short balance are no use: the caller does not come here.';

create function billing.give_back_use(entry billing.credit_transactions)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.cap_uses u set uses = u.uses - 1
  where u.account_id = entry.account_id and u.operation = entry.operation and u.uses > 0
    and u.window_starts_at = (billing.cap_window_at(u.per, entry.created_at)).starts_at;
end $$;
revoke execute on function billing.give_back_use(billing.credit_transactions) from public;
comment on function billing.give_back_use(billing.credit_transactions) is
  'Takes back the use that a hold or spend counted, unless its window is over.';

create function billing.get_limits(account_id uuid)
returns table (
  key text, name text, per text, max_count bigint, used_count bigint, window_ends_at timestamptz
)
language plpgsql volatile
security definer  -- reads plan versions that are no longer sold, and counts in the host's tables
set search_path = ''
as $$
begin
  perform billing.touch(account_id);
  return query
  select coalesce(e.key, t.key), null, null, case when e.key is null then 0 else e.max_count end,
    t.row_count, null::timestamptz
  from (
    select l.key, max(billing.count_rows(
      l.relation, l.account_column, get_limits.account_id, null)) as row_count
    from billing.limited_tables l group by l.key
  ) t
  full join billing.limits_of(account_id) e on e.key = t.key
  order by 1;
  return query
  select c.operation, o.name, c.per::text, c.max_uses, coalesce(u.uses, 0)::bigint, w.ends_at
  from billing.caps_of(account_id) c
  join billing.operations o on o.key = c.operation
  cross join lateral billing.cap_window_at(c.per, billing.now()) w
  left join billing.cap_uses u on u.account_id = get_limits.account_id
    and u.operation = c.operation and u.per = c.per and u.window_starts_at = w.starts_at
  order by c.operation, c.per;
end $$;
revoke execute on function billing.get_limits(uuid) from public;
grant execute on function billing.get_limits(uuid) to authenticated, service_role;

create function public.get_limits(account_id uuid default auth.uid())
returns table (
  key text, name text, per text, max_count bigint, used_count bigint, window_ends_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.get_limits(account_id);
end $$;
revoke execute on function public.get_limits(uuid) from public, anon, authenticated;
grant execute on function public.get_limits(uuid) to authenticated, service_role;
comment on function public.get_limits(uuid) is
  'What the account''s plan and its add-ons allow and how much of it is used: a row for each feature
or limit (per is null; max_count null: without limit; used_count null: not counted), then one for
each capped operation, with its name, and window (per hour, day or month, in UTC, until
window_ends_at). used_count may lie above max_count after a downgrade. For members, and the service
role. Raises LCACC. Source: requirement 002, 3 (real-time usage counters) and 5 (usage metrics and
limits).';
