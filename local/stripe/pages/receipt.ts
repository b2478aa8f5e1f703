import { html } from "hono/html";
import { dateLabel, methodLabel, money } from "../billing/labels.ts";
import { missingResource } from "../engine/errors.ts";
import type { Work } from "../engine/work.ts";
import { type Html, page } from "./layout.ts";

/** Of a charge that was paid, as it stands now: with what went back. */
export async function receiptPage({ state }: Work, id: string): Promise<Html> {
  const charge = await state.get("charge", id);
  if (charge.receipt_url === null) throw missingResource("charge", id);
  const method = await state.get("payment_method", charge.payment_method);
  const facts = [
    ["Paid on", dateLabel(Number(charge.created))],
    ["Paid with", methodLabel(method)],
    ["Amount", money(charge.amount, charge.currency)],
    ...(charge.amount_refunded > 0 ? [["Refunded", money(charge.amount_refunded, charge.currency)]] : []),
  ];
  return page(
    "Receipt",
    html`<section><h1>Receipt</h1>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`,
  );
}
