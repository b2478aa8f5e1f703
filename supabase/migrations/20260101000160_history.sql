-- The ledger as people read it: what happened, newest first, and the balance at an instant.

-- Numbers have no gaps and dates never run backwards, so an instant is found by halving: some
-- fourteen looks at the primary key for ten thousand entries, and no index by date to keep up.
create function billing.entries_before(account_id uuid, at timestamptz)
returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  v_low bigint := 0;
  v_high bigint := coalesce(
    (select a.entry_count from billing.accounts a where a.id = entries_before.account_id), 0);
  v_middle bigint;
begin
  while v_low < v_high loop
    v_middle := (v_low + v_high + 1) / 2;
    if (select e.created_at < at from billing.credit_transactions e
        where e.account_id = entries_before.account_id and e.number = v_middle) then
      v_low := v_middle;
    else
      v_high := v_middle - 1;
    end if;
  end loop;
  return v_low;
end $$;
revoke execute on function billing.entries_before(uuid, timestamptz) from public;
grant execute on function billing.entries_before(uuid, timestamptz) to authenticated, service_role;
comment on function billing.entries_before(uuid, timestamptz) is
  'How many entries of an account are dated before an instant: the number of the last of them.';

-- The fence makes what an entry answers a look-up of one row: a plan that hashes it would read the
-- account's whole ledger for each page.
create view billing.ledger_lines with (security_invoker = true) as
select
  e.account_id, e.number, e.created_at, e.kind, coalesce(w.key, e.key) as task_id, e.description,
  e.credits + coalesce(w.held, 0) as credits, e.balance_after::bigint as balance_after,
  coalesce(e.operation, w.operation) as operation, coalesce(e.params, w.params) as params,
  coalesce(e.params, w.params) ->> s.name as subject, e.answers, w.kind as answered_kind,
  e.from_subscription + coalesce(w.subscription_held, 0) as from_subscription,
  e.from_promotional + coalesce(w.promotional_held, 0) as from_promotional,
  e.from_permanent + coalesce(w.permanent_held, 0) as from_permanent
from billing.credit_transactions e
left join lateral (
  select t.kind, t.key, t.operation, t.params, t.price_version,
    case when e.kind = 'capture' then t.credits end as held,
    case when e.kind = 'capture' then t.from_subscription end as subscription_held,
    case when e.kind = 'capture' then t.from_promotional end as promotional_held,
    case when e.kind = 'capture' then t.from_permanent end as permanent_held
  from billing.credit_transactions t
  where t.account_id = e.account_id and t.number = e.answers
    and e.kind in ('capture', 'release', 'reversal')
  offset 0
) w on true
left join billing.operation_parameters s on s.operation = coalesce(e.operation, w.operation)
  and s.version = coalesce(e.price_version, w.price_version) and s.is_subject
where e.kind <> 'hold' or (
  select o.state from billing.holds o where o.account_id = e.account_id and o.number = e.number
) <> 'captured';
revoke all on billing.ledger_lines from anon, authenticated, service_role;
grant select on billing.ledger_lines to service_role;
comment on view billing.ledger_lines is
  'The entries of the ledger, a captured hold as one line: its capture, with what was kept of it. A
capture, release or reversal has the task, operation and subject of the work that it answers.';

-- A definer: under row level security each row that a filter passes over would cost a call.
create function billing.get_credit_history(
  account_id uuid, before_number bigint, page_size integer, kinds text[], operations text[],
  subjects text[], since timestamptz, until timestamptz, search text, after_number bigint,
  search_most integer
)
returns table (
  number bigint, created_at timestamptz, kind text, task_id text, description text, credits bigint,
  balance_after bigint, operation text, params jsonb, subject text, answers bigint,
  from_subscription bigint, from_promotional bigint, from_permanent bigint
)
language plpgsql volatile
security definer  -- settles what is due, and reads price lists that clients cannot
set search_path = ''
as $$
declare
  v_left bigint := least(greatest(coalesce(page_size, 50), 1), 1000);
  v_most bigint := greatest(coalesce(search_most, 9223372036854775807), 1);
  v_window bigint := v_left + 50;
  v_kinds billing.entry_kind[] := array(
    select k from unnest(enum_range(null::billing.entry_kind)) k where k::text = any (kinds));
  v_words text := lower(search);
  v_found bigint;
  v_first bigint;
  v_end bigint;
  v_low bigint;
  v_high bigint;
begin
  perform billing.touch(account_id);
  v_first := 1 + greatest(coalesce(after_number, 0), case when since is null then 0
    else billing.entries_before(account_id, since) end);
  v_end := least(before_number, 1 + case
    when until is null then (
      select a.entry_count from billing.accounts a where a.id = get_credit_history.account_id)
    else billing.entries_before(account_id, until) end);
  -- Window by window, so that a filter reads no further than the page needs.
  while v_left > 0 and v_end > v_first and v_most > 0 loop
    v_window := least(v_window, v_most, v_end - v_first);
    v_low := case when after_number is null then v_end - v_window else v_first end;
    v_high := v_low + v_window;
    return query
    select l.number, l.created_at, l.kind::text, l.task_id, l.description, l.credits,
      l.balance_after, l.operation, l.params, l.subject, l.answers, l.from_subscription,
      l.from_promotional, l.from_permanent
    from billing.ledger_lines l
    where l.account_id = get_credit_history.account_id
      and l.number >= v_low and l.number < v_high
      and (kinds is null or l.kind = any (v_kinds))
      and (operations is null or l.operation = any (operations))
      and (subjects is null or l.subject = any (subjects))
      and (v_words is null
        or strpos(lower(concat_ws(E'\n', l.description, l.task_id, l.subject)), v_words) > 0)
    order by case when after_number is null then -l.number else l.number end
    limit v_left;
    get diagnostics v_found = row_count;
    v_left := v_left - v_found;
    v_most := v_most - v_window;
    v_first := case when after_number is null then v_first else v_high end;
    v_end := case when after_number is null then v_low else v_end end;
    v_window := least(2 * v_window, 5000);
  end loop;
  if v_left > 0 and v_end > v_first then
    number := case when after_number is null then v_end else v_first - 1 end;
    return next;
  end if;
end $$;
revoke execute on function billing.get_credit_history(
  uuid, bigint, integer, text[], text[], text[], timestamptz, timestamptz, text, bigint, integer
) from public;
grant execute on function billing.get_credit_history(
  uuid, bigint, integer, text[], text[], text[], timestamptz, timestamptz, text, bigint, integer
) to authenticated, service_role;

create function public.get_credit_history(
  account_id uuid default auth.uid(), before_number bigint default null,
  page_size integer default 50, kinds text[] default null, operations text[] default null,
  subjects text[] default null, since timestamptz default null, until timestamptz default null,
  search text default null, after_number bigint default null, search_most integer default null
)
returns table (
  number bigint, created_at timestamptz, kind text, task_id text, description text, credits bigint,
  balance_after bigint, operation text, params jsonb, subject text, answers bigint,
  from_subscription bigint, from_promotional bigint, from_permanent bigint
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select h.* from billing.get_credit_history(
    account_id, before_number, page_size, kinds, operations, subjects, since, until, search,
    after_number, search_most) h
  order by h.number desc;
end $$;
revoke execute on function public.get_credit_history(
  uuid, bigint, integer, text[], text[], text[], timestamptz, timestamptz, text, bigint, integer
) from public, anon, authenticated;
grant execute on function public.get_credit_history(
  uuid, bigint, integer, text[], text[], text[], timestamptz, timestamptz, text, bigint, integer
) to authenticated, service_role;
comment on function public.get_credit_history(
  uuid, bigint, integer, text[], text[], text[], timestamptz, timestamptz, text, bigint, integer
) is
  'Ledger entries of an account, newest first, a page of page_size (1 to 1000): signed credits, the
balance after each, for an operation its params and subject (what it was for), and the number of
the entry that it answers. A captured hold is one line, its capture: what was kept of it. Filters,
null for all: kinds, operations, subjects, from since to before until, and search, words found in
description, task or subject in any case. The next page is asked with the last number as
before_number, the one before with the first as after_number. At most search_most entries are looked
at (null: all); where that ends before the page is full, one row has a number and no kind: where to
go on. Settles first what is due. For members, and the service role. Raises LCACC. Source:
requirement 004, 3.';

create function public.balance_at(account_id uuid, at timestamptz)
returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_as_of timestamptz := billing.touch(account_id);
begin
  if at is null or at > v_as_of then
    raise exception 'a balance is known up to now' using errcode = 'LCASK',
      detail = format('asked for %s, known up to %s', coalesce(at::text, 'no instant'), v_as_of),
      hint = 'pass an instant that has come';
  end if;
  -- What happened at the instant itself counts.
  return coalesce((
    select e.balance_after from billing.credit_transactions e
    where e.account_id = balance_at.account_id
      and e.number = billing.entries_before(balance_at.account_id, at + interval '1 microsecond')
  ), 0);
end $$;
revoke execute on function public.balance_at(uuid, timestamptz) from public, anon, authenticated;
grant execute on function public.balance_at(uuid, timestamptz) to authenticated, service_role;
comment on function public.balance_at(uuid, timestamptz) is
  'The balance in credits that an account had at an instant, what happened at that instant included:
the sum of its entries until then (what a dispute has frozen counts). Settles first what is due. For
members, and the service role. Raises LCASK (the future), LCACC. Source: DESIGN 5.';
