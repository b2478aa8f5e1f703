import { html } from "hono/html";
import { dateLabel, invoiceStatus, methodLabel, money, priceLabel } from "../billing/labels.ts";
import { isOver, periodEnd } from "../billing/subscriptions.ts";
import type { Subscription } from "../engine/billing-types.ts";
import { missingResource } from "../engine/errors.ts";
import type { PortalSession } from "../engine/portal-types.ts";
import type { Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { type Html, page } from "./layout.ts";
import { type Attempt, cardFields, problemNote, testCardHelp } from "./method-form.ts";

/** The customer's own page: what runs, what was paid, and the way out. */
export async function portalPage(work: Work, id: string): Promise<Html> {
  const { state } = work;
  const session = await state.get("billing_portal.session", id);
  await state.get("customer", session.customer);
  const ofCustomer = { customer: session.customer };
  const all = await state.list("subscription", { body: ofCustomer });
  const live = all.filter((subscription) => !isOver(subscription));
  const invoices = await state.list(
    "invoice",
    { body: ofCustomer, notBody: { status: "draft" } },
    { limit: 24 },
  );
  const panels = await Promise.all(
    live.map((subscription) => subscriptionPanel(work, session, subscription)),
  );
  return page(
    "Billing",
    html`<h1>Billing</h1>
${panels.length > 0 ? panels : html`<section><p>There is no subscription.</p></section>`}
${invoicesPanel(invoices)}
${session.return_url ? html`<a class="button quiet" href="${session.return_url}">Back to the shop</a>` : ""}`,
  );
}

/** Asks once more before a plan is ended. */
export async function cancelPage(work: Work, id: string, subscriptionId: string): Promise<Html> {
  const subscription = await ownSubscription(work, id, subscriptionId);
  const names = await planNames(work, subscription);
  return page(
    "Cancel the plan",
    html`<section class="stack"><h1>Cancel ${names}?</h1>
<p>The plan stays until ${dateLabel(periodEnd(subscription))} and is not charged again. You can take this back until then.</p>
<form method="post"><button class="danger" type="submit">Cancel the plan</button></form>
<a class="button quiet" href="/portal/${id}">Keep the plan</a></section>`,
  );
}

/** Takes another card for a plan. */
export async function cardPage(
  work: Work,
  id: string,
  subscriptionId: string,
  attempt?: Attempt,
): Promise<Html> {
  const subscription = await ownSubscription(work, id, subscriptionId);
  return page(
    "Change the card",
    html`<section class="stack"><h1>Change the card</h1>
<p>${await planNames(work, subscription)} is charged to this card from now on.</p>
${problemNote(attempt?.problem.message)}
<form method="post" class="stack">${cardFields(attempt)}
<button type="submit">Save the card</button>
<a class="button quiet" href="/portal/${id}">Back</a></form></section>
${testCardHelp()}`,
  );
}

/** The plan a portal page names, if it is its customer's and has not ended (in another tab, say). */
export async function ownSubscription({ state }: Work, portal: string, id: string): Promise<Subscription> {
  const session = await state.get("billing_portal.session", portal);
  const subscription = await state.get("subscription", id);
  if (subscription.customer !== session.customer || isOver(subscription))
    throw missingResource("subscription", id);
  return subscription;
}

async function subscriptionPanel(
  work: Work,
  session: PortalSession,
  subscription: Subscription,
): Promise<Html> {
  const { status, cancel_at: cancelAt, items, latest_invoice: latest } = subscription;
  const end = periodEnd(subscription);
  const path = `/portal/${session.id}/${subscription.id}`;
  const total = items.data.reduce((sum, item) => sum + item.price.unit_amount * item.quantity, 0);
  return html`<section class="stack">
<h2>${await planNames(work, subscription)} ${statusBadge(status, cancelAt)}</h2>
<dl>
<dt>Price</dt><dd>${items.data.map(({ price }) => priceLabel(price)).join(", ")}</dd>
${
  status === "past_due" || status === "unpaid"
    ? html`<dt>Overdue</dt><dd>${money(total, subscription.currency)} <a href="/invoice/${latest}">Pay now</a></dd>`
    : ""
}
${
  cancelAt === null
    ? html`<dt>Next charge</dt><dd>${status === "paused" ? "none while it is paused" : `${money(total, subscription.currency)} on ${dateLabel(end)}`}</dd>`
    : html`<dt>Ends</dt><dd>${dateLabel(cancelAt)}</dd>`
}
<dt>Card</dt><dd><span class="whole">${await cardLabel(work, subscription)}</span> <a href="${path}/card">Change</a></dd>
</dl>
${
  cancelAt === null
    ? html`<a class="button quiet" href="${path}/cancel">Cancel the plan</a>`
    : html`<form method="post" action="${path}/resume"><button type="submit">Keep the plan</button></form>`
}
</section>`;
}

function statusBadge(status: Subscription["status"], cancelAt: number | null): Html {
  if (status === "past_due" || status === "unpaid")
    return html`<span class="badge warn">Payment failed</span>`;
  if (status === "paused") return html`<span class="badge warn">Paused</span>`;
  if (status === "trialing" && cancelAt === null) return html`<span class="badge">Trial</span>`;
  return cancelAt === null
    ? html`<span class="badge">Active</span>`
    : html`<span class="badge warn">Ending</span>`;
}

async function planNames(work: Work, { items }: Subscription): Promise<string> {
  const products = items.data.map(({ price }) => work.state.get("product", price.product));
  return (await Promise.all(products)).map((product) => product.name).join(", ");
}

async function cardLabel(work: Work, { default_payment_method: id }: Subscription): Promise<string> {
  const method = id ? await work.state.find("payment_method", id) : undefined;
  return method ? methodLabel(method) : "none";
}

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
