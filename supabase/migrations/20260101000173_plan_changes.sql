-- What a change of plan, of seats or of add-ons comes to: whether it may be made, at which items,
-- and whether now or when the paid period is over. What costs at least as much for a period, and
-- brings at least as many credits, happens now; what is less of either waits. So no invoice is ever
-- below zero, what was paid for is kept, and between two things of one price nobody goes to and fro
-- to be granted the richer one's credits each time.

create function billing.changeable_subscription(account_id uuid)
returns billing.subscriptions
language plpgsql stable
set search_path = ''
as $$
declare
  v_found billing.subscriptions := billing.open_subscription(account_id);
begin
  if v_found.id is null then
    raise exception 'there is no plan to change' using errcode = 'LCPLN',
      hint = 'choose a plan first';
  elsif v_found.status not in ('active', 'trialing') or v_found.cancel_at is not null then
    raise exception 'something else about the plan comes first' using errcode = 'LCDUE',
      detail = format('it is %s', case when v_found.cancel_at is null then v_found.status
        else 'cancelled' end),
      hint = 'pay what is due, or resume the plan, then change it';
  end if;
  return v_found;
end $$;
revoke execute on function billing.changeable_subscription(uuid) from public;

-- Who keeps what they have keeps its version; what is new is of the version on sale, and of a
-- custom plan only for whom it is offered to. What is not found has no price_key.
create function billing.wanted_items(
  subscription billing.subscriptions, lookup_keys text[], quantities integer[]
)
returns table (
  nth bigint, price_key text, quantity integer, item_id text, price_key_now text,
  quantity_now integer
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  with present as (
    select i.item_id, i.price_key, i.quantity, p.plan_key, p.lookup_key, p.is_add_on
    from billing.subscription_items i
    join billing.priced_plans p on p.price_key = i.price_key
    where i.account_id = subscription.account_id and i.subscription_id = subscription.id
      and not i.is_later
  )
  select w.nth, coalesce(k.price_key, o.price_key), w.quantity, h.item_id, h.price_key, h.quantity
  from unnest(lookup_keys, quantities) with ordinality w (lookup_key, quantity, nth)
  left join present k on k.lookup_key = w.lookup_key and k.is_add_on = (w.nth > 1)
  left join billing.priced_plans o on o.lookup_key = w.lookup_key and o.is_sold
    and o.is_add_on = (w.nth > 1)
    and billing.is_offered(o.offered_to, subscription.account_id)
  left join present h on case when w.nth = 1 then not h.is_add_on else h.is_add_on
    and h.plan_key = (
      select p.plan_key from billing.priced_plans p
      where p.price_key = coalesce(k.price_key, o.price_key)) end;
end $$;
revoke execute on function billing.wanted_items(billing.subscriptions, text[], integer[])
  from public;
comment on function billing.wanted_items(billing.subscriptions, text[], integer[]) is
  'The plan, which is the first, and the add-ons that are wished for, beside the items that become
them: what these are now.';

create function billing.check_wanted(
  subscription billing.subscriptions, lookup_keys text[], quantities integer[]
)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_problem text;
begin
  select format('%s: %s, at most %s', p.lookup_key, w.quantity, p.max_quantity) into v_problem
  from billing.wanted_items(subscription, lookup_keys, quantities) w
  join billing.priced_plans p on p.price_key = w.price_key
  where w.quantity > p.max_quantity
    and (w.price_key, w.quantity) is distinct from (w.price_key_now, w.quantity_now)
  limit 1;
  if found then
    raise exception 'there are no more of it to be had' using errcode = 'LCLIM',
      detail = v_problem, hint = 'choose fewer, or a larger plan';
  end if;
  select case
    when count(*) <> count(w.quantity) or min(w.quantity) < 1 then 'a quantity is missing'
    when count(*) <> count(distinct p.plan_key) then 'a thing is named twice'
    when count(distinct (p.billing_interval, p.currency)) > 1
      then 'add-ons are paid at the interval and in the currency of the plan'
    when min(p.currency) <> min(h.currency)
      then format('the plan is paid in %s, which stays', min(h.currency)) end
  into v_problem
  from billing.wanted_items(subscription, lookup_keys, quantities) w
  join billing.priced_plans p on p.price_key = w.price_key
  join billing.priced_plans h on h.price_key = subscription.price_key;
  if v_problem is not null then
    raise exception 'these do not go together' using errcode = 'LCOPR', detail = v_problem,
      hint = 'take the plan and its add-ons from get_plans, of one interval and currency';
  end if;
end $$;
revoke execute on function billing.check_wanted(billing.subscriptions, text[], integer[])
  from public;

-- When, and what of it is told apart by: who was shown one thing does not get another.
create function billing.plan_change(
  subscription billing.subscriptions, lookup_keys text[], quantities integer[],
  out happens text, out state text
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_now text;
  v_later text;
  v_wanted text;
  v_cents bigint;
  v_wanted_cents bigint;
  v_credits bigint;
  v_wanted_credits bigint;
begin
  select string_agg(i.price_key || ' x ' || i.quantity, ', ' order by i.price_key)
      filter (where not i.is_later),
    string_agg(i.price_key || ' x ' || i.quantity, ', ' order by i.price_key)
      filter (where i.is_later),
    sum(p.price_cents * i.quantity) filter (where not i.is_later),
    sum(p.credits_per_month * billing.months_of(p.billing_interval) * i.quantity)
      filter (where not i.is_later)
  into v_now, v_later, v_cents, v_credits
  from billing.subscription_items i
  join billing.priced_plans p on p.price_key = i.price_key
  where i.account_id = subscription.account_id and i.subscription_id = subscription.id;
  select string_agg(w.price_key || ' x ' || w.quantity, ', ' order by w.price_key),
    sum(p.price_cents * w.quantity),
    sum(p.credits_per_month * billing.months_of(p.billing_interval) * w.quantity)
  into v_wanted, v_wanted_cents, v_wanted_credits
  from billing.wanted_items(subscription, lookup_keys, quantities) w
  join billing.priced_plans p on p.price_key = w.price_key;
  happens := case
    when v_wanted = coalesce(v_later, v_now) then 'nothing'
    when subscription.status = 'trialing'
      or v_wanted_cents >= v_cents and v_wanted_credits >= v_credits then 'now'
    else 'period_end' end;
  state := md5(concat_ws('; ', subscription.id, subscription.status, subscription.period_end,
    subscription.scheduled_at, v_now, v_later, v_wanted));
end $$;
revoke execute on function billing.plan_change(billing.subscriptions, text[], integer[])
  from public;

create function public.prepare_plan_change(
  account_id uuid, plan_lookup_key text, plan_quantity integer, add_on_keys text[],
  add_on_quantities integer[]
)
returns table (
  subscription_id text, customer_id text, ticket bigint, happens text, state text,
  is_trialing boolean, as_of timestamptz, starts_at timestamptz, next_charge_at timestamptz,
  credits_per_month bigint, item_id text, price_key text, lookup_key text, price_cents bigint,
  currency text, quantity integer, price_key_now text, quantity_now integer
)
language plpgsql stable
security definer  -- reads what is offered to others, to refuse it, and versions no longer sold
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
  v_is billing.subscriptions;
  v_keys text[] := plan_lookup_key || add_on_keys;
  v_quantities integer[] := plan_quantity || add_on_quantities;
begin
  perform billing.check_caller(account_id);
  perform billing.check_alive(account_id);
  v_is := billing.changeable_subscription(account_id);
  if exists (
    select from billing.wanted_items(v_is, v_keys, v_quantities) w where w.price_key is null
  ) then
    return;
  end if;
  perform billing.check_wanted(v_is, v_keys, v_quantities);
  return query
  select v_is.id, c.id, v_is.ticket, h.happens, h.state, v_is.status = 'trialing', t.as_of,
    case h.happens when 'now' then t.as_of else v_is.period_end end,
    case when h.happens <> 'now' or v_is.status = 'trialing' or p.billing_interval = (
        select o.billing_interval from billing.priced_plans o where o.price_key = v_is.price_key)
      then v_is.period_end
      else billing.later(t.as_of, make_interval(months => billing.months_of(p.billing_interval)))
      end,
    sum(p.credits_per_month * i.quantity) over ()::bigint, i.item_id, i.price_key, p.lookup_key,
    p.price_cents, p.currency, i.quantity, i.price_key_now, i.quantity_now
  from (
    select * from billing.wanted_items(v_is, v_keys, v_quantities)
    union all
    select null, a.price_key, 0, a.item_id, a.price_key, a.quantity
    from billing.subscription_add_ons a
    where a.account_id = v_is.account_id and a.subscription_id = v_is.id and a.item_id not in (
      select w.item_id from billing.wanted_items(v_is, v_keys, v_quantities) w
      where w.item_id is not null)
  ) i
  join billing.priced_plans p on p.price_key = i.price_key
  cross join billing.plan_change(v_is, v_keys, v_quantities) h
  cross join (
    select greatest(date_trunc('second', v_now), v_is.period_start) as as_of) t
  left join billing.customers c on c.account_id = v_is.account_id and c.is_in_force
  order by i.nth nulls last;
end $$;
revoke execute on function public.prepare_plan_change(uuid, text, integer, text[], integer[])
  from public, anon, authenticated;
grant execute on function public.prepare_plan_change(uuid, text, integer, text[], integer[])
  to service_role;
comment on function public.prepare_plan_change(uuid, text, integer, text[], integer[]) is
  'What it takes to make the account''s plan the one of a lookup key, so many times (seats), with
these add-ons and no others: a row for each item, what it becomes beside what it is now (item_id
null: it is new; quantity 0: it goes), the plan first. happens: now (costs at least as much for a
period and brings as many credits, or Stripe''s trial runs), period_end (less of either) or
nothing (it is so, or waits already). state changes with what there is and with what is asked for;
ticket whenever Stripe was read. as_of is the second to prorate from, starts_at when the items are
the new ones, next_charge_at when they are charged as a whole; credits_per_month of all together;
prices in minor units, of one piece. No row: something of it is not on sale to this account.
Raises LCPLN (no plan), LCDUE (overdue, paused or cancelled), LCLIM (too many), LCOPR (interval or
currency), LCACC. For the service role. Source: DESIGN 6, plan change; requirements 002, 8 and
13.';

create function public.preview_credits(facts jsonb)
returns table (credits_now bigint, credits_later bigint, problem text)
language plpgsql stable
security definer  -- reads plan versions that are no longer sold
set search_path = ''
as $$
begin
  problem := billing.problem_with_invoice(facts);
  if problem is null then
    select coalesce(sum(g.credits) filter (where g.nth = 0), 0)::bigint,
      coalesce(sum(g.credits) filter (where g.nth > 0), 0)::bigint
    into credits_now, credits_later
    from jsonb_array_elements(facts -> 'lines') l
    cross join lateral billing.line_grants(facts, l) g
    where (l ->> 'amount')::bigint > 0;
  end if;
  return next;
end $$;
revoke execute on function public.preview_credits(jsonb) from public, anon, authenticated;
grant execute on function public.preview_credits(jsonb) to service_role;
comment on function public.preview_credits(jsonb) is
  'What an invoice that Stripe previews would grant once it is paid: at once, and month by month
after that. facts: its total, currency and lines as their reader took them. problem: why it would
not be applied but parked; then nothing is sold by it. For the service role. Source: DESIGN 6.';
