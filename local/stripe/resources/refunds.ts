import type Stripe from "stripe";
import { isInquiry } from "../billing/disputes.ts";
import { money } from "../billing/labels.ts";
import { cancelRefund, changed, createRefund } from "../billing/refunds.ts";
import { invalid } from "../engine/errors.ts";
import { mergeMetadata } from "../engine/fields.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Charge, Refund } from "../engine/types.ts";
import type { Call, Work } from "../engine/work.ts";

export const refundRoutes = [
  route(
    "post /v1/refunds",
    ["payment_intent", "charge", "amount", "reason", "metadata", "instructions_email"],
    refundCharge,
  ),
  route<Stripe.RefundListParams>(
    "get /v1/refunds",
    [...paging, "created", "charge", "payment_intent"],
    (call) => {
      const { charge, payment_intent } = call.params;
      return listPage(call, "refund", {
        body: { ...(charge && { charge }), ...(payment_intent && { payment_intent }) },
      });
    },
  ),
  route("get /v1/refunds/{refund}", [], ({ state, id }) => state.get("refund", id)),
  route<Stripe.RefundUpdateParams>("post /v1/refunds/{refund}", ["metadata"], async (call) => {
    const before = await call.state.get("refund", call.id);
    const metadata = mergeMetadata(before.metadata, call.params.metadata);
    return changed(call, before, { ...before, metadata });
  }),
  route("post /v1/refunds/{refund}/cancel", [], async (call) => {
    const before = await call.state.get("refund", call.id);
    if (before.status !== "requires_action")
      throw invalid(
        `This refund cannot be canceled: its status is ${before.status}, and only one that is requires_action can be.`,
      );
    return cancelRefund(call, before);
  }),
];

async function refundCharge(call: Call<Stripe.RefundCreateParams>): Promise<Refund> {
  const { params } = call;
  const charge = await chargeOf(call);
  if (await isChargedBack(call, charge))
    throw invalid(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      undefined,
      "charge_disputed",
    );
  const left = charge.amount - charge.amount_refunded;
  if (left === 0)
    throw invalid(`Charge ${charge.id} has already been refunded.`, undefined, "charge_already_refunded");
  const amount = params.amount ?? left;
  if (amount < 1) throw invalid("Invalid positive integer", "amount", "parameter_invalid_integer");
  if (amount > left)
    throw invalid(
      `Refund amount (${money(amount, charge.currency)}) is greater than ${
        left === charge.amount ? "charge amount" : "unrefunded amount on charge"
      } (${money(left, charge.currency)})`,
      "amount",
    );
  return createRefund(call, {
    charge,
    amount,
    reason: params.reason ?? null,
    metadata: mergeMetadata({}, params.metadata),
    instructionsEmail: params.instructions_email ?? null,
  });
}

/** An inquiry leaves the money where it is, and a dispute that was won has brought it back. */
async function isChargedBack({ state }: Work, charge: Charge): Promise<boolean> {
  const disputes = await state.list("dispute", { body: { charge: charge.id } });
  return disputes.some((dispute) => !isInquiry(dispute) && dispute.status !== "won");
}

async function chargeOf({ params, state }: Call<Stripe.RefundCreateParams>): Promise<Charge> {
  if (Boolean(params.charge) === Boolean(params.payment_intent))
    throw invalid(
      params.charge
        ? "Received both charge and payment_intent parameters. Please pass in only one."
        : "One of the following params should be provided for this request: payment_intent or charge.",
    );
  if (params.charge) return paidCharge(await state.get("charge", params.charge, "charge"));
  const payment = await state.get("payment_intent", params.payment_intent ?? "", "payment_intent");
  if (payment.status !== "succeeded")
    throw invalid(`This PaymentIntent (${payment.id}) does not have a successful charge to refund.`);
  return paidCharge(await state.get("charge", String(payment.latest_charge)));
}

function paidCharge(charge: Charge): Charge {
  if (charge.status !== "succeeded")
    throw invalid(`Charge ${charge.id} has failed; there is nothing to refund.`);
  return charge;
}
