begin;
select plan(13);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

update billing.plans set is_sold = false;
\ir fixtures/trial.psql
select pg_temp.sign_up('ada', 'bob', 'cy');
insert into billing.owners (user_id) values (pg_temp.id('cy'));
select from unnest(array['ada', 'bob']) name, start_trial(pg_temp.id(name));
create function pg_temp.trial(name text) returns text language sql as $$
  select format('%s, its credits %s', to_char(t.ends_at, 'MM-DD'), to_char(b.expires_at, 'MM-DD'))
  from billing.trials t
  join billing.buckets b on b.account_id = t.account_id and b.key = 'trial:' || b.account_id
  where t.account_id = pg_temp.id(name)
$$;

-- Allowed
select pg_temp.act_as('authenticated', 'cy');
select results_eq(
  $$select * from extend_trial(pg_temp.id('ada'), '2026-03-20 00:00:00.4', 'was on holiday')$$,
  $$values ('2026-03-15'::timestamptz, null::text, null::text)$$,
  'trial extensions: an owner extends one, and is told when it would have ended');
select results_eq(
  $$select ended_before from extend_trial(pg_temp.id('ada'), '2026-03-20', 'was on holiday')$$,
  $$values ('2026-03-20'::timestamptz)$$, 'trial extensions: again it changes nothing');
select pg_temp.act_as('postgres');
select is(pg_temp.trial('ada'), '03-20, its credits 03-20',
  'trial extensions: its credits last as long, to a whole second');
select results_eq(
  $$select action, reason from billing.audit_log where action like 'trial%'$$,
  $$values ('trial.extend',
    'from 2026-03-15 00:00:00+00 to 2026-03-20 00:00:00+00: was on holiday')$$,
  'trial extensions: each is noted once');
set local test.now to '2026-03-19 23:59:59';
select is((select total from get_user_credits(pg_temp.id('ada'))), 500::bigint,
  'trial extensions: the credits can be spent until then');
set local test.now to '2026-03-02';
select from apply_object('subscription', 'evt_1', 'x', billing.now(), null, 'sha', 1,
  jsonb_build_object('id', 'sub_bob', 'status', 'trialing', 'customer', 'cus_bob', 'account_id',
    pg_temp.id('bob'), 'created', '2026-03-02', 'trial_start', '2026-03-02',
    'trial_end', '2026-03-15', 'items', '[{"id": "si", "price": "t_try_month@1", "quantity": 1,
    "period_start": "2026-03-02", "period_end": "2026-03-15"}]'::jsonb));
select results_eq(
  $$select * from extend_trial(pg_temp.id('bob'), '2026-03-20', 'asked')$$,
  $$values ('2026-03-15'::timestamptz, 'sub_bob', 'trial:sub_bob:1773964800')$$,
  'trial extensions: where a subscription carries it, it is to be extended at Stripe');
select is(pg_temp.trial('bob'), '03-15, its credits 03-15',
  'trial extensions: and stays as it is until Stripe tells of it');

-- Refused
create temp table before as select pg_temp.books() as books;
select throws_ok($$select extend_trial(pg_temp.id('ada'), '2026-03-19', 'no')$$, 'LCGRT',
  'a trial is extended while it lasts', 'trial extensions: never back');
select throws_ok($$select extend_trial(pg_temp.id('cy'), '2026-03-19', 'no')$$, 'LCGRT',
  'a trial is extended while it lasts', 'trial extensions: where there is none');
select throws_ok($$select extend_trial(pg_temp.id('ada'), '2026-03-30', ' ')$$, 'LCOWN', null,
  'trial extensions: not without a reason');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok($$select extend_trial(pg_temp.id('ada'), '2026-03-30', 'me')$$, 'LCOWN', null,
  'trial extensions: not by a member');
select pg_temp.act_as('postgres');
select is(pg_temp.books(), (select books from before),
  'trial extensions: what was refused changed nothing');
set local test.now to '2026-03-20';
select throws_ok($$select extend_trial(pg_temp.id('ada'), '2026-03-30', 'late')$$, 'LCGRT',
  'a trial is extended while it lasts', 'trial extensions: one that is over is over');

select * from finish();
rollback;
