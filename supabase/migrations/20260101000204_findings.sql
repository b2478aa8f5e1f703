-- What a reconciliation has found to differ between Stripe and the books, until it is fixed or is
-- no more.

create type billing.finding_kind as enum (
  'event_not_delivered', 'paid_not_credited', 'credited_not_paid', 'subscription_differs',
  'customer_differs', 'payment_method_differs', 'payment_differs', 'refund_differs',
  'dispute_differs', 'price_differs', 'second_subscription'
);
create type billing.finding_state as enum ('open', 'fixed', 'gone');
comment on type billing.finding_state is
  'fixed: by the action for it. gone: a later look found no difference any more.';

create table billing.findings (
  id          bigint generated always as identity constraint findings_pkey primary key,
  kind        billing.finding_kind not null,
  noun        billing.stripe_noun,
  object_id   text not null,
  account_id  uuid,
  reason      text not null,
  state       billing.finding_state not null default 'open',
  happened_at timestamptz not null,
  found_at    timestamptz not null,
  seen_at     timestamptz not null,
  closed_at   timestamptz,
  constraint what_is_closed_says_when check ((state = 'open') = (closed_at is null))
);
create unique index findings_open_once on billing.findings (object_id, kind) where state = 'open';
create index findings_by_account on billing.findings (account_id, id);
alter table billing.findings enable row level security;
revoke all on billing.findings from anon, authenticated, service_role;
grant select on billing.findings to service_role;
comment on table billing.findings is
  'Differences between Stripe and the books. One that is found again is the same row as long as it
is open. object_id: the object at Stripe, or the event; reason: in words, without personal data.';
comment on column billing.findings.noun is 'Null where an event was not delivered.';
comment on column billing.findings.happened_at is
  'When Stripe made the object or the event: the order in which to fix.';

create function billing.open_finding(
  kind billing.finding_kind, noun billing.stripe_noun, object_id text, account_id uuid, reason text,
  happened_at timestamptz
)
returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
  v_id bigint;
begin
  update billing.findings f
  set reason = open_finding.reason, account_id = coalesce(open_finding.account_id, f.account_id),
      seen_at = v_now
  where f.object_id = open_finding.object_id and f.kind = open_finding.kind and f.state = 'open'
  returning f.id into v_id;
  if v_id is null then
    insert into billing.findings as f (
      kind, noun, object_id, account_id, reason, happened_at, found_at, seen_at
    ) values (kind, noun, object_id, account_id, reason, coalesce(happened_at, v_now), v_now, v_now)
    on conflict do nothing  -- somebody else has found it at the same time
    returning f.id into v_id;
  end if;
  return v_id;
end $$;
revoke execute on function billing.open_finding(
  billing.finding_kind, billing.stripe_noun, text, uuid, text, timestamptz
) from public;

-- What is still so keeps its row; everything else that was found about the object is closed.
create function billing.close_findings(
  object_id text, still billing.finding_kind[], state billing.finding_state
)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.findings f set state = close_findings.state, closed_at = billing.now()
  where f.object_id = close_findings.object_id and f.state = 'open' and f.kind <> all (still);
end $$;
revoke execute on function billing.close_findings(
  text, billing.finding_kind[], billing.finding_state
) from public;

create function public.compare_events(event_ids text[], happened_at timestamptz[])
returns table (event_id text, finding_id bigint)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_first timestamptz := (select min(e.created_at) from billing.stripe_events e);
begin
  perform billing.close_findings(u.id, '{}', 'gone')
  from unnest(event_ids) u (id)
  join billing.stripe_events e on e.id = u.id;
  return query
  select u.id, billing.open_finding('event_not_delivered', null, u.id, null,
    'Stripe has told of it, and it never came here', u.at)
  from unnest(event_ids, compare_events.happened_at) u (id, at)
  where u.at >= v_first and not exists (select from billing.stripe_events e where e.id = u.id);
end $$;
revoke execute on function public.compare_events(text[], timestamptz[])
  from public, anon, authenticated;
grant execute on function public.compare_events(text[], timestamptz[]) to service_role;
comment on function public.compare_events(text[], timestamptz[]) is
  'Opens a finding for each of these events of Stripe that never came here, and answers it; those
from before the first that ever came are not missed. For the service role. Source: STRIPE 4, case
85.';

create function billing.get_findings(only_state text, after_finding bigint, page_size integer)
returns table (
  id bigint, kind text, noun text, object_id text, account_id uuid, reason text, state text,
  happened_at timestamptz, found_at timestamptz, seen_at timestamptz, closed_at timestamptz
)
language plpgsql stable
security definer  -- clients cannot read findings
set search_path = ''
as $$
begin
  perform billing.check_is_owner();
  return query
  select f.id, f.kind::text, f.noun::text, f.object_id, f.account_id, f.reason, f.state::text,
    f.happened_at, f.found_at, f.seen_at, f.closed_at
  from billing.findings f
  where (only_state is null or f.state = only_state::billing.finding_state)
    -- Events first, for they may be what the rest lacks.
    and (after_finding is null
      or (f.kind <> 'event_not_delivered', f.happened_at, f.id) > (
        select b.kind <> 'event_not_delivered', b.happened_at, b.id from billing.findings b
        where b.id = after_finding))
  order by f.kind <> 'event_not_delivered', f.happened_at, f.id
  limit least(greatest(coalesce(page_size, 100), 1), 500);
end $$;
revoke execute on function billing.get_findings(text, bigint, integer) from public;
grant execute on function billing.get_findings(text, bigint, integer)
  to authenticated, service_role;

create function public.get_findings(
  only_state text default 'open', after_finding bigint default null, page_size integer default 100
)
returns table (
  id bigint, kind text, noun text, object_id text, account_id uuid, reason text, state text,
  happened_at timestamptz, found_at timestamptz, seen_at timestamptz, closed_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query select * from billing.get_findings(only_state, after_finding, page_size);
end $$;
revoke execute on function public.get_findings(text, bigint, integer)
  from public, anon, authenticated;
grant execute on function public.get_findings(text, bigint, integer)
  to authenticated, service_role;
comment on function public.get_findings(text, bigint, integer) is
  'What reconciliations have found to differ between Stripe and the books: open (the default),
fixed, gone, or all (null), in the order in which to fix it, a page of page_size (1 to 500); the
next page is asked with the last id as after_finding. kind: event_not_delivered, paid_not_credited,
credited_not_paid, or what of an object differs; reason: in words. Raises LCOWN. For owners, and the
service role. Source: STRIPE 4, case 85.';
