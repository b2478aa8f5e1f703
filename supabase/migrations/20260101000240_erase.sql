-- A person goes, the books stay for the legal time: without names and words, and never touched
-- again.

create function billing.forget_words(account_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.credit_transactions e set description = null, params = null
  where e.account_id = forget_words.account_id
    and num_nonnulls(e.description, e.params) > 0;
  update billing.buckets b set description = null, metadata = null
  where b.account_id = forget_words.account_id
    and num_nonnulls(b.description, b.metadata) > 0;
  perform billing.forget_usage(account_id);
  perform billing.roll_up(account_id);  -- so that no job has anything left to count
  update billing.audit_log l set reason = ''
  where l.account_id = forget_words.account_id and l.reason <> '';
  perform billing.forget_contact(account_id);
  delete from billing.payment_methods m where m.account_id = forget_words.account_id;
  delete from billing.auto_topups s where s.account_id = forget_words.account_id;
  update billing.topups t
  set payment_method = null, fingerprint_sha256 = null, take_up_at = null,
      state = case when billing.is_under_way(t.state) then 'dropped' else t.state end
  where t.account_id = forget_words.account_id;
  update billing.payments p set hosted_invoice_url = null, invoice_pdf_url = null
  where p.account_id = forget_words.account_id;
end $$;
revoke execute on function billing.forget_words(uuid) from public;

-- An event that somebody is at waits for the account, and forgets by itself when it is erased.
create function billing.forget_facts(account_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update billing.stripe_events e set facts = billing.impersonal(e.facts)
  where e.id in (
    select w.id from billing.stripe_events w
    where w.facts ->> 'account_id' = forget_facts.account_id::text
      or w.facts ->> 'customer' in (
        select c.id from billing.customers c where c.account_id = forget_facts.account_id)
    for update skip locked);
end $$;
revoke execute on function billing.forget_facts(uuid) from public;

create function public.erase_account(account_id uuid, reason text)
returns table (erased_at timestamptz, duplicate boolean)
language plpgsql volatile
security definer  -- the service role has no write grant on the books
set search_path = ''
as $$
declare
  v_now timestamptz;
begin
  perform billing.check_caller(account_id);
  perform billing.check_owner(reason);
  perform from billing.customers c where c.account_id = erase_account.account_id
  order by c.id for no key update;  -- before the account, as an event does
  perform billing.open_account(account_id);  -- so that late events find who was erased
  select a.erased_at into erased_at from billing.accounts a
  where a.id = erase_account.account_id for no key update;
  duplicate := erased_at is not null;
  if not duplicate then
    v_now := billing.settle(account_id);
    if billing.has_open_subscription(account_id) then
      raise exception 'a plan is active' using errcode = 'LCSUB',
        detail = format('account %s', account_id),
        hint = 'cancel the subscription and delete the customer at Stripe first';
    end if;
    perform billing.end_hold(account_id, h.number, 'released', v_now, null)
    from (
      select o.number from billing.holds o
      where o.account_id = erase_account.account_id and o.state = 'open' order by o.number
    ) h;
    update billing.accounts a set frozen_until = 'infinity' where a.id = erase_account.account_id;
    perform billing.take_in_hand(account_id, v_now);
    update billing.accounts a
    set erased_at = v_now, next_due_at = 'infinity', next_claim_at = 'infinity'
    where a.id = erase_account.account_id;
    delete from billing.trials t where t.account_id = erase_account.account_id;
    perform billing.forget_words(account_id);
    perform billing.forget_facts(account_id);
    update billing.customers c
    set deleted_at = coalesce(c.deleted_at, v_now), is_in_force = false
    where c.account_id = erase_account.account_id;
    perform billing.audit('account.erase', account_id, reason);
    erased_at := v_now;
  end if;
  return next;
end $$;
revoke execute on function public.erase_account(uuid, text) from public, anon, authenticated;
grant execute on function public.erase_account(uuid, text) to service_role;
comment on function public.erase_account(uuid, text) is
  'Erases the words of an account (descriptions, params, metadata, audit reasons, invoice links),
its payment methods, how it tops up and what it wrote in the contact form, from the inbox too, and
closes it: afterwards nothing is claimed, granted or spent, by nobody, and events about it are
ignored. Entries, buckets and payments stay. Again: duplicate. Raises LCSUB (a plan is active),
LCOWN (no reason), LCACC. For the service role. Source: requirement 002, 10 (GDPR), DESIGN 8.';
