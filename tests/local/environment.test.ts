import { expect, test } from "vitest";
import { childEnvironment, readEnvironment } from "../../local/environment.ts";

function complaint(env: Record<string, string>) {
  try {
    readEnvironment(env);
  } catch (error) {
    return String(error);
  }
  return "none";
}

test("nothing needs to be set", () => {
  expect(readEnvironment({}).ports).toEqual({
    web: 3000,
    api: 54321,
    database: 54322,
    functions: 54325,
    stripe: 54330,
  });
  expect(childEnvironment(readEnvironment({}))).toMatchObject({
    SUPABASE_URL: "http://127.0.0.1:54321",
    STRIPE_API_BASE: "http://127.0.0.1:54330",
    SITE_URL: "http://127.0.0.1:3000",
  });
});

test("every bad variable is in one message, with what it should be", () => {
  const message = complaint({
    PORT: "abc",
    DB_PORT: "70000",
    STRIPE_SECRET_KEY: "sk_live_1",
    SITE_URL: "here",
  });
  for (const part of ["PORT (now abc)", "DB_PORT (now 70000)", "sk_test_", "SITE_URL (now here)"])
    expect(message).toContain(part);
});

test("a key is not printed in full", () => {
  expect(complaint({ STRIPE_SECRET_KEY: "sk_live_secret" })).not.toContain("secret");
});

test("two services cannot share a port", () => {
  expect(complaint({ PORT: "4000", API_PORT: "4000" })).toContain("API_PORT (now 4000) is the same as PORT");
});

test("a Stripe account of one's own needs its webhook secret and gets no sandbox", () => {
  expect(complaint({ STRIPE_SECRET_KEY: "sk_test_own" })).toContain("STRIPE_WEBHOOK_SECRET is needed");
  const own = readEnvironment({ STRIPE_SECRET_KEY: "sk_test_own", STRIPE_WEBHOOK_SECRET: "whsec_a,whsec_b" });
  expect(own.stripe.isSandbox).toBe(false);
  expect(childEnvironment(own)).not.toHaveProperty("STRIPE_API_BASE");
});
