import type Stripe from "stripe";
import { previewInvoice, previewResumption } from "../billing/invoice-preview.ts";
import { type PlannedChange, planChange } from "../billing/plan-change.ts";
import { endingAt } from "../billing/subscriptions.ts";
import { invalid } from "../engine/errors.ts";
import { need } from "../engine/fields.ts";
import { route } from "../engine/route.ts";
import type { Invoice } from "../engine/types.ts";
import type { Call } from "../engine/work.ts";
import { changeParams, readChange } from "./subscription-changes.ts";
import { cancelAt, changeable } from "./subscriptions.ts";

type Params = Stripe.InvoiceCreatePreviewParams;

export const invoicePreviewRoutes = [
  route<Params>(
    "post /v1/invoices/create_preview",
    [
      ...["customer", "subscription", "preview_mode"],
      ...[...changeParams, "cancel_at", "cancel_at_period_end", "resume_at"].map(
        (name) => `subscription_details.${name}`,
      ),
    ],
    createPreview,
  ),
];

async function createPreview(call: Call<Params>): Promise<Invoice> {
  const { params } = call;
  const stored = await changeable(call, need(params.subscription, "subscription"));
  if (params.customer !== undefined && params.customer !== stored.customer)
    throw invalid("This subscription is another customer's.", "customer");
  const given = params.subscription_details ?? {};
  if (given.resume_at) return previewResumption(call, stored);
  const ending = endingAt(call, stored, cancelAt({ ...call, params: given }, stored));
  const subscription = { ...stored, ...ending };
  const change = await readChange(call, subscription, given);
  const planned: PlannedChange = change
    ? await planChange(call, subscription, change)
    : { after: subscription, billables: [], isInvoiced: false };
  return previewInvoice(call, planned, params.preview_mode === "recurring");
}
