-- What an owner sees of the inbox, and how an event that is done with is read again. The reading
-- and its effect go the webhook's own way; what was granted before is not granted twice.

create function billing.get_stripe_events(
  only_state text, since timestamptz, before_event text, page_size integer
)
returns table (
  id text, type text, noun text, object_id text, state text, reason text, attempts integer,
  created_at timestamptz, received_at timestamptz, is_alert boolean
)
language plpgsql stable
security definer  -- clients cannot read the inbox
set search_path = ''
as $$
declare
  v_late timestamptz := billing.now() - interval '1 hour';
begin
  perform billing.check_is_owner();
  return query
  select e.id, e.type, e.noun::text,
    coalesce(e.facts ->> 'id', e.facts ->> 'payment_intent', e.facts ->> 'customer'),
    e.state::text, e.reason, e.attempts, e.created_at, e.received_at,
    e.state in ('parked', 'failed') and e.received_at <= v_late
  from billing.stripe_events e
  where (only_state is null or e.state = only_state::billing.event_state)
    and (since is null or e.received_at >= since)
    and (before_event is null or (e.received_at, e.id) < (
      select b.received_at, b.id from billing.stripe_events b where b.id = before_event))
  order by e.received_at desc, e.id desc
  limit least(greatest(coalesce(page_size, 50), 1), 200);
end $$;
revoke execute on function billing.get_stripe_events(text, timestamptz, text, integer) from public;
grant execute on function billing.get_stripe_events(text, timestamptz, text, integer)
  to authenticated, service_role;

create function public.get_stripe_events(
  only_state text default null, since timestamptz default null, before_event text default null,
  page_size integer default 50
)
returns table (
  id text, type text, noun text, object_id text, state text, reason text, attempts integer,
  created_at timestamptz, received_at timestamptz, is_alert boolean
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select * from billing.get_stripe_events(only_state, since, before_event, page_size);
end $$;
revoke execute on function public.get_stripe_events(text, timestamptz, text, integer)
  from public, anon, authenticated;
grant execute on function public.get_stripe_events(text, timestamptz, text, integer)
  to authenticated, service_role;
comment on function public.get_stripe_events(text, timestamptz, text, integer) is
  'Events of Stripe as they were dealt with, the last to come first, a page of page_size (1 to 200):
all, or those in one state (applied, ignored, parked, failed) or received since an instant.
is_alert: it has waited for over an hour. The next page is asked with the last id as before_event.
Raises LCOWN. For owners, and the service role. Source: STRIPE 2.3 (parked events).';

create function billing.reopen_event(event_id text, reason text)
returns table (state text)
language plpgsql volatile
security definer  -- owners have no write grant on the inbox
set search_path = ''
as $$
declare
  v_event billing.stripe_events;
begin
  perform billing.check_owner(reason);
  select e.* into v_event from billing.stripe_events e where e.id = event_id for update;
  if v_event.id is null then
    return;
  end if;
  if billing.is_settled(v_event.state, v_event.reason) then
    perform billing.close_event(event_id, 'failed', 'reopened');
  end if;
  perform billing.audit('event.reopen', null, format('%s, %s: %s', event_id, v_event.state,
    reason));
  return query select v_event.state::text;
end $$;
revoke execute on function billing.reopen_event(text, text) from public;
grant execute on function billing.reopen_event(text, text) to authenticated, service_role;

create function public.reopen_event(event_id text, reason text)
returns table (state text)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.reopen_event(event_id, reason);
end $$;
revoke execute on function public.reopen_event(text, text) from public, anon, authenticated;
grant execute on function public.reopen_event(text, text) to authenticated, service_role;
comment on function public.reopen_event(text, text) is
  'Lets an event that was applied or ignored be read again, under a new ticket, by whoever delivers
it next: npm run stripe:replay does both. Until then it counts as failed. Answers the state that it
had; no row: it never came here. Audited. Raises LCOWN. For owners, and the service role. Source:
STRIPE 2.3 (replay).';
