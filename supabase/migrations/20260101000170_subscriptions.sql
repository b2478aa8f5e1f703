-- Who a Stripe customer is, and what they subscribe to: as Stripe has it by the highest ticket.

create table billing.customers (
  id         text constraint customers_pkey primary key,
  account_id uuid not null constraint customers_one_per_account unique,
  provider   text not null default 'stripe',
  created_at timestamptz not null,
  deleted_at timestamptz
);
alter table billing.customers enable row level security;
create policy "members read their customer" on billing.customers
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.customers from anon, authenticated, service_role;
grant select on billing.customers to authenticated, service_role;
comment on table billing.customers is
  'Which account a customer of the payment provider is; written before any Checkout session. One
that is deleted stays, so that late events find whose it was.';

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
  trial_end    timestamptz,
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
  );
end $$;
revoke execute on function billing.has_live_subscription(uuid) from public;

create function public.link_customer(account_id uuid, customer_id text)
returns text
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_customer billing.customers;
begin
  perform billing.check_caller(account_id);
  perform billing.check_alive(account_id);
  insert into billing.customers (id, account_id, created_at)
  values (customer_id, account_id, billing.now())
  on conflict do nothing;
  select c.* into v_customer from billing.customers c
  where c.account_id = link_customer.account_id;
  if v_customer.id is null then
    raise exception 'this customer belongs to another account' using errcode = 'LCACC',
      detail = format('customer %s', customer_id),
      hint = 'make a customer of its own for each account';
  end if;
  return v_customer.id;
end $$;
revoke execute on function public.link_customer(uuid, text) from public, anon, authenticated;
grant execute on function public.link_customer(uuid, text) to service_role;
comment on function public.link_customer(uuid, text) is
  'Says which Stripe customer an account is, before a Checkout session is made. The first one wins:
returns the id in force. Raises LCACC when the customer is another account''s. For the service role.
Source: requirement 001, 4.1 (getOrCreateStripeCustomer).';

create function public.get_customer(account_id uuid)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return (select c.id from billing.customers c where c.account_id = get_customer.account_id);
end $$;
revoke execute on function public.get_customer(uuid) from public, anon, authenticated;
grant execute on function public.get_customer(uuid) to service_role;
comment on function public.get_customer(uuid) is
  'An account''s Stripe customer, or null. For the service role. Source: requirement 001, 3.3.3.';

-- The mapping decides; only who is not mapped is looked up by the account id in the metadata.
create function billing.account_of(customer_id text, claimed_account_id text)
returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_account_id uuid;
begin
  select c.account_id into v_account_id from billing.customers c where c.id = customer_id;
  if v_account_id is null then
    select u.id into v_account_id from auth.users u where u.id::text = lower(claimed_account_id);
    if v_account_id is not null and customer_id is not null then
      insert into billing.customers (id, account_id, created_at)
      values (customer_id, v_account_id, billing.now())
      on conflict do nothing;
      -- Whoever linked the customer while this waited has the last word.
      v_account_id := coalesce(
        (select c.account_id from billing.customers c where c.id = customer_id), v_account_id);
    end if;
  elsif v_account_id::text <> lower(claimed_account_id) then
    perform billing.audit('customer.mismatch', v_account_id,
      format('metadata of %s names account %s', customer_id, claimed_account_id));
  end if;
  return v_account_id;
end $$;
revoke execute on function billing.account_of(text, text) from public;
comment on function billing.account_of(text, text) is
  'The account of a Stripe customer: by the mapping, else by the account id in the metadata, if that
is a user. Null when neither is known. A mismatch is noted for the owner, and the mapping wins.';

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

create function billing.write_subscription(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_item jsonb := facts -> 'items' -> 0;
begin
  insert into billing.subscriptions as s (
    account_id, id, status, price_key, quantity, period_start, period_end, cancel_at, canceled_at,
    ended_at, trial_end, created_at, ticket
  )
  select write_subscription.account_id, facts ->> 'id', facts ->> 'status', v_item ->> 'price',
    (v_item ->> 'quantity')::integer, (v_item ->> 'period_start')::timestamptz,
    (v_item ->> 'period_end')::timestamptz, (facts ->> 'cancel_at')::timestamptz,
    (facts ->> 'canceled_at')::timestamptz, (facts ->> 'ended_at')::timestamptz,
    (facts ->> 'trial_end')::timestamptz, (facts ->> 'created')::timestamptz,
    write_subscription.ticket
  on conflict on constraint subscriptions_pkey do update
  set status = excluded.status, price_key = excluded.price_key, quantity = excluded.quantity,
      period_start = excluded.period_start, period_end = excluded.period_end,
      cancel_at = excluded.cancel_at, canceled_at = excluded.canceled_at,
      ended_at = excluded.ended_at, trial_end = excluded.trial_end, ticket = excluded.ticket
  where s.ticket < excluded.ticket
    and (s.status <> 'canceled' or excluded.status = 'canceled');  -- Stripe never revives an id
  return found;
end $$;
revoke execute on function billing.write_subscription(uuid, bigint, jsonb) from public;

create function public.prepare_checkout(account_id uuid, lookup_key text)
returns table (
  kind text, price_key text, name text, price_cents bigint, currency text, customer_id text,
  email text
)
language plpgsql stable
security definer  -- reads the user's e-mail, which no other role needs to
set search_path = ''
as $$
declare
  v_has_plan boolean := billing.has_live_subscription(account_id);
  v_needs_plan boolean;
begin
  perform billing.check_caller(account_id);
  perform billing.check_alive(account_id);
  select c.id into customer_id from billing.customers c
  where c.account_id = prepare_checkout.account_id;
  select u.email into email from auth.users u where u.id = prepare_checkout.account_id;
  select o.* into kind, price_key, name, price_cents, currency, v_needs_plan
  from (
    select 'plan', r.key, p.name, r.price_cents, r.currency, false
    from billing.prices r
    join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
    where r.lookup_key = prepare_checkout.lookup_key and r.is_sold
    union all
    select 'pack', p.key, p.name, p.price_cents, p.currency, p.requires_active_subscription
    from billing.packs p where p.lookup_key = prepare_checkout.lookup_key and p.is_sold
  ) o;
  if kind is null then
    return;
  elsif kind = 'plan' and v_has_plan then
    raise exception 'a plan is active already' using errcode = 'LCSUB',
      hint = 'change or cancel the plan in the billing portal';
  elsif v_needs_plan and not v_has_plan then
    raise exception 'this pack is sold to accounts with a plan' using errcode = 'LCPLN',
      detail = format('pack %s', lookup_key), hint = 'choose a plan first';
  end if;
  return next;
end $$;
revoke execute on function public.prepare_checkout(uuid, text) from public, anon, authenticated;
grant execute on function public.prepare_checkout(uuid, text) to service_role;
comment on function public.prepare_checkout(uuid, text) is
  'What a Checkout session for a lookup key is made from: kind (plan or pack), the versioned catalog
key, the price in minor units, and the account''s customer and e-mail. No row: nothing of that key
is sold. Raises LCPLN (the pack needs a plan), LCSUB (a plan is active already), LCACC. For the
service role. Source: requirements 001, 3.3.1 and 004, 2C.';

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
active or past due; an ended one is told by its status alone. Prices in minor units;
next_free_credits_at is when the free plan''s credits come next; debt_credits what refunds claim of
credits spent, frozen_credits what cannot be spent for now. For members, and the service role.
Raises LCACC. Source: requirement 004, 2B and 4B.';

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
    exists (select from billing.customers c where c.account_id = get_billing_overview.account_id),
    f.credits_per_month::bigint, a.next_claim_at, coalesce(a.debt_credits, 0)::bigint,
    coalesce(a.frozen_credits, 0)::bigint
  from (select 1) always
  left join billing.accounts a on a.id = get_billing_overview.account_id
  left join billing.plans f on f.is_free and f.is_sold
  left join lateral (
    select billing.is_live(b.status) as live, b.status, b.period_end, b.cancel_at, r.lookup_key,
      r.billing_interval, r.price_cents, r.currency, p.key as plan_key, p.name as plan_name,
      p.credits_per_month
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
