begin;
select plan(17);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

select from grant_credits(pg_temp.id('ada'), 50, 'promotional', 'gift');
select from grant_credits(pg_temp.id('ada'), 100, 'permanent', 'p1', payment_key => 'p1',
  expires_at => '2026-09-01', paid_cents => 200, paid_currency => 'usd');
select from grant_credits(pg_temp.id('ada'), 100, 'permanent', 'p2', payment_key => 'p2');

-- Baseline
select results_eq(
  $$select * from transfer_credits(pg_temp.id('ada'), pg_temp.id('bob'), 120, 't1', 'For you')$$,
  'values (true, 120::bigint, 130::bigint, 120::bigint, false, 0::bigint)',
  'transfer: permanent credits move');
select results_eq(
  $$select kind::text, credits, key_scope::text, key, description, from_permanent
    from billing.credit_transactions where key = 'transfer:t1' order by credits$$,
  $$values ('transfer', -120::bigint, 'system', 'transfer:t1', 'For you', 120::bigint),
    ('transfer', 120, 'system', 'transfer:t1', 'For you', -120)$$,
  'transfer: as two entries under one key');
select results_eq(
  $$select granted_credits, expires_at, payment_key, paid_cents, paid_credits from billing.buckets
    where account_id = pg_temp.id('bob') order by id$$,
  $$values (100::bigint, '2026-09-01'::timestamptz, null::text, 200::bigint, 100::bigint),
    (20, null, null, null, null)$$,
  'transfer: they keep expiry and cost, and lose the payment');
select is((select promotional_credits from get_user_credits(pg_temp.id('ada'))), 50::bigint,
  'transfer: other kinds stay');
select is((select debt from claw_back_credits(pg_temp.id('ada'), 're_1', 'p1', 1, 1)), 100::bigint,
  'transfer: a refund does not follow them; it is the giver''s debt');
select is((select total from get_user_credits(pg_temp.id('bob'))), 120::bigint,
  'transfer: what was given stays given');
select results_eq(
  $$select success, shortfall from transfer_credits(pg_temp.id('ada'), pg_temp.id('cy'), 90,
    't2')$$,
  'values (false, 10::bigint)', 'transfer: all or nothing, and only permanent credits count');

-- Replay
select results_eq(
  $$select * from transfer_credits(pg_temp.id('ada'), pg_temp.id('bob'), 120, 't1')$$,
  'values (true, 120::bigint, 130::bigint, 120::bigint, true, 0::bigint)',
  'transfer: the same key answers the first result');
select results_eq(
  $$select success from transfer_credits(pg_temp.id('ada'), pg_temp.id('cy'), 80, 't2')$$,
  'values (true)', 'transfer: a key that was refused works once credits suffice');

-- Refused
create temp table before as select pg_temp.books() as books;
select throws_ok(
  $$select transfer_credits(pg_temp.id('ada'), pg_temp.id('bob'), 119, 't1')$$, 'LCKEY', null,
  'transfer: a key for another amount');
select throws_ok(
  $$select transfer_credits(pg_temp.id('ada'), pg_temp.id('cy'), 120, 't1')$$, 'LCKEY', null,
  'transfer: a key for another receiver');
select throws_ok(
  $$select transfer_credits(pg_temp.id('cy'), pg_temp.id('bob'), 120, 't1')$$, 'LCKEY', null,
  'transfer: a key for another giver');
select throws_ok(
  $$select transfer_credits(pg_temp.id('ada'), pg_temp.id('ada'), 1, 't3')$$, 'LCACC',
  'a transfer is between two accounts', 'transfer: to oneself');
select throws_ok(
  $$select transfer_credits(pg_temp.id('ada'), pg_temp.id('bob'), 0, 't3')$$, 'LCAMT', null,
  'transfer: nothing');
select throws_ok(
  $$select transfer_credits(pg_temp.id('ada'), null, 1, 't3')$$, 'LCACC', null,
  'transfer: to nobody');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select transfer_credits(pg_temp.id('ada'), pg_temp.id('bob'), 1, 't3')$$, '42501', null,
  'transfer: by a member');
select pg_temp.act_as('postgres');
select is(pg_temp.books(), (select books from before),
  'transfer: what was refused changed nothing');

select * from finish();
rollback;
