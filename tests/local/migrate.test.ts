import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withClient } from "../../local/database.ts";
import { migrate } from "../../local/migrate.ts";
import { emptyDb, type TestDb } from "../support/db";

let db: TestDb;
let folder: string;
beforeEach(async () => {
  db = await emptyDb();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "coffer-migrations-"));
});
afterEach(async () => {
  fs.rmSync(folder, { recursive: true });
  await db.drop();
});

const chapter = (file: string, ...lines: string[]) =>
  fs.writeFileSync(path.join(folder, file), lines.join("\n"));
const run = () => migrate(db.adminUrl, folder);
const tables = async () =>
  (await db.query("select relname from pg_class where relname in ('a', 'b') order by 1")).rows.map(
    (r) => r.relname,
  );

test("chapters are applied in order, and once", async () => {
  chapter("2_b.sql", "create table b (id int references a);");
  chapter("1_a.sql", "create table a (id int primary key);");
  expect(await run()).toEqual(["1_a.sql", "2_b.sql"]);
  expect(await run()).toEqual([]);
});

test("a changed chapter is named and nothing is applied", async () => {
  chapter("1_a.sql", "create table a ();");
  await run();
  chapter("1_a.sql", "create table a (id int);");
  chapter("2_b.sql", "create table b ();");
  await expect(run()).rejects.toThrow(/1_a\.sql has changed since it was applied[\s\S]*npm run reset/);
  expect(await tables()).toEqual(["a"]);
});

test("a chapter that is gone, or that comes before applied ones, is named", async () => {
  chapter("2_b.sql", "create table b ();");
  await run();
  fs.renameSync(path.join(folder, "2_b.sql"), path.join(folder, "1_a.sql"));
  await expect(run()).rejects.toThrow(
    /1_a\.sql is new, but comes before[\s\S]*2_b\.sql was applied and is gone/,
  );
});

test("a chapter that the official CLI applied is not applied again", async () => {
  await run();
  const books = "insert into supabase_migrations.schema_migrations (version, name) values ('1', 'a')";
  await withClient(db.adminUrl, (client) => client.query(books));
  chapter("1_a.sql", "create table a ();");
  expect(await run()).toEqual([]);
  expect(await tables()).toEqual([]);
});

test("a failing chapter is undone and named with the line and the statement of the error", async () => {
  chapter(
    "1_a.sql",
    "-- a table; first",
    "create table a ();",
    "",
    "select 1,",
    "  no_such_function(2);",
    "select 3;",
  );
  await expect(run()).rejects.toThrow(
    /^1_a\.sql:5: function no_such_function\(integer\) does not exist[\s\S]*select 1,/,
  );
  expect(await tables()).toEqual([]);
});

test("an error without a position is located at its statement", async () => {
  chapter("1_a.sql", "create table a (id int primary key);", "", "insert into a", "values (1), (1);");
  await expect(run()).rejects.toThrow(
    /^1_a\.sql:3: duplicate key[\s\S]*insert into a\n.*values \(1\), \(1\);/,
  );
});
