-- An owner lets a trial last longer. Where Stripe carries it, it is moved there, and told of.

create function billing.extend_trial(account_id uuid, ends_at timestamptz, reason text)
returns table (ended_before timestamptz, subscription_id text, idempotency_key text)
language plpgsql volatile
security definer  -- owners have no write grant on trials and buckets
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_ends_at timestamptz := ends_at::timestamptz(0);
begin
  perform billing.check_owner(reason);
  perform billing.check_named(account_id);
  v_now := billing.settle(account_id);
  select t.id, t.ends_at into subscription_id, ended_before
  from billing.trials_of(account_id) t where t.ends_at > v_now;
  if (v_ends_at >= ended_before) is not true then
    raise exception 'a trial is extended while it lasts' using errcode = 'LCGRT',
      detail = format('from %s to %s', coalesce(ended_before::text, 'no trial'), v_ends_at),
      hint = 'pass a later instant than its end; where it is over, give credits by adjust_credits';
  end if;
  if v_ends_at > ended_before then
    perform billing.audit('trial.extend', account_id,
      format('from %s to %s: %s', ended_before, v_ends_at, reason));
  end if;
  if subscription_id is null then
    update billing.trials t set ends_at = v_ends_at where t.account_id = extend_trial.account_id;
    perform billing.move_trial_credits(account_id, null, ended_before, v_ends_at, v_now);
  else
    idempotency_key := format('trial:%s:%s', subscription_id,
      extract(epoch from v_ends_at)::bigint);
  end if;
  return next;
end $$;
revoke execute on function billing.extend_trial(uuid, timestamptz, text) from public;
grant execute on function billing.extend_trial(uuid, timestamptz, text)
  to authenticated, service_role;

create function public.extend_trial(account_id uuid, ends_at timestamptz, reason text)
returns table (ended_before timestamptz, subscription_id text, idempotency_key text)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.extend_trial(account_id, ends_at, reason);
end $$;
revoke execute on function public.extend_trial(uuid, timestamptz, text)
  from public, anon, authenticated;
grant execute on function public.extend_trial(uuid, timestamptz, text)
  to authenticated, service_role;
comment on function public.extend_trial(uuid, timestamptz, text) is
  'Moves the end of a trial that runs, and its credits'' expiry with it, forward to a whole second;
answers when it would have ended. Where a subscription carries the trial nothing is moved here:
subscription_id says what to extend at Stripe, as npm run stripe:extend-trial does; its credits
follow when Stripe tells of it. Audited. Raises LCOWN, LCGRT (no trial runs, or it would be
shorter), LCACC (erased). For owners, and the service role. Source: requirement 002, 2
(extensions).';
