begin;
select plan(46);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

select pg_temp.sign_up('ada');
select link_customer(pg_temp.id('ada'), 'cus_ada');
insert into billing.packs (key, lookup_key, name, credits, price_cents, position)
values ('t_pack@1', 't_pack', 'T Pack', 1000, 900, 1);
create function pg_temp.buy(n integer) returns text language sql as $$
  select outcome from apply_object(
    'checkout_session', 'evt_buy_' || n, 'x', '2026-03-01', null, 'sha', n,
    jsonb_build_object('id', 'cs_' || n, 'mode', 'payment', 'status', 'complete',
      'payment_status', 'paid', 'customer', 'cus_ada', 'pack', 't_pack@1', 'quantity', 1,
      'amount_subtotal', 900, 'amount_total', 900, 'currency', 'usd', 'payment_intent', 'pi_' || n,
      'created', '2026-03-01'))
$$;
create function pg_temp.refund(
  event text, id text, ticket bigint, status text, cents bigint, intent text default 'pi_1'
) returns text language sql as $$
  select concat_ws(' ', outcome, reason) from apply_object('refund',
    event, 'refund.updated', '2026-03-01', null, 'sha', ticket, jsonb_build_object(
      'id', id, 'status', status, 'customer', 'cus_ada', 'payment_intent', intent,
      'amount', cents, 'currency', 'usd', 'created', '2026-03-02'))
$$;
create function pg_temp.dispute(
  event text, id text, ticket bigint, status text, intent text, cents bigint default 900
) returns text language sql as $$
  select concat_ws(' ', outcome, reason) from apply_object('dispute',
    event, 'charge.dispute.updated', '2026-03-01', null, 'sha', ticket, jsonb_build_object(
      'id', id, 'status', status, 'customer', 'cus_ada', 'payment_intent', intent,
      'amount', cents, 'currency', 'usd', 'created', '2026-03-02'))
$$;
create function pg_temp.has() returns text language sql as $$
  select format('%s of %s', total, balance) from get_user_credits(pg_temp.id('ada')),
    billing.accounts where id = pg_temp.id('ada')
$$;
create function pg_temp.payment(n integer) returns text language sql as $$
  select format('%s, %s back', status, refunded_cents) from get_payments(pg_temp.id('ada'))
  where key = 'checkout:cs_' || n
$$;
update billing.plans set is_sold = false where is_free;  -- no free months beside

-- Refunds
select pg_temp.buy(1);
select is(pg_temp.refund('evt_1', 're_1', 11, 'pending', 300), 'applied',
  'returns: a refund is applied while it is pending');
select is(pg_temp.has(), '667 of 667', 'returns: its part of the credits is taken back');
select is(pg_temp.payment(1), 'partially_refunded, 300 back', 'returns: the payment shows it');
select is(pg_temp.refund('evt_2', 're_1', 12, 'succeeded', 300), 'applied',
  'returns: that it went through changes the row');
select is(pg_temp.has(), '667 of 667', 'returns: and no credits a second time');
select is(pg_temp.refund('evt_3', 're_1', 10, 'pending', 300), 'stale',
  'returns: an older reading changes nothing');
select pg_temp.refund('evt_4', 're_2', 13, 'succeeded', 600);
select is(pg_temp.has(), '0 of 0', 'returns: several refunds count together');
select is(pg_temp.payment(1), 'refunded, 900 back', 'returns: in whole');
select pg_temp.refund('evt_5', 're_2', 14, 'failed', 600);
select is(pg_temp.has(), '667 of 667', 'returns: one that failed gives back what it took');
select is(pg_temp.payment(1), 'partially_refunded, 300 back', 'returns: and counts no more');
select is(pg_temp.refund('evt_6', 're_3', 15, 'canceled', 600), 'applied',
  'returns: one that never held is noted, and takes nothing');

-- Disputes
select pg_temp.buy(2);
select is(pg_temp.dispute('evt_11', 'dp_1', 21, 'warning_needs_response', 'pi_2'), 'applied',
  'returns: an inquiry is noted');
select is(pg_temp.has(), '1667 of 1667', 'returns: and freezes nothing');
select pg_temp.dispute('evt_12', 'dp_1', 22, 'needs_response', 'pi_2');
select is(pg_temp.has(), '667 of 1667', 'returns: a dispute freezes what is unspent');
select is(pg_temp.payment(2), 'disputed, 0 back', 'returns: the payment is disputed');
select pg_temp.dispute('evt_13', 'dp_1', 23, 'won', 'pi_2');
select is(pg_temp.has(), '1667 of 1667', 'returns: one that is won gives it back');
select is(pg_temp.payment(2), 'paid, 0 back', 'returns: and the payment is paid again');
select pg_temp.buy(3);
select pg_temp.dispute('evt_14', 'dp_2', 24, 'lost', 'pi_3');
select is(pg_temp.has(), '1667 of 1667',
  'returns: one that is lost takes, though nothing was frozen');
select is(pg_temp.payment(3), 'refunded, 900 back', 'returns: that money is gone as well');
select pg_temp.dispute('evt_15', 'dp_2', 25, 'appeal_under_review', 'pi_3');
select is(pg_temp.has(), '1667 of 1667', 'returns: whoever appeals has lost so far');
select pg_temp.dispute('evt_16', 'dp_2', 26, 'lost', 'pi_3');
select is(pg_temp.has(), '1667 of 1667', 'returns: and has not kept the credits when that is lost');
select pg_temp.dispute('evt_17', 'dp_2', 27, 'won', 'pi_3');
select is(pg_temp.has(), '2667 of 2667', 'returns: one that is won on appeal gives them back');
select pg_temp.dispute('evt_18', 'dp_2', 28, 'needs_response', 'pi_3');
select is(pg_temp.has(), '1667 of 2667', 'returns: one that is opened again freezes again');
select pg_temp.dispute('evt_19', 'dp_2', 29, 'lost', 'pi_3');
select is(pg_temp.has(), '1667 of 1667', 'returns: and takes when it is lost after all');
select pg_temp.buy(6);
select pg_temp.dispute('evt_20', 'dp_3', 30, 'lost', 'pi_6', 912);
select is(pg_temp.has(), '1667 of 1667',
  'returns: a bank that takes more than was paid takes all the credits');
select is(pg_temp.payment(6), 'refunded, 900 back', 'returns: and no more than was paid is back');

-- Parked
select is(pg_temp.refund('evt_21', 're_9', 31, 'succeeded', 901),
  'parked 901 usd are not of checkout:cs_1, which is 900 usd',
  'returns: more than was paid is parked');
select is(pg_temp.refund('evt_22', 're_10', 32, 'succeeded', 900, 'pi_none'),
  'parked payment pi_none is not known yet',
  'returns: a payment that is not known yet is waited for');
select is_empty(
  $$select id from billing.refunds where id in ('re_9', 're_10')$$,
  'returns: of it nothing is kept');

-- A charge tells of all its refunds at once
create function pg_temp.charge(event text, ticket bigint, intent text, variadic refunds text[])
returns text language sql as $$
  select concat_ws(' ', outcome, reason) from apply_object('charge',
    event, 'charge.refunded', '2026-03-01', null, 'sha', ticket, jsonb_build_object(
      'id', 'ch', 'customer', 'cus_ada', 'payment_intent', intent, 'refunds', (
        select coalesce(jsonb_agg(jsonb_build_object('id', split_part(r, ' ', 1),
          'status', split_part(r, ' ', 2), 'amount', split_part(r, ' ', 3)::bigint,
          'customer', 'cus_ada', 'payment_intent', intent, 'currency', 'usd',
          'created', '2026-03-02')), '[]') from unnest(refunds) r)))
$$;
create function pg_temp.refunds(n integer) returns text language sql as $$
  select string_agg(format('%s %s %s', r.id, r.status, c.claimed_credits), ', ' order by r.id)
  from billing.refunds r
  left join billing.clawbacks c on c.account_id = r.account_id and c.key = r.id
  where r.payment_key = 'checkout:cs_' || n
$$;
select pg_temp.buy(4), pg_temp.buy(5);
select is(
  pg_temp.charge('evt_31', 41, 'pi_4', 're_4b succeeded 100', 're_4a succeeded 200',
    're_4c failed 300'), 'applied', 'returns: a charge is applied');
select is(
  pg_temp.refunds(4), 're_4a succeeded 222, re_4b succeeded 111, re_4c failed ',
  'returns: each of its refunds is, those that failed too, whatever their order');
select is(pg_temp.payment(4), 'partially_refunded, 300 back', 'returns: none counts twice');
select is(
  pg_temp.refund('evt_32', 're_4a', 42, 'succeeded', 200, 'pi_4'), 'applied',
  'returns: one may tell of itself as well');
select is(
  pg_temp.charge('evt_33', 41, 'pi_4', 're_4a failed 200', 're_4b succeeded 100'), 'stale',
  'returns: an older reading of a charge changes none');
select is(
  pg_temp.charge('evt_34', 43, 'pi_4', 're_4a failed 200', 're_4b succeeded 100'), 'applied',
  'returns: a later one does');
select is(
  pg_temp.refunds(4), 're_4a failed 222, re_4b succeeded 111, re_4c failed ',
  'returns: and gives back what has failed since');
select is(
  pg_temp.charge('evt_35', 44, 'pi_5', 're_5a succeeded 100', 're_5b succeeded 901'),
  'parked 901 usd are not of checkout:cs_5, which is 900 usd',
  'returns: one that does not fit parks the charge whole');
select is(pg_temp.refunds(5), null, 'returns: of which nothing is kept');
select is(pg_temp.charge('evt_36', 45, 'pi_5', variadic '{}'), 'stale',
  'returns: a charge without refunds is nothing');
select is(
  pg_temp.charge('evt_37', 46, 'pi_later', 're_6a succeeded 450'),
  'parked payment pi_later is not known yet', 'returns: a charge waits for its payment');

-- What is known, but not paid: its refund may be told of first
create function pg_temp.invoice(ticket bigint, status text) returns text language sql as $$
  select concat_ws(' ', outcome, reason) from apply_object('invoice', 'evt_in_' || ticket, 'x',
    '2026-03-01', null, 'sha', ticket, jsonb_build_object('id', 'in_1', 'status', status,
      'customer', 'cus_ada', 'subscription', 'sub', 'total', 2999, 'currency', 'usd',
      'created', '2026-03-01', 'attempt_count', 1, 'payment_intent', 'pi_in', 'lines',
      '[{"id": "il", "amount": 2999, "quantity": 1, "price": "professional_month@1",
        "proration": false, "period_start": "2026-03-01", "period_end": "2026-04-01"}]'::jsonb))
$$;
create temp table unpaid as select pg_temp.has() as has;
select pg_temp.invoice(50, 'open');
select is(
  pg_temp.refund('evt_41', 're_7', 52, 'succeeded', 2999, 'pi_in'),
  'parked invoice:in_1 is not paid yet', 'returns: a refund waits until its payment is paid');
select is(
  pg_temp.dispute('evt_42', 'dp_7', 53, 'needs_response', 'pi_in'),
  'parked invoice:in_1 is not paid yet', 'returns: so does a dispute');
select pg_temp.invoice(51, 'paid');
select is(
  (select array_agg(id || ' ' || state order by id) from billing.stripe_events
   where id in ('evt_41', 'evt_42')), array['evt_41 applied', 'evt_42 applied'],
  'returns: then both are applied');
select is(pg_temp.has(), (select has from unpaid), 'returns: and none of its credits is kept');
select is(
  (select status from get_payments(pg_temp.id('ada')) where key = 'invoice:in_1'), 'disputed',
  'returns: the payment shows it');
select is_empty('select * from billing.verify_all()', 'returns: the books are in order');

select * from finish();
rollback;
