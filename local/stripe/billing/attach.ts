import { cardRefused, invalid } from "../engine/errors.ts";
import { update } from "../engine/events.ts";
import { fromUnix } from "../engine/time.ts";
import type { PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { accountOfToken, storeAccount } from "./bank-accounts.ts";
import { cardOf, type NewCard, storeCard } from "./cards.ts";
import { cardOfToken, testCards } from "./test-cards.ts";

/** Gives a customer the method that one of Stripe's test tokens stands for; `pm_card_visa` is another one each time. */
export async function attachMethod(work: Work, id: string, customer: string): Promise<PaymentMethod> {
  const made = await methodOfToken(work, id, customer);
  if (made) return made;
  const method = await work.state.get("payment_method", id);
  throw invalid(
    method.customer
      ? "The payment method you provided has already been attached to a customer."
      : "This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.",
  );
}

export async function methodOfToken(
  work: Work,
  token: string,
  customer: string | null,
): Promise<PaymentMethod | undefined> {
  const account = accountOfToken(token);
  if (account) return storeAccount(work, account, customer);
  const card = cardOfToken(token);
  if (!card) return undefined;
  const { byHand } = card.behaviour;
  if (byHand !== "pays") throw cardRefused(byHand, {});
  return storeCard(
    work,
    { ...card, exp_month: 12, exp_year: fromUnix(work.at).getUTCFullYear() + 4 },
    customer,
  );
}

/** The bank has sent the holder another card, and told Stripe: the method stays, its number does not. */
export async function replaceCard(work: Work, id: string, given: NewCard): Promise<PaymentMethod> {
  const method = await work.state.get("payment_method", id);
  const known = testCards[given.number];
  if (!known) throw invalid("This is not a test card.", "number");
  if (!method.customer || method.type !== "card")
    throw invalid("Only a card that a customer keeps is replaced.");
  await work.state.hide(id, { behaviour: known.behaviour });
  return update(work, "payment_method.automatically_updated", method, {
    ...method,
    card: cardOf(given),
  });
}
