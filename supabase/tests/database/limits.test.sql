begin;
select plan(46);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

-- Nothing is on sale but what this file sells.
update billing.plans set is_sold = false;
insert into billing.plans (key, version, name, description, position, credits_per_month, is_free)
values ('t_free', 1, 'T Free', '', 1, 10, true), ('t_basic', 1, 'T Basic', '', 2, 100, false),
  ('t_pro', 1, 'T Pro', '', 3, 1000, false), ('t_max', 1, 'T Max', '', 4, 9000, false);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
select p.key || '_month@1', p.key || '_month', p.key, 1, 'month', 1900
from billing.plans p where p.key in ('t_basic', 't_pro', 't_max');
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count) values
  ('t_free', 1, 'bots', 1), ('t_free', 1, 'seats', 0), ('t_basic', 1, 'bots', 2),
  ('t_pro', 1, 'bots', 3), ('t_pro', 1, 'api_access', null), ('t_max', 1, 'bots', null);
select pg_temp.sign_up('ada', 'bob', 'eve');
-- As Stripe says it: the subscription of a person, its plan and status, by a ticket.
create function pg_temp.subscribe(name text, plan text, status text, ticket bigint) returns text
language sql as $$
  select (apply_object(
    'subscription', 'evt_' || name || ticket, 'x', '2026-03-01', null, 'sha', ticket,
    jsonb_build_object('id', 'sub_' || name, 'status', status, 'customer', 'cus_' || name,
      'account_id', pg_temp.id(name), 'created', '2026-03-01', 'items', jsonb_build_array(
        jsonb_build_object('id', 'si_1', 'price', plan || '_month@1', 'quantity', 1,
          'period_start', '2026-03-01', 'period_end', '2026-04-01')))))::text
$$;
-- A table of the host, as its developer would make it.
create table public.bots (
  id bigint generated always as identity primary key, user_id uuid, name text unique
);
create index on public.bots (user_id);
alter table public.bots enable row level security;
create policy "members do as they like with their bots" on public.bots to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
grant select, insert, update, delete on public.bots to authenticated, service_role;
grant usage on sequence public.bots_id_seq to authenticated, service_role;
select billing.limit_rows('public.bots', 'bots');
create function pg_temp.bots() returns text language sql as $$
  select string_agg(b.name, ' ' order by b.name) from public.bots b
$$;
-- What an actor answers to a call, which runs as that actor.
create function pg_temp.asked(role text, name text, call text) returns text language plpgsql as $$
declare
  v_answer text;
begin
  perform pg_temp.act_as(role, name);
  begin
    execute call into v_answer;
  exception when others then
    v_answer := sqlstate;
  end;
  perform pg_temp.act_as('postgres');
  return coalesce(v_answer, 'null');
end $$;
create function pg_temp.limit_of(name text) returns text language sql as $$
  select format('select limit_of(''bots'', %L)', pg_temp.id(name))
$$;

-- Baseline
select is(
  pg_temp.asked('authenticated', 'ada', 'select limit_of(''bots'')'), '1',
  'limit_of: without a subscription the free plan on sale decides');
select is(
  pg_temp.asked('authenticated', 'ada', 'select has_entitlement(''bots'')'), 'true',
  'has_entitlement: what is allowed at least once');
select is(
  pg_temp.asked('authenticated', 'ada', 'select limit_of(''api_access'')'), '0',
  'limit_of: what the plan does not list is not allowed');
select is(
  pg_temp.asked('authenticated', 'ada', 'select has_entitlement(''seats'')'), 'false',
  'has_entitlement: not what is allowed zero times');
select is(
  pg_temp.asked('authenticated', 'ada', 'select has_entitlement(null)'), 'false',
  'has_entitlement: nothing is no feature');

-- Allowed: plans
select pg_temp.subscribe('ada', 't_pro', 'trialing', 1);
select is(
  pg_temp.asked('authenticated', 'ada', 'select has_entitlement(''api_access'')'), 'true',
  'has_entitlement: a live subscription''s plan has the feature, in its trial too');
select is(
  pg_temp.asked('authenticated', 'ada', 'select limit_of(''api_access'')'), 'null',
  'limit_of: null is without limit');
insert into billing.plans (key, version, name, description, position, credits_per_month, is_sold)
values ('t_pro', 2, 'T Pro', '', 3, 1000, false);
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count)
values ('t_pro', 2, 'bots', 30);
update billing.plans set is_sold = version = 2 where key = 't_pro';
select is(
  pg_temp.asked('authenticated', 'ada', 'select limit_of(''bots'')'), '3',
  'limit_of: a subscriber keeps the version bought, sold or not');
select is(
  array[
    pg_temp.asked('authenticated', 'bob', pg_temp.limit_of('ada')),
    pg_temp.asked('authenticated', 'bob', pg_temp.limit_of('who')),
    pg_temp.asked('authenticated', null, 'select limit_of(''bots'')')],
  array['0', '0', '0'],
  'limit_of: a stranger''s account, an unknown one and none answer alike, and raise nothing');
select is(
  array[
    pg_temp.asked('service_role', null, pg_temp.limit_of('ada')),
    pg_temp.asked('service_role', null, pg_temp.limit_of('who')),
    pg_temp.asked('service_role', null, 'select limit_of(''bots'')')],
  array['3', '1', '0'], 'limit_of: the service role asks for any account, and has none itself');
select pg_temp.subscribe('ada', 't_pro', 'past_due', 2);
select is(
  pg_temp.asked('authenticated', 'ada', 'select limit_of(''bots'')'), '3',
  'limit_of: a plan whose payment is late goes on');
select pg_temp.subscribe('ada', 't_pro', 'canceled', 3);
select is(
  pg_temp.asked('authenticated', 'ada', 'select limit_of(''bots'')'), '1',
  'limit_of: after its end the free plan decides again');
update billing.plans set is_sold = false where is_free;
select is(
  pg_temp.asked('authenticated', 'ada', 'select limit_of(''bots'')'), '0',
  'limit_of: where no free plan is sold, who has no plan has nothing');
update billing.plans set is_sold = true where key = 't_free';

-- Allowed: in a policy
create table public.reports (id integer, title text);
alter table public.reports enable row level security;
create policy "those with api access read reports" on public.reports for select to authenticated
  using ((select has_entitlement('api_access')));
grant select on public.reports to authenticated;
insert into public.reports values (1, 'one'), (2, 'two');
select pg_temp.subscribe('bob', 't_pro', 'active', 10);
select is(
  array[pg_temp.asked('authenticated', 'bob', 'select count(*) from public.reports'),
    pg_temp.asked('authenticated', 'ada', 'select count(*) from public.reports')],
  array['2', '0'], 'has_entitlement: a policy shows rows to the plan that has the feature');
create function pg_temp.explained(query text) returns setof text language plpgsql as $$
begin
  return query execute 'explain ' || query;
end $$;
select pg_temp.act_as('authenticated', 'bob');
select matches(
  (select string_agg(l, E'\n') from pg_temp.explained('select * from public.reports') l),
  'InitPlan 1', 'has_entitlement: written in a select, a policy asks it once for each statement');
select pg_temp.act_as('postgres');

-- Allowed: rows
select is(
  pg_temp.asked('authenticated', 'ada',
    format('insert into public.bots (user_id, name) values (%L, ''a1'') returning name',
      pg_temp.id('ada'))),
  'a1', 'limit_rows: a row within the plan''s limit is inserted, and returned');
select is(
  pg_temp.asked('authenticated', 'bob',
    format('insert into public.bots (user_id, name) values (%1$L, ''b1''), (%1$L, ''b2''),
      (%1$L, ''b3'') returning name', pg_temp.id('bob'))),
  'b1', 'limit_rows: several rows in one statement, up to the limit');
select lives_ok(
  $$insert into public.bots (name) values ('of nobody')$$,
  'limit_rows: a row without an account is nobody''s, and not counted');
delete from public.bots where user_id is null;
select lives_ok(
  format($$insert into public.bots (user_id, name) values (%L, 'a1')
    on conflict (name) do update set name = 'a1'$$, pg_temp.id('ada')),
  'limit_rows: an upsert that only updates adds no row');
select lives_ok(
  format($$insert into public.bots (user_id, name) values (%L, 'a1') on conflict do nothing$$,
    pg_temp.id('ada')),
  'limit_rows: nor does one that does nothing');

-- Refused
create temp table before as select pg_temp.books() || to_jsonb(pg_temp.bots()) as state;
select throws_ok(
  format('insert into public.bots (user_id, name) values (%L, ''a2'')', pg_temp.id('ada')),
  'LCLIM', 'the plan allows no more of these', 'limit_rows: a row over the limit is refused');
create function pg_temp.refusal(statement text) returns text language plpgsql as $$
declare
  v_detail text;
  v_hint text;
begin
  execute statement;
  return 'done';
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  return concat_ws('; ', sqlstate, v_detail, v_hint);
end $$;
select is(
  pg_temp.refusal(
    format('insert into public.bots (user_id, name) values (%L, ''a2'')', pg_temp.id('ada'))),
  'LCLIM; bots: at most 1; choose a larger plan, or delete what is no longer needed',
  'limit_rows: the refusal says the limit and the way out');
select is(
  pg_temp.asked('authenticated', 'ada',
    format('insert into public.bots (user_id, name) values (%L, ''a2'')', pg_temp.id('ada'))),
  'LCLIM', 'limit_rows: as a member');
select is(
  pg_temp.asked('service_role', null,
    format('insert into public.bots (user_id, name) values (%L, ''a2'')', pg_temp.id('ada'))),
  'LCLIM', 'limit_rows: and as the service role');
select throws_ok(
  format($$insert into public.bots (user_id, name) values (%L, 'b4'), (%L, 'e1')$$,
    pg_temp.id('bob'), pg_temp.id('eve')),
  'LCLIM', null, 'limit_rows: one account''s row too many refuses the whole statement');
select throws_ok(
  format($$insert into public.bots (user_id, name) values (%1$L, 'e1'), (%1$L, 'e2')$$,
    pg_temp.id('eve')),
  'LCLIM', null, 'limit_rows: rows of one statement count together');
select throws_ok(
  format($$update public.bots set user_id = %L where name = 'b1'$$, pg_temp.id('ada')),
  'LCLIM', null, 'limit_rows: a row moved from another account counts');
select throws_ok(
  format($$merge into public.bots b using (values ('a2')) n (name) on b.name = n.name
    when not matched then insert (user_id, name) values (%L, n.name)$$, pg_temp.id('ada')),
  'LCLIM', null, 'limit_rows: merge is no way round');
create view public.bot_names as select name, user_id from public.bots;
select throws_ok(
  format('insert into public.bot_names (user_id, name) values (%L, ''a2'')', pg_temp.id('ada')),
  'LCLIM', null, 'limit_rows: nor is a view');
select is(
  pg_temp.books() || to_jsonb(pg_temp.bots()), (select state from before),
  'limit_rows: a refusal changes nothing');
select throws_ok(
  format('insert into public.bots (user_id, name) values (%L, ''b4'')', pg_temp.id('bob')),
  'LCLIM', null, 'limit_rows: three are not four');

-- Allowed: after a deletion, and after a downgrade
delete from public.bots where name = 'a1';
select lives_ok(
  format('insert into public.bots (user_id, name) values (%L, ''a2'')', pg_temp.id('ada')),
  'limit_rows: a row deleted makes room');
select lives_ok(
  format($$update public.bots set user_id = %L where name = 'b1'$$, pg_temp.id('eve')),
  'limit_rows: a row may move to an account with room');
select pg_temp.subscribe('eve', 't_max', 'active', 20);
insert into public.bots (user_id, name)
select pg_temp.id('eve'), 'e' || n from generate_series(1, 9) n;
select is(
  (select count(*) from public.bots where user_id = pg_temp.id('eve')), 10::bigint,
  'limit_rows: without limit');
select is_empty(
  format('select from billing.limit_guards where account_id = %L and passed > 1',
    pg_temp.id('eve')),
  'limit_rows: who has no limit waits for nobody');
select pg_temp.subscribe('eve', 't_basic', 'active', 21);
select is(
  (select count(*) from public.bots where user_id = pg_temp.id('eve')), 10::bigint,
  'limit_rows: a downgrade deletes nothing');
select throws_ok(
  format('insert into public.bots (user_id, name) values (%L, ''new'')', pg_temp.id('eve')),
  'LCLIM', null, 'limit_rows: but new rows are refused');
select lives_ok(
  $$update public.bots set name = 'renamed' where name = 'e1'$$,
  'limit_rows: what is there can be changed');
delete from public.bots where user_id = pg_temp.id('eve') and name <> 'renamed';
select lives_ok(
  format('insert into public.bots (user_id, name) values (%L, ''new'')', pg_temp.id('eve')),
  'limit_rows: and once below the limit, new rows come again');

-- Refused: what is published, and tables that cannot be limited
select throws_ok(
  'update billing.plan_entitlements set max_count = 9', '23001',
  'what is published never changes', 'entitlements: a published limit never changes');
select throws_ok(
  'delete from billing.plan_entitlements', '23001', null, 'entitlements: nor goes');
select throws_ok(
  'truncate billing.plan_entitlements', '23001', null, 'entitlements: not even all of them');
create table public.parts (id integer, user_id uuid) partition by list (id);
create table public.part_1 partition of public.parts for values in (1);
select is(
  array(select pg_temp.refusal(format('select billing.limit_rows(%L, ''bots'', %L)', t, c))
    from (values ('public.parts', 'user_id'), ('public.part_1', 'user_id'),
      ('public.bot_names', 'user_id'), ('public.bots', 'name'), ('public.bots', 'none')) x (t, c)),
  array(select format('22023; table public.%s, account column %s; name a table without partitions '
      || 'or heirs, and its uuid column with the account', t, c)
    from (values ('parts', 'user_id'), ('part_1', 'user_id'), ('bot_names', 'user_id'),
      ('bots', 'name'), ('bots', 'none')) x (t, c)),
  'limit_rows: no partition, no view, and no column that is not an account');

-- Replay
select billing.limit_rows('public.bots', 'bots');
select is(
  array(select tgname::text from pg_trigger where tgrelid = 'public.bots'::regclass
    and not tgisinternal order by 1),
  array['limit_moved_rows_bots', 'limit_rows_bots'], 'limit_rows: again makes no second trigger');
create table public."Other ""bots" (id integer, "the owner" uuid);
select billing.limit_rows('public."Other ""bots"', 'bots', 'the owner');
insert into public."Other ""bots" values (1, pg_temp.id('ada'));
select throws_ok(
  format('insert into public."Other ""bots" values (1, %L)', pg_temp.id('ada')),
  'LCLIM', null, 'limit_rows: whatever table and column are called');
select results_eq(
  'select relation::text, key, account_column from billing.limited_tables order by 1',
  $$values ('"Other ""bots"', 'bots', 'the owner'), ('bots', 'bots', 'user_id')$$,
  'limit_rows: the tables that are limited are known by their triggers');

select * from finish();
rollback;
