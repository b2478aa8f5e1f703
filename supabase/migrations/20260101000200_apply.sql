-- What Stripe's objects do here. One way for all of them: what is missing or wrong is looked for
-- first, and then the event is parked whole; of it only the customer's mapping is kept, which is
-- true whatever the rest says. Each noun says what can be wrong with it, and what it writes.

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
  v_state billing.event_state;
  v_written boolean;
begin
  if not billing.take_event(event_id, event_type, event_created, api_version, body_sha256, ticket,
    facts, 'applied', null, noun) then
    return query select 'duplicate', null;
    return;
  end if;
  v_account_id := billing.account_of(facts ->> 'customer', facts ->> 'account_id');
  if not billing.is_erased(v_account_id) then
    perform billing.settle(v_account_id);  -- locked before it is asked what is there
  end if;
  reason := case
    when billing.is_erased(v_account_id) then 'erased'
    when v_account_id is null then format('customer %s is unknown', facts ->> 'customer')
    when noun = 'checkout_session' then billing.problem_with_session(facts)
    when noun = 'subscription' then billing.problem_with_subscription(facts)
    when noun = 'invoice' then billing.problem_with_invoice(facts)
    when noun in ('refund', 'dispute') then billing.problem_with_return(v_account_id, facts)
  end;
  if reason is not null then
    v_state := case when reason = 'erased' then 'ignored' else 'parked' end::billing.event_state;
    perform billing.close_event(event_id, v_state, reason);
    return query select v_state::text, reason;
    return;
  end if;
  perform billing.open_account(v_account_id);
  v_written := case noun
    when 'checkout_session' then billing.write_session(v_account_id, ticket, facts)
    when 'subscription' then billing.write_subscription(v_account_id, ticket, facts)
    when 'invoice' then billing.write_invoice(v_account_id, ticket, facts)
    when 'refund' then billing.write_refund(v_account_id, ticket, facts)
    when 'dispute' then billing.write_dispute(v_account_id, ticket, facts)
  end;
  if noun in ('checkout_session', 'invoice') then
    perform billing.apply_waiting(facts ->> 'payment_intent');
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
order of locks is event, customer, account. Outcome: applied, duplicate, stale, parked, or ignored
(the account is erased, and the owner may have to send money back).';

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
  v_key text := 'checkout:' || (facts ->> 'id');
  v_pack billing.packs;
begin
  if facts ->> 'mode' is distinct from 'payment' then
    return true;
  end if;
  select p.* into strict v_pack from billing.packs p where p.key = facts ->> 'pack';
  if billing.is_paid(facts) then
    perform billing.grant_pack(account_id, v_key, v_pack, (facts ->> 'quantity')::integer);
  end if;
  return billing.write_payment(
    billing.payment_of_session(account_id, v_key, ticket, facts, v_pack.name));
end $$;
revoke execute on function billing.write_session(uuid, bigint, jsonb) from public;

create function public.apply_checkout_session(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  ticket bigint, facts jsonb
)
returns table (outcome text, reason text)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
begin
  return query select * from billing.apply('checkout_session', event_id, event_type, event_created,
    api_version, body_sha256, ticket, facts);
end $$;
revoke execute on function public.apply_checkout_session(
  text, text, timestamptz, text, text, bigint, jsonb
) from public, anon, authenticated;
grant execute on function public.apply_checkout_session(
  text, text, timestamptz, text, text, bigint, jsonb
) to service_role;
comment on function public.apply_checkout_session(
  text, text, timestamptz, text, text, bigint, jsonb
) is
  'Applies a Checkout session as Stripe has it: links the customer; a paid session of a pack grants
it once, key checkout:{cs}. A plan''s session grants nothing. Parks an unknown customer or pack,
and an amount that is not the catalog''s. facts: amounts in minor units, times ISO 8601. Outcome:
applied, duplicate, stale or parked. For the service role. Source: STRIPE 2.3.';

create function public.apply_subscription(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  ticket bigint, facts jsonb
)
returns table (outcome text, reason text)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
begin
  return query select * from billing.apply('subscription', event_id, event_type, event_created,
    api_version, body_sha256, ticket, facts);
end $$;
revoke execute on function public.apply_subscription(
  text, text, timestamptz, text, text, bigint, jsonb
) from public, anon, authenticated;
grant execute on function public.apply_subscription(
  text, text, timestamptz, text, text, bigint, jsonb
) to service_role;
comment on function public.apply_subscription(
  text, text, timestamptz, text, text, bigint, jsonb
) is
  'Applies a subscription as Stripe has it: plan, period, cancel date. Grants no credits; paid
invoices do. A canceled one stays canceled. Parks an unknown customer or price. facts and outcome
as apply_checkout_session. For the service role. Source: STRIPE 2.3.';

create function billing.problem_with_invoice(facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if (facts ->> 'total')::bigint < 0 then
    return format('the total of %s %s is below zero', facts ->> 'total', facts ->> 'currency');
  elsif (facts ->> 'total')::bigint > 0 and jsonb_array_length(facts -> 'lines') = 0 then
    return format('%s %s are paid for no line', facts ->> 'total', facts ->> 'currency');
  end if;
  return (
    select case
      when p.key is null then format('price %s is unknown', l ->> 'price')
      when (l ->> 'proration')::boolean then format('line %s is a proration', l ->> 'id')
      when num_nulls(l ->> 'quantity', l ->> 'period_start', l ->> 'period_end') > 0
        then format('line %s has no quantity or period', l ->> 'id')
      else format('%s %s is not the price of %s x %s', l ->> 'amount', facts ->> 'currency',
        l ->> 'quantity', p.key)
    end
    from jsonb_array_elements(facts -> 'lines') l
    left join billing.prices p on p.key = l ->> 'price'
    where ((l ->> 'amount')::bigint > 0) is not false and (
      p.key is null or (l ->> 'proration')::boolean
      or num_nulls(l ->> 'quantity', l ->> 'period_start', l ->> 'period_end') > 0
      or (l ->> 'amount')::bigint is distinct from p.price_cents * (l ->> 'quantity')::bigint
      or facts ->> 'currency' is distinct from p.currency)
    order by l ->> 'id'
    limit 1
  );
end $$;
revoke execute on function billing.problem_with_invoice(jsonb) from public;

create function billing.write_invoice(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key text := 'invoice:' || (facts ->> 'id');
begin
  if facts ->> 'status' = 'paid' then
    perform billing.grant_invoice_line(
      account_id, v_key, facts ->> 'subscription', l, facts ->> 'currency')
    from jsonb_array_elements(facts -> 'lines') l where (l ->> 'amount')::bigint > 0;
  end if;
  return billing.write_payment(billing.payment_of_invoice(account_id, v_key, ticket, facts));
end $$;
revoke execute on function billing.write_invoice(uuid, bigint, jsonb) from public;

create function public.apply_invoice(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  ticket bigint, facts jsonb
)
returns table (outcome text, reason text)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
begin
  if facts ->> 'subscription' is null then
    reason := 'the invoice is not a subscription''s';
    return query select i.outcome, apply_invoice.reason
    from public.ignore_event(
      event_id, event_type, event_created, api_version, body_sha256, reason) i;
    return;
  end if;
  return query select * from billing.apply('invoice', event_id, event_type, event_created,
    api_version, body_sha256, ticket, facts);
end $$;
revoke execute on function public.apply_invoice(
  text, text, timestamptz, text, text, bigint, jsonb
) from public, anon, authenticated;
grant execute on function public.apply_invoice(
  text, text, timestamptz, text, text, bigint, jsonb
) to service_role;
comment on function public.apply_invoice(text, text, timestamptz, text, text, bigint, jsonb) is
  'Applies a subscription''s invoice as Stripe has it: the payment''s row, and when it is paid one
grant for each paid line, key invoice:{in}:{line} (twelve for a yearly line, :{0..11}), needing
neither the session nor the subscription to have come. Parks an unknown customer or price, a
proration, an amount that is not the catalog''s, and a total below zero; ignores invoices without a
subscription. facts and outcome as apply_checkout_session. For the service role. Source: STRIPE
2.3.';
