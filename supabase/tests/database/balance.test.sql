begin;
select plan(17);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

update billing.plans set is_sold = false;
select pg_temp.sign_up('ada');
select from billing.grant_credits(
  pg_temp.id('ada'), 'subscription', 300, 'march', expires_at => '2026-04-01 03:00',
  period_ends_at => '2026-04-01');
select from billing.grant_credits(
  pg_temp.id('ada'), 'subscription', 300, 'april', starts_at => '2026-04-01',
  expires_at => '2026-05-01 03:00',
  period_ends_at => '2026-05-01');
select from add_credits_atomic(pg_temp.id('ada'), 500, 'permanent', 'pack');
select from add_credits_atomic(pg_temp.id('ada'), 25, 'promotional', 'code',
  expires_at => '2026-03-20');
select from add_credits_atomic(pg_temp.id('ada'), 10, 'promotional', 'goodwill',
  expires_at => '2026-03-20');

-- Baseline
select is(
  (select c::text from get_user_credits(pg_temp.id('nobody')) c),
  '(0,0,0,0,0,,,0,"2026-03-01 00:00:00+00")',
  'balance: an id that has nothing has zeroes and no dates');

-- Allowed
select results_eq(
  $$select total, subscription_credits, permanent_credits, promotional_credits, held_credits
    from get_user_credits(pg_temp.id('ada'))$$,
  'values (835::bigint, 300::bigint, 500::bigint, 35::bigint, 0::bigint)',
  'balance: total is the sum of its parts; a grant to come is in none');
select is(
  (select subscription_expire_at from get_user_credits(pg_temp.id('ada'))),
  '2026-04-01'::timestamptz,
  'balance: the end of the paid period is shown, not the end of the grace');
select results_eq(
  $$select next_expiry_at, next_expiry_credits from get_user_credits(pg_temp.id('ada'))$$,
  $$values ('2026-03-20'::timestamptz, 35::bigint)$$,
  'balance: the next expiry counts all credits that expire at that instant');
select is(
  (select as_of from get_user_credits(pg_temp.id('ada'))), '2026-03-01'::timestamptz,
  'balance: says for which instant it holds');
select from deduct_credits_atomic(pg_temp.id('ada'), 30, 'spend');
select results_eq(
  $$select total, promotional_credits, next_expiry_credits
    from get_user_credits(pg_temp.id('ada'))$$,
  'values (805::bigint, 5::bigint, 5::bigint)', 'balance: a spend is seen at once');
set local test.now to '2026-03-20';
select results_eq(
  $$select total, promotional_credits, next_expiry_at from get_user_credits(pg_temp.id('ada'))$$,
  $$values (800::bigint, 0::bigint, '2026-04-01 03:00'::timestamptz)$$,
  'balance: the next expiry is the true instant, grace included');
set local test.now to '2026-04-01';
select results_eq(
  $$select subscription_credits, subscription_expire_at from get_user_credits(pg_temp.id('ada'))$$,
  $$values (600::bigint, '2026-05-01'::timestamptz)$$,
  'balance: within the grace the next bucket''s period end is shown');
set local test.now to '2026-05-01 01:00';
select results_eq(
  $$select subscription_credits, subscription_expire_at from get_user_credits(pg_temp.id('ada'))$$,
  'values (300::bigint, null::timestamptz)',
  'balance: within the last grace no period end is shown');
select pg_temp.act_as('authenticated', 'ada');
select is(
  (select total from get_user_credits()), 800::bigint,
  'balance: a member reads without naming the account');
select is(
  (select total from get_user_credits(pg_temp.id('ada'))), 800::bigint,
  'balance: a member may name the account');
select pg_temp.act_as('service_role');
select is(
  (select total from get_user_credits(pg_temp.id('ada'))), 800::bigint,
  'balance: the service role names the account');

-- Refused
select pg_temp.act_as('authenticated', 'bob');
select throws_ok(
  $$select get_user_credits(pg_temp.id('ada'))$$, 'LCACC', 'this account is not yours',
  'balance: another member is refused');
select pg_temp.act_as('anon');
select throws_ok(
  $$select get_user_credits(pg_temp.id('ada'))$$, '42501', null,
  'balance: who has not signed in is refused');
select pg_temp.act_as('postgres');

-- In a read-only transaction nothing can be written down. It cannot be taken back: hence last.
set local test.now to '2026-05-01 02:59:59';
set transaction read only;
select is(
  (select as_of from get_user_credits(pg_temp.id('ada'))), '2026-05-01 02:59:59'::timestamptz,
  'balance: read-only, what is stored holds now while nothing is due');
set local test.now to '2026-05-02';
select is(
  (select total from get_user_credits(pg_temp.id('ada'))), 800::bigint,
  'balance: read-only, the stored rows are answered');
select is(
  (select as_of from get_user_credits(pg_temp.id('ada'))),
  '2026-05-01 02:59:59.999999'::timestamptz,
  'balance: read-only, as_of says since when that may be stale');

select * from finish();
rollback;
