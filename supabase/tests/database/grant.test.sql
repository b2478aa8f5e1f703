begin;
select plan(45);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

-- Baseline
select results_eq(
  $$select success, duplicate, message, balance_after
    from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack')$$,
  $$values (true, false, 'granted', 100::bigint)$$,
  'grant: answers the balance after it');
select results_eq(
  $$select pg_temp.ledger('ada')$$, array['grant 100 = 100 at 03-01 00:00:00.000000'],
  'grant: is one entry, dated now');
create temp table answer as
select * from add_credits_atomic(pg_temp.id('ada'), 5, 'promotional', 'code');
select is(
  (select credit_id from answer), (select id from billing.buckets where key = 'code'),
  'grant: answers its bucket');

-- Allowed
select from add_credits_atomic(
  pg_temp.id('ada'), 7, 'subscription', 'month', 'sub_1', '2026-04-01', 'March', '{"note": "x"}');
select results_eq(
  $$select kind::text, granted_credits, subscription_id, expires_at, description, metadata, priority
    from billing.buckets where key = 'month'$$,
  $$values ('subscription', 7::bigint, 'sub_1', '2026-04-01'::timestamptz, 'March',
    '{"note": "x"}'::jsonb, 20::smallint)$$,
  'grant: keeps what it was told');
select is(
  (select description from billing.credit_transactions where key = 'month'), 'March',
  'grant: its entry has the description');
select is(
  (select array_agg(priority order by kind) from billing.buckets
    where account_id = pg_temp.id('ada')),
  array[10, 20, 30]::smallint[], 'grant: the priority defaults to the kind''s');
select is(
  (select count(*) from billing.buckets where account_id = pg_temp.id('ada')
    and starts_at <> '2026-03-01'), 0::bigint,
  'grant: starts now unless it says otherwise');
select from billing.grant_credits(pg_temp.id('bob'), 'permanent', 5, 'early',
  starts_at => '2026-01-01');
select is(
  (select starts_at from billing.buckets where key = 'early'), '2026-03-01'::timestamptz,
  'grant: a start in the past is now');

select is(
  (select balance_after from add_credits_atomic(
    pg_temp.id('cy'), 40, 'promotional', 'over', expires_at => '2026-02-01')), 40::bigint,
  'grant: one that is over already is entered');
select results_eq(
  $$select pg_temp.ledger('cy')$$,
  array['grant 40 = 40 at 03-01 00:00:00.000000', 'expiry -40 = 0 at 03-01 00:00:00.000000'],
  'grant: one that is over already expires at once, not before it came');
select from add_credits_atomic(pg_temp.id('dee'), 40, 'promotional', 'just over',
  expires_at => '2026-03-01');
select is(
  (select total from get_user_credits(pg_temp.id('dee'))), 0::bigint,
  'grant: one that ends now is over already');

select results_eq(
  $$select success, duplicate, message, balance_after from billing.grant_credits(
    pg_temp.id('eve'), 'subscription', 60, 'later', expires_at => '2026-05-01',
    starts_at => '2026-04-01')$$,
  $$values (true, false, 'starts later', null::bigint)$$,
  'grant: one that starts later answers no balance');
select is_empty($$select pg_temp.ledger('eve')$$, 'grant: one that starts later has no entry yet');
select is(
  (select success from deduct_credits_atomic(pg_temp.id('eve'), 1, 'too early')), false,
  'grant: one that starts later cannot be spent yet');
set local test.now to '2026-03-31 23:59:59.999999';
select is(
  (select total from get_user_credits(pg_temp.id('eve'))), 0::bigint,
  'grant: it has not started a microsecond before');
set local test.now to '2026-04-01';
select is(
  (select total from get_user_credits(pg_temp.id('eve'))), 60::bigint,
  'grant: it has started at its start');
select results_eq(
  $$select pg_temp.ledger('eve')$$, array['grant 60 = 60 at 04-01 00:00:00.000000'],
  'grant: its entry is dated at its start');
select is(
  (select opened_at from billing.buckets where key = 'later'), '2026-04-01'::timestamptz,
  'grant: its bucket is open since then');

-- Replay
set local test.now to '2026-04-02';
create temp table once as select pg_temp.books() as books;
select results_eq(
  $$select success, duplicate, credit_id, message, balance_after
    from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack')$$,
  $$select true, true, id, 'granted', 100::bigint from billing.buckets where key = 'pack'$$,
  'grant: the same key answers the first result');
select results_eq(
  $$select duplicate, message, balance_after from billing.grant_credits(
    pg_temp.id('eve'), 'subscription', 60, 'later', expires_at => '2026-05-01',
    starts_at => '2026-04-01')$$,
  $$values (true, 'starts later', null::bigint)$$,
  'grant: a replay answers no balance either, even after the start');
select results_eq(
  $$select duplicate, balance_after from add_credits_atomic(
    pg_temp.id('cy'), 40, 'promotional', 'over', expires_at => '2026-02-01')$$,
  'values (true, 40::bigint)', 'grant: a replay of one that has expired grants nothing again');
select is(
  (select duplicate from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack',
    description => 'other')), true,
  'grant: only the amount and the type decide whether it is the same');
-- ada's bucket of March expired on April 1: the replay has settled it, and that is all it wrote.
select is(
  (select array_agg(kind) from billing.credit_transactions where account_id = pg_temp.id('ada')
    and number > 3),
  array['expiry']::billing.entry_kind[], 'grant: a replay writes nothing but what is due');
select is(
  (select duplicate from add_credits_atomic(pg_temp.id('bob'), 100, 'permanent', 'pack')), false,
  'grant: another account''s keys are its own');

-- Refused
drop table once;
create temp table before as select pg_temp.books() as books;
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), 101, 'permanent', 'pack')$$, 'LCKEY',
  'a key stands for one set of arguments', 'grant: the same key with another amount');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), 100, 'promotional', 'pack')$$, 'LCKEY',
  'a key stands for one set of arguments', 'grant: the same key with another type');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), 0, 'permanent', 'x')$$, 'LCAMT',
  'credits must be above zero',
  'grant: zero credits');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), -5, 'permanent', 'x')$$, 'LCAMT',
  'credits must be above zero',
  'grant: credits below zero');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), null, 'permanent', 'x')$$, 'LCAMT',
  'credits must be above zero',
  'grant: no amount');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), 5, 'bonus', 'x')$$, 'LCTYP',
  'unknown type of credits',
  'grant: an unknown type');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), 5, null, 'x')$$, 'LCTYP',
  'unknown type of credits',
  'grant: no type');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), 5, 'permanent', null)$$, 'LCKEY',
  'a key must have 1 to 255 printable characters', 'grant: no key');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), 5, 'permanent', '')$$, 'LCKEY',
  'a key must have 1 to 255 printable characters', 'grant: an empty key');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), 5, 'promotional', 'free:2026-03-01')$$, 'LCKEY',
  'a key of this form is not the caller''s to use',
  'grant: the key of a free month, whose claim it would fail');
select throws_ok(
  $$select add_credits_atomic(null, 5, 'permanent', 'x')$$, 'LCACC', 'this account is not yours',
  'grant: no account');
select throws_ok(
  $$select grant_credits(pg_temp.id('ada'), 5, 'promotional', 'x', starts_at => '2026-05-01',
    expires_at => '2026-05-01')$$, 'LCGRT', 'a grant ends after it starts',
  'grant: one that ends before it starts');
select throws_ok(
  format($$select grant_credits(pg_temp.id('ada'), 5, 'permanent', 'x', paid_cents => %L,
    paid_currency => %L)$$, cents, currency),
  'LCAMT', 'a cost is not below zero, and in a currency',
  format('grant: a cost of %s %s', cents, currency))
from (values (-1::bigint, 'usd'), (5, null), (5, 'USD'), (null, 'usd')) c (cents, currency);
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), 1000000000000001, 'permanent', 'x')$$, 'LCAMT',
  'nobody has so many credits', 'grant: more than a sum of grants could hold');
select throws_ok(
  $$select grant_credits(pg_temp.id('ada'), 5, 'permanent', 'x', payment_key => '')$$, 'LCKEY',
  null,
  'grant: a payment that no refund could name');
select throws_ok(
  $$select adjust_credits(pg_temp.id('ada'), 9223372036854775807, 'x', 'goodwill')$$, 'LCAMT',
  'nobody has so many credits', 'grant: nor as an adjustment');
set local role authenticated;
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('ada'), 5, 'permanent', 'x')$$, '42501', null,
  'grant: members grant nothing');
reset role;
select is(pg_temp.books(), (select books from before), 'grant: what was refused changed nothing');

select * from finish();
rollback;
