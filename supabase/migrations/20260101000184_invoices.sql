-- A subscription's invoices: each paid line grants its credits, by its own key.

create function billing.title(plan billing.plans)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return plan.name || case when not plan.is_add_on then ' plan' else '' end;
end $$;
revoke execute on function billing.title(billing.plans) from public;

create function billing.describe_lines(lines jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return coalesce((
    select string_agg(t.title, ', ' order by t.is_add_on, t.cents desc, t.title)
    from (
      select billing.title(p) || case when r.billing_interval = 'year' and not p.is_add_on
          then ', yearly' else '' end as title,
        p.is_add_on, max((l ->> 'amount')::bigint) as cents
      from jsonb_array_elements(lines) l
      join billing.prices r on r.key = l ->> 'price'
      join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
      where (l ->> 'amount')::bigint > 0
        or not jsonb_path_exists(lines, '$[*] ? (@.amount > 0)')
      group by 1, 2
    ) t), 'Subscription');
end $$;
revoke execute on function billing.describe_lines(jsonb) from public;
comment on function billing.describe_lines(jsonb) is
  'What an invoice is for: the plan and the add-ons that it charges for, not what it gives back.';

create function billing.payment_of_invoice(account_id uuid, key text, ticket bigint, facts jsonb)
returns billing.payments
language plpgsql stable
set search_path = ''
as $$
declare
  v_payment billing.payments;
begin
  v_payment.account_id := account_id;
  v_payment.key := key;
  v_payment.kind := 'subscription';
  v_payment.status := (case
    when facts ->> 'status' in ('paid', 'void') then facts ->> 'status'
    when facts ->> 'status' = 'uncollectible' then 'failed'
    when facts ->> 'payment_intent_status' = 'processing' then 'pending'
    when (facts ->> 'attempt_count')::integer > 0 then 'failed'
    else 'pending' end)::billing.payment_status;
  v_payment.description := billing.describe_lines(facts -> 'lines');
  v_payment.amount_cents := (facts ->> 'total')::bigint;
  v_payment.currency := facts ->> 'currency';
  v_payment.created_at := (facts ->> 'created')::timestamptz;
  v_payment.paid_at := (facts ->> 'paid_at')::timestamptz;
  v_payment.subscription_id := facts ->> 'subscription';
  v_payment.payment_intent := facts ->> 'payment_intent';
  v_payment.invoice_number := facts ->> 'number';
  v_payment.hosted_invoice_url := facts ->> 'hosted_invoice_url';
  v_payment.invoice_pdf_url := facts ->> 'invoice_pdf';
  v_payment.finalized_at := (facts ->> 'finalized_at')::timestamptz;
  v_payment.attempts := (facts ->> 'attempt_count')::integer;
  v_payment.needs_action := facts ->> 'payment_intent_status' = 'requires_action';
  v_payment.next_attempt_at := (facts ->> 'next_payment_attempt')::timestamptz;
  v_payment.overpaid_cents := (facts ->> 'amount_overpaid')::bigint;
  v_payment.ticket := ticket;
  return v_payment;
end $$;
revoke execute on function billing.payment_of_invoice(uuid, text, bigint, jsonb) from public;

create function billing.plan_expiry(
  plan billing.plans, starts_at timestamptz, ends_at timestamptz, is_last boolean
)
returns timestamptz
language plpgsql immutable
set search_path = ''
as $$
begin
  return case
    when plan.expiry = 'duration' then billing.later(starts_at, plan.expires_after)
    when plan.expiry = 'period_end' and is_last then billing.later(ends_at, plan.renewal_grace)
    when plan.expiry = 'period_end' then ends_at
  end;
end $$;
revoke execute on function billing.plan_expiry(billing.plans, timestamptz, timestamptz, boolean)
  from public;
comment on function billing.plan_expiry(billing.plans, timestamptz, timestamptz, boolean) is
  'When a month''s credits expire: the last month of a paid period outlives it by the grace, the
others end when the next starts.';

create function billing.grant_invoice_line(
  account_id uuid, payment_key text, facts jsonb, line jsonb
)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_plan billing.plans;
  v_month record;
begin
  select p.* into strict v_plan
  from billing.prices r
  join billing.plans p on p.key = r.plan_key and p.version = r.plan_version
  where r.key = line ->> 'price';
  for v_month in select g.* from billing.line_grants(facts, line) g
  loop
    continue when v_month.credits = 0;
    perform billing.grant_credits(
      account_id, 'subscription', v_month.credits,
      concat_ws(':', payment_key, line ->> 'id', case when v_month.months > 1 then v_month.nth end),
      expires_at => billing.plan_expiry(v_plan, v_month.starts_at, v_month.ends_at,
        v_month.nth = v_month.months - 1),
      starts_at => v_month.starts_at, period_ends_at => v_month.ends_at,
      description => billing.title(v_plan)
        || case when v_plan.is_add_on then '' else ' credits' end,
      subscription_id => facts ->> 'subscription',
      payment_key => grant_invoice_line.payment_key, paid_cents => v_month.cents,
      paid_currency => facts ->> 'currency',
      rollover_cap => billing.rollover_cap(v_plan, v_month.credits),
      rollover_periods => v_plan.rollover_periods,
      metadata => jsonb_build_object('price', line ->> 'price')
    );
  end loop;
end $$;
revoke execute on function billing.grant_invoice_line(uuid, text, jsonb, jsonb) from public;
comment on function billing.grant_invoice_line(uuid, text, jsonb, jsonb) is
  'One grant for each month that a paid line covers: of a yearly one twelve, written at once, each
starting when the one before ends; what was paid is split among them to the cent.';

create function billing.problem_with_line(facts jsonb, line jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_price billing.prices;
  v_amount bigint := (line ->> 'amount')::bigint;
  v_quantity bigint := (line ->> 'quantity')::bigint;
  v_worth numeric;
begin
  select r.* into v_price from billing.prices r where r.key = line ->> 'price';
  if v_price.key is null then
    return format('price %s is unknown', coalesce(line ->> 'price', 'without a key'));
  elsif num_nulls(v_amount, v_quantity, line ->> 'period_start', line ->> 'period_end') > 0 then
    return format('line %s has no amount, quantity or period', line ->> 'id');
  end if;
  -- Stripe rounds each unit to a cent; it gives back what was paid, which a discount has made less,
  -- and a discount is in what a part of a period costs, but not in what a whole one does.
  v_worth := billing.line_share(line, v_price.price_cents * v_quantity)
    * case when (line ->> 'proration')::boolean then sign(v_amount) else 1 end;
  if facts ->> 'currency' is distinct from v_price.currency
    or v_amount < v_worth - v_quantity
      and not (v_amount > 0 and coalesce((facts ->> 'is_discounted')::boolean, false))
    or v_amount > 0 and v_amount > v_worth + v_quantity
    or v_amount <> v_worth and not (line ->> 'proration')::boolean
  then
    return format('%s %s is not the price of %s x %s', v_amount, facts ->> 'currency', v_quantity,
      v_price.key);
  end if;
  return null;
end $$;
revoke execute on function billing.problem_with_line(jsonb, jsonb) from public;

create function billing.problem_with_invoice(facts jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if (facts ->> 'total')::bigint < 0 then
    return format('the total of %s %s is below zero', facts ->> 'total', facts ->> 'currency');
  elsif (facts ->> 'total')::bigint > 0 and jsonb_array_length(facts -> 'lines') = 0 then
    return format('%s %s are paid for no line', facts ->> 'total', facts ->> 'currency');
  end if;
  return (
    select p.problem
    from jsonb_array_elements(facts -> 'lines') l
    cross join lateral (select billing.problem_with_line(facts, l) as problem) p
    where (l ->> 'amount')::bigint is distinct from 0 and p.problem is not null
    order by l ->> 'id'
    limit 1
  );
end $$;
revoke execute on function billing.problem_with_invoice(jsonb) from public;

create function billing.write_invoice(account_id uuid, ticket bigint, facts jsonb)
returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key text := billing.payment_key_of('invoice', facts ->> 'id');
begin
  if billing.is_paid('invoice', facts) then
    perform billing.grant_invoice_line(account_id, v_key, facts, l)
    from jsonb_array_elements(facts -> 'lines') l where (l ->> 'amount')::bigint > 0;
  end if;
  if not billing.write_payment(billing.payment_of_invoice(account_id, v_key, ticket, facts)) then
    return false;
  end if;
  perform billing.set_standing(account_id, facts ->> 'subscription');
  return true;
end $$;
revoke execute on function billing.write_invoice(uuid, bigint, jsonb) from public;
