-- Automatic top-up: an account buys a pack by itself when little is left. Here is what its member
-- has agreed to, and what keeps it from being done. No spend knows of it: who is short is found by
-- the settings.

create table billing.auto_topups (
  account_id        uuid constraint auto_topups_pkey primary key,
  is_enabled        boolean not null,
  threshold_credits bigint not null,
  pack_key          text not null,
  monthly_cap_cents bigint not null,
  payment_method    text,
  armed_at          timestamptz not null,
  look_again_at     timestamptz not null,
  constraint a_threshold_can_be_reached check (threshold_credits between 1 and 1000000),
  constraint a_topup_cap_is_above_zero check (monthly_cap_cents > 0)
);
create index auto_topups_on on billing.auto_topups (look_again_at) where is_enabled;
alter table billing.auto_topups enable row level security;
create policy "members read how they top up" on billing.auto_topups
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.auto_topups from anon, authenticated, service_role;
grant select on billing.auto_topups to authenticated, service_role;
comment on table billing.auto_topups is
  'What a member has agreed to: below threshold_credits this pack is bought, as long as a calendar
month of UTC costs at most monthly_cap_cents in the pack''s currency.';
comment on column billing.auto_topups.pack_key is
  'The version that was agreed to. A new one may have another price: it is not bought unasked.';
comment on column billing.auto_topups.payment_method is
  'What is charged; null: whatever the account''s other payments are.';
comment on column billing.auto_topups.armed_at is
  'When it was last switched on again: the account''s own failures before count no more.';
comment on column billing.auto_topups.look_again_at is
  'Until then something keeps it from being done, and nobody asks again.';

create type billing.topup_state as enum (
  'claimed', 'sent', 'needs_action', 'paid', 'failed', 'dropped'
);
comment on type billing.topup_state is
  'claimed: to be charged. sent: Stripe was asked. needs_action: the bank asks the holder of the
card. dropped: not charged, for it was no longer wanted.';

create table billing.topups (
  account_id       uuid not null,
  number           bigint not null,
  state            billing.topup_state not null,
  pack_key         text not null,
  amount_cents     bigint not null,
  currency         text not null,
  customer_id      text,
  payment_method   text,
  fingerprint_sha256 bytea,
  payment_intent   text,
  reason           text,
  is_wanted        boolean not null default true,
  takes            integer not null default 1,
  take_up_at       timestamptz,
  created_at       timestamptz not null,
  ended_at         timestamptz,
  constraint topups_pkey primary key (account_id, number),
  constraint a_topup_costs_something check (amount_cents > 0)
);
create unique index one_topup_at_a_time on billing.topups (account_id)
  where state in ('claimed', 'sent', 'needs_action');
create unique index topups_by_intent on billing.topups (account_id, payment_intent)
  where payment_intent is not null;
create index topups_to_take_up on billing.topups (take_up_at) where take_up_at is not null;
create index topups_by_card on billing.topups (fingerprint_sha256, ended_at)
  where fingerprint_sha256 is not null;
alter table billing.topups enable row level security;
create policy "members read their topups" on billing.topups
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.topups from anon, authenticated, service_role;
grant select on billing.topups to authenticated, service_role;
comment on table billing.topups is
  'Automatic top-ups, numbered per account. Its state is what Stripe says of its payment intent;
the credits come by the payment, key payment_intent:{pi}.';
comment on column billing.topups.fingerprint_sha256 is
  'Of what was charged, when it was: the same card may be changed, or another account''s.';
comment on column billing.topups.reason is 'Stripe''s code, where it was not paid.';
comment on column billing.topups.take_up_at is
  'From then on somebody takes it up: who has claimed it has not answered, or the holder of the card
has not. Null: it waits for Stripe, or is over.';
comment on column billing.topups.takes is
  'How often it was taken up: again it is looked for at Stripe first.';

create function billing.is_under_way(state billing.topup_state)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return state in ('claimed', 'sent', 'needs_action');
end $$;
revoke execute on function billing.is_under_way(billing.topup_state) from public;

-- What is still under way counts, and a top-up counts in the month in which it was claimed.
create function billing.topped_up_cents(account_id uuid, currency text, now timestamptz)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(t.amount_cents), 0) from billing.topups t
    where t.account_id = topped_up_cents.account_id and t.currency = topped_up_cents.currency
      and (t.state = 'paid' or billing.is_under_way(t.state))
      and t.created_at >= (billing.cap_window_at('month', now)).starts_at);
end $$;
revoke execute on function billing.topped_up_cents(uuid, text, timestamptz) from public;

-- Its own failures count until it is switched on again, those that the same card had elsewhere for
-- a month; none of them once the card has paid. However often cards and switch are changed, an
-- account fails at most three times in any day.
create function billing.topup_breaker(
  account_id uuid, method billing.payment_methods, armed_at timestamptz, now timestamptz,
  out failures bigint, out first_number bigint, out failed_at timestamptz, out retry_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_third_of_day timestamptz := (
    select t.ended_at from billing.topups t
    where t.account_id = topup_breaker.account_id and t.state = 'failed'
      and t.ended_at > now - interval '1 day'
    order by t.ended_at desc offset 2 limit 1);
begin
  select count(*), min(t.number) filter (where t.account_id = topup_breaker.account_id),
    max(t.ended_at)
  into failures, first_number, failed_at
  from billing.topups t
  where t.state = 'failed' and (t.fingerprint_sha256 = method.fingerprint_sha256
      or t.account_id = topup_breaker.account_id and t.payment_method = method.id)
    and t.ended_at > case when t.account_id = topup_breaker.account_id
      then topup_breaker.armed_at else now - interval '30 days' end
    and not exists (
      select from billing.topups p
      where p.state = 'paid' and (p.ended_at, p.number) > (t.ended_at, t.number)
        and (p.fingerprint_sha256 = t.fingerprint_sha256
          or p.account_id = t.account_id and p.payment_method = t.payment_method));
  retry_at := greatest(v_third_of_day + interval '1 day', case
    when failures >= 3 then 'infinity' when failures = 2 then failed_at + interval '1 day'
    when failures = 1 then failed_at + interval '1 hour' end);
end $$;
revoke execute on function billing.topup_breaker(
  uuid, billing.payment_methods, timestamptz, timestamptz
) from public;
comment on function billing.topup_breaker(
  uuid, billing.payment_methods, timestamptz, timestamptz
) is
  'How often a card was declined in a row, and when it may be tried again: an hour after the first
time, a day after the second, not by itself after the third.';

-- Paid by hand, and its credits have not come: a debit under way, or an event that is parked.
create function billing.awaits_pack(account_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from billing.payments p
    where p.account_id = awaits_pack.account_id and p.kind = 'pack' and p.status = 'pending'
  ) or exists (
    select from billing.stripe_events e
    join billing.customers c on c.id = e.facts ->> 'customer'
    where e.state = 'parked' and c.account_id = awaits_pack.account_id
      and e.noun in ('checkout_session', 'payment_intent')
      and billing.is_paid(e.noun::text, e.facts));
end $$;
revoke execute on function billing.awaits_pack(uuid) from public;

create function billing.payment_method_of(account_id uuid, id text)
returns billing.payment_methods
language plpgsql stable
set search_path = ''
as $$
declare
  v_method billing.payment_methods;
begin
  select m.* into v_method from billing.payment_methods m
  join billing.customers c on c.id = m.customer_id and c.deleted_at is null
  where m.account_id = payment_method_of.account_id and m.is_attached
    and m.id = coalesce(payment_method_of.id, billing.default_payment_method(m.account_id));
  return v_method;
end $$;
revoke execute on function billing.payment_method_of(uuid, text) from public;
comment on function billing.payment_method_of(uuid, text) is
  'What can be charged under that id, or by default where it is null; a row of nulls: nothing.';

-- Whoever got the money of a top-up back did not want it: the next one is not bought unasked.
create function billing.topup_went_back(account_id uuid, armed_at timestamptz)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from billing.topups t
    where t.account_id = topup_went_back.account_id and t.state = 'paid'
      and t.ended_at > topup_went_back.armed_at
      and billing.returned_cents(t.account_id,
        billing.payment_key_of('payment_intent', t.payment_intent)) > 0);
end $$;
revoke execute on function billing.topup_went_back(uuid, timestamptz) from public;
comment on function billing.topup_went_back(uuid, timestamptz) is
  'Whether a top-up since then was refunded, or a dispute of it was lost.';

-- The one place that says what keeps an account from topping up; the balance apart.
create function billing.next_topup(
  account_id uuid, now timestamptz, out reason text, out retry_at timestamptz,
  out pack_key text, out method_id text
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_set billing.auto_topups;
  v_pack billing.packs;
  v_method billing.payment_methods;
  v_open billing.topup_state := (
    select t.state from billing.topups t
    where t.account_id = next_topup.account_id and billing.is_under_way(t.state));
  v_breaker record;
begin
  select s.* into v_set from billing.auto_topups s where s.account_id = next_topup.account_id;
  select p.* into v_pack from billing.packs p
  where p.key = v_set.pack_key and p.is_sold
    and p.currency = coalesce(billing.bound_currency(account_id), p.currency);
  v_method := billing.payment_method_of(account_id, v_set.payment_method);
  pack_key := v_pack.key;
  method_id := v_method.id;
  select b.* into v_breaker
  from billing.topup_breaker(account_id, v_method, v_set.armed_at, now) b;
  reason := case
    when v_set.is_enabled is not true then 'switched_off'
    when v_open = 'needs_action' then 'needs_action'
    when v_open is not null then 'in_progress'
    when pack_key is null then 'not_sold'
    when v_pack.requires_active_subscription and not billing.has_plan(account_id)
      then 'needs_plan'
    when method_id is null then 'no_method'
    when exists (select from billing.accounts a
      where a.id = next_topup.account_id and a.frozen_until > now) then 'frozen'
    when exists (select from billing.disputes d
      where d.account_id = next_topup.account_id and billing.is_disputed(d.status))
      then 'disputed'
    -- Packs would pay it, one after the other, and leave nothing to spend.
    when exists (select from billing.accounts a
      where a.id = next_topup.account_id and a.debt_credits > 0) then 'in_debt'
    when billing.topup_went_back(account_id, v_set.armed_at) then 'refunded'
    when v_breaker.failures >= 3 then 'declined'
    when v_breaker.retry_at > now then 'waiting'
    when billing.topped_up_cents(account_id, v_pack.currency, now) + v_pack.price_cents
      > v_set.monthly_cap_cents then 'cap_reached'
    when billing.awaits_pack(account_id) then 'awaits_purchase'
  end;
  retry_at := case reason when 'waiting' then v_breaker.retry_at
    when 'cap_reached' then (billing.cap_window_at('month', now)).ends_at end;
end $$;
revoke execute on function billing.next_topup(uuid, timestamptz) from public;
comment on function billing.next_topup(uuid, timestamptz) is
  'What the next top-up would be, and why it is not done (reason; null: nothing is in its way),
until when, where that is known.';
