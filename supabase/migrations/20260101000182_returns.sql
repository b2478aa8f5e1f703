-- Money that went back, or is in dispute: rows as Stripe has them, and what they do to the credits
-- that the payment bought.

create table billing.refunds (
  account_id   uuid not null,
  id           text not null,
  payment_key  text not null,
  status       text not null,
  amount_cents bigint not null,
  currency     text not null,
  reason       text,
  created_at   timestamptz not null,
  ticket       bigint not null,
  constraint refunds_pkey primary key (account_id, id)
);
create index refunds_by_payment on billing.refunds (account_id, payment_key);
alter table billing.refunds enable row level security;
create policy "members read their refunds" on billing.refunds
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.refunds from anon, authenticated, service_role;
grant select on billing.refunds to authenticated, service_role;
comment on table billing.refunds is 'Refunds as Stripe has them; status is Stripe''s word.';

create table billing.disputes (
  account_id      uuid not null,
  id              text not null,
  payment_key     text not null,
  status          text not null,
  amount_cents    bigint not null,
  currency        text not null,
  reason          text,
  evidence_due_at timestamptz,
  created_at      timestamptz not null,
  ticket          bigint not null,
  constraint disputes_pkey primary key (account_id, id)
);
create index disputes_by_payment on billing.disputes (account_id, payment_key);
alter table billing.disputes enable row level security;
create policy "members read their disputes" on billing.disputes
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.disputes from anon, authenticated, service_role;
grant select on billing.disputes to authenticated, service_role;
comment on table billing.disputes is
  'Disputes as Stripe has them; status is Stripe''s word, warning_* is an inquiry and no dispute.';

-- The places that say which of Stripe's words mean that the money is, or may be, back.
create function billing.is_returned(refund_status text)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return refund_status in ('pending', 'requires_action', 'succeeded');
end $$;
revoke execute on function billing.is_returned(text) from public;
grant execute on function billing.is_returned(text) to authenticated, service_role;

create function billing.is_disputed(dispute_status text)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return dispute_status in ('needs_response', 'under_review');
end $$;
revoke execute on function billing.is_disputed(text) from public;
grant execute on function billing.is_disputed(text) to authenticated, service_role;

create function billing.payment_of(account_id uuid, payment_intent text)
returns billing.payments
language plpgsql stable
set search_path = ''
as $$
declare
  v_payment billing.payments;
begin
  select p.* into v_payment from billing.payments p
  where p.account_id = payment_of.account_id and p.payment_intent = payment_of.payment_intent;
  return v_payment;
end $$;
revoke execute on function billing.payment_of(uuid, text) from public;

create function billing.problem_with_return(account_id uuid, facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_payment billing.payments := billing.payment_of(account_id, facts ->> 'payment_intent');
begin
  return case
    when v_payment.key is null
      then format('payment %s is not known yet', facts ->> 'payment_intent')
    when facts ->> 'currency' is distinct from v_payment.currency
      or ((facts ->> 'amount')::bigint between 1 and v_payment.amount_cents) is not true
      then format('%s %s are not of %s, which is %s %s', facts ->> 'amount', facts ->> 'currency',
        v_payment.key, v_payment.amount_cents, v_payment.currency)
  end;
end $$;
revoke execute on function billing.problem_with_return(uuid, jsonb) from public;

create function billing.has_granted(account_id uuid, payment_key text)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from billing.buckets b
    where b.account_id = has_granted.account_id and b.payment_key = has_granted.payment_key);
end $$;
revoke execute on function billing.has_granted(uuid, text) from public;
comment on function billing.has_granted(uuid, text) is
  'Whether a payment bought any credits: a plan may come without.';

-- What is not claimed any more, or never was, needs no undoing.
create function billing.drop_claim(account_id uuid, claim_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if exists (
    select from billing.clawbacks c
    where c.account_id = drop_claim.account_id and c.key = claim_id
  ) then
    perform public.cancel_claw_back(account_id, claim_id);
  end if;
end $$;
revoke execute on function billing.drop_claim(uuid, text) from public;

create function billing.write_refund(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_payment billing.payments := billing.payment_of(account_id, facts ->> 'payment_intent');
  v_cents bigint := (facts ->> 'amount')::bigint;
begin
  insert into billing.refunds as r (
    account_id, id, payment_key, status, amount_cents, currency, reason, created_at, ticket
  ) values (
    account_id, facts ->> 'id', v_payment.key, facts ->> 'status', v_cents, facts ->> 'currency',
    facts ->> 'reason', (facts ->> 'created')::timestamptz, ticket
  )
  on conflict on constraint refunds_pkey do update
  set status = excluded.status, reason = excluded.reason, ticket = excluded.ticket
  where r.ticket < excluded.ticket;
  if not found then
    return false;
  elsif not billing.has_granted(account_id, v_payment.key) then
    return true;
  elsif billing.is_returned(facts ->> 'status') then
    perform public.claw_back_credits(
      account_id, facts ->> 'id', v_payment.key, v_cents, v_payment.amount_cents);
  else
    perform billing.drop_claim(account_id, facts ->> 'id');
  end if;
  return true;
end $$;
revoke execute on function billing.write_refund(uuid, bigint, jsonb) from public;

create function billing.write_dispute(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_payment billing.payments := billing.payment_of(account_id, facts ->> 'payment_intent');
  v_cents bigint := (facts ->> 'amount')::bigint;
begin
  insert into billing.disputes as d (
    account_id, id, payment_key, status, amount_cents, currency, reason, evidence_due_at,
    created_at, ticket
  ) values (
    account_id, facts ->> 'id', v_payment.key, facts ->> 'status', v_cents, facts ->> 'currency',
    facts ->> 'reason', (facts ->> 'evidence_due_at')::timestamptz,
    (facts ->> 'created')::timestamptz, ticket
  )
  on conflict on constraint disputes_pkey do update
  set status = excluded.status, reason = excluded.reason,
      evidence_due_at = excluded.evidence_due_at, ticket = excluded.ticket
  where d.ticket < excluded.ticket;
  if not found then
    return false;
  elsif not billing.has_granted(account_id, v_payment.key) then
    return true;
  elsif facts ->> 'status' = 'lost' then
    perform public.claw_back_credits(
      account_id, facts ->> 'id', v_payment.key, v_cents, v_payment.amount_cents);
  elsif billing.is_disputed(facts ->> 'status') then
    perform public.dispute_credits(
      account_id, facts ->> 'id', v_payment.key, v_cents, v_payment.amount_cents);
  else
    perform billing.drop_claim(account_id, facts ->> 'id');  -- won, prevented, or an inquiry
  end if;
  return true;
end $$;
revoke execute on function billing.write_dispute(uuid, bigint, jsonb) from public;

create function public.get_payments(
  account_id uuid default auth.uid(), before_key text default null, page_size integer default 50
)
returns table (
  key text, kind text, created_at timestamptz, paid_at timestamptz, description text,
  amount_cents bigint, currency text, status text, invoice_number text, hosted_invoice_url text,
  invoice_pdf_url text, credits_granted bigint, refunded_cents bigint
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.touch(account_id);
  return query
  select p.key, p.kind::text, p.created_at, p.paid_at, p.description, p.amount_cents, p.currency,
    case
      when p.status <> 'paid' then p.status::text
      when exists (
        select from billing.disputes d where d.account_id = p.account_id and d.payment_key = p.key
          and billing.is_disputed(d.status)) then 'disputed'
      when r.cents >= p.amount_cents and r.cents > 0 then 'refunded'
      when r.cents > 0 then 'partially_refunded'
      else 'paid'
    end,
    p.invoice_number, p.hosted_invoice_url, p.invoice_pdf_url,
    (select coalesce(sum(b.granted_credits), 0)::bigint from billing.buckets b
     where b.account_id = p.account_id and b.payment_key = p.key and b.key is not null), r.cents
  from billing.payments p
  cross join lateral (
    select coalesce(sum(f.amount_cents), 0)::bigint as cents from (
      select x.amount_cents from billing.refunds x
      where x.account_id = p.account_id and x.payment_key = p.key and billing.is_returned(x.status)
      union all
      select x.amount_cents from billing.disputes x
      where x.account_id = p.account_id and x.payment_key = p.key and x.status = 'lost'
    ) f
  ) r
  where p.account_id = get_payments.account_id and (
    before_key is null or (p.created_at, p.key) < (
      select b.created_at, b.key from billing.payments b
      where b.account_id = get_payments.account_id and b.key = before_key))
  order by p.created_at desc, p.key desc
  limit least(greatest(coalesce(page_size, 50), 1), 200);
end $$;
revoke execute on function public.get_payments(uuid, text, integer)
  from public, anon, authenticated;
grant execute on function public.get_payments(uuid, text, integer)
  to authenticated, service_role;
comment on function public.get_payments(uuid, text, integer) is
  'Payments of an account, newest first, a page of page_size (1 to 200): amounts in minor units, the
status (pending, paid, failed, expired, void; of a paid one disputed, refunded or
partially_refunded), what went back, links to the invoice, and the credits each has granted. The
next page is asked with the last key as before_key. For members, and the service role. Raises LCACC.
Source: requirement 004, 4A.';
