import type { Behaviour, Decline } from "../engine/behaviour.ts";

/** `tokens`: by which names it can be attached through the API, without a page. */
type TestCard = { brand: string; behaviour: Behaviour; tokens: string[] };

export const declined: Decline = {
  message: "Your card was declined.",
  code: "card_declined",
  decline_code: "generic_decline",
};
const noFunds: Decline = {
  message: "Your card has insufficient funds.",
  code: "card_declined",
  decline_code: "insufficient_funds",
};
export const needsHolder: Decline = {
  message: "Your card was declined. This transaction requires authentication.",
  code: "authentication_required",
  decline_code: "authentication_required",
};
const pays: Behaviour = { byHand: "pays", offSession: "pays" };

const visa = (behaviour: Behaviour, ...tokens: string[]): TestCard => ({ brand: "visa", behaviour, tokens });

/** Stripe's test cards that the sandbox plays; any other number is refused as not a test card. */
export const testCards: Record<string, TestCard> = {
  "4242424242424242": visa(pays, "pm_card_visa"),
  "5555555555554444": { brand: "mastercard", behaviour: pays, tokens: ["pm_card_mastercard"] },
  "4000000000000002": visa(
    { byHand: declined, offSession: declined },
    "pm_card_visa_chargeDeclined",
    "pm_card_chargeDeclined",
  ),
  "4000000000009995": visa(
    { byHand: noFunds, offSession: noFunds },
    "pm_card_visa_chargeDeclinedInsufficientFunds",
    "pm_card_chargeDeclinedInsufficientFunds",
  ),
  "4000000000000341": visa({ byHand: "pays", offSession: declined }, "pm_card_chargeCustomerFail"),
  "4000002500003155": visa({ ...pays, asks: true }, "pm_card_authenticationRequiredOnSetup"),
  "4000002760003184": visa(
    { byHand: "pays", offSession: needsHolder, asks: true },
    "pm_card_authenticationRequired",
  ),
  "4000000000007726": visa({ ...pays, refund: "pending" }, "pm_card_pendingRefund"),
  "4000000000005126": visa({ ...pays, refund: "fails" }, "pm_card_refundFail"),
  "4000000000000259": visa({ ...pays, dispute: "chargeback" }, "pm_card_createDispute"),
  "4000000000001976": visa({ ...pays, dispute: "inquiry" }, "pm_card_createDisputeInquiry"),
};

/** The card that a token stands for. One that asks was never set up by its holder, so it needs him each time. */
export function cardOfToken(token: string): { number: string; behaviour: Behaviour } | undefined {
  const [number, card] = Object.entries(testCards).find(([, { tokens }]) => tokens.includes(token)) ?? [];
  if (!number || !card) return undefined;
  const { behaviour } = card;
  return { number, behaviour: behaviour.asks ? { ...behaviour, offSession: needsHolder } : behaviour };
}
