begin;
select plan(86);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.at(instant text) returns void language sql as $$
  select set_config('test.now', instant, true)
$$;
create function pg_temp.subscription(
  name text, status text, ticket bigint, paused_at text default null,
  price text default 't_keep_month'
) returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('subscription',
    format('evt_%s_%s_%s', name, ticket, status), 'x', billing.now(), null, 'sha', ticket,
    jsonb_build_object(
      'id', 'sub_' || name, 'status', status, 'customer', 'cus_' || name,
      'account_id', pg_temp.id(name), 'created', '2026-03-01', 'paused_at', paused_at,
      'items', jsonb_build_array(jsonb_build_object('id', 'si_1',
        'price', price || '@1', 'quantity', 1, 'period_start', '2026-03-01',
        'period_end', '2026-04-01'))))
$$;
create function pg_temp.invoice(
  name text, id text, ticket bigint, status text, starts timestamptz default '2026-03-01',
  price text default 't_keep_month', ends timestamptz default null, attempts integer default 1
) returns text language sql as $$
  select concat_ws(': ', outcome, reason)
  from billing.prices r
  cross join apply_object('invoice',
    format('evt_%s_%s_%s', name, ticket, status), 'x', billing.now(), null, 'sha', ticket,
    jsonb_build_object(
      'id', id, 'status', status, 'customer', 'cus_' || name, 'account_id', pg_temp.id(name),
      'subscription', 'sub_' || name, 'total', r.price_cents, 'currency', 'usd', 'created', starts,
      'attempt_count', attempts, 'finalized_at', starts + interval '1 hour', 'payment_intent',
      'pi_' || id, 'lines', jsonb_build_array(jsonb_build_object(
        'id', 'il', 'amount', r.price_cents, 'quantity', 1, 'price', r.key, 'proration', false,
        'period_start', starts, 'period_end', coalesce(ends, starts + case r.billing_interval
          when 'year' then interval '1 year' else interval '1 month' end)))))
  where r.key = invoice.price || '@1'
$$;
create function pg_temp.has(name text) returns text language plpgsql as $$
declare
  v_total bigint := (select total from get_user_credits(pg_temp.id(name)));
begin
  return format('%s of %s', v_total,
    (select a.balance from billing.accounts a where a.id = pg_temp.id(name)));
end $$;
create function pg_temp.times(name text) returns setof text language sql as $$
  select format('%s: %s to %s%s', coalesce(b.key, b.kind::text), to_char(b.starts_at, 'MM-DD HH24'),
    case b.expires_at when 'infinity' then 'ever' else to_char(b.expires_at, 'MM-DD HH24') end,
    case when b.is_suspended then ', suspended' else '' end)
  from billing.buckets b where b.account_id = pg_temp.id(name) order by b.id
$$;
create function pg_temp.suspension(name text) returns text language sql as $$
  select format('%s %s%s', reason, to_char(starts_at, 'MM-DD HH24'),
    case when is_in_force then ', in force' else '' end)
  from billing.suspensions where account_id = pg_temp.id(name)
$$;

-- Nothing is on sale but what this file sells.
update billing.plans set is_sold = false;
insert into billing.plans (
  key, version, name, description, position, credits_per_month, dunning, dunning_grace, is_free,
  rollover, expiry
) values
  ('t_free', 1, 'T Free', '', 0, 10, 'keep', '0', true, 'none', 'period_end'),
  ('t_keep', 1, 'T Keep', '', 1, 100, 'keep', '3 days', false, 'none', 'period_end'),
  ('t_freeze', 1, 'T Freeze', '', 2, 100, 'freeze', '3 days', false, 'none', 'never'),
  ('t_fall', 1, 'T Fall', '', 3, 100, 'free', '3 days', false, 'none', 'never'),
  ('t_roll', 1, 'T Roll', '', 4, 100, 'freeze', '0', false, 'all', 'period_end');
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
select format('t_%s_%s@1', p, i), format('t_%s_%s', p, i), 't_' || p, 1,
  i::billing.billing_interval, case i when 'year' then 12000 else 1000 end
from unnest(array['keep', 'freeze', 'fall', 'roll']) p, unnest(array['month', 'year']) i;
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count)
values ('t_fall', 1, 't_boards', 50), ('t_free', 1, 't_boards', 3);
select pg_temp.sign_up('ada', 'bob', 'cy', 'dee', 'eve', 'fay', 'gil', 'hal', 'ida', 'jay', 'kim',
  'lea', 'max', 'nan', 'ola', 'pia', 'quy', 'rae', 'sue', 'tom', 'una', 'vic', 'wes', 'xan', 'yve',
  'zoe');
update billing.plans set is_sold = false where key = 't_free';  -- until it is asked about

-- A pause stops the clock
select pg_temp.subscription('ada', 'active', 1), pg_temp.invoice('ada', 'in_a', 2, 'paid');
select from deduct_credits_atomic(pg_temp.id('ada'), 10, 'before');
select from add_credits_atomic(pg_temp.id('ada'), 5, 'permanent', 'pack');
select from add_credits_atomic(pg_temp.id('ada'), 5, 'subscription', 'by hand',
  expires_at => '2026-05-01');
select pg_temp.at('2026-03-11');
select pg_temp.subscription('ada', 'paused', 3, '2026-03-11');
select is(pg_temp.suspension('ada'), 'paused 03-11 00, in force', 'pause: is in force at once');
select is(
  pg_temp.has('ada'), '10 of 100',
  'pause: freezes what the subscription gave, not packs, nor what was given by hand');
select results_eq(
  $$select pg_temp.times('ada')$$,
  array['invoice:in_a:il: 03-01 00 to ever, suspended', 'pack: 03-01 00 to ',
    'by hand: 03-01 00 to 05-01 00'], 'pause: what it freezes does not expire');
select is(
  (select min(due_at) from billing.due_facts where account_id = pg_temp.id('ada')),
  '2026-05-01'::timestamptz, 'pause: nor is anything of it due');
select pg_temp.at('2026-04-21');
select is(
  pg_temp.has('ada'), '10 of 100', 'pause: nothing is lost when the nominal expiry goes by');
select pg_temp.subscription('ada', 'active', 4);
select results_eq(
  $$select pg_temp.times('ada')$$,
  array['invoice:in_a:il: 03-01 00 to 05-12 03', 'pack: 03-01 00 to ',
    'by hand: 03-01 00 to 05-01 00'], 'pause: then all its times move by its length');
select is(
  (select period_ends_at from billing.buckets where key = 'invoice:in_a:il'),
  '2026-05-12'::timestamptz, 'pause: also the end of the period that is shown');
select is(pg_temp.has('ada'), '100 of 100', 'pause: and its credits can be spent again');
select is(
  array[pg_temp.suspension('ada'), (select count(*)::text from billing.stopped_buckets)],
  array[null, '0'], 'pause: nothing is left of it');
select results_eq(
  $$select pg_temp.ledger('ada')$$,
  array['grant 100 = 100 at 03-01 00:00:00.000000', 'spend -10 = 90 at 03-01 00:00:00.000000',
    'grant 5 = 95 at 03-01 00:00:00.000000', 'grant 5 = 100 at 03-01 00:00:00.000000'],
  'pause: writes no entry');

-- Paused twice
select pg_temp.at('2026-05-01 12:00');
select pg_temp.subscription('ada', 'paused', 5, '2026-05-01 12:00');
select pg_temp.at('2026-05-02 12:00');
select pg_temp.subscription('ada', 'active', 6);
select is(
  (select expires_at from billing.buckets where key = 'invoice:in_a:il'),
  '2026-05-13 03:00'::timestamptz, 'pause: a second one adds its length');
select pg_temp.subscription('bob', 'active', 1), pg_temp.invoice('bob', 'in_b', 2, 'paid',
  '2026-05-01 12:00');
select pg_temp.subscription('bob', 'paused', 3, '2026-05-02 12:00');
select pg_temp.at('2026-05-10 12:00');
select pg_temp.subscription('bob', 'paused', 4, '2026-05-05 12:00');
select pg_temp.at('2026-05-12 12:00');
select pg_temp.subscription('bob', 'active', 5);
select is(
  (select expires_at from billing.buckets where key = 'invoice:in_b:il'),
  '2026-06-11 15:00'::timestamptz,
  'pause: of two whose interval nobody told of no day counts twice');

-- Told again, and late
select pg_temp.subscription('cy', 'active', 1), pg_temp.invoice('cy', 'in_c', 2, 'paid',
  '2026-05-12 12:00');
select pg_temp.subscription('cy', 'paused', 3, '2026-05-12 12:00');
create temp table paused as select pg_temp.times('cy') as times;
select pg_temp.at('2026-05-20 12:00');
select pg_temp.subscription('cy', 'paused', 4, '2026-05-12 12:00');
select set_eq(
  $$select pg_temp.times('cy')$$, 'select times from paused',
  'pause: told of again it is the same one');
select is(pg_temp.subscription('cy', 'active', 3), 'stale',
  'pause: an older reading does not end it');
select is(
  pg_temp.suspension('cy'), 'paused 05-12 12, in force', 'pause: it goes on');
select pg_temp.subscription('cy', 'active', 5);
select pg_temp.at('2026-06-20 14:59:59');
select is(pg_temp.has('cy'), '100 of 100', 'pause: to the second');
select pg_temp.at('2026-06-20 15:00');
select is(pg_temp.has('cy'), '0 of 0', 'pause: then it is over');
select pg_temp.at('2026-06-21');
select pg_temp.subscription('cy', 'paused', 6, '2026-06-21');
select is(
  (select expires_at from billing.buckets where key = 'invoice:in_c:il'),
  '2026-06-20 15:00'::timestamptz, 'pause: what was over before stays so');

-- A year that is paused
select pg_temp.at('2026-07-01');
select pg_temp.subscription('dee', 'active', 1),
  pg_temp.invoice('dee', 'in_d', 2, 'paid', '2026-07-01', 't_keep_year');
select pg_temp.at('2026-07-22');
select pg_temp.subscription('dee', 'paused', 3, '2026-07-22');
select pg_temp.at('2026-09-10');
select is(
  pg_temp.has('dee'), '0 of 100', 'pause: the months that would start meanwhile do not');
select pg_temp.subscription('dee', 'active', 4);
select is(
  (select array_agg(to_char(b.starts_at, 'YYYY-MM-DD') order by b.starts_at)
   from billing.buckets b where b.account_id = pg_temp.id('dee')),
  array['2026-07-01', '2026-09-20', '2026-10-21', '2026-11-20', '2026-12-21', '2027-01-20',
    '2027-02-20', '2027-03-23', '2027-04-20', '2027-05-21', '2027-06-20', '2027-07-21'],
  'pause: they start later by its length');
select is(pg_temp.has('dee'), '100 of 100', 'pause: of a year no two months at once');
select pg_temp.at('2026-09-20');
select results_eq(
  $$select pg_temp.ledger('dee')$$,
  array['grant 100 = 100 at 07-01 00:00:00.000000', 'grant 100 = 200 at 09-20 00:00:00.000000',
    'expiry -100 = 100 at 09-20 00:00:00.000000']
    , 'pause: one month still ends when the next starts') from get_user_credits(pg_temp.id('dee'));

-- Canceled while paused
select pg_temp.subscription('eve', 'active', 1), pg_temp.invoice('eve', 'in_e', 2, 'paid',
  '2026-09-20');
select pg_temp.subscription('eve', 'paused', 3, '2026-09-20');
select pg_temp.at('2026-12-01');
select pg_temp.subscription('eve', 'canceled', 4);
select is(pg_temp.has('eve'), '100 of 100', 'pause: one that is canceled gives its time back');
select is(
  (select expires_at from billing.buckets where key = 'invoice:in_e:il'),
  '2026-12-31 03:00'::timestamptz, 'pause: namely what was paid for');

-- What happens meanwhile
select pg_temp.subscription('fay', 'active', 1), pg_temp.invoice('fay', 'in_f', 2, 'paid',
  '2026-12-01');
select from hold_credits_atomic(pg_temp.id('fay'), 30, 'kept', '20 hours');
select from hold_credits_atomic(pg_temp.id('fay'), 20, 'released', '20 hours');
select from hold_credits_atomic(pg_temp.id('fay'), 10, 'forgotten', '20 hours');
select from deduct_credits_atomic(pg_temp.id('fay'), 5, 'wrong');
select pg_temp.subscription('fay', 'paused', 3, '2026-12-01');
select is(
  (select success from deduct_credits_atomic(pg_temp.id('fay'), 1, 'more')), false,
  'pause: nothing can be spent');
select from capture_hold(pg_temp.id('fay'), 'kept', 12);
select from release_hold(pg_temp.id('fay'), 'released', 'no');
select from reverse_deduction(pg_temp.id('fay'), 'wrong', 'it was');
select pg_temp.at('2026-12-02');
select is(
  pg_temp.has('fay'), '0 of 88',
  'pause: what a capture, a release, a reversal and a time-out give back is frozen');
select pg_temp.subscription('fay', 'active', 4);
select is(pg_temp.has('fay'), '88 of 88', 'pause: until it ends');

-- Refunds and disputes meanwhile
create function pg_temp.return(name text, noun text, id text, ticket bigint, status text,
  cents bigint) returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object(noun, format('evt_%s_%s', name, ticket),
    'x', billing.now(), null, 'sha', ticket, jsonb_build_object('id', id, 'status', status,
      'customer', 'cus_' || name, 'payment_intent', 'pi_in_' || left(name, 1), 'amount', cents,
      'currency', 'usd', 'created', billing.now()))
$$;
select pg_temp.subscription('gil', 'active', 1),
  pg_temp.invoice('gil', 'in_g', 2, 'paid', '2026-12-02', 't_keep_year');
select pg_temp.subscription('gil', 'paused', 3, '2026-12-02');
select pg_temp.return('gil', 'refund', 're_g', 4, 'succeeded', 11500);
select is(pg_temp.has('gil'), '0 of 50',
  'pause: a refund takes what is frozen and what is to come');
select pg_temp.return('gil', 'refund', 're_g', 5, 'failed', 11500);
select is(pg_temp.has('gil'), '0 of 100', 'pause: one that fails gives it back, frozen');
select pg_temp.return('gil', 'dispute', 'dp_g', 6, 'needs_response', 12000);
select pg_temp.at('2026-12-12');
select pg_temp.subscription('gil', 'active', 7);
select is(pg_temp.has('gil'), '0 of 100', 'pause: a dispute lasts longer than the pause');
select pg_temp.return('gil', 'dispute', 'dp_g', 8, 'won', 12000);
select is(pg_temp.has('gil'), '100 of 100', 'pause: a dispute that is won frees all');
select is(
  (select array[count(*), min(withheld_credits), max(withheld_credits)] from billing.buckets
   where account_id = pg_temp.id('gil')), array[12, 0, 0]::bigint[],
  'pause: and all the months to come');
select is(
  (select max(starts_at) from billing.buckets where account_id = pg_temp.id('gil')),
  '2027-11-12'::timestamptz, 'pause: which come later by its length');

-- An owner's hand meanwhile
select pg_temp.subscription('hal', 'active', 1), pg_temp.invoice('hal', 'in_h', 2, 'paid',
  '2026-12-12');
create temp table hal as select id from billing.buckets where account_id = pg_temp.id('hal');
select from freeze_credits(pg_temp.id('hal'), 'looks odd', (select id from hal), '2026-12-15');
select from extend_expiry(pg_temp.id('hal'), (select id from hal), '2027-02-01', 'a friend');
select pg_temp.subscription('hal', 'paused', 3, '2026-12-12');
select throws_ok(
  $$select extend_expiry(pg_temp.id('hal'), (select id from hal), '2027-03-01', 'a friend')$$,
  'LCGRT', 'an expiry moves forward only', 'pause: what has no expiry for now is not extended');
select pg_temp.at('2026-12-14');
select pg_temp.subscription('hal', 'active', 4);
select is(pg_temp.has('hal'), '0 of 100', 'pause: an owner''s freeze lasts longer than the pause');
select is(
  (select expires_at from billing.buckets where account_id = pg_temp.id('hal')),
  '2027-02-03'::timestamptz, 'pause: moves an expiry that an owner had extended');
select pg_temp.at('2026-12-15');
select is(pg_temp.has('hal'), '100 of 100', 'pause: and does not move the freeze');
select pg_temp.subscription('hal', 'paused', 5, '2026-12-15');
select from freeze_credits(pg_temp.id('hal'), 'looks odd', (select id from hal), '2026-12-16');
select pg_temp.at('2026-12-17');
select is(pg_temp.has('hal'), '0 of 100', 'pause: lasts longer than an owner''s freeze');
select from void_grant(pg_temp.id('hal'), (select id from hal), 'a mistake');
select pg_temp.subscription('hal', 'active', 6);
select is(pg_temp.has('hal'), '0 of 0', 'pause: what is voided meanwhile does not come back');

-- Whatever is told first
create function pg_temp.state(name text) returns text language sql as $$
  select string_agg(format('%s to %s%s %s', b.starts_at, b.expires_at, b.is_suspended,
    (select count(*) from billing.stopped_buckets s where s.bucket_id = b.id)), ', ' order by b.id)
  from billing.buckets b where b.account_id = pg_temp.id(name)
$$;
select pg_temp.subscription('ida', 'active', 1),
  pg_temp.invoice('ida', 'in_i', 2, 'paid', '2026-12-17'),
  pg_temp.subscription('ida', 'paused', 3, '2026-12-17'),
  pg_temp.subscription('jay', 'active', 1), pg_temp.subscription('jay', 'paused', 3, '2026-12-17'),
  pg_temp.invoice('jay', 'in_j', 2, 'paid', '2026-12-17'),
  pg_temp.invoice('kim', 'in_k', 2, 'paid', '2026-12-17'),
  pg_temp.subscription('kim', 'paused', 3, '2026-12-17');
select is(
  (select array_agg(distinct pg_temp.state(n)) from unnest(array['ida', 'jay', 'kim']) n),
  array[pg_temp.state('ida')], 'pause: before or after the invoice, there is one state');
select pg_temp.subscription('lea', 'paused', 1, '2026-12-17');
select pg_temp.at('2027-02-17');
select pg_temp.invoice('lea', 'in_l', 2, 'paid', '2026-12-17');
select is(
  pg_temp.has('lea'), '0 of 100',
  'pause: what was paid before is kept, though it is told of after its period');
select pg_temp.subscription('lea', 'active', 3), pg_temp.subscription('ida', 'active', 4);
select is(
  (select array_agg(distinct expires_at) from billing.buckets
   where account_id in (pg_temp.id('ida'), pg_temp.id('lea'))),
  array['2027-03-20 03:00']::timestamptz[], 'pause: and ends when it would have ended');
select pg_temp.subscription('max', 'paused', 1, null);
select is(
  pg_temp.suspension('max'), 'paused 02-17 00, in force',
  'pause: one of which Stripe says no time begins when it is told of');
select pg_temp.at('2027-02-18');
select pg_temp.subscription('max', 'paused', 2, null);
select is(pg_temp.suspension('max'), 'paused 02-17 00, in force', 'pause: and not anew');

-- Unpaid: what each policy does
select pg_temp.at('2027-03-01');
update billing.plans set is_sold = true where key = 't_free';
select pg_temp.invoice('nan', 'in_1nan', 1, 'paid', '2027-03-01', 't_freeze_month'),
  pg_temp.invoice('ola', 'in_1ola', 1, 'paid', '2027-03-01', 't_fall_month'),
  pg_temp.invoice('pia', 'in_1pia', 1, 'paid', '2027-03-01', 't_keep_month'),
  pg_temp.subscription('nan', 'active', 2, null, 't_freeze_month'),
  pg_temp.subscription('ola', 'active', 2, null, 't_fall_month'),
  pg_temp.subscription('pia', 'active', 2, null, 't_keep_month'),
  add_credits_atomic(pg_temp.id('nan'), 7, 'permanent', 'pack'),
  add_credits_atomic(pg_temp.id('ola'), 7, 'permanent', 'pack');
select pg_temp.at('2027-04-01 01:00');
select pg_temp.invoice('nan', 'in_2nan', 3, 'open', '2027-04-01', 't_freeze_month'),
  pg_temp.invoice('ola', 'in_2ola', 3, 'open', '2027-04-01', 't_fall_month'),
  pg_temp.invoice('pia', 'in_2pia', 3, 'open', '2027-04-01', 't_keep_month');
select is(pg_temp.suspension('nan'), null, 'dunning: an unpaid invoice alone suspends nothing');
select pg_temp.subscription('nan', 'past_due', 4, null, 't_freeze_month'),
  pg_temp.subscription('ola', 'past_due', 4, null, 't_fall_month'),
  pg_temp.subscription('pia', 'past_due', 4, null, 't_keep_month');
select is(
  array[pg_temp.suspension('nan'), pg_temp.suspension('ola'), pg_temp.suspension('pia')],
  array['unpaid 04-04 01', 'unpaid 04-04 01', null],
  'dunning: the grace counts from when the invoice was finalized; a policy may keep all');
select pg_temp.at('2027-04-04 00:59:59');
select is(
  array[pg_temp.has('nan'), pg_temp.has('ola')], array['107 of 107', '107 of 107'],
  'dunning: until it is over all can be spent');
select is(limit_of('t_boards', pg_temp.id('ola')), 50::bigint,
  'dunning: and the plan is what it was');
select pg_temp.at('2027-04-04 01:00');
select is(
  limit_of('t_boards', pg_temp.id('ola')), 3::bigint,
  'dunning: then it is the free plan, at that instant, whether or not a job has run');
select is(
  (select has_active_plan from get_billing_overview(pg_temp.id('ola'))), false,
  'dunning: and the overview says so');
select is(
  array[pg_temp.has('nan'), pg_temp.has('ola'), pg_temp.has('pia')],
  array['7 of 107', '7 of 107', '0 of 0'],
  'dunning: the plan''s credits are frozen, packs survive');
select is(
  (select has_active_plan from get_billing_overview(pg_temp.id('nan'))), true,
  'dunning: a plan that only freezes is still there');
select throws_ok(
  $$select prepare_checkout(pg_temp.id('ola'), 'credits_500')$$, 'LCPLN', null,
  'dunning: packs that need a plan are not sold on the free one');
select lives_ok(
  $$select prepare_checkout(pg_temp.id('nan'), 'credits_500')$$,
  'dunning: but where it is past due');
select throws_ok(
  $$select prepare_checkout(pg_temp.id('ola'), 't_keep_month')$$, 'LCSUB', null,
  'dunning: no second plan beside one that Stripe still charges for');
select pg_temp.at('2027-05-01');
select is(
  pg_temp.has('ola'), '17 of 117', 'dunning: the free plan''s credits come with the next month');
select is(pg_temp.has('nan'), '7 of 107', 'dunning: they do not beside a plan');

-- Recovery
select pg_temp.invoice('nan', 'in_2nan', 10, 'paid', '2027-04-01', 't_freeze_month');
select is(
  array[pg_temp.suspension('nan'), pg_temp.has('nan')], array[null, '207 of 207'],
  'dunning: paid at last, all can be spent, though the subscription still says past due');
select is(
  pg_temp.invoice('nan', 'in_2nan', 9, 'open', '2027-04-01', 't_freeze_month'), 'stale',
  'dunning: an older reading of the invoice suspends nothing');
select is(pg_temp.suspension('nan'), null, 'dunning: it stays so');
select pg_temp.subscription('ola', 'active', 10, null, 't_fall_month');
select is(
  pg_temp.has('ola'), '117 of 117', 'dunning: so it is where the subscription is told of first');
select pg_temp.invoice('ola', 'in_2ola', 11, 'paid', '2027-04-01', 't_fall_month');
select is(
  pg_temp.has('ola'), '217 of 217', 'dunning: and the invoice afterwards grants');

update billing.plans set is_sold = false where key = 't_free';

-- The order of the two, and the instant at which they are told
create function pg_temp.lives(name text, turns text[]) returns void language plpgsql as $$
begin
  perform pg_temp.invoice(name, 'in_1' || name, 1, 'paid', '2027-05-01', 't_freeze_month');
  for i in 1..cardinality(turns) loop
    perform case turns[i]
      when 'i' then pg_temp.invoice(name, 'in_2' || name, 3, 'open', '2027-06-01',
        't_freeze_month')
      when 'p' then pg_temp.invoice(name, 'in_2' || name, 6, 'paid', '2027-06-01',
        't_freeze_month')
      when 's' then pg_temp.subscription(name, 'past_due', 4, null, 't_freeze_month')
      when 'a' then pg_temp.subscription(name, 'active', 7, null, 't_freeze_month')
      when 'c' then pg_temp.subscription(name, 'canceled', 8, null, 't_freeze_month') end;
  end loop;
end $$;
create function pg_temp.end_of(name text) returns text language sql as $$
  select concat_ws('; ', pg_temp.suspension(name), pg_temp.has(name),
    (select string_agg(format('%s %s', b.granted_credits, b.is_suspended), ', ' order by b.key)
     from billing.buckets b where b.account_id = pg_temp.id(name)))
$$;
insert into auth.users (id, email)
select pg_temp.id('turn' || i), i || '@example.com' from generate_series(1, 60) i;
select pg_temp.at('2027-06-10');
select pg_temp.lives('turn1', '{i,s}'), pg_temp.lives('turn2', '{s,i}');
select is(
  array[pg_temp.end_of('turn1'), pg_temp.end_of('turn2')],
  array_fill('unpaid 06-04 01, in force; 0 of 100; 100 t'::text, array[2]),
  'dunning: invoice before subscription or after it, even when the grace is over, is one state');
select pg_temp.lives('turn' || 10 + n, turns)
from (
  select (row_number() over ())::integer as n, array[a, b, c, d] as turns
  from unnest('{i,s,p,a}'::text[]) a, unnest('{i,s,p,a}'::text[]) b,
    unnest('{i,s,p,a}'::text[]) c, unnest('{i,s,p,a}'::text[]) d
  where a not in (b, c, d) and b not in (c, d) and c <> d
) o;
select is(
  (select array_agg(distinct pg_temp.end_of('turn' || i)) from generate_series(11, 34) i),
  array['200 of 200; 100 f, 100 f'],
  'dunning: failed, past due, paid and active come in any of 24 orders to one state');

-- The end of the road
select pg_temp.lives('turn40', '{i,s,c}'), pg_temp.lives('turn41', '{c,s,i}');
select is(
  array[pg_temp.end_of('turn40'), pg_temp.end_of('turn41')],
  array_fill('100 of 100; 100 f'::text, array[2]),
  'dunning: when the subscription ends, what was paid for before is no longer frozen');
select is(
  (select has_active_plan from get_billing_overview(pg_temp.id('turn40'))), false,
  'dunning: and there is no plan');

-- More than one invoice
select pg_temp.invoice('quy', 'in_q1', 1, 'uncollectible', '2027-01-01', 't_freeze_month'),
  pg_temp.invoice('quy', 'in_q2', 2, 'paid', '2027-05-10', 't_freeze_month'),
  pg_temp.invoice('quy', 'in_q3', 3, 'open', '2027-06-10', 't_freeze_month'),
  pg_temp.subscription('quy', 'past_due', 4, null, 't_freeze_month');
select is(
  pg_temp.suspension('quy'), 'unpaid 06-13 01',
  'dunning: what was given up before another was paid is no longer in arrears');
select pg_temp.at('2027-07-12');
select pg_temp.invoice('quy', 'in_q4', 5, 'open', '2027-07-10', 't_freeze_month');
select is(
  pg_temp.suspension('quy'), 'unpaid 06-13 01, in force',
  'dunning: of two in arrears the first one counts');
select pg_temp.invoice('quy', 'in_q3', 6, 'paid', '2027-06-10', 't_freeze_month');
select is(
  pg_temp.suspension('quy'), 'unpaid 07-13 01',
  'dunning: when that is paid the grace counts from the other');
select is(pg_temp.has('quy'), '200 of 200', 'dunning: and all can be spent meanwhile');
select pg_temp.at('2027-07-13 01:00');
select is(pg_temp.has('quy'), '0 of 200', 'dunning: also what came since');
select pg_temp.invoice('quy', 'in_q2', 8, 'paid', '2027-05-10', 't_freeze_month');
select pg_temp.invoice('quy', 'in_q0', 7, 'paid', '2027-04-10', 't_freeze_month');
select is(
  pg_temp.has('quy'), '0 of 300',
  'dunning: what is paid for an earlier month joins the suspension');
select pg_temp.subscription('rae', 'past_due', 1, null, 't_freeze_month'),
  pg_temp.invoice('rae', 'in_r', 2, 'open', '2027-07-13', 't_freeze_month', attempts => 0);
select is(
  pg_temp.suspension('rae'), null, 'dunning: an invoice that was not tried yet suspends nothing');

-- Frozen, and expiring
select pg_temp.at('2027-08-01');
select pg_temp.subscription('sue', 'active', 1, null, 't_roll_year'),
  pg_temp.invoice('sue', 'in_s1', 2, 'paid', '2027-08-01', 't_roll_year'),
  pg_temp.subscription('sue', 'past_due', 3, null, 't_roll_year'),
  pg_temp.invoice('sue', 'in_s2', 4, 'open', '2027-08-10', 't_roll_year');
select pg_temp.at('2027-09-05');
select results_eq(
  $$select pg_temp.ledger('sue')$$,
  array['grant 100 = 100 at 08-01 00:00:00.000000', 'grant 100 = 200 at 09-01 00:00:00.000000',
    'expiry -100 = 100 at 09-01 00:00:00.000000'],
  'dunning: frozen months start and expire, and none rolls over') from pg_temp.has('sue');
select is(pg_temp.has('sue'), '0 of 100', 'dunning: the one that has started is frozen');
select pg_temp.invoice('sue', 'in_s2', 5, 'void', '2027-08-10', 't_roll_year');
select is(pg_temp.has('sue'), '100 of 100', 'dunning: an invoice that is void is not owed');
select pg_temp.at('2027-10-01');
select is(pg_temp.has('sue'), '200 of 200', 'dunning: and months roll over again');

-- A pause of an unpaid subscription, and a plan that is kinder
select pg_temp.invoice('tom', 'in_t1', 1, 'paid', '2027-09-01', 't_freeze_month'),
  pg_temp.subscription('tom', 'past_due', 2, null, 't_freeze_month'),
  pg_temp.invoice('tom', 'in_t2', 3, 'open', '2027-09-01 01:00', 't_freeze_month');
select is(pg_temp.has('tom'), '0 of 100', 'dunning: frozen');
select pg_temp.subscription('tom', 'paused', 4, '2027-10-01', 't_freeze_month');
select is(
  pg_temp.suspension('tom'), 'paused 10-01 00, in force', 'dunning: a pause takes its place');
select pg_temp.subscription('tom', 'past_due', 5, null, 't_freeze_month');
select is(
  array[pg_temp.suspension('tom'), pg_temp.has('tom')],
  array['unpaid 09-04 02, in force', '0 of 100'], 'dunning: and it that of the pause');
select pg_temp.subscription('tom', 'past_due', 6, null, 't_keep_month');
select is(pg_temp.has('tom'), '100 of 100', 'dunning: a plan that keeps all lifts it');

-- With jobs or without: two who live the same life, one is settled at each step
create function pg_temp.step(name text, instant text, with_jobs boolean) returns void
language plpgsql as $$
begin
  perform pg_temp.at(instant);
  if with_jobs then
    perform expire_subscription_credits();
  end if;
end $$;
create function pg_temp.live(name text, with_jobs boolean) returns void language plpgsql as $$
begin
  perform pg_temp.at('2028-01-01');
  perform pg_temp.subscription(name, 'active', 1, null, 't_roll_year'),
    pg_temp.invoice(name, 'in_1' || name, 2, 'paid', '2028-01-01', 't_roll_year');
  perform pg_temp.step(name, '2028-02-10', with_jobs);
  perform pg_temp.subscription(name, 'past_due', 3, null, 't_roll_year');
  perform pg_temp.invoice(name, 'in_2' || name, 4, 'open', '2028-02-10', 't_roll_year');
  perform pg_temp.step(name, '2028-02-10 01:00', with_jobs);
  perform pg_temp.step(name, '2028-03-01', with_jobs);
  perform pg_temp.step(name, '2028-03-05', with_jobs);
  perform pg_temp.subscription(name, 'paused', 5, '2028-03-05', 't_roll_year');
  perform pg_temp.step(name, '2028-04-02', with_jobs);
  perform pg_temp.subscription(name, 'active', 6, null, 't_roll_year');
  perform pg_temp.step(name, '2028-05-30', with_jobs);
  perform pg_temp.step(name, '2028-09-01', with_jobs);
  perform get_user_credits(pg_temp.id(name));
end $$;
select pg_temp.live('una', true), pg_temp.live('vic', false);
select results_eq(
  $$select pg_temp.ledger('una')$$, $$select pg_temp.ledger('vic')$$,
  'standing: the ledger is the same, entry for entry, with jobs on or off');

select is_empty('select * from billing.verify_all()', 'standing: the books are in order');
select is_empty(
  $$select s.subscription_id from billing.suspensions s
    join billing.subscriptions b on b.account_id = s.account_id and b.id = s.subscription_id
    where b.status in ('active', 'canceled')$$,
  'standing: none that is active or over is suspended');

-- Who may look
select pg_temp.act_as('authenticated', 'quy');
select is(
  (select count(*) from billing.suspensions), 1::bigint,
  'standing: a member sees what suspends him');
select throws_ok(
  'select * from billing.stopped_buckets', '42501', null, 'standing: and not how it is kept');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
