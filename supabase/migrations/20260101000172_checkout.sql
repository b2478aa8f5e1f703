-- What a Checkout session is made from.

alter table billing.settings
  add column allow_promotion_codes boolean not null default false,
  add column automatic_tax boolean not null default false,
  add column collect_tax_ids boolean not null default false,
  add column tax_code text,
  add column tax_behavior text not null default 'exclusive',
  add constraint prices_are_with_or_without_tax check (tax_behavior in ('exclusive', 'inclusive'));
comment on column billing.settings.allow_promotion_codes is
  'Whether Checkout has a field for a promotion code of Stripe''s.';
comment on column billing.settings.automatic_tax is
  'Whether Stripe works out the tax, for which Checkout asks for the address.';
comment on column billing.settings.collect_tax_ids is
  'Whether Checkout asks a company for its tax id.';
comment on column billing.settings.tax_code is
  'What is sold, as Stripe lists it (txcd_10103001: software as a service); null: its default.';
comment on column billing.settings.tax_behavior is
  'Whether tax comes on top of a price or is in it; a price at Stripe keeps what it was made with.';

create function billing.check_offer(
  account_id uuid, lookup_key text, currency text, needs_plan boolean
)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_bound text := billing.bound_currency(account_id);
begin
  if currency <> v_bound then
    raise exception 'an account pays in one currency' using errcode = 'LCCUR',
      detail = format('%s is in %s, the account pays in %s', lookup_key, currency, v_bound),
      hint = format('choose an offer in %s', v_bound);
  elsif needs_plan and not billing.has_plan(account_id) then
    raise exception 'this pack is sold to accounts with a plan' using errcode = 'LCPLN',
      detail = format('pack %s', lookup_key), hint = 'choose a plan first';
  end if;
end $$;
revoke execute on function billing.check_offer(uuid, text, text, boolean) from public;
comment on function billing.check_offer(uuid, text, text, boolean) is
  'Raises where an account may not buy what is on sale: LCCUR (it pays in another currency), LCPLN
(it needs a plan first).';

create function public.prepare_checkout(account_id uuid, lookup_key text)
returns table (
  kind text, price_key text, name text, price_cents bigint, currency text, customer_id text,
  former_customers bigint, email text, trial_end timestamptz, allow_promotion_codes boolean,
  automatic_tax boolean, collect_tax_ids boolean
)
language plpgsql stable
security definer  -- reads the user's e-mail, which no other role needs to
set search_path = ''
as $$
declare
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
    select 'plan', p.price_key, p.name, p.price_cents, p.currency, false
    from billing.priced_plans p
    where p.lookup_key = prepare_checkout.lookup_key and p.is_sold and not p.is_add_on
      and billing.is_offered(p.offered_to, prepare_checkout.account_id)
    union all
    select 'pack', p.key, p.name, p.price_cents, p.currency, p.requires_active_subscription
    from billing.packs p where p.lookup_key = prepare_checkout.lookup_key and p.is_sold
  ) o;
  if kind is null then
    return;
  end if;
  perform billing.check_offer(account_id, lookup_key, currency, v_needs_plan);
  if kind = 'plan' and billing.has_open_subscription(account_id) then
    raise exception 'a plan is active already' using errcode = 'LCSUB',
      hint = 'change, resume or cancel the plan instead';
  end if;
  trial_end := case kind when 'plan' then billing.first_charge_at(account_id) end;
  select s.allow_promotion_codes, s.automatic_tax, s.collect_tax_ids
  into allow_promotion_codes, automatic_tax, collect_tax_ids from billing.settings s;
  return next;
end $$;
revoke execute on function public.prepare_checkout(uuid, text) from public, anon, authenticated;
grant execute on function public.prepare_checkout(uuid, text) to service_role;
comment on function public.prepare_checkout(uuid, text) is
  'What a Checkout session for a lookup key is made from: kind (plan or pack), the versioned catalog
key, the price in minor units, the account''s customer, how many others it has or had (a part of the
idempotency key under which the next is made, else Stripe would answer a deleted one), its e-mail,
for a plan trial_end: when a trial without a card carries over to it, so that it is first paid then
(null: at once), and what billing.settings says of promotion codes and tax. No row: nothing of that
key is sold to this account by itself (a custom plan of another, an add-on). Raises LCCUR (the
account pays in another currency), LCPLN (the pack needs a plan), LCSUB (a plan is active already),
LCACC. For the service role. Source: requirements 001, 3.3.1 and 004, 2C.';

