-- How packs are paid for: by a Checkout session, or topped up without one. Each grants its pack
-- once, when it is paid; a plan's session only links the customer.

-- Before its first attempt a payment requires a method, too: there is nothing to be told yet.
create function billing.has_failed(payment jsonb)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return payment ->> 'payment_intent_status' = 'canceled'
    or payment ->> 'payment_intent_status' = 'requires_payment_method'
      and payment ->> 'payment_error' is not null;
end $$;
revoke execute on function billing.has_failed(jsonb) from public;

-- The bank asks the holder of the card, or has asked and was not answered: it can be asked again.
create function billing.needs_confirmation(payment jsonb)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return coalesce(payment ->> 'payment_intent_status' = 'requires_action'
    or payment ->> 'payment_intent_status' = 'requires_payment_method'
      and payment ->> 'payment_error'
        in ('authentication_required', 'payment_intent_authentication_failure'), false);
end $$;
revoke execute on function billing.needs_confirmation(jsonb) from public;

create function billing.payment_of_session(
  account_id uuid, key text, ticket bigint, facts jsonb, description text
)
returns billing.payments
language plpgsql volatile
set search_path = ''
as $$
declare
  v_is_paid boolean := billing.is_paid('checkout_session', facts);
  v_payment billing.payments;
begin
  v_payment.account_id := account_id;
  v_payment.key := key;
  v_payment.kind := 'pack';
  v_payment.status := (case when v_is_paid then 'paid'
    when facts ->> 'status' = 'expired' then 'expired'
    when billing.has_failed(facts) then 'failed' else 'pending' end)::billing.payment_status;
  v_payment.description := description;
  v_payment.amount_cents := (facts ->> 'amount_total')::bigint;
  v_payment.currency := facts ->> 'currency';
  v_payment.created_at := (facts ->> 'created')::timestamptz;
  v_payment.paid_at := case when v_is_paid then v_payment.created_at end;
  v_payment.payment_intent := facts ->> 'payment_intent';
  v_payment.ticket := ticket;
  return v_payment;
end $$;
revoke execute on function billing.payment_of_session(uuid, text, bigint, jsonb, text) from public;
comment on function billing.payment_of_session(uuid, text, bigint, jsonb, text) is
  'A pack''s payment. A session does not say when it was paid, so that it counts as paid when it
was made: the same whichever of its events comes first.';

create function billing.grant_pack(
  account_id uuid, payment_key text, pack billing.packs, quantity integer
)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.grant_credits(
    account_id, 'permanent', pack.credits * quantity, payment_key,
    expires_at => billing.later(billing.now(), pack.expires_after),
    description => pack.name, payment_key => grant_pack.payment_key,
    paid_cents => pack.price_cents * quantity, paid_currency => pack.currency,
    metadata => jsonb_build_object('pack', pack.key)
  );
end $$;
revoke execute on function billing.grant_pack(uuid, text, billing.packs, integer) from public;

create function billing.problem_with_session(facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_pack billing.packs;
begin
  select p.* into v_pack from billing.packs p where p.key = facts ->> 'pack';
  return case
    when facts ->> 'mode' <> 'payment' then null  -- a plan's session links the customer, no more
    when v_pack.key is null then format('pack %s is unknown', facts ->> 'pack')
    when facts ->> 'currency' is distinct from v_pack.currency
      or (facts ->> 'amount_subtotal')::bigint
        is distinct from v_pack.price_cents * (facts ->> 'quantity')::integer
      then format('%s %s is not the price of %s x %s', facts ->> 'amount_subtotal',
        facts ->> 'currency', facts ->> 'quantity', v_pack.key)
  end;
end $$;
revoke execute on function billing.problem_with_session(jsonb) from public;

create function billing.write_session(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key text := billing.payment_key_of('checkout_session', facts ->> 'id');
  v_pack billing.packs;
begin
  if facts ->> 'mode' is distinct from 'payment' then
    return true;
  end if;
  select p.* into strict v_pack from billing.packs p where p.key = facts ->> 'pack';
  if billing.is_paid('checkout_session', facts) then
    perform billing.grant_pack(account_id, v_key, v_pack, (facts ->> 'quantity')::integer);
  end if;
  return billing.write_payment(
    billing.payment_of_session(account_id, v_key, ticket, facts, v_pack.name));
end $$;
revoke execute on function billing.write_session(uuid, bigint, jsonb) from public;

create function billing.problem_with_payment_intent(facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_pack billing.packs;
begin
  select p.* into v_pack from billing.packs p where p.key = facts ->> 'pack';
  return case
    when v_pack.key is null then format('pack %s is unknown', facts ->> 'pack')
    when facts ->> 'currency' is distinct from v_pack.currency
      or (facts ->> 'amount')::bigint is distinct from v_pack.price_cents
      or facts ->> 'payment_intent_status' = 'succeeded'
        and (facts ->> 'amount_received')::bigint is distinct from v_pack.price_cents
      then format('%s %s is not the price of %s', facts ->> 'amount', facts ->> 'currency',
        v_pack.key)
  end;
end $$;
revoke execute on function billing.problem_with_payment_intent(jsonb) from public;

create function billing.write_payment_intent(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_is_paid boolean := billing.is_paid('payment_intent', facts);
  v_needs_action boolean := billing.needs_confirmation(facts);
  v_pack billing.packs;
  v_payment billing.payments;
begin
  select p.* into strict v_pack from billing.packs p where p.key = facts ->> 'pack';
  v_payment.account_id := account_id;
  v_payment.key := billing.payment_key_of('payment_intent', facts ->> 'payment_intent');
  v_payment.kind := 'pack';
  v_payment.status := (case when v_is_paid then 'paid' when v_needs_action then 'pending'
    when billing.has_failed(facts) then 'failed' else 'pending' end)::billing.payment_status;
  v_payment.description := v_pack.name;
  v_payment.amount_cents := (facts ->> 'amount')::bigint;
  v_payment.currency := facts ->> 'currency';
  v_payment.created_at := (facts ->> 'created')::timestamptz;
  v_payment.paid_at := case when v_is_paid then v_payment.created_at end;
  v_payment.payment_intent := facts ->> 'payment_intent';
  v_payment.needs_action := v_needs_action;
  v_payment.ticket := ticket;
  if v_is_paid then
    perform billing.grant_pack(account_id, v_payment.key, v_pack, 1);
  end if;
  if not billing.write_payment(v_payment) then
    return false;
  end if;
  perform billing.follow_payment(account_id, facts);
  return true;
end $$;
revoke execute on function billing.write_payment_intent(uuid, bigint, jsonb) from public;
