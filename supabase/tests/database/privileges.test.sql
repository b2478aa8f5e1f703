begin;
select plan(17);

-- Baseline
select has_schema('billing', 'privileges: what is ours lies in billing');
select is(
  obj_description('billing'::regnamespace),
  'Coffer: credits and billing. Private; its API is in public.',
  'privileges: the schema says whose it is');
select is(
  (select to_jsonb(p) - 'oid' from (
    select provolatile, prosecdef, pronargs from pg_proc
      where oid = 'billing.now()'::regprocedure) p),
  '{"provolatile": "v", "prosecdef": false, "pronargs": 0}'::jsonb,
  'privileges: the clock is volatile, so that it is read again after a wait');
select isnt(
  billing.now(), (select billing.now() from pg_sleep(0.001)),
  'privileges: the clock is the wall clock, not the transaction''s time');

-- Allowed
select is(0::billing.credits, 0::billing.credits, 'privileges: credits may be zero');

-- Refused
select throws_ok(
  'select (-1)::billing.credits', '23514',
  'value for domain billing.credits violates check constraint "credits_are_never_negative"',
  'privileges: credits are never negative');
select is_empty(
  $$select r from unnest(array['anon', 'authenticated', 'service_role']) r
    where has_schema_privilege(r, 'billing', 'create')$$,
  'privileges: no API role may create in billing');
select is_empty(
  $$select r from unnest(array['anon', 'authenticated', 'service_role']) r
    where has_function_privilege(r, 'billing.now()', 'execute')$$,
  'privileges: no API role reads the clock itself');
select is_empty(
  $$select a.defaclacl from pg_default_acl a
    where a.defaclnamespace = 'billing'::regnamespace$$,
  'privileges: nothing new in billing is granted by default');

-- Lengths by the calendar
select is(billing.lasts(length::interval), expected,
  format('privileges: %s %s', length, case when expected then 'lasts' else 'does not last' end))
from (values ('1 month', true), ('30 days', true), ('36 hours', true), ('1 microsecond', true),
  ('0', false), ('1 month -29 days', false), ('-1 day', false), ('300000 years', false)
) l (length, expected);

select * from finish();
rollback;
