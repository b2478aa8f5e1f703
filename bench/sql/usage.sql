-- One account with bench.entries spends in the last 90 days: of six operations, each for something of
-- its own, so that the usage counted by subject is as long as the ledger. The job has counted them.
insert into billing.operations (key, name)
select 'bench_' || n, 'Operation ' || n from generate_series(1, 6) n;
insert into billing.operation_prices (operation, version, base_credits)
select 'bench_' || n, 1, 5 from generate_series(1, 6) n;
insert into billing.operation_parameters
  (operation, version, name, kind, is_required, position, is_subject)
select 'bench_' || n, 1, 'picture', 'label', true, 1, true from generate_series(1, 6) n;

create or replace function billing.now() returns timestamptz
language plpgsql volatile set search_path = ''
as 'begin return clock_timestamp() - interval ''100 days''; end';
select from public.add_credits_atomic(
  '00000000-0000-4000-8000-300000000001', 100000000000, 'permanent', 'pack');
create or replace function billing.now() returns timestamptz
language plpgsql volatile set search_path = ''
as 'begin return clock_timestamp(); end';

insert into billing.credit_transactions (
  account_id, number, credits, balance_after, from_promotional, from_subscription, from_permanent,
  created_at, bucket_id, kind, key_scope, key, description, operation, price_version, params
)
select a.id, a.entry_count + n, -5, a.balance - 5 * n, 0, 0, 5,
  clock_timestamp() - interval '90 days' * (1 - n / e.entries), a.bucket_in_hand, 'spend', 'spend',
  'request ' || n, 'Picture ' || n, 'bench_' || 1 + n::integer % 6, 1,
  jsonb_build_object('picture', 'picture ' || n)
from billing.accounts a, (select current_setting('bench.entries')::numeric as entries) e,
  generate_series(1, e.entries::bigint) n
where a.id = '00000000-0000-4000-8000-300000000001';

update billing.accounts a
set entry_count = a.entry_count + e.entries, balance = a.balance - 5 * e.entries,
    in_hand_credits = a.in_hand_credits - 5 * e.entries
from (select current_setting('bench.entries')::bigint as entries) e
where a.id = '00000000-0000-4000-8000-300000000001';

select billing.roll_up('00000000-0000-4000-8000-300000000001');
vacuum (analyze) billing.credit_transactions;
vacuum (analyze) billing.usage_days;
