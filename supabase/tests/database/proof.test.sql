begin;
select plan(34);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

-- A life with something of everything.
select from grant_credits(pg_temp.id('ada'), 100, 'permanent', 'p1', payment_key => 'p1');
select from grant_credits(pg_temp.id('ada'), 50, 'subscription', 'month',
  expires_at => '2026-03-05');
select from grant_credits(pg_temp.id('ada'), 40, 'permanent', 'p2', payment_key => 'p2',
  starts_at => '2026-03-03');
select from deduct_credits_atomic(pg_temp.id('ada'), 70, 'task');
select from hold_credits_atomic(pg_temp.id('ada'), 10, 'job', '1 hour');
select from hold_credits_atomic(pg_temp.id('ada'), 10, 'job 2', '1 hour');
select from capture_hold(pg_temp.id('ada'), 'job 2', 4);
select from reverse_deduction(pg_temp.id('ada'), 'task', 'failed', 5, 'part');
select from claw_back_credits(pg_temp.id('ada'), 're_1', 'p1', 1, 1);
select from claw_back_credits(pg_temp.id('ada'), 're_2', 'p2', 1, 2);
set local test.now to '2026-03-06';
select from get_user_credits(pg_temp.id('ada'));
select from grant_credits(pg_temp.id('ada'), 100, 'permanent', 'p3', payment_key => 'p3');
select from dispute_credits(pg_temp.id('ada'), 'dp_1', 'p3', 1, 2);
select from add_credits_atomic(pg_temp.id('bob'), 20, 'permanent', 'gift');
-- One plan is unpaid for too long, another is paused; what each gave is beside.
update billing.plans set is_sold = false;
insert into billing.plans (key, version, name, description, position, credits_per_month, dunning)
values ('t_pro', 1, 'T Pro', '', 1, 10, 'freeze');
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 1000);
select from link_customer(pg_temp.id('ada'), 'cus_ada');
select from (values ('sub_1', 'past_due', 'in_1', 'paid', '2026-02-01', 1),
    ('sub_1', 'past_due', 'in_2', 'open', '2026-03-01', 2),
    ('sub_2', 'paused', 'in_3', 'paid', '2026-03-01', 3),
    ('sub_3', 'past_due', 'in_4', 'open', '2026-03-05', 4))
  n (subscription, status, invoice, invoice_status, starts, ticket),
  apply_object('subscription', 'evt_s' || ticket, 'x', billing.now(), null, 'sha', ticket,
    jsonb_build_object('id', subscription, 'status', status, 'customer', 'cus_ada',
      'created', starts, 'paused_at', '2026-03-06', 'items', '[{"id": "si_1",
        "price": "t_pro_month@1", "quantity": 1, "period_start": "2026-03-01",
        "period_end": "2026-04-01"}]'::jsonb)) s,
  apply_object('invoice', 'evt_i' || ticket, 'x', billing.now(), null, 'sha', ticket,
    jsonb_build_object('id', invoice, 'status', invoice_status, 'customer', 'cus_ada',
      'subscription', subscription, 'total', 1000, 'currency', 'usd', 'created', starts,
      'finalized_at', starts, 'attempt_count', 1, 'lines', jsonb_build_array(jsonb_build_object(
        'id', 'il', 'amount', 1000, 'quantity', 1, 'price', 't_pro_month@1', 'proration', false,
        'period_start', starts, 'period_end', '2026-05-01')))) i;
create temp table good as select count(*) as entries from billing.credit_transactions;

-- Baseline
select is_empty('select * from billing.verify_all()',
  'proof: nothing is wrong with books kept by us');
select is_empty('select * from billing.verify_account(pg_temp.id(''nobody''))',
  'proof: nothing is wrong with an id without an account');
select results_eq(
  $$select bucket_id, credits from billing.replayed_buckets
    where account_id = pg_temp.id('ada') and credits > 0 order by 1$$,
  $$select id, credits_remaining + frozen_credits from billing.open_buckets
    where account_id = pg_temp.id('ada') order by 1$$,
  'proof: the ledger alone says what each bucket holds');

-- Each thing that can be wrong is named, with where it is. Somebody has to go around every rule for
-- it: as the owner of the tables, with triggers off.
create function pg_temp.wrong(damage text) returns text language plpgsql as $$
declare
  v_problems text;
begin
  begin
    alter table billing.credit_transactions disable trigger user;
    execute damage;
    select string_agg(distinct v.problem, '; ' order by v.problem) into v_problems
    from billing.verify_account(pg_temp.id('ada')) v;
    raise exception 'undo';
  exception when raise_exception then
    null;  -- undone, triggers and all
  end;
  return v_problems;
end $$;
select alike(pg_temp.wrong(damage), '%' || problem || '%', 'proof: ' || problem)
from (values
  ('delete from billing.credit_transactions where account_id = pg_temp.id(''ada'') and number = 3',
    'an entry number is missing'),
  ('update billing.credit_transactions set created_at = ''2026-02-01'' where number = 3',
    'an entry is dated before its predecessor'),
  ('update billing.credit_transactions set balance_after = 1 where number = 3',
    'balance_after is not the running sum'),
  ('update billing.credit_transactions set credits = -1 where number = 3',
    'an entry is not the sum of its shares'),
  ('update billing.credit_transactions set from_permanent = 1 where number = 4',
    'the parts by kind are not those of the buckets'),
  ('update billing.credit_transactions set key_scope = null where number = 4',
    'an entry has a key that its kind does not, or lacks one'),
  ('update billing.credit_transactions set answers = 4 where number = 1',
    'more came back than was taken'),
  ('update billing.buckets set credits_remaining = credits_remaining + 1 where key = ''p1''',
    'a bucket does not hold what the ledger says'),
  ('update billing.buckets set granted_credits = 10 where key = ''p1''',
    'a bucket held less than nothing, or more than its grant'),
  ('update billing.buckets set expires_at = ''2026-02-01'' where key = ''month''',
    'credits were taken outside of their time'),
  ('update billing.buckets set withheld_credits = 7 where key = ''p1''',
    'an entry grants what its bucket does not'),
  ('delete from billing.clawback_shares where clawback_key = ''dp_1''',
    'a bucket has frozen or withheld what no claim has'),
  ('update billing.buckets set is_suspended = false where subscription_id = ''sub_1''',
    'a bucket is suspended by nothing, or is not by what is in force'),
  ('update billing.buckets set is_suspended = true where key = ''p3''',
    'a bucket is suspended by nothing, or is not by what is in force'),
  ('delete from billing.suspensions where reason = ''paused''',
    'a bucket is stopped by no pause, or is not by one'),
  ('delete from billing.stopped_buckets', 'a bucket is stopped by no pause, or is not by one'),
  ('update billing.buckets set expires_at = ''2026-05-01'' where subscription_id = ''sub_2''',
    'a stopped bucket expires'),
  ('update billing.buckets set is_suspended = true where id = (select bucket_in_hand
    from billing.accounts where id = pg_temp.id(''ada''))',
    'what is in hand is not a bucket of the account'),
  ('update billing.accounts set next_due_at = ''infinity''',
    'next_due_at is later than what is due'),
  ('update billing.accounts set entry_count = 99', 'the account does not count its entries'),
  ('update billing.accounts set balance = balance + 1',
    'the balance is not the sum of the entries'),
  ('update billing.accounts set balance = balance + 1', 'the buckets do not hold the balance'),
  ('update billing.accounts set frozen_credits = 0', 'the account does not count what is frozen'),
  ('update billing.accounts set debt_credits = 1000', 'the account does not count its debts'),
  ('delete from billing.accounts', 'entries without an account'),
  ('update billing.accounts set bucket_in_hand = -1',
    'what is in hand is not a bucket of the account'),
  ('update billing.holds set state = ''open'', ends_at = ''2026-09-01''',
    'a hold and its entries disagree'),
  ('update billing.holds set held_credits = 1', 'an entry and its hold disagree')
) d (damage, problem);
select alike(
  pg_temp.wrong('update billing.buckets set starts_at = ''2026-03-07'', opened_at = null
    where key = ''month'''), '%next_due_at is later than what is due%',
  'proof: next_due_at is later than what is due');

-- Nothing was damaged for good, and nobody but the owner may look.
select is_empty('select * from billing.verify_all()', 'proof: the books are well again');
set local role authenticated;
select throws_ok('select billing.verify_all()', '42501', null, 'proof: members do not verify');
reset role;

select * from finish();
rollback;
