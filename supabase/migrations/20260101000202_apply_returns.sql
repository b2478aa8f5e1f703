-- Refunds and disputes arrive as every noun of Stripe does; one whose payment is not known yet
-- waits for it.

-- A row that somebody else is at is left to them: they ask again under the account's lock.
create function billing.apply_waiting(payment_intent text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.apply_again(w.id)
  from (
    select e.id from billing.stripe_events e
    where e.state = 'parked' and e.noun in ('refund', 'dispute')
      and e.facts ->> 'payment_intent' = apply_waiting.payment_intent
    order by e.ticket
    for update skip locked
  ) w;
end $$;
revoke execute on function billing.apply_waiting(text) from public;
comment on function billing.apply_waiting(text) is
  'Applies the parked refunds and disputes of a payment that has just become known.';

create function billing.apply_again(event_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.apply(e.noun, e.id, e.type, e.created_at, e.api_version, e.body_sha256, e.ticket,
    e.facts)
  from billing.stripe_events e
  where e.id = apply_again.event_id and e.state = 'parked' and e.noun is not null;
end $$;
revoke execute on function billing.apply_again(text) from public;
comment on function billing.apply_again(text) is
  'Applies a parked event from its facts. Its ticket is the old one, so that what was read later
stands.';

create function public.apply_parked(after_event text default null)
returns text
language plpgsql volatile
security definer  -- the job and the service role have no write grant on billing tables
set search_path = ''
as $$
declare
  v_id text;
begin
  select e.id into v_id from billing.stripe_events e
  where e.state = 'parked' and e.noun is not null and e.id > coalesce(after_event, '')
  order by e.id limit 1
  for update skip locked;
  if v_id is not null then
    perform billing.apply_again(v_id);
  end if;
  return v_id;
end $$;
revoke execute on function public.apply_parked(text) from public, anon, authenticated;
grant execute on function public.apply_parked(text) to service_role;
comment on function public.apply_parked(text) is
  'Tries one parked event again, the next by its id, and returns that id, null when there is none
left. One call is one transaction; the job goes on from the id returned. For the service role and
the schedule. Source: STRIPE 2.3.';

create function public.apply_refund(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  ticket bigint, facts jsonb
)
returns table (outcome text, reason text)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
begin
  return query select * from billing.apply('refund', event_id, event_type, event_created,
    api_version, body_sha256, ticket, facts);
end $$;
revoke execute on function public.apply_refund(
  text, text, timestamptz, text, text, bigint, jsonb
) from public, anon, authenticated;
grant execute on function public.apply_refund(
  text, text, timestamptz, text, text, bigint, jsonb
) to service_role;
comment on function public.apply_refund(text, text, timestamptz, text, text, bigint, jsonb) is
  'Applies a refund as Stripe has it: takes back the credits that it paid for, in proportion and
over all refunds of the payment; one that failed or was canceled gives them back. Parks a refund
whose payment is not known yet, and an amount that is not of it. facts and outcome as
apply_checkout_session. For the service role. Source: STRIPE 2.3.';

create function public.apply_dispute(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  ticket bigint, facts jsonb
)
returns table (outcome text, reason text)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
begin
  return query select * from billing.apply('dispute', event_id, event_type, event_created,
    api_version, body_sha256, ticket, facts);
end $$;
revoke execute on function public.apply_dispute(
  text, text, timestamptz, text, text, bigint, jsonb
) from public, anon, authenticated;
grant execute on function public.apply_dispute(
  text, text, timestamptz, text, text, bigint, jsonb
) to service_role;
comment on function public.apply_dispute(text, text, timestamptz, text, text, bigint, jsonb) is
  'Applies a dispute as Stripe has it: an open one freezes what is unspent of its share, a lost one
takes it as a refund does, a won one gives it back; an inquiry (warning_*) does nothing. Parks as
apply_refund. facts and outcome as apply_checkout_session. For the service role. Source: STRIPE
2.3.';
