import "server-only";
import { AppError } from "@/lib/errors";

export type SubscriptionItem = {
  lookupKey: string;
  name: string;
  isAddOn: boolean;
  quantity: number;
  maxQuantity: number;
  /** Of one piece, for one interval. */
  priceCents: number;
  currency: string;
  interval: "month" | "year";
};

export type SubscriptionDetails = {
  id: string;
  /** Stripe's word. */
  status: string;
  /** The plan first, then the add-ons. */
  items: SubscriptionItem[];
  /** What it becomes when the paid period is over, where a change waits for that. */
  scheduled: { at: string; items: SubscriptionItem[] } | null;
  periodEnd: string;
  pausedAt: string | null;
  /** Set once it is cancelled: it works until then. */
  endsAt: string | null;
  /** Set while Stripe charges nothing yet. */
  trialEndsAt: string | null;
};

/** What does the signed-in user subscribe to? Null where Stripe will charge nothing again. */
export async function getSubscription(): Promise<SubscriptionDetails | null> {
  throw new AppError("unavailable");
}
