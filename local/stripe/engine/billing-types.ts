import type { List, Metadata, Price, Rest, StripeObject } from "./types.ts";

export type Period = { start: number; end: number };

export type SubscriptionItem = StripeObject & {
  metadata: Metadata;
  price: Price;
  quantity: number;
  current_period_start: number;
  current_period_end: number;
};
export type Subscription = StripeObject & {
  status:
    | "incomplete"
    | "incomplete_expired"
    | "trialing"
    | "active"
    | "past_due"
    | "unpaid"
    | "paused"
    | "canceled";
  customer: string;
  currency: string;
  metadata: Metadata;
  billing_cycle_anchor: number;
  cancel_at: number | null;
  cancellation_details: CancellationDetails;
  created: number;
  automatic_tax: Rest & { enabled: boolean };
  default_payment_method: string | null;
  /** Ids; one at most here. */
  discounts: string[];
  items: List<SubscriptionItem>;
  latest_invoice: string | null;
  pause_collection: PauseCollection | null;
  pending_update: PendingUpdate | null;
  schedule: string | null;
  status_details?: Rest;
  trial_end: number | null;
  trial_settings: { end_behavior: Rest & { missing_payment_method: MissingMethod } };
};
export type Coupon = StripeObject & {
  amount_off: number | null;
  currency: string | null;
  duration: "forever" | "once" | "repeating";
  duration_in_months: number | null;
  max_redemptions: number | null;
  percent_off: number | null;
  redeem_by: number | null;
  times_redeemed: number;
};
export type PromotionCode = StripeObject & {
  active: boolean;
  code: string;
  expires_at: number | null;
  max_redemptions: number | null;
  promotion: { coupon: string; type: "coupon" };
  times_redeemed: number;
};
export type Discount = StripeObject & {
  end: number | null;
  promotion_code: string | null;
  source: { coupon: string; type: "coupon" };
  start: number;
};
export type CancellationDetails = {
  comment: string | null;
  feedback: string | null;
  feedback_option: string | null;
  reason: "cancellation_requested" | "payment_failed" | null;
};
export type PauseCollection = {
  behavior: "keep_as_draft" | "mark_uncollectible" | "void";
  resumes_at: number | null;
};
export type MissingMethod = "cancel" | "create_invoice" | "pause";
/** A change that waits for the payment of `latest_invoice`. */
type PendingUpdate = Rest & {
  billing_cycle_anchor: number | null;
  expires_at: number;
  metadata: Metadata | null;
  subscription_items: SubscriptionItem[] | null;
  trial_end: number | null;
};
/** So much for this item at this price over this time: what a line of an invoice says, and a pending item. */
export type Billable = {
  item: string;
  price: Price;
  quantity: number;
  amount: number;
  description: string;
  period: Period;
  isProration: boolean;
  /** The pending item that it has been until now. */
  invoiceItem?: string;
};
/** An amount that waits for the next invoice, or that came upon one in this way. */
export type InvoiceItem = StripeObject & {
  amount: number;
  customer: string;
  description: string;
  invoice: string | null;
  parent: Rest & { subscription_details: { subscription: string; subscription_item: string } };
  period: Period;
  pricing: Rest & { price_details: { price: string; product: string } };
  quantity: number;
};
/** What becomes of a paused subscription when this invoice is paid, or when its payment is tried. */
export type Resumption = { items: SubscriptionItem[]; anchor: number; isOnAttempt: boolean };
export type SchedulePhase = Rest & {
  start_date: number;
  end_date: number;
  items: (Rest & { price: string; quantity: number })[];
  discounts: (Rest & { discount: string })[];
  metadata: Metadata;
  proration_behavior: "always_invoice" | "create_prorations" | "none";
};
/** Which plan a subscription has from when to when. */
export type SubscriptionSchedule = StripeObject & {
  current_phase: { start_date: number; end_date: number } | null;
  end_behavior: "release" | "cancel";
  metadata: Metadata;
  phases: SchedulePhase[];
  status: "active" | "canceled" | "completed" | "released";
  subscription: string | null;
};
/** A time of its own for up to three customers and all that is theirs; it stands until it is told to go on. */
export type TestClock = StripeObject & {
  created: number;
  deletes_after: number;
  frozen_time: number;
  name: string | null;
  status: "ready" | "advancing" | "internal_failure";
  status_details: { advancing?: { target_frozen_time: number } };
};
