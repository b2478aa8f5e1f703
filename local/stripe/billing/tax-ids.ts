import { invalid, missingResource } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import type { TaxId } from "../engine/portal-types.ts";
import type { Work } from "../engine/work.ts";

/** A few of Stripe's kinds of tax ids, and how their values are written. */
export const taxIdTypes: Record<string, { label: string; pattern: RegExp }> = {
  au_abn: { label: "Australia: ABN", pattern: /^\d{11}$/ },
  eu_vat: { label: "European Union: VAT", pattern: /^[A-Z]{2}[A-Z0-9]{2,12}$/ },
  gb_vat: { label: "United Kingdom: VAT", pattern: /^GB(\d{9}|\d{12})$/ },
  us_ein: { label: "United States: EIN", pattern: /^\d{2}-\d{7}$/ },
};

/** Of the kinds whose rules are not known here, only that something is there. */
const anyPattern = /^[\w .\-/]{3,30}$/;

export const taxIdsOf = ({ state }: Work, customer: string): Promise<TaxId[]> =>
  state.list("tax_id", { body: { customer } });

export async function createTaxId(work: Work, customer: string, type: string, text: string): Promise<TaxId> {
  const value = text.trim().toUpperCase();
  const pattern = taxIdTypes[type]?.pattern ?? anyPattern;
  if (!pattern.test(value)) throw invalid("This is no such tax ID.", "value", "tax_id_invalid");
  const known = await taxIdsOf(work, customer);
  if (known.some((one) => one.type === type && one.value === value))
    throw invalid("This tax ID is here already.", "value");
  if (known.length === 5) throw invalid("There are 5 tax IDs; remove one first.");
  const taxId: TaxId = {
    id: newId("txi", 24),
    object: "tax_id",
    country: type === "eu_vat" ? value.slice(0, 2) : type.slice(0, 2).toUpperCase(),
    created: work.at,
    customer,
    customer_account: null,
    livemode: false,
    owner: { customer, customer_account: null, type: "customer" },
    type,
    value,
    verification: { status: "pending", verified_address: null, verified_name: null },
  };
  await work.state.insert(taxId);
  await emit(work, "customer.tax_id.created", taxId);
  return taxId;
}

export async function removeTaxId(work: Work, customer: string, id: string): Promise<void> {
  const taxId = await work.state.get("tax_id", id);
  if (taxId.customer !== customer) throw missingResource("tax_id", id);
  await work.state.remove(id);
  await emit(work, "customer.tax_id.deleted", taxId);
}
