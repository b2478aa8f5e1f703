import { expect, test } from "vitest";
import { keys, sandboxKeys } from "../../local/keys.ts";
import { readEnv } from "../../supabase/functions/_shared/env.ts";

const good: Record<string, string> = {
  SUPABASE_URL: "https://abc.supabase.co",
  SUPABASE_SECRET_KEY: "sb_secret_of_the_project",
  STRIPE_SECRET_KEY: "sk_test_of_the_account",
  STRIPE_WEBHOOK_SECRET: "whsec_of_the_endpoint",
};
const read = (changes: Record<string, string | undefined> = {}) =>
  readEnv((name) => ({ ...good, ...changes })[name]);

test.each(Object.keys(good))("case 5: a missing or blank %s stops the start", (name) => {
  for (const value of [undefined, "", "  "]) expect(() => read({ [name]: value })).toThrow(name);
});
test("one error names every bad variable", () => {
  const names = /SUPABASE_URL.*SUPABASE_SECRET_KEY.*STRIPE_SECRET_KEY.*STRIPE_WEBHOOK_SECRET/;
  expect(() => readEnv(() => undefined)).toThrow(names);
});
test.each([
  ["SUPABASE_URL", "abc.supabase.co"],
  ["SUPABASE_SECRET_KEYS", "sb_secret_not_json"],
  ["SUPABASE_SECRET_KEYS", "{}"],
  ["STRIPE_SECRET_KEY", "pk_test_publishable"],
  ["STRIPE_WEBHOOK_SECRET", "whsec_a,"],
  ["STRIPE_WEBHOOK_SECRET", "whsec_a,,whsec_b"],
  ["STRIPE_WEBHOOK_SECRET", "secret"],
  ["STRIPE_API_BASE", "127.0.0.1:54330"],
  ["STRIPE_BILLING_ENABLED", "off"],
])("%s is refused when it is %j", (name, value) => {
  expect(() => read({ [name]: value })).toThrow(name);
});
test("an error quotes no secret", () => {
  const secret = "rotten_secret_value";
  const start = () => read({ STRIPE_SECRET_KEY: secret, STRIPE_WEBHOOK_SECRET: secret });
  expect(start).toThrow("STRIPE_SECRET_KEY");
  expect(start).not.toThrow(secret);
});
test("webhook secrets come apart at commas", () => {
  const { stripeWebhookSecrets } = read({ STRIPE_WEBHOOK_SECRET: " whsec_a , whsec_b\n" });
  expect(stripeWebhookSecrets).toEqual(["whsec_a", "whsec_b"]);
});
test("the hosted dictionary of keys goes before the older names of the key", () => {
  const SUPABASE_SECRET_KEYS = JSON.stringify({ other: "sb_secret_b", default: "sb_secret_a" });
  expect(read({ SUPABASE_SECRET_KEYS }).supabaseSecretKey).toBe("sb_secret_a");
  const SUPABASE_SERVICE_ROLE_KEY = "eyJ.legacy";
  const old = read({ SUPABASE_SECRET_KEY: undefined, SUPABASE_SERVICE_ROLE_KEY });
  expect(old.supabaseSecretKey).toBe("eyJ.legacy");
});
test("the mode is the key's", () => {
  expect(read().livemode).toBe(false);
  expect(read({ STRIPE_SECRET_KEY: "rk_live_of_the_account" }).livemode).toBe(true);
});

const demoJwt = `eyJhbGciOiJIUzI1NiJ9.${btoa('{"iss":"supabase-demo","role":"service_role"}')}.signature`;
const wellKnown = [
  ["SUPABASE_SECRET_KEY", keys.secret],
  ["SUPABASE_SECRET_KEY", demoJwt],
  ["STRIPE_SECRET_KEY", sandboxKeys.secret],
  ["STRIPE_WEBHOOK_SECRET", `whsec_of_the_endpoint,${sandboxKeys.webhook}`],
] as const;
test.each(wellKnown)("a hosted project does not start with the well-known %s %j", (name, value) => {
  expect(() => read({ [name]: value })).toThrow(name);
});
test.each(wellKnown)("a local stack, and the CLI's, starts with the well-known %s %j", (name, value) => {
  for (const SUPABASE_URL of ["http://127.0.0.1:54321", "http://kong:8000"])
    expect(() => read({ SUPABASE_URL, [name]: value })).not.toThrow();
});
