-- What costs credits. A client names an operation and its parameters; these rows say the price. A
-- price version never changes, so that an old entry can always be explained.

create type billing.parameter_kind as enum ('option', 'label');
comment on type billing.parameter_kind is
  'option: one of the listed values, each with its price. label: free text that is recorded, not
priced.';

create table billing.operations (
  key  text constraint operations_pkey primary key,
  name text not null
);
comment on table billing.operations is 'Something that costs credits.';

create table billing.operation_prices (
  operation    text not null,
  version      integer not null,
  base_credits billing.credits not null,
  constraint operation_prices_pkey primary key (operation, version),
  constraint an_operation_costs_something check (base_credits > 0),
  constraint operation_prices_name_an_operation
    foreign key (operation) references billing.operations
);
comment on table billing.operation_prices is
  'Price versions of an operation; the highest is in force.';

create table billing.operation_parameters (
  operation   text not null,
  version     integer not null,
  name        text not null,
  kind        billing.parameter_kind not null,
  is_required boolean not null default false,
  position    smallint not null,
  constraint operation_parameters_pkey primary key (operation, version, name),
  constraint operation_parameters_name_a_price foreign key (operation, version)
    references billing.operation_prices
);
comment on table billing.operation_parameters is
  'Which parameters a price version knows; others are refused.';

create table billing.operation_options (
  operation text not null,
  version   integer not null,
  parameter text not null,
  value     text not null,
  name      text not null,
  credits   billing.credits not null,
  position  smallint not null,
  constraint operation_options_pkey primary key (operation, version, parameter, value),
  constraint operation_options_name_a_parameter foreign key (operation, version, parameter)
    references billing.operation_parameters
);
comment on table billing.operation_options is
  'The values of an option, and what each adds to the base price.';

create trigger published_operation_prices_never_change
  before update or delete on billing.operation_prices
  for each row execute function billing.refuse_change_of_published();
create trigger published_operation_prices_are_never_truncated
  before truncate on billing.operation_prices
  for each statement execute function billing.refuse_change_of_published();
create trigger published_parameters_never_change
  before update or delete on billing.operation_parameters
  for each row execute function billing.refuse_change_of_published();
create trigger published_parameters_are_never_truncated
  before truncate on billing.operation_parameters
  for each statement execute function billing.refuse_change_of_published();
create trigger published_options_never_change
  before update or delete on billing.operation_options
  for each row execute function billing.refuse_change_of_published();
create trigger published_options_are_never_truncated
  before truncate on billing.operation_options
  for each statement execute function billing.refuse_change_of_published();

alter table billing.operations enable row level security;
alter table billing.operation_prices enable row level security;
alter table billing.operation_parameters enable row level security;
alter table billing.operation_options enable row level security;
revoke all on billing.operations, billing.operation_prices, billing.operation_parameters,
  billing.operation_options from anon, authenticated, service_role;
grant select on billing.operations, billing.operation_prices, billing.operation_parameters,
  billing.operation_options to service_role;

create type billing.price as (credits bigint, version integer, name text, is_capped boolean);

-- What is wrong with the parameters of an operation, or null.
create function billing.problem_with_params(operation text, version integer, params jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if jsonb_typeof(params) is distinct from 'object' or octet_length(params::text) > 8192 then
    return 'params must be an object of at most 8192 bytes';
  end if;
  return (
    select format(case
        when k.name is null then 'parameter %s is unknown'
        when g.name is null then 'parameter %s is required'
        when jsonb_typeof(g.value) <> 'string' then 'parameter %s must be a string'
        when k.kind = 'option' then 'parameter %s has no such value'
        else 'parameter %s must have 1 to 200 characters' end, coalesce(k.name, g.name))
    from (
      select p.* from billing.operation_parameters p
      where p.operation = problem_with_params.operation and p.version = problem_with_params.version
    ) k
    full join jsonb_each(params) g (name, value) on g.name = k.name
    left join billing.operation_options o on o.operation = k.operation and o.version = k.version
      and o.parameter = k.name and o.value = g.value #>> '{}'
    where k.name is null
      or g.name is null and k.is_required
      or g.name is not null and jsonb_typeof(g.value) <> 'string'
      or k.kind = 'option' and g.name is not null and o.value is null
      or k.kind = 'label' and length(g.value #>> '{}') not between 1 and 200
    order by coalesce(k.name, g.name) collate "C"
    limit 1
  );
end $$;
revoke execute on function billing.problem_with_params(text, integer, jsonb) from public;

create function billing.price_operation(operation text, params jsonb)
returns billing.price
language plpgsql stable
set search_path = ''
as $$
declare
  v_price billing.price;
  v_problem text;
begin
  select p.base_credits, p.version, o.name,
    exists (select from billing.plan_caps c where c.operation = o.key) into v_price
  from billing.operations o
  join billing.operation_prices p on p.operation = o.key
  where o.key = price_operation.operation
  order by p.version desc limit 1;
  v_problem := case when v_price.version is null then 'the catalog has no such operation'
    else billing.problem_with_params(operation, v_price.version, params) end;
  if v_problem is not null then
    raise exception 'the operation cannot be priced' using errcode = 'LCOPR',
      detail = format('%s: %s', operation, v_problem),
      hint = 'get_operation lists the parameters and their values';
  end if;
  select v_price.credits + coalesce(sum(o.credits), 0) into v_price.credits
  from jsonb_each_text(params) g (name, value)
  join billing.operation_options o on o.operation = price_operation.operation
    and o.version = v_price.version and o.parameter = g.name and o.value = g.value;
  return v_price;
end $$;
revoke execute on function billing.price_operation(text, jsonb) from public;
comment on function billing.price_operation(text, jsonb) is
  'The price in credits that is in force, its version, the operation''s name, and whether any plan
caps its uses. Raises LCOPR.';

create function billing.get_operation(operation text)
returns table (
  operation_name text, base_credits bigint, price_version integer, parameter text,
  parameter_kind text, is_required boolean, value text, value_name text, credits bigint
)
language plpgsql stable
security definer  -- clients read the catalog's prices through this function only
set search_path = ''
as $$
begin
  return query
  select o.name, p.base_credits::bigint, p.version, k.name, k.kind::text, k.is_required, v.value,
    v.name, v.credits::bigint
  from billing.operations o
  join billing.operation_prices p on p.operation = o.key
  left join billing.operation_parameters k on k.operation = p.operation and k.version = p.version
  left join billing.operation_options v on v.operation = k.operation and v.version = k.version
    and v.parameter = k.name
  where o.key = get_operation.operation
    and p.version = (
      select max(n.version) from billing.operation_prices n where n.operation = o.key)
  order by k.position, v.position;
end $$;
revoke execute on function billing.get_operation(text) from public;
grant execute on function billing.get_operation(text) to anon, authenticated, service_role;

create function public.get_operation(operation text)
returns table (
  operation_name text, base_credits bigint, price_version integer, parameter text,
  parameter_kind text, is_required boolean, value text, value_name text, credits bigint
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query select * from billing.get_operation(operation);
end $$;
revoke execute on function public.get_operation(text) from public, anon, authenticated;
grant execute on function public.get_operation(text) to anon, authenticated, service_role;
comment on function public.get_operation(text) is
  'An operation''s price list in force: a row for each value of each parameter (one without a value
for a label), in order. base_credits and credits in credits. No row: unknown operation. For anyone.
Source: requirement 004, 5 (cost from settings), 003 (cost by tools).';
