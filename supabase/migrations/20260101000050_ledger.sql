-- The ledger's tables: buckets of credits, the entries that moved them, what is set aside in holds,
-- and what refunds and disputes claim.

create type billing.entry_kind as enum (
  'grant', 'spend', 'hold', 'capture', 'release', 'reversal', 'expiry', 'clawback', 'debt',
  'rollover', 'transfer', 'adjustment', 'void'
);
create type billing.key_scope as enum ('spend', 'member', 'grant', 'system');
comment on type billing.key_scope is
  'Who made a key: the server that spends, a signed-in member, whoever grants, or the ledger itself.
A member can so not occupy a server''s key.';
create type billing.hold_state as enum ('open', 'captured', 'released', 'timed_out');
create type billing.claim_state as enum ('frozen', 'taken', 'cancelled');
comment on type billing.claim_state is
  'frozen: an open dispute. taken: a refund, or a dispute that was lost. cancelled: a refund that
failed, or a dispute that was won.';
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
  frozen_credits    billing.credits not null default 0,
  withheld_credits  billing.credits not null default 0,
  paid_cents        bigint,
  paid_credits      bigint,
  rollover_cap      bigint,
  rolled_into       bigint,
  starts_at         timestamptz not null,
  opened_at         timestamptz,
  expires_at        timestamptz,
  period_ends_at    timestamptz,
  frozen_until      timestamptz,
  is_suspended      boolean not null default false,
  voided_at         timestamptz,
  created_at        timestamptz not null,
  priority          smallint not null,
  rollover_periods  smallint,
  rollovers         smallint not null default 0,
  kind              billing.bucket_kind not null,
  key               text,
  description       text,
  subscription_id   text,
  payment_key       text,
  paid_currency     text,
  metadata          jsonb,
  constraint buckets_pkey primary key (account_id, id),
  constraint buckets_granted_once unique (account_id, key),
  constraint a_bucket_holds_something check (granted_credits > 0),
  constraint a_grant_withholds_at_most_itself check (withheld_credits <= granted_credits),
  constraint a_cost_is_not_negative check (paid_cents >= 0),
  constraint a_cost_is_cents_for_credits_in_a_currency
    check (num_nulls(paid_cents, paid_credits, paid_currency) in (0, 3))
);
create index buckets_open on billing.buckets (account_id)
  where credits_remaining > 0 or frozen_credits > 0;
create index buckets_to_start on billing.buckets (account_id, starts_at) where opened_at is null;
create index buckets_to_thaw on billing.buckets (account_id) where frozen_until < 'infinity';
create index buckets_by_payment on billing.buckets (account_id, payment_key)
  where payment_key is not null;
comment on table billing.buckets is 'Credits from one source with one expiry.';
comment on column billing.buckets.credits_remaining is
  'Stale while the bucket is in hand; billing.open_buckets tells what is really left.';
comment on column billing.buckets.frozen_credits is
  'What an open dispute has frozen; credits_remaining is without it.';
comment on column billing.buckets.withheld_credits is
  'What a refund took of a grant before it started: its entry grants that much less.';
comment on column billing.buckets.frozen_until is
  'Frozen as a whole until then (infinity: until told otherwise); null: not frozen.';
comment on column billing.buckets.is_suspended is
  'Frozen as a whole while its subscription is paused, or unpaid for longer than the plan allows.';
comment on column billing.buckets.voided_at is 'What comes back to a voided bucket is voided.';
comment on column billing.buckets.paid_cents is
  'The cost basis: this was paid for paid_credits credits, in minor units of paid_currency. Buckets
made from others keep it unchanged.';
comment on column billing.buckets.rollover_cap is
  'How much of the period before moves on when this bucket opens; null: nothing does.';
comment on column billing.buckets.rollover_periods is
  'How often a credit may move on in all; null: as often as there are periods.';
comment on column billing.buckets.rollovers is 'How often these credits have moved on.';
comment on column billing.buckets.rolled_into is
  'The grant that these credits moved on with; null where they did not.';
comment on column billing.buckets.opened_at is
  'When its grant entered the ledger; null before starts_at.';
comment on column billing.buckets.expires_at is
  'Spendable while billing.now() < expires_at; null: never expires.';
comment on column billing.buckets.period_ends_at is
  'The end of the paid period, which pages show; expires_at adds the plan''s grace.';
comment on column billing.buckets.payment_key is
  'The payment that bought the credits, also where they came by way of another bucket; null where
none did.';

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
create index credit_transactions_lapsed on billing.credit_transactions (account_id)
  where kind in ('expiry', 'void');
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

-- The one exception: the words of an erased account.
create function billing.refuse_ledger_edit()
returns trigger
language plpgsql volatile
set search_path = ''
as $$
declare
  v_words text[] := array['description', 'params', 'reason'];
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - v_words = to_jsonb(old) - v_words
    and not exists (
      select from jsonb_each_text(to_jsonb(new)) w where w.key = any (v_words) and w.value <> '')
    and exists (
      select from billing.accounts a
      where a.id = old.account_id and a.erased_at is not null) then
    return new;
  end if;
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

create table billing.clawbacks (
  account_id      uuid not null,
  key             text not null,
  payment_key     text not null,
  refunded_cents  bigint not null,
  claimed_credits billing.credits not null,
  owed_credits    billing.credits not null,
  revived_credits billing.credits not null default 0,
  state           billing.claim_state not null,
  created_at      timestamptz not null,
  constraint clawbacks_pkey primary key (account_id, key),
  constraint a_clawback_refunds_money check (refunded_cents > 0)
);
create index clawbacks_by_payment on billing.clawbacks (account_id, payment_key);
create index clawbacks_owed on billing.clawbacks (account_id, payment_key) where owed_credits > 0;
alter table billing.clawbacks enable row level security;
create policy "members read what refunds claim" on billing.clawbacks
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.clawbacks from anon, authenticated, service_role;
grant select on billing.clawbacks to authenticated, service_role;
comment on table billing.clawbacks is
  'What a refund or a dispute claims of the credits that its payment bought; key is its id.';
comment on column billing.clawbacks.claimed_credits is
  'In credits: found, withheld, frozen or owed.';
comment on column billing.clawbacks.owed_credits is
  'What was not found: a refund''s debt; of a dispute, what is frozen when it comes back.';

comment on column billing.clawbacks.revived_credits is
  'What a dispute that was won gave back though it had expired: it did not lapse after all.';

create table billing.clawback_shares (
  account_id   uuid not null,
  clawback_key text not null,
  bucket_id    bigint not null,
  credits      bigint not null,
  is_withheld  boolean not null,
  taken_at     timestamptz not null,
  constraint clawback_shares_pkey primary key (account_id, clawback_key, bucket_id),
  constraint clawback_shares_belong_to_a_claim
    foreign key (account_id, clawback_key) references billing.clawbacks
);
create index clawback_shares_by_bucket on billing.clawback_shares (account_id, bucket_id);
alter table billing.clawback_shares enable row level security;
revoke all on billing.clawback_shares from anon, authenticated, service_role;
grant select on billing.clawback_shares to service_role;
comment on table billing.clawback_shares is
  'What a claim has frozen in buckets, or withheld of grants to come: the ledger has no entry of
it.';

create type billing.suspension_reason as enum ('unpaid', 'paused');
create table billing.suspensions (
  account_id      uuid not null,
  subscription_id text not null,
  reason          billing.suspension_reason not null,
  starts_at       timestamptz not null,
  is_in_force     boolean not null default false,
  constraint suspensions_pkey primary key (account_id, subscription_id)
);
alter table billing.suspensions enable row level security;
create policy "members read what suspends their plan" on billing.suspensions
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.suspensions from anon, authenticated, service_role;
grant select on billing.suspensions to authenticated, service_role;
comment on table billing.suspensions is
  'Subscriptions whose credits are frozen, or will be when starts_at comes and nothing was paid.';

create table billing.stopped_buckets (
  account_id     uuid not null,
  bucket_id      bigint not null,
  starts_at      timestamptz not null,
  period_ends_at timestamptz,
  expires_at     timestamptz,
  constraint stopped_buckets_pkey primary key (account_id, bucket_id)
);
alter table billing.stopped_buckets enable row level security;
revoke all on billing.stopped_buckets from anon, authenticated, service_role;
grant select on billing.stopped_buckets to service_role;
comment on table billing.stopped_buckets is
  'The times that buckets of a paused subscription had: while it lasts theirs are infinity.';

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
