import type Stripe from "stripe";
import { attachMethod } from "../billing/attach.ts";
import { detachMethod, unsetDefault } from "../billing/payment-methods.ts";
import { invalid } from "../engine/errors.ts";
import { update } from "../engine/events.ts";
import { mergeMetadata, need } from "../engine/fields.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { PaymentMethod } from "../engine/types.ts";
import type { Call } from "../engine/work.ts";

export const paymentMethodRoutes = [
  route<Stripe.PaymentMethodListParams>(
    "get /v1/payment_methods",
    [...paging, "customer", "type"],
    async (call) => {
      const { customer } = call.params;
      if (customer) await call.state.get("customer", customer, "customer");
      return listMethods(call, customer);
    },
  ),
  route<Stripe.CustomerListPaymentMethodsParams>(
    "get /v1/customers/{customer}/payment_methods",
    [...paging, "type"],
    async (call) => listMethods(call, (await call.state.get("customer", call.id)).id),
  ),
  route("get /v1/payment_methods/{payment_method}", [], ({ state, id }) => state.get("payment_method", id)),
  route(
    "post /v1/payment_methods/{payment_method}",
    ["metadata", "card.exp_month", "card.exp_year"],
    updateMethod,
  ),
  route<Stripe.PaymentMethodAttachParams>(
    "post /v1/payment_methods/{payment_method}/attach",
    ["customer"],
    async (call) => {
      const id = need(call.params.customer, "customer");
      const customer = await call.state.get("customer", id, "customer");
      return attachMethod(call, call.id, customer.id);
    },
  ),
  route("post /v1/payment_methods/{payment_method}/detach", [], async (call) => {
    const method = await call.state.get("payment_method", call.id);
    if (!method.customer)
      throw invalid(
        "The payment method you provided is not attached to a customer so detachment is impossible.",
      );
    const detached = await detachMethod(call, method);
    await unsetDefault(call, method.customer, method.id);
    return detached;
  }),
];

function listMethods(call: Call<Stripe.CustomerListPaymentMethodsParams>, customer: string | undefined) {
  const { type } = call.params;
  return listPage(call, "payment_method", { body: { ...(customer && { customer }), ...(type && { type }) } });
}

async function updateMethod(call: Call<Stripe.PaymentMethodUpdateParams>): Promise<PaymentMethod> {
  const { params, state, id } = call;
  const before = await state.get("payment_method", id);
  if (!before.customer)
    throw invalid("You must save this PaymentMethod to a customer before you can update it.");
  const metadata = mergeMetadata(before.metadata, params.metadata);
  if (!params.card) return update(call, "payment_method.updated", before, { ...before, metadata });
  if (before.type !== "card") throw invalid("This PaymentMethod is not a card.", "card");
  const { exp_month = before.card.exp_month, exp_year = before.card.exp_year } = params.card;
  const card = { ...before.card, exp_month, exp_year };
  return update(call, "payment_method.updated", before, { ...before, card, metadata });
}
