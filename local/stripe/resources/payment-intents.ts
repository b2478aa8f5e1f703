import type Stripe from "stripe";
import { methodOfToken } from "../billing/attach.ts";
import { concludeInvoice } from "../billing/collect.ts";
import { behaviourOf } from "../billing/payment-methods.ts";
import { cancelPayment, charge, createPayment } from "../billing/payments.ts";
import { askBank } from "../billing/three-d-secure.ts";
import { cardRefused, invalid } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import { mergeMetadata, need, webAddress } from "../engine/fields.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { PaymentIntent } from "../engine/types.ts";
import type { Call, Work } from "../engine/work.ts";

type Trial = {
  payment: PaymentIntent;
  method: string | undefined;
  isOffSession: boolean;
  returnUrl: string | undefined;
};

export const paymentIntentRoutes = [
  route(
    "post /v1/payment_intents",
    [
      ...["amount", "currency", "customer", "payment_method", "confirm", "off_session", "metadata"],
      ...["description", "automatic_payment_methods", "return_url"],
    ],
    createIntent,
  ),
  route<Stripe.PaymentIntentListParams>(
    "get /v1/payment_intents",
    [...paging, "created", "customer"],
    (call) => {
      const { customer } = call.params;
      return listPage(call, "payment_intent", { body: customer ? { customer } : {} });
    },
  ),
  route("get /v1/payment_intents/{intent}", [], ({ state, id }) => state.get("payment_intent", id)),
  route<Stripe.PaymentIntentConfirmParams>(
    "post /v1/payment_intents/{intent}/confirm",
    ["payment_method", "off_session", "return_url"],
    async (call) => {
      const payment = await call.state.get("payment_intent", call.id);
      const { payment_method: method, off_session: offSession, return_url: returnUrl } = call.params;
      return confirm(call, { payment, method, isOffSession: offSession === true, returnUrl });
    },
  ),
  route<Stripe.PaymentIntentCancelParams>(
    "post /v1/payment_intents/{intent}/cancel",
    ["cancellation_reason"],
    cancelIntent,
  ),
];

async function createIntent(call: Call<Stripe.PaymentIntentCreateParams>): Promise<PaymentIntent> {
  const { params, state } = call;
  const amount = need(params.amount, "amount");
  if (amount < 1) throw invalid("Invalid positive integer", "amount", "parameter_invalid_integer");
  if (params.customer) await state.get("customer", params.customer, "customer");
  if (params.off_session && !params.confirm)
    throw invalid("You can only set off_session when confirm is true.", "off_session");
  const created = await createPayment(call, {
    amount,
    currency: need(params.currency, "currency").toLowerCase(),
    customer: params.customer ?? null,
    metadata: mergeMetadata({}, params.metadata),
    description: params.description ?? null,
  });
  await emit(call, "payment_intent.created", created);
  const { payment_method: method, return_url: returnUrl } = params;
  if (params.confirm)
    return confirm(call, {
      payment: created,
      method,
      isOffSession: params.off_session === true,
      returnUrl,
    });
  if (!method) return created;
  const { id } = await ownMethod(call, created, method);
  return state.save<PaymentIntent>({ ...created, payment_method: id, status: "requires_confirmation" });
}

/** One try with a card that was stored before; a decline is an error to the caller, and is remembered. */
async function confirm(work: Work, trial: Trial): Promise<PaymentIntent> {
  const { payment, method: given, isOffSession, returnUrl } = trial;
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(payment.status))
    throw unexpected(payment, "confirm");
  const method = await ownMethod(
    work,
    payment,
    need(given ?? payment.payment_method ?? undefined, "payment_method"),
  );
  const { offSession: answer, asks } = await behaviourOf(work, method.id);
  if (asks && !isOffSession)
    return askBank(work, payment, method, webAddress(need(returnUrl, "return_url"), "return_url"));
  const after = await charge(work, payment, method, answer);
  await concludeInvoice(work, after, "hand");
  if (answer !== "pays" && after.status !== "processing")
    throw cardRefused(answer, { payment_intent: after, payment_method: method });
  return after;
}

async function cancelIntent(call: Call<Stripe.PaymentIntentCancelParams>): Promise<PaymentIntent> {
  const { params, state, id } = call;
  const payment = await state.get("payment_intent", id);
  if (payment.status === "succeeded" || payment.status === "canceled") throw unexpected(payment, "cancel");
  const [link] = await state.list("invoice_payment", { body: { payment: { payment_intent: id } } });
  if (link)
    throw invalid("This PaymentIntent is of an invoice and ends with it: void the invoice to cancel it.");
  return cancelPayment(call, payment, params.cancellation_reason ?? null);
}

/** A card that the payment's customer keeps, or a test token: a card that pays once. */
async function ownMethod(work: Work, { customer }: PaymentIntent, id: string) {
  const made = await methodOfToken(work, id, null);
  if (made) return made;
  const method = await work.state.get("payment_method", id, "payment_method");
  if (method.customer === null || method.customer !== customer)
    throw invalid(
      "The provided PaymentMethod cannot be used: it is not attached to the payment's customer.",
      "payment_method",
    );
  return method;
}

const unexpected = ({ status }: PaymentIntent, act: string) =>
  invalid(
    `You cannot ${act} this PaymentIntent because it has a status of ${status}.`,
    undefined,
    "payment_intent_unexpected_state",
  );
