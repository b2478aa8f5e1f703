// The web app with a Stripe account to sell at: the sandbox, whose events nobody delivers.
import { vi } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { openStripeAccount } from "../functions/stripe-account";
import { testApp } from "../support/app";

export type SellingApp = Awaited<ReturnType<typeof sellingApp>>;

export async function sellingApp() {
  const app = await testApp();
  const account = await openStripeAccount(app.db);
  sellAt(account.url);
  return {
    ...app,
    account,
    async close() {
      await account.close();
      await app.close();
    },
  };
}

/** Tells lib where Stripe is. */
export function sellAt(url: string) {
  vi.stubEnv("STRIPE_SECRET_KEY", sandboxKeys.secret);
  vi.stubEnv("STRIPE_API_BASE", url);
}
