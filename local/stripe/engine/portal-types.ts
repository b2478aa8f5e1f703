import type Stripe from "stripe";
import type { Metadata, StripeObject } from "./types.ts";

/** Which plans a customer may change to, and what else the portal lets him do. */
export type PortalConfiguration = StripeObject & {
  active: boolean;
  created: number;
  default_return_url: string | null;
  features: Stripe.BillingPortal.Configuration.Features;
  is_default: boolean;
  metadata: Metadata;
  name: string | null;
  updated: number;
};
export type PortalSession = StripeObject & {
  configuration: string;
  customer: string;
  flow: Stripe.BillingPortal.Session.Flow | null;
  return_url: string | null;
};
export type TaxId = StripeObject & { customer: string; type: string; value: string };
export type Address = Record<"line1" | "line2" | "city" | "state" | "postal_code" | "country", string | null>;
