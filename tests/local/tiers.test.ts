import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const tests = path.resolve(import.meta.dirname, "..");
const folders = fs.readdirSync(tests).filter((name) => name !== "support");
const filesOf = (folder: string) =>
  fs
    .readdirSync(path.join(tests, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file}`);

test.each(folders)(
  "tests/%s is run: vitest takes *.test.ts(x), Playwright the *.spec.ts of e2e",
  (folder) => {
    const ours = folder === "e2e" ? /\.spec\.ts$/ : /\.test\.tsx?$/;
    const files = filesOf(folder);
    expect(files.filter((file) => ours.test(file))).not.toEqual([]);
    expect(files.filter((file) => /\.(test|spec)\.\w+$/.test(file) && !ours.test(file))).toEqual([]);
  },
);

test("files of tests stand in folders", () => {
  expect(folders.filter((name) => name.includes("."))).toEqual([]);
});
