import "server-only";
import Stripe from "stripe";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { addressLines, findCustomer } from "@/lib/billing/get-billing-details";
import { takeTurn } from "@/lib/billing/take-turn";
import { countries, taxIdTypes } from "@/lib/billing/tax-id-types";
import { AppError } from "@/lib/errors";
import { askStripe, stripe } from "@/lib/stripe";

const Line = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);
const Details = z.strictObject({
  name: Line,
  line1: Line,
  line2: Line,
  postal_code: Line,
  city: Line,
  state: Line,
  country: z.enum(countries),
  tax_id: Line.optional(),
});

/** Whom the next invoices are made out to. A tax id that is none is refused, and then nothing changes. */
export async function setBillingDetails(input: unknown): Promise<void> {
  const parsed = Details.safeParse(input);
  if (!parsed.success) throw new AppError("invalid", "addressLines");
  const { name, tax_id: taxId, ...address } = parsed.data;
  if (!address.line1) throw new AppError("invalid", "addressStreet");
  await takeTurn((await getUserOrThrow()).id, "details");
  const customer = await findCustomer();
  if (!customer) throw new AppError("unknown", "nothingToManage");
  const former = taxId === undefined ? [] : await changeTaxId(customer, address.country, taxId);
  const lines = Object.fromEntries(addressLines.map((line) => [line, address[line]]));
  await refusable(stripe().customers.update(customer.id, { name, address: lines }));
  for (const { id } of former) await askStripe(stripe().customers.deleteTaxId(customer.id, id));
}

/** Answers those that it takes the place of. One that Stripe has is never changed: another is made. */
async function changeTaxId(
  { id, tax_ids }: Stripe.Customer,
  country: string,
  value: string,
): Promise<Stripe.TaxId[]> {
  const known = tax_ids?.data ?? [];
  const type = taxIdTypes[country];
  const isKept = (one: Stripe.TaxId) => one.type === type && one.value === value;
  if (value === "" || known.some(isKept)) return known.filter((one) => !isKept(one));
  if (!type) throw new AppError("invalid", "taxIdElsewhere");
  await refusable(stripe().customers.createTaxId(id, { type, value }));
  return known;
}

/** Stripe looks at what was typed, too. */
async function refusable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return askStripe(Promise.reject(error));
    throw new AppError("invalid", error.code === "tax_id_invalid" ? "taxIdInvalid" : "addressRefused", {
      cause: error,
    });
  }
}
