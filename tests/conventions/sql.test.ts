import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const folder = path.resolve(import.meta.dirname, "../../supabase");
const files = fs
  .readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".sql"))
  .map((file) => ({ file, lines: fs.readFileSync(path.join(folder, file), "utf8").split("\n") }));

test("a line of SQL has at most 100 columns, a chapter at most 300 lines", () => {
  expect(files.length).toBeGreaterThan(40);
  const wide = files.flatMap(({ file, lines }) =>
    lines.flatMap((line, at) => (line.length > 100 ? [`${file}:${at + 1}`] : [])),
  );
  const long = files.filter(({ file, lines }) => file.startsWith("migrations") && lines.length > 301);
  expect([...wide, ...long.map(({ file }) => file)]).toEqual([]);
});
