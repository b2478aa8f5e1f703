-- Compares what Stripe says of an object with what stands here. Nothing about an object is written
-- twice for that: it is applied as its event would be, the rows are compared, and all is undone.

-- Rows that an object may change, by what they are. Columns that change without a difference are
-- left out: tickets count readings, links are made anew, when Stripe tries next no event may tell.
create function billing.rows_of(account_id uuid, noun billing.stripe_noun, object_id text)
returns table (name text, state jsonb)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select r.name,
    r.row - array['ticket', 'hosted_invoice_url', 'invoice_pdf_url', 'next_attempt_at']
  from (
    select 'customer ' || c.id, to_jsonb(c) from billing.customers c
    where c.account_id = rows_of.account_id
    union all
    select 'subscription ' || s.id, to_jsonb(s) from billing.subscriptions s
    where s.account_id = rows_of.account_id
    union all
    select 'add-on ' || a.item_id, to_jsonb(a) from billing.subscription_add_ons a
    where a.account_id = rows_of.account_id
    union all
    select format('%s later in %s', w.price_key, w.subscription_id), to_jsonb(w)
    from billing.scheduled_items w where w.account_id = rows_of.account_id
    union all
    select 'payment method ' || m.id, to_jsonb(m) from billing.payment_methods m
    where m.account_id = rows_of.account_id
    union all
    select 'payment ' || p.key, to_jsonb(p) from billing.payments p
    where p.account_id = rows_of.account_id
    union all
    select 'refund ' || f.id, to_jsonb(f) from billing.refunds f
    where f.account_id = rows_of.account_id
    union all
    select 'top-up ' || t.number, to_jsonb(t) - array['take_up_at', 'takes', 'is_wanted']
    from billing.topups t
    where t.account_id = rows_of.account_id
    union all
    select 'dispute ' || d.id, to_jsonb(d) from billing.disputes d
    where d.account_id = rows_of.account_id
    union all
    select 'claim ' || c.key, to_jsonb(c) from billing.clawbacks c
    where c.account_id = rows_of.account_id
    union all
    select 'suspension of ' || s.subscription_id, to_jsonb(s) from billing.suspensions s
    where s.account_id = rows_of.account_id
    union all
    select 'credits ' || coalesce(b.key, b.id::text), to_jsonb(b) from billing.buckets b
    where b.account_id = rows_of.account_id and b.payment_key is not null
    union all
    select 'trial credits', to_jsonb(b) from billing.buckets b
    where b.account_id = rows_of.account_id and b.key = billing.trial_key(rows_of.account_id)
    union all
    select 'price ' || p.id, to_jsonb(p) from billing.provider_prices p
    where noun = 'price' and p.id = object_id
    union all
    select 'product ' || p.id, to_jsonb(p) from billing.provider_products p
    where noun = 'product' and p.id = object_id
  ) r (name, row);
end $$;
revoke execute on function billing.rows_of(uuid, billing.stripe_noun, text) from public;

-- Of what somebody pays with only the names of what differs, no digit of it.
create function billing.say_difference(name text, is_now jsonb, should_be jsonb)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return name || case
    when is_now is null then ' is not here'
    when should_be is null then ' should not be here'
    else ': ' || (
      select string_agg(case when name ~ '^payment method' then f.key || ' differs'
        else format('%s is %s, should be %s', f.key, coalesce(is_now ->> f.key, 'none'),
          coalesce(f.value, 'none')) end, ', ' order by f.key)
      from jsonb_each_text(should_be) f where f.value is distinct from is_now ->> f.key)
  end;
end $$;
revoke execute on function billing.say_difference(text, jsonb, jsonb) from public;

create function billing.rehearse(
  noun billing.stripe_noun, object_id text, ticket bigint, facts jsonb, out account_id uuid,
  out problem text, out is_credit boolean, out change text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_is_known boolean := exists (
    select from billing.customers c where c.id = facts ->> 'customer');
  v_before jsonb;
begin
  begin
    select a.account_id, a.reason into account_id, problem from billing.account_for(noun, facts) a;
    problem := coalesce(problem, billing.problem_with(noun, account_id, facts));
    if problem is null then
      select coalesce(jsonb_object_agg(r.name, r.state), '{}') into v_before
      from billing.rows_of(account_id, noun, object_id) r
      where v_is_known or noun <> 'customer';  -- its account has just been looked up, and linked
      if account_id is not null then
        perform billing.open_account(account_id);
      end if;
      perform billing.write_object(noun, account_id, ticket, facts);
      select bool_or(r.name ~ '^credits' and b.value is null),
        string_agg(billing.say_difference(coalesce(r.name, b.key), b.value, r.state), '; '
          order by coalesce(r.name, b.key))
      into is_credit, change
      from billing.rows_of(account_id, noun, object_id) r
      full join jsonb_each(v_before) b on b.key = r.name
      where r.state is distinct from b.value;
    end if;
    raise exception 'a rehearsal leaves nothing behind' using errcode = 'savepoint_exception',
      hint = 'this is caught where it is raised';
  exception
    when savepoint_exception then
      null;
    when sqlstate 'LCKEY' or sqlstate 'LCGRT' or sqlstate 'LCAMT' then
      problem := sqlerrm;
  end;
end $$;
revoke execute on function billing.rehearse(billing.stripe_noun, text, bigint, jsonb) from public;
comment on function billing.rehearse(billing.stripe_noun, text, bigint, jsonb) is
  'What applying an object would change here: nothing, where the books agree with Stripe. Undone
before it returns, locks included.';

-- Of what is still open at Stripe no event has told yet.
create function billing.is_told(noun billing.stripe_noun, facts jsonb)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return case noun
    when 'checkout_session' then facts ->> 'status' <> 'open'
    when 'invoice' then facts ->> 'status' <> 'draft'
    when 'payment_intent' then billing.is_paid('payment_intent', facts)
      or billing.has_failed(facts)
    else true
  end;
end $$;
revoke execute on function billing.is_told(billing.stripe_noun, jsonb) from public;

create function billing.grants_of(account_id uuid, noun billing.stripe_noun, object_id text)
returns setof billing.buckets
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select b.* from billing.buckets b
  where b.account_id = grants_of.account_id
    and b.payment_key = billing.payment_key_of(noun::text, object_id) and b.voided_at is null
    and coalesce(b.expires_at, 'infinity') > (select billing.now());
end $$;
revoke execute on function billing.grants_of(uuid, billing.stripe_noun, text) from public;
comment on function billing.grants_of(uuid, billing.stripe_noun, text) is
  'The credits of a payment that are live, or still to come.';

create function billing.kind_of_difference(noun billing.stripe_noun, is_credit boolean)
returns billing.finding_kind
language plpgsql immutable
set search_path = ''
as $$
begin
  return case
    when is_credit and billing.payment_key_of(noun::text, '') is not null then 'paid_not_credited'
    when billing.payment_key_of(noun::text, '') is not null then 'payment_differs'
    when noun = 'charge' then 'refund_differs'
    when noun = 'product' then 'price_differs'
    else noun || '_differs'
  end::billing.finding_kind;
end $$;
revoke execute on function billing.kind_of_difference(billing.stripe_noun, boolean) from public;

-- What cannot be applied matters where money was paid or went back, a plan runs, or something is on
-- sale; whose customers and cards else there are does not, nor who is erased.
create function billing.is_of_concern(noun billing.stripe_noun, facts jsonb, problem text)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return case
    when problem = 'erased' or noun in ('customer', 'payment_method', 'product') then false
    when noun = 'price' then (facts ->> 'active')::boolean
    when billing.payment_key_of(noun::text, '') is not null then billing.is_paid(noun::text, facts)
    else true
  end;
end $$;
revoke execute on function billing.is_of_concern(billing.stripe_noun, jsonb, text) from public;

-- What was detached names no customer any more: then it is whose it was.
create function billing.with_customer(facts jsonb, account_id uuid)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return facts || coalesce((
    select jsonb_build_object('customer', c.id) from billing.customers c
    where c.account_id = with_customer.account_id and facts ->> 'customer' is null
    order by c.deleted_at desc nulls first
    limit 1), '{}');
end $$;
revoke execute on function billing.with_customer(jsonb, uuid) from public;

create function billing.compare(
  noun billing.stripe_noun, object_id text, account_id uuid, ticket bigint, facts jsonb
)
returns table (kind billing.finding_kind, whose uuid, reason text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_trial record;
  v_account_id uuid := coalesce(account_id, (
    select c.account_id from billing.customers c where c.id = facts ->> 'customer'));
begin
  if not billing.is_paid(noun::text, facts) and exists (
    select from billing.grants_of(v_account_id, noun, object_id)
  ) then
    return query select 'credited_not_paid'::billing.finding_kind, v_account_id,
      format('%s has granted credits, and %s', billing.payment_key_of(noun::text, object_id),
        case when facts is null then 'is not at Stripe' else 'is not paid' end);
  end if;
  if facts is null then
    return query select billing.kind_of_difference(noun, false), v_account_id,
      r.name || ' is not at Stripe'
    from billing.rows_of(v_account_id, noun, object_id) r
    where r.name = coalesce('payment ' || billing.payment_key_of(noun::text, object_id),
      replace(noun::text, '_', ' ') || ' ' || object_id);
    return;
  elsif billing.not_ours(noun, facts) is not null or not billing.is_told(noun, facts) then
    return;
  end if;
  if noun = 'subscription' then
    return query select 'second_subscription'::billing.finding_kind, v_account_id, p.problem
    from (select billing.problem_beside_others(v_account_id, facts) as problem) p
    where p.problem is not null;
  end if;
  select * into v_trial from billing.rehearse(noun, object_id, ticket,
    billing.with_customer(facts, v_account_id));
  if v_trial.problem is not null and billing.is_of_concern(noun, facts, v_trial.problem) then
    return query select billing.kind_of_difference(noun, true), v_trial.account_id, v_trial.problem;
  -- What Stripe has of the catalog is only shown: a row that never came is not missed.
  elsif v_trial.change is not null
    and not (noun in ('price', 'product') and v_trial.change ~ ' is not here$') then
    return query select billing.kind_of_difference(noun, v_trial.is_credit), v_trial.account_id,
      v_trial.change;
  end if;
end $$;
revoke execute on function billing.compare(billing.stripe_noun, text, uuid, bigint, jsonb)
  from public;

create function public.compare_object(
  noun text, object_id text, account_id uuid, ticket bigint, facts jsonb, is_sure boolean
)
returns table (kind text, reason text, finding_id bigint)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_kinds billing.finding_kind[] := array[]::billing.finding_kind[];
  v_found record;
begin
  for v_found in
    select * from billing.compare(noun::billing.stripe_noun, object_id, account_id, ticket, facts)
  loop
    v_kinds := v_kinds || v_found.kind;
    return query select v_found.kind::text, v_found.reason, case when is_sure then
      billing.open_finding(v_found.kind, noun::billing.stripe_noun, object_id, v_found.whose,
        v_found.reason, (facts ->> 'created')::timestamptz) end;
  end loop;
  perform billing.close_findings(object_id, v_kinds, 'gone');
end $$;
revoke execute on function public.compare_object(text, text, uuid, bigint, jsonb, boolean)
  from public, anon, authenticated;
grant execute on function public.compare_object(text, text, uuid, bigint, jsonb, boolean)
  to service_role;
comment on function public.compare_object(text, text, uuid, bigint, jsonb, boolean) is
  'What differs between an object as it was read of Stripe under the ticket (facts, as for
apply_object; null: Stripe has no such object) and the books; no row: nothing. account_id: whose it
is here, or null. Only when is_sure, after a second look, is a finding opened; those that are no
more are closed. Changes nothing else. For the service role. Source: STRIPE 4, case 85.';
