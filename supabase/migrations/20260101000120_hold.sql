-- Credits set aside for work under way: held first, captured when the work is done and its cost
-- known, released when it failed. A hold that is not finished in time gives its credits back by
-- itself.

create table billing.settings (
  is_set         boolean constraint settings_pkey primary key default true,
  max_hold       interval not null default '24 hours',
  max_open_holds integer not null default 100,
  constraint settings_are_one_row check (is_set),
  constraint a_hold_may_last check (max_hold > '0'),
  constraint members_may_hold check (max_open_holds > 0)
);
insert into billing.settings default values;
alter table billing.settings enable row level security;
revoke all on billing.settings from anon, authenticated, service_role;
grant select on billing.settings to service_role;
comment on table billing.settings is
  'What the owner may set. max_hold: how far ahead a hold may end, extensions included.
max_open_holds: how many an account may have open for a member to place one more; a server''s own
are not limited.';

-- Measured in seconds: intervals compare with months of 30 days, and add by the calendar.
create function billing.check_ttl(ttl interval)
returns interval
language plpgsql stable
set search_path = ''
as $$
declare
  v_max interval := (select s.max_hold from billing.settings s);
  v_seconds numeric := extract(epoch from ttl);
begin
  if ttl is null or v_seconds <= 0 or v_seconds > extract(epoch from v_max) then
    raise exception 'a hold ends later than now, and not too late' using errcode = 'LCHLD',
      detail = format('time to live %s, at most %s', coalesce(ttl::text, 'not given'), v_max),
      hint = 'hold for as long as the work takes, and extend the hold while it runs';
  end if;
  return make_interval(secs => v_seconds::double precision);
end $$;
revoke execute on function billing.check_ttl(interval) from public;
comment on function billing.check_ttl(interval) is
  'How long a hold lasts, as so many seconds. Raises LCHLD.';

-- Sets credits aside by the same paths as a spend takes them; the fast one writes the hold, too.
-- The clock of `set` may be read before a wait for the row: next_due_at is then earlier than the
-- hold ends, never later. Who has a member's key was asked whose account it is.
create function billing.set_aside(
  account_id uuid, amount bigint, key_scope billing.key_scope, key text, ttl interval,
  overrun bigint, description text, charge billing.charge
)
returns table (
  success boolean, held bigint, ends_at timestamptz, status text, balance_after bigint,
  duplicate boolean, shortfall bigint
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_seconds double precision := extract(epoch from ttl);
begin
  with account as (
    update billing.accounts a
    set balance = a.balance - amount, in_hand_credits = a.in_hand_credits - amount,
        entry_count = a.entry_count + 1,
        next_due_at = least(a.next_due_at, billing.now() + make_interval(secs => v_seconds))
    where a.id = account_id and a.in_hand_credits >= amount and amount > 0 and overrun >= 0
      and length(key) between 1 and 255 and key !~ '[^[:print:]]'
      and v_seconds between 0 and (select extract(epoch from s.max_hold) from billing.settings s)
      and (key_scope = 'member' or current_setting('role') not in ('anon', 'authenticated'))
    returning a.id, a.entry_count, a.balance, a.bucket_in_hand, a.in_hand_kind,
      least(a.next_due_at, a.next_claim_at, charge.price_ends_at) as due_at, billing.now() as at
  ), entry as (
    insert into billing.credit_transactions as e (
      account_id, number, credits, balance_after, from_promotional, from_subscription,
      from_permanent, created_at, bucket_id, kind, key_scope, key, description,
      operation, params, price_version, digest
    )
    select
      a.id, a.entry_count, -amount, a.balance,
      case a.in_hand_kind when 'promotional' then amount else 0 end,
      case a.in_hand_kind when 'subscription' then amount else 0 end,
      case a.in_hand_kind when 'permanent' then amount else 0 end,
      a.at, a.bucket_in_hand, 'hold', set_aside.key_scope, set_aside.key, set_aside.description,
      charge.operation, charge.params, charge.price_version, charge.digest
    from account a
    where a.at < a.due_at
    on conflict on constraint credit_transactions_once do nothing
    returning e.account_id, e.number, e.created_at
  ), hold as (
    insert into billing.holds as h (account_id, number, held_credits, overrun_credits, ends_at)
    select e.account_id, e.number, amount, overrun,
      e.created_at + make_interval(secs => v_seconds)
    from entry e
    returning h.ends_at
  )
  select h.ends_at, a.balance into ends_at, balance_after
  from account a left join hold h on true;
  if ends_at is not null then
    success := true;
    held := amount;
    status := 'open';
    duplicate := false;
    shortfall := 0;
    return next;
    return;
  elsif balance_after is not null then  -- updated, not written
    perform billing.return_to_hand(account_id, amount);
  end if;
  return query select * from billing.answer_hold(billing.set_aside_in_order(
    account_id, amount, key_scope, key, ttl, overrun, description, charge), amount);
end $$;
revoke execute on function billing.set_aside(
  uuid, bigint, billing.key_scope, text, interval, bigint, text, billing.charge
) from public;

create function billing.set_aside_in_order(
  account_id uuid, amount bigint, key_scope billing.key_scope, key text, ttl interval,
  overrun bigint, description text, charge billing.charge
)
returns billing.taken
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lasts interval;
  v_taken billing.taken;
  v_ends_at timestamptz;
begin
  perform billing.check_caller(account_id);
  if overrun is null or overrun < 0 then
    raise exception 'an overrun is not below zero' using errcode = 'LCAMT',
      detail = format('overrun %s', coalesce(overrun::text, 'not given')),
      hint = 'pass how many credits a capture may take above the hold';
  end if;
  v_lasts := billing.check_ttl(ttl);
  v_taken := billing.take_in_order(
    account_id, 'hold', amount, key_scope, key, description, charge);
  if not v_taken.duplicate and (v_taken.entry).number is not null then
    v_ends_at := (v_taken.entry).created_at + v_lasts;
    insert into billing.holds (account_id, number, held_credits, overrun_credits, ends_at)
    values (account_id, (v_taken.entry).number, amount, overrun, v_ends_at);
    update billing.accounts a set next_due_at = v_ends_at
    where a.id = set_aside_in_order.account_id and a.next_due_at > v_ends_at;
  end if;
  return v_taken;
end $$;
revoke execute on function billing.set_aside_in_order(
  uuid, bigint, billing.key_scope, text, interval, bigint, text, billing.charge
) from public;

-- A hold's key, tried again, answers the hold as it now is: not a success once it has ended without
-- a capture, else a job that is tried again after its failure would be free.
create function billing.answer_hold(taken billing.taken, amount bigint)
returns table (
  success boolean, held bigint, ends_at timestamptz, status text, balance_after bigint,
  duplicate boolean, shortfall bigint
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_entry billing.credit_transactions := taken.entry;
begin
  duplicate := taken.duplicate;
  if v_entry.number is null then
    return query select false, 0::bigint, null::timestamptz, null, taken.balance, false,
      amount - taken.balance;
    return;
  end if;
  if duplicate then
    perform billing.settle(v_entry.account_id);  -- it may be over by now
  end if;
  return query
  select h.state in ('open', 'captured'), h.held_credits, h.ends_at, h.state::text,
    v_entry.balance_after::bigint, taken.duplicate, 0::bigint
  from billing.holds h where h.account_id = v_entry.account_id and h.number = v_entry.number;
end $$;
revoke execute on function billing.answer_hold(billing.taken, bigint) from public;

create function public.hold_credits_atomic(
  account_id uuid, amount bigint, task_id text, ttl interval default '15 minutes',
  overrun bigint default 0, description text default null
)
returns table (
  success boolean, held bigint, ends_at timestamptz, status text, balance_after bigint,
  duplicate boolean, shortfall bigint
)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
begin
  return query select * from billing.set_aside(
    account_id, amount, 'spend', task_id, ttl, overrun, description, null);
end $$;
revoke execute on function public.hold_credits_atomic(uuid, bigint, text, interval, bigint, text)
  from public, anon, authenticated;
grant execute on function public.hold_credits_atomic(uuid, bigint, text, interval, bigint, text)
  to service_role;
comment on function public.hold_credits_atomic(uuid, bigint, text, interval, bigint, text) is
  'Sets amount credits aside, all or nothing, once per task_id, in burn order. They come back by
themselves at ends_at (ttl from now, at most billing.settings.max_hold) unless captured, or released
before. overrun: how many credits more a capture may take. A short balance is success = false with
the shortfall. The same task_id again answers the hold as it now is: status open, captured, released
or timed_out, the last two with success = false. Raises LCAMT, LCKEY, LCHLD (ttl), LCACC. For the
service role. Source: DESIGN, holds.';

-- Each hold that ends by itself is an entry to be written down: a member makes no heap of them.
create function billing.check_open_holds(account_id uuid)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_max integer := (select s.max_open_holds from billing.settings s);
begin
  if billing.is_client() and v_max <= (
    select count(*) from billing.holds h
    where h.account_id = check_open_holds.account_id and h.state = 'open'
      and h.ends_at > (select billing.now())
  ) then
    raise exception 'too many holds are open' using errcode = 'LCHLD',
      detail = format('%s are open', v_max), hint = 'finish work that is under way first';
  end if;
end $$;
revoke execute on function billing.check_open_holds(uuid) from public;

create function billing.place_hold(
  operation text, params jsonb, key text, ttl interval, overrun bigint, account_id uuid
)
returns table (
  success boolean, held bigint, ends_at timestamptz, status text, balance_after bigint,
  duplicate boolean, shortfall bigint
)
language plpgsql volatile
security definer  -- members have no write grant on the ledger
set search_path = ''
as $$
declare
  v_scope billing.key_scope := billing.caller_scope();
  v_digest bytea := billing.digest_of(operation, params);
  v_price billing.price;
  v_taken billing.taken;
begin
  perform billing.check_caller(account_id), billing.check_key(key);
  v_taken.entry := billing.replay(account_id, 'hold', v_scope, key, null, v_digest);
  if (v_taken.entry).number is not null then
    v_taken.duplicate := true;
    return query select * from billing.answer_hold(v_taken, null);
    return;
  end if;
  while balance_after is null loop  -- as consume_credits
    v_price := billing.price_operation(operation, params, billing.now());
    perform billing.check_open_holds(account_id);
    select s.* into success, held, ends_at, status, balance_after, duplicate, shortfall
    from billing.set_aside(
      account_id, v_price.credits, v_scope, key, ttl, overrun, v_price.name,
      (operation, params, v_price.version, null, v_digest, v_price.ends_at)::billing.charge) s;
  end loop;
  if success and not duplicate and v_price.is_capped then
    perform billing.count_use(account_id, v_scope, key);
  end if;
  return next;
end $$;
revoke execute on function billing.place_hold(text, jsonb, text, interval, bigint, uuid)
  from public;
grant execute on function billing.place_hold(text, jsonb, text, interval, bigint, uuid)
  to authenticated, service_role;

create function public.place_hold(
  operation text, params jsonb, key text, ttl interval default '15 minutes',
  overrun bigint default 0, account_id uuid default auth.uid()
)
returns table (
  success boolean, held bigint, ends_at timestamptz, status text, balance_after bigint,
  duplicate boolean, shortfall bigint
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.place_hold(operation, params, key, ttl, overrun, account_id);
end $$;
revoke execute on function public.place_hold(text, jsonb, text, interval, bigint, uuid)
  from public, anon, authenticated;
grant execute on function public.place_hold(text, jsonb, text, interval, bigint, uuid)
  to authenticated, service_role;
comment on function public.place_hold(text, jsonb, text, interval, bigint, uuid) is
  'Sets aside what an operation costs by the catalog, once per key. Arguments and answer as
hold_credits_atomic; a member''s keys and the server''s are apart. Who does the work captures or
releases the hold; on one that a member has placed it begins with extend_hold, which shows that it
is open, and for long enough. Raises LCOPR, LCKEY, LCAMT, LCHLD, LCLIM (over the plan''s cap),
LCACC. For members, and the service role. Source: DESIGN, holds.';
