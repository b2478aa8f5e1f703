-- The catalog of requirement 002, a SaaS with a trial. Idempotent: what is published stays, and
-- exactly what this file sells is on sale. The document fixes the names of the plans, a trial of 14
-- days with all of Starter, a year at 15 % less, extra message packages and what is sold beside a
-- plan; the numbers are ours.

update billing.plans set is_sold = false where is_sold and not starts_with(key, 'saas_');
update billing.prices set is_sold = false where is_sold and not starts_with(key, 'saas_');
update billing.packs set is_sold = false where is_sold and not starts_with(key, 'saas_');

insert into billing.plans as p (
  key, version, name, description, features, position, credits_per_month, trial_days, trial_credits,
  max_quantity
) values
  ('saas_starter', 1, 'Starter', 'For a first chatbot, 14 days on trial.',
    array['2,000 messages a month', 'Usage reports'], 1, 2000, 14, 2000, 1),
  ('saas_pro', 1, 'Pro', 'For a team, 8,000 messages a month for each seat.',
    array['8,000 messages a month', 'Usage reports', 'API access', 'Up to 10 seats'],
    2, 8000, null, null, 10),
  ('saas_enterprise', 1, 'Enterprise', 'For a company.',
    array['30,000 messages a month', 'Usage reports', 'API access', 'Premium support'],
    3, 30000, null, null, 1)
on conflict on constraint plans_pkey do update set is_sold = true
  where not exists (select from billing.plans s where s.key = p.key and s.is_sold);

insert into billing.plans as p (
  key, version, name, description, features, position, credits_per_month, max_quantity, is_add_on
) values
  ('saas_chatbots', 1, 'Extra chatbot', 'One more chatbot each.', array['1 chatbot'],
    4, 0, 20, true),
  ('saas_messages', 1, '1,000 more messages a month', 'For a busier chatbot.',
    array['1,000 messages a month'], 5, 1000, 20, true),
  ('saas_support', 1, 'Premium support', 'A person who knows your chatbots.',
    array['Premium support'], 6, 0, 1, true),
  ('saas_branding', 1, 'Branding removal', 'Chatbots under your name alone.',
    array['No branding'], 7, 0, 1, true),
  ('saas_analytics', 1, 'Advanced analytics', 'What is asked, and what is answered.',
    array['Advanced analytics'], 8, 0, 1, true),
  ('saas_api', 1, 'Higher API limits', '5,000 more API requests an hour each.',
    array['API access', '5,000 API requests an hour'], 9, 0, 5, true)
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
  ('saas_enterprise_year@1', 'saas_enterprise_year', 'saas_enterprise', 1, 'year', 253980),
  ('saas_chatbots_month@1', 'saas_chatbots_month', 'saas_chatbots', 1, 'month', 900),
  ('saas_chatbots_year@1', 'saas_chatbots_year', 'saas_chatbots', 1, 'year', 9180),
  ('saas_messages_month@1', 'saas_messages_month', 'saas_messages', 1, 'month', 1200),
  ('saas_messages_year@1', 'saas_messages_year', 'saas_messages', 1, 'year', 12240),
  ('saas_support_month@1', 'saas_support_month', 'saas_support', 1, 'month', 4900),
  ('saas_support_year@1', 'saas_support_year', 'saas_support', 1, 'year', 49980),
  ('saas_branding_month@1', 'saas_branding_month', 'saas_branding', 1, 'month', 1900),
  ('saas_branding_year@1', 'saas_branding_year', 'saas_branding', 1, 'year', 19380),
  ('saas_analytics_month@1', 'saas_analytics_month', 'saas_analytics', 1, 'month', 2900),
  ('saas_analytics_year@1', 'saas_analytics_year', 'saas_analytics', 1, 'year', 29580),
  ('saas_api_month@1', 'saas_api_month', 'saas_api', 1, 'month', 3900),
  ('saas_api_year@1', 'saas_api_year', 'saas_api', 1, 'year', 39780)
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
  ('saas_enterprise', 1, 'premium_support', null),
  ('saas_chatbots', 1, 'chatbots', 1),
  ('saas_support', 1, 'premium_support', null),
  ('saas_branding', 1, 'no_branding', null),
  ('saas_analytics', 1, 'advanced_analytics', null),
  ('saas_api', 1, 'api_access', null)
on conflict on constraint plan_entitlements_pkey do nothing;

insert into billing.plan_caps (plan_key, plan_version, operation, per, max_uses) values
  ('saas_starter', 1, 'assistant_message', 'day', 500),
  ('saas_starter', 1, 'api_request', 'hour', 0),
  ('saas_pro', 1, 'api_request', 'hour', 1000),
  ('saas_enterprise', 1, 'api_request', 'hour', 10000),
  ('saas_api', 1, 'api_request', 'hour', 5000)
on conflict on constraint plan_caps_pkey do nothing;
