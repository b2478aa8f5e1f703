-- What is bought beside a plan, as further items of its subscription, and what waits for the end of
-- the paid period. One item is the plan, the others are its add-ons.

create table billing.subscription_add_ons (
  account_id      uuid not null,
  subscription_id text not null,
  item_id         text not null,
  price_key       text not null,
  quantity        integer not null,
  constraint subscription_add_ons_pkey primary key (account_id, subscription_id, item_id),
  constraint add_ons_belong_to_a_subscription
    foreign key (account_id, subscription_id) references billing.subscriptions
);
alter table billing.subscription_add_ons enable row level security;
create policy "members read what they have beside their plan" on billing.subscription_add_ons
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.subscription_add_ons from anon, authenticated, service_role;
grant select on billing.subscription_add_ons to authenticated, service_role;
comment on table billing.subscription_add_ons is
  'Add-ons of a subscription as Stripe has them, by the same ticket as the subscription.';

create table billing.scheduled_items (
  account_id      uuid not null,
  subscription_id text not null,
  price_key       text not null,
  quantity        integer not null,
  constraint scheduled_items_pkey primary key (account_id, subscription_id, price_key),
  constraint scheduled_items_belong_to_a_subscription
    foreign key (account_id, subscription_id) references billing.subscriptions
);
alter table billing.scheduled_items enable row level security;
create policy "members read what waits for them" on billing.scheduled_items
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.scheduled_items from anon, authenticated, service_role;
grant select on billing.scheduled_items to authenticated, service_role;
comment on table billing.scheduled_items is
  'The plan and the add-ons of a subscription from its scheduled_at on, as Stripe has them.';

create function billing.plan_item(items jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select i from jsonb_array_elements(items) i
    join billing.priced_plans p on p.price_key = i ->> 'price' and not p.is_add_on
    limit 1);
end $$;
revoke execute on function billing.plan_item(jsonb) from public;
comment on function billing.plan_item(jsonb) is
  'The one item that is the plan; problem_with_items has seen to it that there is one.';

create function billing.problem_with_items(items jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_found record;
begin
  select count(*) filter (where not p.is_add_on) as plans,
    min(i ->> 'price') filter (where p.price_key is null) as unknown,
    coalesce(bool_or(p.price_key is null), false) as is_unknown,
    count(distinct (p.billing_interval, p.currency)) as terms
  into v_found
  from jsonb_array_elements(items) i
  left join billing.priced_plans p on p.price_key = i ->> 'price';
  return case
    when v_found.is_unknown
      then format('price %s is unknown', coalesce(v_found.unknown, 'without a key'))
    when v_found.plans <> 1 then 'a subscription has one plan here, and add-ons'
    when v_found.terms > 1 then 'add-ons are paid at the interval and in the currency of the plan'
  end;
end $$;
revoke execute on function billing.problem_with_items(jsonb) from public;

create function billing.problem_with_subscription(facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return coalesce(billing.problem_with_items(facts -> 'items'), (
    select 'scheduled: ' || billing.problem_with_items(s -> 'items')
    from (select nullif(facts -> 'scheduled', 'null') as s) scheduled
    where s is not null));
end $$;
revoke execute on function billing.problem_with_subscription(jsonb) from public;

create function billing.write_items(account_id uuid, facts jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id text := facts ->> 'id';
begin
  delete from billing.subscription_add_ons a
  where a.account_id = write_items.account_id and a.subscription_id = v_id;
  insert into billing.subscription_add_ons (
    account_id, subscription_id, item_id, price_key, quantity)
  select write_items.account_id, v_id, i ->> 'id', i ->> 'price', (i ->> 'quantity')::integer
  from jsonb_array_elements(facts -> 'items') i
  join billing.priced_plans p on p.price_key = i ->> 'price' and p.is_add_on;
  delete from billing.scheduled_items s
  where s.account_id = write_items.account_id and s.subscription_id = v_id;
  insert into billing.scheduled_items (account_id, subscription_id, price_key, quantity)
  select write_items.account_id, v_id, i ->> 'price', sum((i ->> 'quantity')::integer)::integer
  from jsonb_array_elements(facts -> 'scheduled' -> 'items') i
  group by i ->> 'price';
end $$;
revoke execute on function billing.write_items(uuid, jsonb) from public;

create view billing.subscription_items with (security_invoker = true) as
select s.account_id, s.id as subscription_id, s.item_id, s.price_key, s.quantity, false as is_later
from billing.subscriptions s
union all
select a.account_id, a.subscription_id, a.item_id, a.price_key, a.quantity, false
from billing.subscription_add_ons a
union all
select w.account_id, w.subscription_id, null, w.price_key, w.quantity, true
from billing.scheduled_items w;
revoke all on billing.subscription_items from anon, authenticated, service_role;
grant select on billing.subscription_items to service_role;
comment on view billing.subscription_items is
  'Plan and add-ons of each subscription: as they are now, and as they will be (is_later).';

create function billing.holdings(account_id uuid)
returns table (plan_key text, plan_version integer, quantity integer, is_add_on boolean)
language plpgsql stable
set search_path = ''
as $$
declare
  v_plan record;
begin
  select p.* into v_plan from billing.plan_of(account_id) p;
  return query select v_plan.plan_key, v_plan.plan_version, v_plan.quantity, false;
  return query
  select r.plan_key, r.plan_version, a.quantity, true
  from billing.subscription_add_ons a
  join billing.prices r on r.key = a.price_key
  where a.account_id = holdings.account_id and a.subscription_id = v_plan.subscription_id;
end $$;
revoke execute on function billing.holdings(uuid) from public;
comment on function billing.holdings(uuid) is
  'What an account''s entitlements and caps come from: its plan, and the add-ons on top of it.';

create function billing.get_subscription(account_id uuid)
returns table (
  subscription_id text, status text, is_later boolean, lookup_key text, name text,
  is_add_on boolean, quantity integer, max_quantity integer, price_cents bigint, currency text,
  billing_interval text, credits_per_month bigint, period_end timestamptz,
  scheduled_at timestamptz, paused_at timestamptz, cancel_at timestamptz, trial_end timestamptz
)
language plpgsql stable
security definer  -- reads plan versions that are no longer sold
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  return query
  select s.id, s.status, i.is_later, p.lookup_key, p.name, p.is_add_on, i.quantity,
    p.max_quantity, p.price_cents, p.currency, p.billing_interval::text,
    p.credits_per_month::bigint, s.period_end, s.scheduled_at, s.paused_at, s.cancel_at,
    case s.status when 'trialing' then s.trial_end end
  from billing.open_subscription(account_id) s
  join billing.subscription_items i on i.account_id = s.account_id and i.subscription_id = s.id
  join billing.priced_plans p on p.price_key = i.price_key
  order by i.is_later, p.is_add_on, p.lookup_key;
end $$;
revoke execute on function billing.get_subscription(uuid) from public;
grant execute on function billing.get_subscription(uuid) to authenticated, service_role;

create function public.get_subscription(account_id uuid default auth.uid())
returns table (
  subscription_id text, status text, is_later boolean, lookup_key text, name text,
  is_add_on boolean, quantity integer, max_quantity integer, price_cents bigint, currency text,
  billing_interval text, credits_per_month bigint, period_end timestamptz,
  scheduled_at timestamptz, paused_at timestamptz, cancel_at timestamptz, trial_end timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query select * from billing.get_subscription(account_id);
end $$;
revoke execute on function public.get_subscription(uuid) from public, anon, authenticated;
grant execute on function public.get_subscription(uuid) to authenticated, service_role;
comment on function public.get_subscription(uuid) is
  'What the account subscribes to, a row for each item: the plan, then its add-ons, then, with
is_later, what takes their place at scheduled_at. The price is of one piece, in minor units, for one
interval, and of the version bought; credits_per_month are those of one piece too. No row where
Stripe will charge nothing again. trial_end is set while Stripe''s trial runs. For members, and the
service role. Raises LCACC. Source: requirements 002, 8 (add-ons), 004, 4B.';
