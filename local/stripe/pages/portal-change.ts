import { html } from "hono/html";
import { dateLabel, money, priceLabel } from "../billing/labels.ts";
import { backFrom, ownSubscription, type Visit, visitFor } from "../billing/portal-access.ts";
import {
  isSwitchable,
  type Offer,
  offersOf,
  planSwitch,
  previewSwitch,
  type Switch,
} from "../billing/portal-switch.ts";
import { periodEnd } from "../billing/subscriptions.ts";
import type { Subscription } from "../engine/billing-types.ts";
import { missingResource } from "../engine/errors.ts";
import type { Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { type Html, page } from "./layout.ts";
import { problemNote } from "./method-form.ts";
import { timesLabel } from "./portal-plan.ts";

export type Wanted = { price: string; quantity: number | null };

/** The plan a page of changes is about, if its visit may change it. */
export async function switchable(
  work: Work,
  id: string,
  subscriptionId: string,
): Promise<{ visited: Visit; subscription: Subscription }> {
  const visited = await visitFor(work, id, "subscription_update");
  const subscription = await ownSubscription(work, visited.customer.id, subscriptionId);
  if (!isSwitchable(visited.features.subscription_update, subscription))
    throw missingResource("subscription", subscriptionId);
  return { visited, subscription };
}

/** What else there is to subscribe to. */
export async function changePage(
  work: Work,
  id: string,
  subscriptionId: string,
  problem?: string,
): Promise<Html> {
  const { visited, subscription } = await switchable(work, id, subscriptionId);
  const offers = await offersOf(work, visited.features.subscription_update, subscription);
  const path = `/portal/${id}/${subscriptionId}/change`;
  const panels: Html[] = [];
  for (const offer of offers) panels.push(await offerPanel(work, path, subscription, offer));
  return page(
    "Change the plan",
    html`<h1>Change the plan</h1>${problemNote(problem)}
${panels.length > 0 ? panels : html`<section><p>There is no other plan.</p></section>`}
<a class="button quiet" href="${backFrom(visited.session)}">Back</a>`,
  );
}

async function offerPanel(work: Work, path: string, plan: Subscription, offer: Offer): Promise<Html> {
  const { price, minimum, maximum } = offer;
  const { name, description } = await work.state.get("product", price.product);
  const [current] = plan.items.data;
  const isCurrent = current?.price.id === price.id;
  const quantity = Math.min(Math.max(current?.quantity ?? 1, minimum), maximum);
  return html`<section class="stack"><h2>${name} ${isCurrent ? html`<span class="badge">Your plan</span>` : ""}</h2>
<p>${priceLabel(price)}</p>${description ? html`<p class="soft">${description}</p>` : ""}
<form action="${path}/${price.id}" class="stack">
${
  minimum < maximum
    ? html`<label>Quantity<input type="number" name="quantity" min="${minimum}" max="${maximum}" value="${quantity}" required></label>`
    : ""
}<button type="submit" class="quiet">${isCurrent ? "Change the quantity" : `Choose ${name}`}</button></form></section>`;
}

/** What a change costs now and from then on, before it is made. */
export async function confirmPage(
  work: Work,
  id: string,
  subscriptionId: string,
  wanted: Wanted,
  problem?: string,
): Promise<Html> {
  const { visited, subscription } = await switchable(work, id, subscriptionId);
  const update = visited.features.subscription_update;
  const planned = await planSwitch(work, update, subscription, wanted);
  const { name } = await work.state.get("product", planned.price.product);
  const back = visited.session.flow ? backFrom(visited.session) : `/portal/${id}/${subscriptionId}/change`;
  return page(
    "Confirm the change",
    html`<section class="stack"><h1>${name}</h1>
<p>${priceLabel(planned.price)}${timesLabel(planned.quantity)}</p>
${problemNote(problem)}
${await comesTo(work, subscription, planned)}
<form method="post"><input type="hidden" name="quantity" value="${planned.quantity}">
<button type="submit">Confirm the change</button></form>
<a class="button quiet" href="${back}">Back</a></section>`,
  );
}

async function comesTo(work: Work, subscription: Subscription, planned: Switch): Promise<Html> {
  const { now, next } = await previewSwitch(work, planned);
  const start = planned.isAtPeriodEnd ? dateLabel(periodEnd(subscription)) : "at once";
  return html`${now ? linesTable(now) : ""}
<dl>
<dt>It begins</dt><dd>${start}</dd>
<dt>You pay now</dt><dd><strong>${money(now?.amount_due ?? 0, subscription.currency)}</strong></dd>
${next ? html`<dt>Then</dt><dd>${money(next.amount_due, next.currency)} on ${dateLabel(next.created)}</dd>` : ""}
</dl>`;
}

const linesTable = (invoice: Invoice): Html => html`<table>
${invoice.lines.data.map(
  ({ description, amount, currency }) =>
    html`<tr><td>${description}</td><td>${money(amount, currency)}</td></tr>`,
)}</table>`;
