import { emit } from "../engine/events.ts";
import type { StripeObject } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { detachMethod } from "./payment-methods.ts";
import { endSubscription, isOver } from "./subscriptions.ts";

/** For good: what runs ends at once, what pays is detached, and only the id is left to be found. */
export async function deleteCustomer(work: Work, id: string): Promise<StripeObject> {
  const { state } = work;
  const customer = await state.get("customer", id);
  const body = { customer: id };
  for (const subscription of await state.list("subscription", { body }))
    if (!isOver(subscription)) await endSubscription(work, subscription, "cancellation_requested");
  for (const method of await state.list("payment_method", { body })) await detachMethod(work, method);
  await emit(work, "customer.deleted", customer);
  return state.save<StripeObject>({ id, object: "customer", deleted: true });
}
