import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { fromUnix } from "../engine/time.ts";
import type { CardBehaviour, Decline, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";

export type CardField = "number" | "expiry" | "cvc";
/** What is typed, and what the holder then told the bank, when it asked. */
export type CardForm = Record<CardField, string> & { authentication?: "complete" | "fail" | undefined };
type Card = { number: string; exp_month: number; exp_year: number; behaviour: CardBehaviour };
/** `isQuestion`: nothing is wrong, the bank asks. */
export type CardProblem = { field: CardField; message: string; isQuestion?: boolean };

const declined: Decline = {
  message: "Your card was declined.",
  code: "card_declined",
  decline_code: "generic_decline",
};
const noFunds: Decline = {
  message: "Your card has insufficient funds.",
  code: "card_declined",
  decline_code: "insufficient_funds",
};
const needsHolder: Decline = {
  message: "Your card was declined. This transaction requires authentication.",
  code: "authentication_required",
  decline_code: "authentication_required",
};
export const notAuthenticated =
  "We are unable to authenticate your payment method. Please choose a different payment method and try again.";
const pays: CardBehaviour = { byHand: "pays", offSession: "pays" };

/** Stripe's test cards that the sandbox plays; any other number is refused as not a test card. */
const testCards: Record<string, { brand: string; behaviour: CardBehaviour }> = {
  "4242424242424242": { brand: "visa", behaviour: pays },
  "5555555555554444": { brand: "mastercard", behaviour: pays },
  "4000000000000002": { brand: "visa", behaviour: { byHand: declined, offSession: declined } },
  "4000000000009995": { brand: "visa", behaviour: { byHand: noFunds, offSession: noFunds } },
  "4000000000000341": { brand: "visa", behaviour: { byHand: "pays", offSession: declined } },
  "4000002500003155": { brand: "visa", behaviour: { ...pays, asks: true } },
  "4000002760003184": { brand: "visa", behaviour: { byHand: "pays", offSession: needsHolder, asks: true } },
  "4000000000007726": { brand: "visa", behaviour: { ...pays, refund: "pending" } },
  "4000000000005126": { brand: "visa", behaviour: { ...pays, refund: "fails" } },
  "4000000000000259": { brand: "visa", behaviour: { ...pays, dispute: "chargeback" } },
  "4000000000001976": { brand: "visa", behaviour: { ...pays, dispute: "inquiry" } },
};

/** The card that a form names, or why it is refused, in Stripe Checkout's words. */
export function readCard(form: CardForm, at: number): Card | CardProblem {
  const number = form.number.replace(/[\s-]/g, "");
  if (!/^\d{13,19}$/.test(number)) return { field: "number", message: "Your card number is incomplete." };
  if (!hasCheckDigit(number)) return { field: "number", message: "Your card number is invalid." };
  const [, month, year] = /^(\d{1,2})\s*\/?\s*(\d{2}|\d{4})$/.exec(form.expiry.trim()) ?? [];
  const exp_month = Number(month);
  const exp_year = Number(year) + (year?.length === 2 ? 2000 : 0);
  if (!month || exp_month < 1 || exp_month > 12)
    return { field: "expiry", message: "Your card's expiration date is incomplete or invalid." };
  if (Date.UTC(exp_year, exp_month) <= fromUnix(at).getTime())
    return { field: "expiry", message: "Your card's expiration date is in the past." };
  if (!/^\d{3,4}$/.test(form.cvc.trim()))
    return { field: "cvc", message: "Your card's security code is incomplete." };
  const known = testCards[number];
  if (!known)
    return {
      field: "number",
      message: "This is not a test card. Use 4242 4242 4242 4242: no real card works here.",
    };
  const { byHand } = known.behaviour;
  if (byHand !== "pays") return { field: "number", message: byHand.message };
  if (known.behaviour.asks && form.authentication !== "complete")
    return form.authentication === "fail"
      ? { field: "number", message: notAuthenticated }
      : { field: "number", message: "Your bank asks whether it is you who pays.", isQuestion: true };
  return { number, exp_month, exp_year, behaviour: known.behaviour };
}

/** Stores a card without its number, attached to the customer who keeps it, if any. */
export async function storeCard(work: Work, card: Card, customer: string | null): Promise<PaymentMethod> {
  const brand = testCards[card.number]?.brand ?? "visa";
  const nobody = { address: null, email: null, name: null, phone: null, tax_id: null };
  const method: PaymentMethod = {
    id: newId("pm", 24),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: nobody,
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: brand,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: newId("fp", 16).slice(3),
      funding: "credit",
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: work.at,
    customer,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  };
  await work.state.insert(method, { behaviour: card.behaviour });
  if (customer) await emit(work, "payment_method.attached", method);
  return method;
}

/** How a stored card behaves; one that is gone takes nothing any more. */
export async function behaviourOf(work: Work, method: string): Promise<CardBehaviour> {
  const stored = await work.state.load("payment_method", method);
  return stored?.hidden.behaviour ?? { byHand: declined, offSession: declined };
}

/** Luhn's check. */
function hasCheckDigit(number: string): boolean {
  const sum = [...number].reverse().reduce((total, letter, index) => {
    const digit = Number(letter) * (index % 2 === 0 ? 1 : 2);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}
