import fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import { billingEnabled, isWithin } from "@/lib/billing/billing-enabled";

vi.mock("@/lib/env", async (original) => {
  const module = await original<typeof import("@/lib/env")>();
  return { ...module, env: () => module.readEnv(process.env) };
});

const ada = "00000000-0000-4000-8000-000000000001";
beforeEach(() => {
  vi.stubEnv("SUPABASE_URL", "http://stack.test");
  vi.stubEnv("SUPABASE_PUBLISHABLE_KEY", "sb_publishable_x");
  vi.stubEnv("SUPABASE_SECRET_KEY", "sb_secret_x");
  vi.stubEnv("STRIPE_SECRET_KEY", "sk_test_x");
  vi.stubEnv("SITE_URL", "http://site.test");
  return () => vi.unstubAllEnvs();
});

const sells = (to: { percent?: number; accounts?: string; enabled?: boolean }) => {
  vi.stubEnv("STRIPE_BILLING_PERCENT", String(to.percent ?? 100));
  vi.stubEnv("STRIPE_BILLING_ACCOUNTS", to.accounts ?? "");
  vi.stubEnv("STRIPE_BILLING_ENABLED", String(to.enabled ?? true));
};

test("raising the percentage takes no account out; 0 is nobody, 100 everybody", () => {
  const percent = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(fc.uuid(), percent, percent, (account, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      expect(isWithin(low, account) && !isWithin(high, account)).toBe(false);
      expect([isWithin(0, account), isWithin(100, account)]).toEqual([false, true]);
    }),
  );
});

test("an account's place is that of its hash, the same on every server", () => {
  // sha256 of its id begins with 11e594f4, which is 6.99 of a hundred.
  expect([6, 7].map((percent) => isWithin(percent, ada))).toEqual([false, true]);
});

test("so many of a hundred are in", () => {
  const accounts = Array.from({ length: 4000 }, (_, i) => `account ${i}`);
  const share = accounts.filter((account) => isWithin(25, account)).length / accounts.length;
  expect(share).toBeCloseTo(0.25, 1);
});

test("a listed account buys at any percentage, and nobody where it is switched off", () => {
  sells({ percent: 0, accounts: `${crypto.randomUUID()},${ada}` });
  expect(billingEnabled(ada)).toBe(true);
  expect(billingEnabled(crypto.randomUUID())).toBe(false);
  sells({ accounts: ada, enabled: false });
  expect([billingEnabled(ada), billingEnabled(null)]).toEqual([false, false]);
});

test("a visitor is offered only what everybody may buy", () => {
  sells({ percent: 99, accounts: ada });
  expect(billingEnabled(null)).toBe(false);
  sells({});
  expect(billingEnabled(null)).toBe(true);
});
