import { beforeEach, expect, test, vi } from "vitest";
import { hostedPage, stripeAddress } from "@/lib/hosted-page";

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("SUPABASE_URL", "https://abc.supabase.co");
  vi.stubEnv("SUPABASE_PUBLISHABLE_KEY", "sb_publishable_of_the_project");
  vi.stubEnv("SUPABASE_SECRET_KEY", "sb_secret_of_the_project");
  vi.stubEnv("STRIPE_SECRET_KEY", "sk_test_of_the_account");
  vi.stubEnv("SITE_URL", "https://shop.test");
});

test.each(["https://invoice.stripe.com/i/acct_1/test_1", "https://pay.stripe.com/invoice/1/pdf"])(
  "case 77: %s is led to",
  (address) => {
    expect(stripeAddress(address)).toBe(address);
    expect(hostedPage(address)).toBe(address);
  },
);

test.each([
  "http://invoice.stripe.com/i/1",
  "https://stripe.com.evil.test/",
  "https://evilstripe.com/",
  "https://stripe.com@evil.test/",
  "https://169.254.169.254/latest/meta-data",
  "javascript:alert(1)//stripe.com",
  "//invoice.stripe.com/i/1",
])("case 77: %s is not", (address) => {
  expect(stripeAddress(address)).toBeNull();
  expect(() => hostedPage(address)).toThrow("not a page of the payment service");
});
