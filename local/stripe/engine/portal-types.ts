import type Stripe from "stripe";
import type { Metadata, StripeObject } from "./types.ts";

/** Which plans a customer may change to, and what else the portal lets him do. */
export type PortalConfiguration = StripeObject & {
  active: boolean;
  default_return_url: string | null;
  features: Stripe.BillingPortal.Configuration.Features;
  is_default: boolean;
  metadata: Metadata;
  name: string | null;
};
export type PortalSession = StripeObject & { customer: string; return_url: string | null };
