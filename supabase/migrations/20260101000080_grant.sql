-- Credits come in: a bucket, once per key. The ledger entry is written when the bucket starts.

create function billing.check_amount(amount bigint)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if amount is null or amount <= 0 then
    raise exception 'credits must be above zero' using errcode = 'LCAMT',
      detail = format('amount %s', coalesce(amount::text, 'not given')),
      hint = 'pass a whole number of at least 1';
  end if;
end $$;
revoke execute on function billing.check_amount(bigint) from public;

create function billing.check_key(key text)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if key is null or length(key) not between 1 and 255 or key ~ '[^[:print:]]' then
    raise exception 'a key must have 1 to 255 printable characters' using errcode = 'LCKEY',
      detail = format('%s characters', coalesce(length(key)::text, 'no')),
      hint = 'pass the id of the task or payment, the same one when you try again';
  end if;
end $$;
revoke execute on function billing.check_key(text) from public;

create function billing.grant_credits(
  account_id uuid, kind billing.bucket_kind, amount bigint, key text,
  expires_at timestamptz default null, starts_at timestamptz default null,
  period_ends_at timestamptz default null, priority smallint default null,
  description text default null, subscription_id text default null, payment_key text default null,
  metadata jsonb default null
)
returns table (success boolean, duplicate boolean, credit_id bigint, message text, balance_after bigint)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_bucket billing.buckets;
begin
  perform billing.check_amount(amount);
  perform billing.check_key(key);
  perform billing.open_account(account_id);
  v_now := billing.settle(account_id);
  insert into billing.buckets as b (
    account_id, granted_credits, starts_at, expires_at, period_ends_at, created_at, priority, kind, key,
    description, subscription_id, payment_key, metadata
  ) values (
    account_id, amount, greatest(starts_at, v_now), expires_at, period_ends_at, v_now,
    coalesce(priority, case kind when 'promotional' then 10 when 'subscription' then 20 else 30 end),
    kind, key, description, subscription_id, payment_key, metadata
  )
  on conflict on constraint buckets_granted_once do nothing
  returning b.id into credit_id;
  duplicate := credit_id is null;
  if not duplicate then
    perform billing.take_in_hand(account_id, v_now);  -- posts the grant: a bucket falls due at its start
  end if;
  select b.* into v_bucket from billing.buckets b
  where b.account_id = grant_credits.account_id and b.key = grant_credits.key;
  if (v_bucket.granted_credits, v_bucket.kind) <> (amount, kind) then
    raise exception 'a key stands for one set of arguments' using errcode = 'LCKEY',
      detail = format('%s granted %s %s credits', key, v_bucket.granted_credits, v_bucket.kind),
      hint = 'use a new key for a new grant';
  end if;
  -- A grant that starts later answers no balance, now and in every replay.
  select e.balance_after into balance_after from billing.credit_transactions e
  where e.account_id = grant_credits.account_id and e.key_scope = 'grant' and e.key = grant_credits.key
    and v_bucket.starts_at = v_bucket.created_at;
  success := true;
  credit_id := v_bucket.id;
  message := case when balance_after is null then 'starts later' else 'granted' end;
  return next;
end $$;
revoke execute on function billing.grant_credits(
  uuid, billing.bucket_kind, bigint, text, timestamptz, timestamptz, timestamptz, smallint, text, text,
  text, jsonb
) from public;
comment on function billing.grant_credits(
  uuid, billing.bucket_kind, bigint, text, timestamptz, timestamptz, timestamptz, smallint, text, text,
  text, jsonb
) is
  'Makes a bucket, once per account and key. A start in the past is now; a bucket that is over
already is posted and expires at once. Raises LCAMT, LCKEY.';

create function public.add_credits_atomic(
  account_id uuid, amount bigint, type text, transaction_id text, subscription_id text default null,
  expires_at timestamptz default null, description text default null, metadata jsonb default null
)
returns table (success boolean, duplicate boolean, credit_id bigint, message text, balance_after bigint)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  if type is null or type <> all (enum_range(null::billing.bucket_kind)::text[]) then
    raise exception 'unknown type of credits' using errcode = 'LCTYP',
      detail = format('type %s', coalesce(type, 'not given')),
      hint = format('one of %s', array_to_string(enum_range(null::billing.bucket_kind)::text[], ', '));
  elsif transaction_id like 'free:%' then  -- else the claim raises, and each read and spend with it
    raise exception 'a key of a free month is not the caller''s to use' using errcode = 'LCKEY',
      detail = format('key %s', transaction_id), hint = 'begin your own keys with another word';
  end if;
  return query select * from billing.grant_credits(
    account_id, type::billing.bucket_kind, amount, transaction_id, expires_at,
    description => add_credits_atomic.description,
    subscription_id => add_credits_atomic.subscription_id, metadata => add_credits_atomic.metadata
  );
end $$;
revoke execute on function public.add_credits_atomic(
  uuid, bigint, text, text, text, timestamptz, text, jsonb
) from public, anon, authenticated;
grant execute on function public.add_credits_atomic(
  uuid, bigint, text, text, text, timestamptz, text, jsonb
) to service_role;
comment on function public.add_credits_atomic(
  uuid, bigint, text, text, text, timestamptz, text, jsonb
) is
  'Grants amount credits of a type (promotional, subscription, permanent) once per account and
transaction_id; expires_at null: never. Answers success, duplicate, the bucket''s credit_id, a
message and balance_after (the first call''s, in a replay too). Raises LCAMT (amount), LCTYP
(type), LCKEY (bad key, one of a free month, or one that has granted something else), LCACC (no
account). For the service role. Source: requirement 004, 7.';
