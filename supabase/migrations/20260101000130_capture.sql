-- How a hold ends, and how what was taken comes back: always to the buckets that it came from, last
-- taken first. What comes back to a bucket that has expired meanwhile expires when it comes back.

create function billing.taken_shares(entry billing.credit_transactions)
returns billing.share[]
language plpgsql immutable
set search_path = ''
as $$
begin
  return (
    select array_agg((s.bucket_id, -s.credits)::billing.share order by s.nth)
    from unnest(coalesce(entry.split, array[(entry.bucket_id, entry.credits)::billing.share]))
      with ordinality s (bucket_id, credits, nth)
  );
end $$;
revoke execute on function billing.taken_shares(billing.credit_transactions) from public;

create function billing.shares_back(taken billing.share[], skip bigint, credits bigint)
returns billing.share[]
language plpgsql immutable
set search_path = ''
as $$
begin
  return coalesce((
    select array_agg((
        t.bucket_id, least(t.through, skip + shares_back.credits) - greatest(t.after, skip)
      )::billing.share order by t.nth)
    from (
      select s.bucket_id, s.nth, sum(s.credits) over w as through,
        sum(s.credits) over w - s.credits as after
      from unnest(taken) with ordinality s (bucket_id, credits, nth)
      window w as (order by s.nth desc)
    ) t
    where t.through > skip and t.after < skip + shares_back.credits and shares_back.credits > 0
  ), '{}');
end $$;
revoke execute on function billing.shares_back(billing.share[], bigint, bigint) from public;
comment on function billing.shares_back(billing.share[], bigint, bigint) is
  'The shares that give back credits of those taken, the last taken first, after skipping as many.';

create function billing.answer_to(account_id uuid, number bigint, kind billing.entry_kind)
returns billing.credit_transactions
language plpgsql stable
set search_path = ''
as $$
declare
  v_entry billing.credit_transactions;
begin
  select e.* into v_entry from billing.credit_transactions e
  where e.account_id = answer_to.account_id and e.answers = answer_to.number
    and e.kind = answer_to.kind;
  return v_entry;
end $$;
revoke execute on function billing.answer_to(uuid, bigint, billing.entry_kind) from public;
comment on function billing.answer_to(uuid, bigint, billing.entry_kind) is
  'The capture or release of a hold, if it has one.';

create function billing.find_hold(account_id uuid, key text)
returns billing.holds
language plpgsql stable
set search_path = ''
as $$
declare
  v_hold billing.holds;
begin
  select h.* into v_hold
  from billing.credit_transactions e
  join billing.holds h on h.account_id = e.account_id and h.number = e.number
  where e.account_id = find_hold.account_id and e.key_scope in ('spend', 'member')
    and e.key = find_hold.key
  order by e.key_scope limit 1;
  if v_hold.number is null then
    raise exception 'there is no such hold' using errcode = 'LCHLD', detail = format('key %s', key),
      hint = 'pass the account and the key that the hold was placed with';
  end if;
  return v_hold;
end $$;
revoke execute on function billing.find_hold(uuid, text) from public;

create function billing.check_open(hold billing.holds)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if hold.state <> 'open' then
    raise exception 'the hold is not open' using errcode = 'LCHLD',
      detail = format('it is %s', hold.state), hint = 'place a new hold under a new key';
  end if;
end $$;
revoke execute on function billing.check_open(billing.holds) from public;

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

create function public.capture_hold(
  account_id uuid, key text, amount bigint default null, cost_micros bigint default null
)
returns table (
  success boolean, captured bigint, given_back bigint, balance_after bigint, duplicate boolean,
  shortfall bigint
)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_hold billing.holds;
  v_entry billing.credit_transactions;
  v_balance bigint;
begin
  perform billing.check_caller(account_id);
  perform billing.check_cost(cost_micros);
  v_now := billing.settle(account_id);
  v_hold := billing.find_hold(account_id, key);
  duplicate := v_hold.state = 'captured';
  if duplicate then
    v_entry := billing.answer_to(account_id, v_hold.number, 'capture');
  end if;
  if duplicate and amount <> v_hold.held_credits - v_entry.credits then
    raise exception 'a hold is captured once' using errcode = 'LCKEY',
      detail = format('%s credits were captured', v_hold.held_credits - v_entry.credits),
      hint = 'give back what was too much by reverse_deduction';
  elsif not duplicate then
    perform billing.check_open(v_hold);
    captured := coalesce(amount, v_hold.held_credits);
    if captured < 1 or captured - v_hold.held_credits > v_hold.overrun_credits then
      raise exception 'a capture takes at most what is held and its overrun'
        using errcode = 'LCAMT',
        detail = format('%s of %s and %s', captured, v_hold.held_credits, v_hold.overrun_credits),
        hint = 'release the hold if the work cost nothing';
    end if;
    if captured > v_hold.held_credits then
      select a.balance - a.frozen_credits into v_balance
      from billing.accounts a where a.id = v_hold.account_id;
      shortfall := captured - v_hold.held_credits - v_balance;
    end if;
    if shortfall > 0 then
      return query select false, 0::bigint, 0::bigint, v_balance, false, shortfall;
      return;
    end if;
    v_entry := billing.post_capture(v_hold, captured, v_now, cost_micros);
  end if;
  return query select true, v_hold.held_credits - v_entry.credits, greatest(v_entry.credits, 0),
    v_entry.balance_after::bigint, duplicate, 0::bigint;
end $$;
revoke execute on function public.capture_hold(uuid, text, bigint, bigint)
  from public, anon, authenticated;
grant execute on function public.capture_hold(uuid, text, bigint, bigint) to service_role;
comment on function public.capture_hold(uuid, text, bigint, bigint) is
  'Takes amount credits of an open hold for good (null: all) and gives the rest back; above the
hold at most its overrun, in burn order, all or nothing: when the balance is too short it
answers success = false with the shortfall and leaves the hold open. Once: the same call again
answers duplicate = true. cost_micros (millionths of the catalog''s currency) is what the work
cost the developer. Raises LCHLD (no such hold, or not open), LCAMT, LCKEY (captured before by
another amount), LCACC. For the service role. Source: DESIGN, holds.';

create function billing.post_capture(
  hold billing.holds, captured bigint, at timestamptz, cost_micros bigint
)
returns billing.credit_transactions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_entry billing.credit_transactions;
  v_charge billing.charge;
begin
  select e.* into v_entry from billing.credit_transactions e
  where e.account_id = hold.account_id and e.number = hold.number;
  v_charge.operation := v_entry.operation;
  v_charge.params := v_entry.params;
  v_charge.price_version := v_entry.price_version;
  v_charge.cost_micros := cost_micros;
  update billing.holds h set state = 'captured'
  where h.account_id = hold.account_id and h.number = hold.number;
  v_entry := billing.post(
    hold.account_id, 'capture', 'system', 'capture:' || hold.number,
    case when captured > hold.held_credits
        then billing.shares_for(hold.account_id, captured - hold.held_credits)
      when captured < hold.held_credits
        then billing.shares_back(billing.taken_shares(v_entry), 0, hold.held_credits - captured)
      else '{}'::billing.share[] end,
    at, v_entry.description, v_charge, answers => hold.number);
  if v_entry.credits <> 0 then  -- captured whole it moves nothing, and the account stays as it is
    perform billing.take_in_hand(hold.account_id, at);
  end if;
  return v_entry;
end $$;
revoke execute on function billing.post_capture(billing.holds, bigint, timestamptz, bigint)
  from public;

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
