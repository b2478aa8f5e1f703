-- One account with bench.entries entries of the last 90 days, as its owner made them, and
-- bench.payments payments before, one in twenty refunded in part, among all others. The job has
-- counted its usage up to bench.behind entries ago.
create or replace function billing.now() returns timestamptz
language plpgsql volatile set search_path = ''
as 'begin return current_setting(''bench.now'')::timestamptz; end';

do $$
declare
  v_id constant uuid := '00000000-0000-4000-8000-100000000000';
  v_entries constant integer := current_setting('bench.entries')::integer;
  v_behind constant integer := current_setting('bench.behind')::integer;
  v_start constant timestamptz := clock_timestamp() - interval '90 days';
begin
  perform set_config('bench.now', v_start::text, true);
  perform public.grant_credits(v_id, 100000000, 'permanent', 'moved in');
  for n in 2 .. v_entries loop
    perform set_config('bench.now', (v_start + n * interval '90 days' / v_entries)::text, true);
    perform public.consume_credits('enhance_image', jsonb_build_object(
      'picture', 'picture ' || n % 40, 'size', (array['draft', 'full', 'large'])[1 + n % 3]),
      'job ' || n, v_id);
    if n = v_entries - v_behind then
      perform billing.roll_up(v_id);
    end if;
  end loop;
end $$;

create or replace function billing.now() returns timestamptz
language plpgsql volatile set search_path = ''
as 'begin return clock_timestamp(); end';

-- Their credits came and went before the ledger began.
insert into billing.payments (
  account_id, key, kind, status, description, amount_cents, currency, created_at, paid_at, ticket
)
select '00000000-0000-4000-8000-100000000000', 'checkout:cs_' || n, 'pack', 'paid', 'Pack', 1000,
  'usd', p.at, p.at, n
from generate_series(1, current_setting('bench.payments')::integer) n
cross join lateral (
  select clock_timestamp() - interval '90 days' - n * interval '1 day') p (at);
insert into billing.buckets (
  account_id, granted_credits, starts_at, opened_at, created_at, priority, kind, key, payment_key
)
select p.account_id, 100, p.created_at, p.created_at, p.created_at, 0, 'permanent', p.key, p.key
from billing.payments p;
insert into billing.refunds (
  account_id, id, payment_key, status, amount_cents, currency, created_at, ticket
)
select p.account_id, 're_' || p.ticket, p.key, 'succeeded', 500, 'usd', p.created_at, p.ticket
from billing.payments p where p.ticket % 20 = 0;
vacuum (analyze);
