-- How often somebody may do what costs us more than a row: counted here, since servers come and go.

create table billing.rate_limits (
  account_id uuid not null,
  action     text not null,
  started_at timestamptz not null,
  turns      integer not null,
  constraint rate_limits_pkey primary key (account_id, action)
);
alter table billing.rate_limits enable row level security;
revoke all on billing.rate_limits from anon, authenticated, service_role;
comment on table billing.rate_limits is
  'Turns taken since started_at, when the first of them was; counted anew once the time is over.
Whoever has no account is counted under billing.turn_of.';

create function public.take_turn(
  account_id uuid, action text, max_turns integer default 5, per interval default '1 minute'
)
returns table (allowed boolean, retry_after_seconds integer)
language plpgsql volatile
security definer  -- nobody else has a grant on the counters
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
  v_turns integer;
  v_started_at timestamptz;
begin
  perform billing.check_caller(account_id);
  insert into billing.rate_limits as r (account_id, action, started_at, turns)
  values (account_id, action, v_now, 1)
  on conflict on constraint rate_limits_pkey do update
  set started_at = case when r.started_at + per <= v_now then v_now else r.started_at end,
      turns = case when r.started_at + per <= v_now then 1
        else least(r.turns, max_turns) + 1 end
  returning r.turns, r.started_at into v_turns, v_started_at;
  allowed := v_turns <= max_turns;
  retry_after_seconds := case when allowed then 0
    else greatest(ceil(extract(epoch from v_started_at + per - v_now)), 1)::integer end;
  return next;
end $$;
revoke execute on function public.take_turn(uuid, text, integer, interval)
  from public, anon, authenticated;
grant execute on function public.take_turn(uuid, text, integer, interval) to service_role;
comment on function public.take_turn(uuid, text, integer, interval) is
  'Counts that an account does something, at most max_turns times in the time per, which begins with
the first: whether it is allowed, and in how many seconds it will be again. A turn that is refused
does not prolong the wait. Raises LCACC. For the service role. Source: STRIPE 4, case 73.';
