-- Every entry under the name by which a caller knows it, and what it is owed to.
select t.account_id as account, t.credits, t.balance_after as balance,
  case
    when t.kind in ('capture', 'release', 'reversal') and t.answers is not null
      then concat_ws(' ', t.kind, 'of', a.key, nullif(split_part(t.key, ':', 3), ''))
    when t.key_scope = 'grant' and t.key like 'free:%' then 'free month'
    else coalesce(t.key, t.kind::text)
  end as name,
  case
    when t.kind in ('expiry', 'rollover') or h.state = 'timed_out' then 'time'
    when t.kind in ('clawback', 'debt') or t.key like 'restore:%'
      or t.kind = 'reversal' and a.kind in ('clawback', 'debt') then 'claim'
    else 'call'
  end as cause
from billing.credit_transactions t
left join billing.credit_transactions a on a.account_id = t.account_id and a.number = t.answers
left join billing.holds h on h.account_id = t.account_id and h.number = t.answers
  and t.kind = 'release'
order by t.account_id, t.number
