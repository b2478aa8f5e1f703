begin;
select plan(26);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

-- Items in words, 'ada 30 task': whose, how many credits, the key.
create function pg_temp.deduct_many(variadic items text[]) returns setof text language sql as $$
  select format('%s%s, left %s', case when duplicate then 'again ' end,
    case when success then format('took %s: %s promotional, %s subscription, %s permanent',
      deducted, from_promotional, from_subscription, from_permanent) else format('short of %s',
      shortfall) end,
    balance_after)
  from (
    select array_agg(pg_temp.id(split_part(i, ' ', 1)) order by n) as ids,
      array_agg(split_part(i, ' ', 2)::bigint order by n) as amounts,
      array_agg(split_part(i, ' ', 3) order by n) as keys
    from unnest(items) with ordinality x (i, n)
  ) batch
  cross join deduct_many(ids, amounts, keys)
$$;
-- What a refusal says: its code, its rule and its values.
create function pg_temp.refusal(ids uuid[], amounts bigint[], keys text[]) returns text
language plpgsql as $$
declare
  v_rule text;
  v_detail text;
begin
  perform from deduct_many(ids, amounts, keys);
  return 'done';
exception when others then
  get stacked diagnostics v_rule = message_text, v_detail = pg_exception_detail;
  return format('%s %s (%s)', sqlstate, v_rule, v_detail);
end $$;

-- Baseline
select from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack');
select from add_credits_atomic(pg_temp.id('bob'), 50, 'promotional', 'gift',
  expires_at => '2026-03-10');
select results_eq(
  $$select pg_temp.deduct_many('ada 30 t1', 'bob 20 t1', 'ada 5 t2')$$,
  array['took 30: 0 promotional, 0 subscription, 30 permanent, left 70',
    'took 20: 20 promotional, 0 subscription, 0 permanent, left 30',
    'took 5: 0 promotional, 0 subscription, 5 permanent, left 65'],
  'many: one answer for each item, in the order of the items');
select results_eq(
  $$select pg_temp.ledger('ada')$$,
  array['grant 100 = 100 at 03-01 00:00:00.000000', 'spend -30 = 70 at 03-01 00:00:00.000000',
    'spend -5 = 65 at 03-01 00:00:00.000000'],
  'many: each item is an entry of its own');
select from deduct_many(
  array[pg_temp.id('ada'), pg_temp.id('ada')], array[1, 1], array['d1', 'd2'],
  array['A picture', null]);
select is(
  (select array_agg(description order by number) from billing.credit_transactions
    where account_id = pg_temp.id('ada') and key in ('d1', 'd2')),
  array['A picture', null], 'many: an item may have a description');
select is_empty(
  $$select deduct_many('{}', '{}', '{}')$$, 'many: no items, no answers');

-- Allowed: what one item meets stops no other
select from add_credits_atomic(pg_temp.id('ada'), 10, 'permanent', 'second pack');
select results_eq(
  $$select pg_temp.deduct_many(
    'ada 30 t1', 'ada 1000 t3', 'nobody 1 x', 'ada 60 t4', 'ada 60 t4', 'ada 8 t5', 'ada 6 t6',
    'bob 30 t2')$$,
  array['again took 30: 0 promotional, 0 subscription, 30 permanent, left 70',
    'short of 927, left 73', 'short of 1, left 0',
    'took 60: 0 promotional, 0 subscription, 60 permanent, left 13',
    'again took 60: 0 promotional, 0 subscription, 60 permanent, left 13',
    'took 8: 0 promotional, 0 subscription, 8 permanent, left 5', 'short of 1, left 5',
    'took 30: 30 promotional, 0 subscription, 0 permanent, left 0'],
  'many: a duplicate, one that is too short and an unknown account beside the others');
set local test.now to '2026-03-02';
select from add_credits_atomic(pg_temp.id('cyd'), 10, 'promotional', 'ends',
  expires_at => '2026-03-03');
select from add_credits_atomic(pg_temp.id('cyd'), 10, 'permanent', 'stays');
set local test.now to '2026-03-03';
select results_eq(
  $$select pg_temp.deduct_many('cyd 4 t1', 'cyd 4 t2', 'cyd 4 t3')$$,
  array['took 4: 0 promotional, 0 subscription, 4 permanent, left 6',
    'took 4: 0 promotional, 0 subscription, 4 permanent, left 2', 'short of 2, left 2'],
  'many: what is due is written down first');
update billing.plans set is_sold = false;
insert into billing.plans
  (key, version, name, description, position, credits_per_month, is_free)
values ('t_free', 1, 'T Free', '', 1, 100, true);
select pg_temp.sign_up('dee', 'eve');
select results_eq(
  $$select pg_temp.deduct_many('eve 1 t', 'dee 2 t', 'eve 3 u')$$,
  array['took 1: 1 promotional, 0 subscription, 0 permanent, left 99',
    'took 2: 2 promotional, 0 subscription, 0 permanent, left 98',
    'took 3: 3 promotional, 0 subscription, 0 permanent, left 96'],
  'many: a user''s account is opened and its free month claimed');

-- Time passes within the call: a second between one look at the clock and the next.
select from add_credits_atomic(pg_temp.id('fay'), 10, 'promotional', 'ends',
  expires_at => '2026-03-03 00:00:01');
select from get_user_credits(pg_temp.id('fay'));  -- else the free month is due
create sequence pg_temp.ticks;
create or replace function billing.now() returns timestamptz language plpgsql volatile as $$
begin
  return '2026-03-03'::timestamptz + (nextval('pg_temp.ticks') - 1) * interval '1 second';
end $$;
select is(
  pg_temp.deduct_many('fay 4 t'), 'short of 4, left 0',
  'many: what expires while the accounts are locked one after the other is not spent');
create or replace function billing.now() returns timestamptz language plpgsql volatile
as 'begin return current_setting(''test.now'')::timestamptz; end';

-- The same as the single calls, entry for entry: twins, one charged in batches, one item by item.
-- Three accounts, buckets that start, end and run out, keys that come again.
create temp table items as
select round, nth, 1 + floor(random() * 3)::integer as who, 'k' || key as key, 1 + key % 7 as amount
from (select setseed(0.42)) seeded,
  lateral (select round, nth, floor(random() * 40 + 12 * round)::integer as key
    from generate_series(0, 11) round, generate_series(1, 12) nth offset 0) i;
create function pg_temp.supply(name text) returns void language sql as $$
  select billing.grant_credits(pg_temp.id(name || i), kind::billing.bucket_kind,
    amount + i, kind || day, expires_at => ends + i * interval '7 hours',
    starts_at => '2026-04-01'::timestamptz + day * interval '1 day')
  from generate_series(1, 3) i, (values
    ('promotional', 9, 0, '2026-04-03'::timestamptz), ('subscription', 20, 0, '2026-04-06'),
    ('subscription', 15, 5, '2026-04-20'), ('promotional', 6, 7, '2026-04-09'),
    ('permanent', 11, 2, null)) g (kind, amount, day, ends)
$$;
create function pg_temp.answers(name text, in_batches boolean) returns setof text
language plpgsql as $$
declare
  v_round integer;
begin
  perform set_config('test.now', '2026-04-01', true);
  perform pg_temp.supply(name);
  for v_round in 0 .. 11 loop
    perform set_config(
      'test.now', ('2026-04-01'::timestamptz + v_round * interval '19 hours')::text, true);
    if in_batches then
      return query select v_round || d::text
      from (
        select array_agg(pg_temp.id(name || i.who) order by i.nth) as ids,
          array_agg(i.amount::bigint order by i.nth) as amounts,
          array_agg(i.key order by i.nth) as keys
        from items i where i.round = v_round
      ) batch, deduct_many(ids, amounts, keys) d;
    else
      return query select v_round || d::text
      from (select i.* from items i where i.round = v_round order by i.nth) i,
        lateral deduct_credits_atomic(pg_temp.id(name || i.who), i.amount, i.key) d;
    end if;
  end loop;
end $$;
create function pg_temp.entries(name text) returns setof text language sql as $$
  select format('%s %s %s %s %s %s %s %s %s', w, t.number, t.kind, t.key, t.credits,
    t.balance_after, (t.from_promotional, t.from_subscription, t.from_permanent), t.created_at,
    (select array_agg((b.key, s.credits) order by s.n)
      from unnest(coalesce(t.split, array[(t.bucket_id, t.credits)::billing.share]))
        with ordinality s (id, credits, n)
      join billing.buckets b on b.account_id = t.account_id and b.id = s.id))
  from generate_series(1, 3) w
  join billing.credit_transactions t on t.account_id = pg_temp.id(name || w) order by w, t.number
$$;
create temp table said as
select 'many ' as name, a, n from pg_temp.answers('many ', true) with ordinality x (a, n)
union all select 'one ', a, n from pg_temp.answers('one ', false) with ordinality x (a, n);
select results_eq(
  $$select a from said where name = 'many ' order by n$$,
  $$select a from said where name = 'one ' order by n$$,
  'many: answers what the single calls answer');
select results_eq(
  $$select pg_temp.entries('many ')$$, $$select pg_temp.entries('one ')$$,
  'many: writes what the single calls write');
select cmp_ok(
  least(count(*) filter (where a like '%(t,%,f,0)'), count(*) filter (where a like '%,t,0)'),
    count(*) filter (where a like '%(f,%')), '>=', 10::bigint,
  'many: of which some were charged, some repeated, some short')
from said where name = 'many ';
select ok(
  exists (select from billing.credit_transactions where account_id = pg_temp.id('many 1')
    and split is not null and kind = 'spend'), 'many: and some across buckets');

-- An account's row is written once for all the items that its bucket in hand pays.
set local test.now to '2026-05-01';
select from add_credits_atomic(pg_temp.id('hot'), 1001, 'permanent', 'pack');
select from deduct_credits_atomic(pg_temp.id('hot'), 1, 'first touch');
create temp table updated as
select pg_stat_get_xact_tuples_updated('billing.accounts'::regclass) as rows;
select from deduct_many(
  array_fill(pg_temp.id('hot'), array[100]), array_fill(2, array[100])::bigint[],
  (select array_agg('t' || i) from generate_series(1, 100) i));
select is(
  pg_stat_get_xact_tuples_updated('billing.accounts'::regclass) - (select rows from updated),
  1::bigint, 'many: 100 items of one account write its row once');
select is(
  (select (balance, in_hand_credits, entry_count)::text from billing.accounts
    where id = pg_temp.id('hot')), '(800,800,102)', 'many: and it says what was taken');

-- Refused: what is not valid refuses the whole batch, and says which item
create temp table before as select pg_temp.books() as books;
select is(
  pg_temp.refusal(array[pg_temp.id('hot'), pg_temp.id('hot')], array[1, 0], array['a', 'b']),
  'LCAMT an item of the batch cannot be charged (item 2: credits must be above zero, amount 0)',
  'many: credits not above zero');
select is(
  pg_temp.refusal(array[pg_temp.id('hot')], '{}', array['a']),
  'LCAMT an item of the batch cannot be charged (item 1: credits must be above zero, amount not '
    || 'given)', 'many: fewer amounts than accounts');
select is(
  pg_temp.refusal(array[pg_temp.id('hot'), pg_temp.id('hot')], array[1, 1], array['a', E'b\n']),
  'LCKEY an item of the batch cannot be charged (item 2: a key must have 1 to 255 printable '
    || 'characters, 2 characters)', 'many: a bad key');
select is(
  pg_temp.refusal(array[pg_temp.id('hot'), pg_temp.id('hot')], array[1, 3], array['a', 't7']),
  'LCKEY an item of the batch cannot be charged (item 2: a key stands for one set of arguments, '
    || 'key t7 is a spend of 2 credits for an amount)', 'many: a key used for another amount');
select is(
  pg_temp.refusal(array[pg_temp.id('hot'), pg_temp.id('hot')], array[1, 2], array['a', 'a']),
  'LCKEY an item of the batch cannot be charged (item 2: a key stands for one set of arguments, '
    || 'key a is a spend of 1 credits for an amount)',
  'many: one key for two amounts in one batch');
select is(
  pg_temp.refusal(array[pg_temp.id('hot'), null], array[1, 1], array['a', 'b']),
  'LCACC this account is not yours (account not given)', 'many: no account');
select set_config('request.jwt.claim.sub', pg_temp.id('ada')::text, true),
  set_config('request.jwt.claims', json_build_object('sub', pg_temp.id('ada'))::text, true);
set local role authenticated;
select throws_ok(
  $$select deduct_many(array[pg_temp.id('ada')], array[1::bigint], array['x'])$$, '42501', null,
  'many: members name no amount');
reset role;
create function pg_temp.work(names text[]) returns bigint
language sql security definer
as $$
  select count(*) filter (where success)
  from unnest(names) n, public.deduct_many(array[pg_temp.id(n)], array[1], array['work'])
$$;
set local role authenticated;
select throws_ok(
  $$select pg_temp.work('{ada, hot}')$$, 'LCACC', 'this account is not yours',
  'many: a client behind a definer spends from no other account');
reset role;
select is(pg_temp.books(), (select books from before), 'many: what was refused changed nothing');
set local role authenticated;
select is(
  pg_temp.work('{ada}'), 1::bigint, 'many: a client behind a definer spends from its own account');
reset role;

-- Replay
create temp table once as select pg_temp.books() as books;
select is(
  (select count(*) from deduct_many(
    array_fill(pg_temp.id('hot'), array[100]), array_fill(2, array[100])::bigint[],
    (select array_agg('t' || i) from generate_series(1, 100) i)) where duplicate),
  100::bigint, 'many: the same batch again answers duplicates');
select is(pg_temp.books(), (select books from once), 'many: a replay writes nothing');

select * from finish();
rollback;
