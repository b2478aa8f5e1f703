import { html } from "hono/html";
import { methodLabel } from "../billing/labels.ts";
import { backFrom, ownSubscription, type Visit, visitFor } from "../billing/portal-access.ts";
import { type KeptMethod, keptMethods } from "../billing/portal-methods.ts";
import type { Work } from "../engine/work.ts";
import { type Html, page } from "./layout.ts";
import { type Attempt, cardFields, problemNote, testCardHelp } from "./method-form.ts";
import { planNames } from "./portal-plan.ts";

/** What a customer keeps to pay with: which is charged, and which may go. */
export async function methodsPanel(work: Work, visited: Visit): Promise<Html> {
  const kept = await keptMethods(work, visited);
  const path = `/portal/${visited.session.id}/methods`;
  return html`<section class="stack"><h2>Payment methods</h2>
${kept.length === 0 ? html`<p class="soft">None yet.</p>` : kept.map((one) => methodRow(path, one))}
<a class="button quiet" href="${path}">Add a card</a></section>`;
}

const methodRow = (
  path: string,
  { method, isDefault, isRemovable }: KeptMethod,
): Html => html`<div class="row">
<span class="whole">${methodLabel(method)}</span>
${isDefault ? html`<span class="badge">Default</span>` : actLink(`${path}/${method.id}/default`, "Make default")}
${isRemovable ? actLink(`${path}/${method.id}/remove`, "Remove") : ""}</div>`;

export const actLink = (path: string, label: string): Html =>
  html`<form method="post" action="${path}"><button type="submit" class="link">${label}</button></form>`;

/** Takes a card: for the plan it names, or for whatever is charged. */
export async function cardPage(
  work: Work,
  id: string,
  subscriptionId?: string,
  attempt?: Attempt,
): Promise<Html> {
  const visited = await visitFor(work, id, "payment_method_update");
  const plan = subscriptionId && (await ownSubscription(work, visited.customer.id, subscriptionId));
  const what = plan ? `${await planNames(work, plan)} is` : "Your plan is";
  return page(
    plan ? "Change the card" : "Add a card",
    html`<section class="stack"><h1>${plan ? "Change the card" : "Add a card"}</h1>
<p>${what} charged to this card from now on.</p>
${problemNote(attempt?.problem.message)}
<form method="post" class="stack">${cardFields(attempt)}
<button type="submit">Save the card</button>
<a class="button quiet" href="${backFrom(visited.session)}">Back</a></form></section>
${testCardHelp()}`,
  );
}
