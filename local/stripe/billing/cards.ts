import type { Behaviour } from "../engine/behaviour.ts";
import { fingerprintOf } from "../engine/ids.ts";
import { fromUnix } from "../engine/time.ts";
import type { CardDetails, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { storeMethod } from "./payment-methods.ts";
import { testCards } from "./test-cards.ts";

export type CardField = "number" | "expiry" | "cvc";
/** What is typed, and what the holder then told the bank, when it asked. */
export type CardForm = Record<CardField, string> & { authentication?: "complete" | "fail" | undefined };
export type NewCard = { number: string; exp_month: number; exp_year: number };
export type Card = NewCard & { behaviour: Behaviour };
/** `isQuestion`: nothing is wrong, the bank asks. */
type CardProblem = { field: CardField; message: string; isQuestion?: boolean };

export const notAuthenticated =
  "We are unable to authenticate your payment method. Please choose a different payment method and try again.";

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
export const storeCard = (work: Work, card: Card, customer: string | null): Promise<PaymentMethod> =>
  storeMethod(work, { type: "card", card: cardOf(card) }, card.behaviour, customer);

/** The card as Stripe shows it: all but its number. */
export function cardOf({ number, exp_month, exp_year }: NewCard): CardDetails {
  const brand = testCards[number]?.brand ?? "visa";
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: "US",
    display_brand: brand,
    exp_month,
    exp_year,
    fingerprint: fingerprintOf(number),
    funding: "credit",
    generated_from: null,
    last4: number.slice(-4),
    networks: { available: [brand], preferred: null },
    regulated_status: "unregulated",
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

/** Luhn's check. */
function hasCheckDigit(number: string): boolean {
  const sum = [...number].reverse().reduce((total, letter, index) => {
    const digit = Number(letter) * (index % 2 === 0 ? 1 : 2);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}
