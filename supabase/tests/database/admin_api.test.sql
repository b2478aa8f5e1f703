begin;
select plan(6);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

-- The service role calls each through the API, and gets what the definer of the same name answers.
select from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack',
  expires_at => '2026-04-01');
create temp table pack as select id from billing.buckets;
grant select on pack to service_role;
set local role service_role;
select results_eq(
  $$select * from adjust_credits(pg_temp.id('ada'), 5, 'k', 'goodwill')$$,
  'values (true, 105::bigint, false, 0::bigint)', 'admin_api: adjust_credits');
select results_eq(
  $$select * from extend_expiry(pg_temp.id('ada'), (select id from pack), '2026-05-01',
    'goodwill')$$,
  $$values ('2026-04-01'::timestamptz)$$, 'admin_api: extend_expiry');
select results_eq(
  $$select * from freeze_credits(pg_temp.id('ada'), 'a look', (select id from pack))$$,
  'values (100::bigint)', 'admin_api: freeze_credits');
select results_eq(
  $$select * from freeze_credits(pg_temp.id('ada'), 'a look', until => '2026-03-02')$$,
  'values (105::bigint)', 'admin_api: freeze_credits without a grant means the account');
select results_eq(
  $$select * from unfreeze_credits(pg_temp.id('ada'), 'all right')$$,
  'values (100::bigint)', 'admin_api: unfreeze_credits leaves a grant that was frozen by itself');
select results_eq(
  $$select * from void_grant(pg_temp.id('ada'), (select id from pack), 'fraud')$$,
  'values (100::bigint, 5::bigint, false)', 'admin_api: void_grant takes frozen credits too');
reset role;

select * from finish();
rollback;
