begin;
select plan(45);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir fixtures/operations.psql
select from add_credits_atomic(pg_temp.id('ada'), 100, 'promotional', 'gift',
  expires_at => '2026-03-03', description => 'Welcome');
select from add_credits_atomic(pg_temp.id('bob'), 1000, 'permanent', 'pack');
set local test.now to '2026-03-02';
select from consume_credits('t_draw', '{"title": "a cat"}', 'job 7', pg_temp.id('ada'), 900);

-- Baseline
select is_empty(
  $$select * from get_credit_history(pg_temp.id('nobody'))$$,
  'history: an id that has nothing has none');
select results_eq(
  $$select number, created_at, kind, task_id, description, credits, balance_after, operation, params
    from get_credit_history(pg_temp.id('ada'))$$,
  $$values
    (2::bigint, '2026-03-02'::timestamptz, 'spend', 'job 7', 'Drawing', -60::bigint, 40::bigint,
      't_draw', '{"title": "a cat"}'::jsonb),
    (1, '2026-03-01', 'grant', 'gift', 'Welcome', 100, 100, null, null)$$,
  'history: newest first, credits signed, with what was done');
select results_eq(
  $$select from_promotional, from_subscription, from_permanent
    from get_credit_history(pg_temp.id('ada'))$$,
  'values (60::bigint, 0::bigint, 0::bigint), (-100, 0, 0)',
  'history: what each entry took from each kind, below zero where it gave');

-- Allowed
set local test.now to '2026-03-04';
select results_eq(
  $$select kind, task_id, credits, created_at, description
    from get_credit_history(pg_temp.id('ada')) limit 1$$,
  $$values ('expiry', null, -40::bigint, '2026-03-03'::timestamptz, 'Welcome')$$,
  'history: shows what has expired, though nobody had written it down; an expiry has no key');
select from generate_series(1, 250) i, deduct_credits_atomic(pg_temp.id('bob'), 1, 'task ' || i);
select is(
  (select array[count(*), max(number), min(number)] from get_credit_history(pg_temp.id('bob'))),
  array[50, 251, 202]::bigint[], 'history: a page is 50 entries');
select is(
  (select array[count(*), max(number), min(number)]
    from get_credit_history(pg_temp.id('bob'), 202, 10)),
  array[10, 201, 192]::bigint[], 'history: the next page begins before the last number');
select is(
  (select count(*) from get_credit_history(pg_temp.id('bob'), page_size => 1000)), 251::bigint,
  'history: a page may be as large as an export likes it');
select is(
  (select count(*) from get_credit_history(pg_temp.id('bob'), page_size => 0)), 1::bigint,
  'history: a page is at least one entry');
select is(
  (select count(*) from get_credit_history(pg_temp.id('bob'), page_size => null)), 50::bigint,
  'history: a page of no size is 50 entries');
select is_empty(
  $$select * from get_credit_history(pg_temp.id('bob'), 1)$$,
  'history: nothing comes before the first entry');

-- Filters
select set_eq(
  $$select number from get_credit_history(pg_temp.id('ada'), kinds => '{grant,expiry}')$$,
  '{1,3}'::bigint[], 'history: of some kinds');
select is_empty(
  $$select * from get_credit_history(pg_temp.id('ada'), kinds => '{gift}')$$,
  'history: of a kind that there is not, nothing');
select is(
  (select array_agg(number) from get_credit_history(pg_temp.id('ada'), since => '2026-03-02',
    until => '2026-03-03')),
  '{2}'::bigint[], 'history: from the first instant, to before the second');
select is(
  (select array_agg(number) from get_credit_history(pg_temp.id('ada'), since => '2026-03-03')),
  '{3}'::bigint[], 'history: from an instant on');
select is(
  (select array_agg(number) from get_credit_history(pg_temp.id('ada'), until => '2026-03-02')),
  '{1}'::bigint[], 'history: what is dated at the end is not before it');
select is(
  (select array_agg(number) from get_credit_history(pg_temp.id('ada'), search => 'A CAT')),
  '{2}'::bigint[], 'history: words of the subject, in any case');
select is(
  (select array_agg(number order by number) from get_credit_history(pg_temp.id('ada'),
    search => 'welc')),
  '{1,3}'::bigint[], 'history: words of the description');
select is_empty(
  $$select * from get_credit_history(pg_temp.id('ada'), search => 'job_7')
    union all select * from get_credit_history(pg_temp.id('ada'), search => 'j%7')
    union all select * from get_credit_history(pg_temp.id('ada'), search => 'job.7')$$,
  'history: words are not a pattern');
select results_eq(
  $$select number from get_credit_history(pg_temp.id('bob'), page_size => 2, kinds => '{grant}')$$,
  'values (1::bigint)', 'history: a filter finds what lies far back');
select results_eq(
  $$select number from get_credit_history(pg_temp.id('bob'), page_size => 3, search => 'task 1')$$,
  'values (200::bigint), (199), (198)', 'history: a page of what a filter lets through');
select results_eq(
  $$select number from get_credit_history(pg_temp.id('bob'), 198, 200, search => 'task 1')
    order by number limit 2$$,
  'values (2::bigint), (11)', 'history: and all of the next');

-- Pages upwards, and a search that stops
select results_eq(
  $$select number from get_credit_history(pg_temp.id('bob'), page_size => 3, after_number => 100)$$,
  'values (103::bigint), (102), (101)', 'history: the page before ends above a number');
select results_eq(
  $$select number from get_credit_history(pg_temp.id('bob'), page_size => 3, after_number => 2,
    search => 'task 1')$$,
  'values (13::bigint), (12), (11)', 'history: and has the nearest that a filter lets through');
select is_empty(
  $$select number from get_credit_history(pg_temp.id('bob'), after_number => 251)$$,
  'history: nothing comes after the last entry');
select results_eq(
  $$select number, kind from get_credit_history(pg_temp.id('bob'), kinds => '{grant}',
    search_most => 100)$$,
  $$values (152::bigint, null)$$,
  'history: a search stops after so many entries, and says above which it goes on');
select results_eq(
  $$select number, kind from get_credit_history(pg_temp.id('bob'), 152, kinds => '{grant}',
    search_most => 151)$$,
  $$values (1::bigint, 'grant')$$, 'history: and says nothing once all were looked at');
select results_eq(
  $$select number, kind from get_credit_history(pg_temp.id('bob'), after_number => 10,
    search => 'task 250', search_most => 100)$$,
  $$values (110::bigint, null)$$, 'history: upwards it says below which');
select results_eq(
  $$select number, kind from get_credit_history(pg_temp.id('bob'), page_size => 2,
    kinds => '{spend,grant}', search_most => 2)$$,
  $$values (251::bigint, 'spend'), (250, 'spend')$$, 'history: a page that is full did not stop');
select results_eq(
  $$select number, kind from get_credit_history(pg_temp.id('bob'), page_size => 9,
    kinds => '{spend,grant}', search_most => 0)$$,
  $$values (251::bigint, 'spend'), (251, null)$$, 'history: at least one entry is looked at');

-- What answers work
select from add_credits_atomic(pg_temp.id('eve'), 1000, 'permanent', 'pack');
select from consume_credits('t_draw', '{"title": "a dog"}', 'dog', pg_temp.id('eve'));
select from place_hold('t_draw', '{"title": "a fox"}', 'fox', account_id => pg_temp.id('eve'));
select from place_hold('t_draw', '{"title": "a hen"}', 'hen', account_id => pg_temp.id('eve'));
select from capture_hold(pg_temp.id('eve'), 'fox', 50);
select from release_hold(pg_temp.id('eve'), 'hen', 'It flew away');
select from reverse_deduction(pg_temp.id('eve'), 'dog', 'It bit', 20, 'a');
select from reverse_deduction(pg_temp.id('eve'), 'fox', 'It ran', 10, 'b');
select results_eq(
  $$select number, kind, task_id, operation, subject, credits, answers
    from get_credit_history(pg_temp.id('eve'))$$,
  $$values
    (8::bigint, 'reversal', 'fox', 't_draw', 'a fox', 10::bigint, 3::bigint),
    (7, 'reversal', 'dog', 't_draw', 'a dog', 20, 2),
    (6, 'release', 'hen', 't_draw', 'a hen', 60, 4),
    (5, 'capture', 'fox', 't_draw', 'a fox', -50, 3),
    (4, 'hold', 'hen', 't_draw', 'a hen', -60, null),
    (2, 'spend', 'dog', 't_draw', 'a dog', -60, null),
    (1, 'grant', 'pack', null, null, 1000, null)$$,
  'history: what answers work has its task, operation and subject; a captured hold is one line');
select set_eq(
  $$select number from get_credit_history(pg_temp.id('eve'), operations => '{t_draw}',
    subjects => '{a fox,a dog}')$$,
  '{2,5,7,8}'::bigint[], 'history: of an operation and some subjects');
select is_empty(
  $$select * from get_credit_history(pg_temp.id('eve'), operations => '{t_file}')$$,
  'history: of an operation that was not used, nothing');

-- The balance at an instant
select is(balance_at(pg_temp.id('ada'), '2026-02-28'), 0::bigint,
  'balance_at: nothing before the first entry');
select is(
  array[balance_at(pg_temp.id('ada'), '2026-03-01'), balance_at(pg_temp.id('ada'), '2026-03-02')],
  array[100, 40]::bigint[], 'balance_at: what happened at the instant counts');
select is(
  array[balance_at(pg_temp.id('ada'), '2026-03-02 23:59:59.999999'),
    balance_at(pg_temp.id('ada'), '2026-03-03')],
  array[40, 0]::bigint[], 'balance_at: to the microsecond');
select from add_credits_atomic(pg_temp.id('kim'), 70, 'promotional', 'gift',
  expires_at => '2026-03-05');
set local test.now to '2026-03-06';
select is(balance_at(pg_temp.id('kim'), '2026-03-05 12:00'), 0::bigint,
  'balance_at: settles first');

-- Allowed: members and the service role
select pg_temp.act_as('authenticated', 'ada');
select is(balance_at(pg_temp.id('ada'), '2026-03-02'), 40::bigint, 'balance_at: a member');
select is(
  (select count(*) from get_credit_history()), 3::bigint,
  'history: a member reads without naming the account');
select pg_temp.act_as('service_role');
select is(
  (select count(*) from get_credit_history(pg_temp.id('ada'))), 3::bigint,
  'history: the service role names the account');

-- Refused
select throws_ok(
  'select get_credit_history()', 'LCACC', 'this account is not yours',
  'history: the service role must name the account');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select get_credit_history(pg_temp.id('bob'))$$, 'LCACC', 'this account is not yours',
  'history: another''s account');
select is(
  (select count(*) from billing.credit_transactions where account_id = pg_temp.id('bob')),
  0::bigint,
  'history: another''s entries, not in the table either');
select throws_ok(
  $$select balance_at(pg_temp.id('bob'), '2026-03-01')$$, 'LCACC', 'this account is not yours',
  'balance_at: another''s account');
select pg_temp.act_as('anon');
select throws_ok(
  $$select get_credit_history(pg_temp.id('ada'))$$, '42501', null,
  'history: who has not signed in');
select pg_temp.act_as('postgres');
select throws_ok(
  $$select balance_at(pg_temp.id('ada'), '2026-03-06 00:00:00.000001')$$, 'LCASK',
  'a balance is known up to now', 'balance_at: the future');

select * from finish();
rollback;
