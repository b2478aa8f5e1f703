-- What an account's plan is, in one row.

create function billing.get_billing_overview(account_id uuid)
returns table (
  has_active_plan boolean, plan_key text, plan_name text, status text, lookup_key text,
  billing_interval text, price_cents bigint, currency text, credits_per_month bigint,
  current_period_end timestamptz, cancel_at timestamptz, can_top_up boolean, has_customer boolean,
  free_credits_per_month bigint, next_free_credits_at timestamptz, debt_credits bigint,
  frozen_credits bigint, trial_ends_at timestamptz, trial_days_left integer,
  trial_credits bigint, first_charge_at timestamptz, can_start_trial boolean, is_erased boolean
)
language plpgsql stable
security definer  -- a subscriber keeps the version bought, which clients cannot read
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  return query
  select coalesce(s.rank in (1, 3), false), s.plan_key, s.plan_name, s.status, s.lookup_key,
    s.billing_interval::text, s.price_cents, s.currency, s.credits_per_month, s.period_end,
    s.cancel_at,
    w.has_plan or exists (
      select from billing.packs k where k.is_sold and not k.requires_active_subscription),
    exists (
      select from billing.customers c
      where c.account_id = get_billing_overview.account_id and c.is_in_force),
    f.credits_per_month::bigint, a.next_claim_at, coalesce(a.debt_credits, 0)::bigint,
    coalesce(a.frozen_credits, 0)::bigint, s.trial_ends_at,
    ceil(extract(epoch from s.trial_ends_at - billing.now()) / 86400)::integer,
    s.trial_credits, w.first_charge_at, w.can_start_trial, a.erased_at is not null
  from (
    select billing.has_plan(get_billing_overview.account_id) as has_plan,
      billing.first_charge_at(get_billing_overview.account_id) as first_charge_at,
      billing.trial_refusal(get_billing_overview.account_id) is null as can_start_trial
  ) w
  left join billing.accounts a on a.id = get_billing_overview.account_id
  left join billing.plans f on f.is_free and f.is_sold
  left join lateral (
    select case when not billing.is_live(b.status) or billing.has_lapsed(b.account_id, b.id)
        then case when billing.is_open(b.status) then 2 else 4 end
        else 1 end as rank,
      b.status, b.period_end, b.cancel_at, p.lookup_key, p.billing_interval, t.price_cents,
      p.currency, p.plan_key, p.name as plan_name, t.credits_per_month,
      case when b.status = 'trialing' then b.trial_end end as trial_ends_at,
      null::bigint as trial_credits, b.created_at, b.id
    from billing.subscriptions b
    join billing.priced_plans p on p.price_key = b.price_key
    cross join lateral (
      select sum(o.price_cents * i.quantity)::bigint as price_cents,
        sum(o.credits_per_month * i.quantity)::bigint as credits_per_month
      from billing.subscription_items i
      join billing.priced_plans o on o.price_key = i.price_key
      where i.account_id = b.account_id and i.subscription_id = b.id and not i.is_later
    ) t
    where b.account_id = get_billing_overview.account_id
    union all
    select 3, 'trialing', t.ends_at, null, null, null, null, null, p.key, p.name, null,
      t.ends_at, p.trial_credits, null, null
    from billing.trial_of(get_billing_overview.account_id) t
    join billing.plans p on p.key = t.plan_key and p.version = t.plan_version
    -- What was bought during a trial is shown, also when it gives nothing now.
    order by rank, created_at desc, id
    limit 1
  ) s on true;
end $$;
revoke execute on function billing.get_billing_overview(uuid) from public;
grant execute on function billing.get_billing_overview(uuid) to authenticated, service_role;

create function public.get_billing_overview(account_id uuid default auth.uid())
returns table (
  has_active_plan boolean, plan_key text, plan_name text, status text, lookup_key text,
  billing_interval text, price_cents bigint, currency text, credits_per_month bigint,
  current_period_end timestamptz, cancel_at timestamptz, can_top_up boolean, has_customer boolean,
  free_credits_per_month bigint, next_free_credits_at timestamptz, debt_credits bigint,
  frozen_credits bigint, trial_ends_at timestamptz, trial_days_left integer,
  trial_credits bigint, first_charge_at timestamptz, can_start_trial boolean, is_erased boolean
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.touch(account_id);
  return query select * from billing.get_billing_overview(account_id);
end $$;
revoke execute on function public.get_billing_overview(uuid) from public, anon, authenticated;
grant execute on function public.get_billing_overview(uuid) to authenticated, service_role;
comment on function public.get_billing_overview(uuid) is
  'The account''s plan: always one row. has_active_plan is true while the subscription is
trialing, active or past due, but where it has been unpaid for so long that the account is on the
free plan; then, and when it has ended, its status alone tells. A trial without a card is trialing
too, and has no lookup_key and price. trial_ends_at and trial_days_left (a day that has begun
counts) are set during a trial, trial_credits, what it brings in all, during one without a card;
first_charge_at is when a plan chosen now is first paid (null: at once); can_start_trial, whether
start_trial would; is_erased, whether erase_account has closed it. price_cents, in minor units, and
credits_per_month are of the plan with all its seats and add-ons; next_free_credits_at is when the
free plan''s credits come next; debt_credits what refunds claim of credits spent, frozen_credits
what cannot be spent for now. For members, and the service role. Raises LCACC. Source: requirement
004, 2B and 4B.';
