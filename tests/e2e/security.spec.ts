import fs from "node:fs";
import path from "node:path";
import { expect, test } from "./support";

test("case 78: pages run no inline script but their own, and cannot be framed", async ({ page }) => {
  const response = await page.goto("/");
  const headers = response?.headers() ?? {};
  const scripts = headers["content-security-policy"]
    ?.split("; ")
    .find((rule) => rule.startsWith("script-src"));
  expect(scripts).toMatch(/^script-src 'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic'$/);
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-frame-options"]).toBe("DENY");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["x-powered-by"]).toBeUndefined();
});

test("two answers never share a nonce", async ({ request }) => {
  const nonce = async () =>
    (await request.get("/")).headers()["content-security-policy"]?.match(/nonce-([^']+)/)?.[1];
  expect(await nonce()).not.toBe(await nonce());
});

test("case 79: no secret, and no name of one, is in what browsers download", () => {
  const root = path.resolve(import.meta.dirname, "../../.next/static");
  const files = fs
    .readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"));
  expect(files.length).toBeGreaterThan(5);
  const leaks = files.filter((file) =>
    /sb_secret_|sk_(test|live)_|whsec_|SUPABASE_SECRET|STRIPE_SECRET|account_id/.test(
      fs.readFileSync(path.join(root, file), "utf8"),
    ),
  );
  expect(leaks).toEqual([]);
});
