import type { MissingMethod } from "./billing-types.ts";
import type { Metadata, Price, Rest, StripeObject } from "./types.ts";

export type CheckoutSession = StripeObject & {
  mode: "payment" | "subscription";
  status: "open" | "complete" | "expired";
  payment_method_types: string[];
  payment_status: "paid" | "unpaid" | "no_payment_required";
  customer: string | null;
  customer_email: string | null;
  allow_promotion_codes: boolean | null;
  amount_subtotal: number;
  amount_total: number;
  automatic_tax: Rest & { enabled: boolean };
  discounts: { coupon: string; promotion_code: string | null }[];
  payment_method_collection: "always" | "if_required";
  currency: string;
  metadata: Metadata;
  total_details: { amount_discount: number; amount_shipping: number; amount_tax: number };
  success_url: string;
  cancel_url: string | null;
  expires_at: number;
};
export type LineItem = StripeObject & {
  amount_discount: number;
  amount_subtotal: number;
  amount_tax: number;
  amount_total: number;
  currency: string;
  description: string;
  price: Price;
  quantity: number;
};
/** What a session's creator asked for that the session does not show. */
export type SessionOrder = {
  subscription_metadata: Metadata;
  subscription_description: string | null;
  trial_period_days: number | null;
  trial_end: number | null;
  missing_payment_method: MissingMethod;
  payment_metadata: Metadata;
  payment_description: string | null;
};
