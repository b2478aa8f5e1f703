begin;
select plan(21);

\ir fixtures/helpers.psql
set local test.now to '2026-01-31';

insert into billing.plans (
  key, version, name, description, position, credits_per_month, rollover, rollover_max_credits,
  rollover_percent, rollover_periods
) values
  ('t_none', 1, 'None', '', 1, 100, 'none', null, null, null),
  ('t_all', 1, 'All', '', 1, 100, 'all', null, null, null),
  ('t_capped', 1, 'Capped', '', 1, 100, 'capped', 60, 50, 1);

-- Baseline: what a plan allows
select is(billing.rollover_cap(p, 100), null::bigint, 'rollover: a plan may let nothing roll over')
from billing.plans p where key = 't_none';
select cmp_ok(billing.rollover_cap(p, 100), '>', 1000000000::bigint, 'rollover: a plan may let all')
from billing.plans p where key = 't_all';
select is(billing.rollover_cap(p, credits), least(60, credits / 2),
  format('rollover: of %s credits the smaller of the amount and the percentage', credits))
from billing.plans p, unnest(array[100::bigint, 300, 7]) credits where key = 't_capped';

-- Allowed
create function pg_temp.pay(name text, month integer, cap bigint, periods smallint default null)
returns void language sql as $$
  select billing.grant_credits(
    pg_temp.id(name), 'subscription', 100, 'month ' || month,
    billing.later('2026-01-31', make_interval(months => month + 1)) + interval '3 hours',
    period_ends_at => billing.later('2026-01-31', make_interval(months => month + 1)),
    description => 'Month ' || month, subscription_id => 'sub', payment_key => 'in_' || month,
    paid_cents => 1000, paid_currency => 'usd', rollover_cap => cap, rollover_periods => periods)
$$;
select pg_temp.pay('ada', 0, 60);
select from deduct_credits_atomic(pg_temp.id('ada'), 10, 'task');
set local test.now to '2026-02-28 00:30';
select pg_temp.pay('ada', 1, 60);
select results_eq(
  $$select kind::text, credits, balance_after::bigint, from_subscription, cardinality(split),
      key is null
    from billing.credit_transactions where account_id = pg_temp.id('ada') and number > 2
    order by number$$,
  $$values ('grant', 100::bigint, 190::bigint, -100::bigint, null::integer, false),
    ('rollover', 0, 190, 0, 2, true)$$,
  'rollover: one entry of no credits in all moves them when the next period is paid');
select results_eq(
  $$select b.granted_credits, o.credits_remaining, b.expires_at, b.payment_key, b.rollovers,
      b.paid_cents, b.paid_credits
    from billing.open_buckets o join billing.buckets b using (account_id, id)
    where account_id = pg_temp.id('ada') order by b.expires_at, b.rollovers$$,
  $$values
    (100::bigint, 30::bigint, '2026-02-28 03:00'::timestamptz, 'in_0', 0::smallint, 1000::bigint,
      100::bigint),
    (100, 100, '2026-03-31 03:00', 'in_1', 0::smallint, 1000, 100),
    (60, 60, '2026-03-31 03:00', 'in_0', 1::smallint, 1000, 100)$$,
  'rollover: they end as the new period does, up to the cap, and keep payment and cost');
set local test.now to '2026-02-28 03:00';
select is((select total from get_user_credits(pg_temp.id('ada'))), 160::bigint,
  'rollover: what was above the cap expires with its period');

set local test.now to '2026-01-31';
select pg_temp.pay('bob', 0, 1000, 1::smallint);
set local test.now to '2026-02-28';
select pg_temp.pay('bob', 1, 1000, 1::smallint);
set local test.now to '2026-03-31';
select pg_temp.pay('bob', 2, 1000, 1::smallint);
set local test.now to '2026-03-31 03:00';
select is((select total from get_user_credits(pg_temp.id('bob'))), 200::bigint,
  'rollover: a credit rolls over at most so many periods');

set local test.now to '2026-01-31';
select pg_temp.pay('cy', 0, 1000);
set local test.now to '2026-02-28 03:00';
select pg_temp.pay('cy', 1, 1000);
select is((select total from get_user_credits(pg_temp.id('cy'))), 100::bigint,
  'rollover: nothing is left of a period that was paid for after the grace');

set local test.now to '2026-02-28 01:00';
select pg_temp.pay('dee', 1, 60);
select pg_temp.pay('dee', 0, 60);
select results_eq(
  $$select credits_remaining, expires_at from billing.open_buckets
    where account_id = pg_temp.id('dee') order by burn_order$$,
  $$values (40::bigint, '2026-02-28 03:00'::timestamptz), (100, '2026-03-31 03:00'),
    (60, '2026-03-31 03:00')$$,
  'rollover: periods that come in the wrong order end as in the right one');
select pg_temp.pay('dee', 0, 60);
select is((select count(*) from billing.credit_transactions
    where account_id = pg_temp.id('dee') and kind = 'rollover'), 1::bigint,
  'rollover: a grant that comes again moves nothing');

set local test.now to '2026-01-31';
select pg_temp.pay('ivy', 0, 60);
set local test.now to '2026-02-28';
select pg_temp.pay('ivy', 1, 60);
select billing.grant_credits(pg_temp.id('ivy'), 'subscription', 20, 'late', '2026-03-15',
  subscription_id => 'sub');
set local test.now to '2026-03-15';
select is((select total from get_user_credits(pg_temp.id('ivy'))), 160::bigint,
  'rollover: a cap is one, however many grants of the period start');

set local test.now to '2026-01-31';
select pg_temp.pay('eve', 0, 1000);
set local test.now to '2026-02-28';
select pg_temp.pay('eve', 1, null);
select is((select count(*) from billing.credit_transactions
    where account_id = pg_temp.id('eve') and kind = 'rollover'), 0::bigint,
  'rollover: the new period''s plan decides');
select billing.grant_credits(pg_temp.id('eve'), 'subscription', 5, 'other',
  '2027-01-01', subscription_id => 'another', rollover_cap => 1000);
select is((select count(*) from billing.credit_transactions
    where account_id = pg_temp.id('eve') and kind = 'rollover'), 0::bigint,
  'rollover: another subscription''s credits stay where they are');

-- A yearly plan rolls over from month to month, by time alone.
set local test.now to '2026-01-31';
select from generate_series(0, 1) month, billing.grant_credits(
  pg_temp.id('fay'), 'subscription', 100, 'year ' || month,
  billing.later('2026-01-31', make_interval(months => month + 1)),
  billing.later('2026-01-31', make_interval(months => month)),
  subscription_id => 'sub', rollover_cap => 30);
set local test.now to '2026-02-28';
select is((select total from get_user_credits(pg_temp.id('fay'))), 130::bigint,
  'rollover: a month that starts as the last one ends takes over before that expires');
select is(
  (select array_agg(kind::text order by number) from billing.credit_transactions
    where account_id = pg_temp.id('fay')), array['grant', 'grant', 'rollover', 'expiry'],
  'rollover: at one instant it comes after the start and before the expiry');

-- A month whose expiry was extended keeps it, and later months stay in their own.
set local test.now to '2026-01-31';
select pg_temp.pay('gus', 0, 1000);
select from extend_expiry(pg_temp.id('gus'), (select id from billing.buckets
  where account_id = pg_temp.id('gus')), '2027-01-01', 'goodwill');
set local test.now to '2026-02-28';
select pg_temp.pay('gus', 1, 1000);
select results_eq(
  $$select b.key, o.credits_remaining, o.expires_at from billing.open_buckets o
    join billing.buckets b using (account_id, id) where account_id = pg_temp.id('gus')
    order by burn_order$$,
  $$values ('month 1', 100::bigint, '2026-03-31 03:00'::timestamptz),
    ('month 0', 100, '2027-01-01')$$,
  'rollover: an extended month keeps its expiry, and the new one its own');
set local test.now to '2026-03-31';
select pg_temp.pay('gus', 2, 1000);
select is(
  (select sum(o.credits_remaining)::bigint from billing.open_buckets o
    where o.account_id = pg_temp.id('gus') and o.expires_at = '2026-04-30 03:00'), 200::bigint,
  'rollover: later months roll over as before');

-- A debt is paid from the grant itself before anything moves, in whichever order periods come.
set local test.now to '2026-02-28 01:00';
select from grant_credits(pg_temp.id('hal'), 50, 'permanent', 'pack', payment_key => 'pack');
select from deduct_credits_atomic(pg_temp.id('hal'), 50, 'task');
select from claw_back_credits(pg_temp.id('hal'), 're', 'pack', 1, 1);
select billing.grant_credits(pg_temp.id('hal'), 'subscription', 30, 'second', '2026-03-31',
  subscription_id => 'sub', rollover_cap => 1000);
select billing.grant_credits(pg_temp.id('hal'), 'subscription', 80, 'first', '2026-03-01',
  subscription_id => 'sub', payment_key => 'in_0', rollover_cap => 1000);
select is((select debt_credits::bigint from billing.accounts where id = pg_temp.id('hal')),
  0::bigint, 'rollover: a grant of an earlier period that comes late pays the debt');
select is((select total from get_user_credits(pg_temp.id('hal'))), 60::bigint,
  'rollover: and its rest moves on');

select * from finish();
rollback;
