import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The rules of the policy as an app with this environment sends it. */
async function rules(LIVE_BROADCAST: string) {
  const environment = {
    SUPABASE_URL: "https://project.supabase.co",
    SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
    SUPABASE_SECRET_KEY: "sb_secret_x",
    STRIPE_SECRET_KEY: "sk_test_x",
    SITE_URL: "https://coffer.test",
    LIVE_BROADCAST,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { contentSecurityPolicy } = await import("@/lib/content-security-policy");
  return contentSecurityPolicy("nonce").split("; ");
}

test("a page may connect to the Supabase project where it is told of entries, and nowhere else", async () => {
  expect(await rules("true")).toContain("connect-src 'self' wss://project.supabase.co");
});

test("a page that asks connects to its own site only", async () => {
  const policy = await rules("false");
  expect(policy).toContain("default-src 'self'");
  expect(policy.filter((rule) => rule.startsWith("connect-src"))).toEqual([]);
});
