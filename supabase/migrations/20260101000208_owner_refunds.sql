-- What an owner may give back of a payment. The catalog says what is offered, the owner decides,
-- and the refund acts on credits when Stripe tells of it, as one made in its dashboard does.

create function billing.refund_rule_of(account_id uuid, payment billing.payments)
returns billing.refund_rule
language plpgsql stable
set search_path = ''
as $$
begin
  return coalesce(
    (select coalesce(p.refund, k.refund)
     from billing.buckets b
     left join billing.prices r on r.key = b.metadata ->> 'price'
     left join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
     left join billing.packs k on k.key = b.metadata ->> 'pack'
     where b.account_id = refund_rule_of.account_id and b.payment_key = payment.key
       and b.key is not null
     order by b.granted_credits desc, b.id
     limit 1),
    (select p.refund
     from billing.subscriptions s
     join billing.prices r on r.key = s.price_key
     join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
     where s.account_id = refund_rule_of.account_id and s.id = payment.subscription_id),
    'none');
end $$;
revoke execute on function billing.refund_rule_of(uuid, billing.payments) from public;

create function billing.find_payment(account_id uuid, payment_key text)
returns billing.payments
language plpgsql volatile
set search_path = ''
as $$
declare
  v_payment billing.payments;
begin
  perform billing.settle(account_id);
  select p.* into v_payment from billing.payments p
  where p.account_id = find_payment.account_id and p.key = payment_key;
  if v_payment.key is null then
    raise exception 'there is no such payment' using errcode = 'LCKEY',
      detail = format('payment %s', payment_key), hint = 'get_payments lists those of an account';
  end if;
  return v_payment;
end $$;
revoke execute on function billing.find_payment(uuid, text) from public;
comment on function billing.find_payment(uuid, text) is
  'A payment, its account settled and locked. Raises LCKEY.';

-- In cents: what may still be returned. A bank that disputes a payment decides about it alone.
create function billing.refundable_cents(payment billing.payments)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return case
    when payment.status <> 'paid' or payment.payment_intent is null then 0
    when billing.has_open_dispute(payment.account_id, payment.key) then 0
    else greatest(payment.amount_cents
      - billing.returned_cents(payment.account_id, payment.key), 0)
  end;
end $$;
revoke execute on function billing.refundable_cents(billing.payments) from public;

create function billing.unused_credits(account_id uuid, payment_key text)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(o.credits_remaining + o.frozen_credits), 0)
    from billing.open_buckets o
    where o.account_id = unused_credits.account_id and o.payment_key = unused_credits.payment_key
  ) + (
    select coalesce(sum(b.granted_credits - b.withheld_credits), 0) from billing.buckets b
    where b.account_id = unused_credits.account_id and b.payment_key = unused_credits.payment_key
      and b.opened_at is null and b.voided_at is null
  );
end $$;
revoke execute on function billing.unused_credits(uuid, text) from public;
comment on function billing.unused_credits(uuid, text) is
  'What is left of the credits that a payment bought, months to come included.';

-- Counted from the beginning: what is unused now and what earlier refunds have found are worth
-- their part of the payment, rounded down once, less what went back already. So parts add up, and
-- asking again after a refund offers nothing more.
create function billing.prorated_cents(payment billing.payments)
returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  v_granted bigint := billing.bought_credits(payment.account_id, payment.key);
  v_returned bigint := billing.returned_cents(payment.account_id, payment.key);
  v_found bigint;
begin
  select coalesce(sum(c.claimed_credits - c.owed_credits), 0) into v_found
  from billing.clawbacks c
  where c.account_id = payment.account_id and c.payment_key = payment.key and c.state = 'taken';
  return greatest(floor(payment.amount_cents::numeric
    * (billing.unused_credits(payment.account_id, payment.key) + v_found) / greatest(v_granted, 1))
    - v_returned, 0)::bigint;
end $$;
revoke execute on function billing.prorated_cents(billing.payments) from public;

create function billing.propose_refund(account_id uuid, payment_key text, cents bigint)
returns table (
  policy text, offered_cents bigint, most_cents bigint, currency text, takes_credits bigint,
  debt_credits bigint, reason text
)
language plpgsql volatile
security definer  -- owners cannot read other people's payments
set search_path = ''
as $$
declare
  v_payment billing.payments;
  v_granted bigint;
  v_cents bigint;
begin
  perform billing.check_is_owner();
  perform billing.check_named(account_id);
  v_payment := billing.find_payment(account_id, payment_key);
  v_granted := billing.bought_credits(account_id, payment_key);
  most_cents := billing.refundable_cents(v_payment);
  policy := billing.refund_rule_of(account_id, v_payment);
  currency := v_payment.currency;
  offered_cents := least(most_cents, case policy when 'full' then most_cents
    when 'prorated' then billing.prorated_cents(v_payment) else 0 end);
  v_cents := least(coalesce(cents, offered_cents), most_cents);
  takes_credits := case when v_cents > 0 and v_granted > 0
    then billing.claimable_credits(account_id, payment_key, v_cents, v_payment.amount_cents)
    else 0 end;
  debt_credits := greatest(takes_credits - billing.unused_credits(account_id, payment_key), 0);
  reason := case
    when v_payment.status <> 'paid' then format('the payment is %s', v_payment.status)
    when billing.has_open_dispute(account_id, payment_key) then 'the bank decides about a dispute'
    when most_cents = 0 then 'all of it went back already, or nothing was charged'
    when policy = 'none' then 'nothing is offered for this by the catalog'
    when policy = 'full' then 'the catalog offers all that was paid'
    else format('%s of %s credits are unused', billing.unused_credits(account_id, payment_key),
      v_granted)
  end;
  return next;
end $$;
revoke execute on function billing.propose_refund(uuid, text, bigint) from public;
grant execute on function billing.propose_refund(uuid, text, bigint)
  to authenticated, service_role;

create function public.propose_refund(
  account_id uuid, payment_key text, cents bigint default null
)
returns table (
  policy text, offered_cents bigint, most_cents bigint, currency text, takes_credits bigint,
  debt_credits bigint, reason text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.propose_refund(account_id, payment_key, cents);
end $$;
revoke execute on function public.propose_refund(uuid, text, bigint)
  from public, anon, authenticated;
grant execute on function public.propose_refund(uuid, text, bigint)
  to authenticated, service_role;
comment on function public.propose_refund(uuid, text, bigint) is
  'What of a payment the catalog''s policy (none, prorated, full) offers to give back, the most that
can be, in minor units of its currency, and why. prorated: what its unused credits are worth,
rounded down; with what went back before it adds up. takes_credits: what a refund of that many cents
(by default of the offer) would take back; debt_credits: how much of that is spent and would be
owed. Changes nothing. Raises LCOWN, LCACC, LCKEY (no such payment). For owners, and the service
role. Source: requirement 001 (refund policy), DESIGN 8.';

create function billing.start_refund(
  account_id uuid, payment_key text, amount_cents bigint, reason text
)
returns table (payment_intent text, idempotency_key text, currency text)
language plpgsql volatile
security definer  -- owners cannot read other people's payments
set search_path = ''
as $$
declare
  v_payment billing.payments;
  v_most bigint;
begin
  perform billing.check_owner(reason);
  perform billing.check_named(account_id);
  v_payment := billing.find_payment(account_id, payment_key);
  v_most := billing.refundable_cents(v_payment);
  if (amount_cents between 1 and v_most) is not true then
    raise exception 'a refund is above zero, and at most what is left of the payment'
      using errcode = 'LCAMT', detail = format('%s of %s cents', amount_cents, v_most),
        hint = 'propose_refund says the most that can go back';
  end if;
  perform billing.audit('refund.start', account_id, format('%s, %s %s: %s', payment_key,
    amount_cents, v_payment.currency, reason));
  -- One that failed counts too, else Stripe would answer it again to whoever tries once more.
  return query select v_payment.payment_intent, format('refund:%s:%s:%s', v_payment.key, (
    select count(*) from billing.refunds r
    where r.account_id = v_payment.account_id and r.payment_key = v_payment.key
  ), amount_cents), v_payment.currency;
end $$;
revoke execute on function billing.start_refund(uuid, text, bigint, text) from public;
grant execute on function billing.start_refund(uuid, text, bigint, text)
  to authenticated, service_role;

create function public.start_refund(
  account_id uuid, payment_key text, amount_cents bigint, reason text
)
returns table (payment_intent text, idempotency_key text, currency text)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.start_refund(account_id, payment_key, amount_cents, reason);
end $$;
revoke execute on function public.start_refund(uuid, text, bigint, text)
  from public, anon, authenticated;
grant execute on function public.start_refund(uuid, text, bigint, text)
  to authenticated, service_role;
comment on function public.start_refund(uuid, text, bigint, text) is
  'Notes that an owner gives back amount_cents of a payment, whatever the catalog offers, and
answers what to refund at Stripe. Credits move when Stripe tells of it. The idempotency key stays
the same until then, so that whoever asks twice refunds once. Audited. Raises LCOWN, LCACC, LCKEY
(no such payment), LCAMT (more than is left of it). For owners, and the service role. Source:
requirement 001 (refund policy).';
