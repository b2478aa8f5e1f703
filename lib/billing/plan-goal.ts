import "server-only";
import type { Route } from "next";
import type { SubscriptionDetails } from "@/lib/billing/get-subscription";
import { type Query, readWantedAddress, wantedQuery } from "@/lib/billing/wanted-address";
import type { WantedPlan } from "@/lib/billing/wanted-plan";
import { isWanted } from "@/lib/billing/wanted-steps";

const simple = ["cancelled", "kept", "paused", "resumed"] as const;
const changes = ["changed", "scheduled"] as const;

/** What was done to the plan at Stripe, and shows here once its webhook has been applied. */
export type PlanGoal = { is: (typeof simple)[number] } | { is: (typeof changes)[number]; wanted: WantedPlan };

/** The page that waits for it: the address knows for what, so that it can be read again. */
export function goalAddress(goal: PlanGoal): Route {
  const query = "wanted" in goal ? wantedQuery(goal.wanted) : new URLSearchParams();
  query.set("awaits", goal.is);
  return `/dashboard/billing?${query}`;
}

/** An address may say anything: what is not a goal is none. */
export function readGoal(query: Query): PlanGoal | null {
  const known = simple.find((goal) => goal === query.awaits);
  if (known) return { is: known };
  const change = changes.find((goal) => goal === query.awaits);
  return change ? { is: change, wanted: readWantedAddress(query) } : null;
}

export function isReached(goal: PlanGoal, subscription: SubscriptionDetails | null): boolean {
  if (!subscription) return false;
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
