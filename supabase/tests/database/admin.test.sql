begin;
select plan(43);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.grant_id(name text, key text) returns bigint language sql as $$
  select id from billing.buckets b where account_id = pg_temp.id(name) and b.key = grant_id.key
$$;
select from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack');
select from add_credits_atomic(pg_temp.id('ada'), 40, 'subscription', 'month',
  expires_at => '2026-04-01');

-- Adjusting
select results_eq(
  $$select * from billing.adjust_credits(pg_temp.id('ada'), 25, 'sorry', 'an outage',
    '2026-03-10')$$,
  'values (true, 165::bigint, false, 0::bigint)', 'admin: an adjustment up gives credits');
select results_eq(
  $$select kind::text, credits, key, description, from_promotional
    from billing.credit_transactions where account_id = pg_temp.id('ada') and number = 3$$,
  $$values ('adjustment', 25::bigint, 'adjustment:sorry', 'an outage', -25::bigint)$$,
  'admin: it is an entry of its own kind, with the reason');
select results_eq(
  $$select * from billing.adjust_credits(pg_temp.id('ada'), -30, 'too much', 'a mistake', null)$$,
  'values (true, 135::bigint, false, 0::bigint)', 'admin: an adjustment down takes in burn order');
select is((select promotional_credits from get_user_credits(pg_temp.id('ada'))), 0::bigint,
  'admin: what would be lost first goes first');
select results_eq(
  $$select success, shortfall
    from billing.adjust_credits(pg_temp.id('ada'), -136, 'all', 'a mistake', null)$$,
  'values (false, 1::bigint)', 'admin: never below zero');
select results_eq(
  $$select success, balance_after, duplicate
    from billing.adjust_credits(pg_temp.id('ada'), 25, 'sorry', 'again', null)$$,
  'values (true, 165::bigint, true)', 'admin: a key adjusts once');
select throws_ok(
  $$select billing.adjust_credits(pg_temp.id('ada'), 26, 'sorry', 'again', null)$$, 'LCKEY', null,
  'admin: a key stands for one amount');
select throws_ok(
  $$select billing.adjust_credits(pg_temp.id('ada'), 0, 'zero', 'nothing', null)$$, 'LCAMT', null,
  'admin: an adjustment moves something');

select throws_ok(
  $$select billing.adjust_credits(pg_temp.id('ada'), 5, 'old', 'x', '2026-03-01')$$, 'LCGRT',
  'a grant ends after it starts', 'admin: an adjustment that would be over at once');
select throws_ok(
  $$select billing.adjust_credits(null, 5, 'none', 'x', null)$$, 'LCACC',
  'an act is about an account', 'admin: an adjustment of nobody');

-- Extending
select results_eq(
  $$select * from billing.extend_expiry(pg_temp.id('ada'), pg_temp.grant_id('ada', 'month'),
    '2026-05-01', 'goodwill')$$,
  $$values ('2026-04-01'::timestamptz)$$, 'admin: an expiry moves forward');
select lives_ok(
  $$select billing.extend_expiry(pg_temp.id('ada'), pg_temp.grant_id('ada', 'month'),
    '2026-05-01', 'again')$$, 'admin: extending again to the same instant changes nothing');
set local test.now to '2026-04-15';
select is((select subscription_credits from get_user_credits(pg_temp.id('ada'))), 35::bigint,
  'admin: and the credits live on');
select throws_ok(
  $$select billing.extend_expiry(pg_temp.id('ada'), pg_temp.grant_id('ada', 'month'), '2026-04-20',
    'x')$$, 'LCGRT', 'an expiry moves forward only', 'admin: never back');
select throws_ok(
  $$select billing.extend_expiry(pg_temp.id('ada'), pg_temp.grant_id('ada', 'pack'), '2026-09-01',
    'x')$$, 'LCGRT', 'an expiry moves forward only', 'admin: what never expires stays so');
set local test.now to '2026-05-01';
select throws_ok(
  $$select billing.extend_expiry(pg_temp.id('ada'), pg_temp.grant_id('ada', 'month'), '2026-09-01',
    'x')$$, 'LCGRT', 'the grant is not live', 'admin: what has expired is over');

-- Freezing
select is(
  (select frozen_credits from billing.freeze_credits(pg_temp.id('ada'), 'fraud?', null, null)),
  100::bigint, 'admin: an account freezes as a whole');
select results_eq(
  $$select success, shortfall, balance_after
    from deduct_credits_atomic(pg_temp.id('ada'), 10, 'task')$$,
  'values (false, 10::bigint, 0::bigint)', 'admin: nothing of it can be spent');
select from add_credits_atomic(pg_temp.id('ada'), 7, 'permanent', 'more');
select is((select total from get_user_credits(pg_temp.id('ada'))), 0::bigint,
  'admin: what comes into a frozen account is frozen');
select is((select frozen_credits from billing.unfreeze_credits(pg_temp.id('ada'), 'no', null)),
  0::bigint, 'admin: it thaws');
select is((select total from get_user_credits(pg_temp.id('ada'))), 107::bigint,
  'admin: with all it has');
select from billing.freeze_credits(pg_temp.id('ada'), 'x', pg_temp.grant_id('ada', 'more'),
  '2026-05-02');
select is((select total from get_user_credits(pg_temp.id('ada'))), 100::bigint,
  'admin: one grant may be frozen');
select is(
  (select next_due_at from billing.accounts where id = pg_temp.id('ada')),
    '2026-05-02'::timestamptz,
  'admin: the end of a freeze is next due');
select results_eq(
  $$select success, shortfall
    from billing.adjust_credits(pg_temp.id('ada'), -105, 'down', 'a mistake', null)$$,
  'values (false, 5::bigint)', 'admin: an adjustment down takes nothing that is frozen');
set local test.now to '2026-05-02';
select is((select total from get_user_credits(pg_temp.id('ada'))), 107::bigint,
  'admin: a freeze ends by time alone');
select throws_ok(
  $$select billing.freeze_credits(pg_temp.id('ada'), 'x', null, '2026-05-02')$$, 'LCGRT',
  'a freeze ends later than now', 'admin: a freeze that is over');

-- Voiding
select from deduct_credits_atomic(pg_temp.id('ada'), 60, 'task');
select results_eq(
  $$select * from billing.void_grant(pg_temp.id('ada'), pg_temp.grant_id('ada', 'pack'), 'fraud')$$,
  'values (40::bigint, 7::bigint, false)', 'admin: a void takes what is left of a grant');
select from reverse_deduction(pg_temp.id('ada'), 'task', 'failed');
select results_eq(
  $$select kind::text, credits from billing.credit_transactions
    where account_id = pg_temp.id('ada') order by number desc limit 2$$,
  $$values ('void', -60::bigint), ('reversal', 60)$$,
  'admin: what comes back to a voided grant is voided');
select from add_credits_atomic(pg_temp.id('cy'), 10, 'promotional', 'gift',
  expires_at => '2026-05-03');
select from deduct_credits_atomic(pg_temp.id('cy'), 4, 'task');
select from billing.void_grant(pg_temp.id('cy'), pg_temp.grant_id('cy', 'gift'), 'fraud');
set local test.now to '2026-05-04';
select from reverse_deduction(pg_temp.id('cy'), 'task', 'failed');
select is((select total from get_user_credits(pg_temp.id('cy'))), 0::bigint,
  'admin: nor does it live on in another bucket once the grant would have expired');
select from grant_credits(pg_temp.id('dee'), 10, 'permanent', 'pack', payment_key => 'pack');
select from dispute_credits(pg_temp.id('dee'), 'dp_1', 'pack', 1000, 1000);
select from billing.void_grant(pg_temp.id('dee'), pg_temp.grant_id('dee', 'pack'), 'fraud');
select results_eq(
  $$select * from cancel_claw_back(pg_temp.id('dee'), 'dp_1')$$,
  'values (0::bigint, 0::bigint, false)',
  'admin: a dispute that is won gives back nothing of a voided grant');
select results_eq(
  $$select * from billing.void_grant(pg_temp.id('ada'), pg_temp.grant_id('ada', 'pack'), 'again')$$,
  'values (100::bigint, 7::bigint, true)',
  'admin: voiding again answers what was voided in all, and changes nothing');
select from grant_credits(pg_temp.id('bob'), 10, 'promotional', 'later', starts_at => '2026-06-01');
select from billing.void_grant(pg_temp.id('bob'), pg_temp.grant_id('bob', 'later'), 'a mistake');
set local test.now to '2026-06-02';
select is((select total from get_user_credits(pg_temp.id('bob'))), 0::bigint,
  'admin: a grant that is voided before it starts never starts');
select is((select count(*) from billing.credit_transactions where account_id = pg_temp.id('bob')),
  0::bigint, 'admin: and leaves no entry');

-- Every act is audited with who and why.
select results_eq(
  $$select action, count(*), bool_and(actor = session_user and reason <> '') from billing.audit_log
    where account_id is not null group by 1 order by 1$$,
  $$values ('credits.adjust', 2::bigint, true), ('credits.freeze', 2, true),
    ('credits.unfreeze', 1, true), ('expiry.extend', 1, true), ('grant.void', 4, true)$$,
  'admin: each act is noted, and nothing that was refused');

-- Refused
create temp table before as select pg_temp.books() as books;
select pg_temp.sign_up('olga', 'ada');
insert into billing.owners (user_id) values (pg_temp.id('olga'));
create temp table acts (act text);
insert into acts values
  ('select adjust_credits(pg_temp.id(''ada''), 1, ''k'', ''x'')'),
  ('select extend_expiry(pg_temp.id(''ada''), 1, ''2027-01-01'', ''x'')'),
  ('select freeze_credits(pg_temp.id(''ada''), ''x'')'),
  ('select unfreeze_credits(pg_temp.id(''ada''), ''x'')'),
  ('select void_grant(pg_temp.id(''ada''), 1, ''x'')');
grant select on acts to authenticated;
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(act, 'LCOWN', 'only an owner may do this',
  format('admin: %s is not a member''s to do', substring(act, 'select (\w+)'))) from acts;
select pg_temp.act_as('postgres');
select is(pg_temp.books(), (select books from before), 'admin: what was refused changed nothing');
select pg_temp.act_as('authenticated', 'olga');
select lives_ok($$select adjust_credits(pg_temp.id('ada'), 1, 'k', 'an owner may')$$,
  'admin: an owner signed in may');
select throws_ok($$select adjust_credits(pg_temp.id('ada'), 1, 'k2', '')$$, 'LCOWN',
  'an owner''s act needs a reason', 'admin: not without a reason');
select pg_temp.act_as('postgres');
select is(
  (select actor from billing.audit_log order by id desc limit 1), pg_temp.id('olga')::text,
  'admin: the log says which owner');

select * from finish();
rollback;
