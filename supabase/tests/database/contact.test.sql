begin;
select plan(27);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 12:00';
select pg_temp.sign_up('ada', 'bob', 'olga');
insert into billing.owners (user_id) values (pg_temp.id('olga'));
-- What becomes of a form: accepted, duplicate, seconds to wait.
create function pg_temp.write(
  form text, name text, address text default null, account text default null,
  message text default 'We need more.'
) returns text language sql as $$
  select concat_ws(' ', accepted, duplicate, retry_after_seconds)
  from request_contact(pg_temp.id(form), name, name || '@example.com', message,
    address_hash => address, account_id => pg_temp.id(account))
$$;
create function pg_temp.written() returns bigint language sql
as 'select count(*) from billing.contact_requests';

-- Allowed
select results_eq(
  $$select * from request_contact(pg_temp.id('first'), 'Cy', 'Cy@Example.com', 'Hello',
    'Acme', 250000)$$,
  'values (true, false, 0)', 'contact: whoever is not signed in writes, too');
select results_eq(
  $$select account_id, name, email, company, message, expected_credits, created_at
    from billing.contact_requests$$,
  $$values (null::uuid, 'Cy', 'Cy@Example.com', 'Acme', 'Hello', 250000::bigint,
    '2026-03-01 12:00'::timestamptz)$$, 'contact: it is kept as it was written');
select is(pg_temp.write('signed-in', 'ada', account => 'ada'), 't f 0',
  'contact: a member writes with the account');

-- Replay
select is(pg_temp.write('signed-in', 'ada', account => 'ada'), 't t 0',
  'contact: a form that is sent twice is one request');
select throws_ok(
  $$select pg_temp.write('signed-in', 'ada', account => 'ada', message => 'Other words')$$,
  'LCKEY', 'this form was sent with other words', 'contact: an id is for one request');
select throws_ok(
  $$select from request_contact(pg_temp.id('first'), 'Cy', 'Cy@Example.com', 'Hello', 'Acme')$$,
  'LCKEY', 'this form was sent with other words', 'contact: a wish left out is another, too');
select is(pg_temp.written(), 2::bigint, 'contact: and writes nothing more');
select is(
  (select turns from billing.rate_limits where account_id = pg_temp.id('ada')), 1,
  'contact: nor does it count as another turn');

-- Not too often
select is(
  (select array_agg(pg_temp.write('email ' || n, 'dan', 'address ' || n) order by n)
    from generate_series(1, 4) n),
  array['t f 0', 't f 0', 't f 0', 'f f 3600'], 'contact: an e-mail three times in an hour');
select is(
  (select concat_ws(' ', accepted, retry_after_seconds) from request_contact(
    pg_temp.id('capitals'), 'Dan', 'DAN@EXAMPLE.COM', 'Hello')),
  'f 3600', 'contact: however it is spelt');
select is(
  (select array_agg(distinct pg_temp.write('account ' || n, 'e' || n, account => 'bob'))
    from generate_series(1, 5) n),
  array['t f 0'], 'contact: an account five times in an hour, under any e-mail');
select is(pg_temp.write('account 6', 'e6', account => 'bob'), 'f f 3600',
  'contact: the sixth waits');
select is(
  (select array_agg(distinct pg_temp.write('place ' || n, 'f' || n, 'one address'))
    from generate_series(1, 10) n),
  array['t f 0'], 'contact: an address ten times in an hour');
select is(pg_temp.write('place 11', 'f11', 'one address'), 'f f 3600',
  'contact: the eleventh waits');
select is(pg_temp.written(), 20::bigint, 'contact: what was refused is not kept');
set local test.now to '2026-03-01 13:00';
select is(pg_temp.write('email 4', 'dan', 'address 4'), 't f 0',
  'contact: the form that was refused is taken an hour later');

-- Bounds
select throws_ok(
  $$select pg_temp.write('long', 'gil', message => repeat('x', 4001))$$, '23514', null,
  'contact: a message has an end');

-- Owners read
select pg_temp.act_as('authenticated', 'olga');
select results_eq(
  $$select id from get_contact_requests(page_size => 1)$$,
  $$values (pg_temp.id('email 4'))$$, 'contact: an owner reads, the newest first');
select is(
  (select count(*) from get_contact_requests(after_request => pg_temp.id('email 4'))),
  20::bigint, 'contact: and the next page');
select pg_temp.act_as('authenticated', 'ada');
select throws_ok('select * from get_contact_requests()', 'LCOWN', null,
  'contact: members read nothing, not even their own');
select throws_ok(
  $$select request_contact(pg_temp.id('x'), 'x', 'x@example.com', 'x')$$, '42501', null,
  'contact: a client role does not write, for the counters are the server''s to keep');
select pg_temp.act_as('postgres');

-- Forgotten
select pg_temp.write('signed-out', 'ada');
select is(
  (select count(*) from erase_account(pg_temp.id('ada'), 'asked'), billing.contact_requests c
    where c.account_id = pg_temp.id('ada') or c.email = 'ada@example.com'), 2::bigint,
  'contact: there was something of the account to forget');
select is_empty(
  $$select c.id from billing.contact_requests c
    where c.account_id = pg_temp.id('ada') or c.email = 'ada@example.com'$$,
  'contact: it goes with the account, written signed in or from its e-mail');
select throws_ok(
  $$select pg_temp.write('late', 'ada', account => 'ada')$$, 'LCACC', 'the account is erased',
  'contact: an erased account writes nothing');
set local test.now to '2027-03-01 12:00';
select is((select count(*) from get_contact_requests()), 1::bigint,
  'contact: after a year nobody reads it');
select is(forget_contact_requests(), 19::bigint, 'contact: and the job deletes it');
select is_empty('select from billing.rate_limits', 'contact: with who was counted');

select * from finish();
rollback;
