import { html } from "hono/html";
import { dateLabel, invoiceStatus, money } from "../billing/labels.ts";
import { liveSubscriptions, type Visit, visit } from "../billing/portal-access.ts";
import type { Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { type Html, page } from "./layout.ts";
import { problemNote } from "./method-form.ts";
import { detailsPanel } from "./portal-details.ts";
import { methodsPanel } from "./portal-methods.ts";
import { subscriptionPanel } from "./portal-plan.ts";

/** The customer's own page: what runs, what was paid, and the way out; each part as far as the configuration has it. */
export async function portalPage(work: Work, id: string, problem?: string): Promise<Html> {
  const visited = await visit(work, id);
  const { session, features, customer } = visited;
  const panels: Html[] = [];
  for (const subscription of await liveSubscriptions(work, customer.id))
    panels.push(await subscriptionPanel(work, visited, subscription));
  return page(
    "Billing",
    html`<h1>Billing</h1>${problemNote(problem)}
${panels.length > 0 ? panels : html`<section><p>There is no subscription.</p></section>`}
${features.payment_method_update.enabled ? await methodsPanel(work, visited) : ""}
${features.customer_update.enabled ? await detailsPanel(work, visited) : ""}
${features.invoice_history.enabled ? invoicesPanel(await issued(work, visited)) : ""}
${session.return_url ? html`<a class="button quiet" href="${session.return_url}">Back to the shop</a>` : ""}`,
  );
}

const issued = ({ state }: Work, { customer }: Visit): Promise<Invoice[]> =>
  state.list("invoice", { body: { customer: customer.id }, notBody: { status: "draft" } }, { limit: 24 });

function invoicesPanel(invoices: Invoice[]): Html {
  if (invoices.length === 0) return html`<section><h2>Invoices</h2><p class="soft">None yet.</p></section>`;
  return html`<section><h2>Invoices</h2><table>
<tr><th>Date</th><th>Status</th><th>Amount</th></tr>
${invoices.map(
  ({
    id,
    created,
    status,
    total,
    currency,
  }) => html`<tr><td><a href="/invoice/${id}">${dateLabel(created)}</a></td>
<td>${invoiceStatus(status)}</td><td>${money(total, currency)}</td></tr>`,
)}
</table></section>`;
}
