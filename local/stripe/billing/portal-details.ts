import { missingResource } from "../engine/errors.ts";
import { emit, update } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import type { Address, TaxId } from "../engine/portal-types.ts";
import type { Customer } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import type { Visit } from "./portal-access.ts";

export const addressFields = ["line1", "line2", "city", "state", "postal_code", "country"] as const;
const nameFields = ["name", "email", "phone"] as const;
export type DetailsField = (typeof addressFields)[number] | (typeof nameFields)[number];
export type DetailsForm = Partial<Record<DetailsField | "tax_type" | "tax_value", string>>;

/** A few of Stripe's kinds of tax ids, and how their values are written. */
export const taxIdTypes: Record<string, { label: string; pattern: RegExp }> = {
  au_abn: { label: "Australia: ABN", pattern: /^\d{11}$/ },
  eu_vat: { label: "European Union: VAT", pattern: /^[A-Z]{2}[A-Z0-9]{2,12}$/ },
  gb_vat: { label: "United Kingdom: VAT", pattern: /^GB(\d{9}|\d{12})$/ },
  us_ein: { label: "United States: EIN", pattern: /^\d{2}-\d{7}$/ },
};

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
    ...(given.has("country") && { address: addressOf(given) }),
  });
  return null;
}

/** Null where every line is empty, as with Stripe. */
function addressOf(given: Map<DetailsField, string | null>): Address | null {
  const line = (name: DetailsField) => given.get(name) ?? null;
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

export const taxIdsOf = ({ state }: Work, { customer }: Visit): Promise<TaxId[]> =>
  state.list("tax_id", { body: { customer: customer.id } });

export async function addTaxId(work: Work, visited: Visit, form: DetailsForm): Promise<string | null> {
  const type = form.tax_type ?? "";
  const value = (form.tax_value ?? "").trim().toUpperCase();
  if (!taxIdTypes[type]?.pattern.test(value)) return "This is no such tax ID.";
  const known = await taxIdsOf(work, visited);
  if (known.some((one) => one.type === type && one.value === value)) return "This tax ID is here already.";
  if (known.length === 5) return "There are 5 tax IDs; remove one first.";
  const { id: customer } = visited.customer;
  const taxId: TaxId = {
    id: newId("txi", 24),
    object: "tax_id",
    country: type === "eu_vat" ? value.slice(0, 2) : type.slice(0, 2).toUpperCase(),
    created: work.at,
    customer,
    customer_account: null,
    livemode: false,
    owner: { customer, type: "customer" },
    type,
    value,
    verification: { status: "pending", verified_address: null, verified_name: null },
  };
  await work.state.insert(taxId);
  await emit(work, "customer.tax_id.created", taxId);
  return null;
}

export async function removeTaxId(work: Work, { customer }: Visit, id: string): Promise<void> {
  const taxId = await work.state.get("tax_id", id);
  if (taxId.customer !== customer.id) throw missingResource("tax_id", id);
  await work.state.remove(id);
  await emit(work, "customer.tax_id.deleted", taxId);
}
