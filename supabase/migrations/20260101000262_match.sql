-- Moving in: whose a customer of an existing Stripe account is, and which price of the catalog one
-- of its prices is. Nothing is guessed: what is not certain is said.

create function billing.match_email(email text, out account_id uuid, out outcome text)
language plpgsql stable
set search_path = ''
as $$
declare
  v_confirmed uuid[];
  v_others bigint;
begin
  select array_agg(u.id) filter (where u.email_confirmed_at is not null),
    count(*) filter (where u.email_confirmed_at is null)
  into v_confirmed, v_others
  from auth.users u
  where lower(u.email) = lower(trim(match_email.email)) and u.is_anonymous is not true;
  if cardinality(v_confirmed) = 1 then
    account_id := v_confirmed[1];
    outcome := 'found';
  else
    outcome := case when cardinality(v_confirmed) > 1 then 'ambiguous' when v_others > 0
      then 'unconfirmed' else 'nobody' end;
  end if;
end $$;
revoke execute on function billing.match_email(text) from public;

create function public.match_customer(customer_id text, claimed_account_id text, email text)
returns table (account_id uuid, outcome text, in_force text)
language plpgsql stable
security definer  -- reads auth.users
set search_path = ''
as $$
declare
  v_customer billing.customers;
  v_claimed auth.users;
begin
  select c.* into v_customer from billing.customers c where c.id = customer_id;
  select u.* into v_claimed from auth.users u where u.id::text = lower(claimed_account_id);
  if v_customer.deleted_at is not null then
    outcome := 'deleted';
  elsif v_customer.account_id <> v_claimed.id then
    account_id := v_customer.account_id;
    outcome := 'conflict';
  elsif v_customer.account_id is not null then
    account_id := v_customer.account_id;
    outcome := 'linked';
  elsif v_claimed.is_anonymous then
    outcome := 'anonymous';
  elsif v_claimed.id is not null then
    account_id := v_claimed.id;
    outcome := 'found';
  else
    select m.account_id, m.outcome into account_id, outcome from billing.match_email(email) m;
  end if;
  if outcome in ('found', 'linked') and billing.is_erased(account_id) then
    outcome := 'erased';
  end if;
  in_force := public.get_customer(account_id);
  return next;
end $$;
revoke execute on function public.match_customer(text, text, text)
  from public, anon, authenticated;
grant execute on function public.match_customer(text, text, text) to service_role;
comment on function public.match_customer(text, text, text) is
  'Whose a Stripe customer is: the account that it is mapped to (linked; conflict: its metadata
names another user), else the user whose id the metadata gives, else the one user who has confirmed
its e-mail (found). Answers nobody, ambiguous (several have confirmed it), unconfirmed, anonymous,
erased or deleted otherwise, and the customer that is in force for the account already. Changes
nothing. For the service role, npm run stripe:import. Source: DESIGN 1.';

create function public.match_price(
  name text, price_cents bigint, currency text, billing_interval text
)
returns table (price_key text, problem text)
language plpgsql stable
security definer  -- asks functions that nobody may call
set search_path = ''
as $$
begin
  price_key := (
    select p.key from billing.prices p
    where p.key = name or p.lookup_key = name and p.is_sold
    order by p.key = name desc
    limit 1);
  problem := billing.problem_with_price(jsonb_build_object(
    'price', coalesce(price_key, name, 'a price without a name'), 'unit_amount', price_cents,
    'currency', currency, 'interval', billing_interval));
  return next;
end $$;
revoke execute on function public.match_price(text, bigint, text, text)
  from public, anon, authenticated;
grant execute on function public.match_price(text, bigint, text, text) to service_role;
comment on function public.match_price(text, bigint, text, text) is
  'Which price of the catalog a price at Stripe is, by its versioned key or the lookup key of what
is sold now (name), and what keeps it from being that: unknown, or another amount (minor units),
currency or interval. Changes nothing. For the service role, npm run stripe:import. Source:
DESIGN 1.';
