// What a customer does, and what is done to him at Stripe.
import type { NewCard } from "../../local/stripe/billing/cards.ts";
import type { StripeAccount } from "../functions/stripe-account";

export type Person = Awaited<ReturnType<typeof newPerson>>;

/** What he does beside what the API can: on pages, and by his bank. */
type Means = Pick<StripeAccount, "stripe" | "buy" | "pay" | "replaceCard">;

export async function newPerson(
  { stripe, buy, pay, replaceCard }: Means,
  userId: string,
  testClock?: string,
) {
  const { id: customer } = await stripe.customers.create({
    email: `${userId}@example.com`,
    metadata: { account_id: userId },
    ...(testClock && { test_clock: testClock }),
  });

  async function subscription() {
    const [first] = (await stripe.subscriptions.list({ customer, status: "all" })).data;
    if (!first) throw new Error(`${customer} has no subscription`);
    return first;
  }

  /** The payment of what a session sold: its own, or its invoice's. Without a page what was bought is the payment. */
  async function paymentOf(session: string) {
    if (session.startsWith("pi_")) return session;
    const { payment_intent, invoice } = await stripe.checkout.sessions.retrieve(session);
    if (payment_intent) return String(payment_intent);
    const [paid] = (await stripe.invoicePayments.list({ invoice: String(invoice) })).data;
    return String(paid?.payment.payment_intent);
  }

  return {
    userId,
    customer,
    stripe,
    buy: (lookupKey: string, card?: string) => buy(userId, customer, lookupKey, card),
    /** Stripe gives him a trial of some days, on his card. */
    tryOut: (lookupKey: string, days: number) =>
      buy(userId, customer, lookupKey, undefined, { trial: { trial_period_days: days } }),
    paymentOf,
    /** Another card for the plan, given in the portal. */
    async payWith(card: string) {
      const portal = await stripe.billingPortal.sessions.create({
        customer,
        return_url: "http://127.0.0.1/",
      });
      const { id } = await subscription();
      await pay(`${new URL(portal.url).pathname}/${id}/card`, card);
    },
    async refund(session: string, amount?: number) {
      await stripe.refunds.create({ payment_intent: await paymentOf(session), ...(amount && { amount }) });
    },
    async answerDispute(evidence: string) {
      for await (const { id, payment_intent } of stripe.disputes.list()) {
        const { customer: whose } = await stripe.paymentIntents.retrieve(String(payment_intent));
        if (whose === customer)
          await stripe.disputes.update(id, { evidence: { uncategorized_text: evidence } });
      }
    },
    pause: async () => stripe.subscriptions.pause((await subscription()).id, { type: "subscription" }),
    /** Its periods go on from now, and are paid from now. */
    resume: async () =>
      stripe.subscriptions.resume((await subscription()).id, {
        payment_behavior: "resume_on_payment_success",
      }),
    /** His bank sends him another card. */
    replaceCard: async (card: NewCard) =>
      replaceCard(String((await subscription()).default_payment_method), card),
    remove: () => stripe.customers.del(customer),
    cancel: async () => stripe.subscriptions.cancel((await subscription()).id),
    cancelAtPeriodEnd: async (ends: boolean) =>
      stripe.subscriptions.update((await subscription()).id, { cancel_at_period_end: ends }),
  };
}
