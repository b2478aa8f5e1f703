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
  finalized_at       timestamptz,
  attempts           integer,
  next_attempt_at    timestamptz,
  needs_action       boolean,
  overpaid_cents     bigint,
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
  'Payments as Stripe has them: `invoice:{in}` of a subscription, `checkout:{cs}` of a pack,
`payment_intent:{pi}` of a pack that was topped up.';
comment on column billing.payments.needs_action is
  'The bank asks for a confirmation by the holder of the card; hosted_invoice_url leads to it.';
comment on column billing.payments.next_attempt_at is 'Null: the last attempt has been made.';

-- What of Stripe's is paid for, and by which key its payment and its grants go.
create function billing.payment_key_of(noun text, object_id text)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return case noun
    when 'invoice' then 'invoice:'
    when 'checkout_session' then 'checkout:'
    when 'payment_intent' then 'payment_intent:'
  end || object_id;
end $$;
revoke execute on function billing.payment_key_of(text, text) from public;

-- A plan's session pays for nothing itself: its invoice does.
create function billing.is_paid(noun text, facts jsonb)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return coalesce(case noun
    when 'invoice' then facts ->> 'status' = 'paid'
    when 'checkout_session' then facts ->> 'mode' = 'payment'
      and facts ->> 'payment_status' in ('paid', 'no_payment_required')
    when 'payment_intent' then facts ->> 'payment_intent_status' = 'succeeded'
  end, false);
end $$;
revoke execute on function billing.is_paid(text, jsonb) from public;
comment on function billing.is_paid(text, jsonb) is
  'Whether what Stripe says of an object means that its payment has arrived.';

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
      finalized_at = excluded.finalized_at, attempts = excluded.attempts,
      next_attempt_at = excluded.next_attempt_at, needs_action = excluded.needs_action,
      overpaid_cents = excluded.overpaid_cents, ticket = excluded.ticket
  where p.ticket < excluded.ticket;
  return found;
end $$;
revoke execute on function billing.write_payment(billing.payments) from public;
comment on function billing.write_payment(billing.payments) is
  'Writes a payment as Stripe has it; false, and nothing written, when a later reading stands
there.';
