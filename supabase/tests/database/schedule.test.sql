begin;
select plan(3);

-- Baseline
select results_eq(
  $$select jobname::text collate "default", schedule, active from cron.job
    where jobname like 'coffer:%' order by jobname$$,
  $$values ('coffer: seal the ledger', '*/5 * * * *', true),
    ('coffer: write down expiries', '* * * * *', true)$$,
  'schedule: the jobs, and how often they run');
select is(
  (select array_agg(distinct username::text) from cron.job where jobname like 'coffer:%'),
  (select array[nspowner::regrole::text] from pg_namespace where nspname = 'billing'),
  'schedule: they run as who installed them');

-- Allowed
select is(
  (select array_agg(substring(command, 'public\.(\w+)') order by jobname) from cron.job
    where jobname like 'coffer:%' and command ~
      '^do \$\$ begin while public\.\w+\(\) > 0 loop commit; end loop; end \$\$$'),
  array['seal_ledger', 'expire_subscription_credits'],
  'schedule: each batch after batch, every one a transaction of its own, until nothing is left');

select * from finish();
rollback;
