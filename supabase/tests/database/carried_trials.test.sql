begin;
select plan(16);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir fixtures/plans.psql
\ir fixtures/trial.psql

create function pg_temp.trial(name text) returns text language sql as $$
  select format('%s until %s', granted_credits, to_char(expires_at, 'MM-DD'))
  from billing.buckets b
  where b.account_id = pg_temp.id(name) and b.key = 'trial:' || b.account_id
$$;

select pg_temp.sign_up('ada', 'bob', 'cy', 'dee', 'eve', 'fay', 'gil', 'hal');

create function pg_temp.try(name text, ticket bigint, trial_end text, other jsonb default '{}')
returns text language sql as $$
  select pg_temp.subscribe(name, 'trialing', ticket, 't_try_month@1', jsonb_build_object(
    'trial_start', '2026-03-01', 'trial_end', trial_end) || other)
$$;
select pg_temp.try('bob', 20, '2026-03-15');
select is(pg_temp.trial('bob'), '500 until 03-15', 'trial: grants the plan''s trial credits');
select results_eq(
  $$select kind::text, description, subscription_id, payment_key from billing.buckets
    where account_id = pg_temp.id('bob')$$,
  $$values ('promotional', 'T Try trial', 'sub_bob', null)$$,
  'trial: its credits are promotional, and nobody paid for them');
select pg_temp.try('bob', 21, '2026-03-15', '{"id": "sub_bob2"}');
select is(
  (select count(*) from billing.buckets where account_id = pg_temp.id('bob')), 1::bigint,
  'trial: once per account; another subscription grants no second one');
select pg_temp.try('bob', 22, '2026-03-20');
select is(pg_temp.trial('bob'), '500 until 03-20', 'trial: one that is prolonged lasts as long');
select pg_temp.try('bob', 19, '2026-03-15');
select is(pg_temp.trial('bob'), '500 until 03-20', 'trial: an older reading does not shorten it');
select pg_temp.try('bob', 23, '2026-03-18', '{"id": "sub_bob2"}');
select is(
  pg_temp.trial('bob'), '500 until 03-20',
  'trial: it is that of the subscription that granted it, not of another');
select pg_temp.try('bob', 24, '2026-03-05');
select is(pg_temp.trial('bob'), '500 until 03-05', 'trial: one that is cut short ends so');
select pg_temp.try('cy', 30, '2026-03-05');
select is(pg_temp.trial('cy'), pg_temp.trial('bob'),
  'trial: told of once or from the first on, it ends at the same time');
select pg_temp.try('dee', 31, '2026-03-05');
select from extend_expiry(pg_temp.id('dee'), (select id from billing.buckets
  where account_id = pg_temp.id('dee')), '2026-04-01', 'a friend');
select pg_temp.try('dee', 32, '2026-03-20');
select is(pg_temp.trial('dee'), '500 until 04-01', 'trial: what an owner has extended stands');
select pg_temp.try('eve', 33, '2026-03-15');
set local test.now to '2026-03-06';
select is(
  (select total from get_user_credits(pg_temp.id('bob'))), 0::bigint,
  'trial: its credits end with it');
select from deduct_credits_atomic(pg_temp.id('eve'), 100, 'work');
set local test.now to '2026-03-06 00:00:01';
select pg_temp.subscribe('eve', 'active', 34, 't_try_month@1',
  '{"trial_start": "2026-03-01", "trial_end": "2026-03-04"}');
select results_eq(
  $$select pg_temp.ledger('eve')$$,
  array['grant 500 = 500 at 03-01 00:00:00.000000', 'spend -100 = 400 at 03-06 00:00:00.000000',
    'expiry -400 = 0 at 03-06 00:00:01.000000'],
  'trial: one of whose end is told too late ends then, and what was spent meanwhile is spent');
select pg_temp.try('fay', 35, '2026-03-05');
select is(
  (select array_agg(kind::text order by number) from billing.credit_transactions
   where account_id = pg_temp.id('fay')), array['grant', 'expiry'],
  'trial: one that was over before it was told of is over at once');
select pg_temp.try('bob', 36, '2026-03-25');
select is(
  array[pg_temp.trial('bob'), (select total::text from get_user_credits(pg_temp.id('bob')))],
  array['500 until 03-05', '0'], 'trial: one that is over is not revived');
select pg_temp.subscribe('gil', 'trialing', 37, 't_pro_month@2',
  '{"trial_start": "2026-03-06", "trial_end": "2026-03-20"}');
select is(pg_temp.trial('gil'), null, 'trial: a plan without trial credits grants none');
select pg_temp.subscribe('hal', 'active', 38, 't_try_month@1');
select is(pg_temp.trial('hal'), null, 'trial: who has not tried has none');
select is_empty(
  $$select * from billing.verify_all()$$, 'trial: the books are in order');

select * from finish();
rollback;
