begin;
select plan(20);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

insert into billing.operations (key, name) values ('t_draw', 'Drawing'), ('t_ask', 'Question');
insert into billing.operation_prices (operation, version, base_credits, min_credits, max_credits)
values ('t_draw', 1, 60, null, null), ('t_ask', 1, 0, 5, 40);
insert into billing.operation_parameters
  (operation, version, name, kind, is_required, position, is_subject)
values ('t_draw', 1, 'title', 'label', false, 1, true),
  ('t_draw', 1, 'size', 'option', false, 2, false);
insert into billing.operation_options
  (operation, version, parameter, value, name, credits, position)
values ('t_draw', 1, 'size', 'big', 'Big', 140, 1);
insert into billing.operation_parameters
  (operation, version, name, kind, is_required, position, unit_credits, per_units, included_units,
   max_units)
values ('t_ask', 1, 'tokens', 'quantity', true, 1, 3, 1000, 500, 100000);

select from add_credits_atomic(pg_temp.id('ada'), 100, 'promotional', 'gift',
  expires_at => '2026-04-01', description => 'Welcome');
select from add_credits_atomic(pg_temp.id('ada'), 1000, 'permanent', 'pack',
  description => 'Pack of 1,000');
select from consume_credits('t_draw', '{"title": "a cat", "size": "big"}', 'cat',
  pg_temp.id('ada'), 900);

create function pg_temp.explained(number bigint) returns setof text language sql as $$
  select concat_ws(' ', x.part, x.entry_number, x.kind, x.name, '"' || x.value || '"',
    x.credits || ':', x.credits_before || ' to ' || x.credits_after)
  from explain_entry(pg_temp.id('ada'), number) x
$$;
-- The ids of buckets are whatever they are.
create function pg_temp.without_ids(line text) returns text language sql as $$
  select case when line like 'bucket %' then regexp_replace(line, '"\d+" ', '') else line end
$$;

-- Baseline
select is_empty(
  $$select * from explain_entry(pg_temp.id('ada'), 99)
    union all select * from explain_entry(pg_temp.id('nobody'), 1)
    union all select * from explain_entry(pg_temp.id('ada'), null)$$,
  'explain: no such entry');
select results_eq(
  $$select pg_temp.without_ids(x) from pg_temp.explained(3) x$$,
  array['entry 3 spend Drawing -200: 1100 to 900', 'price 3 Drawing 60:', 'price 3 size "Big" 140:',
    'bucket 3 promotional Welcome -100: 100 to 0',
    'bucket 3 permanent Pack of 1,000 -100: 1000 to 900'],
  'explain: the entry, what makes up its price, and which buckets gave, in burn order');
select results_eq(
  $$select created_at, task_id, operation, params, price_version, cost_micros
    from explain_entry(pg_temp.id('ada'), 3) where part = 'entry'$$,
  $$values ('2026-03-01'::timestamptz, 'cat', 't_draw',
    '{"title": "a cat", "size": "big"}'::jsonb, 1, 900::bigint)$$,
  'explain: what was asked for, and the version of the price that was charged');
select is(
  (select value::bigint from explain_entry(pg_temp.id('ada'), 3)
    where part = 'bucket' and kind = 'permanent'),
  (select id from billing.buckets where account_id = pg_temp.id('ada') and kind = 'permanent'),
  'explain: a bucket by its id');
select results_eq(
  $$select pg_temp.without_ids(x) from pg_temp.explained(2) x$$,
  array['entry 2 grant Pack of 1,000 1000: 100 to 1100',
    'bucket 2 permanent Pack of 1,000 1000: 0 to 1000'],
  'explain: a grant has no price');

-- Prices
insert into billing.operation_prices (operation, version, base_credits) values ('t_draw', 2, 1);
select set_eq(
  $$select x from pg_temp.explained(3) x where x like 'price%'$$,
  array['price 3 Drawing 60:', 'price 3 size "Big" 140:'],
  'explain: by the price of then, whatever it is by now');
select from consume_credits('t_ask', '{"tokens": 4000}', 'q4', pg_temp.id('ada'));
select results_eq(
  $$select x from pg_temp.explained(4) x where x like 'price%'$$,
  array['price 4 Question 0:', 'price 4 tokens "4000" 10.5:', 'price 4 rounded up "11" 0.5:'],
  'explain: what a quantity costs exactly, and what rounding up has added');
select from consume_credits('t_ask', '{"tokens": 600}', 'q5', pg_temp.id('ada'));
select results_eq(
  $$select x from pg_temp.explained(5) x where x like 'price%'$$,
  array['price 5 Question 0:', 'price 5 tokens "600" 0.3:', 'price 5 at least "5" 4.7:'],
  'explain: what the least adds');
select from consume_credits('t_ask', '{"tokens": 100000}', 'q6', pg_temp.id('ada'));
select results_eq(
  $$select x from pg_temp.explained(6) x where x like 'price%'$$,
  array['price 6 Question 0:', 'price 6 tokens "100000" 298.5:', 'price 6 at most "40" -258.5:'],
  'explain: what the most takes off');
select from deduct_credits_atomic(pg_temp.id('ada'), 5, 'task', 'By hand');
select is_empty(
  $$select x from pg_temp.explained(7) x where x like 'price%'$$,
  'explain: an amount has no parts');

-- Holds and reversals
select from hold_credits_atomic(pg_temp.id('ada'), 30, 'job', overrun => 10);
select from deduct_credits_atomic(pg_temp.id('ada'), 1, 'between');
select from capture_hold(pg_temp.id('ada'), 'job', 20);
select results_eq(
  $$select pg_temp.without_ids(x) from pg_temp.explained(10) x$$,
  array['entry 8 hold -30: 839 to 809', 'bucket 8 permanent Pack of 1,000 -30: 839 to 809',
    'entry 10 capture 10: 808 to 818', 'bucket 10 permanent Pack of 1,000 10: 808 to 818'],
  'explain: a captured hold as its two entries, with what was there before each');
select results_eq(
  'select pg_temp.explained(8)', 'select pg_temp.explained(10)',
  'explain: whichever of them is asked for');
select from reverse_deduction(pg_temp.id('ada'), 'cat', 'No cat');
select results_eq(
  $$select pg_temp.without_ids(x) from pg_temp.explained(11) x$$,
  array['entry 11 reversal No cat 200: 818 to 1018',
    'bucket 11 promotional Welcome 100: 0 to 100',
    'bucket 11 permanent Pack of 1,000 100: 818 to 918', 'related 3 spend Drawing -200:'],
  'explain: a reversal, to which buckets it gave back, and of what');
select is(
  (select answers from explain_entry(pg_temp.id('ada'), 11) where part = 'entry'), 3::bigint,
  'explain: and what it answers');

-- What belongs together
select results_eq(
  $$select x from pg_temp.explained(3) x where x like 'related%'$$,
  array['related 11 reversal No cat 200:'], 'explain: a spend, and what gave it back');
select from generate_series(1, 21) n, reverse_deduction(pg_temp.id('ada'), 'q6', 'No', 1, 'n' || n);
select is(
  (select array[count(*), min(entry_number), max(entry_number)]
    from explain_entry(pg_temp.id('ada'), 6) where part = 'related'),
  array[20, 12, 31]::bigint[], 'explain: the first 20 that belong to it');
select is(
  (select array_agg(credits_after - credits_before = credits and credits_before = b.before)
    from generate_series(1, 32) n
    cross join explain_entry(pg_temp.id('ada'), n) x
    join lateral (
      select coalesce(sum(s.credits), 0)::bigint as before from billing.entry_shares s
      where s.account_id = pg_temp.id('ada') and s.bucket_id::text = x.value
        and s.number < x.entry_number
    ) b on x.part = 'bucket' and x.entry_number = n),
  array_fill(true, array[34]), 'explain: what each bucket held, from whichever end it is counted');

-- Allowed and refused
select pg_temp.act_as('authenticated', 'ada');
select is(
  (select array_agg(part || coalesce(cost_micros, 0)) from explain_entry(pg_temp.id('ada'), 3)),
  '{entry0,price0,price0,bucket0,bucket0,related0}',
  'explain: a member sees all of it but what the work cost the developer');
select pg_temp.act_as('authenticated', 'eve');
select throws_ok(
  $$select explain_entry(pg_temp.id('ada'), 3)$$, 'LCACC', 'this account is not yours',
  'explain: another''s entry');
select pg_temp.act_as('anon');
select throws_ok(
  $$select explain_entry(pg_temp.id('ada'), 3)$$, '42501', null,
  'explain: who has not signed in');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
