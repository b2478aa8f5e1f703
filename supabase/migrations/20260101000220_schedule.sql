-- Jobs keep the books written down; no rule waits for them. Minutes, not seconds: pg_cron 1.4 knows
-- no less.
create extension if not exists pg_cron with schema pg_catalog;

select cron.schedule(
  'coffer: write down expiries', '* * * * *',
  'do $$ begin while public.expire_subscription_credits() > 0 loop commit; end loop; end $$'
);

-- These go through the accounts, or the parked events, once a run: on a busy system something is
-- always new. The answers of usage are exact without its job, and only the slower the more is not
-- counted yet.
select cron.schedule(
  'coffer: seal the ledger', '*/5 * * * *',
  'do $$ declare v_last uuid; begin loop v_last := public.seal_ledger(v_last); '
  'exit when v_last is null; commit; end loop; end $$'
);

select cron.schedule(
  'coffer: count usage', '7 * * * *',
  'do $$ declare v_last uuid; begin loop v_last := public.roll_up_usage(v_last); '
  'exit when v_last is null; commit; end loop; end $$'
);

select cron.schedule(
  'coffer: apply parked events', '3-59/10 * * * *',
  'do $$ declare v_last text; begin loop v_last := public.apply_parked(v_last); '
  'exit when v_last is null; commit; end loop; end $$'
);

select cron.schedule(
  'coffer: forget contact requests', '41 3 * * *', 'select public.forget_contact_requests()'
);
