-- Trials that a subscription carries: begun at Stripe, or here and carried on by what was bought
-- meanwhile. Their credits follow the end that Stripe says.

-- Stripe charges for the first period an hour after it began, as at a renewal.
create function billing.trial_expiry(
  account_id uuid, subscription_id text, ends_at timestamptz
)
returns timestamptz
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select case when s.ended_at < trial_expiry.ends_at then trial_expiry.ends_at
      else billing.later(trial_expiry.ends_at, p.renewal_grace) end
    from billing.subscriptions s
    join billing.priced_plans p on p.price_key = s.price_key
    where s.account_id = trial_expiry.account_id and s.id = subscription_id);
end $$;
revoke execute on function billing.trial_expiry(uuid, text, timestamptz) from public;
comment on function billing.trial_expiry(uuid, text, timestamptz) is
  'When the credits of a trial expire that a subscription carries: they outlive it by the grace of
the plan that follows, unless none does.';

-- Once per account, person, and card that it would be charged to, and only until the trial ends:
-- told of late, it is over at once.
create function billing.grant_trial(account_id uuid, subscription_id text, card bytea)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_trial record;
begin
  select s.trial_start, s.trial_end, p.trial_credits, p.name || ' trial' as name into v_trial
  from billing.subscriptions s
  join billing.priced_plans p on p.price_key = s.price_key
  where s.account_id = grant_trial.account_id and s.id = subscription_id
    and s.trial_end > s.trial_start and p.trial_credits > 0
    and not exists (
      select from billing.buckets b
      where b.account_id = s.account_id and b.key = billing.trial_key(s.account_id));
  if found and billing.claim_trial(account_id, array[card]) then
    perform billing.grant_credits(
      account_id, 'promotional', v_trial.trial_credits::bigint, billing.trial_key(account_id),
      starts_at => v_trial.trial_start,
      expires_at => billing.trial_expiry(account_id, subscription_id, v_trial.trial_end),
      description => v_trial.name, subscription_id => grant_trial.subscription_id);
  end if;
end $$;
revoke execute on function billing.grant_trial(uuid, text, bytea) from public;

-- A trial that began without a card is carried on by what was bought during it. Answers when it
-- would have ended.
create function billing.carry_trial(account_id uuid, subscription_id text)
returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_ends_at timestamptz;
begin
  update billing.trials t set subscription_id = s.id
  from billing.subscriptions s
  where t.account_id = carry_trial.account_id
    and s.account_id = t.account_id and s.id = carry_trial.subscription_id
    and s.trial_end is not null and s.trial_start < t.ends_at
    and (t.subscription_id is null or exists (
      select from billing.subscriptions o
      where o.account_id = t.account_id and o.id = t.subscription_id and o.id <> s.id
        and o.ended_at is not null))
  returning t.ends_at into v_ends_at;
  if found then
    update billing.buckets b set subscription_id = carry_trial.subscription_id
    where b.account_id = carry_trial.account_id and b.key = billing.trial_key(b.account_id);
  end if;
  return v_ends_at;
end $$;
revoke execute on function billing.carry_trial(uuid, text) from public;

create function billing.move_trial_credits(
  account_id uuid, subscription_id text, expired_at timestamptz, expires_at timestamptz,
  now timestamptz
)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.buckets b set expires_at = greatest(move_trial_credits.expires_at, now)
  where b.account_id = move_trial_credits.account_id and b.key = billing.trial_key(b.account_id)
    and (move_trial_credits.subscription_id is null
      or b.subscription_id = move_trial_credits.subscription_id)
    and b.expires_at = expired_at
    and expired_at <> move_trial_credits.expires_at;
  if found then
    -- Its row changes with it: who waits for it with an older snapshot must not go by that.
    update billing.accounts a set next_due_at = a.next_due_at
    where a.id = move_trial_credits.account_id;
    perform billing.take_in_hand(account_id, now);
  end if;
end $$;
revoke execute on function billing.move_trial_credits(
  uuid, text, timestamptz, timestamptz, timestamptz
) from public;
comment on function billing.move_trial_credits(
  uuid, text, timestamptz, timestamptz, timestamptz
) is
  'The credits of a trial follow its end, however often that is moved; where an owner has extended
them that stands. subscription_id is the one that must carry them; null: whichever does. The account
is locked and settled by the caller.';

create function billing.move_trial(
  account_id uuid, subscription_id text, ended_at timestamptz, expired_at timestamptz,
  ends_at timestamptz
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := billing.settle(account_id);
  v_expires_at timestamptz := billing.trial_expiry(account_id, subscription_id, ends_at);
begin
  if (ended_at > v_now) is not true then
    return;
  end if;
  update billing.trials t set ends_at = greatest(move_trial.ends_at, v_now::timestamptz(0))
  where t.account_id = move_trial.account_id and t.subscription_id = move_trial.subscription_id;
  perform billing.move_trial_credits(
    account_id, subscription_id, expired_at, v_expires_at, v_now);
end $$;
revoke execute on function billing.move_trial(
  uuid, text, timestamptz, timestamptz, timestamptz
) from public;
