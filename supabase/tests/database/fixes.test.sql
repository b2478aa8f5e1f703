begin;
select plan(18);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 09:00';
\ir fixtures/shop.psql
select from link_customer(pg_temp.id('ada'), 'cus_ada');
select from ignore_event('evt_first', 'x', '2026-03-01 08:00', null, 'sha', 'erased');

-- Finds it, and answers the id of the finding.
create function pg_temp.find(noun text, facts jsonb, id text default null) returns bigint
language sql as $$
  select min(finding_id) from compare_object(noun, coalesce(find.id, facts ->> 'id'),
    pg_temp.id('ada'), (select ticket from begin_event('x')), facts, true)
$$;
create function pg_temp.fix(finding bigint, facts jsonb default null, reason text default 'tested')
returns text language sql as $$
  select concat_ws(': ', state, problem) from fix_finding(finding, reason,
    (select ticket from begin_event('x')), facts)
$$;
create function pg_temp.total() returns bigint language sql as $$
  select total from get_user_credits(pg_temp.id('ada'))
$$;

-- Allowed
create temp table paid as select pg_temp.find('invoice', pg_temp.invoice()) as id;
select is(pg_temp.fix(id, pg_temp.invoice()), 'fixed', 'fixes: what was paid is applied')
from paid;
select is(pg_temp.total(), 1000::bigint, 'fixes: and credited');
select is(
  (select concat_ws(' ', e.type, e.state) from billing.stripe_events e, paid
   where e.id ~ ('^reconcile:' || paid.id || ':')), 'reconcile.invoice applied',
  'fixes: the inbox says by what');
select results_eq(
  $$select account_id, reason from billing.audit_log where action = 'finding.fix'$$,
  $$values (pg_temp.id('ada'), 'paid_not_credited in_1: tested')$$,
  'fixes: the owner''s reason is noted');
select is(pg_temp.find('invoice', pg_temp.invoice()), null, 'fixes: then nothing differs');

-- Replay
select is(pg_temp.fix(id, pg_temp.invoice()), 'fixed', 'fixes: a second time it is as it is')
from paid;
select is(
  (select count(*) from billing.audit_log where action = 'finding.fix'), 1::bigint,
  'fixes: and nothing is done or noted again');

-- Credits that nobody paid for
select from billing.grant_credits(pg_temp.id('ada'), 'permanent', 300, 'checkout:cs_x',
  payment_key => 'checkout:cs_x');
select from deduct_credits_atomic(pg_temp.id('ada'), 1100, 'spent');
create temp table unpaid as select pg_temp.find('checkout_session', null, 'cs_x') as id;
select is(pg_temp.fix(id), 'fixed', 'fixes: credits that nobody paid for are voided') from unpaid;
select is(pg_temp.total(), 0::bigint, 'fixes: what is left of them');
select is(pg_temp.find('checkout_session', null, 'cs_x'), null,
  'fixes: which is no finding again');

-- What turns out not to be ours
select is(
  (select concat_ws(': ', state, problem) from fix_finding(
    billing.open_finding('payment_differs', 'invoice', 'in_9', pg_temp.id('ada'), 'x', null),
    'tested', (select ticket from begin_event('x')),
    pg_temp.invoice('{"id": "in_9", "subscription": null}'))),
  'open: the invoice is not a subscription''s', 'fixes: what had no effect is not fixed');

-- An event
create temp table lost as
select finding_id as id from compare_events(array['evt_l'], array['2026-03-01 08:30'::timestamptz]);
select is(pg_temp.fix(id), 'open: the event has still not come',
  'fixes: an event is fixed by delivering it') from lost;
select from ignore_event('evt_l', 'x', '2026-03-01 08:30', null, 'sha', 'erased');
select is(pg_temp.fix(id), 'fixed', 'fixes: and then taken note of') from lost;

-- Refused
create temp table stuck as
select pg_temp.find('refund', pg_temp.refund(100) || '{"payment_intent": "pi_none"}') as id;
select is(
  pg_temp.fix(id, pg_temp.refund(100) || '{"payment_intent": "pi_none"}'),
  'open: payment pi_none is not known yet',
  'fixes: what cannot be applied stays open, and says why')
from stuck;
create temp table missing as select pg_temp.find('subscription', null, 'sub_0') as id;
select pg_temp.tell('subscription', 'evt_s', pg_temp.subscription('{"id": "sub_0"}'));
update missing set id = pg_temp.find('subscription', null, 'sub_0');
select is(pg_temp.fix(id), 'open: Stripe does not have it: decide by hand what is right',
  'fixes: what Stripe does not have is left to the owner') from missing;
select is_empty($$select * from fix_finding(0, 'tested')$$, 'fixes: there is no finding 0');
select throws_ok(
  format($$select * from fix_finding(%s, ' ')$$, (select id from stuck)), 'LCOWN', null,
  'fixes: none without a reason');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok($$select * from fix_finding(1, 'mine')$$, '42501', null,
  'fixes: members fix none');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
