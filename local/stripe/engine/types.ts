import type Stripe from "stripe";
import type { Settings } from "../billing/settings.ts";
import type { Behaviour } from "./behaviour.ts";
import type {
  Billable,
  Coupon,
  Discount,
  InvoiceItem,
  Period,
  PromotionCode,
  Resumption,
  Subscription,
  SubscriptionSchedule,
  TestClock,
} from "./billing-types.ts";
import type { CheckoutSession, LineItem, SessionOrder } from "./checkout-types.ts";
import type { WebhookEndpoint } from "./endpoints.ts";
import type { Address, PortalConfiguration, PortalSession, TaxId } from "./portal-types.ts";

export type Rest = { [field: string]: unknown };

/** What the engine itself reads of Stripe's objects; the contract check answers for the other fields. */
export type StripeObject = Rest & { id: string; object: string };
export type Metadata = Record<string, string>;
export type List<T = StripeObject> = { object: "list"; data: T[]; has_more: boolean; url: string };

export type Customer = StripeObject & {
  address: Address | null;
  email: string | null;
  name: string | null;
  phone: string | null;
  description: string | null;
  metadata: Metadata;
  balance: number;
  invoice_prefix: string;
  next_invoice_sequence: number;
  invoice_settings: Rest & { default_payment_method: string | null };
};
export type Product = StripeObject & {
  name: string;
  active: boolean;
  description: string | null;
  tax_code: string | null;
  metadata: Metadata;
};
export type Interval = Stripe.PriceCreateParams.Recurring.Interval;
export type Price = StripeObject & {
  active: boolean;
  created: number;
  nickname: string | null;
  currency: string;
  unit_amount: number;
  lookup_key: string | null;
  metadata: Metadata;
  product: string;
  tax_behavior: "exclusive" | "inclusive" | "unspecified";
  recurring: (Rest & { interval: Interval; interval_count: number }) | null;
  type: "one_time" | "recurring";
};
export type CardDetails = Rest & { brand: string; last4: string; exp_month: number; exp_year: number };
export type BankDetails = Rest & { bank_name: string; last4: string; routing_number: string };
export type MethodDetails =
  | { type: "card"; card: CardDetails }
  | { type: "us_bank_account"; us_bank_account: BankDetails };
export type PaymentMethod = StripeObject & MethodDetails & { customer: string | null; metadata: Metadata };
export type PaymentIntent = StripeObject & {
  amount: number;
  currency: string;
  customer: string | null;
  latest_charge: string | null;
  payment_method: string | null;
  metadata: Metadata;
  next_action: { redirect_to_url: { return_url: string; url: string }; type: "redirect_to_url" } | null;
  status: string;
};
export type Charge = StripeObject & {
  amount: number;
  amount_refunded: number;
  currency: string;
  customer: string | null;
  disputed: boolean;
  payment_intent: string;
  payment_method: string;
  receipt_url: string | null;
  refunded: boolean;
  status: "pending" | "succeeded" | "failed";
};
export type Refund = StripeObject & {
  amount: number;
  charge: string;
  currency: string;
  metadata: Metadata;
  payment_intent: string;
  status: "pending" | "requires_action" | "succeeded" | "failed" | "canceled";
};
export type Dispute = StripeObject & {
  amount: number;
  balance_transactions: StripeObject[];
  charge: string;
  currency: string;
  evidence: Rest;
  evidence_details: Rest & { due_by: number | null; submission_count: number };
  metadata: Metadata;
  payment_method_details: { card: Rest; type: "card" };
  status:
    | "warning_needs_response"
    | "warning_under_review"
    | "warning_closed"
    | "needs_response"
    | "under_review"
    | "won"
    | "lost";
};
export type InvoiceLine = StripeObject & {
  amount: number;
  currency: string;
  description: string;
  discount_amounts: { amount: number; discount: string }[];
  discountable: boolean;
  invoice: string;
  taxes: {
    amount: number;
    tax_behavior: "exclusive" | "inclusive";
    tax_rate_details: null;
    taxability_reason: string;
    taxable_amount: number;
    type: "tax_rate_details";
  }[];
  parent: Rest & { subscription_item_details: Rest & { subscription_item: string; proration: boolean } };
  pricing: Rest & { price_details: { price: string; product: string } };
  quantity: number;
  period: Period;
};
export type Invoice = StripeObject & {
  number: string | null;
  status: "draft" | "open" | "paid" | "void" | "uncollectible";
  customer: string;
  customer_email: string | null;
  customer_address: Address | null;
  customer_name: string | null;
  customer_tax_ids: { type: string; value: string }[];
  currency: string;
  created: number;
  total: number;
  starting_balance: number;
  amount_due: number;
  amount_paid: number;
  attempted: boolean;
  amount_remaining: number;
  attempt_count: number;
  auto_advance: boolean;
  next_payment_attempt: number | null;
  billing_reason: string;
  parent: Rest & { subscription_details: { subscription: string; metadata: Metadata } };
  lines: List<InvoiceLine>;
  hosted_invoice_url: string | null;
  invoice_pdf: string | null;
  status_transitions: Rest & { finalized_at: number | null; paid_at: number | null };
};
export type InvoicePayment = StripeObject & {
  invoice: string;
  status: string;
  payment: { type: "payment_intent"; payment_intent: string };
};
export type StripeEvent = StripeObject & {
  type: string;
  created: number;
  pending_webhooks: number;
  data: { object: StripeObject };
};

/** What is kept beside an object and never answered. */
export type Hidden = {
  "checkout.session": { order: SessionOrder };
  invoice: { resumption?: Resumption; isOfPendingUpdate?: boolean };
  invoiceitem: { billable: Billable };
  payment_method: { behaviour: Behaviour };
};

/** Name of a resource (its `object`) -> what is known of it. */
export type Resources = {
  "billing_portal.configuration": PortalConfiguration;
  "billing_portal.session": PortalSession;
  charge: Charge;
  "checkout.session": CheckoutSession;
  coupon: Coupon;
  customer: Customer;
  discount: Discount;
  dispute: Dispute;
  event: StripeEvent;
  invoice: Invoice;
  invoice_payment: InvoicePayment;
  invoiceitem: InvoiceItem;
  item: LineItem;
  line_item: InvoiceLine;
  payment_intent: PaymentIntent;
  payment_method: PaymentMethod;
  price: Price;
  product: Product;
  promotion_code: PromotionCode;
  refund: Refund;
  "sandbox.settings": Settings;
  subscription: Subscription;
  subscription_schedule: SubscriptionSchedule;
  tax_id: TaxId;
  "test_helpers.test_clock": TestClock;
  webhook_endpoint: WebhookEndpoint;
};
export type Kind = keyof Resources;
