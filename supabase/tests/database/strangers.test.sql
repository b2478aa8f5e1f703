-- A stranger's account answers like one that does not exist: every function that a client may call
-- and that names an account is found in the catalog and called with both.
begin;
select plan(6);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

insert into billing.plans (key, version, name, description, position, credits_per_month)
values ('t_pro', 1, 'T Pro', '', 1, 1000);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('t_pro_month@1', 't_pro_month', 't_pro', 1, 'month', 2999);
insert into billing.plan_entitlements (plan_key, plan_version, key, max_count)
values ('t_pro', 1, 't_draw', 7);
select pg_temp.sign_up('ada', 'eve');
insert into billing.operations (key, name) values ('t_draw', 'Drawing');
insert into billing.operation_prices (operation, version, base_credits) values ('t_draw', 1, 5);
select from add_credits_atomic(pg_temp.id('ada'), 100, 'promotional', 't_draw',
  expires_at => '2026-03-05');
select from hold_credits_atomic(pg_temp.id('ada'), 10, 'job', '1 hour');
select from link_customer(pg_temp.id('ada'), 'cus_ada');
select from apply_object(
  'subscription', 'evt', 'x', '2026-03-01', null, 'sha', 1, jsonb_build_object(
  'id', 'sub', 'status', 'active', 'customer', 'cus_ada', 'created', '2026-03-01',
  'items', '[{"id": "si_1", "price": "t_pro_month@1", "quantity": 1, "period_start": "2026-03-01",
    "period_end": "2026-04-01"}]'::jsonb));
-- Something is due, so that a function that settles before it asks would be seen.
set local test.now to '2026-03-02';

-- With the least that each needs: what has no default, by its type. A client says no cost.
create temp table calls as
select p.oid::regprocedure::text as function,
  format('select array_agg(x)::text from %s(%s) x', p.oid::regproc, (
    select string_agg(format('%I => %s', a.name, case when a.name = 'cost_micros' then 'null'
      else case a.type
        when 'uuid'::regtype then '$1' when 'text'::regtype then quote_literal('t_draw')
        when 'bigint'::regtype then '1' when 'integer'::regtype then '1'
        when 'boolean'::regtype then 'true'
        when 'jsonb'::regtype then quote_literal('{}') || '::jsonb'
        when 'interval'::regtype then quote_literal('1 hour') || '::interval'
        when 'text[]'::regtype then quote_literal('{}') || '::text[]'
        when 'bigint[]'::regtype then quote_literal('{}') || '::bigint[]'
        when 'timestamptz'::regtype then quote_literal('2026-03-02') || '::timestamptz' end end),
      ', ' order by a.n)
    from unnest(p.proargtypes, (p.proargnames)[1:p.pronargs]) with ordinality a (type, name, n)
    where a.name = 'account_id' or a.n <= p.pronargs - p.pronargdefaults)) as call
from pg_proc p
where p.pronamespace in ('billing'::regnamespace, 'public'::regnamespace)
  and 'account_id' = any ((p.proargnames)[1:p.pronargs]) and p.proname <> 'is_member'
  and has_function_privilege('authenticated', p.oid, 'execute');

-- What eve is told, with the account's name taken out.
create function pg_temp.told(call text, name text) returns text language plpgsql as $$
declare
  v_answer text;
  v_message text;
  v_detail text;
  v_hint text;
begin
  perform pg_temp.act_as('authenticated', 'eve');
  begin
    execute replace(call, '$1', format('%L::uuid', pg_temp.id(name))) into v_answer;
  exception when others then
    get stacked diagnostics v_message = message_text, v_detail = pg_exception_detail,
      v_hint = pg_exception_hint;
    perform pg_temp.act_as('postgres');
    return replace(concat_ws('|', sqlstate, v_message, v_detail, v_hint), pg_temp.id(name)::text,
      'it');
  end;
  perform pg_temp.act_as('postgres');
  return v_answer;
end $$;

-- Baseline
select cmp_ok(
  (select count(*) from calls where call is not null), '>=', 10::bigint,
  'strangers: functions that name an account are found');
select is_empty(
  'select function from calls where call is null', 'strangers: every one of them can be called');

-- Refused
create temp table before as select pg_temp.books() as books;
create temp table answers as
select function, pg_temp.told(call, 'ada') as strange, pg_temp.told(call, 'nobody') as unknown
from calls;
select is_empty(
  $$select function, strange, unknown from answers where strange is distinct from unknown$$,
  'strangers: an account of somebody else answers like one that does not exist');
select set_eq(
  $$select function, strange from answers where strange !~ '^(LCACC|LCOWN)\|'$$,
  $$values ('has_entitlement(text,uuid)', '{f}'), ('limit_of(text,uuid)', '{0}'),
    ('billing.limit_of(text,uuid)', '{0}'),
    ('billing.entries_before(uuid,timestamp with time zone)', '{0}'),
    ('billing.has_open_dispute(uuid,text)', '{f}'), ('billing.returned_cents(uuid,text)', '{0}'),
    ('billing.bought_credits(uuid,text)', '{0}'),
    ('billing.default_payment_method(uuid)', '{NULL}')$$,
  'strangers: namely that it is not yours; what policies ask, and a look at rows, find nothing');
select is(
  (select limit_of('t_draw', pg_temp.id('ada'))), 7::bigint,
  'strangers: though there is something to be told');
select is(
  pg_temp.books(), (select books from before),
  'strangers: what was refused changed nothing, not even what is due');

select * from finish();
rollback;
