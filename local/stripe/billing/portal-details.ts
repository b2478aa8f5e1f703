import { isStripeError } from "../engine/errors.ts";
import { update } from "../engine/events.ts";
import type { Address } from "../engine/portal-types.ts";
import type { Customer } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import type { Visit } from "./portal-access.ts";
import { createTaxId } from "./tax-ids.ts";

export const addressFields = ["line1", "line2", "city", "state", "postal_code", "country"] as const;
const nameFields = ["name", "email", "phone"] as const;
export type DetailsField = (typeof addressFields)[number] | (typeof nameFields)[number];
export type DetailsForm = Partial<Record<DetailsField | "tax_type" | "tax_value", string>>;

/** Which fields the configuration lets a customer change; an address is one permission. */
export function allowedFields({ features }: Visit): DetailsField[] {
  const allowed = features.customer_update.allowed_updates;
  const names = nameFields.filter((name) => allowed.includes(name));
  return allowed.includes("address") ? [...names, ...addressFields] : names;
}

/** Keeps what was typed, or says what is wrong with it. */
export async function saveDetails(work: Work, visited: Visit, form: DetailsForm): Promise<string | null> {
  const fields = allowedFields(visited);
  const given = new Map(fields.map((name) => [name, form[name]?.trim() || null] as const));
  for (const value of given.values())
    if (value && (value.length > 200 || /\p{Cc}/u.test(value)))
      return "Use at most 200 letters in a line, and no others than one can see.";
  const country = given.get("country") ?? null;
  if (country && !/^[A-Z]{2}$/.test(country))
    return "Write the country as two capital letters, as in US or DE.";
  if (given.has("email") && !/^[^\s@]+@[^\s@]+$/.test(given.get("email") ?? ""))
    return "Your email address is invalid.";
  const { customer } = visited;
  const names = Object.fromEntries(
    nameFields.flatMap((name) => (given.has(name) ? [[name, given.get(name)]] : [])),
  );
  await update<Customer>(work, "customer.updated", customer, {
    ...customer,
    ...names,
    ...(given.has("country") && { address: addressOf(Object.fromEntries(given)) }),
  });
  return null;
}

/** Null where every line is empty, as with Stripe. */
export function addressOf(given: { [name in DetailsField]?: string | null }): Address | null {
  const line = (name: DetailsField) => given[name] || null;
  const address: Address = {
    line1: line("line1"),
    line2: line("line2"),
    city: line("city"),
    state: line("state"),
    postal_code: line("postal_code"),
    country: line("country"),
  };
  return Object.values(address).some((value) => value !== null) ? address : null;
}

/** What is wrong with it, if anything is. */
export async function addTaxId(work: Work, { customer }: Visit, form: DetailsForm): Promise<string | null> {
  try {
    await createTaxId(work, customer.id, form.tax_type ?? "", form.tax_value ?? "");
    return null;
  } catch (error) {
    if (isStripeError(error)) return error.body.message;
    throw error;
  }
}
