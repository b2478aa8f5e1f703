import { expect, test } from "vitest";
import { readEnv } from "@/lib/env";

const good = {
  SUPABASE_URL: "http://127.0.0.1:54321",
  SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
  SUPABASE_SECRET_KEY: "sb_secret_x",
  STRIPE_SECRET_KEY: "sk_test_x",
  SITE_URL: "http://127.0.0.1:3000",
};

test("Stripe's address, who may buy and how pages keep up may be left out, nothing else", () => {
  expect(readEnv({ ...good, STRIPE_BILLING_PERCENT: "" })).toEqual({
    ...good,
    STRIPE_BILLING_ENABLED: true,
    STRIPE_BILLING_PERCENT: 100,
    STRIPE_BILLING_ACCOUNTS: [],
    LIVE_POLL_MS: 500,
    LIVE_IDLE_POLL_MS: 5_000,
    LIVE_BROADCAST: false,
  });
  for (const name of Object.keys(good)) expect(() => readEnv({ ...good, [name]: undefined })).toThrow(name);
});

test.each([
  { STRIPE_BILLING_ENABLED: "yes" },
  { STRIPE_BILLING_PERCENT: "101" },
  { STRIPE_BILLING_PERCENT: "-1" },
  { STRIPE_BILLING_PERCENT: "12.5" },
  { STRIPE_BILLING_ACCOUNTS: "ada" },
  { LIVE_POLL_MS: "50" },
  { LIVE_IDLE_POLL_MS: "often" },
  { LIVE_BROADCAST: "yes" },
])("%o is no way to say who may buy, or how pages keep up", (wrong) => {
  expect(() => readEnv({ ...good, ...wrong })).toThrow(/(STRIPE_BILLING|LIVE)_\w+ is wrong/);
});

test("one message names every bad variable and how to set it, and repeats no value", () => {
  const bad = { ...good, SUPABASE_URL: "localhost", STRIPE_SECRET_KEY: "pk_live_oops", SITE_URL: undefined };
  const message = (() => {
    try {
      readEnv(bad);
    } catch (error) {
      return error instanceof Error ? error.message : "";
    }
  })();
  expect(message?.split("\n")).toEqual([
    "The environment of the web app is not complete.",
    expect.stringMatching(/SUPABASE_URL is wrong: set it to .+http/),
    expect.stringMatching(/STRIPE_SECRET_KEY is wrong: set it to .+sk_test/),
    expect.stringMatching(/SITE_URL is missing: set it to .+http/),
  ]);
  expect(message).not.toContain("oops");
});
