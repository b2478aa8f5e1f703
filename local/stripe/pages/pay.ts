import { html } from "hono/html";
import { asksForMethod, itemsOf } from "../billing/checkout.ts";
import { dateLabel, money, priceLabel } from "../billing/labels.ts";
import type { CheckoutSession, LineItem } from "../engine/checkout-types.ts";
import type { Work } from "../engine/work.ts";
import { type Html, page } from "./layout.ts";
import {
  type Attempt,
  bankFields,
  cardFields,
  problemNote,
  testAccountHelp,
  testCardHelp,
} from "./method-form.ts";

/** The hosted checkout page; after a refusal with what was typed and why it was refused. */
export async function payPage(
  work: Work,
  id: string,
  attempt?: Attempt,
  codeProblem?: string,
): Promise<Html> {
  const session = await work.state.get("checkout.session", id);
  const items = await itemsOf(work, id);
  if (session.status === "complete") return completePage(session);
  if (session.status === "expired") return expiredPage(session);
  const total = money(session.amount_total, session.currency);
  const takesDebits = session.payment_method_types.includes("us_bank_account");
  const isTrial = session.mode === "subscription" && session.amount_subtotal === 0;
  const verb = isTrial ? "Start trial" : session.mode === "subscription" ? "Subscribe" : "Pay";
  return page(
    isTrial ? verb : `${verb} ${total}`,
    html`<section>
<h1>${session.mode === "subscription" ? "Subscribe" : "Pay"}</h1>
<table>${items.map(itemRow)}${details(session)}</table>
${session.allow_promotion_codes ? codeForm(session, codeProblem) : ""}</section>
<section>
<p class="amount">${total}</p>
<p class="soft">${dueToday(session, isTrial)}</p>
${problemNote(attempt?.problem.message)}
<form method="post" class="stack">
${asksForMethod(session) ? cardFields(attempt) : ""}
<button type="submit">${isTrial ? verb : `${verb} ${total}`}</button>
${session.cancel_url ? html`<a class="button quiet" href="${session.cancel_url}">Cancel</a>` : ""}
</form>
</section>
${
  takesDebits
    ? html`<section><h2>Or from a bank account</h2><form method="post" class="stack">${bankFields(attempt)}
<button type="submit" class="quiet">Debit the account</button></form></section>`
    : ""
}
${testCardHelp()}
${takesDebits ? testAccountHelp() : ""}`,
  );
}

function dueToday({ mode }: CheckoutSession, isTrial: boolean): string {
  if (isTrial) return "Due today. After the trial it renews until you cancel.";
  return mode === "subscription" ? "Due today; it renews until you cancel." : "Due today, once.";
}

/** Where a customer goes after paying, with the session's id filled in. */
export const successAddress = (session: CheckoutSession): string =>
  session.success_url.replaceAll("{CHECKOUT_SESSION_ID}", session.id);

function itemRow({ description, quantity, price, amount_subtotal, currency }: LineItem): Html {
  return html`<tr><td>${description}<br><span class="soft">${quantity > 1 ? `${quantity} × ` : ""}${priceLabel(price)}</span></td>
<td>${money(amount_subtotal, currency)}</td></tr>`;
}

function details({ total_details: { amount_discount: off, amount_tax: tax }, currency }: CheckoutSession) {
  const row = (label: string, amount: number) =>
    html`<tr><td>${label}</td><td>${money(amount, currency)}</td></tr>`;
  return html`${off > 0 ? row("Discount", -off) : ""}${tax > 0 ? row("Tax", tax) : ""}`;
}

const codeForm = ({ id }: CheckoutSession, problem?: string): Html =>
  html`${problemNote(problem)}<form method="post" action="/pay/${id}/code" class="pair">
<input name="code" aria-label="Promotion code" placeholder="Promotion code" required maxlength="60">
<button type="submit" class="quiet">Apply</button></form>`;

function completePage(session: CheckoutSession): Html {
  const amount = money(session.amount_total, session.currency);
  const [title, text] =
    session.payment_status === "unpaid"
      ? ["Your bank is asked", `${amount} is debited in a few days. Nothing is charged twice.`]
      : ["This is paid", `${amount} was paid. Nothing is charged twice.`];
  return page(
    title,
    html`<section><h1>${title}</h1><p>${text}</p>
<a class="button" href="${successAddress(session)}">Continue</a></section>`,
  );
}

function expiredPage(session: CheckoutSession): Html {
  return page(
    "Expired",
    html`<section><h1>This checkout has expired</h1><p>It was open until ${dateLabel(session.expires_at)}. Nothing was charged; start again from the shop.</p>
${session.cancel_url ? html`<a class="button" href="${session.cancel_url}">Back</a>` : ""}</section>`,
  );
}
