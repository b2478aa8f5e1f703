import type Stripe from "stripe";
import { markUncollectible, voidInvoice } from "../billing/close-invoice.ts";
import { finalizeInvoice } from "../billing/invoicing.ts";
import { payInvoice } from "../billing/pay-invoice.ts";
import { methodOfCustomer } from "../billing/payment-methods.ts";
import { invalid } from "../engine/errors.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Invoice } from "../engine/types.ts";
import type { Call } from "../engine/work.ts";

export const invoiceRoutes = [
  route("get /v1/invoices", [...paging, "created", "customer", "subscription", "status"], listInvoices),
  route("get /v1/invoices/{invoice}", [], ({ state, id }) => state.get("invoice", id)),
  route<Stripe.InvoiceListLineItemsParams>("get /v1/invoices/{invoice}/lines", paging, async (call) => {
    const invoice = await call.state.get("invoice", call.id);
    return listPage(call, "line_item", { body: { invoice: invoice.id } }, true);
  }),
  route<Stripe.InvoiceFinalizeInvoiceParams>("post /v1/invoices/{invoice}/finalize", [], async (call) => {
    const draft = await call.state.get("invoice", call.id);
    if (draft.status !== "draft") throw invalid("This invoice is already finalized.");
    return finalizeInvoice(call, draft);
  }),
  route("post /v1/invoices/{invoice}/pay", ["payment_method", "off_session"], pay),
  route("post /v1/invoices/{invoice}/void", [], async (call) =>
    voidInvoice(call, await call.state.get("invoice", call.id)),
  ),
  route("post /v1/invoices/{invoice}/mark_uncollectible", [], async (call) =>
    markUncollectible(call, await call.state.get("invoice", call.id)),
  ),
];

/** Without word of it Stripe takes the customer to be away. */
async function pay(call: Call<Stripe.InvoicePayParams>): Promise<Invoice> {
  const { payment_method: given, off_session: offSession } = call.params;
  const invoice = await call.state.get("invoice", call.id);
  const method = given && (await methodOfCustomer(call, invoice.customer, given, "payment_method"));
  return payInvoice(call, invoice, { method: method || undefined, isOffSession: offSession !== false });
}

function listInvoices(call: Call<Stripe.InvoiceListParams>) {
  const { customer, subscription, status } = call.params;
  const parent = { subscription_details: { subscription } };
  return listPage(call, "invoice", {
    body: { ...(customer && { customer }), ...(status && { status }), ...(subscription && { parent }) },
  });
}
