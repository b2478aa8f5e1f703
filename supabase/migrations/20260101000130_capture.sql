-- How a hold is captured, and how what was taken comes back: always to the buckets that it came
-- from, last taken first. What comes back to a bucket that has expired meanwhile expires when it
-- comes back.

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

create view billing.holds_by_key with (security_invoker = true) as
select h.*, t.key, t.key_scope, t.bucket_id, t.operation, t.params, t.price_version, t.description
from billing.credit_transactions t
join billing.holds h on h.account_id = t.account_id and h.number = t.number
where t.key_scope in ('spend', 'member');
revoke all on billing.holds_by_key from anon, authenticated, service_role;
comment on view billing.holds_by_key is
  'Holds, and what their entries say of them. Of two with one key the first key_scope is meant.';

create function billing.find_hold(account_id uuid, key text)
returns billing.holds
language plpgsql stable
set search_path = ''
as $$
declare
  v_hold billing.holds;
begin
  select h.account_id, h.number, h.held_credits, h.overrun_credits, h.ends_at, h.state
  into v_hold
  from billing.holds_by_key h
  where h.account_id = find_hold.account_id and h.key = find_hold.key
  order by h.key_scope limit 1;
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

-- The ordinary case in one statement: nothing is due, the hold is open, and what is left over goes
-- back to the bucket in hand, or nothing is. That bucket came first in burn order when it was taken
-- in hand, and whatever has changed that since has replaced it. The account's row is locked before
-- the hold's, whose state is then as the lock found it.
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
begin
  with hold as (
    select h.*, h.held_credits - coalesce(amount, h.held_credits) as left_over
    from billing.holds_by_key h
    where h.account_id = capture_hold.account_id and h.key = capture_hold.key
    order by h.key_scope limit 1
  ), account as (
    update billing.accounts a
    set balance = a.balance + h.left_over, in_hand_credits = a.in_hand_credits + h.left_over,
        entry_count = a.entry_count + 1
    from hold h
    where a.id = h.account_id and h.left_over >= 0 and h.left_over < h.held_credits
      and (h.left_over = 0 or h.bucket_id = a.bucket_in_hand) and coalesce(cost_micros, 0) >= 0
      and current_setting('role') not in ('anon', 'authenticated')
    returning a.id, a.entry_count, a.balance, a.in_hand_kind, a.next_due_at, billing.now() as at,
      h.number as hold_number, h.held_credits, h.left_over, h.bucket_id, h.operation, h.params,
      h.price_version, h.description
  ), ended as (
    update billing.holds h set state = 'captured'
    from account a
    where h.account_id = a.id and h.number = a.hold_number and h.state = 'open'
      and a.at < a.next_due_at
    returning h.number
  ), entry as (
    insert into billing.credit_transactions as e (
      account_id, number, credits, balance_after, from_promotional, from_subscription,
      from_permanent, created_at, bucket_id, answers, price_version, cost_micros, kind, key_scope,
      key, description, operation, params
    )
    select
      a.id, a.entry_count, a.left_over, a.balance,
      case a.in_hand_kind when 'promotional' then -a.left_over else 0 end,
      case a.in_hand_kind when 'subscription' then -a.left_over else 0 end,
      case a.in_hand_kind when 'permanent' then -a.left_over else 0 end,
      a.at, case when a.left_over > 0 then a.bucket_id end, a.hold_number, a.price_version,
      capture_hold.cost_micros, 'capture', 'system', 'capture:' || a.hold_number, a.description,
      a.operation, a.params
    from account a
    join ended h on h.number = a.hold_number
    returning e.number
  )
  select e.number is not null, a.held_credits - a.left_over, a.left_over, a.balance, false, 0
  into success, captured, given_back, balance_after, duplicate, shortfall
  from account a left join entry e on true;
  if success then
    return next;
    return;
  elsif found then  -- updated, not written
    perform billing.return_to_hand(account_id, -given_back);
  end if;
  return query select * from billing.capture_in_order(account_id, key, amount, cost_micros);
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

create function billing.capture_in_order(
  account_id uuid, key text, amount bigint, cost_micros bigint
)
returns table (
  success boolean, captured bigint, given_back bigint, balance_after bigint, duplicate boolean,
  shortfall bigint
)
language plpgsql volatile
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
revoke execute on function billing.capture_in_order(uuid, text, bigint, bigint) from public;
comment on function billing.capture_in_order(uuid, text, bigint, bigint) is
  'The slow path: something is due, the overrun is taken, several buckets get back, the hold is
captured already or not open, or an argument is wrong.';

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
