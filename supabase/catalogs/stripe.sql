-- The catalog of requirement 001, an API billed through Stripe. Idempotent: what is published
-- stays, and exactly what this file sells is on sale. The document fixes the four tiers, 100 free
-- credits a month, top-ups of 500, 1,000, 5,000 and 10,000 credits, and $0.001 for a call; the
-- prices of the tiers are ours.

update billing.plans set is_sold = false
where is_sold and not starts_with(key, 'api_') and not starts_with(key, 'custom_');
update billing.prices set is_sold = false
where is_sold and not starts_with(key, 'api_') and not starts_with(key, 'custom_');
update billing.packs set is_sold = false where is_sold and not starts_with(key, 'api_');

insert into billing.plans as p (
  key, version, name, description, features, position, credits_per_month, is_free
) values
  ('api_free', 1, 'Free', 'For a first integration.', array['100 calls a month'], 1, 100, true),
  ('api_pro', 1, 'Pro', 'For one product.', array['10,000 calls a month'], 2, 10000, false),
  ('api_pro_plus', 1, 'Pro Plus', 'For a growing product.', array['50,000 calls a month'],
    3, 50000, false),
  ('api_enterprise', 1, 'Enterprise', 'For many products.', array['250,000 calls a month'],
    4, 250000, false)
on conflict on constraint plans_pkey do update set is_sold = true
  where not exists (select from billing.plans s where s.key = p.key and s.is_sold);

insert into billing.prices as p (
  key, lookup_key, plan_key, plan_version, billing_interval, price_cents
) values
  ('api_pro_month@1', 'api_pro_month', 'api_pro', 1, 'month', 900),
  ('api_pro_plus_month@1', 'api_pro_plus_month', 'api_pro_plus', 1, 'month', 3900),
  ('api_enterprise_month@1', 'api_enterprise_month', 'api_enterprise', 1, 'month', 14900)
on conflict on constraint prices_pkey do update set is_sold = true
  where not exists (select from billing.prices s where s.lookup_key = p.lookup_key and s.is_sold);

insert into billing.packs as p (
  key, lookup_key, name, credits, price_cents, requires_active_subscription, position
) values
  ('api_500@1', 'api_500', '500 credits', 500, 50, false, 1),
  ('api_1000@1', 'api_1000', '1,000 credits', 1000, 100, false, 2),
  ('api_5000@1', 'api_5000', '5,000 credits', 5000, 500, false, 3),
  ('api_10000@1', 'api_10000', '10,000 credits', 10000, 1000, false, 4)
on conflict on constraint packs_pkey do update set is_sold = true
  where not exists (select from billing.packs s where s.lookup_key = p.lookup_key and s.is_sold);

insert into billing.operations (key, name) values ('api_call', 'API call')
on conflict on constraint operations_pkey do nothing;

insert into billing.operation_prices (operation, version, base_credits) values ('api_call', 1, 1)
on conflict on constraint operation_prices_pkey do nothing;

insert into billing.operation_parameters (
  operation, version, name, kind, is_required, position, is_subject
) values
  ('api_call', 1, 'endpoint', 'label', false, 1, false),
  ('api_call', 1, 'api_key', 'label', false, 2, true)
on conflict on constraint operation_parameters_pkey do nothing;
