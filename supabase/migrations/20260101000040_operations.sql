-- What costs credits. A client names an operation and its parameters; these rows say the price. A
-- price version never changes, so that an old entry can always be explained.

create type billing.parameter_kind as enum ('option', 'label', 'quantity');
comment on type billing.parameter_kind is
  'option: one of the listed values, each with its price. label: free text that is recorded, not
priced. quantity: a number of units, priced by the unit.';

create table billing.operations (
  key  text constraint operations_pkey primary key,
  name text not null
);
comment on table billing.operations is 'Something that costs credits.';

create table billing.operation_prices (
  operation    text not null,
  version      integer not null,
  base_credits billing.credits not null,
  min_credits  billing.credits,
  max_credits  billing.credits,
  valid_from   timestamptz not null default '-infinity',
  constraint operation_prices_pkey primary key (operation, version),
  constraint an_operation_costs_something check (greatest(base_credits, min_credits) > 0),
  constraint the_most_is_not_below_the_least
    check (max_credits > 0 and max_credits >= coalesce(min_credits, 0)),
  constraint operation_prices_name_an_operation
    foreign key (operation) references billing.operations
);
comment on table billing.operation_prices is
  'Price versions of an operation; the highest whose valid_from has come is in force.';
comment on column billing.operation_prices.min_credits is
  'The least that one use costs, and max_credits the most; null: no such limit.';

create view billing.price_periods with (security_invoker = true) as
select p.*, coalesce(min(p.valid_from) over (
    partition by p.operation order by p.version rows between 1 following and unbounded following
  ), 'infinity') as ends_at
from billing.operation_prices p;
comment on view billing.price_periods is
  'Price versions and how long each holds: a version is in force from valid_from until ends_at, when
a higher one comes; one that is overtaken before it begins never is.';

create table billing.operation_parameters (
  operation      text not null,
  version        integer not null,
  name           text not null,
  kind           billing.parameter_kind not null,
  is_required    boolean not null default false,
  position       smallint not null,
  is_subject     boolean not null default false,
  unit_credits   billing.credits,
  per_units      bigint not null default 1,
  included_units bigint not null default 0,
  min_units      bigint not null default 0,
  max_units      bigint,
  is_whole       boolean not null default true,
  constraint operation_parameters_pkey primary key (operation, version, name),
  constraint operation_parameters_name_a_price foreign key (operation, version)
    references billing.operation_prices,
  constraint a_subject_is_a_label check (kind = 'label' or not is_subject),
  constraint a_quantity_has_a_price_and_an_end
    check ((kind = 'quantity') = (unit_credits is not null and max_units is not null)),
  constraint only_a_quantity_counts_units check (kind = 'quantity' or is_whole
    and (unit_credits, max_units) is null and (per_units, included_units, min_units) = (1, 0, 0)),
  constraint units_are_counted_upwards check (per_units > 0 and included_units >= 0
    and min_units >= 0 and max_units >= min_units)
);
create unique index operations_have_one_subject on billing.operation_parameters (operation, version)
  where is_subject;
comment on table billing.operation_parameters is
  'Which parameters a price version knows; others are refused. A quantity costs unit_credits for
each per_units units (3 credits per 1,000 tokens), the first included_units of them nothing; it is
from min_units to max_units, and a whole number where is_whole.';
comment on column billing.operation_parameters.is_subject is
  'Whether this label names what the work was for (a chatbot, a document, a key); usage is grouped
by it.';

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
  billing.operation_options, billing.price_periods from anon, authenticated, service_role;
grant select on billing.operations, billing.operation_prices, billing.operation_parameters,
  billing.operation_options, billing.price_periods to service_role;

create type billing.price as (
  credits bigint, version integer, name text, ends_at timestamptz, is_capped boolean
);
comment on type billing.price is
  'What a use costs, by which version, and until when it does; and whether any plan caps its uses.';

create function billing.check_units(quantity billing.operation_parameters, units numeric)
returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if units < quantity.min_units or units > quantity.max_units
    or quantity.is_whole and units <> trunc(units)
  then
    raise exception 'a quantity is outside its limits' using errcode = 'LCAMT',
      detail = format('%s %s', quantity.name, left(units::text, 50)),
      hint = format('pass a %s from %s to %s', case when quantity.is_whole then 'whole number'
        else 'number' end, quantity.min_units, quantity.max_units);
  end if;
end $$;
revoke execute on function billing.check_units(billing.operation_parameters, numeric) from public;

-- One query, for this stands on the way of every charge. Summed as a fraction of whole numbers, so
-- that thirds that make a whole are not rounded up.
create function billing.price_params(
  operation text, version integer, params jsonb, out problem text, out credits numeric
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_known record;
  v_rest jsonb := params;
  v_divisor numeric := 1;
begin
  credits := 0;
  if jsonb_typeof(params) is distinct from 'object' or octet_length(params::text) > 8192 then
    problem := 'params must be an object of at most 8192 bytes';
    return;
  end if;
  for v_known in
    select k as parameter, k.name, k.kind, k.is_required, k.included_units, k.per_units,
      k.unit_credits, params -> k.name as value, o.credits as option_credits
    from billing.operation_parameters k
    left join billing.operation_options o on o.operation = k.operation and o.version = k.version
      and o.parameter = k.name and o.value = params ->> k.name
    where k.operation = price_params.operation and k.version = price_params.version
      and (k.is_required or params ? k.name)
  loop
    problem := case
      when v_known.value is null then 'parameter %s is required'
      when v_known.kind = 'quantity' and jsonb_typeof(v_known.value) <> 'number'
        then 'parameter %s must be a number'
      when v_known.kind <> 'quantity' and jsonb_typeof(v_known.value) <> 'string'
        then 'parameter %s must be a string'
      when v_known.kind = 'option' and v_known.option_credits is null
        then 'parameter %s has no such value'
      when v_known.kind = 'label' and length(v_known.value #>> '{}') not between 1 and 200
        then 'parameter %s must have 1 to 200 characters'
    end;
    if problem is not null then
      problem := format(problem, v_known.name);
      return;
    elsif v_known.kind = 'option' then
      credits := credits + v_known.option_credits * v_divisor;
    elsif v_known.kind = 'quantity' then
      perform billing.check_units(v_known.parameter, v_known.value::numeric);
      credits := credits * v_known.per_units + v_known.unit_credits * v_divisor
        * greatest(v_known.value::numeric - v_known.included_units, 0);
      v_divisor := v_divisor * v_known.per_units;
    end if;
    v_rest := v_rest - v_known.name;
  end loop;
  if v_rest <> '{}' then
    problem := format('parameter %s is unknown', (select min(k) from jsonb_object_keys(v_rest) k));
  end if;
  credits := div(credits, v_divisor) + sign(mod(credits, v_divisor));  -- up, once
end $$;
revoke execute on function billing.price_params(text, integer, jsonb) from public;
comment on function billing.price_params(text, integer, jsonb) is
  'What options and quantities add to the base price, fractions rounded up once; or what is wrong
with the parameters. Raises LCAMT for a quantity outside its limits.';

create function billing.price_operation(operation text, params jsonb, at timestamptz)
returns billing.price
language plpgsql stable
set search_path = ''
as $$
declare
  v_period record;
  v_problem text := 'the catalog has no such operation';
  v_added record;
  v_price billing.price;
begin
  select p.*, o.name,
    exists (select from billing.plan_caps c where c.operation = p.operation) as is_capped
  into v_period
  from billing.price_periods p
  join billing.operations o on o.key = p.operation
  where p.operation = price_operation.operation and p.valid_from <= at and p.ends_at > at;
  if found then
    v_added := billing.price_params(operation, v_period.version, params);
    v_problem := v_added.problem;
  end if;
  if v_problem is not null then
    raise exception 'the operation cannot be priced' using errcode = 'LCOPR',
      detail = format('%s: %s', operation, v_problem),
      hint = 'get_operation lists the parameters and their values';
  end if;
  v_price.credits := least(v_period.max_credits, greatest(v_period.min_credits,
    v_period.base_credits + v_added.credits));
  v_price.version := v_period.version;
  v_price.name := v_period.name;
  v_price.ends_at := v_period.ends_at;
  v_price.is_capped := v_period.is_capped;
  return v_price;
end $$;
revoke execute on function billing.price_operation(text, jsonb, timestamptz) from public;
comment on function billing.price_operation(text, jsonb, timestamptz) is
  'The price in credits that is in force at an instant (base, options and quantities, then the least
and the most), its version, the operation''s name, and when a later version ends it. Raises LCOPR
(unknown operation, parameter or value), LCAMT (a quantity outside its limits).';

create function billing.get_operation(operation text)
returns table (
  operation_name text, base_credits bigint, min_credits bigint, max_credits bigint,
  price_version integer, parameter text, parameter_kind text, is_required boolean,
  is_subject boolean, value text, value_name text, credits bigint, per_units bigint,
  included_units bigint, min_units bigint, max_units bigint, is_whole boolean
)
language plpgsql stable
security definer  -- clients read the catalog's prices through this function only
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
begin
  return query
  select o.name, p.base_credits::bigint, p.min_credits::bigint, p.max_credits::bigint, p.version,
    k.name, k.kind::text, k.is_required, k.is_subject, v.value, v.name,
    coalesce(v.credits, k.unit_credits)::bigint, q.per_units, q.included_units, q.min_units,
    q.max_units, q.is_whole
  from billing.operations o
  join billing.price_periods p on p.operation = o.key and p.valid_from <= v_now
    and p.ends_at > v_now
  left join billing.operation_parameters k on k.operation = p.operation and k.version = p.version
  left join billing.operation_options v on v.operation = k.operation and v.version = k.version
    and v.parameter = k.name
  left join billing.operation_parameters q on q.operation = k.operation and q.version = k.version
    and q.name = k.name and q.kind = 'quantity'
  where o.key = get_operation.operation
  order by k.position, v.position;
end $$;
revoke execute on function billing.get_operation(text) from public;
grant execute on function billing.get_operation(text) to anon, authenticated, service_role;

create function public.get_operation(operation text)
returns table (
  operation_name text, base_credits bigint, min_credits bigint, max_credits bigint,
  price_version integer, parameter text, parameter_kind text, is_required boolean,
  is_subject boolean, value text, value_name text, credits bigint, per_units bigint,
  included_units bigint, min_units bigint, max_units bigint, is_whole boolean
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
  'An operation''s price list in force: a row for each value of an option, and one for each label
and quantity, in order. base_credits, credits, and the least (min_credits) and most (max_credits)
that one use costs, in credits. A quantity costs credits for each per_units units above
included_units, and is from min_units to max_units, whole where is_whole; these are null for other
parameters. is_subject: the label that names what the work is for. No row: unknown operation. For
anyone. Source: requirements 003 (cost by tools), 004, 5 (cost from settings).';
