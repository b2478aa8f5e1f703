begin;
select plan(34);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

update billing.plans set is_sold = false;
insert into billing.plans (key, version, name, description, position, credits_per_month, is_free)
values ('t_free', 1, 'T Free', '', 1, 0, true);
insert into billing.operations (key, name) values ('t_draw', 'Drawing'), ('t_ask', 'Question');
insert into billing.operation_prices (operation, version, base_credits)
values ('t_draw', 1, 10), ('t_ask', 1, 1);
insert into billing.plan_caps (plan_key, plan_version, operation, per, max_uses)
values ('t_free', 1, 't_ask', 'day', 2);
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count)
values ('t_free', 1, 'notes', 1);
select pg_temp.sign_up('ada', 'bob', 'eve');
select from add_credits_atomic(pg_temp.id('ada'), 5, 'promotional', 'code'),
  add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack') pack,
  add_credits_atomic(pg_temp.id('bob'), 15, 'permanent', 'pack') other;

-- A table of the host. Its policy lets members do anything for anyone: it is not what is tested
-- here.
create table public.drawings (id text primary key, user_id uuid, title text);
alter table public.drawings enable row level security;
create policy "members do anything" on public.drawings to authenticated
  using (true) with check (true);
grant select, insert on public.drawings to authenticated, service_role;
select billing.charge_on_insert('public.drawings', 't_draw');
create function pg_temp.draw(name text, variadic ids text[]) returns text language plpgsql as $$
declare
  v_detail text;
  v_hint text;
begin
  insert into public.drawings (id, user_id) select i, pg_temp.id(name) from unnest(ids) i;
  return 'done';
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  return concat_ws('; ', sqlstate, sqlerrm, v_detail, v_hint);
end $$;
create function pg_temp.draw_as(role text, name text, owner text, id text) returns text
language plpgsql as $$
declare
  v_answer text;
begin
  perform pg_temp.act_as(role, name);
  insert into public.drawings (id, user_id) values (draw_as.id, pg_temp.id(owner))
  returning drawings.id into v_answer;
  perform pg_temp.act_as('postgres');
  return v_answer;
exception when others then
  return sqlstate;
end $$;
create function pg_temp.charges(name text) returns setof text language sql as $$
  select format('%s %s', t.key, t.credits) from billing.credit_transactions t
  where t.account_id = pg_temp.id(name) and t.kind = 'spend' order by t.number
$$;
create function pg_temp.state() returns jsonb language sql as $$
  select pg_temp.books() || (select jsonb_agg(d order by d.id) from public.drawings d)
$$;

-- Baseline
select is(pg_temp.draw_as('authenticated', 'ada', 'ada', '1'), '1',
  'charge: a member inserts under row level security, and the row is returned');
select results_eq(
  $$select key_scope::text, key, operation, params::text, price_version, credits,
    balance_after::bigint, from_promotional, from_permanent, description, cost_micros
    from billing.credit_transactions where kind = 'spend'$$,
  $$values ('spend', 'public.drawings:1', 't_draw', '{}', 1, -10::bigint, 95::bigint, 5::bigint,
    5::bigint, 'Drawing', null::bigint)$$,
  'charge: the entry has the operation, its price, and the row''s key in the server''s scope');

-- Allowed
select is(pg_temp.draw_as('service_role', null, 'ada', '2'), '2',
  'charge: the service role inserts for any account');
select is(
  array(select pg_temp.charges('ada')), array['public.drawings:1 -10', 'public.drawings:2 -10'],
  'charge: which pays for it');
select is(pg_temp.draw('ada', '4', '3'), 'done', 'charge: several rows in one statement');
select is(
  array(select pg_temp.charges('ada') offset 2),
  array['public.drawings:3 -10', 'public.drawings:4 -10'],
  'charge: are an entry each, in the order of their keys');
insert into public.drawings (id, user_id)
values ('b1', pg_temp.id('bob')), ('5', pg_temp.id('ada'));
select is(
  array(select pg_temp.charges('bob') union all (select pg_temp.charges('ada') offset 4)),
  array['public.drawings:b1 -10', 'public.drawings:5 -10'],
  'charge: rows of several accounts are charged to each');
create temp table before as select pg_temp.books() as books;
insert into public.drawings (id, user_id) values ('1', pg_temp.id('ada'))
on conflict (id) do update set title = 'A lake';
insert into public.drawings (id, user_id) values ('1', pg_temp.id('ada')) on conflict do nothing;
update public.drawings set title = 'A sea' where id = '2';
delete from public.drawings where id = '5';
insert into public.drawings select * from public.drawings where false;
select is(pg_temp.books(), (select books from before),
  'charge: an upsert that only updates, one that does nothing, an update, a deletion cost nothing');
insert into public.drawings (id, user_id) values ('1', pg_temp.id('ada')), ('6', pg_temp.id('ada'))
on conflict (id) do update set title = excluded.title;
select is(array(select pg_temp.charges('ada') offset 5), array['public.drawings:6 -10'],
  'charge: of an upsert only the rows that are new');
merge into public.drawings d using (values ('6'), ('7')) n (id) on d.id = n.id
when matched then update set title = 'merged'
when not matched then insert (id, user_id) values (n.id, pg_temp.id('ada'));
select is(array(select pg_temp.charges('ada') offset 6), array['public.drawings:7 -10'],
  'charge: and of a merge');
create function pg_temp.regret() returns void language plpgsql as $$
begin
  insert into public.drawings (id, user_id) values ('8', pg_temp.id('ada'));
  raise exception 'regret';
exception when raise_exception then null;
end $$;
update before set books = pg_temp.books();
select pg_temp.regret();
select is(pg_temp.books(), (select books from before),
  'charge: a transaction that takes its row back takes the charge back');

-- Refused
create temp table refused as select pg_temp.state() as state;
select is(
  pg_temp.draw('bob', 'b2', 'b3'),
  'LCBAL; there are not enough credits for this row; 5 credits are missing; '
  'ask quote_credits for the cheapest way to more credits',
  'charge: rows that the balance does not cover are refused together');
select is(
  pg_temp.draw('ada', '5'),
  'LCKEY; this row was charged before; key public.drawings:5; insert it under a new primary key',
  'charge: a row deleted and inserted again is refused, else it would be free');
select is(pg_temp.draw_as('authenticated', 'eve', 'ada', '9'), 'LCACC',
  'charge: a member does not spend what another account has, whatever the policies say');
select is(pg_temp.draw_as('authenticated', 'eve', 'who', '9'), 'LCACC',
  'charge: nor what an unknown one has');
select is(pg_temp.draw_as('authenticated', 'ada', null, '9'), 'LCACC',
  'charge: a row is somebody''s');
select is(pg_temp.draw_as('service_role', null, null, '9'), 'LCACC',
  'charge: for the service role too');
select matches(pg_temp.draw('who', '9'), '^LCBAL;.*; 10 credits are missing;',
  'charge: an account without a row has nothing');
select matches(pg_temp.draw('ada', E'a\nb'), '^LCKEY; a key must have',
  'charge: a primary key that is no key is refused');
select is(pg_temp.state(), (select state from refused), 'charge: what was refused changed nothing');

-- Given back
select is(
  (select given_back from reverse_deduction(pg_temp.id('ada'), 'public.drawings:7', 'it failed')),
  10::bigint, 'charge: the server gives it back by the row''s key');
delete from public.drawings where id = '7';
select matches(pg_temp.draw('ada', '7'), '^LCKEY;', 'charge: and the row stays charged once');
select from deduct_credits_atomic(pg_temp.id('ada'), 10, 'public.drawings:10');
select matches(pg_temp.draw('ada', '10'), '^LCKEY;',
  'charge: a key that the server has used is no row''s');

-- Limits, caps and catalog
create table public.notes (
  "first part" integer, part text, owner uuid, constraint notes_pk primary key (part, "first part")
);
select billing.charge_on_insert('public.notes', 't_ask', 'owner');
insert into public.notes values (1, 'a,"b', pg_temp.id('ada'));
select is(
  (select max(key) from billing.credit_transactions where operation = 't_ask'),
  'public.notes:("a,""b",1)',
  'charge: a primary key of several columns is told apart by its quotes');
select billing.limit_rows('public.notes', 'notes', 'owner');
update before set books = pg_temp.books();
select throws_ok(
  format('insert into public.notes values (2, ''c'', %L)', pg_temp.id('ada')), 'LCLIM',
  'the plan allows no more of these', 'charge: a row over a limit is refused');
select is(pg_temp.books(), (select books from before), 'charge: and not charged');
drop trigger limit_rows_notes on public.notes;
select throws_ok(
  format($$insert into public.notes values (2, 'c', %1$L), (3, 'c', %1$L)$$, pg_temp.id('ada')),
  'LCLIM', 'the plan allows no more of this for now', 'charge: rows are uses, and caps hold');
select is(pg_temp.books(), (select books from before), 'charge: for all rows of the statement');
select billing.charge_on_insert('public.notes', 't_unknown', 'owner');
select throws_ok(
  format('insert into public.notes values (2, ''c'', %L)', pg_temp.id('ada')), 'LCOPR', null,
  'charge: an operation that is not in the catalog lets no row in');
select is(
  array(select tgname::text from pg_trigger
    where tgrelid = 'public.notes'::regclass and not tgisinternal order by 1),
  array['charge_on_insert', 'limit_moved_rows_notes'],
  'charge: asked for again, the trigger is replaced');
alter table public.notes rename column owner to holder;
select throws_ok(
  format('insert into public.notes values (2, ''c'', %L)', pg_temp.id('ada')), '42703', null,
  'charge: after a renaming no row comes in uncharged');

-- Refused: tables that cannot be charged for
create table public.keyless (user_id uuid);
create table public.parts (id integer primary key, user_id uuid) partition by list (id);
create view public.drawn as select * from public.drawings;
select throws_ok(
  $$select billing.charge_on_insert('public.keyless', 't_draw')$$, '22023',
  'a row is charged by its primary key', 'charge: no table without a primary key');
select throws_ok(
  $$select billing.charge_on_insert('public.parts', 't_draw')$$, '22023', null,
  'charge: no partitions, for rows put into one would be free');
select throws_ok(
  $$select billing.charge_on_insert('public.drawn', 't_draw')$$, '22023', null, 'charge: no view');

select * from finish();
rollback;
