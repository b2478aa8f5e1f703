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

create function billing.returned_cents(account_id uuid, payment_key text)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(r.amount_cents), 0) from billing.refunds r
    where r.account_id = returned_cents.account_id and r.payment_key = returned_cents.payment_key
      and billing.is_returned(r.status)
  ) + (
    select coalesce(sum(d.amount_cents), 0) from billing.disputes d
    where d.account_id = returned_cents.account_id and d.payment_key = returned_cents.payment_key
      and d.status = 'lost'
  );
end $$;
revoke execute on function billing.returned_cents(uuid, text) from public;
grant execute on function billing.returned_cents(uuid, text) to authenticated, service_role;
comment on function billing.returned_cents(uuid, text) is
  'What of a payment went back, by refunds and by disputes that were lost.';

create function billing.has_open_dispute(account_id uuid, payment_key text)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from billing.disputes d
    where d.account_id = has_open_dispute.account_id
      and d.payment_key = has_open_dispute.payment_key and billing.is_disputed(d.status));
end $$;
revoke execute on function billing.has_open_dispute(uuid, text) from public;
grant execute on function billing.has_open_dispute(uuid, text) to authenticated, service_role;

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
    -- Else its credits would come afterwards, and be kept.
    when v_payment.status <> 'paid' then format('%s is not paid yet', v_payment.key)
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

-- All refunds of a charge, as one reading found them.
create function billing.problem_with_charge(account_id uuid, facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select p.problem
    from jsonb_array_elements(facts -> 'refunds') r
    cross join lateral (select billing.problem_with_return(account_id, r) as problem) p
    where p.problem is not null
    order by r ->> 'id'
    limit 1
  );
end $$;
revoke execute on function billing.problem_with_charge(uuid, jsonb) from public;

create function billing.write_charge(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_refund jsonb;
  v_written boolean := false;
begin
  for v_refund in
    select r from jsonb_array_elements(facts -> 'refunds') r order by r ->> 'created', r ->> 'id'
  loop
    if billing.write_refund(account_id, ticket, v_refund) then
      v_written := true;
    end if;
  end loop;
  return v_written;
end $$;
revoke execute on function billing.write_charge(uuid, bigint, jsonb) from public;
