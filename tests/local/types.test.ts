import fs from "node:fs";
import { expect, test } from "vitest";
import { generateTypes, typesFile } from "../../local/types.ts";
import { testDb } from "../support/db";

test("lib/database.types.ts is what the migrations say (npm run types writes it)", async () => {
  const db = await testDb();
  const fresh = await generateTypes(db.url).finally(db.drop);
  expect(fs.readFileSync(typesFile, "utf8")).toBe(fresh);
});
