begin;
select plan(21);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

update billing.plans set is_sold = false where is_free;
select pg_temp.sign_up('ada');
insert into billing.packs (key, lookup_key, name, credits, price_cents, position)
values ('t_pack@1', 't_pack', 'T Pack', 1000, 900, 1);
create function pg_temp.buy(n integer) returns text language sql as $$
  select outcome from apply_object(
    'checkout_session', 'evt_buy_' || n, 'x', '2026-03-01', null, 'sha',
    100 + n, jsonb_build_object('id', 'cs_' || n, 'mode', 'payment', 'status', 'complete',
      'payment_status', 'paid', 'customer', 'cus_ada', 'account_id', pg_temp.id('ada'),
      'pack', 't_pack@1', 'quantity', 1, 'amount_subtotal', 900, 'amount_total', 900,
      'currency', 'usd', 'payment_intent', 'pi_' || n, 'created', '2026-03-01'))
$$;
create function pg_temp.refund(event text, id text, ticket bigint, status text, n integer)
returns text language sql as $$
  select concat_ws(' ', outcome, reason) from apply_object('refund',
    event, 'refund.updated', '2026-03-01', null, 'sha', ticket, jsonb_build_object(
      'id', id, 'status', status, 'customer', 'cus_ada', 'payment_intent', 'pi_' || n,
      'amount', 450, 'currency', 'usd', 'created', '2026-03-02'))
$$;
create function pg_temp.states() returns text language sql as $$
  select string_agg(format('%s %s', id, state), ', ' order by id) from billing.stripe_events
  where noun = 'refund'
$$;

-- Baseline: a refund comes before the purchase, and before its customer is known
select is(pg_temp.refund('evt_1', 're_1', 1, 'succeeded', 1), 'parked customer cus_ada is unknown',
  'parked: a refund of an unknown customer is parked');
select pg_temp.buy(1);
select is(pg_temp.states(), 'evt_1 applied',
  'parked: the payment it waited for applies it');
select is((select total from get_user_credits(pg_temp.id('ada'))), 500::bigint,
  'parked: the end is the same as in the right order');

-- Two readings of one refund waited: the later one stands, whichever is applied last.
select pg_temp.refund('evt_2', 're_2', 3, 'failed', 2);
select pg_temp.refund('evt_3', 're_2', 2, 'succeeded', 2);
select is(pg_temp.states(), 'evt_1 applied, evt_2 parked, evt_3 parked',
  'parked: both are kept');
select pg_temp.buy(2);
select is(pg_temp.states(), 'evt_1 applied, evt_2 applied, evt_3 applied',
  'parked: and both are settled');
select is(
  (select status from billing.refunds where id = 're_2'), 'failed',
  'parked: the state is that of the later reading');
select is((select total from get_user_credits(pg_temp.id('ada'))), 1500::bigint,
  'parked: what failed took nothing in the end');

-- The job
select pg_temp.refund('evt_4', 're_4', 4, 'succeeded', 9);
select is(apply_parked(), 'evt_4', 'parked: the job tries a parked event again');
select is(apply_parked('evt_4'), null, 'parked: each once a run');
select is(
  (select format('%s after %s attempts', state, attempts) from billing.stripe_events
    where id = 'evt_4'), 'parked after 2 attempts',
  'parked: what still lacks its payment stays parked');

-- One that raises: facts that cannot be read
insert into billing.plans (key, version, name, description, position, credits_per_month)
values ('t_pro', 1, 'T Pro', '', 1, 1000);
create function pg_temp.subscription(event text, ticket bigint, created text) returns text
language sql as $$
  select concat_ws(' ', outcome, reason) from apply_object('subscription', event, 'x', '2026-03-01',
    null, 'sha', ticket, jsonb_build_object('id', 'sub_' || event, 'status', 'active',
      'customer', 'cus_ada', 'created', created, 'items', '[{"id": "si_1", "price": "t_pro_month@1",
        "quantity": 1, "period_start": "2026-03-01", "period_end": "2026-04-01"}]'::jsonb))
$$;
select pg_temp.subscription('evt_5', 5, 'no time'), pg_temp.subscription('evt_6', 6, '2026-03-01');
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 2999);
create temp table before as select pg_temp.books() as books;
select is(apply_parked('evt_4'), 'evt_5', 'parked: one that raises is no end of the job');
select is(
  (select format('%s after %s attempts, %s', state, attempts, left(reason, 5))
   from billing.stripe_events where id = 'evt_5'), 'parked after 2 attempts, 22007',
  'parked: it stays, with its error as the reason');
select is(pg_temp.books(), (select books from before), 'parked: and has done nothing');
select is(apply_parked('evt_5'), 'evt_6', 'parked: those after it have their turn');
select is(
  (select state::text from billing.stripe_events where id = 'evt_6'), 'applied',
  'parked: and are applied');

-- What was read later stands, though what waited is applied afterwards
select pg_temp.subscription('evt_x', 9, '2026-03-01');
update billing.stripe_events set state = 'parked', ticket = 1,
  facts = facts || '{"status": "past_due"}' where id = 'evt_x';
select is(apply_parked('evt_w'), 'evt_x', 'parked: what waited is tried under its old ticket');
select is(
  (select s.status from billing.subscriptions s where s.id = 'sub_evt_x'), 'active',
  'parked: so that what was read later stands');

-- A customer who is linked
select is(
  (select outcome from apply_object('invoice', 'evt_7', 'x', '2026-03-01', null, 'sha', 7,
    '{"id": "in_7", "status": "paid", "customer": "cus_bob", "subscription": "sub_bob",
      "total": 2999, "currency": "usd", "created": "2026-03-01", "attempt_count": 1,
      "payment_intent": "pi_7", "lines": [{"id": "il", "amount": 2999, "quantity": 1,
        "price": "t_pro_month@1", "proration": false, "period_start": "2026-03-01",
        "period_end": "2026-04-01"}]}')), 'parked', 'parked: an unknown customer''s waits');
select is(
  (select outcome from apply_object('refund', 'evt_8', 'x', '2026-03-01', null, 'sha', 8,
    '{"id": "re_8", "status": "succeeded", "customer": "cus_bob", "payment_intent": "pi_7",
      "amount": 2999, "currency": "usd", "created": "2026-03-01"}')), 'parked',
  'parked: and what went back of it');
select from link_customer(pg_temp.id('bob'), 'cus_bob');
select is(
  (select array_agg(state::text) from billing.stripe_events where id in ('evt_7', 'evt_8')),
  array['applied', 'applied'], 'parked: linking the customer applies both');
select is(
  (select row(p.status, p.credits_granted, c.total)::text from get_payments(pg_temp.id('bob')) p,
    get_user_credits(pg_temp.id('bob')) c), '(refunded,1000,0)', 'parked: each once');

select * from finish();
rollback;
