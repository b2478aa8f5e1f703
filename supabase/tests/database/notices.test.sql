begin;
select plan(32);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.subscription(status text, ticket bigint, other jsonb default '{}')
returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('subscription', 'evt_s_' || ticket, 'x',
    billing.now(), null, 'sha', ticket, jsonb_build_object('id', 'sub', 'status', status,
      'customer', 'cus_ada', 'created', '2026-03-01', 'items',
      '[{"id": "si_1", "price": "t_pro_month@1", "quantity": 1, "period_start": "2026-03-01",
         "period_end": "2026-04-01"}]'::jsonb) || other)
$$;
create function pg_temp.invoice(ticket bigint, other jsonb default '{}')
returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object('invoice', 'evt_i_' || ticket, 'x',
    billing.now(), null, 'sha', ticket, '{"id": "in_1", "status": "open", "customer": "cus_ada",
      "subscription": "sub", "total": 2999, "currency": "usd", "created": "2026-03-01",
      "finalized_at": "2026-03-08 01:00", "attempt_count": 0, "hosted_invoice_url": "https://pay",
      "payment_intent": "pi_1", "lines": [{"id": "il", "amount": 2999, "quantity": 1,
        "price": "t_pro_month@1", "proration": false, "period_start": "2026-03-01",
        "period_end": "2026-04-01"}]}' || other)
$$;
create function pg_temp.return(noun text, id text, ticket bigint, status text, cents bigint)
returns text language sql as $$
  select concat_ws(': ', outcome, reason) from apply_object(noun, 'evt_r_' || ticket, 'x',
    billing.now(), null, 'sha', ticket, jsonb_build_object('id', id, 'status', status,
      'customer', 'cus_ada', 'payment_intent', 'pi_1', 'amount', cents, 'currency', 'usd',
      'created', billing.now(), 'evidence_due_at', '2026-03-20'))
$$;
create function pg_temp.notices() returns setof text language sql as $$
  select concat_ws(', ', n.kind, n.key, 'at ' || to_char(n.at, 'MM-DD HH24'),
    'until ' || to_char(n.ends_at, 'MM-DD HH24'), n.subject, n.amount_cents, n.currency,
    n.credits || ' credits', n.url)
  from get_notices(pg_temp.id('ada')) n
$$;

update billing.plans set is_sold = false;
insert into billing.plans (
  key, version, name, description, position, credits_per_month, dunning, trial_days, trial_credits
) values ('t_pro', 1, 'T Pro', '', 1, 1000, 'freeze', 14, 50);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 2999);
select pg_temp.sign_up('ada', 'bob');
select from link_customer(pg_temp.id('ada'), 'cus_ada');

-- Baseline
select is_empty(
  $$select * from get_notices(pg_temp.id('nobody'))$$, 'notices: nobody has none');
select is_empty($$select pg_temp.notices()$$, 'notices: nor who has nothing to know');

-- A trial that ends
select pg_temp.subscription('trialing', 1,
  '{"trial_start": "2026-03-01", "trial_end": "2026-03-15"}');
set local test.now to '2026-03-07 23:59:59';
select is_empty($$select pg_temp.notices()$$, 'notices: a trial says nothing at first');
set local test.now to '2026-03-08';
select results_eq(
  $$select pg_temp.notices()$$,
  array['trial_ending, trial_end:sub:1773532800:7, at 03-08 00, until 03-15 00, T Pro'],
  'notices: it does when a week is left');
set local test.now to '2026-03-12 00:00:01';
select results_eq(
  $$select pg_temp.notices()$$,
  array['trial_ending, trial_end:sub:1773532800:3, at 03-12 00, until 03-15 00, T Pro'],
  'notices: and anew three days before, and one');
set local test.now to '2026-03-08';
select pg_temp.subscription('active', 2,
  '{"trial_start": "2026-03-01", "trial_end": "2026-03-09"}');
select is_empty($$select pg_temp.notices()$$, 'notices: but not to whom has a plan by then');

-- What is to be paid
select pg_temp.invoice(1, '{"status": "draft", "finalized_at": null}');
select is_empty($$select pg_temp.notices()$$, 'notices: a draft is nobody''s concern');
select pg_temp.invoice(2);
select results_eq(
  $$select pg_temp.notices()$$,
  array['payment_due, dunning:invoice:in_1:0, at 03-08 01, T Pro plan, 2999, usd, https://pay'],
  'notices: an open invoice is due, with a link to pay it');
select pg_temp.invoice(3, '{"attempt_count": 1, "next_payment_attempt": "2026-03-11"}');
select results_eq(
  $$select pg_temp.notices()$$,
  array['payment_failed, dunning:invoice:in_1:1, at 03-08 01, until 03-11 00, T Pro plan, 2999, '
    || 'usd, https://pay'], 'notices: one that was tried has failed, until the next attempt');
select pg_temp.invoice(4, '{"attempt_count": 1, "payment_intent_status": "requires_action"}');
select results_eq(
  $$select pg_temp.notices()$$,
  array['confirm_payment, sca:invoice:in_1:1, at 03-08 01, T Pro plan, 2999, usd, https://pay'],
  'notices: the bank may ask for a confirmation');
savepoint debit;
select pg_temp.invoice(5, '{"attempt_count": 1, "payment_intent_status": "processing"}');
select results_eq(
  $$select pg_temp.notices()$$,
  array['payment_processing, debit:invoice:in_1:1, at 03-08 01, T Pro plan, 2999, usd, '
    || 'https://pay'],
  'notices: a debit that the bank is working on has not failed');
rollback to debit;
select from add_credits_atomic(pg_temp.id('ada'), 10, 'subscription', 'old', 'sub');
select pg_temp.subscription('past_due', 3);
select pg_temp.invoice(5, '{"attempt_count": 4}');
set local test.now to '2026-03-10';
select results_eq(
  $$select pg_temp.notices()$$,
  array['suspends, suspension:sub:1773190800, at 03-11 01, until 03-11 01, 10 credits',
    'payment_failed, dunning:invoice:in_1:4, at 03-08 01, T Pro plan, 2999, usd, https://pay'],
  'notices: the last attempt has no next, and it says when credits will be frozen');
select is(
  pg_temp.invoice(3, '{"attempt_count": 1}'), 'duplicate', 'notices: the same event again');
select pg_temp.invoice(6,
  '{"id": "in_2", "payment_intent": "pi_2", "status": "void", "attempt_count": 2}');
select is(
  (select count(*) from pg_temp.notices()), 2::bigint, 'notices: what is void is not to be paid');
set local test.now to '2026-03-12';
select is(
  (select array_agg(n) from pg_temp.notices() n where n like 'suspen%'),
  array['suspended, suspension:sub:1773190800, at 03-11 01, 10 credits'],
  'notices: frozen, how much it is, under the same key');
savepoint debit;
select pg_temp.invoice(7, '{"attempt_count": 5, "payment_intent_status": "processing"}');
select is(
  (select array_agg(split_part(n, ',', 1)) from pg_temp.notices() n),
  array['suspended', 'payment_processing'], 'notices: a debit under way unfreezes nothing yet');
rollback to debit;
select pg_temp.invoice(7, '{"status": "paid", "attempt_count": 5}');
select is_empty($$select pg_temp.notices()$$, 'notices: paid, there is nothing to say');

-- Paused
select pg_temp.subscription('paused', 4, '{"paused_at": "2026-03-12"}');
select results_eq(
  $$select pg_temp.notices()$$,
  array['paused, suspension:sub:1773273600, at 03-12 00, 1010 credits'],
  'notices: a pause, and what it keeps');
select pg_temp.subscription('active', 5);

-- What went back
select pg_temp.return('dispute', 'dp_1', 1, 'warning_needs_response', 999);
select is_empty($$select pg_temp.notices()$$, 'notices: an inquiry is no dispute');
select pg_temp.return('dispute', 'dp_1', 2, 'needs_response', 999);
select results_eq(
  $$select pg_temp.notices()$$,
  array['disputed, dispute:dp_1, at 03-12 00, until 03-20 00, T Pro plan, 999, usd'],
  'notices: a dispute, and until when it wants an answer');
select pg_temp.return('dispute', 'dp_1', 3, 'won', 999);
select is_empty($$select pg_temp.notices()$$, 'notices: one that is over is not told');
select from deduct_credits_atomic(pg_temp.id('ada'), 600, 'work');
select pg_temp.return('refund', 're_1', 4, 'succeeded', 2999);
select results_eq(
  $$select pg_temp.notices()$$,
  array['debt, debt:re_1, at 03-12 00, T Pro plan, 2999, usd, 600 credits'],
  'notices: credits that a refund claims and did not find');
select pg_temp.return('refund', 're_1', 5, 'failed', 2999);
select is_empty($$select pg_temp.notices()$$,
  'notices: until the refund has failed, or it is paid');
select from grant_credits(pg_temp.id('ada'), 5, 'permanent', 'p', payment_key => 'elsewhere');
select from deduct_credits_atomic(pg_temp.id('ada'), 415, 'all');
select from claw_back_credits(pg_temp.id('ada'), 're_2', 'elsewhere', 1, 1);
select results_eq(
  $$select pg_temp.notices()$$,
  array['debt, debt:re_2, at 03-12 00, 1, 5 credits'],
  'notices: a debt of a payment that Stripe knows nothing of');

-- Newest first, and not beyond the end
select pg_temp.invoice(8, '{"id": "in_3", "attempt_count": 1, "finalized_at": "2026-03-08"}'),
  pg_temp.invoice(9, '{"id": "in_4", "finalized_at": "2026-03-07"}');
select is(
  (select array_agg(split_part(n, ',', 1)) from pg_temp.notices() n),
  array['debt', 'payment_failed', 'payment_due'], 'notices: the newest first');
select pg_temp.subscription('canceled', 6, '{"ended_at": "2026-03-09"}');
select is(
  (select array_agg(split_part(n, ',', 1)) from pg_temp.notices() n), array['debt'],
  'notices: nobody is asked to pay for a plan that has ended');

-- Two plans paid side by side
select pg_temp.subscription('active', 20, '{"id": "sub_1"}'),
  pg_temp.subscription('active', 21, '{"id": "sub_2", "created": "2026-03-02"}');
create function pg_temp.second() returns text language sql as $$
  select string_agg(n, '; ') from pg_temp.notices() n where n like 'second_plan%'
$$;
select is(pg_temp.second(), 'second_plan, second_plan:sub_2, at 03-12 00, T Pro, usd',
  'notices: who pays for two plans is told which one ends');
select from fix_finding(
  (select id from billing.findings where object_id = 'sub_2'), 'tested', 22,
  '{"id": "sub_2", "status": "canceled", "customer": "cus_ada", "created": "2026-03-02",
    "ended_at": "2026-03-12", "items": [{"id": "si_1", "price": "t_pro_month@1", "quantity": 1,
      "period_start": "2026-03-01", "period_end": "2026-04-01"}]}');
select is(pg_temp.second(), 'second_plan_ended, second_plan:sub_2:fixed, at 03-12 00, T Pro, usd',
  'notices: and when it has ended');
set local test.now to '2026-03-26 00:00:01';
select is(pg_temp.second(), null, 'notices: for 14 days');

-- Who may see them
select pg_temp.act_as('authenticated', 'ada');
select is((select count(*) from get_notices()), 1::bigint, 'notices: a member reads his own');
select pg_temp.act_as('authenticated', 'bob');
select throws_ok(
  $$select get_notices(pg_temp.id('ada'))$$, 'LCACC', 'this account is not yours',
  'notices: another''s account');
select pg_temp.act_as('anon');
select throws_ok(
  $$select get_notices(pg_temp.id('ada'))$$, '42501', null, 'notices: who has not signed in');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
