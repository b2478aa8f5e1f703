-- Money that goes back takes back the credits it bought: in proportion, all refunds together, never
-- more than was granted. What was spent already becomes that payment's debt.

create function billing.check_refund(claim_id text, payment_key text, cents bigint, paid bigint)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  perform billing.check_key(claim_id);
  perform billing.check_key(payment_key);
  if cents is null or paid is null or least(cents, paid) < 1 then
    raise exception 'a refund is above zero, and of what was paid' using errcode = 'LCAMT',
      detail = format('%s of %s cents', cents, paid),
      hint = 'pass what is returned and what was paid in all, in minor units';
  end if;
end $$;
revoke execute on function billing.check_refund(text, text, bigint, bigint) from public;

-- The claim of this id, if it was made before; raises when it was made for something else.
create function billing.find_claim(
  account_id uuid, claim_id text, payment_key text, refunded_cents bigint
)
returns billing.clawbacks
language plpgsql stable
set search_path = ''
as $$
declare
  v_claim billing.clawbacks;
begin
  select c.* into v_claim from billing.clawbacks c
  where c.account_id = find_claim.account_id and c.key = find_claim.claim_id;
  if (v_claim.payment_key, v_claim.refunded_cents) <> (payment_key, refunded_cents) then
    raise exception 'a key stands for one set of arguments' using errcode = 'LCKEY',
      detail = format('%s claims for %s cents of %s', claim_id, v_claim.refunded_cents,
        v_claim.payment_key),
      hint = 'use the id of the refund or dispute';
  end if;
  return v_claim;
end $$;
revoke execute on function billing.find_claim(uuid, text, text, bigint) from public;

create function billing.clawback_key(claim_key text)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return 'refund:' || claim_key;
end $$;
revoke execute on function billing.clawback_key(text) from public;
comment on function billing.clawback_key(text) is
  'The key of the entry that took back what was unspent of a claim.';

-- What is unspent goes in burn order, frozen credits too; the rest is owed.
create function billing.take_claim(
  account_id uuid, claim_key text, payment_key text, credits bigint, now timestamptz
)
returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_shares billing.share[];
  v_entry billing.credit_transactions;
begin
  select array_agg((t.id, -least(t.held, credits - t.before))::billing.share order by t.burn_order)
  into v_shares
  from (
    select h.*, sum(h.held) over (order by h.burn_order) - h.held as before
    from (
      select o.id, o.burn_order, o.credits_remaining + o.frozen_credits as held
      from billing.open_buckets o
      where o.account_id = take_claim.account_id and o.payment_key = take_claim.payment_key
    ) h
  ) t
  where t.before < credits;
  if v_shares is null then
    return 0;
  end if;
  v_entry := billing.post(
    account_id, 'clawback', 'system', billing.clawback_key(claim_key), v_shares, now, 'Refunded');
  return -v_entry.credits;
end $$;
revoke execute on function billing.take_claim(uuid, text, text, bigint, timestamptz) from public;

create function public.claw_back_credits(
  account_id uuid, claim_id text, payment_key text, refunded_cents bigint, paid_cents bigint
)
returns table (claimed bigint, debt bigint, state text, balance_after bigint, duplicate boolean)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_claim billing.clawbacks;
  v_owed bigint;
begin
  perform billing.check_caller(account_id);
  perform billing.check_refund(claim_id, payment_key, refunded_cents, paid_cents);
  perform billing.open_account(account_id);
  v_now := billing.settle(account_id);
  v_claim := billing.find_claim(account_id, claim_id, payment_key, refunded_cents);
  if v_claim.key is null or v_claim.state = 'frozen' then
    perform billing.thaw_claims(account_id, payment_key, v_now);
    claimed := billing.claimable_credits(account_id, payment_key, refunded_cents, paid_cents);
    insert into billing.clawbacks as c (
      account_id, key, payment_key, refunded_cents, claimed_credits, owed_credits, state, created_at
    ) values (account_id, claim_id, payment_key, refunded_cents, claimed, 0, 'taken', v_now)
    on conflict on constraint clawbacks_pkey do update
    set claimed_credits = excluded.claimed_credits, owed_credits = 0, state = 'taken';
    v_owed := claimed - billing.withhold(account_id, claim_id, payment_key, claimed, v_now);
    v_owed := v_owed - billing.take_claim(account_id, claim_id, payment_key, v_owed, v_now);
    update billing.clawbacks c set owed_credits = v_owed
    where c.account_id = claw_back_credits.account_id and c.key = claim_id;
    update billing.accounts a set debt_credits = a.debt_credits + v_owed
    where a.id = claw_back_credits.account_id;
    perform billing.take_in_hand(account_id, v_now);
  end if;
  return query select c.claimed_credits::bigint, c.owed_credits::bigint, c.state::text,
    a.balance::bigint, v_claim.state is not null and v_claim.state <> 'frozen'
  from billing.clawbacks c
  join billing.accounts a on a.id = c.account_id
  where c.account_id = claw_back_credits.account_id and c.key = claim_id;
end $$;
revoke execute on function public.claw_back_credits(uuid, text, text, bigint, bigint)
  from public, anon, authenticated;
grant execute on function public.claw_back_credits(uuid, text, text, bigint, bigint)
  to service_role;
comment on function public.claw_back_credits(uuid, text, text, bigint, bigint) is
  'Takes back what refunded_cents of paid_cents (minor units) bought, once per claim_id (the id of
the refund, or of a dispute that was lost): months still to start first, then what is unspent; what
it does not find is debt, which credits that come back and the next paid grant pay. Answers what is
claimed in all, the debt left of it, its state (taken or cancelled) and the balance; again as they
then are, with duplicate = true. Raises LCAMT, LCKEY, LCGRT (the payment has granted nothing),
LCACC. For the service role. Source: DESIGN 5, provenance.';

create function public.dispute_credits(
  account_id uuid, claim_id text, payment_key text, disputed_cents bigint, paid_cents bigint
)
returns table (frozen bigint, state text, duplicate boolean)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_claim billing.clawbacks;
  v_share bigint;
begin
  perform billing.check_caller(account_id);
  perform billing.check_refund(claim_id, payment_key, disputed_cents, paid_cents);
  perform billing.open_account(account_id);
  v_now := billing.settle(account_id);
  v_claim := billing.find_claim(account_id, claim_id, payment_key, disputed_cents);
  if v_claim.key is null then
    v_share := billing.claimable_credits(account_id, payment_key, disputed_cents, paid_cents);
    insert into billing.clawbacks (
      account_id, key, payment_key, refunded_cents, claimed_credits, owed_credits, state, created_at
    ) values (
      account_id, claim_id, payment_key, disputed_cents, v_share, v_share, 'frozen', v_now);
    perform billing.take_in_hand(account_id, v_now);
  end if;
  return query select coalesce((
      select sum(s.credits)::bigint from billing.clawback_shares s
      join billing.buckets b on b.account_id = s.account_id and b.id = s.bucket_id
      where s.account_id = c.account_id and s.clawback_key = c.key and c.state = 'frozen'
        and b.frozen_credits > 0), 0),  -- what has expired meanwhile is not frozen any more
    c.state::text, v_claim.key is not null
  from billing.clawbacks c
  where c.account_id = dispute_credits.account_id and c.key = claim_id;
end $$;
revoke execute on function public.dispute_credits(uuid, text, text, bigint, bigint)
  from public, anon, authenticated;
grant execute on function public.dispute_credits(uuid, text, text, bigint, bigint)
  to service_role;
comment on function public.dispute_credits(uuid, text, text, bigint, bigint) is
  'Freezes what disputed_cents of paid_cents (minor units) bought and is unspent, once per claim_id;
what comes back later is frozen too, up to that share. No entry: the credits stay in the balance.
Lost: claw_back_credits with the same claim_id; won: cancel_claw_back. Answers how much is frozen,
and the claim''s state. Raises LCAMT, LCKEY, LCGRT (the payment has granted nothing), LCACC. For the
service role. Source: DESIGN 6.';

-- Entries and shares of a claim go back to where they came from, each at most once.
create function billing.return_claim(
  account_id uuid, claim_key text, number bigint, now timestamptz
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_entry billing.credit_transactions;
begin
  select e.* into strict v_entry from billing.credit_transactions e
  where e.account_id = return_claim.account_id and e.number = return_claim.number;
  perform billing.post(
    account_id, 'reversal', 'system', 'reversal:' || number,
    array(select billing.revive(s, return_claim.account_id, v_entry.created_at, now)
          from unnest(billing.taken_shares(v_entry)) s),
    now, 'Refund ' || claim_key || ' was cancelled', answers => return_claim.number);
end $$;
revoke execute on function billing.return_claim(uuid, text, bigint, timestamptz) from public;

create function billing.return_shares(account_id uuid, claim_key text, now timestamptz)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_shares billing.share[];
begin
  -- Months still to start start in full; the ledger knows nothing of them yet.
  with returned as (
    delete from billing.clawback_shares s
    using billing.buckets b
    where s.account_id = return_shares.account_id and s.clawback_key = claim_key
      and s.is_withheld and b.account_id = s.account_id and b.id = s.bucket_id
      and b.starts_at > now
    returning s.bucket_id, s.credits
  )
  update billing.buckets b set withheld_credits = b.withheld_credits - r.credits
  from returned r where b.account_id = return_shares.account_id and b.id = r.bucket_id;
  select array_agg(billing.revive(
      (s.bucket_id, s.credits)::billing.share, s.account_id, greatest(s.taken_at, b.starts_at), now
    ) order by s.bucket_id) into v_shares
  from billing.clawback_shares s
  join billing.buckets b on b.account_id = s.account_id and b.id = s.bucket_id
  where s.account_id = return_shares.account_id and s.clawback_key = claim_key;
  if v_shares is not null then
    perform billing.post(account_id, 'reversal', 'system', 'restore:' || claim_key, v_shares, now,
      'Refund ' || claim_key || ' was cancelled');
    update billing.clawbacks c
    set revived_credits = (
      select coalesce(sum(s.credits), 0) from billing.clawback_shares s
      where s.account_id = c.account_id and s.clawback_key = c.key and not s.is_withheld)
    where c.account_id = return_shares.account_id and c.key = claim_key;
  end if;
end $$;
revoke execute on function billing.return_shares(uuid, text, timestamptz) from public;
comment on function billing.return_shares(uuid, text, timestamptz) is
  'Gives back what a claim had withheld of grants, or frozen in buckets that have expired since.';

create function public.cancel_claw_back(account_id uuid, claim_id text)
returns table (returned bigint, balance_after bigint, duplicate boolean)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_claim billing.clawbacks;
  v_before bigint;
begin
  perform billing.check_caller(account_id);
  v_now := billing.settle(account_id);
  select c.* into v_claim from billing.clawbacks c
  where c.account_id = cancel_claw_back.account_id and c.key = claim_id;
  if v_claim.key is null then
    raise exception 'there is no such claim' using errcode = 'LCKEY',
      detail = format('claim %s', claim_id), hint = 'pass the account and the id of the refund';
  end if;
  select a.balance - a.frozen_credits into v_before
  from billing.accounts a where a.id = cancel_claw_back.account_id;
  duplicate := v_claim.state = 'cancelled';
  if not duplicate then
    perform billing.thaw_claims(account_id, v_claim.payment_key, v_now);
    update billing.clawbacks c set state = 'cancelled', owed_credits = 0
    where c.account_id = v_claim.account_id and c.key = v_claim.key;
    update billing.accounts a set debt_credits = a.debt_credits - v_claim.owed_credits
    where a.id = v_claim.account_id and v_claim.state = 'taken';
    perform billing.return_claim(v_claim.account_id, claim_id, n.number, v_now)
    from (
      select e.number from billing.credit_transactions e
      where e.account_id = v_claim.account_id and e.key_scope = 'system'
        and e.key in (
          billing.clawback_key(claim_id), format('debt:%s:%s', claim_id, e.answers))
      order by e.number
    ) n;
    perform billing.return_shares(account_id, claim_id, v_now);
    perform billing.take_in_hand(account_id, v_now);
  end if;
  return query select a.balance - a.frozen_credits - v_before, a.balance::bigint, duplicate
  from billing.accounts a where a.id = v_claim.account_id;
end $$;
revoke execute on function public.cancel_claw_back(uuid, text) from public, anon, authenticated;
grant execute on function public.cancel_claw_back(uuid, text) to service_role;
comment on function public.cancel_claw_back(uuid, text) is
  'A refund failed, or a dispute was won: its debt is cancelled, what it took and what was paid on
its debt goes back to the buckets (one expired since: a promotional one, for as long as it still
had, at least a day), what it froze can be spent. Once: then duplicate. Answers by how much what can
be spent has grown. Raises LCKEY (no such claim), LCACC. For the service role. Source: DESIGN 5.';
