import type { Subscription } from "../engine/billing-types.ts";
import { update } from "../engine/events.ts";
import type { Work } from "../engine/work.ts";
import { type CardForm, readCard, storeCard } from "./cards.ts";
import { collectOffSession } from "./collect.ts";
import type { FormProblem } from "./typed-method.ts";

/** Another card for a plan. What could not be collected with the old one is tried with it at once. */
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
  const parent = { subscription_details: { subscription: subscription.id } };
  for (const invoice of await work.state.list("invoice", { body: { status: "open", parent } }))
    await collectOffSession(work, invoice);
  return null;
}
