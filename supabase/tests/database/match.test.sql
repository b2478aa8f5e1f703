begin;
select plan(20);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

insert into auth.users (id, email, email_confirmed_at)
select pg_temp.id(name), name || '@example.com', '2026-01-01'
from unnest(array['ada', 'bob', 'eve', 'gone']) name;
select pg_temp.sign_up('new');
insert into auth.users (id, email, email_confirmed_at, is_sso_user)
select pg_temp.id('twin' || n), 'twin@example.com', '2026-01-01', true from generate_series(1, 2) n;
insert into auth.users (id, is_anonymous) values (pg_temp.id('anon'), true);
select from link_customer(pg_temp.id('eve'), 'cus_eve');
select from link_customer(pg_temp.id('gone'), 'cus_gone');
update billing.accounts set erased_at = billing.now() where id = pg_temp.id('gone');
insert into billing.accounts (id, created_at, next_claim_at, erased_at)
values (pg_temp.id('gone'), billing.now(), billing.now(), billing.now())
on conflict on constraint accounts_pkey do update set erased_at = excluded.erased_at;
insert into billing.customers (id, created_at, deleted_at)
values ('cus_deleted', billing.now(), billing.now());

create function pg_temp.match(customer text, claimed text, email text) returns text
language sql as $$
  select concat_ws(' ', m.outcome, (select split_part(u.email, '@', 1) from auth.users u
    where u.id = m.account_id), m.in_force)
  from match_customer(customer, claimed, email) m
$$;
create temp table before as select pg_temp.books() as books;

select is(pg_temp.match(customer, coalesce(pg_temp.id(claimed)::text, claimed), email), found,
  'match_customer: ' || name)
from (values
  ('the user whom the metadata names', 'cus_1', 'ada', 'bob@example.com', 'found ada'),
  ('else whoever has confirmed its e-mail, in any case', 'cus_1', null, ' BOB@example.com ',
    'found bob'),
  ('not one who has not', 'cus_1', null, 'new@example.com', 'unconfirmed'),
  ('nor one of two', 'cus_1', null, 'twin@example.com', 'ambiguous'),
  ('nor nobody', 'cus_1', null, 'who@example.com', 'nobody'),
  ('nor somebody without an e-mail', 'cus_1', null, null, 'nobody'),
  ('a visitor is not taken for a customer', 'cus_1', 'anon', 'ada@example.com', 'anonymous'),
  ('metadata that names nobody is no name', 'cus_1', 'who', 'ada@example.com', 'found ada'),
  ('the mapping is kept', 'cus_eve', null, 'ada@example.com', 'linked eve cus_eve'),
  ('and named where the metadata says otherwise', 'cus_eve', 'ada', null, 'conflict eve cus_eve'),
  ('another customer of the same person', 'cus_2', 'eve', null, 'found eve cus_eve'),
  ('an account that is erased stays so', 'cus_gone', null, null, 'erased gone cus_gone'),
  ('a customer who was deleted is nobody''s', 'cus_deleted', 'ada', null, 'deleted')
) v (name, customer, claimed, email, found);
select is(pg_temp.match('cus_1', 'not an id', 'ada@example.com'), 'found ada',
  'match_customer: metadata that is no id is no name');
select is(pg_temp.books(), (select books from before), 'match_customer: changes nothing');

insert into billing.plans (key, version, name, description, position, credits_per_month, is_free)
values ('t_plan', 1, 'T', '', 1, 100, false);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents,
  currency, is_sold)
values ('t_month@1', 't_month', 't_plan', 1, 'month', 900, 'usd', false),
  ('t_month@2', 't_month', 't_plan', 1, 'month', 999, 'usd', true);
select results_eq(
  $$select * from match_price('t_month', 999, 'usd', 'month')$$,
  $$values ('t_month@2', null::text)$$, 'match_price: a lookup key is what is sold now');
select results_eq(
  $$select * from match_price('t_month@1', 900, 'usd', 'month')$$,
  $$values ('t_month@1', null::text)$$, 'match_price: a key is its version, sold or not');
select results_eq(
  $$select * from match_price('t_month', 900, 'usd', 'month')$$,
  $$values ('t_month@2', 't_month@2 is 999 usd month here, and 900 usd month at Stripe')$$,
  'match_price: not at another amount');
select results_eq(
  $$select * from match_price('t_other', 999, 'usd', 'month')$$,
  $$values (null::text, 't_other is unknown')$$, 'match_price: what is not in the catalog');
select results_eq(
  $$select * from match_price(null, 999, 'usd', 'month')$$,
  $$values (null::text, 'a price without a name is unknown')$$,
  'match_price: nor what has no name');

select * from finish();
rollback;
