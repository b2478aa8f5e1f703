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

-- Whoever appeals has lost: the money is gone until the appeal is won.
create function billing.is_lost(dispute_status text)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return dispute_status in ('lost', 'appeal_needs_response', 'appeal_under_review');
end $$;
revoke execute on function billing.is_lost(text) from public;
grant execute on function billing.is_lost(text) to authenticated, service_role;

create view billing.returned_money with (security_invoker = true) as
select r.account_id, r.payment_key, r.amount_cents from billing.refunds r
where billing.is_returned(r.status)
union all
select d.account_id, d.payment_key, d.amount_cents from billing.disputes d
where billing.is_lost(d.status);
revoke all on billing.returned_money from anon, authenticated, service_role;
grant select on billing.returned_money to authenticated, service_role;
comment on view billing.returned_money is
  'What went back of payments, in minor units: by refunds, and by disputes that were lost.';

create function billing.returned_cents(account_id uuid, payment_key text)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(m.amount_cents), 0) from billing.returned_money m
    where m.account_id = returned_cents.account_id and m.payment_key = returned_cents.payment_key);
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

-- A bank may dispute more than was paid, by its own rate of exchange; a refund is never more.
create function billing.problem_with_return(account_id uuid, facts jsonb, may_exceed boolean)
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
      or ((facts ->> 'amount')::bigint >= 1 and (may_exceed
        or (facts ->> 'amount')::bigint <= v_payment.amount_cents)) is not true
      then format('%s %s are not of %s, which is %s %s', facts ->> 'amount', facts ->> 'currency',
        v_payment.key, v_payment.amount_cents, v_payment.currency)
  end;
end $$;
revoke execute on function billing.problem_with_return(uuid, jsonb, boolean) from public;

-- State null: nothing is claimed, or nothing any more. A claim that was cancelled stays so; a bank
-- that takes the money after all makes another.
create function billing.set_claim(
  account_id uuid, payment billing.payments, object_id text, cents bigint,
  state billing.claim_state
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key text;
  v_is_open boolean;
begin
  select bool_or(c.state <> 'cancelled'), coalesce(max(c.key) filter (where c.state <> 'cancelled'),
    concat_ws(':', object_id, nullif(count(*), 0))) into v_is_open, v_key
  from billing.clawbacks c
  where c.account_id = set_claim.account_id and c.payment_key = payment.key
    and split_part(c.key, ':', 1) = object_id;
  if billing.bought_credits(account_id, payment.key) = 0 then
    return;  -- a plan may come without any
  elsif set_claim.state = 'taken' then
    perform public.claw_back_credits(account_id, v_key, payment.key, cents, payment.amount_cents);
  elsif set_claim.state = 'frozen' then
    perform public.dispute_credits(account_id, v_key, payment.key, cents, payment.amount_cents);
  elsif v_is_open then
    perform public.cancel_claw_back(account_id, v_key);
  end if;
end $$;
revoke execute on function billing.set_claim(
  uuid, billing.payments, text, bigint, billing.claim_state
) from public;
comment on function billing.set_claim(
  uuid, billing.payments, text, bigint, billing.claim_state
) is
  'What a refund or a dispute claims of the credits that its payment bought.';

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
  end if;
  perform billing.set_claim(account_id, v_payment, facts ->> 'id', v_cents,
    case when billing.is_returned(facts ->> 'status') then 'taken'::billing.claim_state end);
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
  v_cents bigint := least((facts ->> 'amount')::bigint, v_payment.amount_cents);
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
  end if;
  perform billing.set_claim(account_id, v_payment, facts ->> 'id', v_cents, (case
    when billing.is_lost(facts ->> 'status') then 'taken'
    when billing.is_disputed(facts ->> 'status') then 'frozen'
    end)::billing.claim_state);  -- else it was won or prevented, or is an inquiry
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
    cross join lateral (
      select billing.problem_with_return(account_id, r, false) as problem) p
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
