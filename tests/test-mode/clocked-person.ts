// A customer on a test clock who acts by the API alone: what he would do on a page is done for him.
import { testCards } from "../../local/stripe/billing/test-cards.ts";
import { newPerson, type Person } from "../lives/person";
import type { Account } from "./account";

const good = "4242424242424242";
/** Pays its holder's first payment on a page, and no other: without a page it pays none. */
const paysOnce = "4000000000000341";

/** Acts that the API has no word for, and why. */
const onPages = async () => {
  throw new Error("only a page can do this, or a bank");
};

export async function newClockedPerson(account: Account, userId: string, clock: string): Promise<Person> {
  const { stripe, prices } = account;

  async function attach(customer: string, card: string) {
    const [token] = testCards[card]?.tokens ?? [];
    if (!token) throw new Error(`${card} is no card that can be attached`);
    return (await stripe.paymentMethods.attach(token, { customer })).id;
  }

  /** Answers with the payment. */
  async function buy(
    accountId: string,
    customer: string,
    lookupKey: string,
    card = good,
    { trial }: { trial?: { trial_period_days?: number } } = {},
  ) {
    const price = prices.get(lookupKey);
    if (price?.unit_amount == null) throw new Error(`${lookupKey} is not sold`);
    const metadata = { account_id: accountId };
    const method = await attach(customer, card === paysOnce ? good : card);
    if (!price.recurring) {
      const { id } = await stripe.paymentIntents.create({
        ...{ customer, payment_method: method, confirm: true, off_session: true },
        ...{ amount: price.unit_amount, currency: price.currency },
        metadata: { ...metadata, pack: price.metadata.pack ?? "" },
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      });
      return id;
    }
    const { id, latest_invoice } = await stripe.subscriptions.create({
      ...{ customer, items: [{ price: price.id }], default_payment_method: method, metadata },
      ...trial,
    });
    const [paid] = (await stripe.invoicePayments.list({ invoice: String(latest_invoice) })).data;
    if (card === paysOnce)
      await stripe.subscriptions.update(id, { default_payment_method: await attach(customer, card) });
    return String(paid?.payment.payment_intent);
  }

  const person = await newPerson({ stripe, buy, pay: onPages, replaceCard: onPages }, userId, clock);
  return {
    ...person,
    /** As the portal does it, which pays nothing by itself. */
    async payWith(card) {
      const { customer } = person;
      const method = await attach(customer, card);
      for (const { id } of (await stripe.subscriptions.list({ customer })).data)
        await stripe.subscriptions.update(id, { default_payment_method: method });
      await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method } });
    },
  };
}
