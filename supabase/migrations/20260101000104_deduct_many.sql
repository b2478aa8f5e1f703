-- Many deductions in one round trip and one commit: what the buckets in hand can pay is taken as
-- one set, the rest goes the way of the single call, under locks that are held already.

-- Batches never wait for each other in a circle: accounts are opened in the order of their ids,
-- then locked in it, and free months are claimed in the order of persons, who may have several
-- accounts.
create function billing.enter_all(account_ids uuid[])
returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz;
begin
  perform billing.open_account(n.id)
  from (
    select distinct i.id from unnest(account_ids) i (id)
    join auth.users u on u.id = i.id
    where not exists (select from billing.accounts a where a.id = i.id)
    order by i.id
  ) n;
  perform from billing.accounts a where a.id = any (account_ids) order by a.id for no key update;
  v_now := billing.now();
  perform billing.enter(d.id)
  from (
    select a.id from billing.accounts a
    where a.id = any (account_ids) and least(a.next_due_at, a.next_claim_at) <= v_now
    order by billing.person_of(a.id), a.id
  ) d;
  return billing.now();  -- read again: what has just been written down may be dated later
end $$;
revoke execute on function billing.enter_all(uuid[]) from public;
comment on function billing.enter_all(uuid[]) is
  'billing.enter for many accounts. Returns an instant, after all of them were locked.';

-- The fast path for a set. Of each account it takes the first items, up to the first that
-- the bucket in hand cannot pay. What is not valid, was charged before or comes twice it leaves to
-- the single call, which refuses or answers it.
create function billing.take_many_from_hand(
  account_ids uuid[], amounts bigint[], task_ids text[], descriptions text[], at timestamptz
)
returns table (
  nth bigint, from_promotional bigint, from_subscription bigint, from_permanent bigint,
  balance_after bigint
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  with item as (
    select i.*, row_number() over (partition by i.account_id, i.task_id order by i.nth) as use
    from unnest(account_ids, amounts, task_ids, descriptions)
      with ordinality i (account_id, amount, task_id, description, nth)
  ), fresh as (
    select i.*, a.bucket_in_hand, a.in_hand_kind, a.in_hand_credits, a.balance,
      a.entry_count + row_number() over w as number, sum(i.amount) over w as taken
    from item i
    join billing.accounts a on a.id = i.account_id
    where i.use = 1 and i.amount > 0 and length(i.task_id) between 1 and 255
      and i.task_id !~ '[^[:print:]]'
      and take_many_from_hand.at < least(a.next_due_at, a.next_claim_at)
      and not exists (
        select from billing.credit_transactions e
        where e.account_id = i.account_id and e.key_scope = 'spend' and e.key = i.task_id)
    window w as (partition by i.account_id order by i.nth)
  ), paid as (
    select f.*, f.balance - f.taken::bigint as left_after,
      case f.in_hand_kind when 'promotional' then f.amount else 0 end as promotional,
      case f.in_hand_kind when 'subscription' then f.amount else 0 end as subscription,
      case f.in_hand_kind when 'permanent' then f.amount else 0 end as permanent
    from fresh f where f.taken <= f.in_hand_credits
  ), account as (
    update billing.accounts a
    set balance = a.balance - t.credits, in_hand_credits = a.in_hand_credits - t.credits,
        entry_count = a.entry_count + t.entries
    from (
      select p.account_id, sum(p.amount)::bigint as credits, count(*) as entries
      from paid p group by p.account_id
    ) t
    where a.id = t.account_id
  ), entry as (
    insert into billing.credit_transactions (
      account_id, number, credits, balance_after, from_promotional, from_subscription,
      from_permanent, created_at, bucket_id, kind, key_scope, key, description
    )
    select p.account_id, p.number, -p.amount, p.left_after, p.promotional, p.subscription,
      p.permanent, take_many_from_hand.at, p.bucket_in_hand, 'spend', 'spend', p.task_id,
      p.description
    from paid p
  )
  select p.nth, p.promotional, p.subscription, p.permanent, p.left_after from paid p;
end $$;
revoke execute on function billing.take_many_from_hand(
  uuid[], bigint[], text[], text[], timestamptz
) from public;
comment on function billing.take_many_from_hand(
  uuid[], bigint[], text[], text[], timestamptz
) is
  'Takes what the buckets in hand can pay, of accounts that billing.enter_all has locked; writes
each account''s row once. Returns the items that were paid.';

create function public.deduct_many(
  account_ids uuid[], amounts bigint[], task_ids text[], descriptions text[] default null
)
returns table (
  success boolean, deducted bigint, from_subscription bigint, from_promotional bigint,
  from_permanent bigint, balance_after bigint, duplicate boolean, shortfall bigint
)
language plpgsql volatile
security definer  -- the service role has no write grant on the ledger
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_item record;
  v_rule text;
  v_detail text;
  v_hint text;
begin
  -- A client, which only a definer of the host can bring here; the single call asks it too.
  perform billing.check_caller(i.id) from unnest(account_ids) i (id) where billing.is_client();
  v_now := billing.enter_all(account_ids);
  for v_item in
    select i.*, p.*
    from unnest(account_ids, amounts, task_ids, descriptions)
      with ordinality i (account_id, amount, task_id, description, place)
    left join billing.take_many_from_hand(account_ids, amounts, task_ids, descriptions, v_now) p
      on p.nth = i.place
    order by i.place
  loop
    if v_item.nth is null then
      return query
      select d.* from public.deduct_credits_atomic(
        v_item.account_id, v_item.amount, v_item.task_id, v_item.description) d;
    else
      success := true;
      deducted := v_item.amount;
      from_subscription := v_item.from_subscription;
      from_promotional := v_item.from_promotional;
      from_permanent := v_item.from_permanent;
      balance_after := v_item.balance_after;
      duplicate := false;
      shortfall := 0;
      return next;
    end if;
  end loop;
exception when sqlstate 'LCAMT' or sqlstate 'LCKEY' then
  get stacked diagnostics v_rule = message_text, v_detail = pg_exception_detail,
    v_hint = pg_exception_hint;
  raise exception 'an item of the batch cannot be charged' using errcode = sqlstate,
    detail = format('item %s: %s, %s', v_item.place, v_rule, v_detail), hint = v_hint;
end $$;
revoke execute on function public.deduct_many(uuid[], bigint[], text[], text[])
  from public, anon, authenticated;
grant execute on function public.deduct_many(uuid[], bigint[], text[], text[]) to service_role;
comment on function public.deduct_many(uuid[], bigint[], text[], text[]) is
  'deduct_credits_atomic for many items in one round trip and one transaction: item i takes
amounts[i] credits from account_ids[i], once per task_ids[i]. Answers one row per item in their
order, with the columns of the single call; what one item meets (a short balance, a duplicate)
stops no other. Items of one account are charged in their order. What the single call would raise
for an item, the batch raises (LCAMT and LCKEY with the item''s place in the arrays, from 1, in the
detail; LCACC), and then nothing of it is charged. For the service role, and in the developer''s own
transaction. Source: requirement 004, 6.';
