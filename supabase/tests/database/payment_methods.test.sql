begin;
select plan(29);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

create function pg_temp.method(id text, ticket bigint, other jsonb default '{}')
returns text language sql as $$
  select concat_ws(' ', outcome, reason) from apply_object('payment_method', 'evt_' || ticket, 'x',
    billing.now(), null, 'sha', ticket, '{"customer": "cus_ada", "account_id": null,
      "is_attached": true, "type": "card", "brand": "visa", "last4": "4242", "exp_month": 12,
      "exp_year": 2030, "fingerprint_sha256": "0fca4d"}' || jsonb_build_object('id', id) || other)
$$;
-- As the reader finds one that was detached: its customer is known by the event alone.
create function pg_temp.detached(id text, ticket bigint) returns text language sql as $$
  select pg_temp.method(id, ticket, '{"is_attached": false}')
$$;
create function pg_temp.customer(ticket bigint, method text, is_deleted boolean default false)
returns text language sql as $$
  select outcome from apply_object('customer', 'evt_' || ticket, 'x', billing.now(), null, 'sha',
    ticket, jsonb_build_object('customer', 'cus_ada', 'deleted', is_deleted,
      'default_payment_method', method))
$$;
create function pg_temp.subscription(id text, ticket bigint, method text, other jsonb default '{}')
returns text language sql as $$
  select outcome from apply_object('subscription', 'evt_' || ticket, 'x', billing.now(), null,
    'sha', ticket, '{"status": "active", "customer": "cus_ada", "created": "2026-02-01", "items":
      [{"id": "si_1", "price": "professional_month@1", "quantity": 1, "period_start": "2026-03-01",
        "period_end": "2026-04-01"}]}'
      || jsonb_build_object('id', id, 'default_payment_method', method) || other)
$$;
create function pg_temp.shown() returns text language sql as $$
  select string_agg(m.id || case when m.is_default then '*' else '' end, ' ' order by nth)
  from get_payment_methods(pg_temp.id('ada')) with ordinality m (id, type, brand, last4, exp_month,
    exp_year, is_default, expiry, nth)
$$;

select pg_temp.sign_up('ada', 'bob');
select from link_customer(pg_temp.id('ada'), 'cus_ada');

-- Baseline
select is_empty(
  $$select * from get_payment_methods(pg_temp.id('nobody'))$$,
  'methods: who has none is shown none');

-- Allowed
select is(pg_temp.method('pm_1', 10), 'applied', 'methods: one that is attached is applied');
select results_eq(
  $$select * from get_payment_methods(pg_temp.id('ada'))$$,
  $$values ('pm_1', 'card', 'visa', '4242', 12::smallint, 2030::smallint, false, 'later')$$,
  'methods: of a card its brand, last four digits and expiry are shown');
select pg_temp.method('pm_1', 11, '{"exp_year": 2033, "last4": "1881"}');
select is(
  (select row(last4, exp_year)::text from get_payment_methods(pg_temp.id('ada'))), '(1881,2033)',
  'methods: a card that is replaced by its bank is shown as it is now');
select is(
  (select fingerprint_sha256 from billing.payment_methods where id = 'pm_1'), '\x0fca4d'::bytea,
  'methods: the hash of its fingerprint is kept');
select is(
  pg_temp.method('pm_2', 12, '{"type": "sepa_debit", "brand": null, "last4": null,
    "exp_month": null, "exp_year": null}'), 'applied', 'methods: one need not be a card');
select is(
  pg_temp.method('pm_b', 13, jsonb_build_object('customer', 'cus_bob',
    'account_id', pg_temp.id('bob'))), 'applied',
  'methods: an unmapped customer is found by the account id in its metadata');

-- What expires: a card is good until its month is over
set local test.now to '2026-05-31 23:59:59';
create function pg_temp.expiry(year int, month int, ticket bigint) returns text language sql as $$
  select pg_temp.method('pm_1', ticket, jsonb_build_object('exp_year', year, 'exp_month', month,
    'last4', '1881'));
  select coalesce(m.expiry, 'never') || ' ' || coalesce(
    (select expiry from get_payment_methods(pg_temp.id('ada')) where id = 'pm_2'), 'never')
  from get_payment_methods(pg_temp.id('ada')) m where m.id = 'pm_1'
$$;
select is(
  array[pg_temp.expiry(2026, 4, 14), pg_temp.expiry(2026, 5, 15), pg_temp.expiry(2026, 6, 16),
    pg_temp.expiry(2026, 7, 17), pg_temp.expiry(2026, 12, 18)],
  array['expired never', 'soon never', 'soon never', 'later never', 'later never'],
  'methods: one that is over, or is in 60 days, is said to be');
set local test.now to '2026-03-01';

-- Which one is charged
select is(pg_temp.shown(), 'pm_1 pm_2', 'methods: none is the default where none is named');
select pg_temp.customer(20, 'pm_2');
select is(pg_temp.shown(), 'pm_2* pm_1', 'methods: the default is that of the customer, and first');
select pg_temp.subscription('sub_1', 21, 'pm_1');
select is(pg_temp.shown(), 'pm_1* pm_2',
  'methods: the subscription''s goes before the customer''s');
select pg_temp.subscription('sub_2', 22, 'pm_2', '{"status": "incomplete",
  "created": "2026-02-20"}');
select is(
  pg_temp.shown(), 'pm_1* pm_2', 'methods: namely that of the live one, though another is newer');
select pg_temp.subscription('sub_1', 23, 'pm_1', '{"status": "canceled",
  "ended_at": "2026-03-01"}');
select pg_temp.subscription('sub_2', 24, null, '{"status": "incomplete",
  "created": "2026-02-20"}');
select is(pg_temp.shown(), 'pm_2* pm_1', 'methods: one that has ended charges nothing');
select pg_temp.customer(25, 'pm_gone');
select is(pg_temp.shown(), 'pm_1 pm_2', 'methods: a default that is not attached is none');

-- Detached, in every order of the two tickets and of the two events
select pg_temp.method('pm_3', 30), pg_temp.detached('pm_3', 31);
select pg_temp.detached('pm_4', 33), pg_temp.method('pm_4', 32);
select is(
  pg_temp.shown(), 'pm_1 pm_2',
  'methods: read as attached before it was detached, one is not shown, whichever comes last');
select pg_temp.detached('pm_5', 34), pg_temp.method('pm_5', 35);
select pg_temp.method('pm_6', 37), pg_temp.detached('pm_6', 36);
select is(
  pg_temp.shown(), 'pm_1 pm_2 pm_5 pm_6',
  'methods: read as attached afterwards it is, whichever comes last');
select is(pg_temp.method('pm_1', 9), 'stale', 'methods: an older reading is stale');
select is(
  (select last4 from billing.payment_methods where id = 'pm_1'), '1881',
  'methods: and changes nothing');
select is(
  pg_temp.method('pm_x', 38, '{"customer": null, "is_attached": false}'),
  'ignored customer  is unknown', 'methods: one that is nobody''s is ignored');
select is(
  pg_temp.method('pm_y', 39, '{"customer": "cus_other"}'),
  'ignored customer cus_other is unknown', 'methods: a stranger''s is ignored');
select is(
  (select count(*) from billing.payment_methods where id in ('pm_x', 'pm_y')), 0::bigint,
  'methods: neither is kept');

-- Who may see them
select pg_temp.act_as('authenticated', 'bob');
select is(
  (select array_agg(id) from get_payment_methods()), array['pm_b'],
  'methods: a member reads without naming the account');
select throws_ok(
  $$select get_payment_methods(pg_temp.id('ada'))$$, 'LCACC', 'this account is not yours',
  'methods: another''s account');
select is_empty(
  $$select id from billing.payment_methods where account_id = pg_temp.id('ada')$$,
  'methods: another''s, not in the table either');
select pg_temp.act_as('anon');
select throws_ok(
  $$select get_payment_methods(pg_temp.id('ada'))$$, '42501', null,
  'methods: who has not signed in');
select pg_temp.act_as('postgres');

-- Whose customer is gone
select pg_temp.customer(40, null, true);
select is(pg_temp.shown(), null, 'methods: those of a deleted customer cannot be charged');
select pg_temp.subscription('sub_2', 41, null, '{"status": "incomplete_expired"}');
select from erase_account(pg_temp.id('ada'), 'asked to');
select is(
  (select count(*) from billing.payment_methods where account_id = pg_temp.id('ada')), 0::bigint,
  'methods: an erased account has none');
select is(
  pg_temp.method('pm_1', 42), 'ignored erased', 'methods: and gets none');
select is_empty(
  $$select id from billing.stripe_events
    where facts ?| array['brand', 'last4', 'exp_year', 'fingerprint_sha256']
      and facts ->> 'customer' is distinct from 'cus_bob'$$,
  'methods: nor does the inbox keep what they were, or what a stranger''s is');

select * from finish();
rollback;
