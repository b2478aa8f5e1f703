begin;
select plan(10);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

update billing.plans set is_sold = false where is_free;
insert into auth.users (id, email) values (pg_temp.id('ada'), 'ada@example.com');
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
  'apply_returns: a refund of an unknown customer is parked');
select pg_temp.buy(1);
select is(pg_temp.states(), 'evt_1 applied',
  'apply_returns: the payment it waited for applies it');
select is((select total from get_user_credits(pg_temp.id('ada'))), 500::bigint,
  'apply_returns: the end is the same as in the right order');

-- Two readings of one refund waited: the later one stands, whichever is applied last.
select pg_temp.refund('evt_2', 're_2', 3, 'failed', 2);
select pg_temp.refund('evt_3', 're_2', 2, 'succeeded', 2);
select is(pg_temp.states(), 'evt_1 applied, evt_2 parked, evt_3 parked',
  'apply_returns: both are kept');
select pg_temp.buy(2);
select is(pg_temp.states(), 'evt_1 applied, evt_2 applied, evt_3 applied',
  'apply_returns: and both are settled');
select is(
  (select status from billing.refunds where id = 're_2'), 'failed',
  'apply_returns: the state is that of the later reading');
select is((select total from get_user_credits(pg_temp.id('ada'))), 1500::bigint,
  'apply_returns: what failed took nothing in the end');

-- The job
select pg_temp.refund('evt_4', 're_4', 4, 'succeeded', 9);
select is(apply_parked(), 'evt_4', 'apply_returns: the job tries a parked event again');
select is(apply_parked('evt_4'), null, 'apply_returns: each once a run');
select is(
  (select format('%s after %s attempts', state, attempts) from billing.stripe_events
    where id = 'evt_4'), 'parked after 2 attempts',
  'apply_returns: what still lacks its payment stays parked');

select * from finish();
rollback;
