import type Stripe from "stripe";
import { cards, type Sandbox } from "./support.ts";

export const seconds = (time: string) => Date.parse(time) / 1000;
export const day = 86_400;
/** A month of thirty days, so that its halves and quarters are whole amounts. */
export const june = {
  start: seconds("2027-06-01T00:00:00Z"),
  half: seconds("2027-06-16T00:00:00Z"),
  threeQuarters: seconds("2027-06-23T12:00:00Z"),
  end: seconds("2027-07-01T00:00:00Z"),
};

const sold = {
  small: [1000, "month"],
  big: [2000, "month"],
  extra: [400, "month"],
  free: [0, "month"],
  year: [20_000, "year"],
} as const;
type Prices = Record<keyof typeof sold, string>;

/** Prices of $10, $20 and $4 a month, of nothing, and of $200 a year. */
async function pricesOf({ stripe }: Sandbox): Promise<Prices> {
  const prices: Partial<Prices> = {};
  for (const [key, [unit_amount, interval]] of Object.entries(sold)) {
    const { data } = await stripe.prices.list({ lookup_keys: [key] });
    const product = data[0] ? "" : (await stripe.products.create({ name: key })).id;
    const made = { product, currency: "usd", unit_amount, recurring: { interval }, lookup_key: key };
    prices[key as keyof Prices] = (data[0] ?? (await stripe.prices.create(made))).id;
  }
  return prices as Prices;
}

/** A plan bought on 1 June on a clock of its own, and what is done with it. */
export async function lifeOf(sandbox: Sandbox, key: keyof Prices = "small", number = cards.pays) {
  const { stripe, subscribe, advance } = sandbox;
  const prices = await pricesOf(sandbox);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: june.start });
  const { subscription, customer } = await subscribe(key, number, { test_clock: clock.id });
  const item = subscription.items.data[0]?.id ?? "";
  const { id } = subscription;
  return {
    id,
    item,
    prices,
    customer: customer.id,
    card: String(subscription.default_payment_method),
    to: (time: number) => advance(clock.id, time),
    read: () => stripe.subscriptions.retrieve(id),
    /** Changes the plan of its one item. */
    change: (price: keyof Prices, given: Stripe.SubscriptionUpdateParams = {}) =>
      stripe.subscriptions.update(id, { items: [{ id: item, price: prices[price] }], ...given }),
    latest: async () => {
      const { latest_invoice } = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
      if (latest_invoice === null || typeof latest_invoice === "string")
        throw new Error("there is no invoice");
      return latest_invoice;
    },
  };
}

/** What an invoice's lines say: amount, price, item, whether it prorates, and over which time. */
export const linesOf = (invoice: Stripe.Invoice) =>
  invoice.lines.data.map(({ amount, parent, period, pricing }) => ({
    amount,
    price: pricing?.price_details?.price,
    item: parent?.subscription_item_details?.subscription_item,
    proration: parent?.subscription_item_details?.proration,
    period,
  }));

export const amountsOf = (invoice: Stripe.Invoice) => invoice.lines.data.map((line) => line.amount);
