import { cards, type Sandbox, typed } from "./support.ts";

/** A plan whose renewal has just failed once, with the invoice that is owed. */
export async function owingPlan(sandbox: Sandbox, number = cards.failsLater) {
  const { stripe, subscribe, moveTo } = sandbox;
  const { customer, subscription } = await subscribe("professional_month", number);
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  await moveTo(new Date((end + 2 * 3600) * 1000).toISOString());
  const late = await stripe.subscriptions.retrieve(subscription.id);
  const id = String(late.latest_invoice);
  return {
    customer,
    subscription: subscription.id,
    id,
    status: async () => (await stripe.subscriptions.retrieve(subscription.id)).status,
    invoice: () => stripe.invoices.retrieve(id, { expand: ["payments.data.payment.payment_intent"] }),
    intent: async () => {
      const [pair] = (await stripe.invoicePayments.list({ invoice: id })).data;
      return stripe.paymentIntents.retrieve(String(pair?.payment.payment_intent));
    },
    /** How the page of the invoice answers a card. */
    payOnPage: (card: string, form: Record<string, string> = typed) =>
      sandbox.pay(`/invoice/${id}`, card, form),
    end: () => stripe.subscriptions.cancel(subscription.id),
  };
}
