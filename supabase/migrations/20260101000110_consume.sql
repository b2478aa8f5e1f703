-- Operations are quoted and charged by the catalog's price: a client names the work, never the
-- amount.

create function billing.quote_credits(operation text, params jsonb, account_id uuid)
returns table (
  price bigint, price_version integer, from_subscription bigint, from_promotional bigint,
  from_permanent bigint, balance bigint, left_after bigint, shortfall bigint, way_out text,
  way_out_key text, way_out_name text, way_out_credits bigint, way_out_price_cents bigint,
  way_out_currency text, bucket_ids bigint[], bucket_credits bigint[]
)
language plpgsql volatile
security definer  -- settles what is due, and reads price lists that clients cannot
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_price billing.price;
begin
  v_now := billing.touch(account_id);
  v_price := billing.price_operation(operation, params, v_now);
  price := v_price.credits;
  price_version := v_price.version;
  select coalesce(sum(o.credits_remaining), 0) into balance
  from billing.open_buckets o where o.account_id = quote_credits.account_id;
  shortfall := greatest(price - balance, 0);
  left_after := case when shortfall = 0 then balance - price end;
  select
    coalesce(sum(-s.credits) filter (where b.kind = 'subscription'), 0),
    coalesce(sum(-s.credits) filter (where b.kind = 'promotional'), 0),
    coalesce(sum(-s.credits) filter (where b.kind = 'permanent'), 0),
    coalesce(array_agg(s.bucket_id order by s.nth), '{}'),
    coalesce(array_agg(-s.credits order by s.nth), '{}')
  into from_subscription, from_promotional, from_permanent, bucket_ids, bucket_credits
  from unnest(billing.shares_for(account_id, price)) with ordinality s (bucket_id, credits, nth)
  join billing.buckets b on b.account_id = quote_credits.account_id and b.id = s.bucket_id
  where shortfall = 0;
  select w.* into way_out, way_out_key, way_out_name, way_out_credits, way_out_price_cents,
    way_out_currency
  from billing.way_out(account_id, shortfall) w;
  return next;
end $$;
revoke execute on function billing.quote_credits(text, jsonb, uuid) from public;
grant execute on function billing.quote_credits(text, jsonb, uuid) to authenticated, service_role;

create function billing.way_out(account_id uuid, shortfall bigint)
returns table (
  kind text, key text, name text, credits bigint, price_cents bigint, currency text
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_has_plan boolean := billing.has_plan(account_id);
  v_currency text := coalesce(billing.currency_of(account_id), 'usd');
begin
  return query
  select o.kind, o.key, o.name, o.credits, o.price_cents, o.currency
  from (
    select 'pack' as kind, p.lookup_key as key, p.name, p.credits, p.price_cents, p.currency
    from billing.packs p
    where p.is_sold and (v_has_plan or not p.requires_active_subscription)
    union all
    select 'plan', p.lookup_key, p.name, p.credits_per_month::bigint, p.price_cents, p.currency
    from billing.priced_plans p
    where p.is_sold and not v_has_plan and not p.is_add_on
      and billing.is_offered(p.offered_to, way_out.account_id)
  ) o
  where shortfall > 0 and o.credits >= shortfall and o.currency = v_currency
  order by o.price_cents, o.credits desc, o.key
  limit 1;
end $$;
revoke execute on function billing.way_out(uuid, bigint) from public;
comment on function billing.way_out(uuid, bigint) is
  'The cheapest single thing on sale to this account, in its currency, that covers a shortfall: a
pack, or a plan for who has none. No row when nothing does.';

create function public.quote_credits(
  operation text, params jsonb default '{}', account_id uuid default auth.uid()
)
returns table (
  price bigint, price_version integer, from_subscription bigint, from_promotional bigint,
  from_permanent bigint, balance bigint, left_after bigint, shortfall bigint, way_out text,
  way_out_key text, way_out_name text, way_out_credits bigint, way_out_price_cents bigint,
  way_out_currency text, bucket_ids bigint[], bucket_credits bigint[]
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.quote_credits(operation, params, account_id);
end $$;
revoke execute on function public.quote_credits(text, jsonb, uuid) from public, anon, authenticated;
grant execute on function public.quote_credits(text, jsonb, uuid) to authenticated, service_role;
comment on function public.quote_credits(text, jsonb, uuid) is
  'What an operation with these parameters would cost the account now, in credits, and who would
pay: by kind, and bucket by bucket in burn order (bucket_ids, and bucket_credits in credits);
left_after is null when the balance is short, and then shortfall and the cheapest way out (pack or
plan, price in minor units) are given. Charges nothing. Raises LCOPR (unknown operation, parameter
or value), LCAMT (a quantity outside its limits), LCACC. For members, and the service role. Source:
requirements 003 (calculate_query_cost), 004, 5.';

create function billing.caller_scope()
returns billing.key_scope
language plpgsql stable
set search_path = ''
as $$
begin
  return (case when billing.is_client() then 'member' else 'spend' end)::billing.key_scope;
end $$;
revoke execute on function billing.caller_scope() from public;

create function billing.check_cost(cost_micros bigint)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if billing.is_client() and cost_micros is not null or cost_micros < 0 then
    raise exception 'the cost is the server''s to say, and not below zero' using errcode = 'LCAMT',
      detail = format('cost_micros %s', cost_micros),
      hint = 'leave cost_micros out, or call as the service role';
  end if;
end $$;
revoke execute on function billing.check_cost(bigint) from public;

create function billing.digest_of(operation text, params jsonb)
returns bytea
language plpgsql immutable
set search_path = ''
as $$
begin
  return sha256(convert_to(concat(operation, E'\n', params), 'UTF8'));
end $$;
revoke execute on function billing.digest_of(text, jsonb) from public;
comment on function billing.digest_of(text, jsonb) is
  'By which a replay is recognised, whatever the operation costs by now.';

create function billing.consume(
  account_id uuid, operation text, params jsonb, key_scope billing.key_scope, key text,
  cost_micros bigint
)
returns table (
  success boolean, deducted bigint, from_subscription bigint, from_promotional bigint,
  from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint,
  price_version integer
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_digest bytea := billing.digest_of(operation, params);
  v_price billing.price;
  v_taken billing.taken;
begin
  -- First the key, then the price: a replay answers even when the catalog has changed since.
  v_taken.entry := billing.replay(account_id, 'spend', key_scope, key, null, v_digest);
  v_taken.duplicate := (v_taken.entry).number is not null;
  -- Once more when the price has ended before the account was locked: what is charged is the price
  -- of the entry's own instant.
  while (v_taken.entry).number is null and v_taken.balance is null loop
    v_price := billing.price_operation(operation, params, billing.now());
    with account as (  -- the fast path, as in deduct_credits_atomic
      update billing.accounts a
      set balance = a.balance - v_price.credits,
          in_hand_credits = a.in_hand_credits - v_price.credits, entry_count = a.entry_count + 1
      where a.id = account_id and a.in_hand_credits >= v_price.credits
        and length(key) between 1 and 255 and key !~ '[^[:print:]]'
      returning a.id, a.entry_count, a.balance, a.bucket_in_hand, a.in_hand_kind,
        least(a.next_due_at, a.next_claim_at, v_price.ends_at) as due_at, billing.now() as at
    ), entry as (
      insert into billing.credit_transactions as e (
        account_id, number, credits, balance_after, from_promotional, from_subscription,
        from_permanent, created_at, bucket_id, kind, key_scope, key, description,
        operation, params, price_version, cost_micros, digest
      )
      select
        a.id, a.entry_count, -v_price.credits, a.balance,
        case a.in_hand_kind when 'promotional' then v_price.credits else 0 end,
        case a.in_hand_kind when 'subscription' then v_price.credits else 0 end,
        case a.in_hand_kind when 'permanent' then v_price.credits else 0 end,
        a.at, a.bucket_in_hand, 'spend', consume.key_scope, consume.key, v_price.name,
        consume.operation, consume.params, v_price.version, consume.cost_micros, v_digest
      from account a
      where a.at < a.due_at
      on conflict on constraint credit_transactions_once do nothing
      returning e.from_promotional, e.from_subscription, e.from_permanent
    )
    select e.from_promotional is not null, v_price.credits, a.balance, e.from_promotional,
      e.from_subscription, e.from_permanent, false, 0
    into success, deducted, balance_after, from_promotional, from_subscription, from_permanent,
      duplicate, shortfall
    from account a left join entry e on true;
    exit when success;
    if found then  -- updated, not written
      perform billing.return_to_hand(account_id, v_price.credits);
    end if;
    v_taken := billing.take_in_order(
      account_id, 'spend', v_price.credits, key_scope, key, v_price.name,
      (operation, params, v_price.version, cost_micros, v_digest, v_price.ends_at)::billing.charge);
  end loop;
  if success is not true then
    select t.* into success, deducted, from_subscription, from_promotional, from_permanent,
      balance_after, duplicate, shortfall
    from billing.answer_taken(v_taken, v_price.credits) t;
  end if;
  if success and not duplicate and v_price.is_capped then
    perform billing.count_use(account_id, key_scope, key);
  end if;
  price_version := coalesce((v_taken.entry).price_version, v_price.version);
  return next;
end $$;
revoke execute on function billing.consume(
  uuid, text, jsonb, billing.key_scope, text, bigint
) from public;

create function billing.consume_credits(
  operation text, params jsonb, key text, account_id uuid, cost_micros bigint
)
returns table (
  success boolean, deducted bigint, from_subscription bigint, from_promotional bigint,
  from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint,
  price_version integer
)
language plpgsql volatile
security definer  -- members have no write grant on the ledger
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id), billing.check_cost(cost_micros);
  return query select * from billing.consume(
    account_id, operation, params, billing.caller_scope(), key, cost_micros);
end $$;
revoke execute on function billing.consume_credits(text, jsonb, text, uuid, bigint) from public;
grant execute on function billing.consume_credits(text, jsonb, text, uuid, bigint)
  to authenticated, service_role;

create function public.consume_credits(
  operation text, params jsonb, key text, account_id uuid default auth.uid(),
  cost_micros bigint default null
)
returns table (
  success boolean, deducted bigint, from_subscription bigint, from_promotional bigint,
  from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint,
  price_version integer
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select * from billing.consume_credits(operation, params, key, account_id, cost_micros);
end $$;
revoke execute on function public.consume_credits(text, jsonb, text, uuid, bigint)
  from public, anon, authenticated;
grant execute on function public.consume_credits(text, jsonb, text, uuid, bigint)
  to authenticated, service_role;
comment on function public.consume_credits(text, jsonb, text, uuid, bigint) is
  'Charges the account the catalog''s price of an operation, all or nothing, once per key. Answers
as deduct_credits_atomic, and the price version charged, the one in force at the instant of the
entry. A member''s keys and the server''s are apart. The same key, operation and params again answer
the first result with duplicate = true. cost_micros (millionths of the catalog''s currency, service
role only) is what the work cost the developer. Raises LCOPR (unknown operation, parameter or
value), LCAMT (a quantity outside its limits, the cost), LCLIM (over the plan''s cap), LCKEY,
LCACC. For members, and the service role. Source: requirements 003 (check_and_deduct_credits), 004,
6.';
