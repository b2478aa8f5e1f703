-- Trials: of a plan that has one, once per person and card, with no card asked. From its end on
-- there is the free plan, or the one that was bought meanwhile.

create table billing.trials (
  account_id      uuid constraint trials_pkey primary key,
  plan_key        text not null,
  plan_version    integer not null,
  started_at      timestamptz not null,
  ends_at         timestamptz not null,
  subscription_id text,
  constraint a_trial_ends_after_it_starts check (ends_at >= started_at),
  constraint a_trial_ends_at_a_whole_second check (ends_at = ends_at::timestamptz(0))
);
alter table billing.trials enable row level security;
create policy "members read their trial" on billing.trials
  for select to authenticated using (billing.is_member(account_id));
revoke all on billing.trials from anon, authenticated, service_role;
grant select on billing.trials to authenticated, service_role;
comment on table billing.trials is
  'Trials that began here, without a card. Those that began at Stripe are subscriptions.';
comment on column billing.trials.ends_at is
  'A whole second, as Stripe counts: the first charge of a plan bought meanwhile falls on it.';
comment on column billing.trials.subscription_id is
  'Bought during the trial; from then on the trial ends when Stripe says.';

create table billing.trial_claims (
  claimant   bytea constraint trial_claims_pkey primary key,
  account_id uuid not null
);
create index trial_claims_by_account on billing.trial_claims (account_id);
alter table billing.trial_claims enable row level security;
revoke all on billing.trial_claims from anon, authenticated, service_role;
grant select on billing.trial_claims to service_role;
comment on table billing.trial_claims is
  'Who has had a trial, on which account: a person (billing.person_of), or a card (sha256 of its
fingerprint at Stripe). Outlives the account.';

create function billing.trial_key(account_id uuid)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return 'trial:' || account_id;
end $$;
revoke execute on function billing.trial_key(uuid) from public;
comment on function billing.trial_key(uuid) is
  'The key of the account''s trial credits: it has them once, whoever carries the trial.';

-- Locked by the caller. Of two accounts of one person at once the second waits here, and is told.
create function billing.claim_trial(account_id uuid, cards bytea[])
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_claimants bytea[] := array_remove(cards || billing.person_of(account_id), null);
  v_new bytea[];
begin
  if billing.person_of(account_id) is null then
    return false;
  end if;
  with claimed as (
    insert into billing.trial_claims (claimant, account_id)
    select distinct c, claim_trial.account_id
    from unnest(v_claimants || billing.known_cards(account_id)) c order by c
    on conflict on constraint trial_claims_pkey do nothing
    returning claimant
  )
  select array_agg(c.claimant) into v_new from claimed c;
  if exists (
    select from billing.trial_claims c
    where c.claimant = any (v_claimants) and c.account_id <> claim_trial.account_id
  ) then
    delete from billing.trial_claims c where c.claimant = any (v_new);
    return false;
  end if;
  return true;
end $$;
revoke execute on function billing.claim_trial(uuid, bytea[]) from public;
comment on function billing.claim_trial(uuid, bytea[]) is
  'Claims the trial of the account''s person and of these cards, and its other cards with them;
false, and nothing claimed, where another account holds one of these.';

create function billing.claim_cards(account_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into billing.trial_claims (claimant, account_id)
  select distinct c, claim_cards.account_id from unnest(billing.known_cards(account_id)) c
  where exists (
    select from billing.trial_claims t where t.account_id = claim_cards.account_id)
  order by c
  on conflict on constraint trial_claims_pkey do nothing;
end $$;
revoke execute on function billing.claim_cards(uuid) from public;
comment on function billing.claim_cards(uuid) is
  'Who has had a trial has had it with whatever card comes afterwards.';

create function billing.plan_to_try(account_id uuid)
returns billing.plans
language plpgsql stable
set search_path = ''
as $$
declare
  v_plan billing.plans;
begin
  select p.* into v_plan from billing.plans p
  where p.is_sold and p.trial_days > 0 and billing.is_offered(p.offered_to, account_id)
  order by p.position limit 1;
  return v_plan;
end $$;
revoke execute on function billing.plan_to_try(uuid) from public;

-- Who has paid for a plan knows it: a trial is for those who do not.
create function billing.trial_refusal(account_id uuid)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_person bytea := billing.person_of(account_id);
  v_claimants bytea[] := billing.known_cards(account_id) || v_person;
begin
  return case
    when billing.is_erased(account_id) then 'erased'
    when (billing.plan_to_try(account_id)).key is null then 'no_trial'
    when v_person is null then 'anonymous'
    when billing.has_open_subscription(account_id) then 'subscribed'
    when exists (
      select from billing.payments p
      where p.account_id = trial_refusal.account_id and p.kind = 'subscription'
        and p.status = 'paid' and p.amount_cents > 0) then 'paid_before'
    when exists (
      select from billing.trial_claims c
      where c.account_id = trial_refusal.account_id
        or c.claimant = any (v_claimants)) then 'used_before'
  end;
end $$;
revoke execute on function billing.trial_refusal(uuid) from public;
comment on function billing.trial_refusal(uuid) is
  'Why the account may not start a trial now; null: it may.';

create function billing.start_trial(account_id uuid)
returns table (
  success boolean, duplicate boolean, reason text, plan_key text, plan_name text, credits bigint,
  ends_at timestamptz
)
language plpgsql volatile
security definer  -- members have no write grant on trials and the ledger
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_plan billing.plans;
begin
  perform billing.check_caller(account_id);
  v_now := billing.enter(account_id);
  duplicate := exists (select from billing.trials t where t.account_id = start_trial.account_id);
  if not duplicate then
    v_plan := billing.plan_to_try(account_id);
    reason := billing.trial_refusal(account_id);
    if reason is null and not billing.claim_trial(account_id, billing.known_cards(account_id)) then
      reason := 'used_before';
    end if;
    if reason is not null then
      return query
      select false, false, start_trial.reason, v_plan.key, v_plan.name, 0::bigint,
        null::timestamptz;
      return;
    end if;
    ends_at := billing.later(date_trunc('second', v_now, 'UTC'),
      make_interval(days => v_plan.trial_days));
    insert into billing.trials (account_id, plan_key, plan_version, started_at, ends_at)
    values (account_id, v_plan.key, v_plan.version, v_now, ends_at);
    perform billing.grant_credits(
      account_id, 'promotional', v_plan.trial_credits, billing.trial_key(account_id), ends_at,
      description => v_plan.name || ' trial')
    where v_plan.trial_credits > 0;
  end if;
  return query
  select true, duplicate, null::text, t.plan_key, p.name, p.trial_credits::bigint, t.ends_at
  from billing.trials t
  join billing.plans p on p.key = t.plan_key and p.version = t.plan_version
  where t.account_id = start_trial.account_id;
end $$;
revoke execute on function billing.start_trial(uuid) from public;
grant execute on function billing.start_trial(uuid) to authenticated, service_role;

create function public.start_trial(account_id uuid default auth.uid())
returns table (
  success boolean, duplicate boolean, reason text, plan_key text, plan_name text, credits bigint,
  ends_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.start_trial(account_id);
end $$;
revoke execute on function public.start_trial(uuid) from public, anon, authenticated;
grant execute on function public.start_trial(uuid) to authenticated, service_role;
comment on function public.start_trial(uuid) is
  'Starts the trial of the plan on sale that has one, without a card: all that the plan allows, and
its trial credits (promotional), until ends_at. Once per person and card. success = false says why:
no_trial (none is on offer), anonymous, subscribed (to a plan now), paid_before (for a plan), or
used_before (by this person or card, whichever the account). Again on the same account: the same
trial with duplicate = true, its end as it is now. Raises LCACC (erased too). For members, and the
service role. Source: requirement 002, 2 (free trial), DESIGN 6.';

-- In force until its end, whatever was bought meanwhile.
create function billing.trial_of(
  account_id uuid, out plan_key text, out plan_version integer, out ends_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  select t.plan_key, t.plan_version, t.ends_at into plan_key, plan_version, ends_at
  from billing.trials t
  where t.account_id = trial_of.account_id and t.ends_at > (select billing.now());
end $$;
revoke execute on function billing.trial_of(uuid) from public;

create function billing.has_plan(account_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return billing.has_live_subscription(account_id)
    or (billing.trial_of(account_id)).ends_at is not null;
end $$;
revoke execute on function billing.has_plan(uuid) from public;
comment on function billing.has_plan(uuid) is
  'Whether the account has more than the free plan: a live subscription, or a trial.';

-- Stripe wants the end of a trial 48 hours ahead; the minutes are for clocks that differ.
create function billing.first_charge_at(account_id uuid)
returns timestamptz
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select t.ends_at from billing.trial_of(account_id) t
    where t.ends_at >= (select billing.now()) + interval '48 hours 5 minutes');
end $$;
revoke execute on function billing.first_charge_at(uuid) from public;
comment on function billing.first_charge_at(uuid) is
  'When a plan chosen now is first paid: at the end of the trial that runs; null: at once.';

create function billing.trials_of(account_id uuid)
returns table (id text, plan_name text, ends_at timestamptz)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select s.id, p.name, s.trial_end
  from billing.subscriptions s
  join billing.priced_plans p on p.price_key = s.price_key
  where s.account_id = trials_of.account_id and s.status = 'trialing'
    and s.trial_end > (select billing.now())
  union all
  select null, p.name, t.ends_at
  from billing.trials t
  join billing.plans p on p.key = t.plan_key and p.version = t.plan_version
  where t.account_id = trials_of.account_id
    and not billing.has_open_subscription(t.account_id);
end $$;
revoke execute on function billing.trials_of(uuid) from public;
comment on function billing.trials_of(uuid) is
  'The trial that a subscription carries; without an open one that which began here, over or not.';

create function billing.get_trials(account_id uuid)
returns table (id text, plan_name text, ends_at timestamptz)
language plpgsql stable
security definer  -- reads plan versions that are no longer sold
set search_path = ''
as $$
begin
  perform billing.check_caller(account_id);
  return query select * from billing.trials_of(account_id);
end $$;
revoke execute on function billing.get_trials(uuid) from public;
grant execute on function billing.get_trials(uuid) to authenticated, service_role;
