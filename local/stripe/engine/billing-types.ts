import type { List, Metadata, Price, StripeObject } from "./types.ts";

export type SubscriptionItem = StripeObject & {
  price: Price;
  quantity: number;
  current_period_start: number;
  current_period_end: number;
};
export type Subscription = StripeObject & {
  status: "incomplete" | "active" | "past_due" | "canceled";
  customer: string;
  currency: string;
  metadata: Metadata;
  billing_cycle_anchor: number;
  cancel_at: number | null;
  default_payment_method: string | null;
  items: List<SubscriptionItem>;
  latest_invoice: string | null;
};
/** A time of its own for up to three customers and all that is theirs; it stands until it is told to go on. */
export type TestClock = StripeObject & {
  created: number;
  deletes_after: number;
  frozen_time: number;
  name: string | null;
  status: "ready" | "advancing";
  status_details: { advancing?: { target_frozen_time: number } };
};
