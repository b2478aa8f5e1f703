import { html } from "hono/html";
import { backFrom, type Visit, visitFor } from "../billing/portal-access.ts";
import {
  addressFields,
  allowedFields,
  type DetailsField,
  type DetailsForm,
} from "../billing/portal-details.ts";
import { taxIdsOf, taxIdTypes } from "../billing/tax-ids.ts";
import type { Customer } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { type Html, page } from "./layout.ts";
import { problemNote } from "./method-form.ts";
import { actLink } from "./portal-methods.ts";

const labels: Record<DetailsField, [label: string, autocomplete: string]> = {
  name: ["Name", "name"],
  email: ["Email", "email"],
  phone: ["Phone", "tel"],
  line1: ["Address", "address-line1"],
  line2: ["Address, second line", "address-line2"],
  city: ["City", "address-level2"],
  state: ["State or region", "address-level1"],
  postal_code: ["Postal code", "postal-code"],
  country: ["Country", "country"],
};

/** Whom invoices are made out to. */
export async function detailsPanel(work: Work, visited: Visit): Promise<Html> {
  const { session, customer, features } = visited;
  const path = `/portal/${session.id}/details`;
  const known = allowedFields(visited).filter((name) => knownValue(customer, name));
  const taxIds = features.customer_update.allowed_updates.includes("tax_id")
    ? await taxIdsOf(work, customer.id)
    : [];
  return html`<section class="stack"><h2>Billing information</h2>
<dl>${known.map((name) => html`<dt>${labels[name][0]}</dt><dd>${knownValue(customer, name)}</dd>`)}
${taxIds.map((one) => html`<dt>Tax ID</dt><dd>${one.value} ${actLink(`${path}/${one.id}/remove`, "Remove")}</dd>`)}</dl>
<a class="button quiet" href="${path}">Change the information</a></section>`;
}

export async function detailsPage(
  work: Work,
  id: string,
  form: DetailsForm = {},
  problem?: string,
): Promise<Html> {
  const visited = await visitFor(work, id, "customer_update");
  const { session, customer, features } = visited;
  const fields = allowedFields(visited);
  return page(
    "Billing information",
    html`<h1>Billing information</h1>${problemNote(problem)}
${
  fields.length > 0
    ? html`<section><form method="post" class="stack">
${fields.map((name) => input(name, labels[name], form[name] ?? knownValue(customer, name)))}
<button type="submit">Save</button></form></section>`
    : ""
}
${features.customer_update.allowed_updates.includes("tax_id") ? taxForm(session.id, form) : ""}
<a class="button quiet" href="${backFrom(session)}">Back</a>`,
  );
}

const input = (name: string, [label, autocomplete]: [string, string], value: string): Html =>
  html`<label>${label}<input name="${name}" value="${value}" maxlength="200" autocomplete="${autocomplete}"></label>`;

const taxForm = (id: string, form: DetailsForm): Html => html`<section>
<form method="post" action="/portal/${id}/details/tax" class="stack"><h2>Add a tax ID</h2>
<label>Kind<select name="tax_type">${Object.entries(taxIdTypes).map(
  ([type, { label }]) =>
    html`<option value="${type}"${type === form.tax_type ? html` selected` : ""}>${label}</option>`,
)}</select></label>
${input("tax_value", ["Number", "off"], form.tax_value ?? "")}
<button type="submit" class="quiet">Add</button></form></section>`;

function knownValue(customer: Customer, name: DetailsField): string {
  const line = addressFields.find((one) => one === name);
  return String((line ? customer.address?.[line] : customer[name]) ?? "");
}
