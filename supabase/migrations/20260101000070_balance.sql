create function public.get_user_credits(account_id uuid default auth.uid())
returns table (
  total bigint, subscription_credits bigint, permanent_credits bigint, promotional_credits bigint,
  held_credits bigint, subscription_expire_at timestamptz, next_expiry_at timestamptz,
  next_expiry_credits bigint, as_of timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  as_of := billing.touch(account_id);
  return query
  select
    coalesce(sum(o.credits_remaining), 0)::bigint,
    coalesce(sum(o.credits_remaining) filter (where o.kind = 'subscription'), 0)::bigint,
    coalesce(sum(o.credits_remaining) filter (where o.kind = 'permanent'), 0)::bigint,
    coalesce(sum(o.credits_remaining) filter (where o.kind = 'promotional'), 0)::bigint,
    (select coalesce(sum(h.held_credits), 0)::bigint from billing.holds h
     where h.account_id = get_user_credits.account_id and h.state = 'open'),
    min(o.shown_end) filter (where o.kind = 'subscription' and o.shown_end > as_of),
    min(o.expires_at),
    coalesce(sum(o.credits_remaining) filter (where o.expires_at = o.first_expiry_at), 0)::bigint,
    as_of
  from (
    select b.kind, b.credits_remaining, b.expires_at,
      coalesce(b.period_ends_at, b.expires_at) as shown_end,
      min(b.expires_at) over () as first_expiry_at
    from billing.open_buckets b
    where b.account_id = get_user_credits.account_id and b.credits_remaining > 0
  ) o;
end $$;
revoke execute on function public.get_user_credits(uuid) from public, anon, authenticated;
grant execute on function public.get_user_credits(uuid) to authenticated, service_role;
comment on function public.get_user_credits(uuid) is
  'What an account has, in credits: total (what can be spent, nothing frozen), its parts by kind,
held_credits (set aside for work under way), the end of the paid period of the subscription credits
that end first (never the grace, null when there are none), the true instant and size of the next
expiry, and as_of, the instant for which this holds. Settles first what is due; in a read-only
transaction it answers what is stored, and as_of says since when that may be stale. For members, and
the service role. Raises LCACC. Source: requirement 004, 2A and 7.';
