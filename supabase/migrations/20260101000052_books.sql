-- How the books are read and written. Sum of the entries = sum of what the buckets hold = the
-- account's balance, always; `post` is the one writer of the slow path.

-- The only place that knows the burn order, and that the bucket in hand has its remainder
-- elsewhere.
create view billing.open_buckets with (security_invoker = true) as
select
  b.account_id, b.id, b.kind, b.expires_at, b.period_ends_at, b.description, b.payment_key,
  b.voided_at,
  r.credits_remaining, r.frozen_credits, h.credits as undisputed_credits,
  row_number() over (
    partition by b.account_id
    order by r.credits_remaining = 0, b.priority, b.expires_at nulls last, b.kind, b.id
  ) as burn_order
from billing.buckets b
join billing.accounts a on a.id = b.account_id
cross join lateral (
  select
    case when b.id = a.bucket_in_hand then a.in_hand_credits else b.credits_remaining end
      ::bigint as credits,
    b.is_suspended or coalesce(a.frozen_until, b.frozen_until) is not null as is_frozen
) h
cross join lateral (
  select case when h.is_frozen then 0 else h.credits end as credits_remaining,
    b.frozen_credits + case when h.is_frozen then h.credits else 0 end as frozen_credits
) r
-- The first half of the condition is the predicate of the index.
where (b.credits_remaining > 0 or b.frozen_credits > 0) and h.credits + b.frozen_credits > 0;
revoke all on billing.open_buckets from anon, authenticated, service_role;
grant select on billing.open_buckets to authenticated, service_role;
comment on view billing.open_buckets is
  'Buckets that hold credits, as they really are, in burn order: what can be spent of each
(credits_remaining), what is frozen, and what is not frozen by a dispute; those frozen as a whole
come last.';

-- In this order at one instant: what came back to where it may not stay goes first; then grants
-- start, holds end, freezes end, unpaid subscriptions are suspended, and buckets expire.
create type billing.due_kind as enum (
  'void', 'debt', 'freeze', 'grant', 'release', 'thaw', 'suspend', 'expiry'
);

-- The only place that knows what time will do.
create view billing.due_facts with (security_invoker = true) as
select
  b.account_id, b.starts_at as due_at, 'grant'::billing.due_kind as kind, b.id,
  b.granted_credits - b.withheld_credits as credits, b.key, b.description
from billing.buckets b
where b.opened_at is null and b.voided_at is null and b.withheld_credits < b.granted_credits
union all
select h.account_id, h.ends_at, 'release', h.number, h.held_credits, null, 'Not finished in time'
from billing.holds h where h.state = 'open'
union all
select b.account_id, b.frozen_until, 'thaw', b.id, 0, null, null
from billing.buckets b where b.frozen_until < 'infinity'
union all
select a.id, a.frozen_until, 'thaw', 0, 0, null, null
from billing.accounts a where a.frozen_until < 'infinity'
union all
select s.account_id, s.starts_at, 'suspend', 0, 0, s.subscription_id, null
from billing.suspensions s where not s.is_in_force
union all
select o.account_id,
  case when o.voided_at is null and c.key is null then o.expires_at else '-infinity' end,
  case when o.voided_at is not null then 'void' when c.state = 'taken' then 'debt'
    when c.state = 'frozen' then 'freeze' else 'expiry' end::billing.due_kind,
  o.id,
  -case when o.voided_at is null and c.key is not null
    then least(o.undisputed_credits,
      c.owed_credits) else o.credits_remaining + o.frozen_credits end,
  c.key, o.description
from billing.open_buckets o
left join lateral (
  select c.key, c.state, c.owed_credits from billing.clawbacks c
  where c.account_id = o.account_id and c.payment_key = o.payment_key and c.owed_credits > 0
    and o.undisputed_credits > 0  -- an owner's freeze holds off nobody's claim
  order by c.state desc, c.created_at, c.key
  limit 1
) c on true
where o.expires_at is not null or o.voided_at is not null or c.key is not null;
revoke all on billing.due_facts from anon, authenticated, service_role;
grant select on billing.due_facts to service_role;
comment on view billing.due_facts is
  'What is due, or to come: starts of grants, ends of open holds and of freezes, suspensions of
unpaid subscriptions, expiries; and due at once what came back to a voided bucket, to one of a
payment with a debt, or in dispute. id is that of the bucket (0: none), or the number of the hold;
key is that of the grant, of the claim or of the subscription.';

create view billing.entry_shares with (security_invoker = true) as
select t.account_id, t.number, t.kind, t.created_at, s.bucket_id, s.credits
from billing.credit_transactions t
cross join lateral unnest(coalesce(t.split, array[(t.bucket_id, t.credits)::billing.share])) s
where s.bucket_id is not null;  -- a hold captured whole moves no bucket
revoke all on billing.entry_shares from anon, authenticated, service_role;
grant select on billing.entry_shares to service_role;
comment on view billing.entry_shares is 'What each entry did to each bucket.';

-- A share of the bucket in hand is moved in the account's row, any other in the bucket's own, what
-- can be spent before what is frozen (a bucket with frozen credits is never in hand). No entry is
-- dated before its predecessor. The account's row is locked by the caller, through settle.
create function billing.post(
  account_id uuid, kind billing.entry_kind, key_scope billing.key_scope, key text,
  shares billing.share[], at timestamptz, description text, charge billing.charge default null,
  answers bigint default null
)
returns billing.credit_transactions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_account billing.accounts;
  v_entry billing.credit_transactions;
  v_share billing.share;
  v_kind billing.bucket_kind;
  v_total bigint := 0;
  v_in_hand bigint := 0;
  v_promotional bigint := 0;
  v_subscription bigint := 0;
begin
  select a.* into v_account from billing.accounts a where a.id = post.account_id;
  foreach v_share in array shares loop
    if v_share.bucket_id = v_account.bucket_in_hand then
      v_kind := v_account.in_hand_kind;
      v_in_hand := v_in_hand + v_share.credits;
    else
      update billing.buckets b
      set credits_remaining = greatest(b.credits_remaining + v_share.credits, 0),
          frozen_credits = b.frozen_credits + least(b.credits_remaining + v_share.credits, 0),
          opened_at = coalesce(b.opened_at, post.at)
      where b.account_id = post.account_id and b.id = v_share.bucket_id
      returning b.kind into strict v_kind;
    end if;
    v_total := v_total + v_share.credits;
    v_promotional := v_promotional - case v_kind when 'promotional' then v_share.credits else 0 end;
    v_subscription := v_subscription
      - case v_kind when 'subscription' then v_share.credits else 0 end;
  end loop;
  update billing.accounts a
  set balance = a.balance + v_total, in_hand_credits = a.in_hand_credits + v_in_hand,
      entry_count = a.entry_count + 1
  where a.id = post.account_id;
  insert into billing.credit_transactions as e (
    account_id, number, credits, balance_after, from_promotional, from_subscription, from_permanent,
    created_at, bucket_id, kind, key_scope, key, description, split, answers,
    operation, params, price_version, cost_micros, digest
  )
  select
    post.account_id, v_account.entry_count + 1, v_total, v_account.balance + v_total,
    v_promotional, v_subscription, -v_total - v_promotional - v_subscription,
    greatest(post.at, p.created_at), case cardinality(shares) when 1 then v_share.bucket_id end,
    post.kind, post.key_scope, post.key, post.description,
    case when cardinality(shares) > 1 then shares end, post.answers,
    charge.operation, charge.params, charge.price_version, charge.cost_micros, charge.digest
  from (select 1) always
  left join billing.credit_transactions p
    on p.account_id = post.account_id and p.number = v_account.entry_count
  returning e.* into v_entry;
  return v_entry;
end $$;
revoke execute on function billing.post(
  uuid, billing.entry_kind, billing.key_scope, text, billing.share[], timestamptz, text,
  billing.charge, bigint
) from public;
comment on function billing.post(
  uuid, billing.entry_kind, billing.key_scope, text, billing.share[], timestamptz, text,
  billing.charge, bigint
) is 'Writes one entry, the sum of its shares, and moves the buckets and the balance by them.';
