// Every supabase/tests/database/*.test.sql, one vitest test per TAP line.
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { testDb } from "../support/db";

const dir = path.resolve(import.meta.dirname, "../../supabase/tests/database");
async function tap(file: string) {
  const db = await testDb();
  const c = new pg.Client({ connectionString: db.url });
  await c.connect();
  try {
    const results = (await c.query({
      text: fs.readFileSync(path.join(dir, file), "utf8"),
      rowMode: "array",
    })) as unknown as pg.QueryArrayResult[];
    const lines = [results]
      .flat()
      .flatMap((r) => r.rows ?? [])
      .flatMap((r) => String(r[0]).split("\n"));
    const out: { ok: boolean; name: string; diag: string[] }[] = [];
    let plan = -1;
    for (const l of lines) {
      const m = /^(not )?ok \d+(?: - )?(.*)$/.exec(l);
      if (m) out.push({ ok: !m[1] || /# (TODO|SKIP)/i.test(l), name: m[2] ?? "", diag: [] });
      else if (/^1\.\.\d+/.test(l)) plan = Number(l.slice(3));
      else if (l.startsWith("#")) out.at(-1)?.diag.push(l);
    }
    return { out, plan };
  } finally {
    await c.end();
    await db.drop();
  }
}
for (const file of fs.readdirSync(dir).filter((f) => f.endsWith(".test.sql")))
  describe(file, async () => {
    const { out, plan } = await tap(file).catch((e) => ({
      out: [{ ok: false, name: "runs", diag: [String(e)] }],
      plan: 1,
    }));
    test("plan", () => expect(out.length).toBe(plan));
    out.forEach((a, i) => test(`${i + 1} ${a.name}`, () => expect(a.ok, a.diag.join("\n")).toBe(true)));
  });
