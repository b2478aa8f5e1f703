-- A walk over Stripe and the books, and where it is.

create table billing.reconciliations (
  id          bigint generated always as identity constraint reconciliations_pkey primary key,
  since       timestamptz not null,
  started_at  timestamptz not null,
  finished_at timestamptz,
  step        text,
  place       text,
  looked_at   bigint not null default 0
);
create unique index one_reconciliation_at_a_time on billing.reconciliations ((finished_at is null))
  where finished_at is null;
alter table billing.reconciliations enable row level security;
revoke all on billing.reconciliations from anon, authenticated, service_role;
grant select on billing.reconciliations to service_role;
comment on table billing.reconciliations is
  'How far a walk over Stripe and the books has come, so that the next call goes on where one was
cut off. since: objects made before are not listed, but those that are not over yet.';

create function public.begin_reconciliation(since timestamptz default null)
returns table (
  run bigint, since_at timestamptz, step text, place text, as_of timestamptz, ticket bigint
)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
begin
  update billing.reconciliations r
  set since = begin_reconciliation.since, step = null, place = null
  where r.finished_at is null and begin_reconciliation.since < r.since;
  insert into billing.reconciliations (since, started_at)
  values (coalesce(since, v_now - interval '35 days'), v_now)
  on conflict do nothing;  -- one that was cut off is gone on with
  return query select r.id, r.since, r.step, r.place, v_now, nextval('billing.event_tickets')
  from billing.reconciliations r where r.finished_at is null;
end $$;
revoke execute on function public.begin_reconciliation(timestamptz)
  from public, anon, authenticated;
grant execute on function public.begin_reconciliation(timestamptz) to service_role;
comment on function public.begin_reconciliation(timestamptz) is
  'Begins a reconciliation of what Stripe made since then (35 days ago), or answers the one that was
cut off: its step and place in it, from which to go on, and a ticket under which to read the next
page. Where it did not reach so far back it begins anew. For the service role. Source: STRIPE 4,
case 85.';

create function public.advance_reconciliation(
  run bigint, step text, place text, looked_at bigint, is_finished boolean
)
returns table (ticket bigint)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
begin
  update billing.reconciliations r
  set step = advance_reconciliation.step, place = advance_reconciliation.place,
      looked_at = r.looked_at + advance_reconciliation.looked_at,
      finished_at = case when is_finished then billing.now() end
  where r.id = run and r.finished_at is null;
  return query select nextval('billing.event_tickets');
end $$;
revoke execute on function public.advance_reconciliation(bigint, text, text, bigint, boolean)
  from public, anon, authenticated;
grant execute on function public.advance_reconciliation(bigint, text, text, bigint, boolean)
  to service_role;
comment on function public.advance_reconciliation(bigint, text, text, bigint, boolean) is
  'Notes how far a reconciliation has come, and how many objects it has looked at since the last
note. Answers a ticket under which to read the next page. For the service role. Source: STRIPE 4,
case 85.';

-- What the books have of Stripe, whether or not Stripe lists it: what is recent, or not over yet.
create function billing.known(noun billing.stripe_noun, since timestamptz)
returns table (account_id uuid, object_id text)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select c.account_id, c.id from billing.customers c
  where noun = 'customer' and c.deleted_at is null
  union all
  select s.account_id, s.id from billing.subscriptions s
  where noun = 'subscription' and (s.ended_at is null or s.ended_at >= since)
  union all
  select m.account_id, m.id from billing.payment_methods m
  where noun = 'payment_method' and m.is_attached
  union all
  select f.account_id, f.id from billing.refunds f
  where noun = 'refund' and (f.created_at >= since or f.status in ('pending', 'requires_action'))
  union all
  select d.account_id, d.id from billing.disputes d
  where noun = 'dispute' and (d.created_at >= since or billing.is_disputed(d.status))
  union all
  select k.account_id, substr(k.key, length(billing.payment_key_of(noun::text, '')) + 1)
  from (
    select p.account_id, p.key from billing.payments p
    where p.created_at >= since or p.status = 'pending'
    union
    select b.account_id, b.payment_key from billing.buckets b
    where b.created_at >= since and b.voided_at is null
    union
    select t.account_id, billing.payment_key_of('payment_intent', t.payment_intent)
    from billing.topups t where t.payment_intent is not null and billing.is_under_way(t.state)
  ) k
  where starts_with(k.key, billing.payment_key_of(noun::text, ''));
end $$;
revoke execute on function billing.known(billing.stripe_noun, timestamptz) from public;

create function public.get_known_objects(
  noun text, since timestamptz, after_place text default null, page_size integer default 100
)
returns table (object_id text, account_id uuid, place text)
language plpgsql stable
security definer  -- reads tables that the service role may read, by a private function
set search_path = ''
as $$
begin
  return query
  select k.object_id, k.account_id, concat(k.account_id, ' ', k.object_id)
  from billing.known(noun::billing.stripe_noun, since) k
  where after_place is null or concat(k.account_id, ' ', k.object_id) > after_place collate "C"
  order by concat(k.account_id, ' ', k.object_id) collate "C"
  limit least(greatest(page_size, 1), 500);
end $$;
revoke execute on function public.get_known_objects(text, timestamptz, text, integer)
  from public, anon, authenticated;
grant execute on function public.get_known_objects(text, timestamptz, text, integer)
  to service_role;
comment on function public.get_known_objects(text, timestamptz, text, integer) is
  'Objects of Stripe that the books know, a page of page_size (1 to 500): those made since then, or
not over yet, and every payment that has granted credits since. The next page is asked with the last
place. For the service role. Source: STRIPE 4, case 85.';
