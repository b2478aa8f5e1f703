// Ten thousand accounts move in: in batches, of which one dies with its connection.

import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDb, testDb } from "../support/db";

const accounts = 10_000;
const sum = (accounts * (accounts + 1)) / 2;

let db: TestDb;
beforeAll(async () => {
  db = await testDb();
  await db.query("create table members (id uuid primary key, credits integer not null)");
  await db.query(
    `with person as (
       insert into auth.users (id, email)
       select gen_random_uuid(), n || '@example.com' from generate_series(1, ${accounts}) n returning id
     )
     insert into members select id, row_number() over () from person`,
  );
});
afterAll(() => db.drop());

type Import = { granted_accounts: number; accounts_left: number; accounts_changed: number };
const importBatch = () =>
  db.one<Import>(
    "select * from billing.import_balances('members', 'id', 'credits', 'launch', batch => 4000)",
  );

test("10,000 balances are granted in batches, whatever becomes of one of them, and each equals its column", async () => {
  expect(await importBatch()).toMatchObject({ granted_accounts: 4000, accounts_left: 6000 });
  const dying = await db.pool.connect();
  await dying.query("begin");
  await dying.query("select billing.import_balances('members', 'id', 'credits', 'launch', batch => 500)");
  dying.release(true);

  expect(await importBatch()).toMatchObject({ granted_accounts: 4000, accounts_left: 2000 });
  expect(await importBatch()).toMatchObject({ granted_accounts: 2000, accounts_left: 0 });
  expect(await importBatch()).toMatchObject({ granted_accounts: 0, accounts_left: 0, accounts_changed: 0 });

  const { rows: proof } = await db.query(
    "select * from billing.import_proof('members', 'id', 'credits', 'launch')",
  );
  expect(proof).toEqual([{ account_id: null, problem: null, in_column: String(sum), granted: sum }]);
  const { rows: problems } = await db.query("select * from billing.verify_all() limit 5");
  expect(problems).toEqual([]);
}, 180_000);

test("an account that is imported twice at once is granted once", async () => {
  await db.query("create table latecomers as select id, 7 as credits from members limit 50");
  const importAll = () =>
    db.one<Import>("select * from billing.import_balances('latecomers', 'id', 'credits', 'late')");
  const imports = await Promise.all([importAll(), importAll(), importAll()]);
  expect(imports.reduce((all, { granted_accounts: one }) => all + one, 0)).toBe(50);
  const { rows } = await db.query(
    "select in_column::int, granted, problem from billing.import_proof('latecomers', 'id', 'credits', 'late')",
  );
  expect(rows).toEqual([{ in_column: 350, granted: 350, problem: null }]);
});
