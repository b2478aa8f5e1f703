-- Plans for one account: agreed on by hand, seen and bought by it alone. They are rows of the
-- catalog as all others are, and never change either.

create function billing.custom_plan_key(key text)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  if key is null or key !~ '^[a-z0-9_]{1,40}$' then
    raise exception 'a custom plan is named by a short word' using errcode = 'LCKEY',
      detail = format('key %s', coalesce(key, 'not given')),
      hint = 'pass 1 to 40 small letters, digits or underscores';
  end if;
  return 'custom_' || key;
end $$;
revoke execute on function billing.custom_plan_key(text) from public;

-- What an offer came to, so that the same one again can be told from another under its key.
create function billing.custom_offer(plan_key text)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_array(p.offered_to, p.name, p.credits_per_month::bigint, p.max_quantity,
      p.features, r.price_cents, r.billing_interval, r.currency, (
        select jsonb_object_agg(e.key, e.max_count) from billing.plan_entitlements e
        where e.plan_key = p.key and e.plan_version = p.version))
    from billing.plans p
    join billing.prices r on r.plan_key = p.key and r.plan_version = p.version
    where p.key = custom_offer.plan_key);
end $$;
revoke execute on function billing.custom_offer(text) from public;

create function billing.publish_custom_plan(
  plan_key text, account_id uuid, name text, credits bigint, price_cents bigint,
  billing_interval text, currency text, features text[], max_quantity integer
)
returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lookup_key text := plan_key || '_' || billing_interval;
begin
  insert into billing.plans (key, version, name, description, features, position,
    credits_per_month, max_quantity, offered_to)
  values (plan_key, 1, name, 'Agreed with you.', coalesce(features, '{}'), 0, credits,
    max_quantity, account_id)
  on conflict on constraint plans_pkey do nothing;
  if found then
    insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval,
      price_cents, currency)
    values (v_lookup_key || '@1', v_lookup_key, plan_key, 1,
      billing_interval::billing.billing_interval, price_cents, currency);
  end if;
  return v_lookup_key;
end $$;
revoke execute on function billing.publish_custom_plan(
  text, uuid, text, bigint, bigint, text, text, text[], integer
) from public;

create function billing.offer_custom_plan(
  account_id uuid, key text, name text, credits bigint, price_cents bigint, reason text,
  billing_interval text, currency text, features text[], entitlements text[], max_counts bigint[],
  max_quantity integer
)
returns table (lookup_key text, duplicate boolean)
language plpgsql volatile
security definer  -- owners have no write grant on the catalog
set search_path = ''
as $$
declare
  v_plan_key text;
  v_offer jsonb;
begin
  perform billing.check_owner(reason);
  perform billing.check_named(account_id);
  perform billing.check_alive(account_id);
  v_plan_key := billing.custom_plan_key(key);
  perform pg_advisory_xact_lock(hashtextextended('custom plan ' || v_plan_key, 0));
  duplicate := exists (select from billing.plans p where p.key = v_plan_key);
  v_offer := jsonb_build_array(account_id, name, credits, max_quantity, coalesce(features, '{}'),
    price_cents, billing_interval, currency, (
      select jsonb_object_agg(e.key, e.max_count)
      from unnest(entitlements, max_counts) e (key, max_count)));
  if duplicate and v_offer <> billing.custom_offer(v_plan_key) then
    raise exception 'this key was used for another plan' using errcode = 'LCKEY',
      detail = format('custom plan %s', key), hint = 'offer the other plan under another key';
  end if;
  lookup_key := billing.publish_custom_plan(v_plan_key, account_id, name, credits, price_cents,
    billing_interval, currency, features, max_quantity);
  if not duplicate then
    insert into billing.plan_entitlements (plan_key, plan_version, key, max_count)
    select v_plan_key, 1, e.key, e.max_count
    from unnest(entitlements, max_counts) e (key, max_count);
    perform billing.audit('custom_plan.offer', account_id, format('%s: %s', v_plan_key, reason));
  end if;
  return next;
end $$;
revoke execute on function billing.offer_custom_plan(
  uuid, text, text, bigint, bigint, text, text, text, text[], text[], bigint[], integer
) from public;
grant execute on function billing.offer_custom_plan(
  uuid, text, text, bigint, bigint, text, text, text, text[], text[], bigint[], integer
) to authenticated, service_role;

create function public.offer_custom_plan(
  account_id uuid, key text, name text, credits bigint, price_cents bigint, reason text,
  billing_interval text default 'month', currency text default 'usd',
  features text[] default '{}', entitlements text[] default '{}',
  max_counts bigint[] default '{}', max_quantity integer default 1
)
returns table (lookup_key text, duplicate boolean)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select * from billing.offer_custom_plan(account_id, key, name, credits, price_cents, reason,
    billing_interval, currency, features, entitlements, max_counts, max_quantity);
end $$;
revoke execute on function public.offer_custom_plan(
  uuid, text, text, bigint, bigint, text, text, text, text[], text[], bigint[], integer
) from public, anon, authenticated;
grant execute on function public.offer_custom_plan(
  uuid, text, text, bigint, bigint, text, text, text, text[], text[], bigint[], integer
) to authenticated, service_role;
comment on function public.offer_custom_plan(
  uuid, text, text, bigint, bigint, text, text, text, text[], text[], bigint[], integer
) is
  'Puts a plan on sale that one account sees and may buy: credits per month, the price in minor
units per billing_interval (month or year), entitlements with how many of each (null: without
limit). Once per key; the same offer again answers duplicate = true. It can be paid once `npm run
stripe:push` has made its price. Audited. Raises LCOWN, LCKEY (another plan under this key), LCACC.
For owners, and the service role. Source: requirement 002, 8 (enterprise plans).';

create function billing.withdraw_custom_plan(account_id uuid, key text, reason text)
returns table (withdrawn boolean)
language plpgsql volatile
security definer  -- owners have no write grant on the catalog
set search_path = ''
as $$
begin
  perform billing.check_owner(reason);
  perform billing.check_named(account_id);
  update billing.plans p set is_sold = false
  where p.key = billing.custom_plan_key(withdraw_custom_plan.key)
    and p.offered_to = withdraw_custom_plan.account_id and p.is_sold;
  withdrawn := found;
  if withdrawn then
    update billing.prices r set is_sold = false
    where r.plan_key = billing.custom_plan_key(withdraw_custom_plan.key) and r.is_sold;
    perform billing.audit('custom_plan.withdraw', account_id, format('%s: %s', key, reason));
  end if;
  return next;
end $$;
revoke execute on function billing.withdraw_custom_plan(uuid, text, text) from public;
grant execute on function billing.withdraw_custom_plan(uuid, text, text)
  to authenticated, service_role;

create function public.withdraw_custom_plan(account_id uuid, key text, reason text)
returns table (withdrawn boolean)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.withdraw_custom_plan(account_id, key, reason);
end $$;
revoke execute on function public.withdraw_custom_plan(uuid, text, text)
  from public, anon, authenticated;
grant execute on function public.withdraw_custom_plan(uuid, text, text)
  to authenticated, service_role;
comment on function public.withdraw_custom_plan(uuid, text, text) is
  'Takes an account''s custom plan off sale; a subscriber keeps it. Answers whether it was on sale.
Audited. Raises LCOWN, LCKEY, LCACC. For owners, and the service role. Source: requirement 002, 8
(enterprise plans).';
