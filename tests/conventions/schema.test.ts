import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDb, testDb } from "../support/db";

let db: TestDb;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.drop());

test("the schema is the one that was reviewed (after a wanted change: npx vitest run tests/conventions -u)", async () => {
  const query = fs.readFileSync(path.join(import.meta.dirname, "schema-snapshot.sql"), "utf8");
  const { rows } = await db.query(query);
  await expect(`${rows.map((r) => r.line).join("\n")}\n`).toMatchFileSnapshot("schema.snapshot.sql");
});

test("every SQLSTATE that the database raises has a sentence for the user, and no other has", async () => {
  const { sqlStates } = await import("@/lib/errors");
  const { rows } = await db.query(`
    select distinct m[1] as code from pg_proc p
    cross join lateral regexp_matches(p.prosrc, 'errcode = ''(LC[A-Z]{3})''', 'g') m
    where p.pronamespace in ('billing'::regnamespace, 'public'::regnamespace)`);
  expect(Object.keys(sqlStates).sort()).toEqual(rows.map((r) => r.code).sort());
});
