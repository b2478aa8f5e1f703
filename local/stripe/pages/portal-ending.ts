import { html } from "hono/html";
import { dateLabel } from "../billing/labels.ts";
import { backFrom, ownSubscription, visitFor } from "../billing/portal-access.ts";
import { isPausable, reasonLabels } from "../billing/portal-ending.ts";
import { periodEnd } from "../billing/subscriptions.ts";
import { missingResource } from "../engine/errors.ts";
import type { Work } from "../engine/work.ts";
import { type Html, page } from "./layout.ts";
import { planNames } from "./portal-plan.ts";

/** Asks once more before a plan is ended, and why. */
export async function cancelPage(work: Work, id: string, subscriptionId: string): Promise<Html> {
  const visited = await visitFor(work, id, "subscription_cancel");
  const subscription = await ownSubscription(work, visited.customer.id, subscriptionId);
  const { mode, cancellation_reason: asked } = visited.features.subscription_cancel;
  const words =
    mode === "immediately"
      ? "The plan ends at once. This cannot be taken back."
      : `The plan stays until ${dateLabel(periodEnd(subscription))} and is not charged again. You can take this back until then.`;
  return page(
    "Cancel the plan",
    html`<section class="stack"><h1>Cancel ${await planNames(work, subscription)}?</h1>
<p>${words}</p>
<form method="post" class="stack">
${asked.enabled ? reasonFields(asked.options) : ""}
<button class="danger" type="submit">Cancel the plan</button></form>
<a class="button quiet" href="${backFrom(visited.session)}">Keep the plan</a></section>`,
  );
}

const reasonFields = (
  options: string[],
): Html => html`<fieldset><legend>Why do you leave? You need not say.</legend>
${options.map(
  (option) =>
    html`<label class="choice"><input type="radio" name="feedback" value="${option}"> ${reasonLabels[option] ?? option}</label>`,
)}</fieldset>
<label>Anything else<textarea name="comment" rows="3" maxlength="500"></textarea></label>`;

export async function pausePage(work: Work, id: string, subscriptionId: string): Promise<Html> {
  const visited = await visitFor(work, id, "subscription_pause");
  const subscription = await ownSubscription(work, visited.customer.id, subscriptionId);
  if (!isPausable(subscription)) throw missingResource("subscription", subscriptionId);
  return page(
    "Pause the plan",
    html`<section class="stack"><h1>Pause ${await planNames(work, subscription)}?</h1>
<p>Nothing is charged while it is paused. The time that is paid for and not used is credited when you resume it.</p>
<form method="post"><button type="submit">Pause the plan</button></form>
<a class="button quiet" href="${backFrom(visited.session)}">Go on as it is</a></section>`,
  );
}
