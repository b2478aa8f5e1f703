import type { Subscription } from "../engine/billing-types.ts";
import { update } from "../engine/events.ts";
import type { Work } from "../engine/work.ts";
import { type CardForm, readCard, storeCard } from "./cards.ts";
import { setCustomerDefault } from "./payment-methods.ts";
import type { FormProblem } from "./typed-method.ts";

/**
 * Another card for these plans of a customer, and for whatever else is charged by default. As with Stripe it pays
 * nothing by itself: what is owed waits for its next try, or for the customer on the invoice's page.
 */
export async function changeCard(
  work: Work,
  customer: string,
  subscriptions: Subscription[],
  form: CardForm,
): Promise<FormProblem | null> {
  const card = readCard(form, work.at);
  if ("message" in card) return card;
  const method = await storeCard(work, card, customer);
  await chargeTo(work, customer, subscriptions, method.id);
  return null;
}

/** Makes a stored method the one that is charged. */
export async function chargeTo(work: Work, customer: string, subscriptions: Subscription[], method: string) {
  for (const subscription of subscriptions)
    await update(work, "customer.subscription.updated", subscription, {
      ...subscription,
      default_payment_method: method,
    });
  await setCustomerDefault(work, customer, method);
}
