begin;
select plan(71);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

insert into billing.operations (key, name) values ('t_render', 'Rendering'),
  ('t_unpriced', 'Not for sale');
insert into billing.operation_prices (operation, version, base_credits) values
  ('t_render', 1, 10), ('t_render', 2, 20);
insert into billing.operation_parameters
  (operation, version, name, kind, is_required, position)
values
  ('t_render', 1, 'old', 'option', false, 1),
  ('t_render', 2, 'title', 'label', true, 1),
  ('t_render', 2, 'size', 'option', true, 2),
  ('t_render', 2, 'light', 'option', false, 3);
insert into billing.operation_options
  (operation, version, parameter, value, name, credits, position)
values
  ('t_render', 1, 'old', 'yes', 'As before', 1000, 1),
  ('t_render', 2, 'size', 'large', 'Large', 140, 2),
  ('t_render', 2, 'size', 'small', 'Small', 0, 1),
  ('t_render', 2, 'light', 'studio', 'Studio', 50, 1);

create function pg_temp.problem(params jsonb) returns text language sql as $$
  select (billing.price_params('t_render', 2, params)).problem
$$;
-- An operation of one version, and what it costs.
create function pg_temp.sell(operation text, base bigint, fewest bigint, most bigint) returns void
language plpgsql as $$
begin
  insert into billing.operations (key, name) values (operation, operation);
  insert into billing.operation_prices (operation, version, base_credits, min_credits, max_credits)
  values (operation, 1, base, fewest, most);
end $$;
create function pg_temp.measure(
  operation text, name text, credits bigint, per bigint, included bigint default 0,
  fewest bigint default 0, most bigint default 1000000, whole boolean default true,
  required boolean default false
) returns void language sql as $$
  insert into billing.operation_parameters (operation, version, name, kind, position, unit_credits,
    per_units, included_units, min_units, max_units, is_whole, is_required)
  values (operation, 1, name, 'quantity', 1, credits, per, included, fewest, most, whole, required)
$$;
create function pg_temp.cost(operation text, params jsonb) returns bigint language sql as $$
  select (billing.price_operation(operation, params, '2026-03-01')).credits
$$;
select pg_temp.sell('t_talk', 0, 1, 5000);
select pg_temp.measure('t_talk', 'in', 3, 1000);
select pg_temp.measure('t_talk', 'out', 15, 1000);
select pg_temp.measure('t_talk', 'all', 1000, 1, most => 9000000000000000000);
select pg_temp.sell('t_cut', 1, null, null);
select pg_temp.measure('t_cut', name, 2, 3) from unnest(array['a', 'b', 'c']) name;
select pg_temp.sell('t_read', 5, null, null);
select pg_temp.measure('t_read', 'pages', 2, 1, included => 10, fewest => 1, most => 500,
  required => true);
select pg_temp.sell('t_film', 10, 12, null);
select pg_temp.measure('t_film', 'seconds', 1, 60, whole => false, most => 3600);

-- Baseline
select results_eq(
  $$select base_credits, price_version, parameter, parameter_kind, is_required, value, credits
    from get_operation('t_render')$$,
  $$values
    (20::bigint, 2, 'title', 'label', true, null, null::bigint),
    (20, 2, 'size', 'option', true, 'small', 0),
    (20, 2, 'size', 'option', true, 'large', 140),
    (20, 2, 'light', 'option', false, 'studio', 50)$$,
  'operations: the price list in force, in order');
select is_empty(
  $$select * from get_operation('t_nothing')$$,
  'operations: an unknown operation has no price list');
select is_empty(
  $$select * from get_operation('t_unpriced')$$,
  'operations: an operation without a price is not on sale');

-- Allowed
select is(
  pg_temp.cost('t_render', '{"title": "a", "size": "small"}'), 20::bigint,
  'operations: the base price where no option adds to it');
select is(
  billing.price_operation(
    't_render', '{"title": "a", "size": "large", "light": "studio"}', '2026-03-01')::text,
  '(210,2,Rendering,infinity,f)',
  'operations: each option adds its credits to the base, by the highest version');
select is(
  pg_temp.problem('{"title": "a", "size": "small"}'), null,
  'operations: what is not required may be left out');
select is(
  pg_temp.problem(jsonb_build_object('size', 'small', 'title', repeat('ü', 200))), null,
  'operations: a label may have 200 characters');
set local role anon;
select is(
  (select count(*) from get_operation('t_render')), 4::bigint,
  'operations: anyone reads a price list');
reset role;

-- Quantities
select is(pg_temp.cost(operation, params), expected, 'operations: ' || rule)
from (values
  ('t_talk', '{"in": 1000}'::jsonb, 3::bigint, 'so many credits for so many units'),
  ('t_talk', '{"in": 1}', 1, 'a fraction of a credit is rounded up'),
  ('t_talk', '{"in": 1001}', 4, 'a fraction above whole credits is rounded up'),
  ('t_talk', '{"in": 1, "out": 1}', 1, 'fractions are summed first and rounded once'),
  ('t_talk', '{"in": 400, "out": 120}', 3, 'fractions that make a whole are not rounded up'),
  ('t_talk', '{"in": 401, "out": 120}', 4, 'a thousandth above a whole is rounded up'),
  ('t_cut', '{"a": 1, "b": 1, "c": 1}', 3, 'three times two thirds are two, not a little more'),
  ('t_cut', '{"a": 999999, "b": 1, "c": 999998}', 1333333, 'thirds of large numbers as well'),
  ('t_cut', '{"a": 999999, "b": 2, "c": 999998}', 1333334, 'and one third more is one more'),
  ('t_talk', '{}', 1, 'a use costs at least the least'),
  ('t_talk', '{"in": 0, "out": 0}', 1, 'no units cost the least as well'),
  ('t_talk', '{"out": 333333}', 5000, 'up to the most, by the units'),
  ('t_talk', '{"out": 333400}', 5000, 'above the most a use costs the most'),
  ('t_talk', '{"all": 9000000000000000000}', 5000, 'and is reckoned without overflow'),
  ('t_film', '{}', 12, 'the least may be above the base'),
  ('t_film', '{"seconds": 120}', 12, 'the least is no surcharge'),
  ('t_film', '{"seconds": 120.000000000000000000000001}', 13, 'fractions of units count'),
  ('t_film', '{"seconds": 1.2e2}', 12, 'a number is a number, however it is written'),
  ('t_read', '{"pages": 10}', 5, 'included units are in the base'),
  ('t_read', '{"pages": 11}', 7, 'units above the included are charged'),
  ('t_read', '{"pages": 1}', 5, 'included units that are not used give nothing back'),
  ('t_read', '{"pages": 500}', 985, 'a quantity may be as large as its limit')
) c (operation, params, expected, rule);
select throws_ok(
  format('select pg_temp.cost(%L, %L)', operation, params), 'LCAMT',
  'a quantity is outside its limits', 'operations: ' || rule)
from (values
  ('t_talk', '{"in": -1}', 'a quantity below zero is refused'),
  ('t_talk', '{"in": 1000001}', 'a quantity above its limit is refused'),
  ('t_talk', '{"in": 1e400}', 'an absurd quantity is refused'),
  ('t_talk', '{"in": 1.5}', 'half a token is refused'),
  ('t_read', '{"pages": 0}', 'a quantity below its least is refused'),
  ('t_film', '{"seconds": -0.000001}', 'a quantity a little below its least is refused')
) c (operation, params, rule);
select throws_ok(
  format('select pg_temp.cost(%L, %L)', operation, params), 'LCOPR',
  'the operation cannot be priced', 'operations: ' || rule)
from (values
  ('t_talk', '{"in": "5"}', 'a quantity is a number, not a string'),
  ('t_talk', '{"in": null}', 'a quantity is not null'),
  ('t_talk', '{"in": [5]}', 'a quantity is one number'),
  ('t_read', '{}', 'a required quantity is missed'),
  ('t_talk', '{"pages": 5}', 'another operation''s quantity is unknown')
) c (operation, params, rule);
select results_eq(
  $$select base_credits, min_credits, max_credits, parameter, parameter_kind, credits, per_units,
      included_units, min_units, max_units, is_whole
    from get_operation('t_film')$$,
  $$values (10::bigint, 12::bigint, null::bigint, 'seconds', 'quantity', 1::bigint, 60::bigint,
    0::bigint, 0::bigint, 3600::bigint, false)$$,
  'operations: a price list says what a unit costs, and its limits');

-- From when a price holds
insert into billing.operation_prices (operation, version, base_credits, valid_from) values
  ('t_render', 3, 30, '2026-04-01'), ('t_render', 4, 40, '2026-05-01'),
  ('t_render', 5, 50, '2026-04-15');
select results_eq(
  $$select at, (p).credits, (p).version, (p).ends_at
    from (values ('2026-03-31 23:59:59.999999'::timestamptz), ('2026-04-01'), ('2026-04-15'),
      ('2027-01-01')) i (at),
      billing.price_operation('t_render',
        case when at < '2026-04-01' then '{"title": "a", "size": "small"}' else '{}' end::jsonb,
        at) p$$,
  $$values
    ('2026-03-31 23:59:59.999999'::timestamptz, 20::bigint, 2, '2026-04-01'::timestamptz),
    ('2026-04-01', 30, 3, '2026-04-15'), ('2026-04-15', 50, 5, 'infinity'),
    ('2027-01-01', 50, 5, 'infinity')$$,
  'operations: the highest version whose time has come is in force; one overtaken never is');
select is(
  (select max(price_version) from get_operation('t_render')), 2,
  'operations: the price list is that of now');
set local test.now to '2026-04-01';
select is(
  (select price_version from get_operation('t_render')), 3,
  'operations: and changes at the very instant');

-- Refused
select throws_ok(
  $$select pg_temp.cost('t_nothing', '{}')$$, 'LCOPR', 'the operation cannot be priced',
  'operations: an unknown operation is refused');
select throws_ok(
  $$select pg_temp.cost(null, '{}')$$, 'LCOPR', 'the operation cannot be priced',
  'operations: no operation is refused');
select throws_ok(
  $$select pg_temp.cost('t_unpriced', '{}')$$, 'LCOPR', 'the operation cannot be priced',
  'operations: an operation without a price is refused');
select is(
  pg_temp.problem('{"title": "a", "size": "small", "old": "yes"}'), 'parameter old is unknown',
  'operations: a parameter of another version is unknown');
select is(
  pg_temp.problem('{"title": "a"}'), 'parameter size is required',
  'operations: a required option is missed');
select is(
  pg_temp.problem('{"size": "small"}'), 'parameter title is required',
  'operations: a required label is missed');
select is(
  pg_temp.problem('{"title": "a", "size": "huge"}'), 'parameter size has no such value',
  'operations: an option takes its listed values only');
select is(
  pg_temp.problem('{"title": "a", "size": 1}'), 'parameter size must be a string',
  'operations: a value is a string');
select is(
  pg_temp.problem('{"title": null, "size": "small"}'), 'parameter title must be a string',
  'operations: null is no value');
select is(
  pg_temp.problem('{"title": "", "size": "small"}'),
  'parameter title must have 1 to 200 characters',
  'operations: a label is not empty');
select is(
  pg_temp.problem(jsonb_build_object('size', 'small', 'title', repeat('a', 201))),
  'parameter title must have 1 to 200 characters', 'operations: a label ends at 200 characters');
select is(
  pg_temp.problem('["small"]'), 'params must be an object of at most 8192 bytes',
  'operations: params are an object');
select is(
  pg_temp.problem(null), 'params must be an object of at most 8192 bytes',
  'operations: params are never missing');
select is(
  pg_temp.problem(jsonb_build_object('x', repeat('a', 8192))),
  'params must be an object of at most 8192 bytes',
  'operations: params are at most 8192 bytes');
select throws_ok(
  $$update billing.operation_prices set base_credits = 1 where operation = 't_render'$$, '23001',
  'what is published never changes', 'operations: a base price never changes');
select throws_ok(
  $$update billing.operation_options set credits = 1 where operation = 't_render'$$, '23001',
  'what is published never changes', 'operations: an option''s price never changes');
select throws_ok(
  $$delete from billing.operation_parameters where operation = 't_render'$$, '23001',
  'what is published never changes', 'operations: a parameter is never deleted');
select throws_ok(
  $$insert into billing.operation_prices (operation, version, base_credits)
    values ('t_render', 3, 0)$$,
  '23514', null, 'operations: an operation costs something');

select throws_ok(
  $$select pg_temp.sell('t_free', 0, null, null)$$, '23514', null,
  'operations: without a base price there is a least');
select throws_ok(
  $$select pg_temp.sell('t_odd', 10, 20, 15)$$, '23514', null,
  'operations: the most is not below the least');
select throws_ok(
  $$insert into billing.operation_parameters (operation, version, name, kind, position, max_units)
    values ('t_render', 2, 'w', 'quantity', 9, 10)$$,
  '23514', null, 'operations: a quantity has a price');
select throws_ok(
  $$insert into billing.operation_parameters
      (operation, version, name, kind, position, unit_credits)
    values ('t_render', 2, 'w', 'quantity', 9, 10)$$,
  '23514', null, 'operations: a quantity has an end');
select throws_ok(
  $$insert into billing.operation_parameters
      (operation, version, name, kind, position, included_units)
    values ('t_render', 2, 'w', 'label', 9, 10)$$,
  '23514', null, 'operations: a label has no units');
select throws_ok(
  $$insert into billing.operation_parameters (operation, version, name, kind, position, is_subject)
    values ('t_render', 2, 'w', 'option', 9, true)$$,
  '23514', null, 'operations: what the work is for is a label');
select throws_ok(
  $$insert into billing.operation_parameters (operation, version, name, kind, position, is_subject)
    values ('t_render', 2, 'w', 'label', 9, true), ('t_render', 2, 'x', 'label', 9, true)$$,
  '23505', null, 'operations: the work is for one thing');
select throws_ok(
  $$update billing.operation_prices set valid_from = '-infinity' where version = 3$$, '23001',
  'what is published never changes', 'operations: nor does the time from when a price holds');

select * from finish();
rollback;
