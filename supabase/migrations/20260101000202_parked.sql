-- What could not be applied when it came is tried again: what belongs to a payment or to a customer
-- as soon as that is known, the rest by a job.

-- A row that somebody else is at is left to them: they ask again under the account's lock.
create function billing.apply_waiting(field text, id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.apply_again(w.id)
  from (
    select e.id from billing.stripe_events e
    where e.state = 'parked' and e.facts ->> field = apply_waiting.id
    order by e.ticket
    for update skip locked
  ) w;
end $$;
revoke execute on function billing.apply_waiting(text, text) from public;
comment on function billing.apply_waiting(text, text) is
  'Applies what was parked of a payment or a customer (field: payment_intent, customer) that has
just become known.';

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
    begin
      perform billing.apply_again(v_id);
    exception when others then  -- else it would stand in the way of all that come after it
      update billing.stripe_events e
      set attempts = e.attempts + 1, reason = sqlstate || ' ' || sqlerrm, noted_at = billing.now()
      where e.id = v_id;
    end;
  end if;
  return v_id;
end $$;
revoke execute on function public.apply_parked(text) from public, anon, authenticated;
grant execute on function public.apply_parked(text) to service_role;
comment on function public.apply_parked(text) is
  'Tries one parked event again, the next by its id, and returns that id, null when there is none
left. One that raises stays parked, with the error as its reason. One call is one transaction; the
job goes on from the id returned. For the service role and the schedule. Source: STRIPE 2.3.';
