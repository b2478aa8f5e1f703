import type Stripe from "stripe";
import type { StripeObject } from "./types.ts";

export type PortalConfiguration = StripeObject &
  Pick<Stripe.BillingPortal.Configuration, "active" | "features" | "is_default"> & {
    created: number;
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
