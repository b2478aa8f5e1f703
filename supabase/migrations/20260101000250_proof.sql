-- The books can be checked by whoever owns them: each view says what is wrong, where, what it
-- should be and what it is. All read one snapshot and lock nothing, so that spends go on beside
-- them; an account that has something due is checked as it is stored.

create view billing.entry_problems with (security_invoker = true) as
with entry as not materialized (
  select e.account_id, e.number, e.credits, e.balance_after, e.created_at, e.kind, e.key_scope,
    e.answers, e.from_promotional, e.from_subscription, e.from_permanent,
    row_number() over w as nth, lag(e.created_at) over w as previous_at,
    sum(e.credits) over w as running
  from billing.credit_transactions e
  window w as (partition by e.account_id order by e.number)
), share as not materialized (
  select s.account_id, s.number, sum(s.credits) as credits,
    -coalesce(sum(s.credits) filter (where b.kind = 'promotional'), 0) as promotional,
    -coalesce(sum(s.credits) filter (where b.kind = 'subscription'), 0) as subscription
  from billing.entry_shares s
  join billing.buckets b on b.account_id = s.account_id and b.id = s.bucket_id
  group by s.account_id, s.number
)
select e.account_id, 'an entry number is missing' as problem, e.number, e.nth::text as expected,
  e.number::text as found
from entry e where e.number <> e.nth
union all
select e.account_id, 'an entry is dated before its predecessor', e.number, e.previous_at::text,
  e.created_at::text
from entry e where e.created_at < e.previous_at
union all
select e.account_id, 'balance_after is not the running sum', e.number, e.running::text,
  e.balance_after::text
from entry e where e.balance_after <> e.running
union all
select e.account_id, 'an entry is not the sum of its shares', e.number,
  coalesce(s.credits, 0)::text, e.credits::text
from entry e
left join share s on s.account_id = e.account_id and s.number = e.number
where e.credits <> coalesce(s.credits, 0)
union all
select e.account_id, 'the parts by kind are not those of the buckets', e.number,
  concat_ws(', ', coalesce(s.promotional, 0), coalesce(s.subscription, 0), -e.credits
    - coalesce(s.promotional, 0) - coalesce(s.subscription, 0)),
  concat_ws(', ', e.from_promotional, e.from_subscription, e.from_permanent)
from entry e
left join share s on s.account_id = e.account_id and s.number = e.number
where e.from_promotional <> coalesce(s.promotional, 0)
  or e.from_subscription <> coalesce(s.subscription, 0)
  or e.from_promotional + e.from_subscription + e.from_permanent <> -e.credits
union all
select e.account_id, 'an entry has a key that its kind does not, or lacks one', e.number,
  case when e.kind in ('expiry', 'rollover', 'void') then 'none' else 'a key' end,
  coalesce(e.key_scope::text, 'none')
from entry e where (e.kind in ('expiry', 'rollover', 'void')) <> (e.key_scope is null)
union all
select e.account_id, 'more came back than was taken', e.number, (-e.credits)::text,
  sum(a.credits)::text
from entry e
join billing.credit_transactions a on a.account_id = e.account_id and a.answers = e.number
where e.kind in ('spend', 'hold', 'clawback', 'debt') and a.kind <> 'debt'
group by e.account_id, e.number, e.credits
having sum(a.credits) > -e.credits;
revoke all on billing.entry_problems from anon, authenticated, service_role;
grant select on billing.entry_problems to service_role;
comment on view billing.entry_problems is
  'What is wrong with entries: numbers, times, running sums, shares, kinds, keys, answers.';

create view billing.replayed_buckets with (security_invoker = true) as
select s.account_id, s.bucket_id, sum(s.credits)::bigint as credits
from billing.entry_shares s group by s.account_id, s.bucket_id;
revoke all on billing.replayed_buckets from anon, authenticated, service_role;
grant select on billing.replayed_buckets to service_role;
comment on view billing.replayed_buckets is
  'What each bucket holds, frozen credits included, by the ledger alone.';

create view billing.bucket_problems with (security_invoker = true) as
with moved as not materialized (
  select s.account_id, s.bucket_id, s.number, s.kind, s.credits, s.created_at,
    sum(s.credits) over (partition by s.account_id, s.bucket_id order by s.number) as held
  from billing.entry_shares s
)
select b.account_id, 'a bucket does not hold what the ledger says' as problem, b.id as number,
  coalesce(k.credits, 0)::text as expected,
  coalesce(o.credits_remaining + o.frozen_credits, 0)::text as found
from billing.buckets b
left join billing.open_buckets o on o.account_id = b.account_id and o.id = b.id
left join billing.replayed_buckets k on k.account_id = b.account_id and k.bucket_id = b.id
where coalesce(o.credits_remaining + o.frozen_credits, 0) <> coalesce(k.credits, 0)
union all
select m.account_id, 'a bucket held less than nothing, or more than its grant', m.bucket_id,
  format('0 to %s', b.granted_credits), format('%s after entry %s', m.held, m.number)
from moved m
left join billing.buckets b on b.account_id = m.account_id and b.id = m.bucket_id
where (m.held between 0 and b.granted_credits) is not true
union all
select m.account_id, 'credits were taken outside of their time', m.bucket_id,
  format('from %s to %s', b.starts_at, coalesce(b.expires_at::text, 'ever')),
  format('entry %s at %s', m.number, m.created_at)
from moved m
join billing.buckets b on b.account_id = m.account_id and b.id = m.bucket_id
where m.credits < 0 and m.kind in ('spend', 'hold', 'transfer', 'adjustment')
  and (m.created_at < b.starts_at or m.created_at >= b.expires_at)
union all
select b.account_id, 'an entry grants what its bucket does not', b.id,
  (b.granted_credits - b.withheld_credits)::text, m.credits::text
from billing.buckets b
join moved m on m.account_id = b.account_id and m.bucket_id = b.id and m.kind = 'grant'
where m.credits <> b.granted_credits - b.withheld_credits
union all
select b.account_id, 'a bucket has frozen or withheld what no claim has', b.id,
  concat_ws(', ', f.frozen, f.withheld), concat_ws(', ', b.frozen_credits, b.withheld_credits)
from billing.buckets b
cross join lateral (
  select coalesce(sum(s.credits) filter (where c.state = 'frozen' and not s.is_withheld), 0)
      as frozen,
    coalesce(sum(s.credits) filter (where s.is_withheld), 0) as withheld
  from billing.clawback_shares s
  join billing.clawbacks c on c.account_id = s.account_id and c.key = s.clawback_key
  where s.account_id = b.account_id and s.bucket_id = b.id
) f
where b.frozen_credits > 0 and b.frozen_credits <> f.frozen or b.withheld_credits <> f.withheld
union all
select b.account_id, v.problem, b.id, v.expected::text, v.found::text
from billing.buckets b
left join billing.suspensions s on s.account_id = b.account_id
  and s.subscription_id = b.subscription_id and b.kind = 'subscription'
left join billing.stopped_buckets t on t.account_id = b.account_id and t.bucket_id = b.id
cross join lateral (values
  ('a bucket is suspended by nothing, or is not by what is in force',
    coalesce(s.is_in_force, false), b.is_suspended),
  ('a bucket is stopped by no pause, or is not by one',
    coalesce(s.reason = 'paused' and (t.bucket_id is not null
      or b.voided_at is null and coalesce(b.expires_at, 'infinity') > s.starts_at), false),
    t.bucket_id is not null),
  ('a stopped bucket expires', coalesce(t.expires_at < 'infinity', false),
    t.bucket_id is not null and coalesce(b.expires_at = 'infinity', false))
) v (problem, expected, found)
where v.expected <> v.found;
revoke all on billing.bucket_problems from anon, authenticated, service_role;
grant select on billing.bucket_problems to service_role;
comment on view billing.bucket_problems is
  'What is wrong with buckets, beside the ledger replayed: drift, bounds, times, grants, claims,
suspensions. number is the bucket''s id.';

create view billing.account_problems with (security_invoker = true) as
with fact as (
  select a.id as account_id, a.entry_count, a.balance::bigint as balance, l.credits, l.entries,
    k.held, k.frozen, a.frozen_credits::bigint as frozen_credits, d.owed,
    a.debt_credits::bigint as debt_credits
  from billing.accounts a
  left join lateral (
    select coalesce(sum(e.credits), 0)::bigint as credits, count(*) as entries
    from billing.credit_transactions e where e.account_id = a.id
  ) l on true
  left join lateral (
    select coalesce(sum(o.credits_remaining + o.frozen_credits), 0)::bigint as held,
      coalesce(sum(o.frozen_credits), 0)::bigint as frozen
    from billing.open_buckets o where o.account_id = a.id
  ) k on true
  left join lateral (
    select coalesce(sum(c.owed_credits), 0)::bigint as owed
    from billing.clawbacks c where c.account_id = a.id and c.state = 'taken'
  ) d on true
)
select f.account_id, v.problem, f.entry_count as number, v.expected::text as expected,
  v.found::text as found
from fact f
cross join lateral (values
  ('the account does not count its entries', f.entries, f.entry_count),
  ('the balance is not the sum of the entries', f.credits, f.balance),
  ('the buckets do not hold the balance', f.balance, f.held),
  ('the account does not count what is frozen', f.frozen, f.frozen_credits),
  ('the account does not count its debts', f.owed, f.debt_credits)
) v (problem, expected, found)
where v.expected <> v.found
union all
select e.account_id, 'entries without an account', max(e.number), '0', count(*)::text
from billing.credit_transactions e
where not exists (select from billing.accounts a where a.id = e.account_id)
group by e.account_id
union all
select a.id, 'what is in hand is not a bucket of the account', a.bucket_in_hand,
  b.kind::text, a.in_hand_kind::text
from billing.accounts a
left join billing.buckets b on b.account_id = a.id and b.id = a.bucket_in_hand
where a.bucket_in_hand is null and a.in_hand_credits > 0
  or a.bucket_in_hand is not null and (b.kind is distinct from a.in_hand_kind
    or b.frozen_credits > 0 or b.frozen_until is not null or b.voided_at is not null
    or b.is_suspended
    or a.frozen_until is not null)
union all
select a.id, 'next_due_at is later than what is due', a.entry_count, d.due_at::text,
  a.next_due_at::text
from billing.accounts a
cross join lateral (
  select min(f.due_at) as due_at from billing.due_facts f where f.account_id = a.id
) d
where a.next_due_at > d.due_at and a.erased_at is null
union all
select h.account_id, 'a hold and its entries disagree', h.number, h.state::text,
  coalesce(string_agg(e.kind::text, ', '), 'no answer')
from billing.holds h
left join billing.credit_transactions e
  on e.account_id = h.account_id and e.answers = h.number and e.kind in ('capture', 'release')
group by h.account_id, h.number, h.state
having string_agg(e.kind::text, ', ') is distinct from case h.state
  when 'open' then null when 'captured' then 'capture' else 'release' end
union all
select e.account_id, 'an entry and its hold disagree', e.number, (-e.credits)::text,
  coalesce(h.held_credits::text, 'no hold')
from billing.credit_transactions e
left join billing.holds h on h.account_id = e.account_id and h.number = e.number
where e.kind = 'hold' and h.held_credits is distinct from -e.credits;
revoke all on billing.account_problems from anon, authenticated, service_role;
grant select on billing.account_problems to service_role;
comment on view billing.account_problems is
  'What is wrong with accounts: counts and sums, the bucket in hand, what is due next, holds.';

create function billing.verify_account(account_id uuid)
returns table (problem text, number bigint, expected text, found text)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select p.problem, p.number, p.expected, p.found from billing.account_problems p
  where p.account_id = verify_account.account_id
  union all
  select p.problem, p.number, p.expected, p.found from billing.bucket_problems p
  where p.account_id = verify_account.account_id
  union all
  select p.problem, p.number, p.expected, p.found from billing.entry_problems p
  where p.account_id = verify_account.account_id;
end $$;
revoke execute on function billing.verify_account(uuid) from public;
grant execute on function billing.verify_account(uuid) to service_role;
comment on function billing.verify_account(uuid) is
  'What is wrong with the books of one account, in one snapshot; no row: all is well. number is that
of the entry or hold, or the bucket''s id.';

create function billing.verify_all()
returns table (account_id uuid, problem text, number bigint, expected text, found text)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select p.account_id, p.problem, p.number, p.expected, p.found from billing.account_problems p
  union all
  select p.account_id, p.problem, p.number, p.expected, p.found from billing.bucket_problems p
  union all
  select p.account_id, p.problem, p.number, p.expected, p.found from billing.entry_problems p;
end $$;
revoke execute on function billing.verify_all() from public;
grant execute on function billing.verify_all() to service_role;
comment on function billing.verify_all() is
  'What is wrong with the books of any account, in one snapshot of the whole; `npm run verify` goes
account by account instead, which a large live database prefers.';
