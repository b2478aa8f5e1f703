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

-- A sum of thousands of such still fits its type: else an account could get stuck on it.
create function billing.check_grantable(amount bigint)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  perform billing.check_amount(amount);
  if amount > 1000000000000000 then
    raise exception 'nobody has so many credits' using errcode = 'LCAMT',
      detail = format('amount %s', amount), hint = 'grant at most 1,000,000,000,000,000 at once';
  end if;
end $$;
revoke execute on function billing.check_grantable(bigint) from public;

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

create function billing.priority_of(kind billing.bucket_kind)
returns smallint
language plpgsql immutable
set search_path = ''
as $$
begin
  return case kind when 'promotional' then 10 when 'subscription' then 20 else 30 end;
end $$;
revoke execute on function billing.priority_of(billing.bucket_kind) from public;
comment on function billing.priority_of(billing.bucket_kind) is
  'The burn order of the kinds: what would be lost first is spent first.';

create function billing.grant_credits(
  account_id uuid, kind billing.bucket_kind, amount bigint, key text,
  expires_at timestamptz default null, starts_at timestamptz default null,
  period_ends_at timestamptz default null, priority smallint default null,
  description text default null, subscription_id text default null, payment_key text default null,
  metadata jsonb default null, paid_cents bigint default null, paid_currency text default null,
  rollover_cap bigint default null, rollover_periods smallint default null
)
returns table (
  success boolean, duplicate boolean, credit_id bigint, message text, balance_after bigint
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_bucket billing.buckets;
begin
  perform billing.check_grantable(amount);
  perform billing.check_key(key);
  perform billing.open_account(account_id);
  v_now := billing.settle(account_id);
  insert into billing.buckets as b (
    account_id, granted_credits, starts_at, expires_at, period_ends_at, created_at, priority, kind,
    key, description, subscription_id, payment_key, metadata, paid_cents, paid_credits,
    paid_currency, rollover_cap, rollover_periods
  ) values (
    account_id, amount, greatest(starts_at, v_now), expires_at, period_ends_at, v_now,
    coalesce(priority, billing.priority_of(kind)), kind, key, description, subscription_id,
    payment_key, metadata, paid_cents, case when paid_cents is not null then amount end,
    paid_currency, rollover_cap, rollover_periods
  )
  on conflict on constraint buckets_granted_once do nothing
  returning b.id into credit_id;
  duplicate := credit_id is null;
  if not duplicate then
    perform billing.join_suspension(account_id, subscription_id, v_now)
    where kind = 'subscription' and subscription_id is not null;
    -- Posts the grant: a bucket falls due at its start.
    perform billing.take_in_hand(account_id, v_now);
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
  where e.account_id = grant_credits.account_id and e.key_scope = 'grant'
    and e.key = grant_credits.key
    and v_bucket.starts_at = v_bucket.created_at;
  success := true;
  credit_id := v_bucket.id;
  message := case when balance_after is null then 'starts later' else 'granted' end;
  return next;
end $$;
revoke execute on function billing.grant_credits(
  uuid, billing.bucket_kind, bigint, text, timestamptz, timestamptz, timestamptz, smallint, text,
  text, text, jsonb, bigint, text, bigint, smallint
) from public;
comment on function billing.grant_credits(
  uuid, billing.bucket_kind, bigint, text, timestamptz, timestamptz, timestamptz, smallint, text,
  text, text, jsonb, bigint, text, bigint, smallint
) is
  'Makes a bucket, once per account and key. A start in the past is now; a bucket that is over
already is posted and expires at once. Raises LCAMT, LCKEY.';

-- Credits that move on in another bucket keep what they cost, who froze them and, where asked, who
-- paid for them.
create function billing.derive_bucket(
  source billing.buckets, account_id uuid, kind billing.bucket_kind, credits bigint,
  starts_at timestamptz, expires_at timestamptz, payment_key text,
  period_ends_at timestamptz default null, rollovers smallint default 0,
  rolled_into bigint default null
)
returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id bigint;
begin
  insert into billing.buckets as b (
    account_id, granted_credits, starts_at, expires_at, period_ends_at, created_at, priority, kind,
    description, subscription_id, payment_key, metadata, paid_cents, paid_credits, paid_currency,
    rollovers, rolled_into, frozen_until
  ) values (
    account_id, credits, starts_at, expires_at, period_ends_at, starts_at,
    case when kind = source.kind then source.priority else billing.priority_of(kind) end, kind,
    source.description, source.subscription_id, payment_key, source.metadata, source.paid_cents,
    source.paid_credits, source.paid_currency, rollovers, rolled_into, source.frozen_until
  )
  returning b.id into v_id;
  return v_id;
end $$;
revoke execute on function billing.derive_bucket(
  billing.buckets, uuid, billing.bucket_kind, bigint, timestamptz, timestamptz, text, timestamptz,
  smallint, bigint
) from public;
comment on function billing.derive_bucket(
  billing.buckets, uuid, billing.bucket_kind, bigint, timestamptz, timestamptz, text, timestamptz,
  smallint, bigint
) is
  'Makes the bucket that credits of another move into, without a key; the caller posts the move.';

-- Who names a type in words, and a key that is not ours to make.
create function billing.check_grant(type text, key text)
returns billing.bucket_kind
language plpgsql stable
set search_path = ''
as $$
begin
  if type is null or type <> all (enum_range(null::billing.bucket_kind)::text[]) then
    raise exception 'unknown type of credits' using errcode = 'LCTYP',
      detail = format('type %s', coalesce(type, 'not given')),
      hint = 'one of ' || array_to_string(enum_range(null::billing.bucket_kind)::text[], ', ');
  elsif key ~ '^(free|code|trial):' then  -- else what makes them raises: a claim with each read
    raise exception 'a key of this form is not the caller''s to use' using errcode = 'LCKEY',
      detail = format('key %s', key), hint = 'begin your own keys with another word';
  end if;
  return type::billing.bucket_kind;
end $$;
revoke execute on function billing.check_grant(text, text) from public;

create function public.grant_credits(
  account_id uuid, amount bigint, type text, key text, starts_at timestamptz default null,
  expires_at timestamptz default null, priority smallint default null,
  description text default null, payment_key text default null, paid_cents bigint default null,
  paid_currency text default null, metadata jsonb default null
)
returns table (
  success boolean, duplicate boolean, credit_id bigint, message text, balance_after bigint
)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  if paid_cents < 0 or num_nulls(paid_cents, paid_currency) = 1
    or paid_currency !~ '^[a-z]{3}$' then
    raise exception 'a cost is not below zero, and in a currency' using errcode = 'LCAMT',
      detail = format('paid %s %s', paid_cents, paid_currency),
      hint = 'pass paid_cents in minor units with a lower-case paid_currency, or neither';
  end if;
  if payment_key is not null then
    perform billing.check_key(payment_key);
  end if;
  if starts_at >= expires_at then
    raise exception 'a grant ends after it starts' using errcode = 'LCGRT',
      detail = format('from %s to %s', starts_at, expires_at),
      hint = 'pass a later expires_at, or none';
  end if;
  return query select * from billing.grant_credits(
    account_id, billing.check_grant(type, key), amount, key, expires_at, starts_at,
    priority => grant_credits.priority, description => grant_credits.description,
    payment_key => grant_credits.payment_key, metadata => grant_credits.metadata,
    paid_cents => grant_credits.paid_cents, paid_currency => grant_credits.paid_currency);
end $$;
revoke execute on function public.grant_credits(
  uuid, bigint, text, text, timestamptz, timestamptz, smallint, text, text, bigint, text, jsonb
) from public, anon, authenticated;
grant execute on function public.grant_credits(
  uuid, bigint, text, text, timestamptz, timestamptz, smallint, text, text, bigint, text, jsonb
) to service_role;
comment on function public.grant_credits(
  uuid, bigint, text, text, timestamptz, timestamptz, smallint, text, text, bigint, text, jsonb
) is
  'Grants amount credits of a type (promotional, subscription, permanent) once per account and key,
from starts_at (null: now) until expires_at (null: never); the lowest priority is spent first (null:
10, 20, 30 by type). payment_key names the payment that bought them: its refund claims them back,
and they pay debts. paid_cents (minor units of paid_currency) is what was paid for them. Answers as
add_credits_atomic. Raises LCAMT, LCTYP, LCKEY, LCACC. For the service role. Source: DESIGN 5.';

create function public.add_credits_atomic(
  account_id uuid, amount bigint, type text, transaction_id text, subscription_id text default null,
  expires_at timestamptz default null, description text default null, metadata jsonb default null
)
returns table (
  success boolean, duplicate boolean, credit_id bigint, message text, balance_after bigint
)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  return query select * from billing.grant_credits(
    account_id, billing.check_grant(type, transaction_id), amount, transaction_id, expires_at,
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
message and balance_after (the first call''s, in a replay too). Raises LCAMT (amount), LCTYP (type),
LCKEY (bad key, one of a free month, code or trial, or one that has granted something else), LCACC
(no account). For the service role. Source: requirement 004, 7.';
