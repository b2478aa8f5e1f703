begin;
select plan(27);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

select pg_temp.sign_up('ada', 'bob', 'eve');
select from add_credits_atomic(pg_temp.id('team'), 1, 'permanent', 'pack');

-- A table of the host, with what a column of credits comes to hold over the years.
create table public."Old Users" ("Id" uuid, "Credits Left" numeric);
create table public.whole (user_id uuid, credits integer);
insert into public."Old Users"
values (pg_temp.id('ada'), 120), (pg_temp.id('bob'), 0), (pg_temp.id('eve'), 30),
  (pg_temp.id('team'), 7);
create function pg_temp.import(batch integer default null) returns text language sql as $$
  select concat_ws(' ', i.granted_accounts, i.granted_credits, i.accounts_left, i.accounts_changed)
  from billing.import_balances(
    'public."Old Users"', 'Id', 'Credits Left', 'launch', batch => import.batch,
    description => 'From before') i
$$;
create function pg_temp.problems() returns setof text language sql as $$
  select format('%s: %s', p.problem, p.in_column)
  from billing.import_problems('public."Old Users"', 'Id', 'Credits Left', 'launch') p
$$;
create function pg_temp.proof() returns setof text language sql as $$
  select concat_ws(', ', p.problem, p.in_column, p.granted)
  from billing.import_proof('public."Old Users"', 'Id', 'Credits Left', 'launch') p
$$;
create function pg_temp.problem_of(credits numeric) returns text language plpgsql as $$
declare
  v_problem text;
begin
  update public."Old Users" set "Credits Left" = credits where "Id" = pg_temp.id('eve');
  v_problem := (select p.problem from billing.import_problems(
    'public."Old Users"', 'Id', 'Credits Left', 'launch') p);
  update public."Old Users" set "Credits Left" = 30 where "Id" = pg_temp.id('eve');
  return v_problem;
end $$;

-- Refused: all or nothing
create temp table before as select pg_temp.books() as books;
insert into public."Old Users"
values (null, 5), (pg_temp.id('eve'), 30), (pg_temp.id('nobody'), 9), (pg_temp.id('gone'), 0);
select results_eq('select pg_temp.problems()',
  array['a row without an account: 5', 'an account with several rows: 30', 'an unknown account: 9'],
  'import: a row of nobody, of an unknown account or beside another is named');
select throws_ok('select pg_temp.import()', '22023', 'the table has rows that cannot be imported',
  'import: and then nothing is granted at all');
delete from public."Old Users" u where u."Id" is null or u."Id" = pg_temp.id('nobody')
  or u.ctid = (select max(v.ctid) from public."Old Users" v where v."Id" = pg_temp.id('eve'));
select is(array(select pg_temp.problems()), '{}',
  'import: an account that is gone and has nothing is in nobody''s way');
select is(pg_temp.problem_of(given), found, 
  concat('import: refuses ', coalesce(given::text, 'null'), ', ', found))
from (values (-1, 'credits below zero'), (0.5, 'credits that are not whole'),
  ('NaN', 'more credits than anybody has'), ('Infinity', 'more credits than anybody has'),
  (1000000000000001, 'more credits than anybody has'), (null, 'no number of credits')
) v (given, found);
update billing.accounts set erased_at = billing.now() where id = pg_temp.id('team');
select is(array(select pg_temp.problems()), array['an erased account: 7'],
  'import: what an erased account had is nobody''s');
update billing.accounts set erased_at = null where id = pg_temp.id('team');
select is(pg_temp.books(), (select books from before), 'import: what was refused changed nothing');
select throws_ok(
  format('select billing.import_balances(%L, %L, %L, %L, %L, %L)', relation, 'user_id', credits,
    key, type, until),
  code, null, 'import: refuses ' || name)
from (values
  ('a column that is none', 'public.whole', 'coins', 'launch', 'permanent', null, '22023'),
  ('credits that are no number', 'public.whole', 'user_id', 'launch', 'permanent', null, '22023'),
  ('an import without a name', 'public.whole', 'credits', null, 'permanent', null, 'LCKEY'),
  ('an unknown type', 'public.whole', 'credits', 'launch', 'bonus', null, 'LCTYP'),
  ('credits that are over', 'public.whole', 'credits', 'launch', 'permanent', '2026-03-01',
    'LCGRT')) v (name, relation, credits, key, type, until, code);

-- Allowed
select is(array(select pg_temp.proof()), array['the sums differ, 157, 0', 'not imported yet, 120',
  'not imported yet, 7', 'not imported yet, 30'],
  'import: the proof says what is missing, before the import too');
select matches(pg_temp.import(2), '^2 [0-9]+ 1 0$',
  'import: a batch grants to so many accounts, and says how many are left');
select matches(pg_temp.import(2), '^1 [0-9]+ 0 0$', 'import: the next one goes on');
select is(pg_temp.import(), '0 0 0 0', 'import: one after the last grants nothing');
select results_eq(
  $$select kind::text, key_scope::text, credits, description from billing.credit_transactions
    where account_id = pg_temp.id('ada')$$,
  $$values ('grant', 'grant', 120::bigint, 'From before')$$,
  'import: one grant for each account, under the key of the import');
select is(array(select pg_temp.proof()), array['157, 157'],
  'import: the proof is one row when column and ledger are equal');
select is((select array_agg(distinct b.kind::text || coalesce(b.expires_at::text, ' for ever'))
    from billing.buckets b where b.key = 'import:launch'), array['permanent for ever'],
  'import: as permanent credits, unless told otherwise');
insert into public.whole values (pg_temp.id('ada'), 4);
select from billing.import_balances(
  'public.whole', 'user_id', 'credits', 'gifts', 'promotional', '2026-04-01');
select is((select concat_ws(' ', kind, granted_credits, expires_at) from billing.buckets
    where key = 'import:gifts'), 'promotional 4 2026-04-01 00:00:00+00',
  'import: another column is another import, of its own kind and end');

-- Replay
update before set books = pg_temp.books();
update public."Old Users" set "Credits Left" = 121 where "Id" = pg_temp.id('ada');
delete from public."Old Users" where "Id" = pg_temp.id('eve');
select is(array(select pg_temp.proof()), array['the sums differ, 128, 157',
  'it has changed since it was imported, 121, 120',
  'what was imported is in the table no more, 30'],
  'import: the proof finds a difference, and whose it is');
select is(pg_temp.import(), '0 0 0 2',
  'import: again, it counts what has changed, and grants neither the value nor the difference');
select is(pg_temp.books(), (select books from before), 'import: and the books stay as they are');
select * from finish();
rollback;
