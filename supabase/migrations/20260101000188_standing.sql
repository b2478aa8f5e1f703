-- Whether a subscription is in good standing: while it is paused its credits are frozen and do not
-- expire; while a renewal is unpaid for longer than the plan's grace they are frozen, and expire.
-- What packs and promotions gave is never touched.

create function billing.has_lapsed(
  account_id uuid, subscription_id text, plan_key text, plan_version integer
)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from billing.suspensions s
    join billing.plans p on p.key = has_lapsed.plan_key and p.version = has_lapsed.plan_version
    where s.account_id = has_lapsed.account_id and s.subscription_id = has_lapsed.subscription_id
      and s.reason = 'unpaid' and p.dunning = 'free'
      and s.starts_at <= (select billing.now()));
end $$;
revoke execute on function billing.has_lapsed(uuid, text, text, integer) from public;
comment on function billing.has_lapsed(uuid, text, text, integer) is
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

create function billing.stop_clock(account_id uuid, subscription_id text, at timestamptz)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into billing.stopped_buckets (
    account_id, bucket_id, starts_at, period_ends_at, expires_at)
  select b.account_id, b.id, b.starts_at, b.period_ends_at, b.expires_at
  from billing.buckets b
  where b.account_id = stop_clock.account_id and b.kind = 'subscription'
    and b.subscription_id = stop_clock.subscription_id and b.voided_at is null
    and coalesce(b.expires_at, 'infinity') > stop_clock.at;
  update billing.buckets b
  set starts_at = case when b.opened_at is null then 'infinity' else b.starts_at end,
      expires_at = case when b.expires_at is not null then 'infinity'::timestamptz end
  from billing.stopped_buckets s
  where b.account_id = stop_clock.account_id and b.subscription_id = stop_clock.subscription_id
    and s.account_id = b.account_id and s.bucket_id = b.id;
end $$;
revoke execute on function billing.stop_clock(uuid, text, timestamptz) from public;

create function billing.start_clock(
  account_id uuid, subscription_id text, stopped_at timestamptz, now timestamptz
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_stopped interval := make_interval(
    secs => extract(epoch from now - stopped_at)::double precision);
begin
  update billing.buckets b
  set starts_at = case when b.opened_at is null then s.starts_at + v_stopped else b.starts_at end,
      period_ends_at = s.period_ends_at + v_stopped, expires_at = s.expires_at + v_stopped
  from billing.stopped_buckets s
  where b.account_id = start_clock.account_id and b.subscription_id = start_clock.subscription_id
    and s.account_id = b.account_id and s.bucket_id = b.id;
  delete from billing.stopped_buckets s using billing.buckets b
  where s.account_id = start_clock.account_id and b.account_id = s.account_id
    and b.id = s.bucket_id and b.subscription_id = start_clock.subscription_id;
end $$;
revoke execute on function billing.start_clock(uuid, text, timestamptz, timestamptz) from public;
comment on function billing.start_clock(uuid, text, timestamptz, timestamptz) is
  'Moves all times of a subscription''s credits by the length of its pause.';

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

-- The grace counts from the instant at which the unpaid invoice was finalized: the same in whatever
-- order Stripe tells of invoice and subscription.
create function billing.due_suspension(account_id uuid, subscription_id text)
returns table (reason billing.suspension_reason, starts_at timestamptz)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select case s.status when 'paused' then 'paused' else 'unpaid' end::billing.suspension_reason,
    case s.status when 'paused' then s.paused_at
      else billing.later(min(i.finalized_at), p.dunning_grace) end
  from billing.subscriptions s
  join billing.prices r on r.key = s.price_key
  join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
  left join billing.payments i on i.account_id = s.account_id and i.subscription_id = s.id
    and i.status = 'failed'
  where s.account_id = due_suspension.account_id and s.id = due_suspension.subscription_id
    and (s.status = 'paused'
      or s.status in ('past_due', 'unpaid') and p.dunning <> 'keep' and i.key is not null)
  group by s.status, s.paused_at, p.dunning_grace;
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
    perform billing.start_clock(account_id, subscription_id, v_old.starts_at, v_now);
  end if;
  delete from billing.suspensions s
  where s.account_id = set_standing.account_id
    and s.subscription_id = set_standing.subscription_id;
  perform billing.freeze_subscription(account_id, subscription_id, false);
  if v_due.reason is not null then
    insert into billing.suspensions (account_id, subscription_id, reason, starts_at)
    values (account_id, subscription_id, v_due.reason, v_due.starts_at);
  end if;
  if v_due.reason = 'paused' then
    perform billing.stop_clock(account_id, subscription_id, v_due.starts_at);
  end if;
  perform billing.take_in_hand(account_id, v_now);
end $$;
revoke execute on function billing.set_standing(uuid, text) from public;
comment on function billing.set_standing(uuid, text) is
  'Suspends a subscription''s credits, or lifts that, by what is known of it and of its invoices.';
