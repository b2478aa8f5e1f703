-- What Stripe's objects do here, one function for each noun. Each looks for what is missing or
-- wrong first and then parks the event whole: of it only the customer's mapping is kept, which is
-- true whatever the rest says.

create function public.apply_checkout_session(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  ticket bigint, facts jsonb
)
returns table (outcome text, reason text)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_key text := 'checkout:' || (facts ->> 'id');
  v_account_id uuid;
  v_pack billing.packs;
  v_quantity integer := (facts ->> 'quantity')::integer;
  v_written boolean;
begin
  if not billing.take_event(event_id, event_type, event_created, api_version, body_sha256, ticket,
    facts, 'applied', null) then
    return query select 'duplicate', null;
    return;
  end if;
  v_account_id := billing.account_of(facts ->> 'customer', facts ->> 'account_id');
  select p.* into v_pack from billing.packs p where p.key = facts ->> 'pack';
  reason := case
    when v_account_id is null then format('customer %s is unknown', facts ->> 'customer')
    when facts ->> 'mode' <> 'payment' then null  -- a plan's session links the customer, no more
    when v_pack.key is null then format('pack %s is unknown', facts ->> 'pack')
    when facts ->> 'currency' is distinct from v_pack.currency
      or (facts ->> 'amount_subtotal')::bigint is distinct from v_pack.price_cents * v_quantity
      then format('%s %s is not the price of %s x %s', facts ->> 'amount_subtotal',
        facts ->> 'currency', v_quantity, v_pack.key)
  end;
  if reason is not null then
    perform billing.park_event(event_id, reason);
    return query select 'parked', reason;
    return;
  end if;
  perform billing.open_account(v_account_id);
  perform billing.settle(v_account_id);
  if facts ->> 'mode' = 'payment' then
    v_written := billing.write_payment(
      billing.payment_of_session(v_account_id, v_key, ticket, facts, v_pack.name));
    if billing.is_paid(facts) then
      perform billing.grant_pack(v_account_id, v_key, v_pack, v_quantity);
    end if;
  end if;
  return query select case when v_written is false then 'stale' else 'applied' end, null;
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

create function billing.is_paid(session jsonb)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return session ->> 'payment_status' in ('paid', 'no_payment_required');
end $$;
revoke execute on function billing.is_paid(jsonb) from public;

create function billing.payment_of_session(
  account_id uuid, key text, ticket bigint, facts jsonb, description text
)
returns billing.payments
language plpgsql volatile
set search_path = ''
as $$
declare
  v_payment billing.payments;
begin
  v_payment.account_id := account_id;
  v_payment.key := key;
  v_payment.kind := 'pack';
  v_payment.status := (case when billing.is_paid(facts) then 'paid'
    when facts ->> 'status' = 'expired' then 'expired' else 'pending' end)::billing.payment_status;
  v_payment.description := description;
  v_payment.amount_cents := (facts ->> 'amount_total')::bigint;
  v_payment.currency := facts ->> 'currency';
  v_payment.created_at := (facts ->> 'created')::timestamptz;
  v_payment.paid_at := case when billing.is_paid(facts) then v_payment.created_at end;
  v_payment.payment_intent := facts ->> 'payment_intent';
  v_payment.ticket := ticket;
  return v_payment;
end $$;
revoke execute on function billing.payment_of_session(uuid, text, bigint, jsonb, text) from public;
comment on function billing.payment_of_session(uuid, text, bigint, jsonb, text) is
  'A pack''s payment. A session does not say when it was paid, so that it counts as paid when it
was made: the same whichever of its events comes first.';

create function public.apply_subscription(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  ticket bigint, facts jsonb
)
returns table (outcome text, reason text)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_account_id uuid;
  v_item jsonb := facts -> 'items' -> 0;
begin
  if not billing.take_event(event_id, event_type, event_created, api_version, body_sha256, ticket,
    facts, 'applied', null) then
    return query select 'duplicate', null;
    return;
  end if;
  v_account_id := billing.account_of(facts ->> 'customer', facts ->> 'account_id');
  reason := case
    when v_account_id is null then format('customer %s is unknown', facts ->> 'customer')
    when jsonb_array_length(facts -> 'items') <> 1 then 'a subscription has one item here'
    when not exists (select from billing.prices p where p.key = v_item ->> 'price')
      then format('price %s is unknown', v_item ->> 'price')
  end;
  if reason is not null then
    perform billing.park_event(event_id, reason);
    return query select 'parked', reason;
    return;
  end if;
  perform billing.open_account(v_account_id);
  perform billing.settle(v_account_id);
  insert into billing.subscriptions as s (
    account_id, id, status, price_key, quantity, period_start, period_end, cancel_at, canceled_at,
    ended_at, trial_end, created_at, ticket
  )
  select v_account_id, facts ->> 'id', facts ->> 'status', v_item ->> 'price',
    (v_item ->> 'quantity')::integer, (v_item ->> 'period_start')::timestamptz,
    (v_item ->> 'period_end')::timestamptz, (facts ->> 'cancel_at')::timestamptz,
    (facts ->> 'canceled_at')::timestamptz, (facts ->> 'ended_at')::timestamptz,
    (facts ->> 'trial_end')::timestamptz, (facts ->> 'created')::timestamptz,
    apply_subscription.ticket
  on conflict on constraint subscriptions_pkey do update
  set status = excluded.status, price_key = excluded.price_key, quantity = excluded.quantity,
      period_start = excluded.period_start, period_end = excluded.period_end,
      cancel_at = excluded.cancel_at, canceled_at = excluded.canceled_at,
      ended_at = excluded.ended_at, trial_end = excluded.trial_end, ticket = excluded.ticket
  where s.ticket < excluded.ticket
    and (s.status <> 'canceled' or excluded.status = 'canceled');  -- Stripe never revives an id
  return query select case when found then 'applied' else 'stale' end, null;
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

create function billing.problem_with_invoice(account_id uuid, facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if account_id is null then
    return format('customer %s is unknown', facts ->> 'customer');
  elsif (facts ->> 'total')::bigint < 0 then
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
revoke execute on function billing.problem_with_invoice(uuid, jsonb) from public;

create function public.apply_invoice(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  ticket bigint, facts jsonb
)
returns table (outcome text, reason text)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_key text := 'invoice:' || (facts ->> 'id');
  v_account_id uuid;
  v_written boolean;
begin
  if facts ->> 'subscription' is null then
    reason := 'the invoice is not a subscription''s';
    return query select i.outcome, apply_invoice.reason
    from public.ignore_event(event_id, event_type, event_created, api_version, body_sha256, reason) i;
    return;
  elsif not billing.take_event(event_id, event_type, event_created, api_version, body_sha256, ticket,
    facts, 'applied', null) then
    return query select 'duplicate', null;
    return;
  end if;
  v_account_id := billing.account_of(facts ->> 'customer', facts ->> 'account_id');
  reason := billing.problem_with_invoice(v_account_id, facts);
  if reason is not null then
    perform billing.park_event(event_id, reason);
    return query select 'parked', reason;
    return;
  end if;
  perform billing.open_account(v_account_id);
  perform billing.settle(v_account_id);
  v_written := billing.write_payment(billing.payment_of_invoice(v_account_id, v_key, ticket, facts));
  if facts ->> 'status' = 'paid' then
    perform billing.grant_invoice_line(v_account_id, v_key, facts ->> 'subscription', l)
    from jsonb_array_elements(facts -> 'lines') l where (l ->> 'amount')::bigint > 0;
  end if;
  return query select case when v_written then 'applied' else 'stale' end, null;
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
subscription.
facts and outcome as apply_checkout_session. For the service role. Source: STRIPE 2.3.';

create function billing.payment_of_invoice(account_id uuid, key text, ticket bigint, facts jsonb)
returns billing.payments
language plpgsql stable
set search_path = ''
as $$
declare
  v_payment billing.payments;
begin
  v_payment.account_id := account_id;
  v_payment.key := key;
  v_payment.kind := 'subscription';
  v_payment.status := (case
    when facts ->> 'status' in ('paid', 'void') then facts ->> 'status'
    when facts ->> 'status' = 'uncollectible' or (facts ->> 'attempt_count')::integer > 0 then 'failed'
    else 'pending' end)::billing.payment_status;
  v_payment.description := coalesce((
    select p.name || case r.billing_interval when 'year' then ' plan, yearly' else ' plan' end
    from jsonb_array_elements(facts -> 'lines') l
    join billing.prices r on r.key = l ->> 'price'
    join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
    order by (l ->> 'amount')::bigint desc limit 1), 'Subscription');
  v_payment.amount_cents := (facts ->> 'total')::bigint;
  v_payment.currency := facts ->> 'currency';
  v_payment.created_at := (facts ->> 'created')::timestamptz;
  v_payment.paid_at := (facts ->> 'paid_at')::timestamptz;
  v_payment.subscription_id := facts ->> 'subscription';
  v_payment.payment_intent := facts ->> 'payment_intent';
  v_payment.invoice_number := facts ->> 'number';
  v_payment.hosted_invoice_url := facts ->> 'hosted_invoice_url';
  v_payment.invoice_pdf_url := facts ->> 'invoice_pdf';
  v_payment.next_attempt_at := (facts ->> 'next_payment_attempt')::timestamptz;
  v_payment.ticket := ticket;
  return v_payment;
end $$;
revoke execute on function billing.payment_of_invoice(uuid, text, bigint, jsonb) from public;
