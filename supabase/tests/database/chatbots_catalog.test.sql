begin;
select plan(13);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir ../../catalogs/chatbots.sql

create function pg_temp.cost(operation text, params jsonb) returns bigint language sql as $$
  select price from quote_credits(operation, params, pg_temp.id('ada'))
$$;

select results_eq(
  $$select plan_name, price_cents, credits_per_month, features[1]
    from get_plans() where not is_add_on$$,
  $$values ('Basic', 1900::bigint, 1000::bigint, '1 chatbot'), ('Pro', 4900, 5000, '5 chatbots'),
    ('Enterprise', 19900, 25000, 'Unlimited chatbots')$$,
  'chatbots: the three plans of the document are on sale, and no other');
select results_eq(
  'select plan_key, max_quantity from get_plans() where is_add_on',
  $$values ('chatbots_extra', 20), ('chatbots_credits', 20), ('chatbots_support', 1),
    ('chatbots_branding', 1), ('chatbots_analytics', 1)$$,
  'chatbots: what a plan lacks is sold beside it');
select results_eq(
  'select credits, requires_active_subscription from get_packs()',
  'values (1000::bigint, false), (5000, false)',
  'chatbots: packs are for who has no plan, too');
select is(pg_temp.cost(operation, params), expected, 'chatbots: ' || rule)
from (values
  ('chat_message', '{"chatbot": "support"}'::jsonb, 1::bigint, 'an AI response costs 1'),
  ('chat_message', '{}', 1, 'whichever chatbot it is from'),
  ('file_upload', '{"chatbot": "support"}', 10, 'a document costs 10'),
  ('file_upload', '{"documents": 3}', 30, 'three documents in one upload cost 30'),
  ('advanced_answer', '{"input_tokens": 2000, "output_tokens": 500}', 14,
    'tokens cost 3 in and 15 out for each 1,000, rounded up once'),
  ('advanced_answer', '{"input_tokens": 0, "output_tokens": 1}', 1,
    'an advanced answer costs at least 1')
) c (operation, params, expected, rule);
select from add_credits_atomic(pg_temp.id('ada'), 1000, 'subscription', 'month');
select is(
  (select c.balance_after from consume_credits('file_upload', '{}', 'file', pg_temp.id('ada')) c),
  990::bigint, 'chatbots: a document is charged as quoted');
select is(
  (select array_agg(operation || ' ' || name order by operation)
    from billing.operation_parameters
    where is_subject and operation in ('chat_message', 'file_upload', 'advanced_answer')),
  array['advanced_answer chatbot', 'chat_message chatbot', 'file_upload chatbot'],
  'chatbots: usage is told by chatbot');
select results_eq(
  $$select plan_key, max_count from billing.plan_entitlements where key = 'chatbots'
      and plan_key like 'chatbots\_%' order by max_count, plan_key$$,
  $$values ('chatbots_basic', 1::bigint), ('chatbots_extra', 1), ('chatbots_pro', 5),
    ('chatbots_enterprise', null)$$,
  'chatbots: one chatbot, and each further one, five, as many as one likes');
select results_eq(
  $$select plan_key from billing.plan_entitlements
    where key in ('advanced_analytics', 'custom_branding', 'white_label', 'api_access')
      and plan_key in ('chatbots_basic', 'chatbots_pro', 'chatbots_enterprise')
    order by key, plan_key$$,
  array['chatbots_enterprise', 'chatbots_pro', 'chatbots_enterprise', 'chatbots_enterprise',
    'chatbots_pro', 'chatbots_enterprise'],
  'chatbots: a larger plan has what a smaller one has');

select * from finish();
rollback;
