-- A hash chain per account over its entries, written by a job and never on the way of a spend. Who
-- alters, removes or inserts an entry afterwards breaks it; who rewrites the chain as well is found
-- by a head that was kept elsewhere. Descriptions and params are not part of it, so that an account
-- can be erased.

create table billing.seals (
  account_id uuid not null,
  number     bigint not null,
  hash       bytea not null,
  constraint seals_pkey primary key (account_id, number)
);
alter table billing.seals enable row level security;
revoke all on billing.seals from anon, authenticated, service_role;
grant select on billing.seals to service_role;
comment on table billing.seals is
  'The hash of each sealed entry and of all before it in its account.';
create trigger seals_never_change before update or delete on billing.seals
  for each row execute function billing.refuse_ledger_edit();
create trigger seals_are_never_truncated before truncate on billing.seals
  for each statement execute function billing.refuse_ledger_edit();

create table billing.seal_heads (
  account_id uuid constraint seal_heads_pkey primary key,
  number     bigint not null,
  hash       bytea not null,
  sealed_at  timestamptz not null
);
alter table billing.seal_heads enable row level security;
revoke all on billing.seal_heads from anon, authenticated, service_role;
grant select on billing.seal_heads to service_role;
comment on table billing.seal_heads is
  'The last seal of each account: what to keep elsewhere (`npm run verify -- --heads`).';

create function billing.seal_of(previous bytea, entry billing.credit_transactions)
returns bytea
language plpgsql stable
set search_path = ''
as $$
begin
  return sha256(previous || convert_to(jsonb_build_array(
    entry.account_id, entry.number, entry.credits, entry.balance_after, entry.from_promotional,
    entry.from_subscription, entry.from_permanent,
    (extract(epoch from entry.created_at) * 1000000)::bigint, entry.bucket_id, entry.answers,
    entry.price_version, entry.cost_micros, entry.kind, entry.key_scope, entry.key,
    entry.operation, entry.split::text, encode(entry.digest, 'hex'))::text, 'UTF8'));
end $$;
revoke execute on function billing.seal_of(bytea, billing.credit_transactions) from public;
comment on function billing.seal_of(bytea, billing.credit_transactions) is
  'sha256 of the seal before (empty for the first) and the entry, without description and params.';

create function billing.seal_account(account_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_head billing.seal_heads;
  v_entry billing.credit_transactions;
begin
  insert into billing.seal_heads (account_id, number, hash, sealed_at)
  values (account_id, 0, '', billing.now())
  on conflict on constraint seal_heads_pkey do nothing;
  select h.* into v_head from billing.seal_heads h
  where h.account_id = seal_account.account_id for no key update;
  for v_entry in
    select e.* from billing.credit_transactions e
    where e.account_id = v_head.account_id and e.number > v_head.number
    order by e.number limit 10000
  loop
    exit when v_entry.number <> v_head.number + 1;  -- a gap is not sealed over
    v_head.number := v_entry.number;
    v_head.hash := billing.seal_of(v_head.hash, v_entry);
    insert into billing.seals (account_id, number, hash)
    values (v_head.account_id, v_head.number, v_head.hash);
  end loop;
  update billing.seal_heads h
  set number = v_head.number, hash = v_head.hash, sealed_at = billing.now()
  where h.account_id = v_head.account_id and h.number < v_head.number;
end $$;
revoke execute on function billing.seal_account(uuid) from public;
comment on function billing.seal_account(uuid) is
  'Seals the new entries of an account, 10,000 at most; the rest at the next run.';

create function public.seal_ledger(after_account uuid default null, batch integer default 100)
returns uuid
language plpgsql volatile
security definer  -- the job and the service role have no write grant on seals
set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  select array_agg(b.id order by b.id) into v_ids
  from (
    select a.id from billing.accounts a
    left join billing.seal_heads h on h.account_id = a.id
    where a.id > coalesce(after_account, '00000000-0000-0000-0000-000000000000')
      and a.entry_count > coalesce(h.number, 0)
    order by a.id
    limit batch
  ) b;
  perform billing.seal_account(b.id) from unnest(v_ids) b (id);
  return v_ids[cardinality(v_ids)];
end $$;
revoke execute on function public.seal_ledger(uuid, integer) from public, anon, authenticated;
grant execute on function public.seal_ledger(uuid, integer) to service_role;
comment on function public.seal_ledger(uuid, integer) is
  'Seals the new entries of up to batch accounts, in order of their ids after the one given, and
returns the last id, null when there was none. One call is one transaction; the job goes on from the
id returned. It locks no account. For the service role and the schedule. Source: DESIGN 5,
sealing.';

create view billing.seal_problems with (security_invoker = true) as
select distinct on (f.account_id) f.account_id, f.problem, f.number
from (
  select p.account_id, p.number,
    case
      when e.number is null then 'a sealed entry is missing'
      when s.number is null then 'an entry was inserted among sealed ones'
      when s.hash <> billing.seal_of(coalesce(p.hash, ''), e) then 'a sealed entry was altered'
    end as problem
  from (
    select coalesce(s.account_id, e.account_id) as account_id,
      coalesce(s.number, e.number) as number,
      lag(s.hash) over (partition by coalesce(s.account_id, e.account_id)
        order by coalesce(s.number, e.number)) as hash
    from billing.seals s
    full join billing.credit_transactions e using (account_id, number)
  ) p
  join billing.seal_heads h on h.account_id = p.account_id and p.number <= h.number
  left join billing.seals s on s.account_id = p.account_id and s.number = p.number
  left join billing.credit_transactions e on e.account_id = p.account_id and e.number = p.number
  union all
  select h.account_id, h.number, 'the head is not the last seal'
  from billing.seal_heads h
  left join billing.seals s on s.account_id = h.account_id and s.number = h.number
  where h.number > 0 and s.hash is distinct from h.hash
) f
where f.problem is not null
order by f.account_id, f.number;
revoke all on billing.seal_problems from anon, authenticated, service_role;
grant select on billing.seal_problems to service_role;
comment on view billing.seal_problems is
  'The first altered, missing or inserted entry of each account whose chain is broken.';

create function billing.verify_seals(account_id uuid default null)
returns table (broken_account_id uuid, problem text, number bigint)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select p.account_id, p.problem, p.number from billing.seal_problems p
  where verify_seals.account_id is null or p.account_id = verify_seals.account_id;
end $$;
revoke execute on function billing.verify_seals(uuid) from public;
grant execute on function billing.verify_seals(uuid) to service_role;
comment on function billing.verify_seals(uuid) is
  'Checks the chain of an account (null: of all). No row: every sealed entry is as it was sealed.';

create function billing.verify_heads(account_ids uuid[], numbers bigint[], hashes text[])
returns table (account_id uuid, problem text, number bigint)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select k.account_id, 'the chain is not the one that was kept elsewhere', k.number
  from unnest(account_ids, numbers, hashes) k (account_id, number, hash)
  left join billing.seals s on s.account_id = k.account_id and s.number = k.number
  where encode(s.hash, 'hex') is distinct from k.hash;
end $$;
revoke execute on function billing.verify_heads(uuid[], bigint[], text[]) from public;
grant execute on function billing.verify_heads(uuid[], bigint[], text[]) to service_role;
comment on function billing.verify_heads(uuid[], bigint[], text[]) is
  'Compares the seals with heads that were kept elsewhere (hashes in hex): it finds entries that
were altered together with their seals.';
