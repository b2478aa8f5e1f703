begin;
select plan(4);

-- Baseline
select results_eq(
  $$select jobname::text collate "default", schedule, active from cron.job
    where jobname like 'coffer:%' order by jobname$$,
  $$values ('coffer: apply parked events', '3-59/10 * * * *', true),
    ('coffer: count usage', '7 * * * *', true),
    ('coffer: forget contact requests', '41 3 * * *', true),
    ('coffer: seal the ledger', '*/5 * * * *', true),
    ('coffer: write down expiries', '* * * * *', true)$$,
  'schedule: the jobs, and how often they run');
select is(
  (select array_agg(distinct username::text) from cron.job where jobname like 'coffer:%'),
  (select array[nspowner::regrole::text] from pg_namespace where nspname = 'billing'),
  'schedule: they run as who installed them');

-- Allowed
select is(
  (select command from cron.job where jobname = 'coffer: write down expiries'),
  'do $$ begin while public.expire_subscription_credits() > 0 loop commit; end loop; end $$',
  'schedule: batch after batch, each a transaction of its own, until nothing is due');
select is(
  (select array_agg(substring(command, 'public\.(\w+)') order by jobname) from cron.job
    where jobname like 'coffer:%' and command ~
      '^do \$\$ declare v_last \w+; begin loop v_last := public\.\w+\(v_last\); '
      'exit when v_last is null; commit; end loop; end \$\$$'),
  array['apply_parked', 'roll_up_usage', 'seal_ledger'],
  'schedule: batch after batch, to the last account or event');

select * from finish();
rollback;
