-- What an account subscribes to, as Stripe has it by the highest ticket.

create table billing.subscriptions (
  account_id   uuid not null,
  id           text not null,
  status       text not null,
  item_id      text not null,
  price_key    text not null,
  quantity     integer not null,
  period_start timestamptz not null,
  period_end   timestamptz not null,
  cancel_at    timestamptz,
  canceled_at  timestamptz,
  ended_at     timestamptz,
  trial_start  timestamptz,
  trial_end    timestamptz,
  paused_at    timestamptz,
  scheduled_at timestamptz,
  default_payment_method text,
  created_at   timestamptz not null,
  ticket       bigint not null,
  constraint subscriptions_pkey primary key (account_id, id)
);
alter table billing.subscriptions enable row level security;
create policy "members read their subscriptions" on billing.subscriptions
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.subscriptions from anon, authenticated, service_role;
grant select on billing.subscriptions to authenticated, service_role;
comment on table billing.subscriptions is
  'Subscriptions as Stripe has them; status is Stripe''s word. Grants nothing: paid invoices do. No
foreign key to the catalog, so that accounts can live in several databases; published rows never
go.';
comment on column billing.subscriptions.item_id is
  'Stripe''s item of the plan, whose price_key and quantity (seats) stand beside it.';
comment on column billing.subscriptions.scheduled_at is
  'When billing.scheduled_items take the place of what there is; null: no change waits.';

-- The one place that says which of Stripe's words mean that there is a plan.
create function billing.is_live(status text)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return status in ('trialing', 'active', 'past_due');
end $$;
revoke execute on function billing.is_live(text) from public;
grant execute on function billing.is_live(text) to authenticated, service_role;

-- Of these Stripe may charge again, even if there is no plan now.
create function billing.is_open(status text)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return billing.is_live(status) or status in ('paused', 'unpaid');
end $$;
revoke execute on function billing.is_open(text) from public;

create function billing.has_live_subscription(account_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from billing.subscriptions s
    where s.account_id = has_live_subscription.account_id and billing.is_live(s.status)
      and not billing.has_lapsed(s.account_id, s.id)
  );
end $$;
revoke execute on function billing.has_live_subscription(uuid) from public;

-- The one that the account goes by: what is live before what rests, the last that was made.
create function billing.open_subscription(account_id uuid)
returns billing.subscriptions
language plpgsql stable
set search_path = ''
as $$
declare
  v_found billing.subscriptions;
begin
  select s.* into v_found from billing.subscriptions s
  where s.account_id = open_subscription.account_id
    and billing.is_open(s.status)
  order by billing.is_live(s.status) desc, s.created_at desc, s.id
  limit 1;
  return v_found;
end $$;
revoke execute on function billing.open_subscription(uuid) from public;

create function billing.has_open_subscription(account_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return (billing.open_subscription(account_id)).id is not null;
end $$;
revoke execute on function billing.has_open_subscription(uuid) from public;
comment on function billing.has_open_subscription(uuid) is
  'Whether Stripe may charge for a plan again, even if it gives nothing now.';

-- Two checkouts in two tabs may both be paid: the plan that was made first stays.
create function billing.problem_beside_others(account_id uuid, facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select format('%s was there before: two plans are paid', s.id)
    from billing.subscriptions s
    where s.account_id = problem_beside_others.account_id and billing.is_open(s.status)
      and billing.is_open(facts ->> 'status')
      and (s.created_at, s.id) < ((facts ->> 'created')::timestamptz, facts ->> 'id')
    order by s.created_at, s.id
    limit 1);
end $$;
revoke execute on function billing.problem_beside_others(uuid, jsonb) from public;
comment on function billing.problem_beside_others(uuid, jsonb) is
  'Why an account should not have this subscription; null: nothing speaks against it.';

create function billing.write_subscription(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_item jsonb := billing.plan_item(facts -> 'items');
  v_before record;
  v_carried timestamptz;
begin
  select s.trial_end, billing.trial_expiry(s.account_id, s.id, s.trial_end) as expires_at
  into v_before
  from billing.subscriptions s
  where s.account_id = write_subscription.account_id and s.id = facts ->> 'id';
  insert into billing.subscriptions as s (
    account_id, id, status, item_id, price_key, quantity, period_start, period_end, cancel_at,
    canceled_at, ended_at, trial_start, trial_end, paused_at, scheduled_at,
    default_payment_method, created_at, ticket
  )
  select write_subscription.account_id, facts ->> 'id', facts ->> 'status', v_item ->> 'id',
    v_item ->> 'price', (v_item ->> 'quantity')::integer,
    (v_item ->> 'period_start')::timestamptz, (v_item ->> 'period_end')::timestamptz,
    (facts ->> 'cancel_at')::timestamptz, (facts ->> 'canceled_at')::timestamptz,
    (facts ->> 'ended_at')::timestamptz, (facts ->> 'trial_start')::timestamptz,
    (facts ->> 'trial_end')::timestamptz, (facts ->> 'paused_at')::timestamptz,
    (facts -> 'scheduled' ->> 'at')::timestamptz, facts ->> 'default_payment_method',
    (facts ->> 'created')::timestamptz, write_subscription.ticket
  on conflict on constraint subscriptions_pkey do update
  set status = excluded.status, item_id = excluded.item_id, price_key = excluded.price_key,
      quantity = excluded.quantity, scheduled_at = excluded.scheduled_at,
      period_start = excluded.period_start, period_end = excluded.period_end,
      cancel_at = excluded.cancel_at, canceled_at = excluded.canceled_at,
      ended_at = excluded.ended_at, trial_start = excluded.trial_start,
      trial_end = excluded.trial_end, paused_at = excluded.paused_at,
      default_payment_method = excluded.default_payment_method, ticket = excluded.ticket
  where s.ticket < excluded.ticket
    and (s.status <> 'canceled' or excluded.status = 'canceled');  -- Stripe never revives an id
  if not found then
    return false;
  end if;
  perform billing.write_items(account_id, facts);
  perform billing.grant_trial(account_id, facts ->> 'id',
    decode(facts ->> 'fingerprint_sha256', 'hex'));
  v_carried := billing.carry_trial(account_id, facts ->> 'id');
  perform billing.move_trial(account_id, facts ->> 'id', coalesce(v_carried, v_before.trial_end),
    coalesce(v_carried, v_before.expires_at), (facts ->> 'trial_end')::timestamptz);
  perform billing.set_standing(account_id, facts ->> 'id');
  -- Whichever of two is told first, it is the later one.
  perform billing.open_finding('second_subscription', 'subscription', s.id, s.account_id, p.problem,
    s.created_at)
  from billing.subscriptions s
  cross join lateral (
    select billing.problem_beside_others(s.account_id, jsonb_build_object(
      'id', s.id, 'status', s.status, 'created', s.created_at)) as problem) p
  where s.account_id = write_subscription.account_id and p.problem is not null;
  return true;
end $$;
revoke execute on function billing.write_subscription(uuid, bigint, jsonb) from public;
