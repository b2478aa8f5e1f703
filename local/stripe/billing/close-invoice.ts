import { invalid } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import type { Invoice, InvoicePayment } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { afterClosing } from "./after-payment.ts";
import { cancelPayment } from "./payments.ts";

/** Nobody owes it any more, as if it had not been issued; its number stays. */
export async function voidInvoice(work: Work, invoice: Invoice): Promise<Invoice> {
  const { state, at } = work;
  refuseUnless(invoice, ["open", "uncollectible"]);
  const [link] = await state.list("invoice_payment", { body: { invoice: invoice.id } });
  if (link) {
    const payment = await state.get("payment_intent", link.payment.payment_intent);
    if (payment.status === "processing")
      throw invalid("This invoice cannot be voided: a payment of it is processing.");
    await cancelPayment(work, payment, "void_invoice");
    await state.save<InvoicePayment>({
      ...link,
      status: "canceled",
      status_transitions: { canceled_at: at, paid_at: null },
    });
  }
  return close(work, invoice, "void", { voided_at: at });
}

/** It is owed and will not be paid; should it be paid after all, it is paid. */
export async function markUncollectible(work: Work, invoice: Invoice): Promise<Invoice> {
  refuseUnless(invoice, ["open"]);
  return close(work, invoice, "uncollectible", { marked_uncollectible_at: work.at });
}

/** A plan that waited for this invoice alone runs again. */
async function close(
  work: Work,
  invoice: Invoice,
  status: "void" | "uncollectible",
  when: object,
): Promise<Invoice> {
  const closed = await work.state.save<Invoice>({
    ...invoice,
    auto_advance: false,
    next_payment_attempt: null,
    status,
    status_transitions: { ...invoice.status_transitions, ...when },
  });
  await work.state.setDue(invoice.id, null);
  await emit(work, status === "void" ? "invoice.voided" : "invoice.marked_uncollectible", closed);
  await afterClosing(work, closed);
  return closed;
}

function refuseUnless(invoice: Invoice, statuses: Invoice["status"][]): void {
  if (!statuses.includes(invoice.status))
    throw invalid(
      `You can only pass in ${statuses.join(" or ")} invoices. This invoice is ${invoice.status}.`,
    );
}
