-- Who wants more than is on sale writes to the owner: kept for a time, and not too often.

alter table billing.settings
  add column contact_retention interval not null default '1 year',
  add constraint contact_requests_are_kept_for_a_time check (billing.lasts(contact_retention));
comment on column billing.settings.contact_retention is
  'How long a request to be contacted is kept: afterwards nobody reads it, and a job deletes it.';

create table billing.contact_requests (
  id               uuid not null,
  account_id       uuid,
  name             text not null,
  email            text not null,
  company          text,
  message          text not null,
  expected_credits bigint,
  created_at       timestamptz not null,
  constraint contact_requests_pkey primary key (id),
  constraint a_contact_has_a_name check (length(name) between 1 and 100),
  constraint a_contact_has_an_email check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
  constraint a_company_is_named check (length(company) between 1 and 200),
  constraint a_message_has_an_end check (length(message) between 1 and 4000),
  constraint expected_credits_are_some check (expected_credits between 1 and 1000000000000)
);
create index contact_requests_by_account on billing.contact_requests (account_id);
create index contact_requests_by_time on billing.contact_requests (created_at, id);
create index contact_requests_by_email on billing.contact_requests (lower(email));
alter table billing.contact_requests enable row level security;
revoke all on billing.contact_requests from anon, authenticated, service_role;
grant select on billing.contact_requests to service_role;
comment on table billing.contact_requests is
  'What was written in the contact form. id: of the form, made with its page. account_id: of whoever
was signed in, or null. expected_credits: a month, as wished for.';

-- An e-mail or an address is no account, and is not to be read from the counters either.
create function billing.turn_of(subject text)
returns uuid
language plpgsql immutable
set search_path = ''
as $$
begin
  return encode(substring(sha256(convert_to(subject, 'UTF8')) for 16), 'hex')::uuid;
end $$;
revoke execute on function billing.turn_of(text) from public;
comment on function billing.turn_of(text) is
  'Under which id billing.rate_limits counts somebody who has no account.';

create function billing.take_contact_turn(account_id uuid, email text, address_hash text)
returns integer
language plpgsql volatile
set search_path = ''
as $$
begin
  return (
    select max(t.retry_after_seconds)
    from (values
      (account_id, 'contact', 5),
      (billing.turn_of('email ' || lower(email)), 'contact_email', 3),
      (billing.turn_of('address ' || address_hash), 'contact_address', 10)
    ) w (who, action, turns)
    cross join lateral public.take_turn(w.who, w.action, w.turns, '1 hour') t
    where w.who is not null);
end $$;
revoke execute on function billing.take_contact_turn(uuid, text, text) from public;
comment on function billing.take_contact_turn(uuid, text, text) is
  'In an hour five for an account, three for an e-mail, ten for an address: in how many seconds it
is possible again, 0: now.';

create function public.request_contact(
  id uuid, name text, email text, message text, company text default null,
  expected_credits bigint default null, address_hash text default null,
  account_id uuid default null
)
returns table (accepted boolean, duplicate boolean, retry_after_seconds integer)
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_before billing.contact_requests;
begin
  if account_id is not null then
    perform billing.check_alive(account_id);
  end if;
  perform pg_advisory_xact_lock(hashtextextended('contact ' || id, 0));
  select c.* into v_before from billing.contact_requests c where c.id = request_contact.id;
  duplicate := found;
  if duplicate and (name, email, company, message, expected_credits) is distinct from (
    v_before.name, v_before.email, v_before.company, v_before.message, v_before.expected_credits)
  then
    raise exception 'this form was sent with other words' using errcode = 'LCKEY',
      detail = format('contact request %s', id), hint = 'send other words under another id';
  end if;
  retry_after_seconds := case when duplicate then 0
    else billing.take_contact_turn(account_id, email, address_hash) end;
  accepted := retry_after_seconds = 0;
  if accepted and not duplicate then
    insert into billing.contact_requests (
      id, account_id, name, email, company, message, expected_credits, created_at
    ) values (id, account_id, name, email, company, message, expected_credits, billing.now());
  end if;
  return next;
end $$;
revoke execute on function public.request_contact(
  uuid, text, text, text, text, bigint, text, uuid
) from public, anon, authenticated;
grant execute on function public.request_contact(
  uuid, text, text, text, text, bigint, text, uuid
) to service_role;
comment on function public.request_contact(uuid, text, text, text, text, bigint, text, uuid) is
  'Keeps what somebody wrote in the contact form, once per id; the same again answers duplicate =
true. accepted = false: too often, with the seconds to wait (in an hour 5 by an account, 3 by an
e-mail, 10 from an address; address_hash: anything that stands for it). name up to 100 characters,
e-mail 254, company 200, message 4000, expected_credits a month up to 10^12; account_id: of whoever
is signed in. Raises LCKEY (this id with other words), LCACC (the account is erased). For the
service role. Source: requirement 003 (Enterprise, by contact).';

create function billing.get_contact_requests(after_request uuid, page_size integer)
returns table (
  id uuid, account_id uuid, name text, email text, company text, message text,
  expected_credits bigint, created_at timestamptz
)
language plpgsql stable
security definer  -- clients cannot read what others wrote
set search_path = ''
as $$
declare
  v_since timestamptz := (
    select billing.now() - s.contact_retention from billing.settings s);
begin
  perform billing.check_is_owner();
  return query
  select c.id, c.account_id, c.name, c.email, c.company, c.message, c.expected_credits,
    c.created_at
  from billing.contact_requests c
  where c.created_at > v_since and (after_request is null or (c.created_at, c.id) < (
    select b.created_at, b.id from billing.contact_requests b where b.id = after_request))
  order by c.created_at desc, c.id desc
  limit least(greatest(coalesce(page_size, 50), 1), 500);
end $$;
revoke execute on function billing.get_contact_requests(uuid, integer) from public;
grant execute on function billing.get_contact_requests(uuid, integer)
  to authenticated, service_role;

create function public.get_contact_requests(
  after_request uuid default null, page_size integer default 50
)
returns table (
  id uuid, account_id uuid, name text, email text, company text, message text,
  expected_credits bigint, created_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query select * from billing.get_contact_requests(after_request, page_size);
end $$;
revoke execute on function public.get_contact_requests(uuid, integer)
  from public, anon, authenticated;
grant execute on function public.get_contact_requests(uuid, integer)
  to authenticated, service_role;
comment on function public.get_contact_requests(uuid, integer) is
  'What was written in the contact form, the newest first, a page of page_size (1 to 500); the next
page is asked with the last id as after_request. account_id is null for whoever was not signed in,
whose e-mail nobody has confirmed. expected_credits: a month. Raises LCOWN. For owners, and the
service role. Source: requirement 003 (Enterprise, by contact).';

create function billing.forget_contact(account_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  delete from billing.contact_requests c
  where c.account_id = forget_contact.account_id
    or lower(c.email) = (
      select lower(u.email) from auth.users u where u.id = forget_contact.account_id);
end $$;
revoke execute on function billing.forget_contact(uuid) from public;
comment on function billing.forget_contact(uuid) is
  'Deletes what an account has written, signed in or from its e-mail.';

create function public.forget_contact_requests()
returns bigint
language plpgsql volatile
security definer  -- the service role has no write grant on billing tables
set search_path = ''
as $$
declare
  v_now timestamptz := billing.now();
  v_count bigint;
begin
  delete from billing.contact_requests c using billing.settings s
  where c.created_at <= v_now - s.contact_retention;
  get diagnostics v_count = row_count;
  delete from billing.rate_limits r
  where starts_with(r.action, 'contact') and r.started_at <= v_now - interval '1 hour';
  return v_count;
end $$;
revoke execute on function public.forget_contact_requests() from public, anon, authenticated;
grant execute on function public.forget_contact_requests() to service_role;
comment on function public.forget_contact_requests() is
  'Deletes the contact requests that are older than billing.settings.contact_retention, and the
counters of who wrote more than an hour ago; answers how many requests. For the service role, cron.
Source: requirement 002, 10 (GDPR).';
