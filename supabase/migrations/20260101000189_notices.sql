-- What an account should know or do now. Nothing is stored: a notice is there as long as its cause
-- is, and its key stays the same, so that whoever writes a mail about it writes one.

-- Case 55: two plans were paid side by side, and the owner ends the later one.
create function billing.get_second_plans(account_id uuid)
returns table (
  key text, kind text, subject text, at timestamptz, ends_at timestamptz, amount_cents bigint,
  currency text
)
language plpgsql stable
security definer  -- reads findings, which are the owner's
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
begin
  perform billing.check_caller(account_id);
  return query
  select concat_ws(':', 'second_plan', f.object_id, nullif(f.state, 'open')),
    case f.state when 'open' then 'second_plan' else 'second_plan_ended' end, p.name,
    coalesce(f.closed_at, f.found_at), null::timestamptz, r.cents, p.currency
  from billing.findings f
  join billing.subscriptions s on s.account_id = f.account_id and s.id = f.object_id
  join billing.priced_plans p on p.price_key = s.price_key
  cross join lateral (
    select sum(billing.returned_cents(m.account_id, m.key))::bigint as cents
    from billing.payments m
    where m.account_id = s.account_id and m.subscription_id = s.id
  ) r
  where f.account_id = get_second_plans.account_id and f.kind = 'second_subscription'
    and (f.state = 'open' or f.state = 'fixed' and f.closed_at > v_now - interval '336 hours');
end $$;
revoke execute on function billing.get_second_plans(uuid) from public;
grant execute on function billing.get_second_plans(uuid) to authenticated, service_role;

create function public.get_notices(account_id uuid default auth.uid())
returns table (
  key text, kind text, subject text, at timestamptz, ends_at timestamptz, amount_cents bigint,
  currency text, credits bigint, url text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := billing.touch(account_id);
begin
  return query
  select n.* from (
    select concat_ws(':', case when p.needs_action then 'sca'
      when p.status = 'pending' and p.attempts > 0 then 'debit' else 'dunning' end, p.key,
      p.attempts),
      case when p.needs_action then 'confirm_payment' when p.status = 'failed' then 'payment_failed'
        when p.attempts > 0 then 'payment_processing' else 'payment_due' end,
      p.description, coalesce(p.finalized_at, p.created_at), p.next_attempt_at, p.amount_cents,
      p.currency, null::bigint, p.hosted_invoice_url
    from billing.payments p
    join billing.subscriptions s on s.account_id = p.account_id and s.id = p.subscription_id
    where p.account_id = get_notices.account_id and p.status in ('pending', 'failed')
      and p.finalized_at is not null and s.ended_at is null
    union all
    select concat_ws(':', 'suspension', s.subscription_id, extract(epoch from s.starts_at)::bigint),
      case when s.reason = 'paused' then 'paused' when s.is_in_force then 'suspended'
        else 'suspends' end,
      null, s.starts_at, case when s.is_in_force then null else s.starts_at end, null, null,
      (select coalesce(sum(o.credits_remaining + o.frozen_credits), 0)::bigint
       from billing.open_buckets o
       join billing.buckets b on b.account_id = o.account_id and b.id = o.id
       where b.account_id = s.account_id and b.subscription_id = s.subscription_id
         and b.kind = 'subscription'),
      null
    from billing.suspensions s where s.account_id = get_notices.account_id
    union all
    select concat_ws(':', 'trial_end', t.id, extract(epoch from t.ends_at)::bigint, d.days),
      case d.days when 0 then 'trial_ended' else 'trial_ending' end, t.plan_name,
      t.ends_at - make_interval(hours => 24 * d.days), t.ends_at, null, null, null, null
    from billing.get_trials(account_id) t
    -- One notice, which becomes another when the next of these days has come.
    cross join lateral (
      select min(x) as days from unnest(array[0, 1, 3, 7]) x
      where t.ends_at <= v_now + make_interval(hours => 24 * x)
    ) d
    where t.ends_at > v_now - interval '168 hours' and d.days is not null
    union all
    select 'dispute:' || d.id, 'disputed', p.description, d.created_at, d.evidence_due_at,
      d.amount_cents, d.currency, null, null
    from billing.disputes d
    join billing.payments p on p.account_id = d.account_id and p.key = d.payment_key
    where d.account_id = get_notices.account_id and billing.is_disputed(d.status)
    union all
    select 'debt:' || c.key, 'debt', p.description, c.created_at, null, c.refunded_cents,
      p.currency, c.owed_credits::bigint, null
    from billing.clawbacks c
    left join billing.payments p on p.account_id = c.account_id and p.key = c.payment_key
    where c.account_id = get_notices.account_id and c.state = 'taken' and c.owed_credits > 0
    union all
    select t.*, null from billing.get_topup_notices(get_notices.account_id) t
    union all
    select s.*, null, null from billing.get_second_plans(get_notices.account_id) s
  ) n (key, kind, subject, at, ends_at, amount_cents, currency, credits, url)
  order by n.at desc, n.key;
end $$;
revoke execute on function public.get_notices(uuid) from public, anon, authenticated;
grant execute on function public.get_notices(uuid) to authenticated, service_role;
comment on function public.get_notices(uuid) is
  'What an account should know or do now, newest first. kind: payment_due (an invoice is open),
payment_failed (ends_at: the next attempt, null after the last), payment_processing (the bank is
asked, for days perhaps: nothing to do), confirm_payment (the bank wants it confirmed; url leads
there, as it does to pay the others), suspends (at ends_at the plan''s credits are frozen),
suspended, paused (credits: how many these are), trial_ending (a trial of the plan in subject ends
at ends_at; its key changes 7, 3 and 1 days before), trial_ended (it did, and led to no plan; for 7
days), disputed, debt (credits that a refund claims), topup_failed (an automatic top-up, tried again
at ends_at), topup_off (it failed three times), confirm_topup (the bank asks, until ends_at),
second_plan (it was bought beside another, and is to be ended and given back), second_plan_ended (it
was; for 14 days). Amounts in minor units. For members, and the service role. Raises LCACC. Source:
requirement 000 (dunning), STRIPE 2.3.';
