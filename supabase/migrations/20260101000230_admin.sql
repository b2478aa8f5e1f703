-- What an owner may do to an account: each act needs a reason, is noted in the audit log, and is an
-- entry where credits move. Corrections are up or down, never "set".

create function billing.check_is_owner()
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if billing.is_client() and not exists (
    select from billing.owners o where o.user_id = auth.uid()
  ) then
    raise exception 'only an owner may do this' using errcode = 'LCOWN',
      detail = format('user %s', coalesce(auth.uid()::text, 'not signed in')),
      hint = 'sign in as an owner, or call as the service role';
  end if;
end $$;
revoke execute on function billing.check_is_owner() from public;
comment on function billing.check_is_owner() is
  'Raises LCOWN unless the caller is an owner or a trusted role: for what only reads.';

create function billing.check_owner(reason text)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform billing.check_is_owner();
  if reason is null or trim(reason) = '' then
    raise exception 'an owner''s act needs a reason' using errcode = 'LCOWN',
      detail = 'reason not given', hint = 'say why, for whoever reads the audit log';
  end if;
end $$;
revoke execute on function billing.check_owner(text) from public;
comment on function billing.check_owner(text) is
  'Raises LCOWN unless the caller is an owner or a trusted role, and gives a reason.';

create function billing.check_named(account_id uuid)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if account_id is null then
    raise exception 'an act is about an account' using errcode = 'LCACC',
      detail = 'account not given', hint = 'name the account';
  end if;
end $$;
revoke execute on function billing.check_named(uuid) from public;

-- The grant that an act is about, its account settled.
create function billing.find_grant(account_id uuid, credit_id bigint, now timestamptz)
returns billing.buckets
language plpgsql stable
set search_path = ''
as $$
declare
  v_bucket billing.buckets;
begin
  select b.* into v_bucket from billing.buckets b
  where b.account_id = find_grant.account_id and b.id = credit_id;
  if v_bucket.id is null or v_bucket.expires_at <= now or v_bucket.voided_at is not null then
    raise exception 'the grant is not live' using errcode = 'LCGRT',
      detail = case when v_bucket.id is null then 'there is no such grant'
        else format('it was over at %s', coalesce(v_bucket.voided_at, v_bucket.expires_at)) end,
      hint = 'give credits anew by adjust_credits';
  end if;
  return v_bucket;
end $$;
revoke execute on function billing.find_grant(uuid, bigint, timestamptz) from public;

create function billing.post_adjustment(
  account_id uuid, credits bigint, key text, reason text, expires_at timestamptz, now timestamptz
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_source billing.buckets;
begin
  v_source.description := reason;
  perform billing.post(
    account_id, 'adjustment', 'system', key,
    case when credits < 0 then billing.shares_for(account_id, -credits)
      else array[(billing.derive_bucket(v_source, account_id, 'promotional', credits, now,
        expires_at, null), credits)::billing.share] end,
    now, reason);
  perform billing.take_in_hand(account_id, now);
end $$;
revoke execute on function billing.post_adjustment(
  uuid, bigint, text, text, timestamptz, timestamptz
) from public;

create function billing.adjust_credits(
  account_id uuid, credits bigint, key text, reason text, expires_at timestamptz
)
returns table (success boolean, balance_after bigint, duplicate boolean, shortfall bigint)
language plpgsql volatile
security definer  -- owners have no write grant on the ledger
set search_path = ''
as $$
declare
  v_key text := 'adjustment:' || key;
  v_now timestamptz;
  v_entry billing.credit_transactions;
begin
  perform billing.check_owner(reason);
  perform billing.check_named(account_id);
  perform billing.check_grantable(abs(greatest(credits, -1000000000000001)));
  perform billing.check_key(key);
  perform billing.check_key(v_key);
  perform billing.open_account(account_id);
  v_now := billing.settle(account_id);
  v_entry := billing.replay(account_id, 'adjustment', 'system', v_key, -credits, null);
  duplicate := v_entry.number is not null;
  if not duplicate and expires_at <= v_now then
    raise exception 'a grant ends after it starts' using errcode = 'LCGRT',
      detail = format('from %s to %s', v_now, expires_at),
      hint = 'pass a later expires_at, or none';
  elsif not duplicate then
    select greatest(-credits - a.balance + a.frozen_credits, 0) into shortfall
    from billing.accounts a where a.id = adjust_credits.account_id;
    if shortfall = 0 then
      perform billing.post_adjustment(account_id, credits, v_key, reason, expires_at, v_now);
      perform billing.audit('credits.adjust', account_id, format('%s: %s', credits, reason));
      v_entry := billing.replay(account_id, 'adjustment', 'system', v_key, -credits, null);
    end if;
  end if;
  return query select v_entry.number is not null,
    coalesce(v_entry.balance_after, a.balance - a.frozen_credits)::bigint, duplicate,
    coalesce(shortfall, 0)
  from billing.accounts a where a.id = adjust_credits.account_id;
end $$;
revoke execute on function billing.adjust_credits(uuid, bigint, text, text, timestamptz)
  from public;
grant execute on function billing.adjust_credits(uuid, bigint, text, text, timestamptz)
  to authenticated, service_role;

create function billing.extend_expiry(
  account_id uuid, credit_id bigint, expires_at timestamptz, reason text
)
returns table (expired_before timestamptz)
language plpgsql volatile
security definer  -- owners have no write grant on buckets
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_bucket billing.buckets;
begin
  perform billing.check_owner(reason);
  perform billing.check_named(account_id);
  v_now := billing.settle(account_id);
  v_bucket := billing.find_grant(account_id, credit_id, v_now);
  if v_bucket.expires_at = extend_expiry.expires_at then  -- the answer was lost, and it is so
    return query select v_bucket.expires_at;
    return;
  elsif (v_bucket.expires_at < extend_expiry.expires_at) is not true then
    raise exception 'an expiry moves forward only' using errcode = 'LCGRT',
      detail = format('from %s to %s', coalesce(v_bucket.expires_at::text, 'never'),
        extend_expiry.expires_at),
      hint = 'pass a later instant than the present one';
  end if;
  update billing.buckets b set expires_at = extend_expiry.expires_at
  where b.account_id = v_bucket.account_id and b.id = v_bucket.id;
  -- Its row changes with it: who waits for it with an older snapshot must not go by that.
  update billing.accounts a set next_due_at = a.next_due_at where a.id = extend_expiry.account_id;
  perform billing.audit('expiry.extend', account_id, format('grant %s from %s to %s: %s',
    credit_id, v_bucket.expires_at, extend_expiry.expires_at, reason));
  perform billing.take_in_hand(account_id, v_now);
  return query select v_bucket.expires_at;
end $$;
revoke execute on function billing.extend_expiry(uuid, bigint, timestamptz, text) from public;
grant execute on function billing.extend_expiry(uuid, bigint, timestamptz, text)
  to authenticated, service_role;

create function billing.freeze_credits(
  account_id uuid, reason text, credit_id bigint, until timestamptz
)
returns table (frozen_credits bigint)
language plpgsql volatile
security definer  -- owners have no write grant on accounts and buckets
set search_path = ''
as $$
declare
  v_now timestamptz;
begin
  perform billing.check_owner(reason);
  perform billing.check_named(account_id);
  perform billing.open_account(account_id);
  v_now := billing.settle(account_id);
  if until <= v_now then
    raise exception 'a freeze ends later than now' using errcode = 'LCGRT',
      detail = format('until %s', until), hint = 'leave until out to freeze until told otherwise';
  elsif credit_id is not null then
    perform billing.find_grant(account_id, credit_id, v_now);
  end if;
  update billing.buckets b set frozen_until = coalesce(until, 'infinity')
  where b.account_id = freeze_credits.account_id and b.id = credit_id;
  update billing.accounts a set frozen_until = coalesce(until, 'infinity')
  where a.id = freeze_credits.account_id and credit_id is null;
  perform billing.audit('credits.freeze', account_id, concat_ws(': ', 'grant ' || credit_id,
    reason));
  perform billing.take_in_hand(account_id, v_now);
  return query select a.frozen_credits::bigint from billing.accounts a
  where a.id = freeze_credits.account_id;
end $$;
revoke execute on function billing.freeze_credits(uuid, text, bigint, timestamptz) from public;
grant execute on function billing.freeze_credits(uuid, text, bigint, timestamptz)
  to authenticated, service_role;

create function billing.unfreeze_credits(account_id uuid, reason text, credit_id bigint)
returns table (frozen_credits bigint)
language plpgsql volatile
security definer  -- owners have no write grant on accounts and buckets
set search_path = ''
as $$
declare
  v_now timestamptz;
begin
  perform billing.check_owner(reason);
  perform billing.check_named(account_id);
  v_now := billing.settle(account_id);
  perform billing.thaw(account_id, case when credit_id is null then 0 else nullif(credit_id,
    0) end);
  perform billing.audit('credits.unfreeze', account_id,
    concat_ws(': ', 'grant ' || credit_id, reason));
  perform billing.take_in_hand(account_id, v_now);
  return query select coalesce((
    select a.frozen_credits::bigint from billing.accounts a
    where a.id = unfreeze_credits.account_id), 0);
end $$;
revoke execute on function billing.unfreeze_credits(uuid, text, bigint) from public;
grant execute on function billing.unfreeze_credits(uuid, text, bigint)
  to authenticated, service_role;

create function billing.void_grant(account_id uuid, credit_id bigint, reason text)
returns table (voided bigint, balance_after bigint, duplicate boolean)
language plpgsql volatile
security definer  -- owners have no write grant on the ledger
set search_path = ''
as $$
declare
  v_now timestamptz;
begin
  perform billing.check_owner(reason);
  perform billing.check_named(account_id);
  v_now := billing.settle(account_id);
  duplicate := exists (
    select from billing.buckets b
    where b.account_id = void_grant.account_id and b.id = credit_id and b.voided_at is not null);
  if not duplicate then
    perform billing.find_grant(account_id, credit_id, v_now);
    select coalesce(sum(o.credits_remaining + o.frozen_credits), 0) into voided
    from billing.open_buckets o
    where o.account_id = void_grant.account_id and o.id = credit_id;
    if voided > 0 then
      perform billing.post(account_id, 'void', null, null,
        array[(credit_id, -voided)::billing.share], v_now, reason);
    end if;
    -- Nothing of it is left for a dispute to give back.
    delete from billing.clawback_shares s using billing.clawbacks c
    where s.account_id = void_grant.account_id and s.bucket_id = credit_id
      and c.account_id = s.account_id and c.key = s.clawback_key and c.state = 'frozen';
    update billing.buckets b set voided_at = v_now
    where b.account_id = void_grant.account_id and b.id = credit_id;
    perform billing.audit('grant.void', account_id, format('grant %s, %s credits: %s', credit_id,
      voided, reason));
    perform billing.take_in_hand(account_id, v_now);
  end if;
  return query
  select coalesce((
      select -sum(s.credits) from billing.entry_shares s
      where s.account_id = a.id and s.bucket_id = credit_id and s.kind = 'void'), 0)::bigint,
    a.balance::bigint, duplicate
  from billing.accounts a where a.id = void_grant.account_id;
end $$;
revoke execute on function billing.void_grant(uuid, bigint, text) from public;
grant execute on function billing.void_grant(uuid, bigint, text) to authenticated, service_role;
