import type pg from "pg";

// One generic table: `body` is what Stripe would answer, `hidden` what only the sandbox knows (a card's behaviour,
// the parent of a line), `due_at` when time alone changes the object, by its test clock if
// it has one (`clock`) or else by the platform's.
const tables = `
create table if not exists objects (
  id text primary key,
  kind text not null,
  number bigint generated always as identity,
  body jsonb not null,
  hidden jsonb not null default '{}',
  clock text,
  due_at timestamptz
);
create index if not exists objects_kind_number_idx on objects (kind, number);
create index if not exists objects_due_at_idx on objects (due_at) where due_at is not null;

create table if not exists deliveries (
  event_id text not null references objects on delete cascade,
  endpoint text not null,
  copy integer not null default 0,
  is_planned boolean not null default false,
  attempts integer not null default 0,
  next_at timestamptz,
  delivered_at timestamptz,
  last_answer text,
  primary key (event_id, endpoint, copy)
);
create index if not exists deliveries_next_at_idx on deliveries (next_at) where next_at is not null;
create index if not exists deliveries_new_idx on deliveries (event_id)
  where not is_planned and attempts = 0 and next_at is not null;

create table if not exists idempotency_keys (
  key text primary key,
  request text not null,
  status integer not null,
  body jsonb not null,
  created_at timestamptz not null
);`;

export async function createTables(pool: pg.Pool): Promise<void> {
  await pool.query(tables);
}
