-- One account with bench.entries entries of the last 90 days, as its owner made them, among all others.
create or replace function billing.now() returns timestamptz
language plpgsql volatile set search_path = ''
as 'begin return current_setting(''bench.now'')::timestamptz; end';

do $$
declare
  v_id constant uuid := '00000000-0000-4000-8000-100000000000';
  v_entries constant integer := current_setting('bench.entries')::integer;
  v_start constant timestamptz := clock_timestamp() - interval '90 days';
begin
  perform set_config('bench.now', v_start::text, true);
  perform public.grant_credits(v_id, 100000000, 'permanent', 'moved in');
  for n in 2 .. v_entries loop
    perform set_config('bench.now', (v_start + n * interval '90 days' / v_entries)::text, true);
    perform public.consume_credits('enhance_image', jsonb_build_object(
      'picture', 'picture ' || n % 40, 'size', (array['draft', 'full', 'large'])[1 + n % 3]),
      'job ' || n, v_id);
  end loop;
end $$;

create or replace function billing.now() returns timestamptz
language plpgsql volatile set search_path = ''
as 'begin return clock_timestamp(); end';
select public.roll_up_usage(batch => 1000000);
vacuum (analyze);
