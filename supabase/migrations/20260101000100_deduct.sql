-- Credits go out: one fast path and one slow path for every verb that takes.

create type billing.taken as (
  entry billing.credit_transactions, duplicate boolean, balance bigint
);
comment on type billing.taken is
  'An entry, whether a replay found it, and the balance where none was made.';

create function billing.return_to_hand(account_id uuid, amount bigint)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.accounts a
  set balance = a.balance + amount, in_hand_credits = a.in_hand_credits + amount,
      entry_count = a.entry_count - 1
  where a.id = account_id;
end $$;
revoke execute on function billing.return_to_hand(uuid, bigint) from public;
comment on function billing.return_to_hand(uuid, bigint) is
  'Where a fast path has updated the account and written no entry: gives back, under its lock.';

create function billing.shares_for(
  account_id uuid, amount bigint, kind billing.bucket_kind default null
)
returns billing.share[]
language plpgsql volatile
set search_path = ''
as $$
begin
  return (
    select array_agg(
      (t.id, -least(t.credits_remaining, amount - t.before))::billing.share order by t.burn_order)
    from (
      select o.id, o.credits_remaining, o.burn_order,
        sum(o.credits_remaining) over (order by o.burn_order) - o.credits_remaining as before
      from billing.open_buckets o
      where o.account_id = shares_for.account_id
        and (shares_for.kind is null or o.kind = shares_for.kind)
    ) t
    where t.before < amount
  );
end $$;
revoke execute on function billing.shares_for(uuid, bigint, billing.bucket_kind) from public;
comment on function billing.shares_for(uuid, bigint, billing.bucket_kind) is
  'The shares that take an amount, in burn order; of one kind alone, if given. Null: no bucket.';

-- For an operation the digest decides, whatever it costs by now; for an amount, the amount.
create function billing.replay(
  account_id uuid, kind billing.entry_kind, key_scope billing.key_scope, key text, amount bigint,
  digest bytea
)
returns billing.credit_transactions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_entry billing.credit_transactions;
begin
  select e.* into v_entry from billing.credit_transactions e
  where e.account_id = replay.account_id and e.key_scope = replay.key_scope and e.key = replay.key;
  if not found then
    return null;
  elsif v_entry.kind <> kind or v_entry.digest is distinct from digest
    or digest is null and v_entry.credits <> -amount
  then
    raise exception 'a key stands for one set of arguments' using errcode = 'LCKEY',
      detail = format('key %s is a %s of %s credits for %s', key, v_entry.kind, -v_entry.credits,
        coalesce(v_entry.operation, 'an amount')),
      hint = 'use a new key for new work';
  elsif -v_entry.credits
      - coalesce((billing.answer_to(account_id, v_entry.number, 'capture')).credits, 0)
    = billing.reversed_credits(account_id, v_entry.number) then
    raise exception 'what this key took was given back' using errcode = 'LCKEY',
      detail = format('key %s took %s credits', key, -v_entry.credits),
      hint = 'use a new key to do the work again';
  end if;
  return v_entry;
end $$;
revoke execute on function billing.replay(
  uuid, billing.entry_kind, billing.key_scope, text, bigint, bytea
) from public;
comment on function billing.replay(
  uuid, billing.entry_kind, billing.key_scope, text, bigint, bytea
) is
  'The entry that a key has made, if any. Raises LCKEY when it was made for other arguments.';

create function billing.take_in_order(
  account_id uuid, kind billing.entry_kind, amount bigint, key_scope billing.key_scope, key text,
  description text, charge billing.charge
)
returns billing.taken
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_taken billing.taken;
begin
  perform billing.check_amount(amount);
  perform billing.check_key(key);
  v_now := billing.enter(account_id);
  v_taken.entry := billing.replay(account_id, kind, key_scope, key, amount, charge.digest);
  v_taken.duplicate := (v_taken.entry).number is not null;
  if not v_taken.duplicate and v_now < coalesce(charge.price_ends_at, 'infinity') then
    select a.balance - a.frozen_credits into v_taken.balance
    from billing.accounts a where a.id = account_id;
    v_taken.balance := coalesce(v_taken.balance, 0);  -- an account without a row has nothing
    if v_taken.balance >= amount then
      v_taken.entry := billing.post(account_id, kind, key_scope, key,
        billing.shares_for(account_id, amount), v_now, description, charge);
      perform billing.take_in_hand(account_id, v_now);
    end if;
  end if;
  return v_taken;
end $$;
revoke execute on function billing.take_in_order(
  uuid, billing.entry_kind, bigint, billing.key_scope, text, text, billing.charge
) from public;
comment on function billing.take_in_order(
  uuid, billing.entry_kind, bigint, billing.key_scope, text, text, billing.charge
) is
  'The slow path: something is due, several buckets pay, the key was used, or the balance is too
short, which writes nothing. Without entry and balance the price has ended, and is to be asked
again. Raises LCAMT, LCKEY.';

-- The fast path, the ordinary case in one statement: the bucket in hand suffices, nothing is due,
-- and the key is new. The clock is read in `returning`, after any wait for the row: one in `where`
-- is read before the wait, and not again when the row waited for turns out unchanged. Each verb has
-- its statement in place, and tests its arguments there: the calls would cost as much again. A
-- client, which only a definer of the host can bring here, goes the slow path: it asks whose
-- account it is.
create function public.deduct_credits_atomic(
  account_id uuid, amount bigint, task_id text, description text default null
)
returns table (
  success boolean, deducted bigint, from_subscription bigint, from_promotional bigint,
  from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint
)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
declare
  v_taken billing.taken;
begin
  with account as (
    update billing.accounts a
    set balance = a.balance - amount, in_hand_credits = a.in_hand_credits - amount,
        entry_count = a.entry_count + 1
    where a.id = account_id and a.in_hand_credits >= amount and amount > 0
      and length(task_id) between 1 and 255 and task_id !~ '[^[:print:]]'
      and current_setting('role') not in ('anon', 'authenticated')
    returning a.id, a.entry_count, a.balance, a.bucket_in_hand, a.in_hand_kind,
      least(a.next_due_at, a.next_claim_at) as due_at, billing.now() as at
  ), entry as (
    insert into billing.credit_transactions as e (
      account_id, number, credits, balance_after, from_promotional, from_subscription,
      from_permanent, created_at, bucket_id, kind, key_scope, key, description
    )
    select
      a.id, a.entry_count, -amount, a.balance,
      case a.in_hand_kind when 'promotional' then amount else 0 end,
      case a.in_hand_kind when 'subscription' then amount else 0 end,
      case a.in_hand_kind when 'permanent' then amount else 0 end,
      a.at, a.bucket_in_hand, 'spend', 'spend', task_id, deduct_credits_atomic.description
    from account a
    where a.at < a.due_at
    on conflict on constraint credit_transactions_once do nothing
    returning e.from_promotional, e.from_subscription, e.from_permanent
  )
  select e.from_promotional is not null, a.balance, e.from_promotional, e.from_subscription,
    e.from_permanent
  into success, balance_after, from_promotional, from_subscription, from_permanent
  from account a left join entry e on true;
  if success then
    deducted := amount;
    duplicate := false;
    shortfall := 0;
    return next;
    return;
  end if;
  if balance_after is not null then  -- updated, not written
    perform billing.return_to_hand(account_id, amount);
  end if;
  perform billing.check_caller(account_id);
  v_taken := billing.take_in_order(
    account_id, 'spend', amount, 'spend', task_id, description, null);
  return query select * from billing.answer_taken(v_taken, amount);
end $$;
revoke execute on function public.deduct_credits_atomic(uuid, bigint, text, text)
  from public, anon, authenticated;
grant execute on function public.deduct_credits_atomic(uuid, bigint, text, text) to service_role;
comment on function public.deduct_credits_atomic(uuid, bigint, text, text) is
  'Takes amount credits from an account, all or nothing, once per task_id (1 to 255 printable
characters), in burn order: promotional, subscription, permanent, the soonest expiry first. A
short balance is success = false with the shortfall in credits, and writes nothing. The same
task_id and amount again answer the first result with duplicate = true. Raises LCAMT (amount below
1), LCKEY (bad key, or used for something else), LCACC (no account). For the service role, and in
the developer''s own transaction. Source: requirement 004, 6 and 7.';

create function billing.answer_taken(taken billing.taken, amount bigint)
returns table (
  success boolean, deducted bigint, from_subscription bigint, from_promotional bigint,
  from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint
)
language plpgsql immutable
set search_path = ''
as $$
declare
  v_entry billing.credit_transactions := taken.entry;
begin
  success := v_entry.number is not null;
  deducted := coalesce(-v_entry.credits, 0);
  from_subscription := coalesce(v_entry.from_subscription, 0);
  from_promotional := coalesce(v_entry.from_promotional, 0);
  from_permanent := coalesce(v_entry.from_permanent, 0);
  balance_after := case when success then v_entry.balance_after else taken.balance end;
  duplicate := taken.duplicate;
  shortfall := case when success then 0 else amount - taken.balance end;
  return next;
end $$;
revoke execute on function billing.answer_taken(billing.taken, bigint) from public;
comment on function billing.answer_taken(billing.taken, bigint) is
  'What a verb that takes credits answers. A short balance, not a missing key, is why there is no
entry.';
