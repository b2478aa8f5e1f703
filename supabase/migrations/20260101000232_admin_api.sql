-- The owner's verbs as the Data API calls them; the rules are in the definers of the same names.

create function public.adjust_credits(
  account_id uuid, credits bigint, key text, reason text, expires_at timestamptz default null
)
returns table (success boolean, balance_after bigint, duplicate boolean, shortfall bigint)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select * from billing.adjust_credits(account_id, credits, key, reason, expires_at);
end $$;
revoke execute on function public.adjust_credits(uuid, bigint, text, text, timestamptz)
  from public, anon, authenticated;
grant execute on function public.adjust_credits(uuid, bigint, text, text, timestamptz)
  to authenticated, service_role;
comment on function public.adjust_credits(uuid, bigint, text, text, timestamptz) is
  'Gives (above zero: promotional, until expires_at or for ever) or takes (below zero: in burn
order, all or nothing) credits, once per key. Too few are success = false with the shortfall.
Audited with the reason. Raises LCOWN, LCAMT (zero), LCKEY, LCACC (erased). For owners, and the
service role. Source: requirement 002, 9 (admin controls).';

create function public.extend_expiry(
  account_id uuid, credit_id bigint, expires_at timestamptz, reason text
)
returns table (expired_before timestamptz)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.extend_expiry(account_id, credit_id, expires_at, reason);
end $$;
revoke execute on function public.extend_expiry(uuid, bigint, timestamptz, text)
  from public, anon, authenticated;
grant execute on function public.extend_expiry(uuid, bigint, timestamptz, text)
  to authenticated, service_role;
comment on function public.extend_expiry(uuid, bigint, timestamptz, text) is
  'Moves the expiry of a live grant forward; answers when it would have expired. One that is over is
answered by adjust_credits. Audited. Raises LCOWN, LCGRT, LCACC (erased). For owners, and the
service role. Source: requirement 002, 2 (extensions), DESIGN 5.';

create function public.freeze_credits(
  account_id uuid, reason text, credit_id bigint default null, until timestamptz default null
)
returns table (frozen_credits bigint)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.freeze_credits(account_id, reason, credit_id, until);
end $$;
revoke execute on function public.freeze_credits(uuid, text, bigint, timestamptz)
  from public, anon, authenticated;
grant execute on function public.freeze_credits(uuid, text, bigint, timestamptz)
  to authenticated, service_role;
comment on function public.freeze_credits(uuid, text, bigint, timestamptz) is
  'Makes a grant, or all an account has and gets (no credit_id), unspendable until an instant (null:
until unfrozen). Expiry runs on; no entry is written. Answers what is frozen in all. Audited. Raises
LCOWN, LCGRT, LCACC (erased). For owners, and the service role. Source: DESIGN 6.';

create function public.unfreeze_credits(
  account_id uuid, reason text, credit_id bigint default null
)
returns table (frozen_credits bigint)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.unfreeze_credits(account_id, reason, credit_id);
end $$;
revoke execute on function public.unfreeze_credits(uuid, text, bigint)
  from public, anon, authenticated;
grant execute on function public.unfreeze_credits(uuid, text, bigint)
  to authenticated, service_role;
comment on function public.unfreeze_credits(uuid, text, bigint) is
  'Ends a freeze of a grant, or of the account (no credit_id); what a dispute froze stays. Answers
what is still frozen. Audited. Raises LCOWN, LCACC (erased). For owners, and the service role.
Source: DESIGN 6.';

create function public.void_grant(account_id uuid, credit_id bigint, reason text)
returns table (voided bigint, balance_after bigint, duplicate boolean)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.void_grant(account_id, credit_id, reason);
end $$;
revoke execute on function public.void_grant(uuid, bigint, text)
  from public, anon, authenticated;
grant execute on function public.void_grant(uuid, bigint, text)
  to authenticated, service_role;
comment on function public.void_grant(uuid, bigint, text) is
  'Takes what is left of a live grant, and whatever comes back to it; one that has not started never
does. What was spent stays spent. Answers what was voided of it in all; again with duplicate = true.
Audited. Raises LCOWN, LCGRT, LCACC (erased). For owners, and the
service role. Source: DESIGN 5.';
