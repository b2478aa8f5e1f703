import type { Coupon } from "../engine/billing-types.ts";
import type { InvoiceLine, Price } from "../engine/types.ts";

/** In the sandbox all the world has one tax, of 10 %. */
const rate = 0.1;

export type Charge = { amount: number; price: Price; isDiscountable: boolean };
export type Charged = { discount: number; tax: number; total: number };

/** What comes off each of these amounts, and what tax comes upon it or is in it. */
export function charged(charges: Charge[], coupon: Coupon | null, isTaxed: boolean): Charged[] {
  const reductions = reductionsOf(charges, coupon);
  return charges.map(({ amount, price }, at) => {
    const discount = reductions[at] ?? 0;
    const net = amount - discount;
    const isInside = price.tax_behavior === "inclusive";
    const tax = isTaxed ? Math.round(isInside ? net - net / (1 + rate) : net * rate) : 0;
    return { discount, tax, total: isInside ? net : net + tax };
  });
}

/** A percentage comes off each amount, a sum off all of them, in their proportions. */
function reductionsOf(charges: Charge[], coupon: Coupon | null): number[] {
  const bases = charges.map(({ amount, isDiscountable }) => (isDiscountable ? Math.max(0, amount) : 0));
  const whole = bases.reduce((sum, base) => sum + base, 0);
  if (!coupon || whole === 0) return bases.map(() => 0);
  const { percent_off: percent, amount_off: off } = coupon;
  if (percent !== null) return bases.map((base) => Math.round((base * percent) / 100));
  const all = Math.min(off ?? 0, whole);
  let before = 0;
  return bases.map((base) => {
    const upto = before + base;
    const part = Math.round((all * upto) / whole) - Math.round((all * before) / whole);
    before = upto;
    return part;
  });
}

/** As an invoice, one of its lines or a session's total say it. */
export const taxEntry = (
  tax: number,
  taxable: number,
  behavior: Price["tax_behavior"],
): InvoiceLine["taxes"][number] => ({
  amount: tax,
  tax_behavior: behavior === "inclusive" ? "inclusive" : "exclusive",
  tax_rate_details: null,
  taxability_reason: "standard_rated",
  taxable_amount: taxable,
  type: "tax_rate_details",
});

export const sumOf = <T>(all: T[], read: (one: T) => number): number =>
  all.reduce((sum, one) => sum + read(one), 0);
