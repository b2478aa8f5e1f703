import { html } from "hono/html";
import { dateLabel, methodLabel, money, priceLabel } from "../billing/labels.ts";
import type { Visit } from "../billing/portal-access.ts";
import { isPausable } from "../billing/portal-ending.ts";
import { isSwitchable } from "../billing/portal-switch.ts";
import { scheduleOf } from "../billing/schedules.ts";
import { periodEnd } from "../billing/subscriptions.ts";
import type { SchedulePhase, Subscription } from "../engine/billing-types.ts";
import type { Work } from "../engine/work.ts";
import type { Html } from "./layout.ts";

/** One plan: what it costs, what comes next, and what its customer may do about it. */
export async function subscriptionPanel(
  work: Work,
  { session, features }: Visit,
  subscription: Subscription,
): Promise<Html> {
  const { status, cancel_at: cancelAt, items, latest_invoice: latest } = subscription;
  const path = `/portal/${session.id}/${subscription.id}`;
  const total = items.data.reduce((sum, item) => sum + item.price.unit_amount * item.quantity, 0);
  const next = await nextPhase(work, subscription);
  return html`<section class="stack">
<h2>${await planNames(work, subscription)} ${statusBadge(status, cancelAt)}</h2>
<dl>
<dt>Price</dt><dd>${items.data.map(({ price, quantity }) => `${priceLabel(price)}${timesLabel(quantity)}`).join(", ")}</dd>
${
  status === "past_due" || status === "unpaid"
    ? html`<dt>Overdue</dt><dd>${money(total, subscription.currency)} <a href="/invoice/${latest}">Pay now</a></dd>`
    : ""
}
${
  cancelAt === null
    ? html`<dt>Next charge</dt><dd>${status === "paused" ? "none while it is paused" : await chargeLabel(work, subscription, next)}</dd>`
    : html`<dt>Ends</dt><dd>${dateLabel(cancelAt)}</dd>`
}
${next ? html`<dt>Changes</dt><dd>to ${await phaseNames(work, next)} on ${dateLabel(next.start_date)}</dd>` : ""}
<dt>Card</dt><dd><span class="whole">${await cardLabel(work, subscription)}</span> ${
    features.payment_method_update.enabled ? html`<a href="${path}/card">Change</a>` : ""
  }</dd>
</dl>
${isSwitchable(features.subscription_update, subscription) ? html`<a class="button" href="${path}/change">Change the plan</a>` : ""}
${status === "paused" ? act(`${path}/unpause`, "Resume the plan") : ""}
${cancelAt !== null || next ? act(`${path}/resume`, "Keep the plan") : ""}
${
  features.subscription_pause.enabled && isPausable(subscription)
    ? html`<a class="button quiet" href="${path}/pause">Pause the plan</a>`
    : ""
}
${
  features.subscription_cancel.enabled && cancelAt === null
    ? html`<a class="button quiet" href="${path}/cancel">Cancel the plan</a>`
    : ""
}
</section>`;
}

const act = (path: string, label: string): Html =>
  html`<form method="post" action="${path}"><button type="submit">${label}</button></form>`;

export const timesLabel = (quantity: number): string => (quantity === 1 ? "" : ` × ${quantity}`);

async function chargeLabel(work: Work, subscription: Subscription, next: SchedulePhase | undefined) {
  let total = 0;
  const items = next
    ? await Promise.all(
        next.items.map(async ({ price, quantity }) => ({
          price: await work.state.get("price", price),
          quantity,
        })),
      )
    : subscription.items.data;
  for (const { price, quantity } of items) total += price.unit_amount * quantity;
  return `${money(total, subscription.currency)} on ${dateLabel(periodEnd(subscription))}`;
}

/** The plan that waits for the period's end. */
async function nextPhase(work: Work, subscription: Subscription): Promise<SchedulePhase | undefined> {
  const schedule = await scheduleOf(work, subscription);
  const end = schedule?.current_phase?.end_date;
  return schedule?.phases.find(({ start_date: start }) => start === end);
}

async function phaseNames({ state }: Work, { items }: SchedulePhase): Promise<string> {
  const names: string[] = [];
  for (const { price: id, quantity } of items) {
    const price = await state.get("price", id);
    const product = await state.get("product", price.product);
    names.push(`${product.name} (${priceLabel(price)}${timesLabel(quantity)})`);
  }
  return names.join(", ");
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

export async function planNames(work: Work, { items }: Subscription): Promise<string> {
  const products = items.data.map(({ price }) => work.state.get("product", price.product));
  return (await Promise.all(products)).map((product) => product.name).join(", ");
}

async function cardLabel(work: Work, { default_payment_method: id }: Subscription): Promise<string> {
  const method = id ? await work.state.find("payment_method", id) : undefined;
  return method ? methodLabel(method) : "none";
}
