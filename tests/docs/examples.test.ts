// The examples of the documentation, run: what they show is what one gets.
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDb, testDb } from "../support/db";
import { chapters, pages, read, root, sectionsOf } from "./chapters";
import { examplesIn, runChapter } from "./examples";

/** Not in public, for they are for migrations; a developer calls them all the same. */
const verbsForMigrations = [
  "charge_on_insert",
  "limit_rows",
  "import_balances",
  "import_problems",
  "import_proof",
];

let db: TestDb;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.drop());

describe("each example answers what is printed under it (after a wanted change: npx vitest run tests/docs -u)", () => {
  const withExamples = pages.filter((page) => examplesIn(read(page)).length > 0);
  test.each(withExamples)("%s", async (page) => {
    const own = await testDb();
    try {
      const chapter = await runChapter(own, read(page));
      expect(chapter, "a statement that Postgres cannot read").not.toMatch(/^ERROR: {2}42(?!501)/m);
      expect(chapter, "a row that a table cannot hold").not.toMatch(/^ERROR: {2}23(?!001)/m);
      await expect(chapter).toMatchFileSnapshot(path.join(root, page));
    } finally {
      await own.drop();
    }
  });
});

test("each function of the API has an example in a section that names it", async () => {
  const { rows } = await db.query<{ name: string }>(`
    select distinct p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`);
  const names = [...rows.map(({ name }) => name), ...verbsForMigrations];
  const sections = chapters.flatMap(sectionsOf);
  const isShown = (name: string) =>
    sections.some(
      ({ heading, text }) =>
        heading.includes(`\`${name}\``) &&
        examplesIn(text).some((sql) => new RegExp(`\\b${name}\\(`).test(sql.replace(/--.*/g, ""))),
    );
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !isShown(name))).toEqual([]);
});

test("the table of verbs leads to each section that explains one", () => {
  const links = read("supabase/README.md");
  const headings = chapters.flatMap((chapter) =>
    sectionsOf(chapter)
      .filter(({ heading }) => heading.includes("`"))
      .map(({ anchor }) => `(../${chapter}#${anchor})`),
  );
  expect(headings.length).toBeGreaterThan(15);
  expect(headings.filter((link) => !links.includes(link))).toEqual([]);
});

test("the table of errors lists each SQLSTATE that the engine raises, and no other", async () => {
  const listed = [...read("supabase/README.md").matchAll(/^\| `(LC[A-Z]{3})`/gm)].map(([, code]) => code);
  const { rows } = await db.query<{ code: string }>(`
    select distinct m[1] as code from pg_proc p
    cross join lateral regexp_matches(p.prosrc, 'errcode = ''(LC[A-Z]{3})''', 'g') m
    where p.pronamespace in ('billing'::regnamespace, 'public'::regnamespace) order by 1`);
  expect(listed).toEqual(rows.map(({ code }) => code));
});
