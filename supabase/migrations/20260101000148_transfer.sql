-- Permanent credits move from one account to another, as two entries under one key.

-- The receiver's buckets keep expiry and cost, not the payment: a refund does not follow them.
create function billing.receive_shares(
  shares billing.share[], from_account_id uuid, to_account_id uuid, now timestamptz
)
returns billing.share[]
language plpgsql volatile
set search_path = ''
as $$
begin
  return (
    select array_agg((
        billing.derive_bucket(
          b, to_account_id, 'permanent', -s.credits, now, b.expires_at, null),
        -s.credits)::billing.share order by s.nth)
    from unnest(shares) with ordinality s (bucket_id, credits, nth)
    join billing.buckets b on b.account_id = from_account_id and b.id = s.bucket_id
  );
end $$;
revoke execute on function billing.receive_shares(billing.share[], uuid, uuid, timestamptz)
  from public;

create function billing.post_transfer(
  from_account_id uuid, to_account_id uuid, amount bigint, key text, now timestamptz,
  description text
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_shares billing.share[] := billing.shares_for(from_account_id, amount, 'permanent');
begin
  perform billing.post(from_account_id, 'transfer', 'system', key, v_shares, now, description);
  perform billing.post(to_account_id, 'transfer', 'system', key,
    billing.receive_shares(v_shares, from_account_id, to_account_id, now), now, description);
  perform billing.take_in_hand(from_account_id, now);
  perform billing.take_in_hand(to_account_id, now);
end $$;
revoke execute on function billing.post_transfer(uuid, uuid, bigint, text, timestamptz, text)
  from public;

create function public.transfer_credits(
  from_account_id uuid, to_account_id uuid, amount bigint, key text,
  description text default null
)
returns table (
  success boolean, transferred bigint, from_balance_after bigint, to_balance_after bigint,
  duplicate boolean, shortfall bigint
)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
declare
  v_key text := 'transfer:' || key;
  v_now timestamptz;
  v_out billing.credit_transactions;
  v_in billing.credit_transactions;
begin
  perform billing.check_caller(from_account_id);
  perform billing.check_caller(to_account_id);
  perform billing.check_amount(amount);
  perform billing.check_key(key);
  perform billing.check_key(v_key);
  if from_account_id = to_account_id then
    raise exception 'a transfer is between two accounts' using errcode = 'LCACC',
      detail = format('account %s', from_account_id), hint = 'name another account to receive';
  end if;
  perform billing.open_account(to_account_id);
  -- In the order of the ids, else two transfers that cross would wait for each other. The giver is
  -- settled when both are locked, at the instant of the transfer.
  perform a.id from billing.accounts a
  where a.id in (from_account_id, to_account_id) order by a.id for no key update;
  perform billing.settle(to_account_id);
  v_now := billing.settle(from_account_id);
  v_out := billing.replay(from_account_id, 'transfer', 'system', v_key, amount, null);
  v_in := billing.replay(to_account_id, 'transfer', 'system', v_key, -amount, null);
  duplicate := v_out.number is not null;
  if duplicate <> (v_in.number is not null) then
    raise exception 'a key stands for one set of arguments' using errcode = 'LCKEY',
      detail = format('key %s moved credits between other accounts', key),
      hint = 'use a new key for a new transfer';
  elsif not duplicate then
    select greatest(amount - coalesce(sum(o.credits_remaining), 0), 0) into shortfall
    from billing.open_buckets o
    where o.account_id = from_account_id and o.kind = 'permanent';
    if shortfall = 0 then
      perform billing.post_transfer(
        from_account_id, to_account_id, amount, v_key, v_now, description);
      v_out := billing.replay(from_account_id, 'transfer', 'system', v_key, amount, null);
      v_in := billing.replay(to_account_id, 'transfer', 'system', v_key, -amount, null);
    end if;
  end if;
  return query select v_out.number is not null, coalesce(-v_out.credits, 0),
    v_out.balance_after::bigint, v_in.balance_after::bigint, duplicate, coalesce(shortfall, 0);
end $$;
revoke execute on function public.transfer_credits(uuid, uuid, bigint, text, text)
  from public, anon, authenticated;
grant execute on function public.transfer_credits(uuid, uuid, bigint, text, text)
  to service_role;
comment on function public.transfer_credits(uuid, uuid, bigint, text, text) is
  'Moves amount permanent credits to another account, all or nothing, once per key. They keep expiry
and cost basis; a refund of their payment does not follow them, and is the giver''s debt. Too few
permanent credits are success = false with the shortfall, and write nothing. Raises LCAMT, LCKEY,
LCACC. For the service role. Source: DESIGN 5, provenance.';
