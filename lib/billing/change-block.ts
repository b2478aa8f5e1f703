import "server-only";
import type { SubscriptionDetails } from "@/lib/billing/get-subscription";

/**
 * What must be settled before a plan can be changed: it goes on, is paid, or is not cancelled any more; `closed`: nothing is
 * sold to this account.
 */
export type ChangeBlock = "closed" | "paused" | "unpaid" | "ending";

/** Stripe charges nothing for it, and it gives nothing: it ends as soon as it is cancelled. */
export const isResting = (status: string): boolean => status === "paused" || status === "unpaid";

export function changeBlock(
  { status, endsAt }: Pick<SubscriptionDetails, "status" | "endsAt">,
  canBuy: boolean,
): ChangeBlock | null {
  if (!canBuy) return "closed";
  if (status === "paused") return "paused";
  if (status !== "active" && status !== "trialing") return "unpaid";
  return endsAt ? "ending" : null;
}
