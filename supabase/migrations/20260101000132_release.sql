-- A hold whose work is not done: its credits come back, released by a caller or when its time is
-- over; and its time may be extended while the work goes on.

create function billing.end_hold(
  account_id uuid, number bigint, state billing.hold_state, at timestamptz, description text
)
returns billing.credit_transactions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_hold billing.credit_transactions;
begin
  update billing.holds h set state = end_hold.state
  where h.account_id = end_hold.account_id and h.number = end_hold.number;
  select e.* into v_hold from billing.credit_transactions e
  where e.account_id = end_hold.account_id and e.number = end_hold.number;
  perform billing.give_back_use(v_hold);
  return billing.post(
    account_id, 'release', 'system', 'release:' || number,
    billing.shares_back(billing.taken_shares(v_hold), 0, -v_hold.credits), at, description,
    answers => end_hold.number);
end $$;
revoke execute on function billing.end_hold(uuid, bigint, billing.hold_state, timestamptz, text)
  from public;
comment on function billing.end_hold(uuid, bigint, billing.hold_state, timestamptz, text) is
  'Gives an open hold''s credits back: released by a caller, or timed out.';

create function public.release_hold(account_id uuid, key text, reason text default null)
returns table (success boolean, released bigint, balance_after bigint, duplicate boolean)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_hold billing.holds;
  v_entry billing.credit_transactions;
begin
  perform billing.check_caller(account_id);
  v_now := billing.settle(account_id);
  v_hold := billing.find_hold(account_id, key);
  v_entry := billing.answer_to(account_id, v_hold.number, 'release');
  duplicate := v_entry.number is not null;
  if not duplicate then
    perform billing.check_open(v_hold);
    v_entry := billing.end_hold(account_id, v_hold.number, 'released', v_now, reason);
    perform billing.take_in_hand(account_id, v_now);
  end if;
  return query select true, v_entry.credits, v_entry.balance_after::bigint, duplicate;
end $$;
revoke execute on function public.release_hold(uuid, text, text) from public, anon, authenticated;
grant execute on function public.release_hold(uuid, text, text) to service_role;
comment on function public.release_hold(uuid, text, text) is
  'Gives an open hold''s credits back. Once: again, or after the hold has timed out, it answers
duplicate = true. Raises LCHLD (no such hold, or captured), LCACC. For the service role. Source:
DESIGN, holds.';

create function public.extend_hold(account_id uuid, key text, ttl interval default '15 minutes')
returns table (ends_at timestamptz)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
declare
  v_lasts interval := billing.check_ttl(ttl);
  v_now timestamptz;
  v_hold billing.holds;
begin
  perform billing.check_caller(account_id);
  v_now := billing.settle(account_id);
  v_hold := billing.find_hold(account_id, key);
  perform billing.check_open(v_hold);
  return query
  update billing.holds h set ends_at = greatest(h.ends_at, v_now + v_lasts)
  where h.account_id = v_hold.account_id and h.number = v_hold.number
  returning h.ends_at;
end $$;
revoke execute on function public.extend_hold(uuid, text, interval)
  from public, anon, authenticated;
grant execute on function public.extend_hold(uuid, text, interval) to service_role;
comment on function public.extend_hold(uuid, text, interval) is
  'Moves the end of an open hold to ttl from now, never nearer; returns when it ends. Raises LCHLD
(no such hold, not open, or ttl), LCACC. For the service role. Source: DESIGN, holds.';
