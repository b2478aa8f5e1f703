begin;
select plan(28);

\ir fixtures/helpers.psql
set local test.now to '2027-01-31 10:00';

create function pg_temp.free_months(name text) returns setof text language sql as $$
  select format('%s until %s', b.key, to_char(b.expires_at, 'YYYY-MM-DD HH24:MI'))
  from billing.buckets b where b.account_id = pg_temp.id(name) and b.key like 'free:%' order by b.id
$$;
create function pg_temp.touch(name text, at timestamptz) returns bigint language sql as $$
  select set_config('test.now', at::text, true);
  select total from get_user_credits(pg_temp.id(name));
$$;
create function pg_temp.subscribe(name text, status text, ticket bigint) returns text language sql
  as $$
  select outcome from apply_object('subscription',
    'evt_' || ticket, 'customer.subscription.updated', billing.now(), null, 'sha', ticket,
    jsonb_build_object('id', 'sub_' || name, 'status', status, 'customer', 'cus_' || name,
      'account_id', pg_temp.id(name), 'created', billing.now(), 'items',
      jsonb_build_array(jsonb_build_object(
        'id', 'si', 'price', 't_pro_month@1', 'quantity', 1,
        'period_start', billing.now(), 'period_end', billing.now() + interval '1 month'))))
$$;

update billing.plans set is_sold = false;
insert into billing.plans
  (key, version, name, description, position, credits_per_month, is_free)
values
  ('t_free', 1, 'T Free', '', 1, 100, true), ('t_pro', 1, 'T Pro', '', 2, 1000, false);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 2999);
insert into auth.users (id, email, is_anonymous) values
  (pg_temp.id('ada'), 'ada@example.com', false),
  (pg_temp.id('tagged ada'), 'Ada+Second@Example.com', false),
  (pg_temp.id('bob'), 'b.o.b@gmail.com', false),
  (pg_temp.id('dotless bob'), 'bob+x@googlemail.com', false),
  (pg_temp.id('dotted'), 'b.o.b@example.com', false),
  (pg_temp.id('guest'), null, true),
  (pg_temp.id('guest with mail'), 'guest@example.com', true),
  (pg_temp.id('payer'), 'payer@example.com', false),
  (pg_temp.id('trier'), 'trier@example.com', false),
  (pg_temp.id('leap'), 'leap@example.com', false),
  (pg_temp.id('spender'), 'spender@example.com', false);

-- Baseline
select is(
  (select count(*) from billing.free_month_claims), 0::bigint,
  'free months: nobody has any before they come');
select is(
  billing.person_of(pg_temp.id('ada')), sha256('ada@example.com'),
  'free months: a person is the hash of the e-mail');
select is(
  billing.person_of(pg_temp.id('nobody')), null, 'free months: who is not a user is no person');

-- Allowed
select is(
  pg_temp.touch('ada', '2027-01-31 10:00'), 100::bigint,
  'free months: the first read claims the current month');
select is(
  pg_temp.touch('ada', '2027-02-27 23:59:59.999999'), 100::bigint,
  'free months: one month is claimed once');
select is(
  pg_temp.touch('ada', '2027-02-28 00:00'), 100::bigint,
  'free months: the next one begins when the last ends');
select is(
  pg_temp.touch('ada', '2027-03-30 23:59'), 100::bigint,
  'free months: a short month moves the claim date for itself only');
select is(
  pg_temp.touch('ada', '2027-06-15 12:00'), 100::bigint, 'free months: months do not add up');
select results_eq(
  $$select pg_temp.free_months('ada')$$,
  array['free:2027-01-31 until 2027-02-28 00:00', 'free:2027-02-28 until 2027-03-31 00:00',
    'free:2027-05-31 until 2027-06-30 00:00'],
  'free months: 31 January, 28 February, 31 March; months that nobody touched leave no rows');
select results_eq(
  $$select kind::text, credits, from_promotional, created_at from billing.credit_transactions
    where account_id = pg_temp.id('ada') and number > 3 order by number$$,
  $$values
    ('expiry', -100::bigint, 100::bigint, '2027-03-31'::timestamptz),
    ('grant', 100, -100, '2027-06-15 12:00')$$,
  'free months: what was not spent expires at the claim date; a claim is dated when it was made');
select is(
  (select next_claim_at from billing.accounts where id = pg_temp.id('ada')),
  '2027-06-30'::timestamptz,
  'free months: asked again at the next claim date');
select pg_temp.touch('leap', '2027-12-31 12:00');
select pg_temp.touch('leap', '2028-02-29 00:00');
select results_eq(
  $$select pg_temp.free_months('leap')$$,
  array['free:2027-12-31 until 2028-01-31 00:00', 'free:2028-02-29 until 2028-03-31 00:00'],
  'free months: February has a 29th in a leap year');
select is(
  billing.claim_date('2028-02-29 08:00', 12), '2029-02-28'::timestamptz,
  'free months: an account of February 29 claims on the 28th in other years');
select is(
  array[billing.months_claimable('2027-01-31 10:00', '2027-02-27 23:59'),
    billing.months_claimable('2027-01-31 10:00', '2027-02-28'),
    billing.months_claimable('2027-01-31 10:00', '2027-01-31 10:00'),
    billing.months_claimable('2027-01-31 10:00', '2029-01-31')],
  array[0, 1, 0, 24], 'free months: claim dates that have passed are counted over years');
set local test.now to '2027-07-01';
select is(
  (select balance_after from deduct_credits_atomic(pg_temp.id('spender'), 30, 'first')), 70::bigint,
  'free months: a spend claims as a read does');
select is(
  pg_temp.touch('dotted', '2027-07-01'), 100::bigint,
  'free months: dots matter where the provider says so');

-- Refused
select is(
  pg_temp.touch('tagged ada', '2027-06-16'), 0::bigint,
  'free months: a second account by +tag and case is the same person');
select pg_temp.touch('bob', '2027-07-01');
select is(
  pg_temp.touch('dotless bob', '2027-07-01'), 0::bigint,
  'free months: dots and domains of Gmail are the same person');
select is(
  pg_temp.touch('guest', '2027-07-01'), 0::bigint, 'free months: an anonymous user has none');
select is(
  pg_temp.touch('guest with mail', '2027-07-01'), 0::bigint,
  'free months: an anonymous user has none, e-mail or not');
select from add_credits_atomic(pg_temp.id('not a user'), 1, 'permanent', 'gift');
select is(
  pg_temp.touch('not a user', '2027-07-01'), 1::bigint,
  'free months: an account without a user has none');
select pg_temp.subscribe('payer', 'past_due', 1);
select is(
  pg_temp.touch('payer', '2027-07-01'), 0::bigint,
  'free months: who has a live plan has none, also past due');
select pg_temp.subscribe('trier', 'trialing', 3);
select is(pg_temp.touch('trier', '2027-07-01'), 0::bigint, 'free months: who has a trial has none');
select pg_temp.subscribe('payer', 'canceled', 2);
select is(
  pg_temp.touch('payer', '2027-07-15'), 0::bigint,
  'free months: who had none is asked again at the next claim date only');
select is(
  pg_temp.touch('payer', '2027-08-01'), 100::bigint,
  'free months: whose subscription has ended claims again');
-- Who comes first has the month, on whichever account.
select is(
  pg_temp.touch('tagged ada', '2027-07-16'), 100::bigint,
  'free months: a month that the person has not claimed is free to claim');
select is(
  pg_temp.touch('ada', '2027-07-17'), 0::bigint,
  'free months: and then the first account has none');

-- Replay
select is(
  (select array_agg(sum) from (select sum(granted_credits)::bigint from billing.buckets
    where account_id in (pg_temp.id('ada'), pg_temp.id('tagged ada')) group by expires_at
      order by expires_at) s),
  array[100, 100, 100, 100]::bigint[], 'free months: no month was ever had twice');

select * from finish();
rollback;
