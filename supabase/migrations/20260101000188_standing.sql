-- Whether a subscription is in good standing: while it is paused its credits are frozen and do not
-- expire; while a renewal is unpaid for longer than the plan's grace they are frozen, and expire.
-- What packs and promotions gave is never touched.

create function billing.has_lapsed(account_id uuid, subscription_id text)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from billing.suspensions s
    join billing.subscriptions b on b.account_id = s.account_id and b.id = s.subscription_id
    join billing.prices r on r.key = b.price_key
    join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
    where s.account_id = has_lapsed.account_id and s.subscription_id = has_lapsed.subscription_id
      and s.reason = 'unpaid' and p.dunning = 'free'
      and s.starts_at <= (select billing.now()));
end $$;
revoke execute on function billing.has_lapsed(uuid, text) from public;
comment on function billing.has_lapsed(uuid, text) is
  'Whether an unpaid subscription gives its account no plan any more.';

create function billing.freeze_subscription(
  account_id uuid, subscription_id text, is_suspended boolean
)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.buckets b set is_suspended = freeze_subscription.is_suspended
  where b.account_id = freeze_subscription.account_id and b.kind = 'subscription'
    and b.subscription_id = freeze_subscription.subscription_id
    and b.is_suspended <> freeze_subscription.is_suspended;
end $$;
revoke execute on function billing.freeze_subscription(uuid, text, boolean) from public;

-- What has been stopped before stays as it is.
create function billing.stop_clock(
  account_id uuid, subscription_id text, stopped_at timestamptz, now timestamptz
)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  with stopped as (
    insert into billing.stopped_buckets (
      account_id, bucket_id, starts_at, period_ends_at, expires_at)
    select b.account_id, b.id, b.starts_at, b.period_ends_at, b.expires_at
    from billing.buckets b
    where b.account_id = stop_clock.account_id and b.kind = 'subscription'
      and b.subscription_id = stop_clock.subscription_id and b.voided_at is null
      and coalesce(b.expires_at, 'infinity') > stopped_at
    on conflict on constraint stopped_buckets_pkey do nothing
    returning bucket_id
  )
  update billing.buckets b
  set starts_at = case when b.opened_at is null and b.starts_at > now then 'infinity'
        else b.starts_at end,
      expires_at = case when b.expires_at is not null then 'infinity'::timestamptz end
  from stopped s where b.account_id = stop_clock.account_id and b.id = s.bucket_id;
end $$;
revoke execute on function billing.stop_clock(uuid, text, timestamptz, timestamptz) from public;

create function billing.start_clock(account_id uuid, subscription_id text, stopped interval)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.buckets b
  set starts_at = case b.starts_at when 'infinity' then s.starts_at + stopped
        else b.starts_at end,
      period_ends_at = s.period_ends_at + stopped, expires_at = s.expires_at + stopped
  from billing.stopped_buckets s
  where b.account_id = start_clock.account_id and b.subscription_id = start_clock.subscription_id
    and s.account_id = b.account_id and s.bucket_id = b.id;
  delete from billing.stopped_buckets s using billing.buckets b
  where s.account_id = start_clock.account_id and b.account_id = s.account_id
    and b.id = s.bucket_id and b.subscription_id = start_clock.subscription_id;
end $$;
revoke execute on function billing.start_clock(uuid, text, interval) from public;
comment on function billing.start_clock(uuid, text, interval) is
  'Moves all times of a subscription''s credits by the length of its pause.';

-- Whatever is told first, the pause or the invoice that was paid before it.
create function billing.join_suspension(account_id uuid, subscription_id text, now timestamptz)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.stop_clock(s.account_id, s.subscription_id, s.starts_at, now)
  from billing.suspensions s
  where s.account_id = join_suspension.account_id
    and s.subscription_id = join_suspension.subscription_id and s.reason = 'paused';
  perform billing.freeze_subscription(s.account_id, s.subscription_id, true)
  from billing.suspensions s
  where s.account_id = join_suspension.account_id
    and s.subscription_id = join_suspension.subscription_id and s.is_in_force;
end $$;
revoke execute on function billing.join_suspension(uuid, text, timestamptz) from public;
comment on function billing.join_suspension(uuid, text, timestamptz) is
  'What holds for a subscription''s credits holds for those that come meanwhile.';

-- What settle does when the grace of an unpaid renewal is over.
create function billing.suspend(account_id uuid, subscription_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.suspensions s set is_in_force = true
  where s.account_id = suspend.account_id and s.subscription_id = suspend.subscription_id;
  perform billing.freeze_subscription(account_id, subscription_id, true);
end $$;
revoke execute on function billing.suspend(uuid, text) from public;

-- The grace counts from the instant at which the first of the invoices in arrears was finalized:
-- the same in whatever order Stripe tells of invoices and subscription. What was left unpaid before
-- another one was paid is no longer in arrears.
create function billing.due_suspension(account_id uuid, subscription_id text)
returns table (reason billing.suspension_reason, starts_at timestamptz)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select case s.status when 'paused' then 'paused' else 'unpaid' end::billing.suspension_reason,
    case s.status when 'paused' then coalesce(s.paused_at, o.starts_at, billing.now())
      else billing.later(i.unpaid_since, p.dunning_grace) end
  from billing.subscriptions s
  join billing.prices r on r.key = s.price_key
  join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
  left join billing.suspensions o on o.account_id = s.account_id and o.subscription_id = s.id
    and o.reason = 'paused'
  cross join lateral (
    select min(u.finalized_at) as unpaid_since from billing.payments u
    where u.account_id = s.account_id and u.subscription_id = s.id
      and (u.status = 'failed' or u.status = 'pending' and u.attempts > 0)
      and not exists (
        select from billing.payments n
        where n.account_id = s.account_id and n.subscription_id = s.id and n.status = 'paid'
          and n.finalized_at > u.finalized_at)
  ) i
  where s.account_id = due_suspension.account_id and s.id = due_suspension.subscription_id
    and (s.status = 'paused'
      or s.status in ('past_due', 'unpaid') and p.dunning <> 'keep'
        and i.unpaid_since is not null);
end $$;
revoke execute on function billing.due_suspension(uuid, text) from public;

create function billing.set_standing(account_id uuid, subscription_id text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := billing.settle(account_id);
  v_old billing.suspensions;
  v_due record;
begin
  select s.* into v_old from billing.suspensions s
  where s.account_id = set_standing.account_id
    and s.subscription_id = set_standing.subscription_id;
  select d.reason, d.starts_at into v_due
  from billing.due_suspension(account_id, subscription_id) d;
  if (v_old.reason, v_old.starts_at) is not distinct from (v_due.reason, v_due.starts_at) then
    return;
  end if;
  if v_old.reason = 'paused' then
    -- A pause that began anew has ended before.
    perform billing.start_clock(account_id, subscription_id, greatest('0', make_interval(
      secs => extract(epoch from least(v_now,
        case v_due.reason when 'paused' then v_due.starts_at end) - v_old.starts_at
      )::double precision)));
  end if;
  delete from billing.suspensions s
  where s.account_id = set_standing.account_id
    and s.subscription_id = set_standing.subscription_id;
  perform billing.freeze_subscription(account_id, subscription_id, false);
  if v_due.reason is not null then
    insert into billing.suspensions (account_id, subscription_id, reason, starts_at)
    values (account_id, subscription_id, v_due.reason, v_due.starts_at);
  end if;
  perform billing.join_suspension(account_id, subscription_id, v_now);
  perform billing.take_in_hand(account_id, v_now);
end $$;
revoke execute on function billing.set_standing(uuid, text) from public;
comment on function billing.set_standing(uuid, text) is
  'Suspends a subscription''s credits, or lifts that, by what is known of it and of its invoices.';
