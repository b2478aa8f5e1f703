begin;
select plan(26);

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
  select billing.problem_with_params('t_render', 2, params)
$$;

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
  (billing.price_operation('t_render', '{"title": "a", "size": "small"}')).credits, 20::bigint,
  'operations: the base price where no option adds to it');
select is(
  billing.price_operation('t_render', '{"title": "a", "size": "large", "light": "studio"}')::text,
  '(210,2,Rendering,f)',
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

-- Refused
select throws_ok(
  $$select billing.price_operation('t_nothing', '{}')$$, 'LCOPR', 'the operation cannot be priced',
  'operations: an unknown operation is refused');
select throws_ok(
  $$select billing.price_operation(null, '{}')$$, 'LCOPR', 'the operation cannot be priced',
  'operations: no operation is refused');
select throws_ok(
  $$select billing.price_operation('t_unpriced', '{}')$$, 'LCOPR', 'the operation cannot be priced',
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

select * from finish();
rollback;
