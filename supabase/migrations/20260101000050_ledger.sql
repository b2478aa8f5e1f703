-- The books: buckets of credits, and the entries that moved them. Sum of the entries = sum of what
-- the buckets hold = the account's balance, always; `post` is the one writer of the slow path.

-- What time alone does at one instant happens in this order: grants start, holds end, buckets
-- expire.
create type billing.entry_kind as enum (
  'grant', 'spend', 'hold', 'capture', 'release', 'reversal', 'expiry'
);
create type billing.key_scope as enum ('spend', 'member', 'grant', 'system');
comment on type billing.key_scope is
  'Who made a key: the server that spends, a signed-in member, whoever grants, or the ledger itself.
A member can so not occupy a server''s key.';
create type billing.hold_state as enum ('open', 'captured', 'released', 'timed_out');
create type billing.share as (bucket_id bigint, credits bigint);
comment on type billing.share is 'What one entry did to one bucket.';
create type billing.charge as (
  operation text, params jsonb, price_version integer, cost_micros bigint, digest bytea,
  price_ends_at timestamptz
);
comment on type billing.charge is
  'What an operation was charged for; null where an amount was deducted. No entry dated at or after
price_ends_at may be made by it.';

create table billing.buckets (
  account_id        uuid not null,
  id                bigint not null generated always as identity,
  granted_credits   bigint not null,
  credits_remaining billing.credits not null default 0,
  starts_at         timestamptz not null,
  opened_at         timestamptz,
  expires_at        timestamptz,
  period_ends_at    timestamptz,
  created_at        timestamptz not null,
  priority          smallint not null,
  kind              billing.bucket_kind not null,
  key               text,
  description       text,
  subscription_id   text,
  payment_key       text,
  metadata          jsonb,
  constraint buckets_pkey primary key (account_id, id),
  constraint buckets_granted_once unique (account_id, key),
  constraint a_bucket_holds_something check (granted_credits > 0)
);
create index buckets_open on billing.buckets (account_id) where credits_remaining > 0;
create index buckets_to_start on billing.buckets (account_id, starts_at) where opened_at is null;
create index buckets_by_payment on billing.buckets (account_id, payment_key)
  where payment_key is not null;
comment on table billing.buckets is 'Credits from one source with one expiry.';
comment on column billing.buckets.credits_remaining is
  'Stale while the bucket is in hand; billing.open_buckets tells what is really left.';
comment on column billing.buckets.opened_at is
  'When its grant entered the ledger; null before starts_at.';
comment on column billing.buckets.expires_at is
  'Spendable while billing.now() < expires_at; null: never expires.';
comment on column billing.buckets.period_ends_at is
  'The end of the paid period, which pages show; expires_at adds the plan''s grace.';
comment on column billing.buckets.payment_key is
  'The payment that bought the credits; null where none did.';

create table billing.credit_transactions (
  account_id        uuid not null,
  number            bigint not null,
  credits           bigint not null,
  balance_after     billing.credits not null,
  from_promotional  bigint not null,
  from_subscription bigint not null,
  from_permanent    bigint not null,
  created_at        timestamptz not null,
  bucket_id         bigint,
  answers           bigint,
  price_version     integer,
  cost_micros       bigint,
  kind              billing.entry_kind not null,
  key_scope         billing.key_scope,
  key               text,
  description       text,
  operation         text,
  split             billing.share[],
  params            jsonb,
  digest            bytea,
  constraint credit_transactions_pkey primary key (account_id, number),
  constraint credit_transactions_once unique (account_id, key_scope, key)
);
create index credit_transactions_by_answer on billing.credit_transactions (account_id, answers)
  where answers is not null;
comment on table billing.credit_transactions is
  'Ledger entries, append-only and numbered without gaps per account. The primary key is history
index, page cursor and proof at once.';
comment on column billing.credit_transactions.from_promotional is
  'What the entry took from each kind, below zero where it gave: the three sum to minus credits.';
comment on column billing.credit_transactions.key is
  'Charges or grants once. An expiry has none, its scope is null: its bucket may expire again.';
comment on column billing.credit_transactions.answers is
  'The number of the entry that this one answers: a hold captured or released, a spend reversed.';
comment on column billing.credit_transactions.split is
  'The shares in burn order, where there are several; bucket_id is set where it is one.';
comment on column billing.credit_transactions.cost_micros is
  'What the work cost the developer, in millionths of the catalog''s currency.';
comment on column billing.credit_transactions.digest is
  'sha256 of operation and params: a replay is recognised by it even when params were erased.';

create function billing.refuse_ledger_edit()
returns trigger
language plpgsql volatile
set search_path = ''
as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'restrict_violation',
    detail = format('%s of %s', lower(tg_op), tg_table_name),
    hint = 'correct an entry by a new one';
end $$;
revoke execute on function billing.refuse_ledger_edit() from public;
create trigger entries_never_change before update or delete on billing.credit_transactions
  for each row execute function billing.refuse_ledger_edit();
create trigger entries_are_never_truncated before truncate on billing.credit_transactions
  for each statement execute function billing.refuse_ledger_edit();

create table billing.holds (
  account_id      uuid not null,
  number          bigint not null,
  held_credits    bigint not null,
  overrun_credits billing.credits not null,
  ends_at         timestamptz not null,
  state           billing.hold_state not null default 'open',
  constraint holds_pkey primary key (account_id, number),
  constraint a_hold_holds_something check (held_credits > 0)
);
create index holds_open on billing.holds (account_id, ends_at) where state = 'open';
comment on table billing.holds is
  'Credits set aside for work under way; number is that of the entry that took them.';
comment on column billing.holds.overrun_credits is
  'How much more than was held a capture may take, if the balance allows.';
alter table billing.holds enable row level security;
create policy "members read their holds" on billing.holds
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.holds from anon, authenticated, service_role;
grant select on billing.holds to authenticated, service_role;

alter table billing.buckets enable row level security;
create policy "members read their buckets" on billing.buckets
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.buckets from anon, authenticated, service_role;
grant select on billing.buckets to authenticated, service_role;

alter table billing.credit_transactions enable row level security;
create policy "members read their entries" on billing.credit_transactions
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.credit_transactions from anon, authenticated, service_role;
grant select on billing.credit_transactions to authenticated, service_role;

-- The only place that knows the burn order, and that the bucket in hand has its remainder
-- elsewhere.
create view billing.open_buckets with (security_invoker = true) as
select
  b.account_id, b.id, b.kind, b.expires_at, b.period_ends_at, b.description,
  r.credits_remaining::bigint,
  row_number() over (
    partition by b.account_id order by b.priority, b.expires_at nulls last, b.kind, b.id
  ) as burn_order
from billing.buckets b
join billing.accounts a on a.id = b.account_id
cross join lateral (
  select case when b.id = a.bucket_in_hand then a.in_hand_credits else b.credits_remaining end
    as credits_remaining
) r
-- The first half of the condition is the predicate of the index.
where b.credits_remaining > 0 and r.credits_remaining > 0;
revoke all on billing.open_buckets from anon, authenticated, service_role;
grant select on billing.open_buckets to authenticated, service_role;
comment on view billing.open_buckets is
  'Buckets that hold credits, as they really are, in burn order.';

-- The only place that knows what time will do, by the kind of entry that writes it down.
create view billing.due_facts with (security_invoker = true) as
select
  b.account_id, b.starts_at as due_at, 'grant'::billing.entry_kind as kind, b.id,
  b.granted_credits as credits, b.key, b.description
from billing.buckets b where b.opened_at is null
union all
select h.account_id, h.ends_at, 'release', h.number, h.held_credits, null, 'Not finished in time'
from billing.holds h where h.state = 'open'
union all
select o.account_id, o.expires_at, 'expiry', o.id, -o.credits_remaining, null, o.description
from billing.open_buckets o where o.expires_at is not null;
revoke all on billing.due_facts from anon, authenticated, service_role;
grant select on billing.due_facts to service_role;
comment on view billing.due_facts is
  'Starts of grants, ends of open holds and expiries of open buckets, due or to come; id is that of
the bucket, or the number of the hold.';

create view billing.entry_shares with (security_invoker = true) as
select t.account_id, t.number, t.kind, t.created_at, s.bucket_id, s.credits
from billing.credit_transactions t
cross join lateral unnest(coalesce(t.split, array[(t.bucket_id, t.credits)::billing.share])) s
where s.bucket_id is not null;  -- a hold captured whole moves no bucket
revoke all on billing.entry_shares from anon, authenticated, service_role;
grant select on billing.entry_shares to service_role;
comment on view billing.entry_shares is 'What each entry did to each bucket.';

-- A share of the bucket in hand is moved in the account's row, any other in the bucket's own. No
-- entry is dated before its predecessor. The account's row is locked by the caller, through settle.
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
      set credits_remaining = b.credits_remaining + v_share.credits,
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
