begin;
select plan(21);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 10:00';

update billing.plans set is_sold = false;
select pg_temp.sign_up('ada', 'bob');

-- Baseline
select is(
  (select count(*) from billing.accounts where id in (pg_temp.id('ada'), pg_temp.id('bob'))),
  0::bigint,
  'accounts: signing up opens none');
select is(
  enum_range(null::billing.bucket_kind)::text, '{promotional,subscription,permanent}',
  'accounts: kinds are declared in burn order');
select hasnt_fk('billing', 'accounts', 'accounts: no foreign key to users, for books outlive them');

-- Allowed
select pg_temp.act_as('authenticated', 'ada');
select is(
  (select total from get_user_credits()), 0::bigint,
  'accounts: a member reads before any credits came');
select pg_temp.act_as('postgres');
select is(
  (select array[created_at, next_claim_at] from billing.accounts where id = pg_temp.id('ada')),
  array['2026-03-01 10:00'::timestamptz, '2026-04-01 00:00'],
  'accounts: a user''s first read opens the account, stamped with the clock');
select lives_ok(
  $$select deduct_credits_atomic(pg_temp.id('bob'), 1, 'first touch')$$,
  'accounts: a spend may be the first touch');
select is(
  (select count(*) from billing.accounts where id = pg_temp.id('bob')), 1::bigint,
  'accounts: a user''s first spend opens the account');
select lives_ok(
  $$select add_credits_atomic(pg_temp.id('not a user'), 5, 'permanent', 'gift')$$,
  'accounts: a grant may go to any id');
select is(
  (select balance::bigint from billing.accounts where id = pg_temp.id('not a user')), 5::bigint,
  'accounts: a grant opens the account of any id');

select pg_temp.act_as('authenticated', 'ada');
select ok(
  billing.is_member(pg_temp.id('ada')),
  'accounts: a user is the member of the account with the same id');
select is(
  (select array_agg(id) from billing.accounts), array[pg_temp.id('ada')],
  'accounts: a member sees one account, their own');

-- Refused
select is(
  billing.is_member(pg_temp.id('bob')), false, 'accounts: a user is no member of another account');
select is(billing.is_member(null), null, 'accounts: nobody is a member of no account');
select throws_ok(
  $$select get_user_credits(pg_temp.id('bob'))$$, 'LCACC', 'this account is not yours',
  'accounts: another''s account is refused');
select throws_ok(
  $$select get_user_credits(pg_temp.id('no such account'))$$, 'LCACC', 'this account is not yours',
  'accounts: an account that does not exist is refused in the same words');
select pg_temp.act_as('authenticated');
select throws_ok(
  'select get_user_credits()', 'LCACC', 'this account is not yours',
  'accounts: a missing user id never means trusted');
select throws_ok(
  $$select get_user_credits(pg_temp.id('ada'))$$, 'LCACC', 'this account is not yours',
  'accounts: a missing user id is a member of nothing');
create function pg_temp.host_reads(name text) returns bigint language sql security definer as $$
  select total from public.get_user_credits(pg_temp.id(name))
$$;
select pg_temp.act_as('anon');
select throws_ok(
  $$select pg_temp.host_reads('ada')$$, 'LCACC', 'this account is not yours',
  'accounts: nobody who is not signed in is trusted, behind a definer of the host''s neither');
select pg_temp.act_as('service_role');
select throws_ok(
  'select get_user_credits()', 'LCACC', 'this account is not yours',
  'accounts: the service role must name the account');
select is(
  (select total from get_user_credits(pg_temp.id('nobody'))), 0::bigint,
  'accounts: an unknown id has nothing');
select pg_temp.act_as('postgres');
select is(
  (select count(*) from billing.accounts where id = pg_temp.id('nobody')), 0::bigint,
  'accounts: a read or a spend opens none for an id that is not a user');

select * from finish();
rollback;
