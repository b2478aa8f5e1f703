-- What a clone needs to play steps and to tell its books. Nothing of it reads a rule: only rows.
-- Buckets are told by their place among the account's: 1 is its first.

create or replace function billing.now() returns timestamptz
language plpgsql volatile set search_path = ''
as 'begin return current_setting(''test.now'')::timestamptz; end';

-- As the job does: until nothing is left.
create function sweep_all(batch integer) returns table (settled_all boolean) language plpgsql as $$
begin
  while expire_subscription_credits(batch) > 0 loop end loop;
  return query select true;
end $$;

create function seal_all() returns table (sealed_all boolean) language plpgsql as $$
declare
  v_last uuid;
begin
  loop
    v_last := seal_ledger(v_last);
    exit when v_last is null;
  end loop;
  return query select true;
end $$;

create function roll_up_all() returns table (rolled_up_all boolean) language plpgsql as $$
declare
  v_last uuid;
begin
  loop
    v_last := roll_up_usage(v_last);
    exit when v_last is null;
  end loop;
  return query select true;
end $$;

create function usage_of(account uuid) returns table ("rows" jsonb) language sql as $$
  select coalesce(jsonb_agg(to_jsonb(u) - 'ends_at' - 'operation_name' order by
    u.starts_at, coalesce(u.operation, '') collate "C", coalesce(u.subject, '') collate "C"), '[]')
  from get_usage_summary(account, group_by => '{day, operation, subject}') u
$$;

-- What Stripe says of a subscription.
create function subscribe(account uuid, subscription text, status text, ticket bigint)
returns table (outcome text, reason text) language sql as $$
  select * from apply_object('subscription',
    account || ':' || ticket, 'customer.subscription.updated', billing.now(), 'v1', 'sha256', ticket,
    jsonb_build_object('id', account || subscription, 'status', status, 'customer', 'cus_' || account,
      'account_id', account, 'created', billing.now(), 'items', jsonb_build_array(jsonb_build_object(
        'id', 'si_' || subscription, 'price', 'basic_month@1', 'quantity', 1,
        'period_start', billing.now(), 'period_end', billing.now() + interval '1 month'))))
$$;

-- The id of a bucket that is told by its place; none has id 0. Time may have made it meanwhile: then
-- the caller has looked before.
create function bucket_at(account uuid, place bigint) returns bigint language plpgsql as $$
begin
  if place > (select count(*) from billing.buckets b where b.account_id = account) then
    perform billing.settle(a.id) from billing.accounts a where a.id = account and a.erased_at is null;
  end if;
  return coalesce((
    select b.id from billing.buckets b where b.account_id = account and place > 0
    order by b.id limit 1 offset greatest(place - 1, 0)), 0);
end $$;

create function place_of(account uuid, bucket bigint) returns bigint language sql as $$
  select nullif(count(*), 0) from billing.buckets b where b.account_id = account and b.id <= bucket
$$;

create function state_of(account uuid) returns jsonb language sql as $$
  select jsonb_build_object(
    'balance', a.balance, 'entries', a.entry_count, 'claim', a.next_claim_at, 'due', a.next_due_at,
    'frozen', a.frozen_credits, 'debt', a.debt_credits,
    'spendable', (
      select coalesce(jsonb_agg(
        jsonb_build_array(place_of(account, o.id), o.credits_remaining) order by o.burn_order), '[]')
      from billing.open_buckets o where o.account_id = account and o.credits_remaining > 0),
    'frozenIn', (
      select coalesce(jsonb_agg(
        jsonb_build_array(place_of(account, o.id), o.frozen_credits) order by o.id), '[]')
      from billing.open_buckets o where o.account_id = account and o.frozen_credits > 0))
  from billing.accounts a where a.id = account
$$;

create function buckets_of(account uuid) returns jsonb language sql as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', place_of(account, b.id), 'kind', b.kind, 'priority', b.priority, 'key', b.key,
    'granted', b.granted_credits, 'remaining', coalesce(o.credits_remaining + o.frozen_credits, 0),
    'frozen', coalesce(o.frozen_credits, 0),
    'createdAt', b.created_at, 'startsAt', b.starts_at, 'openedAt', b.opened_at,
    'expiresAt', b.expires_at, 'periodEndsAt', b.period_ends_at, 'paymentKey', b.payment_key,
    'paidCents', b.paid_cents, 'paidCredits', b.paid_credits, 'paidCurrency', b.paid_currency,
    'subscription', b.subscription_id, 'rolloverCap', b.rollover_cap,
    'rolloverPeriods', b.rollover_periods, 'rollovers', b.rollovers,
    'rolledInto', place_of(account, b.rolled_into), 'withheld', b.withheld_credits,
    'frozenUntil', b.frozen_until, 'voidedAt', b.voided_at
  ) order by b.id), '[]')
  from billing.buckets b left join billing.open_buckets o using (account_id, id)
  where b.account_id = account
$$;

create function shares_of(account uuid, entry bigint) returns jsonb language sql as $$
  select coalesce(jsonb_agg(jsonb_build_array(place_of(account, s.bucket_id), s.credits)
    order by s.bucket_id), '[]')
  from (
    select e.bucket_id, sum(e.credits) as credits from billing.entry_shares e
    where e.account_id = account and e.number = entry group by e.bucket_id) s
$$;

create function entries_of(account uuid) returns jsonb language sql as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'number', t.number, 'kind', t.kind, 'at', t.created_at, 'credits', t.credits,
    'balanceAfter', t.balance_after, 'promotional', t.from_promotional,
    'subscription', t.from_subscription, 'permanent', t.from_permanent, 'scope', t.key_scope,
    'key', t.key, 'answers', t.answers, 'operation', t.operation, 'params', t.params,
    'priceVersion', t.price_version, 'costMicros', t.cost_micros,
    'shares', shares_of(account, t.number)
  ) order by t.number), '[]')
  from billing.credit_transactions t where t.account_id = account
$$;

create function holds_of(account uuid) returns jsonb language sql as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'number', h.number, 'held', h.held_credits, 'overrun', h.overrun_credits,
    'endsAt', h.ends_at, 'state', h.state) order by h.number), '[]')
  from billing.holds h where h.account_id = account
$$;

create function claims_of(account uuid) returns jsonb language sql as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'key', c.key, 'paymentKey', c.payment_key, 'cents', c.refunded_cents,
    'claimed', c.claimed_credits, 'owed', c.owed_credits, 'state', c.state,
    'createdAt', c.created_at) order by c.key), '[]')
  from billing.clawbacks c where c.account_id = account
$$;

create function books_of(account uuid) returns jsonb language sql as $$
  select jsonb_build_object(
    'openedAt', a.created_at, 'balance', a.balance, 'nextClaimAt', a.next_claim_at,
    'buckets', buckets_of(account), 'entries', entries_of(account), 'holds', holds_of(account),
    'claims', claims_of(account), 'frozenUntil', a.frozen_until, 'erasedAt', a.erased_at)
  from billing.accounts a where a.id = account
$$;

-- What the engine itself finds wrong with all books and seals.
create function problems() returns jsonb language sql as $$
  select coalesce(jsonb_agg(to_jsonb(p)), '[]') from (
    select problem, number, expected, found from billing.verify_all()
    union all select problem, number, null, null from billing.verify_seals()) p
$$;

-- What an answer says of buckets: a grant its own, a quote those that would pay.
create function places_in(answer jsonb, account uuid) returns jsonb language sql as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'credit_id', place_of(account, (answer ->> 'credit_id')::bigint),
    'bucket_ids', (select jsonb_agg(place_of(account, id::bigint) order by n)
      from jsonb_array_elements_text(answer -> 'bucket_ids') with ordinality b (id, n))))
$$;

-- One call in the role of who makes it. The server calls as the owner of this function: what the
-- service role may do is asked by access.test.sql.
create function answer_to(call jsonb) returns jsonb language plpgsql as $$
declare
  v_answer jsonb;
begin
  if call ->> 'role' = 'authenticated' then
    perform set_config('request.jwt.claim.sub', call ->> 'account', true),
      set_config('request.jwt.claims', json_build_object(
        'sub', call ->> 'account', 'role', 'authenticated')::text, true),
      set_config('role', 'authenticated', true);
  end if;
  execute call ->> 'sql' into v_answer;
  perform set_config('role', 'none', true);
  return coalesce(v_answer, '{"rows": 0}') || places_in(v_answer, (call ->> 'account')::uuid);
exception when others then
  return jsonb_build_object('error', sqlstate)
    || case when sqlstate like 'LC%' then '{}' else jsonb_build_object('message', sqlerrm) end;
end $$;

-- Answers of all calls, the state of the accounts that each touches, and the settled books.
create function play(users jsonb, calls jsonb, accounts uuid[]) returns jsonb language plpgsql as $$
declare
  v_call jsonb;
  v_answer jsonb;
  v_steps jsonb[] := '{}';
begin
  insert into auth.users (id, email, is_anonymous)
  select (u ->> 'id')::uuid, u ->> 'email', u ->> 'email' is null
  from jsonb_array_elements(users) u;
  for v_call in select value from jsonb_array_elements(calls) loop
    perform set_config('test.now', v_call ->> 'at', true);
    v_answer := answer_to(v_call);
    v_steps := v_steps || jsonb_build_object('answer', v_answer, 'states', (
      select jsonb_object_agg(id, state_of(id::uuid))
      from jsonb_array_elements_text(v_call -> 'touched') id));
  end loop;
  perform billing.settle(id) from unnest(accounts) id where not billing.is_erased(id);
  return jsonb_build_object('steps', to_jsonb(v_steps),
    'books', (select jsonb_object_agg(id, books_of(id)) from unnest(accounts) id),
    'problems', problems());
end $$;
