begin;
select plan(33);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

select pg_temp.sign_up('ada', 'bob');
insert into billing.plans (key, version, name, description, position, credits_per_month)
values ('t_pro', 1, 'T Pro', '', 1, 1000);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 2999);
create function pg_temp.subscribe(event text, ticket bigint, status text) returns text language sql
as $$
  select outcome || coalesce(' ' || reason, '')
  from apply_object('subscription', event, 'x', '2026-03-01',
    null, 'sha', ticket, jsonb_build_object('id', 'sub_ada', 'status', status, 'customer',
      'cus_ada',
    'created', '2026-03-01', 'items', '[{"id": "si_1", "price": "t_pro_month@1", "quantity": 1,
    "period_start": "2026-03-01", "period_end": "2026-04-01"}]'::jsonb))
$$;
select link_customer(pg_temp.id('ada'), 'cus_ada');
select pg_temp.subscribe('evt_1', 1, 'active');
select from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack', description => 'Ada',
  metadata => '{"name": "Ada"}');
select from add_credits_atomic(pg_temp.id('ada'), 50, 'promotional', 'gift',
  expires_at => '2026-04-01');
select from deduct_credits_atomic(pg_temp.id('ada'), 10, 'task', 'A picture of Ada');
insert into billing.operations (key, name) values ('t_chat', 'Chat');
insert into billing.operation_prices (operation, version, base_credits) values ('t_chat', 1, 1);
insert into billing.operation_parameters (
  operation, version, name, kind, position, is_subject
) values ('t_chat', 1, 'chatbot', 'label', 1, true);
select from consume_credits('t_chat', '{"chatbot": "Ada''s bot"}', 'chat', pg_temp.id('ada'));
select roll_up_usage();
select from hold_credits_atomic(pg_temp.id('ada'), 20, 'job', description => 'Ada''s cat');
select from adjust_credits(pg_temp.id('ada'), 1, 'k', 'Ada wrote to us');

-- Refused
create temp table before as select pg_temp.books() as books;
select throws_ok(
  $$select erase_account(pg_temp.id('ada'), 'asked for')$$, 'LCSUB', 'a plan is active',
  'erase: not while a subscription is live');
select throws_ok(
  $$select erase_account(pg_temp.id('ada'), '')$$, 'LCOWN', null, 'erase: not without a reason');
select is(pg_temp.books(), (select books from before), 'erase: what was refused changed nothing');
select throws_ok(
  $$update billing.credit_transactions set description = null where key = 'task'$$, '23001', null,
  'erase: the words of a living account stay');

-- Allowed
select pg_temp.subscribe('evt_2', 2, 'canceled');
select results_eq(
  $$select * from erase_account(pg_temp.id('ada'), 'asked for')$$,
  $$values ('2026-03-01'::timestamptz, false)$$, 'erase: once the plan is cancelled');
select is(
  (select count(*) from billing.credit_transactions where account_id = pg_temp.id('ada')
    and (description is not null or params is not null)), 0::bigint,
  'erase: no entry has words any more');
select is(
  (select count(*) from billing.buckets where account_id = pg_temp.id('ada')
    and (description is not null or metadata is not null)), 0::bigint, 'erase: nor a bucket');
select is(
  (select string_agg(reason, ', ') from billing.audit_log
    where account_id = pg_temp.id('ada') and reason <> ''), 'asked for',
  'erase: nor the audit log, but for why it was erased');
select is(
  (select sum(credits)::bigint from billing.credit_transactions
    where account_id = pg_temp.id('ada')), 140::bigint, 'erase: the books stay');
select results_eq(
  $$select operation, subject, charged_credits::bigint from billing.usage_days
    where account_id = pg_temp.id('ada') order by 1$$,
  $$values ('', '', 10::bigint), ('t_chat', '', 1)$$,
  'erase: usage stays, without what it was for');
select is(
  (select state::text from billing.holds where account_id = pg_temp.id('ada')), 'released',
  'erase: open holds are released');
select throws_ok(
  $$update billing.credit_transactions set credits = 0 where key = 'task'$$, '23001', null,
  'erase: they stay append-only');
select ok((select duplicate from erase_account(pg_temp.id('ada'), 'again')),
  'erase: again it answers when it was');

-- Afterwards
create temp table after as select pg_temp.books() as books;
set local test.now to '2027-03-01';
select is((select total from get_user_credits(pg_temp.id('ada'))), 0::bigint,
  'erase: nothing is left to spend');
select is(expire_subscription_credits(), 0, 'erase: no job touches the account');
select is(roll_up_usage(), null, 'erase: nor has any to count');
select throws_ok(act, 'LCACC', 'the account is erased', 'erase: afterwards no ' || name)
from (values
    ('grant', $$select add_credits_atomic(pg_temp.id('ada'), 1, 'permanent', 'late')$$),
    ('spend', $$select deduct_credits_atomic(pg_temp.id('ada'), 1, 'late')$$),
    ('hold', $$select hold_credits_atomic(pg_temp.id('ada'), 1, 'late')$$),
    ('release', $$select release_hold(pg_temp.id('ada'), 'job')$$),
    ('reversal', $$select reverse_deduction(pg_temp.id('ada'), 'task', 'late')$$),
    ('transfer', $$select transfer_credits(pg_temp.id('ada'), pg_temp.id('bob'), 1, 'late')$$),
    ('refund', $$select claw_back_credits(pg_temp.id('ada'), 're_1', 'pack', 1, 1)$$)
  ) a (name, act);
select is(pg_temp.subscribe('evt_3', 3, 'active'), 'ignored erased',
  'erase: an event that comes late is ignored, and says why');
select is((select state::text from billing.stripe_events where id = 'evt_3'), 'ignored',
  'erase: where an owner sees it');
select is(pg_temp.books(), (select books from after), 'erase: nothing has changed since');

select throws_ok(
  $$select prepare_checkout(pg_temp.id('ada'), 'basic_month')$$, 'LCACC', 'the account is erased',
  'erase: nothing is sold to it');
select throws_ok(
  $$select link_customer(pg_temp.id('ada'), 'cus_new')$$, 'LCACC', 'the account is erased',
  'erase: nor is it linked to a customer');
select is(
  (select deleted_at from billing.customers where account_id = pg_temp.id('ada')),
  '2026-03-01'::timestamptz, 'erase: its customer is a tombstone');
select is(
  (select concat_ws(' ', outcome, reason) from apply_object('customer', 'evt_4', 'x', '2026-03-01',
    null, 'sha', 4, jsonb_build_object('customer', 'cus_late', 'deleted', false,
      'account_id', pg_temp.id('ada')))), 'ignored erased',
  'erase: another customer whose metadata names it is ignored');
select is(get_customer(pg_temp.id('ada')), null, 'erase: and not one to check out with');

-- Somebody who was never here
select from erase_account(pg_temp.id('bob'), 'asked for');
select throws_ok(
  $$select add_credits_atomic(pg_temp.id('bob'), 1, 'permanent', 'late')$$, 'LCACC',
  'the account is erased', 'erase: an account that was never opened stays closed');
select is((select total from get_user_credits(pg_temp.id('bob'))), 0::bigint,
  'erase: and claims no free month');

select * from finish();
rollback;
