-- Which currency an account is shown and pays in.

create table billing.account_settings (
  account_id uuid constraint account_settings_pkey primary key,
  currency   text not null,
  constraint a_chosen_currency_is_lower_case check (currency ~ '^[a-z]{3}$')
);
alter table billing.account_settings enable row level security;
create policy "members read their settings" on billing.account_settings
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.account_settings from anon, authenticated, service_role;
grant select on billing.account_settings to authenticated, service_role;
comment on table billing.account_settings is 'What an account has chosen.';

create function billing.bound_currency(account_id uuid)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return coalesce((
    select r.currency from billing.subscriptions s
    join billing.prices r on r.key = s.price_key
    where s.account_id = bound_currency.account_id
      and billing.is_open(s.status)
    order by s.created_at, s.id limit 1
  ), (
    select p.currency from billing.payments p
    where p.account_id = bound_currency.account_id and p.status = 'paid'
    order by p.created_at, p.key limit 1
  ));
end $$;
revoke execute on function billing.bound_currency(uuid) from public;
comment on function billing.bound_currency(uuid) is
  'The currency of the account''s plan, else of its first payment, since Stripe lets a customer pay
in one; null: it may still choose.';

create function billing.currency_of(account_id uuid)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return coalesce(billing.bound_currency(account_id), (
    select s.currency from billing.account_settings s
    where s.account_id = currency_of.account_id));
end $$;
revoke execute on function billing.currency_of(uuid) from public;
comment on function billing.currency_of(uuid) is
  'What the account pays in, else what it has chosen, else null.';

create function billing.get_currency(account_id uuid)
returns table (currency text, is_fixed boolean)
language plpgsql stable
security definer  -- members have no grant on what binds them
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  return query select billing.currency_of(account_id),
    billing.bound_currency(account_id) is not null;
end $$;
revoke execute on function billing.get_currency(uuid) from public;
grant execute on function billing.get_currency(uuid) to authenticated, service_role;

create function public.get_currency(account_id uuid default auth.uid())
returns table (currency text, is_fixed boolean)
language plpgsql stable
set search_path = ''
as $$
begin
  return query select * from billing.get_currency(account_id);
end $$;
revoke execute on function public.get_currency(uuid) from public, anon, authenticated;
grant execute on function public.get_currency(uuid) to authenticated, service_role;
comment on function public.get_currency(uuid) is
  'The currency in which an account is shown prices: fixed once it has a plan or has paid, else what
it has chosen, or null. Raises LCACC. For members, and the service role. Source: requirement 002, 12
(currencies).';

create function billing.set_currency(currency text, account_id uuid)
returns table (previous text)
language plpgsql volatile
security definer  -- members have no write grant
set search_path = ''
as $$
declare
  v_bound text;
begin
  perform billing.check_caller(account_id);
  perform billing.check_alive(account_id);
  v_bound := billing.bound_currency(account_id);
  if v_bound <> set_currency.currency then
    raise exception 'an account pays in one currency' using errcode = 'LCCUR',
      detail = format('the account pays in %s', v_bound), hint = format('stay with %s', v_bound);
  elsif not exists (
    select from billing.catalog_keys k where k.is_sold and k.currency = set_currency.currency
  ) then
    raise exception 'nothing is sold in this currency' using errcode = 'LCCUR',
      detail = format('currency %s', coalesce(currency, 'not given')),
      hint = 'choose one that get_plans answers';
  end if;
  select s.currency into previous from billing.account_settings s
  where s.account_id = set_currency.account_id;
  insert into billing.account_settings as s (account_id, currency)
  values (account_id, currency)
  on conflict on constraint account_settings_pkey do update set currency = excluded.currency;
  return next;
end $$;
revoke execute on function billing.set_currency(text, uuid) from public;
grant execute on function billing.set_currency(text, uuid) to authenticated, service_role;

create function public.set_currency(currency text, account_id uuid default auth.uid())
returns table (previous text)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.set_currency(currency, account_id);
end $$;
revoke execute on function public.set_currency(text, uuid) from public, anon, authenticated;
grant execute on function public.set_currency(text, uuid) to authenticated, service_role;
comment on function public.set_currency(text, uuid) is
  'Keeps the currency that an account has chosen, three lower-case letters; answers the one before.
Raises LCCUR (nothing is sold in it, or the account pays in another), LCACC. For members, and the
service role. Source: requirement 002, 12 (currencies).';
