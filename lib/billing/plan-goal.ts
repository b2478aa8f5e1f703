import "server-only";
import type { Route } from "next";
import { getPayment } from "@/lib/billing/get-payments";
import type { SubscriptionDetails } from "@/lib/billing/get-subscription";
import { type Query, readWantedAddress, wantedQuery } from "@/lib/billing/wanted-address";
import type { WantedPlan } from "@/lib/billing/wanted-plan";
import { isWanted } from "@/lib/billing/wanted-steps";

const simple = ["cancelled", "kept", "paused"] as const;

/** What was done to the plan at Stripe, and shows here once its webhook has been applied. */
export type PlanGoal =
  | { is: (typeof simple)[number] }
  | { is: "scheduled"; wanted: WantedPlan }
  /** `invoice`: what was paid for it, and brings its credits. */
  | { is: "changed"; wanted: WantedPlan; invoice: string | null }
  | { is: "resumed"; invoice: string | null };

/** The page that waits for it: the address knows for what, so that it can be read again. */
export function goalAddress(goal: PlanGoal): Route {
  const query = "wanted" in goal ? wantedQuery(goal.wanted) : new URLSearchParams();
  query.set("awaits", goal.is);
  if ("invoice" in goal && goal.invoice) query.set("invoice", goal.invoice);
  return `/dashboard/billing?${query}`;
}

/** An address may say anything: what is not a goal is none. */
export function readGoal(query: Query): PlanGoal | null {
  const invoice = typeof query.invoice === "string" ? query.invoice : null;
  switch (query.awaits) {
    case "scheduled":
      return { is: "scheduled", wanted: readWantedAddress(query) };
    case "changed":
      return { is: "changed", wanted: readWantedAddress(query), invoice };
    case "resumed":
      return { is: "resumed", invoice };
  }
  const known = simple.find((goal) => goal === query.awaits);
  return known ? { is: known } : null;
}

/** Is it here, with the credits that were paid for? */
export async function isReached(goal: PlanGoal, subscription: SubscriptionDetails | null): Promise<boolean> {
  const invoice = "invoice" in goal ? goal.invoice : null;
  const isPaid = invoice === null || (await getPayment(`invoice:${invoice}`))?.status === "paid";
  return isPaid && isShown(goal, subscription);
}

function isShown(goal: PlanGoal, subscription: SubscriptionDetails | null): boolean {
  // A paused plan ends as soon as it is cancelled.
  if (!subscription) return goal.is === "cancelled";
  const { items, scheduled, endsAt, status } = subscription;
  switch (goal.is) {
    case "changed":
      return isWanted(items, goal.wanted);
    case "scheduled":
      return scheduled !== null && isWanted(scheduled.items, goal.wanted);
    case "cancelled":
      return endsAt !== null;
    case "kept":
      return endsAt === null && scheduled === null;
    case "paused":
      return status === "paused";
    case "resumed":
      return status !== "paused";
  }
}
