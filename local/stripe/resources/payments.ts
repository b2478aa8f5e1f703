import type Stripe from "stripe";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";

/** What a payment leaves behind: read only, the engine makes them (`billing/payments.ts`). */
export const paymentRoutes = [
  route("get /v1/charges/{charge}", [], ({ state, id }) => state.get("charge", id)),
  route<Stripe.ChargeListParams>(
    "get /v1/charges",
    [...paging, "created", "customer", "payment_intent"],
    (call) => {
      const { customer, payment_intent } = call.params;
      return listPage(call, "charge", {
        body: { ...(customer && { customer }), ...(payment_intent && { payment_intent }) },
      });
    },
  ),
  route<Stripe.InvoicePaymentListParams>(
    "get /v1/invoice_payments",
    [...paging, "created", "invoice", "payment", "status"],
    (call) => {
      const { invoice, payment, status } = call.params;
      return listPage(call, "invoice_payment", {
        body: { ...(invoice && { invoice }), ...(payment && { payment }), ...(status && { status }) },
      });
    },
  ),
  route("get /v1/invoice_payments/{invoice_payment}", [], ({ state, id }) =>
    state.get("invoice_payment", id),
  ),
];
