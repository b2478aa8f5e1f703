import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { digestInputs, isBuilt } from "../../local/web.ts";

let folder: string;
const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
};
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "coffer-web-"));
  write("app/page.tsx", "1");
  write("package-lock.json", "{}");
  write(".next/BUILD_ID", "x");
  write(".next/inputs.sha256", digestInputs(folder));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test("a build is current while its inputs are the same, whatever their dates", () => {
  fs.utimesSync(path.join(folder, "app/page.tsx"), new Date(), new Date());
  write("README.md", "not an input");
  expect(isBuilt(folder)).toBe(true);
});

test.each([
  ["changed", () => write("app/page.tsx", "2")],
  ["added", () => write("lib/new.ts", "")],
  ["removed", () => fs.rmSync(path.join(folder, "app/page.tsx"))],
  ["renamed", () => fs.renameSync(path.join(folder, "app/page.tsx"), path.join(folder, "app/layout.tsx"))],
])("a build is stale when an input is %s", (_what, change) => {
  change();
  expect(isBuilt(folder)).toBe(false);
});

test("a build that was never finished is none", () => {
  fs.rmSync(path.join(folder, ".next/BUILD_ID"));
  expect(isBuilt(folder)).toBe(false);
});
