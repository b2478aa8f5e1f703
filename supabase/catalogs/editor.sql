-- The catalog of requirement 004, an image editor: the default. Idempotent: what is published
-- stays, and exactly what this file sells is on sale. The document fixes the plan and pack prices,
-- the 1,000 credits, the 200 for an enhancement and the 150 for skin; the add-ons are ours.

update billing.plans set is_sold = false
where is_sold
  and key not in ('free', 'basic', 'professional', 'more_credits', 'priority_support');
update billing.prices set is_sold = false
where is_sold
  and plan_key not in ('basic', 'professional', 'more_credits', 'priority_support');
update billing.packs set is_sold = false where is_sold and not starts_with(key, 'credits_');

insert into billing.plans as p (
  key, version, name, description, features, position, credits_per_month, trial_days, trial_credits,
  max_quantity, is_free, is_add_on
) values
  ('free', 1, 'Free', 'Try it out, every month anew.',
    array['Every size and setting', 'No card needed'], 1, 100, null, null, 1, true, false),
  ('basic', 1, 'Basic', 'For a few pictures a week.',
    array['Every size and setting', 'Packs that never expire'],
    2, 300, null, null, 1, false, false),
  ('professional', 1, 'Professional', 'For everyday work, alone or as a team.',
    array['Every size and setting', 'Packs that never expire', 'Lower price per credit than Basic',
      'Up to 10 seats'],
    3, 1000, 14, 500, 10, false, false),
  ('more_credits', 1, '500 more credits a month', 'For busier months, beside any plan.',
    array['500 credits a month'], 4, 500, null, null, 10, false, true),
  ('priority_support', 1, 'Priority support', 'For when a picture cannot wait.',
    array['Answers within a working day'], 5, 0, null, null, 1, false, true)
on conflict on constraint plans_pkey do update set is_sold = true
  where not exists (select from billing.plans s where s.key = p.key and s.is_sold);

insert into billing.prices as p (
  key, lookup_key, plan_key, plan_version, billing_interval, price_cents
) values
  ('basic_month@1', 'basic_month', 'basic', 1, 'month', 999),
  ('basic_year@1', 'basic_year', 'basic', 1, 'year', 10190),
  ('professional_month@1', 'professional_month', 'professional', 1, 'month', 2999),
  ('professional_year@1', 'professional_year', 'professional', 1, 'year', 30590),
  ('more_credits_month@1', 'more_credits_month', 'more_credits', 1, 'month', 450),
  ('more_credits_year@1', 'more_credits_year', 'more_credits', 1, 'year', 4590),
  ('priority_support_month@1', 'priority_support_month', 'priority_support', 1, 'month', 900),
  ('priority_support_year@1', 'priority_support_year', 'priority_support', 1, 'year', 9180)
on conflict on constraint prices_pkey do update set is_sold = true
  where not exists (select from billing.prices s where s.lookup_key = p.lookup_key and s.is_sold);

insert into billing.packs as p (key, lookup_key, name, credits, price_cents, position) values
  ('credits_500@1', 'credits_500', '500 credits', 500, 500, 1),
  ('credits_1000@1', 'credits_1000', '1,000 credits', 1000, 900, 2),
  ('credits_2500@1', 'credits_2500', '2,500 credits', 2500, 2000, 3),
  ('credits_5000@1', 'credits_5000', '5,000 credits', 5000, 3500, 4)
on conflict on constraint packs_pkey do update set is_sold = true
  where not exists (select from billing.packs s where s.lookup_key = p.lookup_key and s.is_sold);

insert into billing.operations (key, name) values
  ('enhance_image', 'Image enhancement'), ('enhance_skin', 'Skin enhancement')
on conflict on constraint operations_pkey do nothing;

insert into billing.operation_prices (operation, version, base_credits) values
  ('enhance_image', 1, 60), ('enhance_skin', 1, 150)
on conflict on constraint operation_prices_pkey do nothing;

insert into billing.operation_parameters (
  operation, version, name, kind, is_required, position, is_subject
) values
  ('enhance_image', 1, 'picture', 'label', true, 1, true),
  ('enhance_image', 1, 'size', 'option', true, 2, false),
  ('enhance_image', 1, 'light', 'option', false, 3, false),
  ('enhance_image', 1, 'colour', 'option', false, 4, false),
  ('enhance_image', 1, 'detail', 'option', false, 5, false),
  ('enhance_skin', 1, 'picture', 'label', true, 1, true)
on conflict on constraint operation_parameters_pkey do nothing;

insert into billing.operation_parameters (
  operation, version, name, kind, is_required, position, unit_credits, max_units
) values
  ('enhance_image', 1, 'retouching', 'quantity', false, 6, 25, 4)
on conflict on constraint operation_parameters_pkey do nothing;

insert into billing.operation_options (
  operation, version, parameter, value, name, credits, position
) values
  ('enhance_image', 1, 'size', 'draft', 'Draft, 640 px', 0, 1),
  ('enhance_image', 1, 'size', 'full', 'Full size', 140, 2),
  ('enhance_image', 1, 'size', 'large', 'Large, twice the size', 240, 3),
  ('enhance_image', 1, 'light', 'keep', 'As it is', 0, 1),
  ('enhance_image', 1, 'light', 'balanced', 'Balanced', 0, 2),
  ('enhance_image', 1, 'light', 'studio', 'Studio', 50, 3),
  ('enhance_image', 1, 'colour', 'keep', 'As it is', 0, 1),
  ('enhance_image', 1, 'colour', 'vivid', 'Vivid', 0, 2),
  ('enhance_image', 1, 'colour', 'mono', 'Black and white', 0, 3),
  ('enhance_image', 1, 'detail', 'keep', 'As it is', 0, 1),
  ('enhance_image', 1, 'detail', 'sharp', 'Sharper', 0, 2),
  ('enhance_image', 1, 'detail', 'skin', 'Skin enhancement', 50, 3)
on conflict on constraint operation_options_pkey do nothing;

insert into billing.plan_entitlements (plan_key, plan_version, key, max_count) values
  ('priority_support', 1, 'priority_support', null)
on conflict on constraint plan_entitlements_pkey do nothing;
