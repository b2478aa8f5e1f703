import { html } from "hono/html";
import { defaultMethod } from "../billing/collect.ts";
import { dateLabel, invoiceStatus, methodLabel, money } from "../billing/labels.ts";
import { issuedInvoice, paymentOf, refusalOf } from "../billing/pay-invoice.ts";
import type { Invoice, InvoiceLine } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { type Html, page } from "./layout.ts";
import { type Attempt, cardFields, problemNote } from "./method-form.ts";
import { writePdf } from "./pdf.ts";

/** The invoice as a page, where it can be paid while it is owed; `.pdf` has the same words. */
export async function invoicePage(
  work: Work,
  id: string,
  attempt?: Attempt,
  refusal?: string,
): Promise<Html> {
  const { invoice, lines } = await issued(work, id);
  return page(
    `Invoice ${invoice.number}`,
    html`<section>
<h1>Invoice <span class="whole">${invoice.number}</span></h1>
<dl>${facts(invoice).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</section>
<section><table>
<tr><th>Item</th><th>Amount</th></tr>
${lines.map(
  (line) => html`<tr><td>${line.description}<br><span class="soft">${periodLabel(line)}</span></td>
<td>${money(line.amount, line.currency)}</td></tr>`,
)}
<tr><td><strong>Total</strong></td><td><strong>${money(invoice.total, invoice.currency)}</strong></td></tr>
</table></section>
${await paymentPanel(work, invoice, refusal, attempt)}
<a class="button quiet no-print" href="/invoice/${invoice.id}.pdf">Download PDF</a>`,
  );
}

async function paymentPanel(
  work: Work,
  invoice: Invoice,
  refusal?: string,
  attempt?: Attempt,
): Promise<Html | string> {
  const reason = await refusalOf(work, invoice);
  if (reason)
    return invoice.status === "open" ? html`<section class="no-print"><p>${reason}</p></section>` : "";
  const stored = await defaultMethod(work, invoice);
  const asked = (await paymentOf(work, invoice))?.next_action?.redirect_to_url.url;
  return html`${
    asked
      ? html`<section class="stack no-print"><p>Your bank wants to know whether it is you who pays.</p>
<a class="button" href="${asked}">Confirm the payment</a></section>`
      : ""
  }
<section class="no-print"><h2>Pay ${money(invoice.amount_remaining, invoice.currency)}</h2>
${problemNote(refusal ?? attempt?.problem.message)}
${
  stored
    ? html`<form method="post"><button name="stored" value="yes">Pay with ${methodLabel(stored)}</button></form><hr>`
    : ""
}
<form method="post" class="stack">${cardFields(attempt)}<button type="submit">Pay this invoice</button></form></section>`;
}

export async function invoicePdf(work: Work, id: string): Promise<Uint8Array<ArrayBuffer>> {
  const { invoice, lines } = await issued(work, id);
  return writePdf([
    { text: `Invoice ${invoice.number}`, size: 20 },
    { text: "Local sandbox: no real payment", size: 10 },
    ...facts(invoice).map(([name, value]) => ({ text: `${name}: ${value}`, size: 11 })),
    ...lines.flatMap((line) => [
      { text: `${line.description}   ${money(line.amount, line.currency)}`, size: 11 },
      { text: periodLabel(line), size: 9 },
    ]),
    { text: `Total ${money(invoice.total, invoice.currency)}`, size: 14 },
  ]);
}

async function issued(work: Work, id: string): Promise<{ invoice: Invoice; lines: InvoiceLine[] }> {
  const page = { limit: 100, oldestFirst: true };
  return {
    invoice: await issuedInvoice(work, id),
    lines: await work.state.list("line_item", { body: { invoice: id } }, page),
  };
}

function facts(invoice: Invoice): [string, string][] {
  const { finalized_at: issuedAt, paid_at: paidAt } = invoice.status_transitions;
  return [
    ["Status", invoiceStatus(invoice.status)],
    ["Issued", issuedAt ? dateLabel(issuedAt) : ""],
    ["Paid", paidAt ? dateLabel(paidAt) : "not yet"],
    ["Billed to", billedTo(invoice)],
    ...invoice.customer_tax_ids.map(({ value }): [string, string] => ["Tax ID", value]),
  ];
}

function billedTo({
  customer,
  customer_name: name,
  customer_email: email,
  customer_address: address,
}: Invoice) {
  const { line1, line2, postal_code: code, city, state, country } = address ?? {};
  return [name ?? email ?? customer, line1, line2, code, city, state, country].filter(Boolean).join(", ");
}

const periodLabel = ({ period }: InvoiceLine): string =>
  `${dateLabel(period.start)} to ${dateLabel(period.end)}`;
