begin;
select plan(15);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';
\ir ../../catalogs/editor.sql
select pg_temp.sign_up('ada', 'bob', 'cy');
insert into billing.payments (account_id, key, kind, status, description, amount_cents, currency,
  created_at, ticket)
values
  (pg_temp.id('bob'), 'checkout:cs_1', 'pack', 'failed', 'Pack', 425, 'gbp', '2026-01-01', 1),
  (pg_temp.id('bob'), 'checkout:cs_2', 'pack', 'paid', 'Pack', 475, 'eur', '2026-02-01', 2);
insert into billing.subscriptions (account_id, id, status, item_id, price_key, quantity,
  period_start, period_end, created_at, ticket)
values (pg_temp.id('cy'), 'sub_cy', 'trialing', 'si_cy', 'basic_month_gbp@1', 1, '2026-02-20',
  '2026-03-20', '2026-02-20', 3);

-- Allowed
select results_eq(
  $$select * from get_currency(pg_temp.id('ada'))$$, 'values (null::text, false)',
  'currencies: at first an account has none');
select pg_temp.act_as('authenticated', 'ada');
select results_eq(
  $$select * from set_currency('eur')$$, 'values (null::text)',
  'currencies: a member chooses one');
select results_eq(
  $$select * from set_currency('gbp')$$, $$values ('eur')$$,
  'currencies: and another, until something is paid');
select results_eq(
  'select * from get_currency()', $$values ('gbp', false)$$, 'currencies: the choice is kept');
select pg_temp.act_as('postgres');
select results_eq(
  $$select * from get_currency(pg_temp.id('bob'))$$, $$values ('eur', true)$$,
  'currencies: whoever has paid stays in the currency of the first payment');
select results_eq(
  $$select * from get_currency(pg_temp.id('cy'))$$, $$values ('gbp', true)$$,
  'currencies: a plan fixes it before anything is paid');
select results_eq(
  $$select key, price_cents, currency from billing.way_out(pg_temp.id('ada'), 200)$$,
  $$values ('basic_month_gbp', 799::bigint, 'gbp')$$,
  'currencies: the way out of a shortfall is in the account''s own');
select results_eq(
  $$select price_key from prepare_checkout(pg_temp.id('ada'), 'basic_month_eur')$$,
  $$values ('basic_month_eur@1')$$, 'currencies: a choice binds nobody at checkout');
select results_eq(
  $$select price_key from prepare_checkout(pg_temp.id('bob'), 'basic_month_eur')$$,
  $$values ('basic_month_eur@1')$$, 'currencies: an account buys in the one that it pays in');

-- Refused
select throws_ok(
  $$select prepare_checkout(pg_temp.id('bob'), 'basic_month')$$, 'LCCUR',
  'an account pays in one currency', 'currencies: an account buys in no other');
select throws_ok(
  $$select set_currency('usd', pg_temp.id('bob'))$$, 'LCCUR', 'an account pays in one currency',
  'currencies: whoever has paid cannot choose another');
select throws_ok(
  $$select set_currency('chf', pg_temp.id('ada'))$$, 'LCCUR',
  'nothing is sold in this currency', 'currencies: one in which nothing is sold');
select throws_ok(
  $$select set_currency(null, pg_temp.id('ada'))$$, 'LCCUR',
  'nothing is sold in this currency', 'currencies: none');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok(
  $$select set_currency('eur', pg_temp.id('bob'))$$, 'LCACC', 'this account is not yours',
  'currencies: nobody chooses for another account');
select pg_temp.act_as('postgres');
select results_eq(
  'select account_id, currency from billing.account_settings',
  $$values (pg_temp.id('ada'), 'gbp')$$, 'currencies: what was refused changed nothing');

select * from finish();
rollback;
