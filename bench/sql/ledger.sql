-- bench.entries spends of 5 credits for each account, in turn, as they come in use: the entries of an
-- account lie far apart in the table.
alter table billing.credit_transactions drop constraint credit_transactions_once;

do $$
begin
  for n in 1 .. current_setting('bench.entries')::integer loop
    insert into billing.credit_transactions (
      account_id, number, credits, balance_after, from_promotional, from_subscription,
      from_permanent, created_at, bucket_id, kind, key_scope, key, description
    )
    select a.id, a.entry_count + n, -5, a.balance - 5 * n, 5, 0, 0, clock_timestamp(),
      a.bucket_in_hand, 'spend', 'spend', 'req_' || (random() * 1e15)::bigint, 'image generation'
    from billing.accounts a;
  end loop;
end $$;

update billing.accounts a
set entry_count = a.entry_count + e.entries, balance = a.balance - 5 * e.entries,
    in_hand_credits = a.in_hand_credits - 5 * e.entries
from (select current_setting('bench.entries')::bigint as entries) e;

-- Random keys leave their index about 70 % full; one that is built full splits at every insert.
create unique index credit_transactions_once on billing.credit_transactions
  (account_id, key_scope, key) with (fillfactor = 70);
alter table billing.credit_transactions
  add constraint credit_transactions_once unique using index credit_transactions_once;
alter index billing.credit_transactions_once reset (fillfactor);

vacuum full billing.accounts;
vacuum (analyze) billing.accounts;
vacuum (freeze, analyze) billing.credit_transactions;
