-- How a member agrees to top up automatically, and sees what came of it.

create function billing.check_topup(
  account_id uuid, pack billing.packs, threshold_credits bigint, monthly_cap_cents bigint,
  payment_method text
)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if pack.key is null then
    raise exception 'this pack is not sold' using errcode = 'LCPAK',
      hint = 'get_packs lists what is on sale';
  end if;
  perform billing.check_offer(
    account_id, pack.lookup_key, pack.currency, pack.requires_active_subscription);
  if (threshold_credits between 1 and 1000000) is not true then
    raise exception 'a threshold is between 1 and 1000000 credits' using errcode = 'LCAMT',
      detail = format('%s credits', coalesce(threshold_credits::text, 'no')),
      hint = 'say below how many credits the pack is bought';
  elsif (monthly_cap_cents >= pack.price_cents) is not true then
    raise exception 'a month''s limit pays for one pack at least' using errcode = 'LCCAP',
      detail = format('%s for %s at %s %s', coalesce(monthly_cap_cents::text, 'nothing'),
        pack.lookup_key, pack.price_cents, pack.currency),
      hint = 'raise the limit, or choose a smaller pack';
  elsif (billing.payment_method_of(account_id, payment_method)).id is null then
    raise exception 'there is no saved payment method to charge' using errcode = 'LCPAY',
      detail = format('method %s', coalesce(payment_method, 'by default')),
      hint = 'save a card in the billing portal, or name one of get_payment_methods';
  end if;
end $$;
revoke execute on function billing.check_topup(uuid, billing.packs, bigint, bigint, text)
  from public;

-- Whoever has been switched off, by hand, by failures or by a refund, begins anew.
create function billing.set_auto_topup(
  is_enabled boolean, threshold_credits bigint, lookup_key text, monthly_cap_cents bigint,
  payment_method text, account_id uuid
)
returns table (changed boolean)
language plpgsql volatile
security definer  -- clients have no write grant
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_old billing.auto_topups;
  v_new billing.auto_topups;
  v_pack billing.packs;
begin
  perform billing.check_caller(account_id);
  perform billing.check_alive(account_id);
  v_now := billing.enter(account_id);
  select s.* into v_old from billing.auto_topups s where s.account_id = set_auto_topup.account_id;
  if is_enabled is not true then
    update billing.auto_topups s set is_enabled = false
    where s.account_id = set_auto_topup.account_id and s.is_enabled;
    return query select found;
    return;
  end if;
  select p.* into v_pack from billing.packs p
  where p.lookup_key = set_auto_topup.lookup_key and p.is_sold;
  perform billing.check_topup(
    account_id, v_pack, threshold_credits, monthly_cap_cents, payment_method);
  v_new := v_old;
  v_new.account_id := account_id;
  v_new.is_enabled := true;
  v_new.threshold_credits := threshold_credits;
  v_new.pack_key := v_pack.key;
  v_new.monthly_cap_cents := monthly_cap_cents;
  v_new.payment_method := payment_method;
  if v_old.account_id is null then
    v_new.armed_at := '-infinity';
  elsif not v_old.is_enabled
    or (select n.reason from billing.next_topup(account_id, v_now) n)
      in ('declined', 'refunded') then
    v_new.armed_at := v_now;
  end if;
  v_new.look_again_at := case when v_new is distinct from v_old then v_now
    else v_old.look_again_at end;
  insert into billing.auto_topups as s select v_new.*
  on conflict on constraint auto_topups_pkey do update
  set is_enabled = true, threshold_credits = excluded.threshold_credits,
      pack_key = excluded.pack_key, monthly_cap_cents = excluded.monthly_cap_cents,
      payment_method = excluded.payment_method, armed_at = excluded.armed_at,
      look_again_at = excluded.look_again_at;
  return query select v_new is distinct from v_old;
end $$;
revoke execute on function billing.set_auto_topup(boolean, bigint, text, bigint, text, uuid)
  from public;
grant execute on function billing.set_auto_topup(boolean, bigint, text, bigint, text, uuid)
  to authenticated, service_role;

create function public.set_auto_topup(
  is_enabled boolean, threshold_credits bigint default null, lookup_key text default null,
  monthly_cap_cents bigint default null, payment_method text default null,
  account_id uuid default auth.uid()
)
returns table (changed boolean)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.set_auto_topup(
    is_enabled, threshold_credits, lookup_key, monthly_cap_cents, payment_method, account_id);
end $$;
revoke execute on function public.set_auto_topup(boolean, bigint, text, bigint, text, uuid)
  from public, anon, authenticated;
grant execute on function public.set_auto_topup(boolean, bigint, text, bigint, text, uuid)
  to authenticated, service_role;
comment on function public.set_auto_topup(boolean, bigint, text, bigint, text, uuid) is
  'Agrees that below threshold_credits (1 to 1000000) the pack of this lookup key is bought, with
the payment method (null: the default one), as long as a calendar month of UTC costs at most
monthly_cap_cents, in minor units of the pack''s currency; or switches that off, which keeps the
rest for the next time. After failures or a refund it begins anew. The same again changes nothing.
Raises LCPAK (the pack is not sold), LCCUR (the account pays in another currency), LCPLN (it needs a
plan), LCAMT (the threshold), LCCAP (the limit does not pay for one pack), LCPAY (nothing saved to
charge), LCACC. For members, and the service role. Source: requirement 002, 8.';

create function billing.get_auto_topup(account_id uuid)
returns table (
  is_enabled boolean, threshold_credits bigint, lookup_key text, pack_name text,
  pack_credits bigint, price_cents bigint, currency text, monthly_cap_cents bigint,
  payment_method text, spent_cents bigint, reason text, retry_at timestamptz
)
language plpgsql volatile
security definer  -- reads packs that are no longer sold, and failures of the same card elsewhere
set search_path = ''
as $$
declare
  v_now timestamptz;
begin
  v_now := billing.touch(account_id);
  return query
  select coalesce(s.is_enabled, false), s.threshold_credits, p.lookup_key, p.name, p.credits,
    p.price_cents, p.currency, s.monthly_cap_cents, s.payment_method,
    billing.topped_up_cents(get_auto_topup.account_id, p.currency, v_now), n.reason,
    nullif(n.retry_at, 'infinity')
  from billing.next_topup(get_auto_topup.account_id, v_now) n
  left join billing.auto_topups s on s.account_id = get_auto_topup.account_id
  left join billing.packs p on p.key = s.pack_key;
end $$;
revoke execute on function billing.get_auto_topup(uuid) from public;
grant execute on function billing.get_auto_topup(uuid) to authenticated, service_role;

create function public.get_auto_topup(account_id uuid default auth.uid())
returns table (
  is_enabled boolean, threshold_credits bigint, lookup_key text, pack_name text,
  pack_credits bigint, price_cents bigint, currency text, monthly_cap_cents bigint,
  payment_method text, spent_cents bigint, reason text, retry_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.get_auto_topup(account_id);
end $$;
revoke execute on function public.get_auto_topup(uuid) from public, anon, authenticated;
grant execute on function public.get_auto_topup(uuid) to authenticated, service_role;
comment on function public.get_auto_topup(uuid) is
  'How an account tops up: always one row. spent_cents is what this calendar month of UTC has
cost, with what is under way. reason says why nothing is bought, however low the balance:
switched_off, needs_action (the holder of the card is asked by the bank), in_progress, not_sold
(as it was agreed to, or in another currency), needs_plan, no_method, frozen, disputed, in_debt
(for credits that were refunded once spent), refunded (a top-up was: until switched on again),
waiting (after a failure, until retry_at), declined (three times: until another card, or switched
on again), cap_reached (until retry_at), awaits_purchase (a pack bought by hand is on its way);
null: nothing. For members, and the service role. Raises LCACC. Source: requirement 002, 8.';

create function public.get_topups(account_id uuid default auth.uid(), max_rows integer default 10)
returns table (
  number bigint, state text, amount_cents bigint, currency text, payment_method text,
  payment_intent text, reason text, created_at timestamptz, ended_at timestamptz,
  answer_until timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.touch(account_id);
  return query
  select t.number, t.state::text, t.amount_cents, t.currency, t.payment_method, t.payment_intent,
    t.reason, t.created_at, t.ended_at, case when t.state = 'needs_action' then t.take_up_at end
  from billing.topups t
  where t.account_id = get_topups.account_id
  order by t.number desc
  limit least(greatest(max_rows, 1), 100);
end $$;
revoke execute on function public.get_topups(uuid, integer) from public, anon, authenticated;
grant execute on function public.get_topups(uuid, integer) to authenticated, service_role;
comment on function public.get_topups(uuid, integer) is
  'The last automatic top-ups of an account, newest first, at most max_rows (1 to 100). state:
claimed and sent (under way), needs_action (the bank asks, until answer_until), paid, failed
(reason is Stripe''s code), dropped (no longer wanted, not charged). Amounts in minor units. For
members, and the service role. Raises LCACC. Source: requirement 002, 8.';
