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

create function billing.has_open_subscription(account_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from billing.subscriptions s
    where s.account_id = has_open_subscription.account_id
      and billing.is_open(s.status)
  );
end $$;
revoke execute on function billing.has_open_subscription(uuid) from public;
comment on function billing.has_open_subscription(uuid) is
  'Whether Stripe may charge for a plan again, even if it gives nothing now.';

-- Once per account, and only until the trial ends: told of late, it is over at once.
create function billing.grant_trial(account_id uuid, subscription_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.grant_credits(
    s.account_id, 'promotional', p.trial_credits::bigint, 'trial:' || s.account_id,
    starts_at => s.trial_start, expires_at => s.trial_end, description => p.name || ' trial',
    subscription_id => s.id)
  from billing.subscriptions s
  join billing.prices r on r.key = s.price_key
  join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
  where s.account_id = grant_trial.account_id and s.id = subscription_id
    and s.trial_end > s.trial_start and p.trial_credits > 0
    and not exists (
      select from billing.buckets b
      where b.account_id = s.account_id and b.key = 'trial:' || s.account_id);
end $$;
revoke execute on function billing.grant_trial(uuid, text) from public;

-- Its credits end when the trial does, however often that is moved; where an owner has extended
-- them that stands.
create function billing.move_trial(
  account_id uuid, subscription_id text, ended_at timestamptz, ends_at timestamptz
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := billing.settle(account_id);
begin
  update billing.buckets b set expires_at = greatest(ends_at, v_now)
  where b.account_id = move_trial.account_id and b.key = 'trial:' || b.account_id
    and b.subscription_id = move_trial.subscription_id and b.expires_at = ended_at
    and ended_at > v_now and ends_at <> ended_at;
  if found then
    -- Its row changes with it: who waits for it with an older snapshot must not go by that.
    update billing.accounts a set next_due_at = a.next_due_at where a.id = move_trial.account_id;
    perform billing.take_in_hand(account_id, v_now);
  end if;
end $$;
revoke execute on function billing.move_trial(uuid, text, timestamptz, timestamptz) from public;

create function billing.write_subscription(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_item jsonb := billing.plan_item(facts -> 'items');
  v_trial_end timestamptz := (
    select s.trial_end from billing.subscriptions s
    where s.account_id = write_subscription.account_id and s.id = facts ->> 'id');
begin
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
  perform billing.grant_trial(account_id, facts ->> 'id');
  perform billing.move_trial(
    account_id, facts ->> 'id', v_trial_end, (facts ->> 'trial_end')::timestamptz);
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

create function public.get_billing_overview(account_id uuid default auth.uid())
returns table (
  has_active_plan boolean, plan_key text, plan_name text, status text, lookup_key text,
  billing_interval text, price_cents bigint, currency text, credits_per_month bigint,
  current_period_end timestamptz, cancel_at timestamptz, can_top_up boolean, has_customer boolean,
  free_credits_per_month bigint, next_free_credits_at timestamptz, debt_credits bigint,
  frozen_credits bigint
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.touch(account_id);
  return query select * from billing.get_billing_overview(account_id);
end $$;
revoke execute on function public.get_billing_overview(uuid) from public, anon, authenticated;
grant execute on function public.get_billing_overview(uuid) to authenticated, service_role;
comment on function public.get_billing_overview(uuid) is
  'The account''s plan: always one row. has_active_plan is true while the subscription is trialing,
active or past due, but where it has been unpaid for so long that the account is on the free plan;
then, and when it has ended, its status alone tells. Prices in minor units; next_free_credits_at is
when the free plan''s credits come next; debt_credits what refunds claim of credits spent,
frozen_credits what cannot be spent for now. For members, and the service role. Raises LCACC.
Source: requirement 004, 2B and 4B.';

-- A subscriber keeps the version bought, which clients cannot read in the catalog: hence a definer.
create function billing.get_billing_overview(account_id uuid)
returns table (
  has_active_plan boolean, plan_key text, plan_name text, status text, lookup_key text,
  billing_interval text, price_cents bigint, currency text, credits_per_month bigint,
  current_period_end timestamptz, cancel_at timestamptz, can_top_up boolean, has_customer boolean,
  free_credits_per_month bigint, next_free_credits_at timestamptz, debt_credits bigint,
  frozen_credits bigint
)
language plpgsql stable
security definer  -- reads plan versions that are no longer sold
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  return query
  select coalesce(s.live, false), s.plan_key, s.plan_name, s.status, s.lookup_key,
    s.billing_interval::text, s.price_cents, s.currency, s.credits_per_month::bigint, s.period_end,
    s.cancel_at,
    coalesce(s.live, false) or exists (
      select from billing.packs k where k.is_sold and not k.requires_active_subscription),
    exists (
      select from billing.customers c
      where c.account_id = get_billing_overview.account_id and c.is_in_force),
    f.credits_per_month::bigint, a.next_claim_at, coalesce(a.debt_credits, 0)::bigint,
    coalesce(a.frozen_credits, 0)::bigint
  from (select 1) always
  left join billing.accounts a on a.id = get_billing_overview.account_id
  left join billing.plans f on f.is_free and f.is_sold
  left join lateral (
    select billing.is_live(b.status) and not billing.has_lapsed(b.account_id, b.id) as live,
      b.status, b.period_end, b.cancel_at, r.lookup_key, r.billing_interval, r.price_cents,
      r.currency, p.key as plan_key, p.name as plan_name, p.credits_per_month
    from billing.subscriptions b
    join billing.prices r on r.key = b.price_key
    join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
    where b.account_id = get_billing_overview.account_id
    order by live desc, b.created_at desc, b.id
    limit 1
  ) s on true;
end $$;
revoke execute on function billing.get_billing_overview(uuid) from public;
grant execute on function billing.get_billing_overview(uuid) to authenticated, service_role;
