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

test("the README lists each function of the API, and no other", async () => {
  const readme = fs.readFileSync(path.resolve(import.meta.dirname, "../../README.md"), "utf8");
  const [, table = ""] = /^\| function \|.*\n\|.*\n((?:\|.*\n)+)/m.exec(readme) ?? [];
  const firstCells = table.split("\n").map((line) => line.split("|")[1] ?? "");
  const listed = [...firstCells.join().matchAll(/`([a-z_]+\*?)`/g)].map(([, name = ""]) => name);
  const { rows } = await db.query<{ name: string }>(`
    select p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`);
  const isListed = (name: string) =>
    listed.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name));
  expect(rows.filter(({ name }) => !isListed(name))).toEqual([]);
  const names = new Set(rows.map(({ name }) => name));
  expect(listed.filter((one) => !one.endsWith("*") && !names.has(one))).toEqual([]);
});

test("every SQLSTATE that the database raises has a sentence for the user, and no other has", async () => {
  const { sqlStates } = await import("@/lib/errors");
  const { rows } = await db.query(`
    select distinct m[1] as code from pg_proc p
    cross join lateral regexp_matches(p.prosrc, 'errcode = ''(LC[A-Z]{3})''', 'g') m
    where p.pronamespace in ('billing'::regnamespace, 'public'::regnamespace)`);
  expect(Object.keys(sqlStates).sort()).toEqual(rows.map((r) => r.code).sort());
});
