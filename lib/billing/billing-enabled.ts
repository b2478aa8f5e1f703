import "server-only";
import { createHash } from "node:crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/**
 * May this account buy? Null is a visitor who is not signed in: to them nothing is offered that their account may not get.
 * What was bought before goes on either way, and can be cancelled.
 */
export function billingEnabled(accountId: string | null): boolean {
  const {
    STRIPE_BILLING_ENABLED,
    STRIPE_BILLING_PERCENT: percent,
    STRIPE_BILLING_ACCOUNTS: accounts,
  } = env();
  if (!STRIPE_BILLING_ENABLED) return false;
  if (accountId === null) return percent === 100;
  return accounts.includes(accountId) || isWithin(percent, accountId);
}

/** For what the HTTP API and the actions do: where nothing is sold, there is nothing. */
export function requireBilling(accountId: string): void {
  if (billingEnabled(accountId)) return;
  throw new AppError("unknown", "buyingClosed");
}

/** An account has its place for good, so raising the percentage takes nobody out. */
export function isWithin(percent: number, accountId: string): boolean {
  const place = createHash("sha256").update(accountId).digest().readUInt32BE() / 2 ** 32;
  return place * 100 < percent;
}
