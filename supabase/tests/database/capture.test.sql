begin;
select plan(35);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.capture(
  name text, key text, amount bigint default null, cost_micros bigint default null
) returns text language sql as $$
  select format('%s%s captured %s, back %s, left %s%s', case when duplicate then 'again ' end,
    case when success then 'ok' else 'no' end, captured, given_back, balance_after,
    case when shortfall > 0 then ', short of ' || shortfall end)
  from capture_hold(pg_temp.id(name), key, amount, cost_micros)
$$;
create function pg_temp.buckets(name text) returns text language sql as $$
  select string_agg(format('%s %s', o.kind, o.credits_remaining), ', ' order by o.burn_order)
  from billing.open_buckets o where o.account_id = pg_temp.id(name)
$$;

-- Baseline
select from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack');
select from hold_credits_atomic(pg_temp.id('ada'), 30, 'whole', description => 'A render');
select is(
  pg_temp.capture('ada', 'whole', null, 420000), 'ok captured 30, back 0, left 70',
  'capture: takes all that is held, if nothing else is said');
select is(
  (select (kind, credits, answers, cost_micros, key_scope, key)::text
    from billing.credit_transactions where account_id = pg_temp.id('ada') and number = 3),
  '(capture,0,2,420000,system,capture:2)', 'capture: is an entry that answers the hold');
select is(
  (select held_credits from get_user_credits(pg_temp.id('ada'))), 0::bigint,
  'capture: nothing is held any more');

-- Allowed
select from hold_credits_atomic(pg_temp.id('ada'), 30, 'part');
select is(
  pg_temp.capture('ada', 'part', 12), 'ok captured 12, back 18, left 58',
  'capture: a part, and the rest comes back');
select from hold_credits_atomic(pg_temp.id('ada'), 30, 'more', overrun => 10);
select is(
  pg_temp.capture('ada', 'more', 38), 'ok captured 38, back 0, left 20',
  'capture: more than was held, within the overrun');
select is(
  (select credits from billing.credit_transactions
    where account_id = pg_temp.id('ada') and key = 'capture:6'), -8::bigint,
  'capture: the overrun is what its entry takes');
select results_eq(
  $$select kind, task_id, credits, balance_after from get_credit_history(pg_temp.id('ada'))$$,
  $$values ('capture', 'more', -38::bigint, 20::bigint), ('capture', 'part', -12::bigint,
    58::bigint),
    ('capture', 'whole', -30::bigint, 70::bigint), ('grant', 'pack', 100::bigint, 100::bigint)$$,
  'history: a captured hold is one line');

select from add_credits_atomic(pg_temp.id('bob'), 10, 'permanent', 'perm');
select from add_credits_atomic(pg_temp.id('bob'), 10, 'subscription', 'plan',
  expires_at => '2026-03-05');
select from add_credits_atomic(pg_temp.id('bob'), 10, 'promotional', 'promo',
  expires_at => '2026-03-03');
select from hold_credits_atomic(pg_temp.id('bob'), 25, 'job', '20 hours');
select is(pg_temp.buckets('bob'), 'permanent 5', 'hold: took in burn order');
select is(
  pg_temp.capture('bob', 'job', 13), 'ok captured 13, back 12, left 17',
  'capture: over several buckets');
select is(
  pg_temp.buckets('bob'), 'subscription 7, permanent 10', 'capture: last taken comes back first');

select from add_credits_atomic(pg_temp.id('cyd'), 10, 'promotional', 'promo',
  expires_at => '2026-03-01 01:00');
select from hold_credits_atomic(pg_temp.id('cyd'), 10, 'late', '2 hours');
set local test.now to '2026-03-01 01:30';
select is(
  pg_temp.capture('cyd', 'late', 4), 'ok captured 4, back 6, left 6',
  'capture: after the bucket''s expiry, for the credits left it in time');
select is(
  (select total from get_user_credits(pg_temp.id('cyd'))), 0::bigint,
  'capture: what comes back to an expired bucket expires when it comes back');

-- What is left over goes back where it came from, whichever bucket is in hand by then.
select from add_credits_atomic(pg_temp.id('dee'), 10, 'permanent', 'perm');
select from hold_credits_atomic(pg_temp.id('dee'), 6, 'job');
select from add_credits_atomic(pg_temp.id('dee'), 10, 'promotional', 'promo',
  expires_at => '2026-03-05');
select from pg_temp.capture('dee', 'job', 2);
select is(
  pg_temp.buckets('dee'), 'promotional 10, permanent 8',
  'capture: gives back to the bucket that paid, though another is in hand');
select from hold_credits_atomic(pg_temp.id('dee'), 10, 'all');
select from pg_temp.capture('dee', 'all', 7);
select is(
  pg_temp.buckets('dee'), 'promotional 3, permanent 8',
  'capture: gives back to the bucket in hand, emptied as it is');
select results_eq(
  $$select number, bucket_id is null, split is null, from_promotional, from_subscription,
    from_permanent from billing.credit_transactions
    where account_id = pg_temp.id('dee') and kind = 'capture'$$,
  'values (4::bigint, false, true, 0::bigint, 0::bigint, -4::bigint), (6, false, true, -3, 0, 0)',
  'capture: its entry says which bucket got back, and of which kind it is');
select results_eq(
  $$select bucket_id, split from billing.credit_transactions
    where account_id = pg_temp.id('ada') and key = 'capture:2'$$,
  'values (null::bigint, null::billing.share[])',
  'capture: of all that is held moves no bucket');

-- A member's hold and a server's under one key
insert into auth.users (id, email) values (pg_temp.id('eve'), null);
insert into billing.operations (key, name) values ('t_job', 'A job');
insert into billing.operation_prices (operation, version, base_credits) values ('t_job', 1, 5);
select from add_credits_atomic(pg_temp.id('eve'), 100, 'permanent', 'pack');
select pg_temp.act_as('authenticated', 'eve');
select from place_hold('t_job', '{}', 'job');
select pg_temp.act_as('postgres');
select from hold_credits_atomic(pg_temp.id('eve'), 30, 'job');
select is(
  pg_temp.capture('eve', 'job'), 'ok captured 30, back 0, left 65',
  'capture: of two holds with one key the server''s is meant');
select is(
  (select (operation, params, price_version)::text from billing.credit_transactions
    where account_id = pg_temp.id('eve') and kind = 'capture'), '(,,)',
  'capture: of an amount has no operation');
select from add_credits_atomic(pg_temp.id('fay'), 100, 'permanent', 'pack');
select from place_hold('t_job', '{}', 'job', account_id => pg_temp.id('fay'));
select from pg_temp.capture('fay', 'job', null, 77);
select is(
  (select (operation, params, price_version, description, cost_micros)::text
    from billing.credit_transactions where account_id = pg_temp.id('fay') and kind = 'capture'),
  '(t_job,{},1,"A job",77)', 'capture: says for which work, at which price, and its cost');

-- Refused
select from hold_credits_atomic(pg_temp.id('ada'), 20, 'fails', '1 hour');
select from release_hold(pg_temp.id('ada'), 'fails');
select from hold_credits_atomic(pg_temp.id('ada'), 20, 'long', '10 minutes');
select from extend_hold(pg_temp.id('ada'), 'long', '1 hour');
set local test.now to '2026-03-01 02:29:59.999999';
select is(
  (select held_credits from get_user_credits(pg_temp.id('ada'))), 20::bigint,
  'capture: a hold stands until its end');
select from hold_credits_atomic(pg_temp.id('fay'), 10, 'next');
create temp table before as select pg_temp.books() as books;
select throws_ok(
  $$select pg_temp.capture('ada', 'long', 21)$$, 'LCAMT', null,
  'capture: more than hold and overrun is refused');
select throws_ok(
  $$select pg_temp.capture('fay', 'next', 0)$$, 'LCAMT', null, 'capture: of nothing is refused');
select throws_ok(
  $$select pg_temp.capture('fay', 'next', 5, -1)$$, 'LCAMT', null,
  'capture: a cost below zero is refused');
select throws_ok(
  $$select pg_temp.capture('ada', 'none')$$, 'LCHLD', null, 'capture: of no hold is refused');
select throws_ok(
  $$select pg_temp.capture('bob', 'long')$$, 'LCHLD', null,
  'capture: of another''s hold is refused');
select throws_ok(
  $$select pg_temp.capture('ada', 'fails')$$, 'LCHLD', null, 'capture: after a release is refused');
select throws_ok(
  $$select pg_temp.capture('ada', 'part', 13)$$, 'LCKEY', null,
  'capture: once, by one amount');
-- A definer of the host's own, called by a client, for an open hold of another's.
create function pg_temp.work(name text, key text) returns boolean
language sql security definer
as $$
  select success from public.capture_hold(pg_temp.id(name), key)
$$;
select pg_temp.act_as('authenticated', 'eve');
select throws_ok(
  $$select pg_temp.work('ada', 'long')$$, 'LCACC', null,
  'capture: a client behind a definer captures no other account''s hold');
select pg_temp.act_as('postgres');
select is(pg_temp.books(), (select books from before), 'capture: what was refused changed nothing');
select from hold_credits_atomic(pg_temp.id('bob'), 17, 'all', '1 hour', 5);
select is(
  pg_temp.capture('bob', 'all', 20), 'no captured 0, back 0, left 0, short of 3',
  'capture: an overrun that the balance does not allow leaves the hold open');
set local test.now to '2026-03-01 02:30';
select throws_ok(
  $$select pg_temp.capture('ada', 'long')$$, 'LCHLD', null,
  'capture: at the instant of its end the hold is over');

-- Replay
select is(
  pg_temp.capture('ada', 'part', 12), 'again ok captured 12, back 18, left 58',
  'capture: again answers the first');
select is(
  (select total from get_user_credits(pg_temp.id('ada'))), 20::bigint,
  'capture: again takes and gives nothing');

-- An overrun as large as can be written is an overrun all the same.
select from add_credits_atomic(pg_temp.id('huge'), 50, 'permanent', 'pack');
select from hold_credits_atomic(pg_temp.id('huge'), 20, 'job', overrun => 9223372036854775807);
select results_eq(
  $$select success, shortfall from capture_hold(pg_temp.id('huge'), 'job', 9223372036854775807)$$,
  'values (false, 9223372036854775757::bigint)', 'capture: more than anybody has is a shortfall');
select results_eq(
  $$select success, captured from capture_hold(pg_temp.id('huge'), 'job', 50)$$,
  'values (true, 50::bigint)', 'capture: within the balance it takes');

select * from finish();
rollback;
