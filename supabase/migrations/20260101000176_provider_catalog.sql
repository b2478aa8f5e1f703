-- What Stripe has of our catalog. Nothing is sold by it: the rows of the catalog decide, and what
-- differs is shown to the owner.

create table billing.provider_products (
  id        text constraint provider_products_pkey primary key,
  name      text not null,
  is_active boolean not null,
  ticket    bigint not null
);
alter table billing.provider_products enable row level security;
revoke all on billing.provider_products from anon, authenticated, service_role;
grant select on billing.provider_products to service_role;
comment on table billing.provider_products is 'Products as Stripe has them.';

create table billing.provider_prices (
  id               text constraint provider_prices_pkey primary key,
  catalog_key      text not null,
  product_id       text not null,
  lookup_key       text,
  price_cents      bigint,
  currency         text not null,
  billing_interval text,
  is_active        boolean not null,
  ticket           bigint not null
);
create index provider_prices_by_key on billing.provider_prices (catalog_key);
alter table billing.provider_prices enable row level security;
revoke all on billing.provider_prices from anon, authenticated, service_role;
grant select on billing.provider_prices to service_role;
comment on table billing.provider_prices is
  'Prices as Stripe has them whose metadata names a price or a pack of the catalog.';

create view billing.catalog_keys with (security_invoker = true) as
select r.key, r.price_cents, r.currency, r.billing_interval::text as billing_interval, r.is_sold
from billing.prices r
union all
select p.key, p.price_cents, p.currency, null, p.is_sold from billing.packs p;
revoke all on billing.catalog_keys from anon, authenticated, service_role;
grant select on billing.catalog_keys to service_role;
comment on view billing.catalog_keys is 'Everything that a price at Stripe can be for.';

create function billing.problem_with_price(facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_key text := coalesce(facts ->> 'price', facts ->> 'pack');
  v_ours billing.catalog_keys;
begin
  select k.* into v_ours from billing.catalog_keys k where k.key = v_key;
  return case
    when v_ours.key is null then format('%s is unknown', v_key)
    when (facts ->> 'unit_amount')::bigint is distinct from v_ours.price_cents
      or facts ->> 'currency' is distinct from v_ours.currency
      or facts ->> 'interval' is distinct from v_ours.billing_interval
      then format('%s is %s %s %s here, and %s %s %s at Stripe', v_key, v_ours.price_cents,
        v_ours.currency, coalesce(v_ours.billing_interval, 'once'), facts ->> 'unit_amount',
        facts ->> 'currency', coalesce(facts ->> 'interval', 'once'))
  end;
end $$;
revoke execute on function billing.problem_with_price(jsonb) from public;

create function billing.write_price(ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into billing.provider_prices as p (
    id, catalog_key, product_id, lookup_key, price_cents, currency, billing_interval, is_active,
    ticket
  ) values (
    facts ->> 'id', coalesce(facts ->> 'price', facts ->> 'pack'), facts ->> 'product',
    facts ->> 'lookup_key', (facts ->> 'unit_amount')::bigint, facts ->> 'currency',
    facts ->> 'interval', (facts ->> 'active')::boolean, ticket
  )
  on conflict on constraint provider_prices_pkey do update
  set catalog_key = excluded.catalog_key, product_id = excluded.product_id,
      lookup_key = excluded.lookup_key, price_cents = excluded.price_cents,
      currency = excluded.currency, billing_interval = excluded.billing_interval,
      is_active = excluded.is_active, ticket = excluded.ticket
  where p.ticket < excluded.ticket;
  return found;
end $$;
revoke execute on function billing.write_price(bigint, jsonb) from public;

create function billing.write_product(ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into billing.provider_products as p (id, name, is_active, ticket)
  values (facts ->> 'id', coalesce(facts ->> 'name', ''), (facts ->> 'active')::boolean, ticket)
  on conflict on constraint provider_products_pkey do update
  set name = excluded.name, is_active = excluded.is_active, ticket = excluded.ticket
  where p.ticket < excluded.ticket;
  return found;
end $$;
revoke execute on function billing.write_product(bigint, jsonb) from public;

create function public.get_published_catalog()
returns table (
  kind text, key text, lookup_key text, product_key text, name text, description text,
  billing_interval text, price_cents bigint, currency text, is_sold boolean, is_add_on boolean,
  is_custom boolean, max_quantity integer, tax_code text, tax_behavior text
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select c.*, s.tax_code, s.tax_behavior
  from (
    select 'price', r.key, r.lookup_key, r.plan_key, p.name, p.description,
      r.billing_interval::text, r.price_cents, r.currency, r.is_sold and p.is_sold, p.is_add_on,
      p.offered_to is not null, p.max_quantity
    from billing.prices r
    join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
    union all
    -- The prices of a pack in several currencies are prices of one product.
    select 'pack', p.key, p.lookup_key, regexp_replace(p.lookup_key, '_' || p.currency || '$', ''),
      p.name, '', null, p.price_cents, p.currency, p.is_sold, false, false, 1
    from billing.packs p
  ) c
  cross join billing.settings s
  order by 2;
end $$;
revoke execute on function public.get_published_catalog() from public, anon, authenticated;
grant execute on function public.get_published_catalog() to service_role;
comment on function public.get_published_catalog() is
  'Everything that was ever published and has a price, for `npm run stripe:push`: kind (price or
pack), the versioned key and the lookup key, the product it is a price of, the price in minor units,
whether it is sold now, and the settings of tax. For the service role. Source: requirement 002, 8.';
