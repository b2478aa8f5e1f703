begin;
select plan(17);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

select from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack');
select from deduct_credits_atomic(pg_temp.id('ada'), 10, 'first', 'A picture');
select from deduct_credits_atomic(pg_temp.id('ada'), 10, 'second');
select from add_credits_atomic(pg_temp.id('bob'), 20, 'permanent', 'pack');

-- Baseline
create temp table first as select seal_ledger(batch => 1) as id;
select is((select array_agg(account_id) from billing.seal_heads), (select array_agg(id) from first),
  'seals: a batch seals so many accounts, and answers the last');
select isnt(seal_ledger((select id from first)), null, 'seals: the next goes on after it');
select is(seal_ledger(), null, 'seals: then nothing is new');
select results_eq(
  $$select number, hash from billing.seal_heads where account_id = pg_temp.id('ada')$$,
  $$select number, hash from billing.seals
    where account_id = pg_temp.id('ada') order by number desc limit 1$$,
  'seals: the head is the last seal');
select is_empty('select * from billing.verify_seals()', 'seals: what was sealed is as it was');
create temp table kept as select * from billing.seal_heads;
select from deduct_credits_atomic(pg_temp.id('ada'), 10, 'third');
select is_empty('select * from billing.verify_seals()',
  'seals: an entry that is new breaks nothing');
select is(seal_ledger(), pg_temp.id('ada'), 'seals: and is sealed in its turn');

-- Whoever goes around the rules is found.
create function pg_temp.found(damage text) returns text language plpgsql as $$
declare
  v_found text;
begin
  begin
    alter table billing.credit_transactions disable trigger user;
    alter table billing.seals disable trigger user;
    execute damage;
    select string_agg(format('%s: %s', v.number, v.problem), ', ') into v_found
    from (
      select s.broken_account_id, s.number, s.problem from billing.verify_seals() s
      union
      select h.account_id, h.number, h.problem from billing.verify_heads(
        array(select k.account_id from kept k order by k.account_id),
        array(select k.number from kept k order by k.account_id),
        array(select encode(k.hash, 'hex') from kept k order by k.account_id)) h
    ) v;
    raise exception 'undo';
  exception when raise_exception then
    null;  -- undone, triggers and all
  end;
  return coalesce(v_found, 'nothing');
end $$;
select is(pg_temp.found(damage), found, 'seals: ' || name)
from (values
  ('an altered entry is named',
    'update billing.credit_transactions set credits = -9 where key in (''first'', ''third'')',
    '2: a sealed entry was altered'),
  ('a missing one', 'delete from billing.credit_transactions where key = ''second''',
    '3: a sealed entry is missing'),
  ('one without a seal among sealed ones',
    'delete from billing.seals where account_id = pg_temp.id(''ada'') and number = 2',
    '2: an entry was inserted among sealed ones'),
  ('a head that was moved', 'update billing.seal_heads set hash = '''' where number = 4',
    '4: the head is not the last seal'),
  ('a chain written anew is found by the head that was kept',
    'update billing.credit_transactions set cost_micros = 5 where key = ''second'';
     delete from billing.seals; delete from billing.seal_heads; select seal_ledger()',
    '3: the chain is not the one that was kept elsewhere'),
  ('an altered entry that was sealed anew is found by the next seal',
    'update billing.credit_transactions set cost_micros = 5 where key = ''first'';
     update billing.seals s set hash = billing.seal_of(p.hash, e)
     from billing.seals p, billing.credit_transactions e
     where e.key = ''first'' and (s.account_id, s.number) = (e.account_id, e.number)
       and (p.account_id, p.number) = (e.account_id, e.number - 1)',
    '3: a sealed entry was altered'),
  ('words are not sealed, for an account may be erased',
    'update billing.credit_transactions set description = null, params = null', 'nothing')
) d (name, damage, found);

-- A gap is not sealed over.
alter table billing.credit_transactions disable trigger user;
select from deduct_credits_atomic(pg_temp.id('ada'), 10, 'gone');
delete from billing.credit_transactions where account_id = pg_temp.id('ada') and number = 5;
alter table billing.credit_transactions enable trigger user;
select from deduct_credits_atomic(pg_temp.id('ada'), 10, 'behind');
select seal_ledger();
select is((select number from billing.seal_heads where account_id = pg_temp.id('ada')), 4::bigint,
  'seals: nothing is sealed behind a gap');

-- Refused
select throws_ok($$update billing.seals set hash = ''$$, '23001', 'the ledger is append-only',
  'seals: not even the owner changes one');
set local role authenticated;
select throws_ok('select seal_ledger()', '42501', null, 'seals: members do not seal');
reset role;

select * from finish();
rollback;
