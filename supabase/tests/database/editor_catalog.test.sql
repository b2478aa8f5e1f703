begin;
select plan(12);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir ../../catalogs/editor.sql

create function pg_temp.cost(operation text, params jsonb) returns bigint language sql as $$
  select price from quote_credits(operation, params, pg_temp.id('ada'))
$$;

select results_eq(
  $$select plan_name, billing_interval, price_cents, credits_per_month, trial_days::integer
    from get_plans() where not is_add_on and coalesce(currency, 'usd') = 'usd'$$,
  $$values ('Free', null, null::bigint, 100::bigint, null::integer),
    ('Basic', 'month', 999, 300, null), ('Basic', 'year', 10190, 300, null),
    ('Professional', 'month', 2999, 1000, 14), ('Professional', 'year', 30590, 1000, 14)$$,
  'editor: the plans of the document, by the month and by the year');
select results_eq(
  $$select plan_key, billing_interval, price_cents, credits_per_month, max_quantity
    from get_plans() where is_add_on and currency = 'usd'$$,
  $$values ('more_credits', 'month', 450::bigint, 500::bigint, 10),
    ('more_credits', 'year', 4590, 500, 10), ('priority_support', 'month', 900, 0, 1),
    ('priority_support', 'year', 9180, 0, 1)$$,
  'editor: credits and support are sold beside a plan, a year at 15 % less');
select results_eq(
  $$select credits, price_cents from get_packs()
    where requires_active_subscription and currency = 'usd'$$,
  'values (500::bigint, 500::bigint), (1000, 900), (2500, 2000), (5000, 3500)',
  'editor: the packs of the document, for who has a plan');
select is_empty(
  $$select lookup_key from (
      select lookup_key, currency from get_plans() union all
      select lookup_key, currency from get_packs()) o
    cross join (values ('eur'), ('gbp')) c (other)
    where o.currency = 'usd' and not exists (
      select from billing.catalog_keys k
      where k.key = o.lookup_key || '_' || c.other || '@1' and k.currency = c.other
        and k.is_sold)$$,
  'editor: whatever is sold in dollars is sold in euros and pounds');
select is(pg_temp.cost(operation, params), expected, 'editor: ' || rule)
from (values
  ('enhance_image', '{"picture": "lake", "size": "full"}'::jsonb, 200::bigint,
    'an enhancement costs 200'),
  ('enhance_image', '{"picture": "lake", "size": "draft"}', 60, 'a draft less'),
  ('enhance_image', '{"picture": "lake", "size": "large", "light": "studio", "detail": "skin"}',
    400, 'settings add to it'),
  ('enhance_image', '{"picture": "lake", "size": "full", "retouching": 2}', 250,
    'each round of retouching costs 25'),
  ('enhance_skin', '{"picture": "lake"}', 150, 'a skin enhancement costs 150')
) c (operation, params, expected, rule);
select is(
  (select name from billing.operation_parameters
    where operation = 'enhance_image' and is_subject),
  'picture', 'editor: usage is told by picture');

-- The document's table of usage: 600 after a top-up, less 150, more 1,000, less 200.
select from add_credits_atomic(pg_temp.id('ada'), 600, 'permanent', 'topup-789');
select is(
  (select (c.deducted, c.balance_after)::text
    from consume_credits('enhance_skin', '{"picture": "lake"}', 'task-def456',
      pg_temp.id('ada')) c),
  '(150,450)', 'editor: 150 of 600 leave 450');
select from add_credits_atomic(pg_temp.id('ada'), 1000, 'subscription', 'payment-xyz',
  expires_at => '2026-03-16');
select is(
  (select (c.deducted, c.from_subscription, c.balance_after)::text
    from consume_credits('enhance_image', '{"picture": "lake", "size": "full"}', 'task-abc123',
      pg_temp.id('ada')) c),
  '(200,200,1250)', 'editor: 200 of 1,450 leave 1,250, the subscription''s first');

select * from finish();
rollback;
