-- Topping up. Whoever is short is claimed under the account's lock, then charged at Stripe under a
-- key of the claim: who crashes between is taken over from, and nobody is charged twice. What
-- Stripe says of the payment is what becomes of the claim, in the transaction that applies it.

create function billing.is_short(account_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from billing.auto_topups s
    join billing.accounts a on a.id = s.account_id
    where s.account_id = is_short.account_id and s.is_enabled and a.erased_at is null
      and a.balance - a.frozen_credits < s.threshold_credits);
end $$;
revoke execute on function billing.is_short(uuid) from public;

-- An answer takes a minute at most; a holder of a card has a day.
create function billing.claim_topup(account_id uuid)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := billing.enter(account_id);
  v_next record;
begin
  if not billing.is_short(account_id) then
    return false;
  end if;
  select n.* into v_next from billing.next_topup(account_id, v_now) n;
  if v_next.reason is not null then
    update billing.auto_topups s
    set look_again_at = least(v_now + interval '10 minutes', v_next.retry_at)
    where s.account_id = claim_topup.account_id;
    return false;
  end if;
  insert into billing.topups (
    account_id, number, state, pack_key, amount_cents, currency, customer_id, payment_method,
    fingerprint_sha256, take_up_at, created_at
  )
  select claim_topup.account_id, coalesce(max(t.number), 0) + 1, 'claimed', p.key, p.price_cents,
    p.currency, m.customer_id, m.id, m.fingerprint_sha256, v_now + interval '5 minutes', v_now
  from billing.packs p
  join billing.payment_methods m on m.account_id = claim_topup.account_id
    and m.id = v_next.method_id
  left join billing.topups t on t.account_id = claim_topup.account_id
  where p.key = v_next.pack_key
  group by p.key, m.account_id, m.id;
  return true;
end $$;
revoke execute on function billing.claim_topup(uuid) from public;
comment on function billing.claim_topup(uuid) is
  'Claims a top-up for an account that is short, unless something is in its way. The caller has
locked the account.';

create function billing.take_up_topup(account_id uuid, number bigint)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := billing.enter(account_id);
begin
  update billing.topups t
  set takes = t.takes + 1, is_wanted = billing.is_short(take_up_topup.account_id),
      take_up_at = v_now + interval '5 minutes'
  where t.account_id = take_up_topup.account_id and t.number = take_up_topup.number;
end $$;
revoke execute on function billing.take_up_topup(uuid, bigint) from public;

create function public.claim_topups(max_topups integer default 5)
returns table (
  act text, account_id uuid, number bigint, is_wanted boolean, takes integer, pack_key text,
  amount_cents bigint, currency text, customer_id text, payment_method text,
  payment_intent text, idempotency_key text, claimed_at timestamptz
)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
  v_one record;
  v_ids uuid[] := array[]::uuid[];
begin
  for v_one in
    select t.account_id, t.number from billing.topups t
    join billing.accounts a on a.id = t.account_id
    where t.take_up_at <= v_now and a.erased_at is null
    order by t.take_up_at limit max_topups
    for no key update skip locked
  loop
    perform billing.take_up_topup(v_one.account_id, v_one.number);
    v_ids := v_ids || v_one.account_id;
  end loop;
  -- claim_topup asks again under the lock. Here the same is said in plain columns, for which there
  -- are partial indexes; a function would be called for every account that agreed.
  for v_one in
    select s.account_id from billing.auto_topups s
    join billing.accounts a on a.id = s.account_id
    where s.is_enabled and s.look_again_at <= v_now and a.erased_at is null
      and (a.balance - a.frozen_credits < s.threshold_credits
        or least(a.next_due_at, a.next_claim_at) <= v_now)
      and not exists (select from billing.topups t
        where t.account_id = s.account_id and t.state in ('claimed', 'sent', 'needs_action'))
      and not exists (
        select from billing.unsettled_accounts u where u.account_id = s.account_id)
    order by s.look_again_at, s.account_id limit 100
    for no key update of a skip locked
  loop
    exit when cardinality(v_ids) >= max_topups;
    if billing.claim_topup(v_one.account_id) then
      v_ids := v_ids || v_one.account_id;
    end if;
  end loop;
  return query
  select case t.state when 'needs_action' then 'cancel' else 'charge' end, t.account_id, t.number,
    t.is_wanted, t.takes, t.pack_key, t.amount_cents, t.currency, t.customer_id,
    t.payment_method, t.payment_intent, format('topup:%s:%s', t.account_id, t.number),
    t.created_at
  from billing.topups t
  where t.account_id = any (v_ids) and t.state in ('claimed', 'needs_action');
end $$;
revoke execute on function public.claim_topups(integer) from public, anon, authenticated;
grant execute on function public.claim_topups(integer) to service_role;
comment on function public.claim_topups(integer) is
  'Claims at most max_topups automatic top-ups, skipping accounts in use, and answers them: act
charge (a payment off session of amount_cents, under the idempotency key; where takes is above 1
somebody else may have done it, so it is looked for first, and not made where is_wanted is false any
more), or cancel (its payment intent: the holder of the card has not answered the bank within a
day). One that is not answered within five minutes is claimed again. For the service role. Source:
requirement 002, 8.';

create function public.answer_topup(
  account_id uuid, number bigint, payment_intent text default null, reason text default null
)
returns void
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_now timestamptz := billing.settle(account_id);
begin
  update billing.topups t
  set state = (case when answer_topup.payment_intent is not null then 'sent'
        when answer_topup.reason is not null then 'failed' else 'dropped'
        end)::billing.topup_state,
      payment_intent = answer_topup.payment_intent, reason = answer_topup.reason,
      take_up_at = null, ended_at = case when answer_topup.payment_intent is null then v_now end
  where t.account_id = answer_topup.account_id and t.number = answer_topup.number
    and t.state = 'claimed';
end $$;
revoke execute on function public.answer_topup(uuid, bigint, text, text)
  from public, anon, authenticated;
grant execute on function public.answer_topup(uuid, bigint, text, text) to service_role;
comment on function public.answer_topup(uuid, bigint, text, text) is
  'Says which payment intent a claimed top-up has, so that it is not taken up again: what becomes of
it Stripe tells. Without one: reason says why Stripe made none (it failed), no reason that it was no
longer wanted (it is dropped). Nothing where Stripe has told already. Raises LCACC (erased). For the
service role. Source: requirement 002, 8.';

-- What is over stays so, but for money that arrived after all.
create function billing.follow_payment(account_id uuid, facts jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
  v_is_canceled boolean := facts ->> 'payment_intent_status' = 'canceled';
  v_state billing.topup_state := (case
    when billing.is_paid('payment_intent', facts) then 'paid'
    when billing.needs_confirmation(facts) then 'needs_action'
    when billing.has_failed(facts) then 'failed' else 'sent' end)::billing.topup_state;
begin
  update billing.topups t
  set state = case when v_is_canceled and not t.is_wanted then 'dropped' else v_state end,
      payment_intent = facts ->> 'payment_intent', reason = facts ->> 'payment_error',
      take_up_at = case v_state when 'needs_action' then v_now + interval '1 day' end,
      ended_at = case when v_state in ('paid', 'failed') then v_now end
  where t.account_id = follow_payment.account_id
    and (t.payment_intent = facts ->> 'payment_intent'
      or t.payment_intent is null and t.number::text = facts ->> 'topup')
    and t.state <> v_state and (billing.is_under_way(t.state) or v_state = 'paid');
end $$;
revoke execute on function billing.follow_payment(uuid, jsonb) from public;
comment on function billing.follow_payment(uuid, jsonb) is
  'What becomes of the top-up that a payment intent is for, by the payment intent''s facts.';

create function billing.get_topup_notices(account_id uuid)
returns table (
  key text, kind text, subject text, at timestamptz, ends_at timestamptz, amount_cents bigint,
  currency text, credits bigint
)
language plpgsql stable
security definer  -- reads packs that are no longer sold
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
begin
  perform billing.check_caller(account_id);
  return query
  select 'topup_action:' || t.number, 'confirm_topup', p.name, t.created_at, t.take_up_at,
    t.amount_cents, t.currency, p.credits
  from billing.topups t
  join billing.packs p on p.key = t.pack_key
  where t.account_id = get_topup_notices.account_id and t.state = 'needs_action';
  return query
  select case when b.failures >= 3 then 'topup_off:' else 'topup:' end || b.first_number,
    case when b.failures >= 3 then 'topup_off' else 'topup_failed' end, p.name, b.failed_at,
    nullif(b.retry_at, 'infinity'), p.price_cents, p.currency, p.credits
  from billing.auto_topups s
  join billing.packs p on p.key = s.pack_key
  cross join lateral billing.topup_breaker(s.account_id,
    billing.payment_method_of(s.account_id, s.payment_method), s.armed_at, v_now) b
  where s.account_id = get_topup_notices.account_id and s.is_enabled
    and b.first_number is not null;
end $$;
revoke execute on function billing.get_topup_notices(uuid) from public;
grant execute on function billing.get_topup_notices(uuid) to authenticated, service_role;
