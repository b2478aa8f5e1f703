begin;
select plan(3);

-- Baseline
select results_eq(
  $$select jobname::text collate "default", schedule, active from cron.job
    where jobname like 'coffer:%'$$,
  $$values ('coffer: write down expiries', '* * * * *', true)$$,
  'schedule: one job, once a minute');
select is(
  (select username::text from cron.job where jobname = 'coffer: write down expiries'),
  (select nspowner::regrole::text from pg_namespace where nspname = 'billing'),
  'schedule: it runs as who installed it');

-- Allowed
select is(
  (select command from cron.job where jobname = 'coffer: write down expiries'),
  'do $$ begin while public.expire_subscription_credits() > 0 loop commit; end loop; end $$',
  'schedule: batch after batch, each in a transaction of its own, until nothing is due');

select * from finish();
rollback;
