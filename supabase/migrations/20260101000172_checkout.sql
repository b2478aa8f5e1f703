-- What a Checkout session is made from.

create function public.prepare_checkout(account_id uuid, lookup_key text)
returns table (
  kind text, price_key text, name text, price_cents bigint, currency text, customer_id text,
  former_customers bigint, email text, trial_end timestamptz
)
language plpgsql stable
security definer  -- reads the user's e-mail, which no other role needs to
set search_path = ''
as $$
declare
  v_has_plan boolean := billing.has_plan(account_id);
  v_needs_plan boolean;
begin
  perform billing.check_caller(account_id);
  perform billing.check_alive(account_id);
  select max(c.id) filter (where c.is_in_force), count(*) filter (where not c.is_in_force)
  into customer_id, former_customers
  from billing.customers c where c.account_id = prepare_checkout.account_id;
  select u.email into email from auth.users u where u.id = prepare_checkout.account_id;
  select o.* into kind, price_key, name, price_cents, currency, v_needs_plan
  from (
    select 'plan', r.key, p.name, r.price_cents, r.currency, false
    from billing.prices r
    join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
    where r.lookup_key = prepare_checkout.lookup_key and r.is_sold and not p.is_add_on
    union all
    select 'pack', p.key, p.name, p.price_cents, p.currency, p.requires_active_subscription
    from billing.packs p where p.lookup_key = prepare_checkout.lookup_key and p.is_sold
  ) o;
  if kind is null then
    return;
  elsif kind = 'plan' and billing.has_open_subscription(account_id) then
    raise exception 'a plan is active already' using errcode = 'LCSUB',
      hint = 'change, resume or cancel the plan in the billing portal';
  elsif v_needs_plan and not v_has_plan then
    raise exception 'this pack is sold to accounts with a plan' using errcode = 'LCPLN',
      detail = format('pack %s', lookup_key), hint = 'choose a plan first';
  end if;
  trial_end := case kind when 'plan' then billing.first_charge_at(account_id) end;
  return next;
end $$;
revoke execute on function public.prepare_checkout(uuid, text) from public, anon, authenticated;
grant execute on function public.prepare_checkout(uuid, text) to service_role;
comment on function public.prepare_checkout(uuid, text) is
  'What a Checkout session for a lookup key is made from: kind (plan or pack), the versioned
catalog key, the price in minor units, the account''s customer, how many others it has or had (a
part of the idempotency key under which the next is made, else Stripe would answer a deleted one),
its e-mail, and for a plan trial_end: when a trial without a card carries over to it, so that it is
first paid then (null: at once). No row: nothing of that key is sold. Raises LCPLN (the pack needs
a plan), LCSUB (a plan is active already), LCACC. For the service role. Source: requirements 001,
3.3.1 and 004, 2C.';

