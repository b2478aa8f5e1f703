-- The catalog of requirement 002, a SaaS with a trial. Idempotent: what is published stays, and
-- exactly what this file sells is on sale. The document fixes the names of the plans, a trial of 14
-- days with all of Starter, a year at 15 % less and extra message packages; the numbers are ours.

update billing.plans set is_sold = false
where is_sold and not starts_with(key, 'saas_') and not starts_with(key, 'custom_');
update billing.prices set is_sold = false
where is_sold and not starts_with(key, 'saas_') and not starts_with(key, 'custom_');
update billing.packs set is_sold = false where is_sold and not starts_with(key, 'saas_');

insert into billing.plans as p (
  key, version, name, description, features, position, credits_per_month, trial_days, trial_credits
) values
  ('saas_starter', 1, 'Starter', 'For a first chatbot, 14 days on trial.',
    array['2,000 messages a month', 'Usage reports'], 1, 2000, 14, 2000),
  ('saas_pro', 1, 'Pro', 'For a team.',
    array['8,000 messages a month', 'Usage reports', 'API access'], 2, 8000, null, null),
  ('saas_enterprise', 1, 'Enterprise', 'For a company.',
    array['30,000 messages a month', 'Usage reports', 'API access', 'Premium support'],
    3, 30000, null, null)
on conflict on constraint plans_pkey do update set is_sold = true
  where not exists (select from billing.plans s where s.key = p.key and s.is_sold);

insert into billing.prices as p (
  key, lookup_key, plan_key, plan_version, billing_interval, price_cents
) values
  ('saas_starter_month@1', 'saas_starter_month', 'saas_starter', 1, 'month', 2900),
  ('saas_starter_year@1', 'saas_starter_year', 'saas_starter', 1, 'year', 29580),
  ('saas_pro_month@1', 'saas_pro_month', 'saas_pro', 1, 'month', 7900),
  ('saas_pro_year@1', 'saas_pro_year', 'saas_pro', 1, 'year', 80580),
  ('saas_enterprise_month@1', 'saas_enterprise_month', 'saas_enterprise', 1, 'month', 24900),
  ('saas_enterprise_year@1', 'saas_enterprise_year', 'saas_enterprise', 1, 'year', 253980)
on conflict on constraint prices_pkey do update set is_sold = true
  where not exists (select from billing.prices s where s.lookup_key = p.lookup_key and s.is_sold);

insert into billing.packs as p (key, lookup_key, name, credits, price_cents, position) values
  ('saas_1000@1', 'saas_1000', '1,000 messages', 1000, 1500, 1),
  ('saas_5000@1', 'saas_5000', '5,000 messages', 5000, 6000, 2)
on conflict on constraint packs_pkey do update set is_sold = true
  where not exists (select from billing.packs s where s.lookup_key = p.lookup_key and s.is_sold);

insert into billing.operations (key, name) values
  ('assistant_message', 'Message'), ('api_request', 'API request')
on conflict on constraint operations_pkey do nothing;

insert into billing.operation_prices (operation, version, base_credits, max_credits) values
  ('assistant_message', 1, 1, 50), ('api_request', 1, 1, null)
on conflict on constraint operation_prices_pkey do nothing;

insert into billing.operation_parameters (
  operation, version, name, kind, is_required, position, is_subject
) values
  ('assistant_message', 1, 'chatbot', 'label', false, 1, true),
  ('api_request', 1, 'api_key', 'label', false, 1, true)
on conflict on constraint operation_parameters_pkey do nothing;

-- A message has 2,000 tokens; a longer one costs a credit more for each further 1,000, up to 50.
insert into billing.operation_parameters (
  operation, version, name, kind, is_required, position, unit_credits, per_units, included_units,
  max_units
) values
  ('assistant_message', 1, 'tokens', 'quantity', false, 2, 1, 1000, 2000, 1000000)
on conflict on constraint operation_parameters_pkey do nothing;

-- Document 002 wants limits on chatbots, messages and the API; the numbers are ours. A cap of none
-- keeps Starter out of the API, whatever credits it has.
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count) values
  ('saas_starter', 1, 'chatbots', 1),
  ('saas_starter', 1, 'usage_reports', null),
  ('saas_pro', 1, 'chatbots', 5),
  ('saas_pro', 1, 'usage_reports', null),
  ('saas_pro', 1, 'api_access', null),
  ('saas_enterprise', 1, 'chatbots', null),
  ('saas_enterprise', 1, 'usage_reports', null),
  ('saas_enterprise', 1, 'api_access', null),
  ('saas_enterprise', 1, 'premium_support', null)
on conflict on constraint plan_entitlements_pkey do nothing;

insert into billing.plan_caps (plan_key, plan_version, operation, per, max_uses) values
  ('saas_starter', 1, 'assistant_message', 'day', 500),
  ('saas_starter', 1, 'api_request', 'hour', 0),
  ('saas_pro', 1, 'api_request', 'hour', 1000),
  ('saas_enterprise', 1, 'api_request', 'hour', 10000)
on conflict on constraint plan_caps_pkey do nothing;
