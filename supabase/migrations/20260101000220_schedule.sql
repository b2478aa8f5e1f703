-- Jobs keep the books written down; no rule waits for them. Minutes, not seconds: pg_cron 1.4 knows
-- no less.
create extension if not exists pg_cron with schema pg_catalog;

select cron.schedule(
  'coffer: write down expiries', '* * * * *',
  'do $$ begin while public.expire_subscription_credits() > 0 loop commit; end loop; end $$'
);

select cron.schedule(
  'coffer: seal the ledger', '*/5 * * * *',
  'do $$ begin while public.seal_ledger() > 0 loop commit; end loop; end $$'
);
