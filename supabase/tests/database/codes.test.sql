begin;
select plan(25);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

update billing.plans set is_sold = false;
insert into auth.users (id, email, is_anonymous) values
  (pg_temp.id('ada'), 'ada@example.com', false), (pg_temp.id('ada2'), 'Ada+two@example.com', false),
  (pg_temp.id('bob'), 'bob@example.com', false), (pg_temp.id('anon'), null, true);

-- Baseline
select ok(
  (select created from create_code('Spring-26', 100, 'spring campaign', max_uses => 2,
    redeem_until => '2026-04-01', expires_after => '1 month')), 'codes: an owner makes one');
select results_eq(
  $$select action, reason from billing.audit_log where action = 'code.create'$$,
  $$values ('code.create', 'SPRING-26 spring campaign')$$, 'codes: it is audited');
select is(
  (select created from create_code('spring-26', 100, 'again', 2, '2026-04-01', '1 month')), false,
  'codes: one that exists is left as it is, whatever its case');
select throws_ok(
  $$select create_code('spring-26', 5, 'again')$$, 'LCKEY',
  'a key stands for one set of arguments', 'codes: nor does its word become another one');

-- Allowed
select pg_temp.act_as('authenticated', 'ada');
select results_eq(
  $$select * from redeem_code(' spring-26 ')$$,
  $$values (true, false, null::text, 100::bigint, '2026-04-01'::timestamptz, 100::bigint)$$,
  'codes: a member redeems one, whatever its case');
select results_eq(
  $$select success, duplicate, credits from redeem_code('SPRING-26')$$,
  'values (true, true, 100::bigint)', 'codes: again it answers the first result');
select pg_temp.act_as('postgres');
select results_eq(
  $$select kind::text, key, priority from billing.buckets where account_id = pg_temp.id('ada')$$,
  $$values ('promotional', 'code:SPRING-26', 10::smallint)$$, 'codes: its credits are promotional');
select is((select uses::bigint from billing.promo_codes where code = 'SPRING-26'), 1::bigint,
  'codes: one use is counted');

-- Refused, with a reason
create function pg_temp.reason(name text, code text) returns text language plpgsql as $$
declare
  v_reason text;
begin
  perform pg_temp.act_as('authenticated', name);
  select coalesce(r.reason, 'none') into v_reason from redeem_code(reason.code) r;
  perform pg_temp.act_as('postgres');
  return v_reason;
end $$;
select is(pg_temp.reason('ada2', 'spring-26'), 'used_before',
  'codes: once per person, however the e-mail is written');
select is(pg_temp.reason('anon', 'spring-26'), 'anonymous', 'codes: not for anonymous users');
select is(pg_temp.reason('bob', 'winter'), 'unknown', 'codes: none of this name');
select is((select count(*) from billing.buckets where account_id in (pg_temp.id('ada2'),
  pg_temp.id('anon'), pg_temp.id('bob'))), 0::bigint, 'codes: what is refused grants nothing');
set local test.now to '2026-04-01';
select is(pg_temp.reason('bob', 'spring-26'), 'expired', 'codes: it can be redeemed until its end');
set local test.now to '2026-03-31 23:59:59.999999';
select is(pg_temp.reason('bob', 'spring-26'), 'none', 'codes: to the last microsecond');
select pg_temp.sign_up('cy');
select is(pg_temp.reason('cy', 'spring-26'), 'used_up', 'codes: so many uses, and no more');
select is((select count(*) from billing.code_claims), 2::bigint, 'codes: each use is a claim');

-- An account has used a code once, whatever its e-mail has become since.
update auth.users set email = 'bob.new@example.com' where id = pg_temp.id('bob');
select from create_code('limited', 5, 'campaign', max_uses => 9);
update auth.users set email = 'bob@example.com' where id = pg_temp.id('bob');
select is(pg_temp.reason('bob', 'limited'), 'none', 'codes: another code is another use');
update auth.users set email = 'bob.new@example.com' where id = pg_temp.id('bob');
select pg_temp.act_as('authenticated', 'bob');
select results_eq($$select success, duplicate from redeem_code('limited')$$, 'values (true, true)',
  'codes: after a change of e-mail it is still the first use');
select pg_temp.act_as('postgres');
select is((select uses::bigint from billing.promo_codes where code = 'LIMITED'), 1::bigint,
  'codes: and no other is counted');

-- Refused
select throws_ok($$select create_code('a b', 1, 'x')$$, 'LCKEY', null, 'codes: one with a space');
select throws_ok($$select create_code('abc', 0, 'x')$$, 'LCAMT', null, 'codes: one of no credits');
select throws_ok($$select create_code('abc', 1, ' ')$$, 'LCOWN', 'an owner''s act needs a reason',
  'codes: one without a reason');
select pg_temp.act_as('authenticated', 'bob');
select throws_ok($$select create_code('abc', 1, 'x')$$, 'LCOWN', 'only an owner may do this',
  'codes: one made by a member');
select throws_ok(
  $$select redeem_code('spring-26', pg_temp.id('ada'))$$, 'LCACC', null,
  'codes: for somebody else''s account');
select pg_temp.act_as('postgres');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('cy'), 1, 'promotional', 'code:SPRING-26')$$, 'LCKEY',
    null,
  'codes: the key of a code is not the caller''s to use');

select * from finish();
rollback;
