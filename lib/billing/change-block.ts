import "server-only";
import type { SubscriptionDetails } from "@/lib/billing/get-subscription";

/** What must be settled before a plan can be changed: it goes on, is paid, or is not cancelled any more. */
export type ChangeBlock = "paused" | "unpaid" | "ending";

export function changeBlock({
  status,
  endsAt,
}: Pick<SubscriptionDetails, "status" | "endsAt">): ChangeBlock | null {
  if (status === "paused") return "paused";
  if (status !== "active" && status !== "trialing") return "unpaid";
  return endsAt ? "ending" : null;
}
