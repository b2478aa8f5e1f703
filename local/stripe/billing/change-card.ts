import type { Subscription } from "../engine/billing-types.ts";
import { update } from "../engine/events.ts";
import type { Work } from "../engine/work.ts";
import { type CardForm, readCard, storeCard } from "./cards.ts";
import { setCustomerDefault } from "./payment-methods.ts";
import type { FormProblem } from "./typed-method.ts";

/**
 * Another card for a plan, and for whatever its customer is charged by default. As with Stripe it pays nothing by
 * itself: what is owed waits for its next try, or for the customer on the invoice's page.
 */
export async function changeCard(
  work: Work,
  subscription: Subscription,
  form: CardForm,
): Promise<FormProblem | null> {
  const card = readCard(form, work.at);
  if ("message" in card) return card;
  const method = await storeCard(work, card, subscription.customer);
  await update(work, "customer.subscription.updated", subscription, {
    ...subscription,
    default_payment_method: method.id,
  });
  await setCustomerDefault(work, subscription.customer, method.id);
  return null;
}
