-- Promotional codes: a number of uses, once per person, for a time.

create table billing.promo_codes (
  code          text constraint promo_codes_pkey primary key,
  credits       bigint not null,
  max_uses      bigint,
  uses          billing.credits not null default 0,
  redeem_until  timestamptz,
  expires_after interval,
  created_at    timestamptz not null,
  constraint a_code_gives_credits check (credits > 0),
  constraint a_code_is_used_at_most_so_often check (uses <= max_uses),
  constraint a_code_s_credits_last check (billing.lasts(expires_after))
);
alter table billing.promo_codes enable row level security;
revoke all on billing.promo_codes from anon, authenticated, service_role;
grant select on billing.promo_codes to service_role;
comment on table billing.promo_codes is
  'Codes in upper case. Redeemable while billing.now() < redeem_until; the credits last
expires_after (null: for ever).';

create table billing.code_claims (
  code        text not null constraint code_claims_name_a_code references billing.promo_codes,
  person      bytea not null,
  account_id  uuid not null,
  redeemed_at timestamptz not null,
  constraint code_claims_pkey primary key (code, person)
);
create index code_claims_by_account on billing.code_claims (account_id, code);
alter table billing.code_claims enable row level security;
revoke all on billing.code_claims from anon, authenticated, service_role;
grant select on billing.code_claims to service_role;
comment on table billing.code_claims is
  'Who has redeemed what; person as in billing.free_month_claims. Outlives the account.';

-- The code is claimed first, then keyed into the account. Its row is locked, so that the last use
-- goes to one.
create function billing.redeem_code(code text, account_id uuid)
returns table (
  success boolean, duplicate boolean, reason text, credits bigint, expires_at timestamptz,
  balance_after bigint
)
language plpgsql volatile
security definer  -- members have no write grant on codes and the ledger
set search_path = ''
as $$
declare
  v_person bytea;
  v_code billing.promo_codes;
  v_claim billing.code_claims;
  v_now timestamptz;
begin
  perform billing.check_caller(account_id);
  v_person := billing.person_of(account_id);
  select c.* into v_code from billing.promo_codes c
  where c.code = upper(trim(redeem_code.code)) for no key update;
  v_now := billing.now();
  select c.* into v_claim from billing.code_claims c
  where c.code = v_code.code
    and (c.person = v_person or c.account_id = redeem_code.account_id)  -- e-mails may change
  order by c.account_id <> redeem_code.account_id limit 1;
  duplicate := coalesce(v_claim.account_id = account_id, false);
  reason := case
    when duplicate then null
    when v_person is null then 'anonymous'
    when v_code.code is null then 'unknown'
    when v_claim.code is not null then 'used_before'
    when v_now >= v_code.redeem_until then 'expired'
    when v_code.uses >= v_code.max_uses then 'used_up'
  end;
  if reason is not null then
    return query select false, false, redeem_code.reason, 0::bigint, null::timestamptz,
      null::bigint;
    return;
  elsif not duplicate then
    insert into billing.code_claims (code, person, account_id, redeemed_at)
    values (v_code.code, v_person, account_id, v_now);
    update billing.promo_codes c set uses = c.uses + 1 where c.code = v_code.code;
    perform billing.grant_credits(
      account_id, 'promotional', v_code.credits, 'code:' || v_code.code,
      billing.later(v_now, v_code.expires_after), description => 'Code ' || v_code.code);
  end if;
  return query
  select true, duplicate, null::text, b.granted_credits, b.expires_at, e.balance_after::bigint
  from billing.buckets b
  join billing.credit_transactions e on e.account_id = b.account_id and e.key_scope = 'grant'
    and e.key = b.key
  where b.account_id = redeem_code.account_id and b.key = 'code:' || v_code.code;
end $$;
revoke execute on function billing.redeem_code(text, uuid) from public;
grant execute on function billing.redeem_code(text, uuid) to authenticated, service_role;

create function public.redeem_code(code text, account_id uuid default auth.uid())
returns table (
  success boolean, duplicate boolean, reason text, credits bigint, expires_at timestamptz,
  balance_after bigint
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query select * from billing.redeem_code(code, account_id);
end $$;
revoke execute on function public.redeem_code(text, uuid) from public, anon, authenticated;
grant execute on function public.redeem_code(text, uuid) to authenticated, service_role;
comment on function public.redeem_code(text, uuid) is
  'Grants a promotional code''s credits, once per person (by the normalised e-mail). success = false
says why: unknown, expired, used_up, used_before (by this person, on another account), or anonymous.
Again on the same account: the first result with duplicate = true. Raises LCACC. For members, and
the service role. Source: requirement 002 (conversion campaigns), DESIGN 5.';

create function billing.create_code(
  code text, credits bigint, reason text, max_uses bigint, redeem_until timestamptz,
  expires_after interval
)
returns table (created boolean)
language plpgsql volatile
security definer  -- owners write codes through this function only
set search_path = ''
as $$
begin
  perform billing.check_owner(reason);
  perform billing.check_grantable(credits);
  if code is null or code !~ '^[A-Za-z0-9_-]{3,64}$' or max_uses < 1
    or billing.lasts(expires_after) is false then
    raise exception 'a code has 3 to 64 letters, digits, - or _, and can be used'
      using errcode = 'LCKEY', detail = format('code %s', code),
        hint = 'choose another word; max_uses and expires_after are above zero, or left out';
  end if;
  insert into billing.promo_codes (
    code, credits, max_uses, redeem_until, expires_after, created_at
  ) values (upper(code), credits, max_uses, redeem_until, expires_after, billing.now())
  on conflict on constraint promo_codes_pkey do nothing;
  created := found;
  if not created and not exists (
    select from billing.promo_codes c
    where c.code = upper(create_code.code)
      and (c.credits, c.max_uses, c.redeem_until, c.expires_after) is not distinct from
        (create_code.credits, create_code.max_uses, create_code.redeem_until,
         create_code.expires_after)
  ) then
    raise exception 'a key stands for one set of arguments' using errcode = 'LCKEY',
      detail = format('code %s is another one already', upper(code)), hint = 'choose another word';
  elsif created then
    perform billing.audit('code.create', null, concat_ws(' ', upper(code), reason));
  end if;
  return next;
end $$;
revoke execute on function billing.create_code(text, bigint, text, bigint, timestamptz, interval)
  from public;
grant execute on function billing.create_code(text, bigint, text, bigint, timestamptz, interval)
  to authenticated, service_role;

create function public.create_code(
  code text, credits bigint, reason text, max_uses bigint default null,
  redeem_until timestamptz default null, expires_after interval default null
)
returns table (created boolean)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select * from billing.create_code(code, credits, reason, max_uses, redeem_until, expires_after);
end $$;
revoke execute on function public.create_code(text, bigint, text, bigint, timestamptz, interval)
  from public, anon, authenticated;
grant execute on function public.create_code(text, bigint, text, bigint, timestamptz, interval)
  to authenticated, service_role;
comment on function public.create_code(text, bigint, text, bigint, timestamptz, interval) is
  'Makes a promotional code, whatever its case: credits for each person who redeems it, at most
max_uses times (null: any number) and before redeem_until; they last expires_after (null: for
ever). created = false: this very code exists already. Raises LCOWN, LCAMT, LCKEY (not a code, or
one that stands for something else). For
owners, and the service role. Source: requirement 002.';
