-- Every claim: what it has taken and still is owed, and what has come back of it.
select c.account_id as account, c.key as id, c.state, c.claimed_credits as claimed,
  c.owed_credits as owed, coalesce(-sum(t.credits), 0)::bigint as taken,
  coalesce(sum(b.credits), 0)::bigint as returned
from billing.clawbacks c
left join billing.credit_transactions t on t.account_id = c.account_id
  and t.kind in ('clawback', 'debt')
  and (t.key = 'refund:' || c.key or t.key like 'debt:' || c.key || ':%')
left join billing.credit_transactions b on b.account_id = t.account_id and b.answers = t.number
  and b.kind = 'reversal'
group by c.account_id, c.key, c.state, c.claimed_credits, c.owed_credits
