-- Time alone decides: settle is the only code that writes down what time has made true, each fact
-- dated at the instant it fell due. Every writer settles before it writes, so a late job changes
-- nothing.

-- A grant that starts pays debts, when it was paid for, and takes up what rolls over.
create function billing.start_grant(fact billing.due_facts)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.post(
    fact.account_id, 'grant', 'grant', fact.key, array[(fact.id, fact.credits)::billing.share],
    fact.due_at, fact.description
  );
  perform billing.pay_debts(fact.account_id, fact.id, fact.credits, fact.due_at);
  perform billing.roll_over(fact.account_id, fact.id, fact.due_at);
end $$;
revoke execute on function billing.start_grant(billing.due_facts) from public;

create function billing.thaw(account_id uuid, bucket_id bigint)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.accounts a set frozen_until = null
  where a.id = thaw.account_id and thaw.bucket_id = 0;
  update billing.buckets b set frozen_until = null
  where b.account_id = thaw.account_id and b.id = thaw.bucket_id;
end $$;
revoke execute on function billing.thaw(uuid, bigint) from public;
comment on function billing.thaw(uuid, bigint) is
  'Ends the freeze of a bucket, or of the account (0). Writes no entry: the credits never left.';

create function billing.post_due(account_id uuid, now timestamptz)
returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_due billing.due_facts;
  v_at timestamptz := now;  -- when what is due at once became so: now, or with the fact before it
begin
  loop
    select d.* into v_due from billing.due_facts d
    where d.account_id = post_due.account_id
    order by d.due_at, d.kind, d.id
    limit 1;
    exit when not found or v_due.due_at > now;
    v_at := case when v_due.due_at > '-infinity' then v_due.due_at else v_at end;
    case v_due.kind
      when 'grant' then perform billing.start_grant(v_due);
      when 'release' then perform billing.end_hold(
        account_id, v_due.id, 'timed_out', v_due.due_at, v_due.description);
      when 'thaw' then perform billing.thaw(account_id, v_due.id);
      when 'suspend' then perform billing.suspend(account_id, v_due.key);
      when 'debt' then
        perform billing.pay_debt(account_id, v_due.key, v_due.id, -v_due.credits, v_at);
      when 'freeze' then
        perform billing.freeze_share(account_id, v_due.key, v_due.id, -v_due.credits, v_at);
      else perform billing.post(
        account_id, v_due.kind::text::billing.entry_kind, null, null,
        array[(v_due.id, v_due.credits)::billing.share], v_at, v_due.description);
    end case;
  end loop;
  return coalesce(v_due.due_at, 'infinity');
end $$;
revoke execute on function billing.post_due(uuid, timestamptz) from public;
comment on function billing.post_due(uuid, timestamptz) is
  'Writes down what is due, one fact after the other in time order; returns when the next one is.';

-- Between two settlements next_due_at only moves down, so that it rarely touches its index.
create function billing.take_in_hand(account_id uuid, now timestamptz)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_due_at timestamptz := billing.post_due(account_id, now);
  v_account billing.accounts;
  v_id bigint;
  v_kind billing.bucket_kind;
  v_credits bigint;
  v_frozen bigint;
begin
  select a.* into v_account from billing.accounts a where a.id = take_in_hand.account_id;
  -- What is in hand can be spent as it stands: a bucket that is frozen, if in part, never is.
  select case when f.is_in_hand then f.id end, case when f.is_in_hand then f.kind end,
    case when f.is_in_hand then f.credits_remaining end, f.all_frozen
  into v_id, v_kind, v_credits, v_frozen
  from (
    select o.id, o.kind, o.credits_remaining, o.burn_order,
      o.credits_remaining > 0 and o.frozen_credits = 0 as is_in_hand,
      (sum(o.frozen_credits) over ())::bigint as all_frozen
    from billing.open_buckets o where o.account_id = take_in_hand.account_id
  ) f
  where f.burn_order = 1;
  v_frozen := coalesce(v_frozen, 0);
  if v_account.next_due_at > now then
    v_due_at := least(v_due_at, v_account.next_due_at);
  end if;
  if v_account.bucket_in_hand is distinct from v_id then
    update billing.buckets b set credits_remaining = v_account.in_hand_credits
    where b.account_id = v_account.id and b.id = v_account.bucket_in_hand;
  elsif v_account.next_due_at = v_due_at and v_account.frozen_credits = v_frozen then
    return;
  end if;
  update billing.accounts a
  set bucket_in_hand = v_id, in_hand_kind = v_kind, in_hand_credits = coalesce(v_credits, 0),
      next_due_at = v_due_at, frozen_credits = v_frozen
  where a.id = v_account.id;
end $$;
revoke execute on function billing.take_in_hand(uuid, timestamptz) from public;
comment on function billing.take_in_hand(uuid, timestamptz) is
  'Ends every change: writes down what is due, puts back the bucket in hand if another comes first
in burn order, takes that one, and counts what is frozen.';

create function billing.settle(account_id uuid)
returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_due_at timestamptz;
  v_erased_at timestamptz;
  v_now timestamptz;
begin
  select a.next_due_at, a.erased_at into v_due_at, v_erased_at from billing.accounts a
  where a.id = settle.account_id for no key update;
  v_now := billing.now();  -- after the lock, else entries are dated before their predecessors
  if v_erased_at is not null then
    perform billing.check_alive(account_id);
  elsif v_due_at <= v_now then
    perform billing.take_in_hand(account_id, v_now);
  end if;
  return v_now;
end $$;
revoke execute on function billing.settle(uuid) from public;
comment on function billing.settle(uuid) is
  'Locks the account, writes down what time has made true, and returns the instant at which it
holds. Every writer begins with it, and an erased account has none: LCACC.';

create function billing.enter(account_id uuid)
returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_claim_at timestamptz;
begin
  if not exists (select from billing.accounts a where a.id = enter.account_id)
    and exists (select from auth.users u where u.id = enter.account_id) then
    perform billing.open_account(account_id);
  end if;
  v_now := billing.settle(account_id);
  select a.next_claim_at into v_claim_at from billing.accounts a where a.id = enter.account_id;
  if v_claim_at <= v_now then
    perform billing.claim_free_month(account_id, v_now);
  end if;
  return v_now;
end $$;
revoke execute on function billing.enter(uuid) from public;
comment on function billing.enter(uuid) is
  'How a read or a spend begins: opens the account of a user at its first touch, settles it, and
claims the free month that is due. An id without account and user is left alone; it has nothing.';

create function billing.touch(account_id uuid)
returns timestamptz
language plpgsql volatile
security definer  -- a read by a client may have to write down what has fallen due
set search_path = ''
as $$
declare
  v_due_at timestamptz;
  v_claim_at timestamptz;
  v_now timestamptz;
begin
  perform billing.check_caller(account_id);
  select a.next_due_at, a.next_claim_at into v_due_at, v_claim_at
  from billing.accounts a where a.id = touch.account_id;
  v_now := billing.now();
  if least(v_due_at, v_claim_at) > v_now then
    return v_now;
  elsif current_setting('transaction_read_only')::boolean then
    return least(v_now, v_due_at - interval '1 microsecond');
  end if;
  return billing.enter(account_id);
end $$;
revoke execute on function billing.touch(uuid) from public;
grant execute on function billing.touch(uuid) to authenticated, service_role;
comment on function billing.touch(uuid) is
  'How a read begins: checks the caller, and enters the account when something is due. Returns the
instant for which the stored rows hold; in a read-only transaction that may lie in the past.';
