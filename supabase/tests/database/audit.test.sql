begin;
select plan(15);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create temp table start as select coalesce(max(id), 0) as id from billing.audit_log;
create function pg_temp.audited() returns setof text language sql as $$
  select concat_ws(': ', action, reason) from billing.audit_log
  where id > (select id from start) order by id
$$;

-- Baseline
select is_empty('select pg_temp.audited()', 'audit: reading leaves no trace');

-- Allowed
insert into billing.owners (user_id) values (pg_temp.id('ada'));
update billing.owners set added_at = '2026-01-01' where user_id = pg_temp.id('ada');
delete from billing.owners where user_id = pg_temp.id('ada');
insert into billing.plans (key, version, name, description, position, credits_per_month)
values ('t_pro', 1, 'T Pro', '', 1, 1000);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 1999);
insert into billing.packs (key, lookup_key, name, credits, price_cents, position)
values ('t_500@1', 't_500', 'T 500', 500, 500, 1);
update billing.plans set is_sold = false where key = 't_pro';
update billing.prices set is_sold = false where key = 't_pro_month@1';
update billing.packs set is_sold = false where key = 't_500@1';
update billing.packs set is_sold = true where key = 't_500@1';
insert into billing.operations (key, name) values ('t_draw', 'Drawing');
insert into billing.operation_prices (operation, version, base_credits) values ('t_draw', 1, 60);
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count)
values ('t_pro', 1, 'bots', 5);
insert into billing.plan_caps (plan_key, plan_version, operation, per, max_uses)
values ('t_pro', 1, 't_draw', 'day', 50);
select results_eq(
  'select pg_temp.audited()',
  array[
    'owners.insert: ' || pg_temp.id('ada'), 'owners.update: ' || pg_temp.id('ada'),
    'owners.delete: ' || pg_temp.id('ada'),
    'plans.insert: t_pro 1', 'prices.insert: t_pro_month@1 of t_pro 1', 'packs.insert: t_500@1',
    'plans.update: t_pro 1 not sold', 'prices.update: t_pro_month@1 of t_pro 1 not sold',
    'packs.update: t_500@1 not sold', 'packs.update: t_500@1', 'operation_prices.insert: t_draw 1',
    'plan_entitlements.insert: bots of t_pro 1', 'plan_caps.insert: t_draw day of t_pro 1'],
  'audit: changes of owners and of what is sold are noted');
select results_eq(
  $$select distinct at, actor, account_id from billing.audit_log
    where id > (select id from start)$$,
  $$values ('2026-03-01'::timestamptz, session_user::text collate "default", null::uuid)$$,
  'audit: with the time, and without a signed-in user the database role');
select set_config('request.jwt.claim.sub', pg_temp.id('ada')::text, true),
  set_config('request.jwt.claims', json_build_object('sub', pg_temp.id('ada'))::text, true);
select billing.audit('note.made', pg_temp.id('bob'), 'a reason');
select results_eq(
  $$select actor, action, account_id, reason from billing.audit_log order by id desc limit 1$$,
  $$values (pg_temp.id('ada')::text, 'note.made', pg_temp.id('bob'), 'a reason')$$,
  'audit: a signed-in user is the actor');
grant insert on billing.packs to service_role;
select pg_temp.act_as('service_role');
insert into billing.packs (key, lookup_key, name, credits, price_cents, position)
values ('t_700@1', 't_700', 'T 700', 700, 700, 2);
select pg_temp.act_as('postgres');
select is(
  (select reason from billing.audit_log order by id desc limit 1), 't_700@1',
  'audit: whoever may change the catalog cannot leave it out');

-- Refused
create temp table before as select to_jsonb(a) as row from billing.audit_log a;
select throws_ok(
  $$update billing.audit_log set reason = 'x'$$, '23001', 'the ledger is append-only',
  'audit: not even the owner changes an entry');
select throws_ok(
  'delete from billing.audit_log', '23001', 'the ledger is append-only',
  'audit: not even the owner deletes an entry');
select throws_ok(
  'truncate billing.audit_log', '23001', 'the ledger is append-only',
  'audit: not even the owner empties it');
select throws_ok(
  $$select billing.audit('note.made', null, null)$$, '23502', null,
  'audit: nothing without a reason');
select pg_temp.act_as('service_role');
select throws_ok(
  $$select billing.audit('note.made', null, 'x')$$, '42501', null,
  'audit: the service role notes nothing by itself');
select throws_ok(
  $$insert into billing.owners (user_id) values (pg_temp.id('ada'))$$, '42501', null,
  'audit: the service role makes no owner');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  'select * from billing.audit_log', '42501', null, 'audit: members do not read it');
select throws_ok(
  $$insert into billing.owners (user_id) values (pg_temp.id('ada'))$$, '42501', null,
  'audit: nobody makes themselves an owner');
select pg_temp.act_as('postgres');
select set_eq(
  'select to_jsonb(a) from billing.audit_log a', 'select row from before',
  'audit: what was refused changed nothing');

truncate billing.owners;
select is(
  (select action from billing.audit_log order by id desc limit 1), 'owners.truncate',
  'audit: emptying the owners is noted');

select * from finish();
rollback;
