begin;
select plan(26);

\ir fixtures/helpers.psql
set local test.now to '2026-03-10 12:00';
\ir fixtures/shop.psql
\ir fixtures/topups.psql

-- Baseline
select is(pg_temp.topup(), 'f switched_off 0', 'topup: nobody tops up who has not agreed to it');
select results_eq(
  $$select set_auto_topup(false, account_id => pg_temp.id('ada'))$$, array[false],
  'topup: switching off what is off changes nothing');

-- Refused
select throws_ok(
  $$select pg_temp.set('ada')$$, 'LCPLN', 'this pack is sold to accounts with a plan',
  'topup: the pack needs a plan');
select pg_temp.tell('subscription', 'evt_sub', pg_temp.subscription());
select throws_ok(
  $$select pg_temp.set('ada')$$, 'LCPAY', 'there is no saved payment method to charge',
  'topup: there is nothing to charge');
select pg_temp.card('pm_1');
select throws_ok(
  $$select pg_temp.set('ada')$$, 'LCPAY', null,
  'topup: nor is any saved card taken: it is the default one, or named');
select pg_temp.default_card('pm_1');
select throws_ok(
  $$select pg_temp.set('ada', method => 'pm_of_bob')$$, 'LCPAY', null,
  'topup: another''s card is none');
select throws_ok(
  $$select pg_temp.set('ada', pack => 't_pro_month')$$, 'LCPAK', 'this pack is not sold',
  'topup: only packs that are on sale');
select throws_ok(
  format('select pg_temp.set(''ada'', threshold => %s)', coalesce(x::text, 'null')), 'LCAMT', null,
  format('topup: a threshold of %s credits', coalesce(x::text, 'no')))
from unnest(array[0, 1000001, null]::bigint[]) x;
select throws_ok(
  $$select pg_temp.set('ada', cap => 699)$$, 'LCCAP', 'a month''s limit pays for one pack at least',
  'topup: a limit below the price of the pack');
select throws_ok(
  $$select pg_temp.set('ada', cap => null)$$, 'LCCAP', null, 'topup: there is always a limit');
insert into billing.packs (key, lookup_key, name, credits, price_cents, position, currency)
values ('t_pack_eur@1', 't_pack_eur', 'T Pack', 500, 700, 1, 'eur');
select throws_ok(
  $$select pg_temp.set('ada', pack => 't_pack_eur')$$, 'LCCUR', 'an account pays in one currency',
  'topup: a pack in another currency than the plan');
select is_empty(
  $$select from billing.auto_topups$$, 'topup: what is refused leaves nothing behind');

-- Allowed
select is(pg_temp.set('ada'), true, 'topup: a member agrees to it');
select is(pg_temp.topup(), 't - 0', 'topup: from then on nothing is in its way');
select is(pg_temp.set('ada'), false, 'topup: the same again changes nothing');
select is(pg_temp.set('ada', threshold => 50), true, 'topup: another threshold does');
select results_eq(
  $$select threshold_credits, lookup_key, pack_name, pack_credits, price_cents, currency,
      monthly_cap_cents from get_auto_topup(pg_temp.id('ada'))$$,
  $$values (50::bigint, 't_pack', 'T Pack', 500::bigint, 700::bigint, 'usd', 2000::bigint)$$,
  'topup: what was agreed to is shown');
select set_auto_topup(false, account_id => pg_temp.id('ada'));
select is(pg_temp.topup(), 'f switched_off 0', 'topup: it is switched off');
select is(
  (select threshold_credits from get_auto_topup(pg_temp.id('ada'))), 50::bigint,
  'topup: and kept for the next time');

select is(pg_temp.set('ada'), true, 'topup: it is switched on again');

-- Who may
select pg_temp.act_as('authenticated', 'bob');
select throws_ok(
  $$select set_auto_topup(false, account_id => pg_temp.id('ada'))$$, 'LCACC', null,
  'topup: another''s account is not switched off');
select throws_ok(
  $$select * from get_auto_topup(pg_temp.id('ada'))$$, 'LCACC', null, 'topup: nor read');
select is_empty(
  $$select from billing.auto_topups$$, 'topup: in the table there are one''s own settings only');
select pg_temp.act_as('authenticated', 'ada');
select results_eq(
  $$select set_auto_topup(false)$$, array[true], 'topup: a member need not name the account');

select * from finish();
rollback;
