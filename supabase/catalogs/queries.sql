-- The catalog of requirement 003, queries with tools. Idempotent: what is published stays, and
-- exactly what this file sells is on sale. The document fixes all of it; its Enterprise is agreed
-- by contact, so that an owner adds a plan and a price for who asks. Below stand the names that the
-- document gives to functions, as wrappers (uninstalling drops these five as well).

update billing.plans set is_sold = false
where is_sold and not starts_with(key, 'queries_') and not starts_with(key, 'custom_');
update billing.prices set is_sold = false
where is_sold and not starts_with(key, 'queries_') and not starts_with(key, 'custom_');
update billing.packs set is_sold = false where is_sold and not starts_with(key, 'queries_');

insert into billing.plans as p (
  key, version, name, description, features, position, credits_per_month, is_free
) values
  ('queries_free', 1, 'Free', 'Try it out, every month anew.', array['20 plain queries'],
    1, 100, true),
  ('queries_starter', 1, 'Starter', 'For everyday questions.',
    array['200 plain queries', 'Documentation and GitHub tools'], 2, 1000, false),
  ('queries_pro', 1, 'Pro', 'For a team that asks all day.',
    array['1,000 plain queries', 'Documentation and GitHub tools'], 3, 5000, false)
on conflict on constraint plans_pkey do update set is_sold = true
  where not exists (select from billing.plans s where s.key = p.key and s.is_sold);

insert into billing.prices as p (
  key, lookup_key, plan_key, plan_version, billing_interval, price_cents
) values
  ('queries_starter_month@1', 'queries_starter_month', 'queries_starter', 1, 'month', 900),
  ('queries_pro_month@1', 'queries_pro_month', 'queries_pro', 1, 'month', 2900)
on conflict on constraint prices_pkey do update set is_sold = true
  where not exists (select from billing.prices s where s.lookup_key = p.lookup_key and s.is_sold);

insert into billing.packs as p (
  key, lookup_key, name, credits, price_cents, requires_active_subscription, position
) values
  ('queries_small@1', 'queries_small', 'Small: 500 credits', 500, 500, false, 1),
  ('queries_medium@1', 'queries_medium', 'Medium: 2,000 credits', 2000, 1500, false, 2),
  ('queries_large@1', 'queries_large', 'Large: 5,000 credits', 5000, 3500, false, 3)
on conflict on constraint packs_pkey do update set is_sold = true
  where not exists (select from billing.packs s where s.lookup_key = p.lookup_key and s.is_sold);

insert into billing.operations (key, name) values ('query', 'Query')
on conflict on constraint operations_pkey do nothing;

insert into billing.operation_prices (operation, version, base_credits) values ('query', 1, 5)
on conflict on constraint operation_prices_pkey do nothing;

insert into billing.operation_parameters (
  operation, version, name, kind, is_required, position, is_subject
) values
  ('query', 1, 'retrieval', 'option', false, 1, false),
  ('query', 1, 'github', 'option', false, 2, false),
  ('query', 1, 'conversation', 'label', false, 4, true)
on conflict on constraint operation_parameters_pkey do nothing;

insert into billing.operation_parameters (
  operation, version, name, kind, is_required, position, unit_credits, max_units
) values
  ('query', 1, 'further_tools', 'quantity', false, 3, 3, 50)
on conflict on constraint operation_parameters_pkey do nothing;

insert into billing.operation_options (
  operation, version, parameter, value, name, credits, position
) values
  ('query', 1, 'retrieval', 'no', 'Without', 0, 1),
  ('query', 1, 'retrieval', 'yes', 'Documentation retrieval', 5, 2),
  ('query', 1, 'github', 'no', 'Without', 0, 1),
  ('query', 1, 'github', 'yes', 'GitHub tools', 10, 2)
on conflict on constraint operation_options_pkey do nothing;

create or replace function billing.query_params(tools text[])
returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'retrieval', case when 'retrieval' = any (tools) then 'yes' else 'no' end,
      'github', case when 'github' = any (tools) then 'yes' else 'no' end,
      'further_tools', count(distinct t) filter (where t not in ('retrieval', 'github')))
    from unnest(tools) t
  );
end $$;
revoke execute on function billing.query_params(text[]) from public;
grant execute on function billing.query_params(text[]) to authenticated, service_role;

create or replace function public.calculate_query_cost(
  tools text[] default '{}', account_id uuid default auth.uid()
)
returns bigint
language plpgsql volatile
set search_path = ''
as $$
begin
  return (
    select q.price
    from public.quote_credits('query', billing.query_params(tools), account_id) q
  );
end $$;
revoke execute on function public.calculate_query_cost(text[], uuid)
  from public, anon, authenticated;
grant execute on function public.calculate_query_cost(text[], uuid) to authenticated, service_role;
comment on function public.calculate_query_cost(text[], uuid) is
  'What a query with these tools costs, in credits: ''retrieval'', ''github'', and any others, each
counted once. quote_credits says who would pay. Raises LCAMT (too many tools), LCACC. For members,
and the service role. Source: requirement 003.';

create or replace function public.check_and_deduct_credits(
  tools text[], key text, account_id uuid default auth.uid()
)
returns table (
  success boolean, deducted bigint, balance_after bigint, duplicate boolean, shortfall bigint
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select c.success, c.deducted, c.balance_after, c.duplicate, c.shortfall
  from public.consume_credits('query', billing.query_params(tools), key, account_id) c;
end $$;
revoke execute on function public.check_and_deduct_credits(text[], text, uuid)
  from public, anon, authenticated;
grant execute on function public.check_and_deduct_credits(text[], text, uuid)
  to authenticated, service_role;
comment on function public.check_and_deduct_credits(text[], text, uuid) is
  'Charges a query with these tools, all or nothing, once per key: consume_credits, tools as in
calculate_query_cost. Raises LCAMT, LCKEY, LCACC. For members, and the service role. Source:
requirement 003.';

create or replace function public.add_credits(
  account_id uuid, amount bigint, key text, type text default 'permanent',
  description text default null
)
returns table (success boolean, duplicate boolean, balance_after bigint)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select c.success, c.duplicate, c.balance_after
  from public.add_credits_atomic(
    account_id, amount, type, key, description => add_credits.description) c;
end $$;
revoke execute on function public.add_credits(uuid, bigint, text, text, text)
  from public, anon, authenticated;
grant execute on function public.add_credits(uuid, bigint, text, text, text) to service_role;
comment on function public.add_credits(uuid, bigint, text, text, text) is
  'Grants amount credits that never expire, once per key: add_credits_atomic. Raises LCAMT, LCTYP,
LCKEY, LCACC. For the service role. Source: requirement 003.';

create or replace function public.reset_monthly_credits(account_id uuid)
returns bigint
language plpgsql volatile
set search_path = ''
as $$
begin
  return (select c.total from public.get_user_credits(account_id) c);
end $$;
revoke execute on function public.reset_monthly_credits(uuid) from public, anon, authenticated;
grant execute on function public.reset_monthly_credits(uuid) to service_role;
comment on function public.reset_monthly_credits(uuid) is
  'Renews what is due, as every read does, and answers the balance in credits. Nothing is reset: a
paid month''s credits come with its payment, free ones are claimed at the first touch of the month.
Raises LCACC. For the service role. Source: requirement 003.';

create or replace function public.get_monthly_credits(tier text)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select p.credits_per_month::bigint from billing.plans p
    where p.is_sold and p.key = 'queries_' || lower(tier)
  );
end $$;
revoke execute on function public.get_monthly_credits(text) from public, anon, authenticated;
grant execute on function public.get_monthly_credits(text) to anon, authenticated, service_role;
comment on function public.get_monthly_credits(text) is
  'The credits a month of a tier (free, starter, pro); null for a tier that is not on sale. For
anyone. Source: requirement 003.';
