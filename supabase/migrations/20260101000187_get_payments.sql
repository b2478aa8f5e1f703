-- What pages show of payments.

create function billing.get_payments(account_id uuid, before_key text, page_size integer)
returns table (
  key text, kind text, created_at timestamptz, paid_at timestamptz, description text,
  amount_cents bigint, currency text, status text, invoice_number text, hosted_invoice_url text,
  invoice_pdf_url text, credits_granted bigint, refunded_cents bigint, is_due boolean
)
language plpgsql volatile
security definer  -- membership is checked once, and not for each row of each table
set search_path = ''
as $$
begin
  perform billing.touch(account_id);
  return query
  with page as materialized (
    select p.* from billing.payments p
    where p.account_id = get_payments.account_id and (
      before_key is null or (p.created_at, p.key) < (
        select b.created_at, b.key from billing.payments b
        where b.account_id = get_payments.account_id and b.key = before_key))
    order by p.created_at desc, p.key desc
    limit least(greatest(coalesce(page_size, 50), 1), 200)
  )
  -- Of the functions of a single payment only what they read: called for each row, they would be
  -- most of the work.
  select p.key, p.kind::text, p.created_at, p.paid_at, p.description, p.amount_cents, p.currency,
    case
      when p.status <> 'paid' then p.status::text
      when exists (
        select from billing.disputes d
        where d.account_id = p.account_id and d.payment_key = p.key
          and billing.is_disputed(d.status)) then 'disputed'
      when r.cents >= p.amount_cents and r.cents > 0 then 'refunded'
      when r.cents > 0 then 'partially_refunded'
      else 'paid'
    end,
    p.invoice_number, p.hosted_invoice_url, p.invoice_pdf_url, g.credits, r.cents,
    p.finalized_at is not null and (p.status = 'failed' or p.status = 'pending'
      and (p.attempts = 0 or coalesce(p.needs_action, false)))
  from page p
  cross join lateral (
    select coalesce(sum(m.amount_cents), 0)::bigint as cents from billing.returned_money m
    where m.account_id = p.account_id and m.payment_key = p.key
  ) r
  cross join lateral (
    select coalesce(sum(b.granted_credits), 0)::bigint as credits from billing.buckets b
    where b.account_id = p.account_id and b.payment_key = p.key and b.key is not null
  ) g
  order by p.created_at desc, p.key desc;
end $$;
revoke execute on function billing.get_payments(uuid, text, integer) from public;
grant execute on function billing.get_payments(uuid, text, integer) to authenticated, service_role;

create function public.get_payments(
  account_id uuid default auth.uid(), before_key text default null, page_size integer default 50
)
returns table (
  key text, kind text, created_at timestamptz, paid_at timestamptz, description text,
  amount_cents bigint, currency text, status text, invoice_number text, hosted_invoice_url text,
  invoice_pdf_url text, credits_granted bigint, refunded_cents bigint, is_due boolean
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.get_payments(account_id, before_key, page_size);
end $$;
revoke execute on function public.get_payments(uuid, text, integer)
  from public, anon, authenticated;
grant execute on function public.get_payments(uuid, text, integer)
  to authenticated, service_role;
comment on function public.get_payments(uuid, text, integer) is
  'Payments of an account, newest first, a page of page_size (1 to 200): amounts in minor units, the
status (pending, paid, failed, expired, void; of a paid one disputed, refunded or
partially_refunded), what went back, links to the invoice, and the credits each has granted. is_due:
its invoice waits for the account to pay it, and no bank is being asked. The next page is asked with
the last key as before_key. For members, and the service role. Raises LCACC. Source: requirement
004, 4A.';
