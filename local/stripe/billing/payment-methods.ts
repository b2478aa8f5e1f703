import type { Behaviour } from "../engine/behaviour.ts";
import { missingResource } from "../engine/errors.ts";
import { emit, update } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import type { MethodDetails, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { declined } from "./test-cards.ts";

/** Stores what pays, attached to the customer who keeps it, if any. */
export async function storeMethod(
  work: Work,
  details: MethodDetails,
  behaviour: Behaviour,
  customer: string | null,
): Promise<PaymentMethod> {
  const method: PaymentMethod = {
    id: newId("pm", 24),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    ...details,
    created: work.at,
    customer,
    customer_account: null,
    livemode: false,
    metadata: {},
  };
  await work.state.insert(method, { behaviour });
  if (customer) await emit(work, "payment_method.attached", method);
  return method;
}

/** How a stored method behaves; one that is gone takes nothing any more. */
export async function behaviourOf(work: Work, method: string): Promise<Behaviour> {
  const stored = await work.state.load("payment_method", method);
  return stored?.hidden.behaviour ?? { byHand: declined, offSession: declined };
}

/** The method a parameter names, if its customer keeps it. */
export async function methodOfCustomer(
  { state }: Work,
  customer: string,
  id: string,
  param: string,
): Promise<PaymentMethod> {
  const method = await state.find("payment_method", id);
  if (method?.customer !== customer) throw missingResource("payment_method", id, param);
  return method;
}

/** Takes a method from its customer, for good: Stripe lets it pay nothing any more, and attaches it to nobody. */
export const detachMethod = (work: Work, method: PaymentMethod): Promise<PaymentMethod> =>
  update(work, "payment_method.detached", method, { ...method, customer: null });

/** What was charged by default is so no more. */
export async function unsetDefault(work: Work, customerId: string, method: string): Promise<void> {
  const { state } = work;
  const body = { customer: customerId, default_payment_method: method };
  for (const subscription of await state.list("subscription", { body, notBody: { status: "canceled" } }))
    await update(work, "customer.subscription.updated", subscription, {
      ...subscription,
      default_payment_method: null,
    });
  const customer = await state.get("customer", customerId);
  if (customer.invoice_settings.default_payment_method === method)
    await setCustomerDefault(work, customerId, null);
}

/** What an invoice is charged to when its subscription has no method of its own. */
export async function setCustomerDefault(work: Work, id: string, method: string | null): Promise<void> {
  const customer = await work.state.get("customer", id);
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: method };
  await update(work, "customer.updated", customer, { ...customer, invoice_settings });
}
