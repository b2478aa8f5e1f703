-- Who a Stripe customer is.

create table billing.customers (
  id         text constraint customers_pkey primary key,
  account_id uuid,
  provider   text not null default 'stripe',
  created_at timestamptz not null,
  deleted_at timestamptz,
  is_in_force boolean not null default false,
  default_payment_method text,
  ticket     bigint not null default 0,
  constraint a_customer_is_somebodys_or_deleted check (num_nulls(account_id, deleted_at) < 2),
  constraint a_deleted_customer_is_not_in_force check (not is_in_force or deleted_at is null)
);
create unique index customers_one_in_force on billing.customers (account_id) where is_in_force;
create index customers_by_account on billing.customers (account_id);
alter table billing.customers enable row level security;
create policy "members read their customer" on billing.customers
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.customers from anon, authenticated, service_role;
grant select on billing.customers to authenticated, service_role;
comment on table billing.customers is
  'Which account a customer of the payment provider is; written before any Checkout session. One
that is deleted stays, so that late events find whose it was; the next checkout makes another.';
comment on column billing.customers.account_id is
  'Null: deleted before anything said whose it was.';
comment on column billing.customers.is_in_force is
  'Checkout and portal go to this one; an account may have others, made by hand at the provider.';
comment on column billing.customers.default_payment_method is
  'What is charged where the subscription names none. Name, e-mail and address are not kept.';

-- The first of an account's customers is in force; whoever comes at the same time waits here.
create function billing.map_customer(customer_id text, account_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into billing.customers (id, account_id, created_at, is_in_force)
  values (customer_id, account_id, billing.now(), true)
  on conflict do nothing;
  if not found then
    insert into billing.customers as c (id, account_id, created_at)
    values (customer_id, account_id, billing.now())
    on conflict on constraint customers_pkey do update
    set account_id = excluded.account_id where c.account_id is null;
  end if;
end $$;
revoke execute on function billing.map_customer(text, uuid) from public;

create function public.link_customer(account_id uuid, customer_id text)
returns text
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_id text;
begin
  perform billing.check_caller(account_id);
  perform billing.check_alive(account_id);
  perform billing.map_customer(customer_id, account_id);
  v_id := public.get_customer(account_id);
  if v_id is null then
    raise exception 'this customer is another account''s, or deleted' using errcode = 'LCACC',
      detail = format('customer %s', customer_id),
      hint = 'make a customer of its own for each account';
  end if;
  perform billing.apply_waiting_for(customer_id);
  return v_id;
end $$;
revoke execute on function public.link_customer(uuid, text) from public, anon, authenticated;
grant execute on function public.link_customer(uuid, text) to service_role;
comment on function public.link_customer(uuid, text) is
  'Says which Stripe customer an account is, before a Checkout session is made. The first one wins:
returns the id in force. Events that waited for it are applied. Raises LCACC when the customer is
another account''s, or deleted. For the service role. Source: requirement 001, 4.1
(getOrCreateStripeCustomer).';

create function public.get_customer(account_id uuid)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select c.id from billing.customers c
    where c.account_id = get_customer.account_id and c.is_in_force);
end $$;
revoke execute on function public.get_customer(uuid) from public, anon, authenticated;
grant execute on function public.get_customer(uuid) to service_role;
comment on function public.get_customer(uuid) is
  'An account''s Stripe customer, or null when it has none that is not deleted. For the service
role. Source: requirement 001, 3.3.3.';

-- The mapping decides; only who is not mapped is looked up by the account id in the metadata. The
-- customer's row is locked: what is told of one customer goes one after the other, even
-- while there is no account to lock.
create function billing.account_of(customer_id text, claimed_account_id text)
returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_account_id uuid;
begin
  select c.account_id into v_account_id from billing.customers c
  where c.id = customer_id for no key update;
  if v_account_id is null then
    select u.id into v_account_id from auth.users u where u.id::text = lower(claimed_account_id);
    if v_account_id is not null and customer_id is not null then
      perform billing.map_customer(customer_id, v_account_id);
      -- Whoever linked the customer while this waited has the last word.
      v_account_id := coalesce((
        select c.account_id from billing.customers c where c.id = customer_id
        for no key update), v_account_id);
    end if;
  elsif v_account_id::text <> lower(claimed_account_id) then
    perform billing.audit('customer.mismatch', v_account_id,
      format('metadata of %s names account %s', customer_id, claimed_account_id));
  end if;
  return v_account_id;
end $$;
revoke execute on function billing.account_of(text, text) from public;
comment on function billing.account_of(text, text) is
  'The account of a Stripe customer: by the mapping, else by the account id in the metadata, if that
is a user. Null when neither is known. A mismatch is noted for the owner, and the mapping wins.';

-- Deleted is final: no later reading can find it otherwise. Whose it was may be learnt afterwards.
create function billing.write_customer(ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_deleted_at timestamptz := case when (facts ->> 'deleted')::boolean then billing.now() end;
begin
  if v_deleted_at is not null then
    insert into billing.customers (id, created_at, deleted_at)
    values (facts ->> 'customer', v_deleted_at, v_deleted_at)
    on conflict on constraint customers_pkey do nothing;
  end if;
  update billing.customers c
  set deleted_at = coalesce(c.deleted_at, v_deleted_at),
      is_in_force = c.is_in_force and v_deleted_at is null,
      default_payment_method = facts ->> 'default_payment_method', ticket = write_customer.ticket
  where c.id = facts ->> 'customer' and c.ticket < write_customer.ticket;
  return found;
end $$;
revoke execute on function billing.write_customer(bigint, jsonb) from public;
