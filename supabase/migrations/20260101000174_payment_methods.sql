-- What an account pays with: of a card its brand, last four digits and expiry, nothing more.

create table billing.payment_methods (
  account_id  uuid not null,
  id          text not null,
  customer_id text,
  type        text not null,
  brand       text,
  last4       text,
  exp_month   smallint,
  exp_year    smallint,
  fingerprint_sha256 bytea,
  is_attached boolean not null,
  ticket      bigint not null,
  constraint payment_methods_pkey primary key (account_id, id)
);
alter table billing.payment_methods enable row level security;
create policy "members read their payment methods" on billing.payment_methods
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.payment_methods from anon, authenticated, service_role;
grant select on billing.payment_methods to authenticated, service_role;
comment on table billing.payment_methods is
  'Payment methods as Stripe has them. One that was detached stays as a tombstone, so that what was
read before does not bring it back; those of a deleted customer cannot be charged, and are not
shown.';
comment on column billing.payment_methods.fingerprint_sha256 is
  'Is the same for the same card or bank account, whoever uses it; the fingerprint is not kept.';

create function billing.known_cards(account_id uuid)
returns bytea[]
language plpgsql stable
set search_path = ''
as $$
begin
  return array(
    select m.fingerprint_sha256 from billing.payment_methods m
    where m.account_id = known_cards.account_id and m.fingerprint_sha256 is not null);
end $$;
revoke execute on function billing.known_cards(uuid) from public;
comment on function billing.known_cards(uuid) is
  'What the account pays or has paid with, by the hashes of the fingerprints.';

create function billing.write_payment_method(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into billing.payment_methods as m (
    account_id, id, customer_id, type, brand, last4, exp_month, exp_year, fingerprint_sha256,
    is_attached, ticket
  ) values (
    account_id, facts ->> 'id', facts ->> 'customer', facts ->> 'type', facts ->> 'brand',
    facts ->> 'last4', (facts ->> 'exp_month')::smallint, (facts ->> 'exp_year')::smallint,
    decode(facts ->> 'fingerprint_sha256', 'hex'), (facts ->> 'is_attached')::boolean, ticket
  )
  on conflict on constraint payment_methods_pkey do update
  set customer_id = excluded.customer_id, type = excluded.type, brand = excluded.brand,
      last4 = excluded.last4, exp_month = excluded.exp_month, exp_year = excluded.exp_year,
      fingerprint_sha256 = excluded.fingerprint_sha256, is_attached = excluded.is_attached,
      ticket = excluded.ticket
  where m.ticket < excluded.ticket;
  if not found then
    return false;
  end if;
  perform billing.claim_cards(account_id);
  return true;
end $$;
revoke execute on function billing.write_payment_method(uuid, bigint, jsonb) from public;

create function billing.default_payment_method(account_id uuid)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(s.default_payment_method, c.default_payment_method)
    from (select 1) always
    left join billing.customers c
      on c.account_id = default_payment_method.account_id and c.is_in_force
    left join billing.subscriptions s
      on s.account_id = default_payment_method.account_id and s.ended_at is null
    order by billing.is_live(s.status) desc nulls last, s.created_at desc, s.id
    limit 1);
end $$;
revoke execute on function billing.default_payment_method(uuid) from public;
grant execute on function billing.default_payment_method(uuid) to authenticated, service_role;
comment on function billing.default_payment_method(uuid) is
  'What the next charge goes to, by the subscription, else by the customer; null: neither says.';

create function public.get_payment_methods(account_id uuid default auth.uid())
returns table (
  id text, type text, brand text, last4 text, exp_month smallint, exp_year smallint,
  is_default boolean, expiry text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := billing.touch(account_id);
  v_default text := billing.default_payment_method(account_id);
begin
  return query
  select m.id, m.type, m.brand, m.last4, m.exp_month, m.exp_year,
    coalesce(m.id = v_default, false),
    case when e.at <= v_now then 'expired' when e.at <= v_now + interval '1440 hours' then 'soon'
      when e.at is not null then 'later' end
  from billing.payment_methods m
  -- A card is good until its month is over.
  cross join lateral (
    select make_timestamptz(m.exp_year + m.exp_month / 12, m.exp_month % 12 + 1, 1, 0, 0, 0, 'UTC')
    as at) e
  join billing.customers u on u.id = m.customer_id and u.deleted_at is null
  where m.account_id = get_payment_methods.account_id and m.is_attached
  order by 7 desc, m.id;
end $$;
revoke execute on function public.get_payment_methods(uuid) from public, anon, authenticated;
grant execute on function public.get_payment_methods(uuid) to authenticated, service_role;
comment on function public.get_payment_methods(uuid) is
  'What an account can be charged on: type, and of a card brand, last4 and expiry. is_default is
what the next charge goes to, by the subscription, else by the customer. expiry is expired, soon
(in 60 days) or later, and null of what does not expire. For members, and the service role. Raises
LCACC. Source: requirement 004, 4B.';
