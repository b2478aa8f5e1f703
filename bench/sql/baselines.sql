-- What a spend is compared with. The same accounts, each in the shape that its code needs.
create schema bench;

-- The limit: the barest one update and one insert that keep a balance and a ledger.
create table bench.limit_accounts (
  id      uuid primary key,
  balance bigint not null
) with (fillfactor = 80);
create table bench.limit_entries (
  id            bigint generated always as identity primary key,
  account_id    uuid not null,
  amount        bigint not null,
  balance_after bigint not null,
  created_at    timestamptz not null default now()
);

-- Code as it is often written: locks, decides in the application, updates, inserts, commits.
create table bench.separate_accounts (
  id         uuid primary key,
  balance    numeric not null,
  updated_at timestamptz not null default now()
);
create table bench.separate_entries (
  id            uuid primary key default gen_random_uuid(),
  account_id    uuid not null references bench.separate_accounts,
  amount        numeric not null,
  balance_after numeric not null,
  key           text unique,
  description   text,
  created_at    timestamptz not null default now()
);
create index on bench.separate_entries (account_id, created_at desc);

insert into bench.limit_accounts select a.id, a.balance from billing.accounts a;
insert into bench.separate_accounts select a.id, a.balance from billing.accounts a;

vacuum (analyze);
