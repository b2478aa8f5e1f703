-- What an account subscribes to, as Stripe has it by the highest ticket.

create table billing.subscriptions (
  account_id   uuid not null,
  id           text not null,
  status       text not null,
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
      and (billing.is_live(s.status) or s.status in ('paused', 'unpaid'))
  );
end $$;
revoke execute on function billing.has_open_subscription(uuid) from public;
comment on function billing.has_open_subscription(uuid) is
  'Whether Stripe may charge for a plan again, even if it gives nothing now.';

create function billing.problem_with_subscription(facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_price text := facts -> 'items' -> 0 ->> 'price';
begin
  return case
    when jsonb_array_length(facts -> 'items') <> 1 then 'a subscription has one item here'
    when not exists (select from billing.prices p where p.key = v_price)
      then format('price %s is unknown', v_price)
  end;
end $$;
revoke execute on function billing.problem_with_subscription(jsonb) from public;

-- Once per account, person, and card that it would be charged to, and only until the trial ends:
-- told of late, it is over at once.
create function billing.grant_trial(account_id uuid, subscription_id text, card bytea)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_trial record;
begin
  select s.trial_start, s.trial_end, p.trial_credits, p.name || ' trial' as name into v_trial
  from billing.subscriptions s
  join billing.prices r on r.key = s.price_key
  join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
  where s.account_id = grant_trial.account_id and s.id = subscription_id
    and s.trial_end > s.trial_start and p.trial_credits > 0
    and not exists (
      select from billing.buckets b
      where b.account_id = s.account_id and b.key = 'trial:' || s.account_id);
  if found and billing.claim_trial(account_id, array[card]) then
    perform billing.grant_credits(
      account_id, 'promotional', v_trial.trial_credits::bigint, 'trial:' || account_id,
      starts_at => v_trial.trial_start, expires_at => v_trial.trial_end,
      description => v_trial.name, subscription_id => grant_trial.subscription_id);
  end if;
end $$;
revoke execute on function billing.grant_trial(uuid, text, bytea) from public;

-- A trial that began without a card is carried on by what was bought during it. Answers when it
-- would have ended.
create function billing.carry_trial(account_id uuid, subscription_id text)
returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_ends_at timestamptz;
begin
  update billing.trials t set subscription_id = s.id
  from billing.subscriptions s
  where t.account_id = carry_trial.account_id
    and s.account_id = t.account_id and s.id = carry_trial.subscription_id
    and s.trial_end is not null and s.trial_start < t.ends_at
    and (t.subscription_id is null or exists (
      select from billing.subscriptions o
      where o.account_id = t.account_id and o.id = t.subscription_id and o.id <> s.id
        and o.ended_at is not null))
  returning t.ends_at into v_ends_at;
  if found then
    update billing.buckets b set subscription_id = carry_trial.subscription_id
    where b.account_id = carry_trial.account_id and b.key = 'trial:' || b.account_id;
  end if;
  return v_ends_at;
end $$;
revoke execute on function billing.carry_trial(uuid, text) from public;

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
  if (ended_at > v_now and ends_at <> ended_at) is not true then
    return;
  end if;
  update billing.trials t set ends_at = greatest(move_trial.ends_at, v_now::timestamptz(0))
  where t.account_id = move_trial.account_id and t.subscription_id = move_trial.subscription_id;
  update billing.buckets b set expires_at = greatest(move_trial.ends_at, v_now)
  where b.account_id = move_trial.account_id and b.key = 'trial:' || b.account_id
    and b.subscription_id = move_trial.subscription_id and b.expires_at = ended_at;
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
  v_item jsonb := facts -> 'items' -> 0;
  v_trial_end timestamptz := (
    select s.trial_end from billing.subscriptions s
    where s.account_id = write_subscription.account_id and s.id = facts ->> 'id');
begin
  insert into billing.subscriptions as s (
    account_id, id, status, price_key, quantity, period_start, period_end, cancel_at, canceled_at,
    ended_at, trial_start, trial_end, paused_at, default_payment_method, created_at, ticket
  )
  select write_subscription.account_id, facts ->> 'id', facts ->> 'status', v_item ->> 'price',
    (v_item ->> 'quantity')::integer, (v_item ->> 'period_start')::timestamptz,
    (v_item ->> 'period_end')::timestamptz, (facts ->> 'cancel_at')::timestamptz,
    (facts ->> 'canceled_at')::timestamptz, (facts ->> 'ended_at')::timestamptz,
    (facts ->> 'trial_start')::timestamptz, (facts ->> 'trial_end')::timestamptz,
    (facts ->> 'paused_at')::timestamptz, facts ->> 'default_payment_method',
    (facts ->> 'created')::timestamptz, write_subscription.ticket
  on conflict on constraint subscriptions_pkey do update
  set status = excluded.status, price_key = excluded.price_key, quantity = excluded.quantity,
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
  perform billing.grant_trial(account_id, facts ->> 'id',
    decode(facts ->> 'fingerprint_sha256', 'hex'));
  perform billing.move_trial(account_id, facts ->> 'id',
    coalesce(billing.carry_trial(account_id, facts ->> 'id'), v_trial_end),
    (facts ->> 'trial_end')::timestamptz);
  perform billing.set_standing(account_id, facts ->> 'id');
  return true;
end $$;
revoke execute on function billing.write_subscription(uuid, bigint, jsonb) from public;

create function public.get_billing_overview(account_id uuid default auth.uid())
returns table (
  has_active_plan boolean, plan_key text, plan_name text, status text, lookup_key text,
  billing_interval text, price_cents bigint, currency text, credits_per_month bigint,
  current_period_end timestamptz, cancel_at timestamptz, can_top_up boolean, has_customer boolean,
  free_credits_per_month bigint, next_free_credits_at timestamptz, debt_credits bigint,
  frozen_credits bigint, trial_ends_at timestamptz, first_charge_at timestamptz,
  can_start_trial boolean
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
then, and when it has ended, its status alone tells. A trial without a card is trialing too, and has
no lookup_key and price. trial_ends_at is set during a trial; first_charge_at is when a plan chosen
now is first paid (null: at once); can_start_trial, whether start_trial would. Prices in minor
units; next_free_credits_at is when the free plan''s credits come next; debt_credits what refunds
claim of credits spent, frozen_credits what cannot be spent for now. For members, and the service
role. Raises LCACC.
Source: requirement 004, 2B and 4B.';

-- A subscriber keeps the version bought, which clients cannot read in the catalog: hence a definer.
create function billing.get_billing_overview(account_id uuid)
returns table (
  has_active_plan boolean, plan_key text, plan_name text, status text, lookup_key text,
  billing_interval text, price_cents bigint, currency text, credits_per_month bigint,
  current_period_end timestamptz, cancel_at timestamptz, can_top_up boolean, has_customer boolean,
  free_credits_per_month bigint, next_free_credits_at timestamptz, debt_credits bigint,
  frozen_credits bigint, trial_ends_at timestamptz, first_charge_at timestamptz,
  can_start_trial boolean
)
language plpgsql stable
security definer  -- reads plan versions that are no longer sold
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  return query
  select coalesce(s.rank in (1, 3), false), s.plan_key, s.plan_name, s.status, s.lookup_key,
    s.billing_interval::text, s.price_cents, s.currency, s.credits_per_month::bigint, s.period_end,
    s.cancel_at,
    billing.has_plan(account_id) or exists (
      select from billing.packs k where k.is_sold and not k.requires_active_subscription),
    exists (
      select from billing.customers c
      where c.account_id = get_billing_overview.account_id and c.is_in_force),
    f.credits_per_month::bigint, a.next_claim_at, coalesce(a.debt_credits, 0)::bigint,
    coalesce(a.frozen_credits, 0)::bigint, s.trial_ends_at, billing.first_charge_at(account_id),
    billing.trial_refusal(account_id) is null
  from (select 1) always
  left join billing.accounts a on a.id = get_billing_overview.account_id
  left join billing.plans f on f.is_free and f.is_sold
  left join lateral (
    select case when not billing.is_live(b.status) or billing.has_lapsed(b.account_id, b.id)
        then case when b.status in ('past_due', 'paused', 'unpaid') then 2 else 4 end
        else 1 end as rank,
      b.status, b.period_end, b.cancel_at, r.lookup_key, r.billing_interval, r.price_cents,
      r.currency, p.key as plan_key, p.name as plan_name, p.credits_per_month,
      case when b.status = 'trialing' then b.trial_end end as trial_ends_at,
      b.created_at, b.id
    from billing.subscriptions b
    join billing.prices r on r.key = b.price_key
    join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
    where b.account_id = get_billing_overview.account_id
    union all
    select 3, 'trialing', t.ends_at, null, null, null, null, null, p.key, p.name, null,
      t.ends_at, null, null
    from billing.trial_of(get_billing_overview.account_id) t
    join billing.plans p on p.key = t.plan_key and p.version = t.plan_version
    -- What was bought during a trial is shown, also when it gives nothing now.
    order by rank, created_at desc, id
    limit 1
  ) s on true;
end $$;
revoke execute on function billing.get_billing_overview(uuid) from public;
grant execute on function billing.get_billing_overview(uuid) to authenticated, service_role;
