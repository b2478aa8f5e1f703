begin;
select plan(42);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 09:00:00.25';

-- Nothing is on sale but what this file sells.
update billing.plans set is_sold = false;
insert into billing.plans (key, version, name, description, position, credits_per_month, is_free)
values ('t_free', 1, 'T Free', '', 1, 100, true), ('t_basic', 1, 'T Basic', '', 2, 300, false);
insert into billing.plans (
  key, version, name, description, position, credits_per_month, trial_days, trial_credits
) values ('t_pro', 1, 'T Pro', '', 3, 1000, 14, 500);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
select p.key || '_month@1', p.key || '_month', p.key, 1, 'month', 1900
from billing.plans p where p.key in ('t_basic', 't_pro');
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count) values
  ('t_free', 1, 'seats', 1), ('t_basic', 1, 'seats', 2), ('t_pro', 1, 'seats', null);
insert into auth.users (id, email, is_anonymous)
select pg_temp.id(name), name || '@example.com', false
from unnest(array['ada', 'bob', 'cy', 'dee', 'eve', 'fay', 'gil', 'hal', 'ivy', 'jo']) name
union all values (pg_temp.id('ada2'), 'Ada+again@example.com', false),
  (pg_temp.id('dots'), 'd.o.t.s@gmail.com', false),
  (pg_temp.id('dots2'), 'dots@googlemail.com', false),
  (pg_temp.id('anon'), null, true);

-- As Stripe says it: the subscription of a person, and a card.
create function pg_temp.subscribe(
  name text, plan text, status text, ticket bigint, other jsonb default '{}'
) returns text language sql as $$
  select outcome from apply_object(
    'subscription', 'evt_' || ticket, 'x', billing.now(), null, 'sha', ticket,
    jsonb_build_object('id', 'sub_' || name, 'status', status, 'customer', 'cus_' || name,
      'account_id', pg_temp.id(name), 'created', '2026-03-02', 'items', jsonb_build_array(
        jsonb_build_object('id', 'si', 'price', plan || '_month@1', 'quantity', 1,
          'period_start', '2026-03-01', 'period_end', '2026-04-01'))) || other)
$$;
create function pg_temp.attach(name text, card text, ticket bigint) returns text
language sql as $$
  select outcome from apply_object(
    'payment_method', 'evt_' || ticket, 'x', billing.now(), null, 'sha', ticket,
    jsonb_build_object('id', 'pm_' || ticket, 'customer', 'cus_' || name,
      'account_id', pg_temp.id(name), 'type', 'card', 'is_attached', true,
      'fingerprint_sha256', encode(sha256(card::bytea), 'hex')))
$$;
create function pg_temp.reason(name text) returns text language sql as $$
  select coalesce(t.reason, 'none') from start_trial(pg_temp.id(name)) t
$$;
create function pg_temp.trial(name text) returns text language sql as $$
  select format('%s until %s', granted_credits, to_char(expires_at, 'MM-DD HH24:MI:SS'))
  from billing.buckets b
  where b.account_id = pg_temp.id(name) and b.key = 'trial:' || b.account_id
$$;
create function pg_temp.seats(name text) returns text language sql as $$
  select coalesce(limit_of('seats', pg_temp.id(name))::text, 'any')
$$;

-- Allowed
select pg_temp.act_as('authenticated', 'ada');
select results_eq(
  $$select * from start_trial()$$,
  $$values (true, false, null::text, 't_pro', 'T Pro', 500::bigint,
    '2026-03-15 09:00:00'::timestamptz)$$,
  'trials: a member starts that of the plan on sale that has one, to a whole second');
select is(limit_of('seats'), null, 'trials: all that the plan allows is allowed');
select results_eq(
  $$select success, duplicate, ends_at from start_trial()$$,
  $$values (true, true, '2026-03-15 09:00:00'::timestamptz)$$,
  'trials: again it answers the same trial');
select pg_temp.act_as('postgres');
select results_eq(
  $$select kind::text, key = 'trial:' || account_id, description, expires_at
    from billing.buckets where account_id = pg_temp.id('ada') and key not like 'free:%'$$,
  $$values ('promotional', true, 'T Pro trial', '2026-03-15 09:00:00'::timestamptz)$$,
  'trials: its credits are promotional, and last until its end');
select results_eq(
  $$select has_plan, free from (values
      (billing.has_plan(pg_temp.id('ada')), (select count(*) from billing.buckets
        where account_id = pg_temp.id('ada') and key like 'free:%'))) v (has_plan, free)$$,
  'values (true, 1::bigint)', 'trials: the free month that had come before stays');

-- Once per person
select is(pg_temp.reason('ada2'), 'used_before', 'trials: once per person, whatever the +tag');
select is(pg_temp.reason('dots'), 'none', 'trials: another person has another');
select is(pg_temp.reason('dots2'), 'used_before',
  'trials: once per person, whatever the dots at Gmail');
select is(pg_temp.reason('anon'), 'anonymous', 'trials: not for anonymous sign-ins');
select is((select count(*) from billing.trials), 2::bigint, 'trials: what is refused starts none');
select is((select count(*) from billing.trial_claims), 2::bigint,
  'trials: nor is anything claimed by it');
select from start_trial(pg_temp.id('bob'));
select from erase_account(pg_temp.id('bob'), 'asked for it');
select throws_ok($$select start_trial(pg_temp.id('bob'))$$, 'LCACC', 'the account is erased',
  'trials: not for an erased account');
select is_empty($$select from billing.trials where account_id = pg_temp.id('bob')$$,
  'trials: one ends with its account');
delete from auth.users where id = pg_temp.id('bob');
insert into auth.users (id, email) values (pg_temp.id('bob again'), 'bob@example.com');
select is(pg_temp.reason('bob again'), 'used_before', 'trials: the claim outlives the account');

-- Once per card
select pg_temp.attach('ada', 'visa', 1);
select pg_temp.attach('cy', 'visa', 2);
select is(pg_temp.reason('cy'), 'used_before', 'trials: once per card, known since the trial');
select pg_temp.attach('dee', 'amex', 3);
select is(pg_temp.reason('dee'), 'none', 'trials: another card is another');
select pg_temp.attach('eve', 'amex', 4);
select is(pg_temp.reason('eve'), 'used_before', 'trials: once per card, known before the trial');
create function pg_temp.try(name text, ticket bigint, card text, other jsonb default '{}')
returns text language sql as $$
  select pg_temp.subscribe(name, 't_pro', 'trialing', ticket, jsonb_build_object(
    'trial_start', '2026-03-01', 'trial_end', '2026-03-15',
    'fingerprint_sha256', encode(sha256(card::bytea), 'hex')) || other)
$$;
select is(array[pg_temp.try('cy', 10, 'visa'), pg_temp.trial('cy')], array['applied', null],
  'trials: a subscription''s gives no credits on the card of another account''s');
select is(array[pg_temp.try('ada2', 11, 'new card'), pg_temp.trial('ada2')],
  array['applied', null], 'trials: nor to the person of another account''s');
select is_empty(
  $$select from billing.trial_claims where claimant = sha256('new card')$$,
  'trials: nor does it claim what it was refused with');
select is(array[pg_temp.try('anon', 12, 'newer card'), pg_temp.trial('anon')],
  array['applied', null], 'trials: nor to who is anonymous');
select is(array[pg_temp.try('fay', 13, 'debit'), pg_temp.trial('fay')],
  array['applied', '500 until 03-15 03:00:00'],
  'trials: a subscription''s gives them where neither has had any');
select pg_temp.attach('gil', 'debit', 14);
select is(pg_temp.reason('gil'), 'used_before',
  'trials: its card is claimed by it, though the card itself was never told of');
select pg_temp.subscribe('fay', 't_pro', 'canceled', 15, '{"ended_at": "2026-03-02",
  "trial_start": "2026-03-01", "trial_end": "2026-03-15"}');
select is(pg_temp.reason('fay'), 'used_before', 'trials: who has had one at Stripe has had it');
select is(array[pg_temp.try('fay', 16, 'gold', '{"id": "sub_new", "customer": "cus_new"}'),
    (select count(*)::text from billing.buckets where account_id = pg_temp.id('fay')
      and kind = 'promotional' and key like 'trial:%')],
  array['applied', '1'], 'trials: another customer and subscription give no second one');

-- Not beside a plan, nor after one
select pg_temp.subscribe('hal', 't_basic', 'paused', 20, '{"paused_at": "2026-03-01"}');
select is(pg_temp.reason('hal'), 'subscribed', 'trials: not beside a plan, even one that waits');
select from apply_object('invoice', 'evt_21', 'x', billing.now(), null, 'sha', 21,
  jsonb_build_object('id', 'in_hal', 'status', 'paid', 'customer', 'cus_hal', 'subscription',
    'sub_hal', 'total', 1900, 'currency', 'usd', 'created', '2026-02-01', 'lines', '[{"id": "il",
    "amount": 1900, "quantity": 1, "price": "t_basic_month@1", "proration": false,
    "period_start": "2026-02-01", "period_end": "2026-03-01"}]'::jsonb));
select pg_temp.subscribe('hal', 't_basic', 'canceled', 22, '{"ended_at": "2026-03-01"}');
select is(pg_temp.reason('hal'), 'paid_before', 'trials: not for who has paid for a plan');
select is((select total from get_user_credits(pg_temp.id('jo'))), 100::bigint,
  'trials: who has not tried has the free month');
select is(billing.trial_refusal(pg_temp.id('jo')), null, 'trials: for who has not');

-- What is bought meanwhile
select from start_trial(pg_temp.id('ivy'));
select is(billing.first_charge_at(pg_temp.id('ivy')), '2026-03-15 09:00:00',
  'trials: a plan bought during one is first paid at its end');
select pg_temp.subscribe('ivy', 't_basic', 'trialing', 30,
  '{"trial_start": "2026-03-02", "trial_end": "2026-03-15T09:00:00Z"}');
select is(
  array[pg_temp.trial('ivy'), pg_temp.seats('ivy')], array['500 until 03-15 12:00:00', 'any'],
  'trials: its credits outlive it until that is paid, no others come, and it allows what it did');
select pg_temp.subscribe('ivy', 't_basic', 'trialing', 31,
  '{"trial_start": "2026-03-02", "trial_end": "2026-03-20T09:00:00Z"}');
select is(
  array[pg_temp.trial('ivy'), (select ends_at::date::text from billing.trials
    where account_id = pg_temp.id('ivy'))],
  array['500 until 03-20 12:00:00', '2026-03-20'],
  'trials: the end that Stripe moves moves it, and its credits');
select pg_temp.subscribe('ivy', 't_basic', 'canceled', 32, '{"ended_at": "2026-03-03",
  "trial_start": "2026-03-02", "trial_end": "2026-03-20T09:00:00Z"}');
select is(
  array[pg_temp.trial('ivy'), pg_temp.seats('ivy')], array['500 until 03-20 09:00:00', 'any'],
  'trials: cancelled before that, what was bought takes nothing with it');
set local test.now to '2026-03-18 09:00:00';
select is(billing.first_charge_at(pg_temp.id('ivy')), null,
  'trials: with less than 48 hours and some minutes left a plan is paid at once');
select pg_temp.subscribe('ivy', 't_basic', 'active', 33, '{"id": "sub_paid"}');
select is(
  array[pg_temp.trial('ivy'), pg_temp.seats('ivy')], array['500 until 03-20 09:00:00', '2'],
  'trials: then the plan that is paid decides, and the credits stay until their end');
select is_empty(
  $$select from billing.trials where subscription_id is not null and subscription_id <> 'sub_ivy'$$,
  'trials: what does not carry one on is none of its');

-- Its end
set local test.now to '2026-03-25';
select from start_trial(pg_temp.id('jo'));
set local test.now to '2026-04-07 23:59:59.999999';
select is(
  array[pg_temp.seats('jo'), (select total::text from get_user_credits(pg_temp.id('jo')))],
  array['any', '500'], 'trials: one lasts to the last microsecond, and free months wait');
set local test.now to '2026-04-08';
select is(
  array[pg_temp.seats('jo'), (select total::text from get_user_credits(pg_temp.id('jo')))],
  array['1', '0'], 'trials: at its end there is the free plan, by time alone');
set local test.now to '2026-05-01';
select is((select total from get_user_credits(pg_temp.id('jo'))), 100::bigint,
  'trials: free months come again after it');
select is(pg_temp.reason('jo'), 'none', 'trials: asked again, one that is over is answered');
select is_empty($$select * from billing.verify_all()$$, 'trials: the books are in order');

update billing.plans set is_sold = false where key = 't_pro';
select pg_temp.sign_up('kim');
select is(pg_temp.reason('kim'), 'no_trial', 'trials: none where nothing on sale has one');

select * from finish();
rollback;
