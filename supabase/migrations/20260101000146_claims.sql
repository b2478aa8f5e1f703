-- What refunds and disputes claim of the credits that a payment bought: how much, and how a claim
-- finds it, now or when credits come back.

-- A debt is paid from a bucket by an entry of its own; its key names the entry before it, which
-- brought the credits.
create function billing.pay_debt(
  account_id uuid, claim_key text, bucket_id bigint, credits bigint, at timestamptz
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_number bigint;
begin
  update billing.clawbacks c set owed_credits = c.owed_credits - credits
  where c.account_id = pay_debt.account_id and c.key = claim_key;
  update billing.accounts a set debt_credits = a.debt_credits - credits
  where a.id = pay_debt.account_id
  returning a.entry_count into v_number;
  perform billing.post(
    account_id, 'debt', 'system', format('debt:%s:%s', claim_key, v_number),
    array[(bucket_id, -credits)::billing.share], at, 'Spent before it was refunded',
    answers => v_number);
end $$;
revoke execute on function billing.pay_debt(uuid, text, bigint, bigint, timestamptz) from public;

create function billing.pay_debts(
  account_id uuid, bucket_id bigint, credits bigint, at timestamptz
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_left bigint := credits;
  v_claim billing.clawbacks;
begin
  if not exists (
    select from billing.accounts a
    join billing.buckets b on b.account_id = a.id and b.id = pay_debts.bucket_id
    where a.id = pay_debts.account_id and a.debt_credits > 0 and b.payment_key is not null
  ) then
    return;
  end if;
  for v_claim in
    select c.* from billing.clawbacks c
    where c.account_id = pay_debts.account_id and c.state = 'taken' and c.owed_credits > 0
    order by c.created_at, c.key
  loop
    exit when v_left = 0;
    perform billing.pay_debt(
      account_id, v_claim.key, bucket_id, least(v_left, v_claim.owed_credits::bigint), at);
    v_left := v_left - least(v_left, v_claim.owed_credits::bigint);
  end loop;
end $$;
revoke execute on function billing.pay_debts(uuid, bigint, bigint, timestamptz) from public;
comment on function billing.pay_debts(uuid, bigint, bigint, timestamptz) is
  'Pays what refunds of any payment are owed, the oldest first, from a grant that was paid for.';

-- A bucket with frozen credits is never in hand, so it is put back first.
create function billing.freeze_share(
  account_id uuid, claim_key text, bucket_id bigint, credits bigint, at timestamptz
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_account billing.accounts;
begin
  select a.* into v_account from billing.accounts a where a.id = freeze_share.account_id;
  if v_account.bucket_in_hand = bucket_id then
    update billing.buckets b set credits_remaining = v_account.in_hand_credits
    where b.account_id = v_account.id and b.id = freeze_share.bucket_id;
    update billing.accounts a
    set bucket_in_hand = null, in_hand_kind = null, in_hand_credits = 0 where a.id = v_account.id;
  end if;
  update billing.buckets b
  set credits_remaining = b.credits_remaining - credits, frozen_credits = b.frozen_credits + credits
  where b.account_id = v_account.id and b.id = freeze_share.bucket_id;
  update billing.clawbacks c set owed_credits = c.owed_credits - credits
  where c.account_id = v_account.id and c.key = claim_key;
  insert into billing.clawback_shares as s (
    account_id, clawback_key, bucket_id, credits, is_withheld, taken_at
  ) values (v_account.id, claim_key, freeze_share.bucket_id, freeze_share.credits, false, at)
  on conflict on constraint clawback_shares_pkey do update
  set credits = s.credits + excluded.credits;
end $$;
revoke execute on function billing.freeze_share(uuid, text, bigint, bigint, timestamptz)
  from public;
comment on function billing.freeze_share(uuid, text, bigint, bigint, timestamptz) is
  'Freezes for a dispute what its bucket holds, at the claim, or when the credits come back.';

-- What cannot be frozen again waits in owed_credits; what expired meanwhile stays on record, for
-- the dispute may still be won.
create function billing.thaw_claims(account_id uuid, payment_key text, now timestamptz)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_share record;
begin
  for v_share in
    delete from billing.clawback_shares s
    using billing.clawbacks c, billing.buckets b
    where c.account_id = thaw_claims.account_id and c.payment_key = thaw_claims.payment_key
      and c.state = 'frozen' and s.account_id = c.account_id and s.clawback_key = c.key
      and b.account_id = s.account_id and b.id = s.bucket_id
      and coalesce(b.expires_at, 'infinity') > now
    returning s.clawback_key, s.bucket_id, s.credits
  loop
    update billing.buckets b
    set frozen_credits = b.frozen_credits - v_share.credits,
        credits_remaining = b.credits_remaining + v_share.credits
    where b.account_id = thaw_claims.account_id and b.id = v_share.bucket_id;
    update billing.clawbacks c set owed_credits = c.owed_credits + v_share.credits
    where c.account_id = thaw_claims.account_id and c.key = v_share.clawback_key;
  end loop;
end $$;
revoke execute on function billing.thaw_claims(uuid, text, timestamptz) from public;
comment on function billing.thaw_claims(uuid, text, timestamptz) is
  'Undoes what the open disputes of a payment have frozen; settling freezes again what is to be.';

-- A month that was voided before it started has lapsed without an entry.
create function billing.lapsed_credits(account_id uuid, payment_key text)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(-sum(s.credits), 0)
    from billing.entry_shares s
    join billing.buckets b on b.account_id = s.account_id and b.id = s.bucket_id
    where s.account_id = lapsed_credits.account_id and s.kind in ('expiry', 'void')
      and b.payment_key = lapsed_credits.payment_key
  ) + (
    select coalesce(sum(b.granted_credits - b.withheld_credits), 0) from billing.buckets b
    where b.account_id = lapsed_credits.account_id
      and b.payment_key = lapsed_credits.payment_key
      and b.voided_at is not null and b.opened_at is null
  ) - (
    select coalesce(sum(c.revived_credits), 0) from billing.clawbacks c
    where c.account_id = lapsed_credits.account_id
      and c.payment_key = lapsed_credits.payment_key
  );
end $$;
revoke execute on function billing.lapsed_credits(uuid, text) from public;
comment on function billing.lapsed_credits(uuid, text) is
  'What of a payment''s credits has expired or was voided unspent, and did not come back.';

create function billing.bought_credits(account_id uuid, payment_key text)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(b.granted_credits), 0) from billing.buckets b
    where b.account_id = bought_credits.account_id
      and b.payment_key = bought_credits.payment_key and b.key is not null);
end $$;
revoke execute on function billing.bought_credits(uuid, text) from public;
grant execute on function billing.bought_credits(uuid, text) to authenticated, service_role;
comment on function billing.bought_credits(uuid, text) is
  'All that a payment has granted, months to come included.';

create function billing.claimable_credits(
  account_id uuid, payment_key text, refunded_cents bigint, paid_cents bigint
)
returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  v_granted bigint := billing.bought_credits(account_id, payment_key);
  v_claims bigint;
  v_refunded numeric;
begin
  if v_granted = 0 then  -- else its grant would come later, and be kept
    raise exception 'the payment has granted nothing' using errcode = 'LCGRT',
      detail = format('payment %s', payment_key), hint = 'grant what was paid for, then try again';
  end if;
  select coalesce(sum(c.claimed_credits), 0), coalesce(sum(c.refunded_cents), 0)
  into v_claims, v_refunded
  from billing.clawbacks c
  where c.account_id = claimable_credits.account_id
    and c.payment_key = claimable_credits.payment_key and c.state = 'taken';
  v_refunded := least(v_refunded + refunded_cents, paid_cents);
  return greatest(floor(v_granted * v_refunded / paid_cents)
    - billing.lapsed_credits(account_id, payment_key) - v_claims, 0);
end $$;
revoke execute on function billing.claimable_credits(uuid, text, bigint, bigint) from public;
comment on function billing.claimable_credits(uuid, text, bigint, bigint) is
  'What one more refund of a payment claims: its part of all that the payment granted, months to
come included, with the refunds before it; less what has lapsed unspent, less what was claimed
before. Raises LCGRT for a payment that has granted nothing.';

-- Months to come go first, the last of them before the others.
create function billing.withhold(
  account_id uuid, claim_key text, payment_key text, credits bigint, now timestamptz
)
returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_bucket billing.buckets;
  v_left bigint := credits;
  v_takes bigint;
begin
  for v_bucket in
    select b.* from billing.buckets b
    where b.account_id = withhold.account_id and b.payment_key = withhold.payment_key
      and b.opened_at is null and b.voided_at is null
      and b.withheld_credits < b.granted_credits
    order by b.starts_at desc, b.id desc
  loop
    exit when v_left = 0;
    v_takes := least(v_left, v_bucket.granted_credits - v_bucket.withheld_credits);
    v_left := v_left - v_takes;
    update billing.buckets b set withheld_credits = b.withheld_credits + v_takes
    where b.account_id = v_bucket.account_id and b.id = v_bucket.id;
    insert into billing.clawback_shares (
      account_id, clawback_key, bucket_id, credits, is_withheld, taken_at
    ) values (v_bucket.account_id, claim_key, v_bucket.id, v_takes, true, now);
  end loop;
  return credits - v_left;
end $$;
revoke execute on function billing.withhold(uuid, text, text, bigint, timestamptz) from public;
