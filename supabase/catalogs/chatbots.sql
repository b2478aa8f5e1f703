-- The catalog of requirement 000, chatbots. Idempotent: what is published stays, and exactly what
-- this file sells is on sale. The document fixes the plans, 1 credit for an AI response and 10 for
-- a document; the packs, the add-ons, and what its "advanced features" cost, are ours.

update billing.plans set is_sold = false where is_sold and not starts_with(key, 'chatbots_');
update billing.prices set is_sold = false where is_sold and not starts_with(key, 'chatbots_');
update billing.packs set is_sold = false where is_sold and not starts_with(key, 'chatbots_');

insert into billing.plans as p (
  key, version, name, description, features, position, credits_per_month
) values
  ('chatbots_basic', 1, 'Basic', 'For one chatbot.',
    array['1 chatbot', 'Basic analytics', 'Email support'], 1, 1000),
  ('chatbots_pro', 1, 'Pro', 'For a team of chatbots.',
    array['5 chatbots', 'Advanced analytics', 'Priority support', 'Custom branding'], 2, 5000),
  ('chatbots_enterprise', 1, 'Enterprise', 'For products built on chatbots.',
    array['Unlimited chatbots', 'White-label solution', 'API access', 'Dedicated support'],
    3, 25000)
on conflict on constraint plans_pkey do update set is_sold = true
  where not exists (select from billing.plans s where s.key = p.key and s.is_sold);

insert into billing.plans as p (
  key, version, name, description, features, position, credits_per_month, max_quantity, is_add_on
) values
  ('chatbots_extra', 1, 'Extra chatbot', 'One more chatbot each.', array['1 chatbot'],
    4, 0, 20, true),
  ('chatbots_credits', 1, '1,000 more credits a month', 'For a busier chatbot.',
    array['1,000 credits a month'], 5, 1000, 20, true),
  ('chatbots_support', 1, 'Premium support', 'Answers within a working day.',
    array['Priority support'], 6, 0, 1, true),
  ('chatbots_branding', 1, 'Branding removal', 'Chatbots under your name alone.',
    array['Custom branding'], 7, 0, 1, true),
  ('chatbots_analytics', 1, 'Advanced analytics', 'What is asked, and what is answered.',
    array['Advanced analytics'], 8, 0, 1, true)
on conflict on constraint plans_pkey do update set is_sold = true
  where not exists (select from billing.plans s where s.key = p.key and s.is_sold);

-- The document sells its plans by the month, so what is beside them is, too.
insert into billing.prices as p (
  key, lookup_key, plan_key, plan_version, billing_interval, price_cents
) values
  ('chatbots_basic_month@1', 'chatbots_basic_month', 'chatbots_basic', 1, 'month', 1900),
  ('chatbots_pro_month@1', 'chatbots_pro_month', 'chatbots_pro', 1, 'month', 4900),
  ('chatbots_enterprise_month@1', 'chatbots_enterprise_month', 'chatbots_enterprise', 1, 'month',
    19900),
  ('chatbots_extra_month@1', 'chatbots_extra_month', 'chatbots_extra', 1, 'month', 900),
  ('chatbots_credits_month@1', 'chatbots_credits_month', 'chatbots_credits', 1, 'month', 1500),
  ('chatbots_support_month@1', 'chatbots_support_month', 'chatbots_support', 1, 'month', 2900),
  ('chatbots_branding_month@1', 'chatbots_branding_month', 'chatbots_branding', 1, 'month', 1900),
  ('chatbots_analytics_month@1', 'chatbots_analytics_month', 'chatbots_analytics', 1, 'month',
    1900)
on conflict on constraint prices_pkey do update set is_sold = true
  where not exists (select from billing.prices s where s.lookup_key = p.lookup_key and s.is_sold);

insert into billing.packs as p (
  key, lookup_key, name, credits, price_cents, requires_active_subscription, position
) values
  ('chatbots_1000@1', 'chatbots_1000', '1,000 credits', 1000, 2000, false, 1),
  ('chatbots_5000@1', 'chatbots_5000', '5,000 credits', 5000, 7500, false, 2)
on conflict on constraint packs_pkey do update set is_sold = true
  where not exists (select from billing.packs s where s.lookup_key = p.lookup_key and s.is_sold);

insert into billing.operations (key, name) values
  ('chat_message', 'AI response'),
  ('file_upload', 'File upload'),
  ('advanced_answer', 'Advanced answer')
on conflict on constraint operations_pkey do nothing;

-- An advanced answer is priced by the tokens of its model, 3 credits per 1,000 in and 15 out.
insert into billing.operation_prices (operation, version, base_credits, min_credits) values
  ('chat_message', 1, 1, null),
  ('file_upload', 1, 10, null),
  ('advanced_answer', 1, 0, 1)
on conflict on constraint operation_prices_pkey do nothing;

insert into billing.operation_parameters (
  operation, version, name, kind, is_required, position, is_subject
) values
  ('chat_message', 1, 'chatbot', 'label', false, 1, true),
  ('file_upload', 1, 'chatbot', 'label', false, 1, true),
  ('advanced_answer', 1, 'chatbot', 'label', false, 1, true)
on conflict on constraint operation_parameters_pkey do nothing;

insert into billing.operation_parameters (
  operation, version, name, kind, is_required, position, unit_credits, per_units, included_units,
  min_units, max_units
) values
  ('file_upload', 1, 'documents', 'quantity', false, 2, 10, 1, 1, 1, 100),
  ('advanced_answer', 1, 'input_tokens', 'quantity', true, 2, 3, 1000, 0, 0, 1000000),
  ('advanced_answer', 1, 'output_tokens', 'quantity', true, 3, 15, 1000, 0, 0, 100000)
on conflict on constraint operation_parameters_pkey do nothing;

-- The document fixes what each plan has; the 50 uploads a day are ours.
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count) values
  ('chatbots_basic', 1, 'chatbots', 1),
  ('chatbots_pro', 1, 'chatbots', 5),
  ('chatbots_pro', 1, 'advanced_analytics', null),
  ('chatbots_pro', 1, 'priority_support', null),
  ('chatbots_pro', 1, 'custom_branding', null),
  ('chatbots_enterprise', 1, 'chatbots', null),
  ('chatbots_enterprise', 1, 'advanced_analytics', null),
  ('chatbots_enterprise', 1, 'priority_support', null),
  ('chatbots_enterprise', 1, 'custom_branding', null),
  ('chatbots_enterprise', 1, 'white_label', null),
  ('chatbots_enterprise', 1, 'api_access', null),
  ('chatbots_enterprise', 1, 'dedicated_support', null),
  ('chatbots_extra', 1, 'chatbots', 1),
  ('chatbots_support', 1, 'priority_support', null),
  ('chatbots_branding', 1, 'custom_branding', null),
  ('chatbots_analytics', 1, 'advanced_analytics', null)
on conflict on constraint plan_entitlements_pkey do nothing;

insert into billing.plan_caps (plan_key, plan_version, operation, per, max_uses) values
  ('chatbots_basic', 1, 'file_upload', 'day', 50)
on conflict on constraint plan_caps_pkey do nothing;
