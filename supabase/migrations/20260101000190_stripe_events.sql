-- The inbox. An event is a hint: the function that receives it draws a ticket, reads the object
-- from Stripe, and applies what Stripe says now. The effect and the record that it was applied are
-- one transaction; a row of Stripe's state is written only with a higher ticket.

create type billing.event_state as enum ('applied', 'parked', 'ignored', 'failed');
comment on type billing.event_state is
  'parked: read and kept with its facts until what it needs is there. failed: to be tried again.';

create type billing.stripe_noun as enum (
  'checkout_session', 'subscription', 'invoice', 'payment_intent', 'refund', 'charge', 'dispute',
  'customer', 'payment_method', 'price', 'product'
);

create table billing.stripe_events (
  id          text constraint stripe_events_pkey primary key,
  type        text not null,
  created_at  timestamptz not null,
  api_version text,
  body_sha256 text not null,
  state       billing.event_state not null,
  noun        billing.stripe_noun,
  reason      text,
  attempts    integer not null default 1,
  ticket      bigint,
  facts       jsonb,
  received_at timestamptz not null,
  noted_at    timestamptz not null
);
create index stripe_events_by_time on billing.stripe_events (received_at, id);
create index stripe_events_waiting on billing.stripe_events (received_at, id)
  where state in ('parked', 'failed');
alter table billing.stripe_events enable row level security;
revoke all on billing.stripe_events from anon, authenticated, service_role;
grant select on billing.stripe_events to service_role;
comment on table billing.stripe_events is
  'Events as they were dealt with. The body is not kept: facts are what the reader took from the
object, and noun says what it is, so that a parked event can be applied without Stripe.';

comment on column billing.stripe_events.received_at is 'When it first came here.';
comment on column billing.stripe_events.noted_at is 'When it was last dealt with.';

create sequence billing.event_tickets;
revoke all on sequence billing.event_tickets from anon, authenticated, service_role;
comment on sequence billing.event_tickets is
  'Drawn before an object is read: a later reading has a higher ticket, and nothing lower overwrites
it.';

-- What had no effect when it came may have one by now.
create function billing.is_settled(state billing.event_state, reason text)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return state = 'applied' or state = 'ignored' and reason is distinct from 'no_effect';
end $$;
revoke execute on function billing.is_settled(billing.event_state, text) from public;

create function public.begin_event(id text)
returns table (duplicate boolean, ticket bigint)
language plpgsql volatile
security definer  -- draws from a sequence that no other role may use
set search_path = ''
as $$
begin
  duplicate := exists (
    select from billing.stripe_events e
    where e.id = begin_event.id and billing.is_settled(e.state, e.reason));
  ticket := case when not duplicate then nextval('billing.event_tickets') end;
  return next;
end $$;
revoke execute on function public.begin_event(text) from public, anon, authenticated;
grant execute on function public.begin_event(text) to service_role;
comment on function public.begin_event(text) is
  'Whether an event is done with, else a ticket under which to read its object. Leaves nothing
behind. A parked or failed event is read again, and one that had no effect when it came. For the
service role. Source: DESIGN, events are hints.';

-- Taken first in the transaction that applies it, so that the same event at once waits here.
create function billing.take_event(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  ticket bigint, facts jsonb, state billing.event_state, reason text,
  noun billing.stripe_noun default null
)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into billing.stripe_events as e (
    id, type, created_at, api_version, body_sha256, state, reason, ticket, facts, noun, received_at,
    noted_at
  )
  select event_id, event_type, event_created, api_version, body_sha256, state, reason, ticket,
    facts, noun, n.at, n.at
  from (select billing.now()) n (at)
  on conflict on constraint stripe_events_pkey do update
  set state = excluded.state, reason = excluded.reason, attempts = e.attempts + 1,
      ticket = coalesce(excluded.ticket, e.ticket), facts = coalesce(excluded.facts, e.facts),
      noun = coalesce(excluded.noun, e.noun),
      noted_at = excluded.noted_at
  where e.state = 'failed'
    or not billing.is_settled(e.state, e.reason) and excluded.state <> 'failed'
      and (e.state, excluded.state) <> ('ignored', 'ignored');
  return found;
end $$;
revoke execute on function billing.take_event(
  text, text, timestamptz, text, text, bigint, jsonb, billing.event_state, text,
  billing.stripe_noun
) from public;
comment on function billing.take_event(
  text, text, timestamptz, text, text, bigint, jsonb, billing.event_state, text,
  billing.stripe_noun
) is
  'Records an event; false when it is done with, or when a failure would hide a parked one.';

create function billing.impersonal(facts jsonb)
returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  return facts
    - array['brand', 'last4', 'exp_month', 'exp_year', 'fingerprint_sha256', 'hosted_invoice_url',
      'invoice_pdf'];
end $$;
revoke execute on function billing.impersonal(jsonb) from public;
comment on function billing.impersonal(jsonb) is
  'Facts without what shows a card, or leads to a paper with a name on it.';

create function billing.close_event(event_id text, state billing.event_state, reason text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.stripe_events e
  set state = close_event.state, reason = close_event.reason,
      facts = case close_event.state when 'ignored' then billing.impersonal(e.facts)
        else e.facts end
  where e.id = event_id;
end $$;
revoke execute on function billing.close_event(text, billing.event_state, text) from public;

create function public.ignore_event(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  reason text
)
returns table (outcome text)
language plpgsql volatile
security definer  -- the service role has no write grant on the inbox
set search_path = ''
as $$
begin
  return query select case when billing.take_event(
      event_id, event_type, event_created, api_version, body_sha256, null, null, 'ignored', reason)
    then 'ignored' else 'duplicate' end;
end $$;
revoke execute on function public.ignore_event(text, text, timestamptz, text, text, text)
  from public, anon, authenticated;
grant execute on function public.ignore_event(text, text, timestamptz, text, text, text)
  to service_role;
comment on function public.ignore_event(text, text, timestamptz, text, text, text) is
  'Records that an event has no effect here, and why. Outcome: ignored or duplicate. For the service
role. Source: STRIPE 4, case 10.';

create function public.record_event_failure(
  event_id text, event_type text, event_created timestamptz, api_version text, body_sha256 text,
  reason text
)
returns void
language plpgsql volatile
security definer  -- the service role has no write grant on the inbox
set search_path = ''
as $$
begin
  perform billing.take_event(
    event_id, event_type, event_created, api_version, body_sha256, null, null, 'failed', reason);
end $$;
revoke execute on function public.record_event_failure(text, text, timestamptz, text, text, text)
  from public, anon, authenticated;
grant execute on function public.record_event_failure(text, text, timestamptz, text, text, text)
  to service_role;
comment on function public.record_event_failure(text, text, timestamptz, text, text, text) is
  'Notes that applying an event failed, how often, and why. Does not count as seen, and never hides
that it was applied, parked or ignored. For the service role. Source: DESIGN, events are hints.';
