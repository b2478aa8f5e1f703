-- bench.due accounts, each with an expired promotional bucket in hand and a permanent one behind it,
-- as the verbs would have left them before the expiry.
insert into billing.buckets (
  account_id, granted_credits, credits_remaining, starts_at, opened_at, expires_at, created_at,
  priority, kind, key
)
select ('00000000-0000-4000-8000-' || (200000000000 + n))::uuid, b.credits, b.credits,
  t.at - interval '1 day', t.at - interval '1 day',
  case b.kind when 'promotional' then t.at end, t.at - interval '1 day',
  billing.priority_of(b.kind), b.kind, 'seed ' || b.kind
from (select clock_timestamp() - interval '1 minute' as at) t
cross join generate_series(1, current_setting('bench.due')::integer) n
cross join (values ('permanent'::billing.bucket_kind, 1000000), ('promotional', 100))
  b (kind, credits);

insert into billing.accounts (
  id, balance, entry_count, bucket_in_hand, in_hand_kind, in_hand_credits, next_due_at,
  next_claim_at, created_at
)
select b.account_id, 1000100, 2, b.id, b.kind, 100, b.expires_at,
  b.created_at + interval '30 days', b.created_at
from billing.buckets b
where b.key = 'seed promotional';

insert into billing.credit_transactions (
  account_id, number, credits, balance_after, from_promotional, from_subscription, from_permanent,
  created_at, bucket_id, kind, key_scope, key
)
select b.account_id, case b.kind when 'permanent' then 1 else 2 end, b.granted_credits,
  case b.kind when 'permanent' then 1000000 else 1000100 end,
  case b.kind when 'permanent' then 0 else -100 end, 0,
  case b.kind when 'permanent' then -1000000 else 0 end,
  b.created_at, b.id, 'grant', 'grant', b.key
from billing.buckets b
where b.key in ('seed permanent', 'seed promotional');

vacuum (analyze) billing.accounts;
vacuum (analyze) billing.buckets;
vacuum (analyze) billing.credit_transactions;
