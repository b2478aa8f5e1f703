-- What is sold, as rows: plans and what is added to them, their prices, and packs of credits. A
-- published version never changes: selling something else is a new version, and whoever bought the
-- old one keeps it.

create type billing.billing_interval as enum ('month', 'year');
create type billing.expiry_rule as enum ('period_end', 'duration', 'never');
comment on type billing.expiry_rule is
  'When a plan''s credits expire: at the end of the paid period and the grace, so long after they
came, or never.';
create type billing.rollover_rule as enum ('none', 'all', 'capped');
create type billing.dunning_rule as enum ('keep', 'freeze', 'free');
comment on type billing.dunning_rule is
  'What an unpaid renewal leads to when the grace is over: nothing, the plan''s credits are frozen,
or these are and the account has the free plan. Packs always survive.';
create type billing.refund_rule as enum ('none', 'prorated', 'full');
comment on type billing.refund_rule is
  'What is offered of a payment: nothing, what its unused credits are worth, or all of it. A refund
that happens is applied whatever was offered.';

create table billing.plans (
  key               text not null,
  version           integer not null,
  name              text not null,
  description       text not null,
  features          text[] not null default '{}',
  position          smallint not null,
  credits_per_month billing.credits not null,
  renewal_grace     interval not null default '3 hours',
  expiry            billing.expiry_rule not null default 'period_end',
  expires_after     interval,
  rollover          billing.rollover_rule not null default 'none',
  rollover_max_credits billing.credits,
  rollover_percent  smallint,
  rollover_periods  smallint,
  trial_days        smallint,
  trial_credits     billing.credits,
  dunning           billing.dunning_rule not null default 'keep',
  dunning_grace     interval not null default '3 days',
  refund            billing.refund_rule not null default 'prorated',
  is_free           boolean not null default false,
  is_add_on         boolean not null default false,
  max_quantity      integer not null default 1,
  offered_to        uuid,
  is_sold           boolean not null default true,
  constraint plans_pkey primary key (key, version),
  constraint a_duration_is_given_where_it_decides
    check ((expiry = 'duration') = (expires_after is not null) and billing.lasts(expires_after)),
  constraint what_never_expires_does_not_roll_over check (expiry <> 'never' or rollover = 'none'),
  constraint a_rollover_is_capped_by_credits_or_percent
    check ((rollover = 'capped') = (num_nonnulls(rollover_max_credits, rollover_percent) > 0)),
  constraint a_rollover_counts_periods_and_percent
    check (rollover_periods > 0 and rollover_percent between 1 and 1000),
  constraint a_trial_has_days_and_credits check ((trial_days is null) = (trial_credits is null)),
  constraint an_add_on_is_bought_and_has_no_trial
    check (not is_add_on or not is_free and trial_days is null),
  constraint at_least_one_is_sold check (max_quantity >= 1),
  constraint renewal_grace_is_not_negative check (renewal_grace >= '0'),
  constraint dunning_grace_is_not_negative check (dunning_grace >= '0')
);
create unique index plans_sold_once on billing.plans (key) where is_sold;
create unique index one_free_plan_is_sold on billing.plans (is_free) where is_free and is_sold;
comment on table billing.plans is
  'Versions of plans. The free plan has no price and no object in Stripe.';
comment on column billing.plans.is_add_on is
  'Bought beside a plan, as a further item of its subscription: its credits and entitlements come on
top of the plan''s.';
comment on column billing.plans.max_quantity is
  'How many may be bought at once: seats of a plan, pieces of an add-on. Credits and counted
entitlements are per piece.';
comment on column billing.plans.offered_to is
  'The only account that sees and may buy it: a custom plan. Null: everyone.';
comment on column billing.plans.expires_after is 'How long credits last where expiry is duration.';
comment on column billing.plans.rollover is
  'What is left of a period when the next one is paid: lost, kept, or kept up to the smaller of
rollover_max_credits and rollover_percent of the period''s credits, each credit at most
rollover_periods times.';
comment on column billing.plans.dunning_grace is
  'How long after the unpaid invoice was finalized dunning leads to anything.';
comment on column billing.plans.renewal_grace is
  'How long credits outlive the paid period, since Stripe moves the period an hour before it
charges.';

create table billing.prices (
  key              text not null,
  lookup_key       text not null,
  plan_key         text not null,
  plan_version     integer not null,
  billing_interval billing.billing_interval not null,
  price_cents      bigint not null,
  currency         text not null default 'usd',
  is_sold          boolean not null default true,
  constraint prices_pkey primary key (key),
  constraint prices_belong_to_a_plan foreign key (plan_key, plan_version) references billing.plans,
  constraint a_price_key_is_lookup_key_and_version check (key ~ ('^' || lookup_key || '@[0-9]+$')),
  constraint a_price_is_above_zero check (price_cents > 0),
  constraint currencies_are_lower_case check (currency ~ '^[a-z]{3}$')
);
create index prices_by_plan on billing.prices (plan_key, plan_version);
create unique index prices_sold_once on billing.prices (lookup_key) where is_sold;
comment on table billing.prices is
  'What a plan costs. `key` is versioned and stands in the metadata of Stripe''s price; `lookup_key`
finds what is sold now.';

create table billing.packs (
  key                          text not null,
  lookup_key                   text not null,
  name                         text not null,
  credits                      bigint not null,
  price_cents                  bigint not null,
  currency                     text not null default 'usd',
  expires_after                interval,
  requires_active_subscription boolean not null default true,
  refund                       billing.refund_rule not null default 'none',
  position                     smallint not null,
  is_sold                      boolean not null default true,
  constraint packs_pkey primary key (key),
  constraint a_pack_key_is_lookup_key_and_version check (key ~ ('^' || lookup_key || '@[0-9]+$')),
  constraint a_pack_holds_credits check (credits > 0),
  constraint a_pack_price_is_above_zero check (price_cents > 0),
  constraint a_pack_lasts check (billing.lasts(expires_after)),
  constraint pack_currencies_are_lower_case check (currency ~ '^[a-z]{3}$')
);
create unique index packs_sold_once on billing.packs (lookup_key) where is_sold;
comment on table billing.packs is 'Permanent credits sold once. Keys as in billing.prices.';
comment on column billing.packs.expires_after is 'How long its credits last; null: for ever.';

-- One rule for everything that is published: only the word whether it is sold may change.
create function billing.refuse_change_of_published()
returns trigger
language plpgsql volatile
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'is_sold' = to_jsonb(old) - 'is_sold' then
    return new;
  end if;
  raise exception 'what is published never changes' using errcode = 'restrict_violation',
    detail = format('%s of %s', lower(tg_op), tg_table_name),
    hint = 'insert a new version; what is sold no longer has is_sold = false';
end $$;
revoke execute on function billing.refuse_change_of_published() from public;

create trigger published_plans_never_change before update or delete on billing.plans
  for each row execute function billing.refuse_change_of_published();
create trigger published_prices_never_change before update or delete on billing.prices
  for each row execute function billing.refuse_change_of_published();
create trigger published_packs_never_change before update or delete on billing.packs
  for each row execute function billing.refuse_change_of_published();
create trigger published_plans_are_never_truncated before truncate on billing.plans
  for each statement execute function billing.refuse_change_of_published();
create trigger published_prices_are_never_truncated before truncate on billing.prices
  for each statement execute function billing.refuse_change_of_published();
create trigger published_packs_are_never_truncated before truncate on billing.packs
  for each statement execute function billing.refuse_change_of_published();

alter table billing.plans enable row level security;
create policy "everyone reads the plans on sale that are for them" on billing.plans
  for select to anon, authenticated
  using (is_sold and (offered_to is null or billing.is_member(offered_to)));
revoke all on billing.plans from anon, authenticated, service_role;
grant select on billing.plans to anon, authenticated, service_role;

alter table billing.prices enable row level security;
create policy "everyone reads the prices on sale" on billing.prices
  for select to anon, authenticated
  using (is_sold and (
    select p.offered_to is null or billing.is_member(p.offered_to)
    from billing.plans p where p.key = plan_key and p.version = plan_version));
revoke all on billing.prices from anon, authenticated, service_role;
grant select on billing.prices to anon, authenticated, service_role;

alter table billing.packs enable row level security;
create policy "everyone reads the packs on sale" on billing.packs
  for select to anon, authenticated using (is_sold);
revoke all on billing.packs from anon, authenticated, service_role;
grant select on billing.packs to anon, authenticated, service_role;

create view billing.priced_plans with (security_invoker = true) as
select r.key as price_key, r.lookup_key, r.billing_interval, r.price_cents, r.currency,
  r.is_sold and p.is_sold as is_sold, p.key as plan_key, p.version as plan_version, p.name,
  p.is_add_on, p.max_quantity, p.offered_to, p.credits_per_month, p.trial_credits, p.renewal_grace
from billing.prices r
join billing.plans p on p.key = r.plan_key and p.version = r.plan_version;
revoke all on billing.priced_plans from anon, authenticated, service_role;
grant select on billing.priced_plans to service_role;
comment on view billing.priced_plans is
  'Prices, sold or not, with the version of what they are of.';

create function billing.is_offered(offered_to uuid, account_id uuid)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return coalesce(offered_to, account_id) = account_id;
end $$;
revoke execute on function billing.is_offered(uuid, uuid) from public;
comment on function billing.is_offered(uuid, uuid) is
  'Whether a plan on sale is for this account: it is for everyone, or a custom plan of its own.';

create function billing.whole_units(span interval, unit interval)
returns integer
language plpgsql immutable
set search_path = ''
as $$
begin
  return floor(extract(epoch from span) / extract(epoch from unit))::integer;
end $$;
revoke execute on function billing.whole_units(interval, interval) from public;
grant execute on function billing.whole_units(interval, interval)
  to anon, authenticated, service_role;
comment on function billing.whole_units(interval, interval) is
  'How many whole days, or hours, a span has: never more than the time itself.';

create function public.get_plans()
returns table (
  plan_key text, plan_name text, description text, features text[], "position" smallint,
  credits_per_month bigint, is_free boolean, is_add_on boolean, is_custom boolean,
  max_quantity integer, trial_days smallint, trial_credits bigint, lookup_key text,
  billing_interval text, price_cents bigint, currency text, expiry text,
  expires_after_days integer, renewal_grace_hours integer, rollover text,
  rollover_max_credits bigint, rollover_percent smallint, rollover_periods smallint, refund text
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select p.key, p.name, p.description, p.features, p.position, p.credits_per_month::bigint,
    p.is_free, p.is_add_on, p.offered_to is not null, p.max_quantity, p.trial_days,
    p.trial_credits::bigint, r.lookup_key, r.billing_interval::text, r.price_cents, r.currency,
    p.expiry::text, billing.whole_units(p.expires_after, '1 day'),
    billing.whole_units(p.renewal_grace, '1 hour'), p.rollover::text,
    p.rollover_max_credits::bigint, p.rollover_percent, p.rollover_periods, p.refund::text
  from billing.plans p
  left join billing.prices r on r.plan_key = p.key and r.plan_version = p.version and r.is_sold
  where p.is_sold and (p.is_free or r.key is not null)
  order by p.is_add_on, p.position, r.billing_interval, r.currency;
end $$;
revoke execute on function public.get_plans() from public, anon, authenticated;
grant execute on function public.get_plans() to anon, authenticated, service_role;
comment on function public.get_plans() is
  'What is on sale: a row for each price of each plan, one without a price for the free plan, then
those of the add-ons. A price has one currency: what is sold in several has a price in each.
is_custom: offered to the caller''s account alone. Prices in minor units of the currency. The rest
is what becomes of credits: when they expire (period_end and renewal_grace_hours, never, or
duration: expires_after_days, a month counts 30), what of them rolls over (none, all, or capped by
credits and percent of a period''s; null: no bound) and for how many periods, and which refund is
offered (none, prorated, full). For anyone. Source: requirements 001 (pricing), 002 (8, add-ons; 12,
currencies), 003.';

create function public.get_packs()
returns table (
  lookup_key text, name text, credits bigint, price_cents bigint, currency text,
  requires_active_subscription boolean, "position" smallint, expires_after_days integer,
  refund text
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select p.lookup_key, p.name, p.credits, p.price_cents, p.currency, p.requires_active_subscription,
    p.position, billing.whole_units(p.expires_after, '1 day'), p.refund::text
  from billing.packs p where p.is_sold order by p.position, p.currency;
end $$;
revoke execute on function public.get_packs() from public, anon, authenticated;
grant execute on function public.get_packs() to anon, authenticated, service_role;
comment on function public.get_packs() is
  'Packs of permanent credits on sale, prices in minor units; expires_after_days: how long the
credits last (null: for ever, a month counts 30); refund: which one is offered (none, prorated,
full). For anyone. Source: requirement 004, 2C.';
