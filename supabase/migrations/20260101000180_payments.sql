-- What was paid, and what each payment granted. Grants go by the payment's own keys, whatever the
-- order in which Stripe tells of it.

create type billing.payment_kind as enum ('subscription', 'pack');
create type billing.payment_status as enum ('pending', 'paid', 'failed', 'expired', 'void');

create table billing.payments (
  account_id         uuid not null,
  key                text not null,
  kind               billing.payment_kind not null,
  status             billing.payment_status not null,
  description        text not null,
  amount_cents       bigint not null,
  currency           text not null,
  created_at         timestamptz not null,
  paid_at            timestamptz,
  subscription_id    text,
  payment_intent     text,
  invoice_number     text,
  hosted_invoice_url text,
  invoice_pdf_url    text,
  next_attempt_at    timestamptz,
  ticket             bigint not null,
  constraint payments_pkey primary key (account_id, key),
  constraint a_payment_is_not_negative check (amount_cents >= 0)
);
create index payments_by_time on billing.payments (account_id, created_at, key);
create index payments_by_intent on billing.payments (account_id, payment_intent)
  where payment_intent is not null;
alter table billing.payments enable row level security;
create policy "members read their payments" on billing.payments
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.payments from anon, authenticated, service_role;
grant select on billing.payments to authenticated, service_role;
comment on table billing.payments is
  'Payments as Stripe has them: `invoice:{in}` of a subscription, `checkout:{cs}` of a pack.';

create function billing.write_payment(payment billing.payments)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into billing.payments as p select payment.*
  on conflict on constraint payments_pkey do update
  set status = excluded.status, description = excluded.description,
      amount_cents = excluded.amount_cents, currency = excluded.currency,
      created_at = excluded.created_at, paid_at = excluded.paid_at,
      payment_intent = excluded.payment_intent, invoice_number = excluded.invoice_number,
      hosted_invoice_url = excluded.hosted_invoice_url, invoice_pdf_url = excluded.invoice_pdf_url,
      next_attempt_at = excluded.next_attempt_at, ticket = excluded.ticket
  where p.ticket < excluded.ticket;
  return found;
end $$;
revoke execute on function billing.write_payment(billing.payments) from public;
comment on function billing.write_payment(billing.payments) is
  'Writes a payment as Stripe has it; false, and nothing written, when a later reading stands
there.';

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
    when facts ->> 'status' = 'uncollectible' then 'failed'
    when (facts ->> 'attempt_count')::integer > 0 then 'failed'
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

create function billing.plan_expiry(
  plan billing.plans, starts_at timestamptz, ends_at timestamptz, is_last boolean
)
returns timestamptz
language plpgsql immutable
set search_path = ''
as $$
begin
  return case
    when plan.expiry = 'duration' then billing.later(starts_at, plan.expires_after)
    when plan.expiry = 'period_end' and is_last then billing.later(ends_at, plan.renewal_grace)
    when plan.expiry = 'period_end' then ends_at
  end;
end $$;
revoke execute on function billing.plan_expiry(billing.plans, timestamptz, timestamptz, boolean)
  from public;
comment on function billing.plan_expiry(billing.plans, timestamptz, timestamptz, boolean) is
  'When a month''s credits expire: the last month of a paid period outlives it by the grace, the
others end when the next starts.';

-- A monthly line is one grant. A yearly one is twelve, written at once, each starting a month after
-- the other; what was paid is split among them to the cent.
create function billing.grant_invoice_line(
  account_id uuid, payment_key text, subscription_id text, line jsonb, currency text
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_price billing.prices;
  v_plan billing.plans;
  v_credits bigint;
  v_cents bigint := (line ->> 'amount')::bigint;
  v_start timestamptz := (line ->> 'period_start')::timestamptz;
  v_end timestamptz := (line ->> 'period_end')::timestamptz;
  v_months integer;
  v_from timestamptz;
  v_until timestamptz;
begin
  select r.* into strict v_price from billing.prices r where r.key = line ->> 'price';
  select p.* into strict v_plan from billing.plans p
  where p.key = v_price.plan_key and p.version = v_price.plan_version;
  v_credits := v_plan.credits_per_month * (line ->> 'quantity')::integer;
  v_months := case when v_credits = 0 then 0
    when v_price.billing_interval = 'year' then 12 else 1 end;
  for i in 0 .. v_months - 1 loop
    v_from := billing.later(v_start, make_interval(months => i));
    v_until := case when i = v_months - 1 then v_end
      else billing.later(v_start, make_interval(months => i + 1)) end;
    perform billing.grant_credits(
      account_id, 'subscription', v_credits,
      concat_ws(':', payment_key, line ->> 'id', case when v_months > 1 then i end),
      expires_at => billing.plan_expiry(v_plan, v_from, v_until, i = v_months - 1),
      starts_at => v_from, period_ends_at => v_until,
      description => v_plan.name || ' plan credits',
      subscription_id => grant_invoice_line.subscription_id,
      payment_key => grant_invoice_line.payment_key,
      paid_cents => v_cents * (i + 1) / v_months - v_cents * i / v_months,
      paid_currency => grant_invoice_line.currency,
      rollover_cap => billing.rollover_cap(v_plan, v_credits),
      rollover_periods => v_plan.rollover_periods,
      metadata => jsonb_build_object('price', v_price.key)
    );
  end loop;
end $$;
revoke execute on function billing.grant_invoice_line(uuid, text, text, jsonb, text) from public;
