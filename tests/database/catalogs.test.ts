// Each file of supabase/catalogs, as `npm run catalog` applies it.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyCatalog, applyFirstCatalog } from "../../local/catalog.ts";
import { type TestDb, testDb } from "../support/db";

const folder = path.resolve(import.meta.dirname, "../../supabase/catalogs");
const names = fs.readdirSync(folder).map((file) => path.basename(file, ".sql"));

let db: TestDb;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.drop());

const onSale = async () => [
  (await db.query("select * from get_plans()")).rows,
  (await db.query("select * from get_packs()")).rows,
];
/** Every row of the catalog, and what the audit has noted. */
const state = async () =>
  db.one(`select
    (select jsonb_agg(p order by p.key, p.version) from billing.plans p) as plans,
    (select jsonb_agg(p order by p.key) from billing.prices p) as prices,
    (select jsonb_agg(p order by p.key) from billing.packs p) as packs,
    (select jsonb_agg(p order by p.operation, p.version) from billing.operation_prices p) as operations,
    (select count(*) from billing.operation_parameters) as parameters,
    (select count(*) from billing.operation_options) as options,
    (select count(*) from billing.audit_log) as audited`);

test.each(names)("%s: applied once more changes nothing", async (name) => {
  await applyCatalog(db.url, name);
  const once = await state();
  await applyCatalog(db.url, name);
  expect(await state()).toEqual(once);
});

test.each(names)("%s: sells the same, whatever was sold before", async (name) => {
  const fresh = await testDb();
  await applyCatalog(fresh.url, name);
  const plans = (await fresh.query("select * from get_plans()")).rows;
  const packs = (await fresh.query("select * from get_packs()")).rows;
  await fresh.drop();
  expect(plans.length).toBeGreaterThan(0);
  for (const other of names) {
    await applyCatalog(db.url, other);
    await applyCatalog(db.url, name);
    expect(await onSale()).toEqual([plans, packs]);
  }
});

test("a start leaves the catalog in force that was applied last", async () => {
  await applyCatalog(db.url, "queries");
  const before = await state();
  await applyFirstCatalog(db.url, "editor");
  expect(await state()).toEqual(before);
});

test("a later version that is on sale stays, and with it the one it replaced stays off", async () => {
  await applyCatalog(db.url, "editor");
  await db.query("update billing.plans set is_sold = false where key = 'basic'");
  await db.query(
    `insert into billing.plans (key, version, name, description, position, credits_per_month)
     values ('basic', 2, 'Basic', '', 2, 400)`,
  );
  const later = await state();
  await applyCatalog(db.url, "editor");
  expect(await state()).toEqual(later);
});
