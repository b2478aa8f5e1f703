-- What Stripe's objects do here. One way for all of them: what is missing or wrong is looked for
-- first, and then the event is parked whole; of it only the customer's mapping is kept, which is
-- true whatever the rest says. Each noun says what can be wrong with it, and what it writes.

-- What is not for us, whatever else is here by now.
create function billing.not_ours(noun billing.stripe_noun, facts jsonb)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return case
    when noun = 'invoice' and facts ->> 'subscription' is null
      then 'the invoice is not a subscription''s'
    when noun = 'payment_intent' and facts ->> 'pack' is null then 'the payment is not a top-up'
    when noun = 'price' and num_nonnulls(facts ->> 'price', facts ->> 'pack') = 0
      then 'the price is not of the catalog'
  end;
end $$;
revoke execute on function billing.not_ours(billing.stripe_noun, jsonb) from public;

create function billing.problem_with(
  noun billing.stripe_noun, account_id uuid, facts jsonb
)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return case noun
    when 'checkout_session' then billing.problem_with_session(facts)
    when 'subscription' then billing.problem_with_subscription(facts)
    when 'invoice' then billing.problem_with_invoice(facts)
    when 'payment_intent' then billing.problem_with_payment_intent(facts)
    when 'refund' then billing.problem_with_return(account_id, facts, false)
    when 'charge' then billing.problem_with_charge(account_id, facts)
    when 'dispute' then billing.problem_with_return(account_id, facts, true)
    when 'price' then billing.problem_with_price(facts)
    else null  -- a customer, a payment method and a product are as they are
  end;
end $$;
revoke execute on function billing.problem_with(billing.stripe_noun, uuid, jsonb) from public;
comment on function billing.problem_with(billing.stripe_noun, uuid, jsonb) is
  'What is missing here, or does not fit, so that the object cannot be applied; null: nothing.';

create function billing.write_object(
  noun billing.stripe_noun, account_id uuid, ticket bigint, facts jsonb
)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  return case noun
    when 'checkout_session' then billing.write_session(account_id, ticket, facts)
    when 'subscription' then billing.write_subscription(account_id, ticket, facts)
    when 'invoice' then billing.write_invoice(account_id, ticket, facts)
    when 'payment_intent' then billing.write_payment_intent(account_id, ticket, facts)
    when 'refund' then billing.write_refund(account_id, ticket, facts)
    when 'charge' then billing.write_charge(account_id, ticket, facts)
    when 'dispute' then billing.write_dispute(account_id, ticket, facts)
    when 'customer' then billing.write_customer(ticket, facts)
    when 'payment_method' then billing.write_payment_method(account_id, ticket, facts)
    when 'price' then billing.write_price(ticket, facts)
    when 'product' then billing.write_product(ticket, facts)
  end;
end $$;
revoke execute on function billing.write_object(billing.stripe_noun, uuid, bigint, jsonb)
  from public;
comment on function billing.write_object(billing.stripe_noun, uuid, bigint, jsonb) is
  'Writes an object as Stripe has it, and what it does to credits; false when a later reading stands
there.';

-- Whose the object is; the account is locked when this returns.
create function billing.account_for(
  noun billing.stripe_noun, facts jsonb, out account_id uuid, out reason text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  if noun in ('price', 'product') then
    return;  -- nobody's own
  end if;
  account_id := billing.account_of(facts ->> 'customer', facts ->> 'account_id');
  if account_id is null and noun = 'customer' and (facts ->> 'deleted')::boolean then
    return;  -- kept, so that whoever it turns out to be is not sent there
  elsif account_id is null then
    reason := format('customer %s is unknown', facts ->> 'customer');
  elsif billing.is_erased(account_id) then
    reason := 'erased';
  else
    perform billing.settle(account_id);  -- locked before it is asked what is there
  end if;
end $$;
revoke execute on function billing.account_for(billing.stripe_noun, jsonb) from public;

create function billing.apply(
  noun billing.stripe_noun, event_id text, event_type text, event_created timestamptz,
  api_version text, body_sha256 text, ticket bigint, facts jsonb
)
returns table (outcome text, reason text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_account_id uuid;
  v_written boolean;
begin
  if not billing.take_event(event_id, event_type, event_created, api_version, body_sha256, ticket,
    facts, 'applied', null, noun) then
    return query select 'duplicate', null;
    return;
  end if;
  reason := billing.not_ours(noun, facts);
  outcome := 'ignored';
  if reason is null then
    select a.account_id, a.reason into v_account_id, reason
    from billing.account_for(noun, facts) a;
    -- Who else has customers with this Stripe account is no concern of ours, only their money is.
    outcome := case when reason = 'erased' or noun in ('customer', 'payment_method') then 'ignored'
      else 'parked' end;
    reason := coalesce(reason, billing.problem_with(noun, v_account_id, facts));
  end if;
  if reason is not null then
    perform billing.close_event(event_id, outcome::billing.event_state, reason);
    return next;
    return;
  end if;
  if v_account_id is not null then
    perform billing.open_account(v_account_id);
  end if;
  v_written := billing.write_object(noun, v_account_id, ticket, facts);
  if noun in ('checkout_session', 'invoice', 'payment_intent') then
    perform billing.apply_waiting('payment_intent', facts ->> 'payment_intent');
  end if;
  return query select case when v_written then 'applied' else 'stale' end, null;
end $$;
revoke execute on function billing.apply(
  billing.stripe_noun, text, text, timestamptz, text, text, bigint, jsonb
) from public;
comment on function billing.apply(
  billing.stripe_noun, text, text, timestamptz, text, text, bigint, jsonb
) is
  'Records an event and applies what Stripe says of its object, or parks it, in one transaction. The
order of locks is event, customer, account.';

create function public.apply_object(
  noun text, event_id text, event_type text, event_created timestamptz, api_version text,
  body_sha256 text, ticket bigint, facts jsonb
)
returns table (outcome text, reason text)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
begin
  return query select * from billing.apply(noun::billing.stripe_noun, event_id, event_type,
    event_created, api_version, body_sha256, ticket, facts);
end $$;
revoke execute on function public.apply_object(
  text, text, text, timestamptz, text, text, bigint, jsonb
) from public, anon, authenticated;
grant execute on function public.apply_object(
  text, text, text, timestamptz, text, text, bigint, jsonb
) to service_role;
comment on function public.apply_object(
  text, text, text, timestamptz, text, text, bigint, jsonb
) is
  'Applies an object of Stripe as it was read under the ticket, and records the event that told of
it, in one transaction. noun: what it is (billing.stripe_noun). facts: what its reader took of it,
amounts in minor units, times ISO 8601. A paid session of a pack grants it, key checkout:{cs}; each
paid line of an invoice, key invoice:{in}:{line}; a refund takes back, a dispute freezes; the rest
is state to be shown. Outcome: applied; duplicate (done before); stale (read earlier than what
stands there); parked (something is missing here or does not fit: reason, tried again by the job);
ignored (not ours, or the account is erased and money may have to go back). For the service role.
Source: STRIPE 2.2 and 2.3.';
