begin;
select plan(4);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir fixtures/plans.psql
select pg_temp.sign_up('ada');

-- Baseline
select is(
  (select array_agg(s order by s) from unnest(array['incomplete', 'incomplete_expired', 'trialing',
    'active', 'past_due', 'canceled', 'unpaid', 'paused']) s where billing.is_live(s)),
  array['active', 'past_due', 'trialing'], 'subscriptions: trialing, active and past due are live');

select is(billing.has_open_subscription(pg_temp.id('ada')), false,
  'subscriptions: who has none is charged for none');

-- Allowed
select pg_temp.subscribe('ada', 'unpaid', 1, 't_pro_month@2');
select pg_temp.subscribe('ada', 'canceled', 2, 't_pro_month@2',
  '{"id": "sub_over", "created": "2026-02-20", "ended_at": "2026-02-21"}');
select is(
  (select array[s.id, billing.has_open_subscription(s.account_id)::text]
    from billing.open_subscription(pg_temp.id('ada')) s), array['sub_ada', 'true'],
  'subscriptions: one that Stripe may charge again is open, even if it gives nothing now');
select pg_temp.subscribe('ada', 'active', 3, 't_pro_month@2',
  '{"id": "sub_live", "created": "2026-02-01"}');
select is((billing.open_subscription(pg_temp.id('ada'))).id, 'sub_live',
  'subscriptions: an account goes by what is live before what rests, though that is newer');

select * from finish();
rollback;
