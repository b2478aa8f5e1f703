begin;
select plan(32);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.record(event text, verb text, reason text) returns text language plpgsql
  as $$
begin
  if verb = 'ignore' then
    return (select outcome from ignore_event(event, 'a.type', '2026-02-01', 'v1', 'sha', reason));
  end if;
  perform record_event_failure(event, 'a.type', '2026-02-01', 'v1', 'sha', reason);
  return (select e.state from billing.stripe_events e where e.id = event);
end $$;
-- A subscription's event: parked while its price is unknown, applied once it is there.
create function pg_temp.apply(event text, price text) returns text language sql as $$
  select outcome from apply_object('subscription',
    event, 'customer.subscription.created', '2026-02-01', 'v1', 'sha',
    (select ticket from begin_event(event)),
    jsonb_build_object('id', 'sub_' || event, 'status', 'active', 'customer', 'cus_ada',
      'created', '2026-02-01', 'items', jsonb_build_array(jsonb_build_object('id', 'si_1',
        'price', price, 'quantity', 1, 'period_start', '2026-02-01', 'period_end', '2026-03-01'))))
$$;
create function pg_temp.event(event text) returns text language sql as $$
  select concat_ws(' ', state, attempts, reason) from billing.stripe_events where id = event
$$;

insert into billing.plans (key, version, name, description, position, credits_per_month)
values ('t_pro', 1, 'T Pro', '', 1, 1000);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 1999);
select from link_customer(pg_temp.id('ada'), 'cus_ada');

-- Baseline
create temp table drawn as
select 1 as turn, * from begin_event('evt_new')
union all select 2, * from begin_event('evt_new');
select ok(
  (select bool_and(not duplicate) from drawn),
  'events: one that was never dealt with is no duplicate');
select ok(
  (select b.ticket > a.ticket from drawn a, drawn b where a.turn = 1 and b.turn = 2),
  'events: a later reading has a higher ticket');
select is_empty(
  $$select id from billing.stripe_events where id = 'evt_new'$$,
  'events: drawing a ticket leaves nothing behind');

-- Allowed
select is(pg_temp.record('evt_i', 'ignore', 'not ours'), 'ignored', 'events: one may be ignored');
select is(pg_temp.event('evt_i'), 'ignored 1 not ours', 'events: an ignored one says why');
select is(
  (select row(type, created_at, api_version, body_sha256, noted_at)::text
   from billing.stripe_events where id = 'evt_i'),
  '(a.type,"2026-02-01 00:00:00+00",v1,sha,"2026-03-01 00:00:00+00")',
  'events: what came is kept by its hash, and when it was noted');
select is(pg_temp.record('evt_f', 'fail', 'no database'), 'failed', 'events: a failure is noted');
select is(pg_temp.record('evt_f', 'fail', 'no Stripe'), 'failed', 'events: it may fail again');
select is(
  pg_temp.event('evt_f'), 'failed 2 no Stripe',
  'events: failures are counted, with the last reason');
select is(
  (select duplicate from begin_event('evt_f')), false,
  'events: a failed one counts as not seen');
select is(
  pg_temp.apply('evt_f', 't_pro_month@1'), 'applied', 'events: a failed one is applied later');
select is(pg_temp.event('evt_f'), 'applied 3', 'events: and then has no reason any more');
select is(
  pg_temp.apply('evt_p', 't_later@1'), 'parked', 'events: one that lacks something is parked');
select is(
  pg_temp.event('evt_p'), 'parked 1 price t_later@1 is unknown',
  'events: a parked one says what it lacks');
select is(
  (select facts ->> 'id' from billing.stripe_events where id = 'evt_p'), 'sub_evt_p',
  'events: a parked one keeps its facts');
select is(
  (select duplicate from begin_event('evt_p')), false,
  'events: a parked one is read again');
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_later@1', 't_later', 't_pro', 1, 'month', 1);
select is(
  pg_temp.apply('evt_p', 't_later@1'), 'applied',
  'events: a parked one is applied once that is there');
select is(pg_temp.event('evt_p'), 'applied 2', 'events: applied, it is parked no more');

-- Replay
select is(
  (select e::text from begin_event('evt_f') e), '(t,)',
  'events: an applied one is a duplicate, and draws no ticket');
select is(
  (select e::text from begin_event('evt_i') e), '(t,)',
  'events: an ignored one is a duplicate, and draws no ticket');
select is(pg_temp.record('evt_i', 'ignore', 'again'), 'duplicate', 'events: an ignored one again');
select is(pg_temp.apply('evt_f', 't_pro_month@1'), 'duplicate', 'events: an applied one again');
select is(
  pg_temp.apply('evt_i', 't_pro_month@1'), 'duplicate', 'events: an ignored one is not applied');

-- Refused
select pg_temp.apply('evt_q', 't_never@1');
create temp table before as select to_jsonb(e) as row from billing.stripe_events e;
select is(
  pg_temp.record('evt_f', 'fail', 'late'), 'applied',
  'events: a failure never hides that it was applied');
select is(
  pg_temp.record('evt_q', 'fail', 'late'), 'parked',
  'events: a failure never hides that it was parked');
select is(
  pg_temp.record('evt_i', 'fail', 'late'), 'ignored',
  'events: a failure never hides that it was ignored');
select set_eq(
  'select to_jsonb(e) from billing.stripe_events e', 'select row from before',
  'events: such failures change nothing');
select throws_ok(
  $$select ignore_event('evt_x', 'a.type', '2026-02-01', null, null, 'x')$$, '23502', null,
  'events: none without the hash of what came');
set local role service_role;
select throws_ok(
  $$insert into billing.stripe_events (id) values ('evt_x')$$, '42501', null,
  'events: the service role writes none by itself');
select throws_ok(
  $$select nextval('billing.event_tickets')$$, '42501', null,
  'events: the service role draws no ticket by itself');
set local role authenticated;
select throws_ok(
  $$select * from billing.stripe_events$$, '42501', null, 'events: members see none');
select throws_ok(
  $$select begin_event('evt_x')$$, '42501', null, 'events: members begin none');
reset role;

select * from finish();
rollback;
