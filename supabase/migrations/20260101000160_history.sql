create function public.get_credit_history(
  account_id uuid default auth.uid(), before_number bigint default null, page_size integer default 50
)
returns table (
  number bigint, created_at timestamptz, kind text, task_id text, description text, credits bigint,
  balance_after bigint, operation text, params jsonb, from_subscription bigint,
  from_promotional bigint, from_permanent bigint
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform billing.touch(account_id);
  return query
  select e.number, e.created_at, e.kind::text, coalesce(h.key, e.key), e.description,
    e.credits + coalesce(h.credits, 0), e.balance_after::bigint, e.operation, e.params,
    e.from_subscription + coalesce(h.from_subscription, 0),
    e.from_promotional + coalesce(h.from_promotional, 0),
    e.from_permanent + coalesce(h.from_permanent, 0)
  from billing.credit_transactions e
  left join billing.credit_transactions h
    on h.account_id = e.account_id and h.number = e.answers and e.kind = 'capture'
  where e.account_id = get_credit_history.account_id
    and e.number < coalesce(before_number, 9223372036854775807)
    and not (e.kind = 'hold' and exists (
      select from billing.credit_transactions c
      where c.account_id = e.account_id and c.answers = e.number and c.kind = 'capture'))
  order by e.number desc
  limit least(greatest(coalesce(page_size, 50), 1), 200);
end $$;
revoke execute on function public.get_credit_history(uuid, bigint, integer)
  from public, anon, authenticated;
grant execute on function public.get_credit_history(uuid, bigint, integer)
  to authenticated, service_role;
comment on function public.get_credit_history(uuid, bigint, integer) is
  'Ledger entries of an account, newest first, a page of page_size (1 to 200): signed credits, the
balance after each, and for an operation its params. A captured hold is one line, its capture: what
was kept of it. The next page is asked with the last number as
before_number. Settles first what is due. For members, and the service role. Raises LCACC. Source:
requirement 004, 3.';
