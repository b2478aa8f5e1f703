import { expect, test } from "vitest";
import { readEnv } from "@/lib/env";

const good = {
  SUPABASE_URL: "http://127.0.0.1:54321",
  SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
  SUPABASE_SECRET_KEY: "sb_secret_x",
  STRIPE_SECRET_KEY: "sk_test_x",
  SITE_URL: "http://127.0.0.1:3000",
};

test("Stripe's address may be left out, nothing else", () => {
  expect(readEnv(good).STRIPE_API_BASE).toBeUndefined();
  for (const name of Object.keys(good)) expect(() => readEnv({ ...good, [name]: undefined })).toThrow(name);
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
