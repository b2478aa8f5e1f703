import { catalog, row } from "./catalog.ts";
import { cards, type Sandbox } from "./support.ts";

/** What a name may be. */
export const evil = `<script>alert("1")</script>`;

/** A plan that up to five may share, and an add-on beside what all tests sell. */
export const sold = [
  ...catalog,
  row({ key: "team_month@1", lookup_key: "team_month", product_key: "team", name: evil, max_quantity: 5 }),
  row({
    key: "support@1",
    lookup_key: "support",
    product_key: "support",
    name: "Support",
    is_add_on: true,
  }),
];

/** A customer in the portal: what is read there, and what is done. */
export async function visitorOf(sandbox: Sandbox, plan = "professional_month", card = cards.pays) {
  const { stripe, subscribe } = sandbox;
  const { customer, subscription } = await subscribe(plan, card);
  const session = await stripe.billingPortal.sessions.create({ customer: customer.id });
  const front = `${sandbox.publicUrl}/portal/${session.id}`;
  const own = `${front}/${subscription.id}`;
  const send = (path: string, form: Record<string, string> = {}) =>
    fetch(path, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  return {
    customer: customer.id,
    id: subscription.id,
    own,
    front,
    send,
    read: async (path = front) => (await fetch(path)).text(),
    statusOf: async (path: string) => (await fetch(path)).status,
    plan: (expand: string[] = []) => stripe.subscriptions.retrieve(subscription.id, { expand }),
    priceOf: async (key: string) => String((await stripe.prices.list({ lookup_keys: [key] })).data[0]?.id),
    itemPrice: async () =>
      (await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.lookup_key,
  };
}

/** What a page says is paid at once. */
export const paidNow = (page: string) => /You pay now<\/dt><dd><strong>([^<]+)/.exec(page)?.[1];
