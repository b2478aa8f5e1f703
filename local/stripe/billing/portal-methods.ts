import { missingResource } from "../engine/errors.ts";
import type { PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import type { CardForm } from "./cards.ts";
import { changeCard, chargeTo } from "./change-card.ts";
import { detachMethod, methodOfCustomer } from "./payment-methods.ts";
import { liveSubscriptions, type Visit } from "./portal-access.ts";
import type { FormProblem } from "./typed-method.ts";

export type KeptMethod = { method: PaymentMethod; isDefault: boolean; isRemovable: boolean };

/** What is charged is not taken away while a plan runs: another one has to be the default first. */
export async function keptMethods(work: Work, { customer }: Visit): Promise<KeptMethod[]> {
  const subscriptions = await liveSubscriptions(work, customer.id);
  const charged = new Set(subscriptions.map((one) => one.default_payment_method));
  const byDefault = customer.invoice_settings.default_payment_method;
  const methods = await work.state.list("payment_method", { body: { customer: customer.id } });
  return methods.map((method) => ({
    method,
    isDefault: method.id === byDefault,
    isRemovable: subscriptions.length === 0 || (method.id !== byDefault && !charged.has(method.id)),
  }));
}

export async function addCard(work: Work, { customer }: Visit, form: CardForm): Promise<FormProblem | null> {
  return changeCard(work, customer.id, await liveSubscriptions(work, customer.id), form);
}

export async function makeDefault(work: Work, { customer }: Visit, id: string): Promise<void> {
  const method = await methodOfCustomer(work, customer.id, id, "payment_method");
  await chargeTo(work, customer.id, await liveSubscriptions(work, customer.id), method.id);
}

export async function removeMethod(work: Work, visited: Visit, id: string): Promise<void> {
  const kept = (await keptMethods(work, visited)).find(({ method }) => method.id === id);
  if (!kept?.isRemovable) throw missingResource("payment_method", id);
  await detachMethod(work, kept.method);
}
