-- Free months are claimed, not scheduled: the first read or spend at or after next_claim_at claims
-- the current month. Months that nobody touched leave no rows.

create table billing.free_month_claims (
  person        bytea constraint free_month_claims_pkey primary key,
  account_id    uuid not null,
  claimed_until timestamptz not null
);
alter table billing.free_month_claims enable row level security;
revoke all on billing.free_month_claims from anon, authenticated, service_role;
grant select on billing.free_month_claims to service_role;
comment on table billing.free_month_claims is
  'Until when a person has had free credits, on whichever account; outlives the account.';

-- Claim dates fall on the day of the month on which the account was opened (31 -> last day), 00:00
-- UTC, always counted from that day.
create function billing.claim_date(opened_at timestamptz, months integer)
returns timestamptz
language plpgsql immutable
set search_path = ''
as $$
begin
  return billing.later(date_trunc('day', opened_at, 'UTC'), make_interval(months => months));
end $$;
revoke execute on function billing.claim_date(timestamptz, integer) from public;

create function billing.months_claimable(opened_at timestamptz, now timestamptz)
returns integer
language plpgsql immutable
set search_path = ''
as $$
declare
  v_months integer := 12 * (extract(year from now at time zone 'UTC')
      - extract(year from opened_at at time zone 'UTC'))
    + extract(month from now at time zone 'UTC') - extract(month from opened_at at time zone 'UTC');
begin
  return v_months - case when billing.claim_date(opened_at, v_months) > now then 1 else 0 end;
end $$;
revoke execute on function billing.months_claimable(timestamptz, timestamptz) from public;
comment on function billing.months_claimable(timestamptz, timestamptz) is
  'How many claim dates have passed since the account was opened: the last one at or before now.';

create function billing.person_of(account_id uuid)
returns bytea
language plpgsql stable
set search_path = ''
as $$
declare
  v_email text;
  v_local text;
  v_domain text;
begin
  select lower(trim(u.email)) into v_email from auth.users u
  where u.id = person_of.account_id and u.is_anonymous is not true;
  v_local := split_part(split_part(v_email, '@', 1), '+', 1);
  v_domain := split_part(v_email, '@', 2);
  if v_domain in ('gmail.com', 'googlemail.com') then
    v_local := replace(v_local, '.', '');
    v_domain := 'gmail.com';
  end if;
  return case when v_local <> '' and v_domain <> ''
    then sha256(convert_to(v_local || '@' || v_domain, 'UTF8')) end;
end $$;
revoke execute on function billing.person_of(uuid) from public;
comment on function billing.person_of(uuid) is
  'sha256 of the normalised e-mail (no case, no +tag, no dots at Gmail) of a user who is not
anonymous; null when there is none.';

create function billing.claim_free_month(account_id uuid, now timestamptz)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_opened_at timestamptz;
  v_months integer;
  v_until timestamptz;
  v_plan billing.plans;
  v_person bytea;
begin
  select a.created_at into v_opened_at from billing.accounts a
  where a.id = claim_free_month.account_id;
  v_months := billing.months_claimable(v_opened_at, now);
  v_until := billing.claim_date(v_opened_at, v_months + 1);
  -- Asked once a month, whatever the answer: who may not have it now is asked at the next claim
  -- date.
  update billing.accounts a set next_claim_at = v_until where a.id = claim_free_month.account_id;
  select p.* into v_plan from billing.plans p
  where p.is_free and p.is_sold and p.credits_per_month > 0;
  v_person := billing.person_of(account_id);
  if v_plan.key is null or v_person is null or billing.has_plan(account_id) then
    return;
  end if;
  insert into billing.free_month_claims as c (person, account_id, claimed_until)
  values (v_person, account_id, v_until)
  on conflict on constraint free_month_claims_pkey do update
  set account_id = excluded.account_id, claimed_until = excluded.claimed_until
  where c.claimed_until <= now;
  if found then
    perform billing.grant_credits(
      account_id, 'promotional', v_plan.credits_per_month,
      to_char(billing.claim_date(v_opened_at, v_months) at time zone 'UTC', '"free:"YYYY-MM-DD'),
      v_until, description => v_plan.name || ' plan credits'
    );
  end if;
end $$;
revoke execute on function billing.claim_free_month(uuid, timestamptz) from public;
comment on function billing.claim_free_month(uuid, timestamptz) is
  'Grants the free plan''s credits until the next claim date, once per person and month, to a user
who is not anonymous, and has neither a live subscription nor a trial. The account is locked by
the caller.';
