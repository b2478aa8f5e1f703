import type Stripe from "stripe";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Call } from "../engine/work.ts";

export const invoiceRoutes = [
  route("get /v1/invoices", [...paging, "created", "customer", "subscription", "status"], listInvoices),
  route("get /v1/invoices/{invoice}", [], ({ state, id }) => state.get("invoice", id)),
  route<Stripe.InvoiceListLineItemsParams>("get /v1/invoices/{invoice}/lines", paging, async (call) => {
    const invoice = await call.state.get("invoice", call.id);
    return listPage(call, "line_item", { body: { invoice: invoice.id } }, true);
  }),
];

function listInvoices(call: Call<Stripe.InvoiceListParams>) {
  const { customer, subscription, status } = call.params;
  const parent = { subscription_details: { subscription } };
  return listPage(call, "invoice", {
    body: { ...(customer && { customer }), ...(status && { status }), ...(subscription && { parent }) },
  });
}
