import "server-only";
import type Stripe from "stripe";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { countries, taxIdTypes } from "@/lib/billing/tax-id-types";
import { askStripe, stripe } from "@/lib/stripe";
import { value } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";

export const addressLines = ["line1", "line2", "postal_code", "city", "state", "country"] as const;

/** Whom invoices are made out to. Stripe has it; nothing of it is kept here. */
export type BillingDetails = {
  name: string;
  address: Record<(typeof addressLines)[number], string>;
  taxIds: { id: string; type: string; value: string }[];
  /** What a form offers: every country, and which kind of tax id it has, if one that we know. */
  countries: string[];
  taxIdTypes: Record<string, string>;
};

/** Null where nothing was bought yet: Stripe knows no such customer. */
export async function getBillingDetails(): Promise<BillingDetails | null> {
  const customer = await findCustomer();
  if (!customer) return null;
  return {
    name: customer.name ?? "",
    address: addressOf(customer.address),
    taxIds: (customer.tax_ids?.data ?? []).map(({ id, type, value: text }) => ({ id, type, value: text })),
    countries,
    taxIdTypes,
  };
}

/** The signed-in user's, as Stripe has it now. */
export async function findCustomer(): Promise<Stripe.Customer | null> {
  const { id: account_id } = await getUserOrThrow();
  const id = await value(serviceClient().rpc("get_customer", { account_id }));
  if (!id) return null;
  const found = await askStripe(stripe().customers.retrieve(id, { expand: ["tax_ids"] }));
  return found.deleted ? null : found;
}

function addressOf(address: Stripe.Address | null | undefined): BillingDetails["address"] {
  return {
    line1: address?.line1 ?? "",
    line2: address?.line2 ?? "",
    postal_code: address?.postal_code ?? "",
    city: address?.city ?? "",
    state: address?.state ?? "",
    country: address?.country ?? "",
  };
}
