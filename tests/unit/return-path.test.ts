import { expect, test } from "vitest";
import { returnPath } from "@/lib/auth/return-path";

test.each(["/dashboard/usage?before=5", "/pricing", "/"])("%s is a page of this site", (path) => {
  expect(returnPath(path)).toBe(path);
});

test.each([
  "//evil.test",
  "/\\evil.test",
  "https://evil.test",
  "javascript:alert(1)",
  "/a\nb",
  "",
  undefined,
  ["/a"],
])("case 70: %j leads to the dashboard", (path) => {
  expect(returnPath(path)).toBe("/dashboard");
});
