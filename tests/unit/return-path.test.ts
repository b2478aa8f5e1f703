import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pages, returnPath } from "@/lib/auth/return-path";

test.each(["/dashboard/usage?before=5", "/pricing", "/"])("%s is a page of this site", (page) => {
  expect(returnPath(page)).toBe(page);
});

test.each([
  "//evil.test",
  "/\\evil.test",
  "https://evil.test",
  "javascript:alert(1)",
  "/%2f%2fevil.test",
  "/dashboard/../..//evil.test",
  "/dashboard@evil.test",
  "/api/credits/balance",
  "/login",
  "/a\nb",
  "",
  undefined,
  ["/pricing"],
])("case 70: %j leads to the dashboard", (next) => {
  expect(returnPath(next)).toBe("/dashboard");
});

test("case 70: whatever is asked for, a browser ends on one of our pages", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...pages,
      "//",
      "/\\",
      "\\",
      "..",
      "@",
      ":",
      "?",
      "#",
      "%2f",
      "\t",
      "\n",
      "evil.test",
      "https:",
    ),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
      const address = new URL(returnPath(pieces.join("")), "https://site.test");
      expect(address.origin).toBe("https://site.test");
      expect(pages).toContain(address.pathname);
    }),
    { numRuns: 1000 },
  );
});

test("case 70: the list holds every page but the one for signing in", () => {
  const app = path.resolve(import.meta.dirname, "../../app");
  const there = fs
    .readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "page.tsx" && !file.includes("[...missing]"))
    .map((file) => `/${path.dirname(file)}`.replace(/\/(\([^)]+\)|\.(?=$))/g, "") || "/");
  expect([...pages, "/login"].sort()).toEqual(there.sort());
});
