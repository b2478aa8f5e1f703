-- A failed job gives back what it took.

create function billing.reversed_credits(account_id uuid, number bigint)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(e.credits), 0) from billing.credit_transactions e
    where e.account_id = reversed_credits.account_id and e.answers = reversed_credits.number
      and e.kind = 'reversal'
  );
end $$;
revoke execute on function billing.reversed_credits(uuid, bigint) from public;

-- Credits of a bucket that has expired since come back in a promotional one, which lives as long as
-- the old one still had when they were taken, at least a day.
create function billing.revive(
  share billing.share, account_id uuid, taken_at timestamptz, now timestamptz
)
returns billing.share
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old billing.buckets;
begin
  select b.* into v_old from billing.buckets b
  where b.account_id = revive.account_id and b.id = share.bucket_id;
  if v_old.expires_at <= now and v_old.voided_at is null then
    share.bucket_id := billing.derive_bucket(
      v_old, account_id, 'promotional', share.credits, now,
      billing.later(now, greatest(v_old.expires_at - taken_at, interval '24 hours')),
      v_old.payment_key);
  end if;
  return share;
end $$;
revoke execute on function billing.revive(billing.share, uuid, timestamptz, timestamptz)
  from public;

-- How a hold that took credits for good was captured; a spend needs no capture.
create function billing.capture_of(entry billing.credit_transactions)
returns billing.credit_transactions
language plpgsql stable
set search_path = ''
as $$
declare
  v_capture billing.credit_transactions;
begin
  if entry.kind = 'hold' then
    v_capture := billing.answer_to(entry.account_id, entry.number, 'capture');
    if v_capture.number is null then
      raise exception 'the hold was not captured' using errcode = 'LCHLD',
        detail = format('key %s', entry.key), hint = 'release the hold if the work failed';
    end if;
  end if;
  return v_capture;
end $$;
revoke execute on function billing.capture_of(billing.credit_transactions) from public;

-- An overrun was taken after the hold, by its capture.
create function billing.returned_shares(
  spend billing.credit_transactions, capture billing.credit_transactions, skip bigint,
  credits bigint, now timestamptz
)
returns billing.share[]
language plpgsql volatile
set search_path = ''
as $$
declare
  v_overrun bigint := greatest(-coalesce(capture.credits, 0), 0);
  v_of_overrun bigint := least(greatest(v_overrun - skip, 0), credits);
begin
  return array(
      select billing.revive(s, spend.account_id, spend.created_at, now)
      from unnest(billing.shares_back(billing.taken_shares(spend), greatest(skip - v_overrun, 0),
        credits - v_of_overrun)) s
    ) || array(
      select billing.revive(s, spend.account_id, capture.created_at, now)
      from unnest(billing.shares_back(billing.taken_shares(capture), skip, v_of_overrun)) s);
end $$;
revoke execute on function billing.returned_shares(
  billing.credit_transactions, billing.credit_transactions, bigint, bigint, timestamptz
) from public;
comment on function billing.returned_shares(
  billing.credit_transactions, billing.credit_transactions, bigint, bigint, timestamptz
) is
  'The shares that give back credits of what a spend, or a hold and its capture, took: the last
taken first, after skipping as many, each to a bucket that is live.';

create function public.reverse_deduction(
  account_id uuid, key text, reason text, amount bigint default null, reversal_key text default null
)
returns table (success boolean, given_back bigint, balance_after bigint, duplicate boolean)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_spend billing.credit_transactions;
  v_capture billing.credit_transactions;
  v_entry billing.credit_transactions;
  v_key text;
  v_back bigint;
  v_left bigint;
begin
  perform billing.check_caller(account_id);
  v_now := billing.settle(account_id);
  select e.* into v_spend from billing.credit_transactions e
  where e.account_id = reverse_deduction.account_id and e.key_scope in ('spend', 'member')
    and e.key = reverse_deduction.key
  order by e.key_scope limit 1;
  if v_spend.number is null then
    raise exception 'this key has taken nothing' using errcode = 'LCKEY',
      detail = format('key %s', key), hint = 'pass the account and the key of the spend';
  end if;
  v_key := concat_ws(':', 'reversal', v_spend.number, reversal_key);
  perform billing.check_key(v_key);
  select e.* into v_entry from billing.credit_transactions e
  where e.account_id = v_spend.account_id and e.key_scope = 'system' and e.key = v_key;
  duplicate := v_entry.number is not null;
  if duplicate and amount <> v_entry.credits then
    raise exception 'a key stands for one set of arguments' using errcode = 'LCKEY',
      detail = format('%s credits were given back', v_entry.credits),
      hint = 'give each partial reversal a reversal_key of its own';
  elsif not duplicate then
    v_capture := billing.capture_of(v_spend);
    v_back := billing.reversed_credits(account_id, v_spend.number);
    v_left := -v_spend.credits - coalesce(v_capture.credits, 0) - v_back;
    v_back := v_back + greatest(coalesce(v_capture.credits, 0), 0);  -- what the capture left over
    if coalesce(amount, v_left) not between 1 and v_left then
      raise exception 'a reversal gives back at most what was taken' using errcode = 'LCAMT',
        detail = format('%s of %s', coalesce(amount, v_left), v_left),
        hint = 'pass a smaller amount';
    end if;
    v_entry := billing.post(
      account_id, 'reversal', 'system', v_key,
      billing.returned_shares(v_spend, v_capture, v_back, coalesce(amount, v_left), v_now),
      v_now, reason, answers => v_spend.number);
    if v_entry.credits = v_left then
      perform billing.give_back_use(v_spend);
    end if;
    perform billing.take_in_hand(account_id, v_now);
  end if;
  return query select true, v_entry.credits, v_entry.balance_after::bigint, duplicate;
end $$;
revoke execute on function public.reverse_deduction(uuid, text, text, bigint, text)
  from public, anon, authenticated;
grant execute on function public.reverse_deduction(uuid, text, text, bigint, text) to service_role;
comment on function public.reverse_deduction(uuid, text, text, bigint, text) is
  'Gives back what a spend or a captured hold took (amount null: all that is left of it), to the
buckets it came from, the last taken first; what came from a bucket expired since comes back for
as long as it still had, at least a day. Once without a reversal_key; partial reversals each
need one. The same call again answers duplicate = true. A key given back in whole cannot be
spent again. Raises LCKEY, LCAMT, LCHLD (a hold not captured), LCACC. For the service role.
Source: DESIGN 5.';
