-- Who is billed, who runs the product, and who may ask for what.

create type billing.bucket_kind as enum ('promotional', 'subscription', 'permanent');
comment on type billing.bucket_kind is 'Where credits come from, in burn order.';

create table billing.accounts (
  id              uuid constraint accounts_pkey primary key,
  balance         billing.credits not null default 0,
  in_hand_credits billing.credits not null default 0,
  entry_count     bigint not null default 0,
  bucket_in_hand  bigint,
  next_due_at     timestamptz not null default 'infinity',
  next_claim_at   timestamptz not null,
  created_at      timestamptz not null,
  frozen_credits  billing.credits not null default 0,
  debt_credits    billing.credits not null default 0,
  frozen_until    timestamptz,
  erased_at       timestamptz,
  in_hand_kind    billing.bucket_kind
) with (fillfactor = 80);  -- a spend changes no indexed column, so its update stays on the page
create index accounts_due on billing.accounts (next_due_at) where next_due_at < 'infinity';
comment on table billing.accounts is
  'Who is billed. The id of a personal account is its user''s id; there is no foreign key to
auth.users, because books outlive users. Opened at the first touch.';
comment on column billing.accounts.in_hand_credits is
  'What is really left of the bucket in hand; that bucket''s own row is stale meanwhile.';
comment on column billing.accounts.next_due_at is
  'Never later than the first instant at which what is stored stops being true.';
comment on column billing.accounts.next_claim_at is
  'From this instant on the first read or spend asks for the free month.';
comment on column billing.accounts.frozen_credits is
  'How much of the balance cannot be spent; kept by billing.take_in_hand.';
comment on column billing.accounts.debt_credits is
  'What refunds claim and did not find: beside the balance, never a balance below zero.';
comment on column billing.accounts.frozen_until is
  'Frozen as a whole until then (infinity: until told otherwise); null: not frozen.';
comment on column billing.accounts.erased_at is
  'Since then nothing is written any more; the books stay for the legal time.';

create table billing.owners (
  user_id  uuid constraint owners_pkey primary key,
  added_at timestamptz not null default billing.now()
);
comment on table billing.owners is 'Who runs the product. A row, not a claim in a token.';

-- Membership: the one rule that every policy and every check asks. Teams change this function only.
create function billing.is_member(account_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as 'begin return account_id = auth.uid(); end';
revoke execute on function billing.is_member(uuid) from public;
grant execute on function billing.is_member(uuid) to anon, authenticated;  -- is false for anon
comment on function billing.is_member(uuid) is
  'Whether the signed-in user may see and spend what this account has.';

alter table billing.accounts enable row level security;
create policy "members read their account" on billing.accounts
  for select to authenticated using (billing.is_member(id));
revoke all on billing.accounts from anon, authenticated, service_role;
grant select on billing.accounts to authenticated, service_role;

alter table billing.owners enable row level security;
create policy "owners read their own row" on billing.owners
  for select to authenticated using (user_id = (select auth.uid()));
revoke all on billing.owners from anon, authenticated, service_role;
grant select on billing.owners to authenticated, service_role;

-- A client role keeps its name in `role` inside SECURITY DEFINER functions too; a missing user id
-- never means trusted.
-- The same test stands in place in deduct_credits_atomic, where a call would cost.
create function billing.is_client()
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return current_setting('role') in ('anon', 'authenticated');
end $$;
revoke execute on function billing.is_client() from public;

create function billing.check_caller(account_id uuid)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if account_id is null or billing.is_client() and billing.is_member(account_id) is not true then
    raise exception 'this account is not yours' using errcode = 'LCACC',
      detail = format('account %s', coalesce(account_id::text, 'not given')),
      hint = 'sign in as a member of the account, or name it when calling as the service role';
  end if;
end $$;
revoke execute on function billing.check_caller(uuid) from public;
comment on function billing.check_caller(uuid) is
  'Raises LCACC unless the caller may act for the account: a client role must be a member; any other
role is trusted by its grant. What it says does not depend on whether the account exists.';

create function billing.open_account(account_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
begin
  insert into billing.accounts (id, created_at, next_claim_at) values (account_id, v_now, v_now)
  on conflict on constraint accounts_pkey do nothing;
end $$;
revoke execute on function billing.open_account(uuid) from public;
comment on function billing.open_account(uuid) is
  'Opens an account for any id, if it is not open. What only reads or spends goes through
billing.enter, which opens accounts of users alone.';

create function billing.is_erased(account_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from billing.accounts a where a.id = is_erased.account_id and a.erased_at is not null);
end $$;
revoke execute on function billing.is_erased(uuid) from public;

create function billing.check_alive(account_id uuid)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if billing.is_erased(account_id) then
    raise exception 'the account is erased' using errcode = 'LCACC',
      detail = format('account %s', account_id),
      hint = 'an erased account stays as it is; a new one has another id';
  end if;
end $$;
revoke execute on function billing.check_alive(uuid) from public;
