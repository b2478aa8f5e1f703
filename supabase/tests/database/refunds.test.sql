begin;
select plan(35);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.pack(name text, key text, credits bigint) returns void language sql as $$
  select from grant_credits(pg_temp.id(name), credits, 'permanent', key, payment_key => key,
    paid_cents => 1000, paid_currency => 'usd')
$$;
create function pg_temp.state(name text) returns text language sql as $$
  select format('%s of %s, owes %s', a.balance - a.frozen_credits, a.balance, a.debt_credits)
  from billing.accounts a where a.id = pg_temp.id(name)
$$;

-- Baseline
select pg_temp.pack('ada', 'p1', 999);
select results_eq(
  $$select * from claw_back_credits(pg_temp.id('ada'), 're_1', 'p1', 500, 1000)$$,
  $$values (499::bigint, 0::bigint, 'taken', 500::bigint, false)$$,
  'refunds: half the money takes back half the credits, rounded down');
select results_eq(
  $$select kind::text, credits, key_scope::text, key from billing.credit_transactions
    where account_id = pg_temp.id('ada') and number = 2$$,
  $$values ('clawback', -499::bigint, 'system', 'refund:re_1')$$,
  'refunds: what is taken is one entry under the refund''s key');
select is(
  (select claimed from claw_back_credits(pg_temp.id('ada'), 're_2', 'p1', 500, 1000)), 500::bigint,
  'refunds: refunds count together, so that the parts make the whole');
select is(pg_temp.state('ada'), '0 of 0, owes 0', 'refunds: nothing is left, nothing is owed');

-- Allowed: what was spent is debt
select pg_temp.pack('bob', 'p1', 1000);
select from deduct_credits_atomic(pg_temp.id('bob'), 700, 'spent');
select from deduct_credits_atomic(pg_temp.id('bob'), 100, 'failed');
select is(
  (select debt from claw_back_credits(pg_temp.id('bob'), 're_1', 'p1', 1000, 1000)), 800::bigint,
  'refunds: what was spent is that payment''s debt');
select is(pg_temp.state('bob'), '0 of 0, owes 800', 'refunds: a debt is beside the balance');
select from reverse_deduction(pg_temp.id('bob'), 'failed', 'it failed');
select is(pg_temp.state('bob'), '0 of 0, owes 700', 'refunds: what comes back pays the debt first');
select results_eq(
  $$select kind::text, credits, key, answers from billing.credit_transactions
    where account_id = pg_temp.id('bob') and number > 4 order by number$$,
  $$values ('reversal', 100::bigint, 'reversal:3', 3::bigint), ('debt', -100, 'debt:re_1:5', 5)$$,
  'refunds: each payment of a debt is an entry of its own');
select from grant_credits(pg_temp.id('bob'), 50, 'promotional', 'gift');
select is(pg_temp.state('bob'), '50 of 50, owes 700', 'refunds: a gift pays no debt');
select pg_temp.pack('bob', 'p2', 500);
select is(pg_temp.state('bob'), '50 of 50, owes 200', 'refunds: the next paid grant pays it');
select pg_temp.pack('bob', 'p3', 500);
select is(pg_temp.state('bob'), '350 of 350, owes 0', 'refunds: and the next, up to what is owed');

-- A refund that fails
select results_eq(
  $$select * from cancel_claw_back(pg_temp.id('bob'), 're_1')$$,
  'values (1000::bigint, 1350::bigint, false)',
  'refunds: one that failed gives back what it took and what was paid on its debt');
select is(
  (select state from claw_back_credits(pg_temp.id('bob'), 're_1', 'p1', 1000, 1000)), 'cancelled',
  'refunds: a cancelled claim stays cancelled');
select ok((select duplicate from cancel_claw_back(pg_temp.id('bob'), 're_1')),
  'refunds: cancelling again changes nothing');
select is_empty(
  $$select id from billing.open_buckets where account_id = pg_temp.id('bob') and kind = 'permanent'
    and credits_remaining <> case when id = (select min(id) from billing.buckets
      where account_id = pg_temp.id('bob')) then 300 else 500 end$$,
  'refunds: everything is back in the bucket that it came from');

-- What has expired unspent is not claimed; months to come go first
select from generate_series(0, 3) month, grant_credits(
  pg_temp.id('cy'), 100, 'subscription', 'month ' || month, payment_key => 'year',
  starts_at => billing.later('2026-03-01', make_interval(months => month)),
  expires_at => billing.later('2026-03-01', make_interval(months => month + 1)));
set local test.now to '2026-04-15';
select from deduct_credits_atomic(pg_temp.id('cy'), 30, 'task');
select results_eq(
  $$select claimed, debt, balance_after
    from claw_back_credits(pg_temp.id('cy'), 're_1', 'year', 875, 1000)$$,
  'values (250::bigint, 0::bigint, 20::bigint)',
  'refunds: of 350, 100 have expired unspent; months to come and what is left give the rest');
select results_eq(
  $$select withheld_credits::bigint, opened_at is null from billing.buckets
    where account_id = pg_temp.id('cy') order by starts_at$$,
  'values (0::bigint, false), (0, false), (100, true), (100, true)',
  'refunds: months to come are withheld, without an entry');
set local test.now to '2026-05-15';
select is((select total from get_user_credits(pg_temp.id('cy'))), 0::bigint,
  'refunds: a withheld month does not start');
select from cancel_claw_back(pg_temp.id('cy'), 're_1');
select results_eq(
  $$select o.kind::text, o.credits_remaining, o.expires_at from billing.open_buckets o
    where account_id = pg_temp.id('cy') order by o.burn_order$$,
  $$values ('promotional', 50::bigint, '2026-05-31'::timestamptz),
    ('subscription', 100, '2026-06-01')$$,
  'refunds: what comes back of an expired month lives as long as it had left when it was taken');
select results_eq(
  $$select starts_at, withheld_credits::bigint from billing.buckets
    where account_id = pg_temp.id('cy') and opened_at is null$$,
  $$values ('2026-06-01'::timestamptz, 0::bigint)$$,
  'refunds: a month still to start starts in full');

-- Of the months to come the last goes first.
set local test.now to '2026-03-01';
select from generate_series(0, 2) month, grant_credits(
  pg_temp.id('fay'), 100, 'subscription', 'month ' || month, payment_key => 'year',
  starts_at => billing.later('2026-03-01', make_interval(months => month)),
  expires_at => billing.later('2026-03-01', make_interval(months => month + 1)));
select from claw_back_credits(pg_temp.id('fay'), 're_1', 'year', 450, 900);
select results_eq(
  $$select withheld_credits::bigint from billing.buckets
    where account_id = pg_temp.id('fay') order by starts_at$$,
  'values (0::bigint), (50), (100)', 'refunds: of the months to come the last is withheld first');

-- Disputes
set local test.now to '2026-03-01';
select pg_temp.pack('dee', 'p1', 1000);
select from deduct_credits_atomic(pg_temp.id('dee'), 800, 'task');
select is((select frozen from dispute_credits(pg_temp.id('dee'), 'dp_1', 'p1', 500, 1000)),
  200::bigint, 'refunds: a dispute freezes what is unspent of its share');
select is(pg_temp.state('dee'), '0 of 200, owes 0', 'refunds: frozen credits stay in the balance');
select results_eq(
  $$select success, shortfall from deduct_credits_atomic(pg_temp.id('dee'), 10, 'more')$$,
  'values (false, 10::bigint)', 'refunds: frozen credits cannot be spent');
select from reverse_deduction(pg_temp.id('dee'), 'task', 'failed', 400);
select is(pg_temp.state('dee'), '100 of 600, owes 0',
  'refunds: what comes back is frozen up to the disputed share');
select results_eq(
  $$select claimed, debt, balance_after
    from claw_back_credits(pg_temp.id('dee'), 'dp_1', 'p1', 500, 1000)$$,
  'values (500::bigint, 0::bigint, 100::bigint)', 'refunds: a lost dispute takes as a refund does');
select is(pg_temp.state('dee'), '100 of 100, owes 0', 'refunds: and nothing stays frozen');
select is((select claimed from claw_back_credits(pg_temp.id('dee'), 're_1', 'p1', 1000, 1000)),
  500::bigint, 'refunds: refund and dispute together never take more than was granted (case 44)');

select pg_temp.pack('gus', 'p1', 100);
select pg_temp.pack('gus', 'p2', 100);
select from deduct_credits_atomic(pg_temp.id('gus'), 150, 'task');
select from claw_back_credits(pg_temp.id('gus'), 're_1', 'p1', 1000, 1000);
select from dispute_credits(pg_temp.id('gus'), 'dp_2', 'p2', 1000, 1000);
select from cancel_claw_back(pg_temp.id('gus'), 'dp_2');
select is(pg_temp.state('gus'), '50 of 50, owes 100',
  'refunds: a dispute that is won leaves the debts of refunds as they are');

select from grant_credits(pg_temp.id('eve'), 100, 'subscription', 'p1', payment_key => 'p1',
  expires_at => '2026-03-11');
select from dispute_credits(pg_temp.id('eve'), 'dp_1', 'p1', 1000, 1000);
set local test.now to '2026-04-01';
select is((select total from get_user_credits(pg_temp.id('eve'))), 0::bigint,
  'refunds: frozen credits expire in time');
select results_eq(
  $$select returned from cancel_claw_back(pg_temp.id('eve'), 'dp_1')$$, 'values (100::bigint)',
  'refunds: a dispute that is won gives back what expired meanwhile');
select results_eq(
  $$select kind::text, expires_at, payment_key from billing.buckets
    where account_id = pg_temp.id('eve') and key is null$$,
  $$values ('promotional', '2026-04-11'::timestamptz, 'p1')$$,
  'refunds: for as long as it had left when it was frozen');

-- Refused
create temp table before as select pg_temp.books() as books;
select throws_ok(
  $$select claw_back_credits(pg_temp.id('bob'), 're_1', 'p1', 10, 1000)$$, 'LCKEY',
  'a key stands for one set of arguments', 'refunds: one refund is of one amount and payment');
select throws_ok(
  $$select claw_back_credits(pg_temp.id('bob'), 're_9', 'p1', 0, 1000)$$, 'LCAMT',
  'a refund is above zero, and of what was paid', 'refunds: a refund of nothing');
select is(pg_temp.books(), (select books from before), 'refunds: what was refused changed nothing');

select * from finish();
rollback;
