-- One action for each finding: what Stripe says is applied as its event would be, what was granted
-- without a payment is voided. Doing it twice does it once.

create function billing.void_grants(
  account_id uuid, noun billing.stripe_noun, object_id text, reason text
)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform public.void_grant(g.account_id, g.id, reason)
  from billing.grants_of(account_id, noun, object_id) g;
end $$;
revoke execute on function billing.void_grants(uuid, billing.stripe_noun, text, text) from public;

-- Null: it was done; else why it could not be.
create function billing.fix(finding billing.findings, reason text, ticket bigint, facts jsonb)
returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_facts jsonb := billing.with_customer(facts, finding.account_id);
  v_problem text;
begin
  if finding.kind = 'event_not_delivered' then
    return case when not exists (select from billing.stripe_events e where e.id = finding.object_id)
      then 'the event has still not come' end;
  elsif finding.kind = 'credited_not_paid' then
    perform billing.void_grants(finding.account_id, finding.noun, finding.object_id, reason);
  elsif finding.kind = 'second_subscription' and billing.is_open(facts ->> 'status') then
    return 'it still runs at Stripe';
  elsif v_facts is null then
    return 'Stripe does not have it: decide by hand what is right';
  else
    select r.problem into v_problem
    from billing.rehearse(finding.noun, finding.object_id, ticket, v_facts) r;
    if v_problem is null then
      select case when a.outcome in ('parked', 'ignored') then a.reason end into v_problem
      from billing.apply(finding.noun, format('reconcile:%s:%s', finding.id, ticket),
        'reconcile.' || finding.noun, billing.now(), null, '', ticket, v_facts) a;
    end if;
    return v_problem;
  end if;
  return null;
end $$;
revoke execute on function billing.fix(billing.findings, text, bigint, jsonb) from public;

create function public.fix_finding(
  finding_id bigint, reason text, ticket bigint default null, facts jsonb default null
)
returns table (state text, problem text)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_finding billing.findings;
begin
  perform billing.check_owner(reason);
  select f.* into v_finding from billing.findings f where f.id = finding_id for update;
  if v_finding.state = 'open' then
    problem := billing.fix(v_finding, reason, ticket, facts);
    if problem is null then
      update billing.findings f set state = 'fixed', closed_at = billing.now()
      where f.id = finding_id;
      perform billing.audit('finding.fix', v_finding.account_id, format('%s %s: %s',
        v_finding.kind, v_finding.object_id, reason));
    end if;
  end if;
  return query select f.state::text, fix_finding.problem from billing.findings f
  where f.id = finding_id;
end $$;
revoke execute on function public.fix_finding(bigint, text, bigint, jsonb)
  from public, anon, authenticated;
grant execute on function public.fix_finding(bigint, text, bigint, jsonb) to service_role;
comment on function public.fix_finding(bigint, text, bigint, jsonb) is
  'Fixes what a finding says, with the owner''s reason: applies the facts as they were just read
under the ticket, voids credits that nobody paid for, or takes note that a lost event was delivered.
Answers the state the finding then has (fixed, or gone) and, where it stays open, why; no row: there
is no such finding. Again it does nothing. Audited. Raises LCOWN (no reason). For the service role.
Source: STRIPE 4, case 85.';
