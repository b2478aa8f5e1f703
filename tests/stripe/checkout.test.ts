import { expect, test } from "vitest";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

async function openSession(mode: "subscription" | "payment", lookupKey: string) {
  const { stripe } = sandbox();
  const customer = await stripe.customers.create({
    email: "ada@example.com",
    metadata: { account_id: "a1" },
  });
  const { data } = await stripe.prices.list({ lookup_keys: [lookupKey], active: true });
  const session = await stripe.checkout.sessions.create({
    mode,
    customer: customer.id,
    client_reference_id: "a1",
    metadata: { account_id: "a1" },
    line_items: [{ price: data[0]?.id ?? "none", quantity: 1 }],
    success_url: "http://127.0.0.1:21000/return?session_id={CHECKOUT_SESSION_ID}",
    cancel_url: "http://127.0.0.1:21000/cancel",
    ...(mode === "subscription"
      ? { subscription_data: { metadata: { account_id: "a1" } } }
      : { payment_intent_data: { metadata: { account_id: "a1" } } }),
  });
  return { customer, session };
}

test("checkout: a declined card takes nothing, the next card pays", async () => {
  const { stripe, pay, webhook } = sandbox();
  const { session } = await openSession("subscription", "professional_month");
  const declined = await pay(session.id, cards.declined);
  expect(declined.status).toBe(402);
  expect(await declined.text()).toContain("Your card was declined.");
  const open = await stripe.checkout.sessions.retrieve(session.id, { expand: ["line_items.data.price"] });
  expect(open).toMatchObject({ status: "open", payment_status: "unpaid", subscription: null });
  expect(open.line_items?.data[0]?.price?.metadata).toEqual({ price: "professional_month@1" });

  const paid = await pay(session.id);
  expect(paid.status).toBe(303);
  expect(paid.headers.get("location")).toBe(`http://127.0.0.1:21000/return?session_id=${session.id}`);
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["subscription.latest_invoice.payments", "invoice.payments.data"],
  });
  expect(done).toMatchObject({ status: "complete", payment_status: "paid" });
  expect(webhook.types().sort()).toEqual([
    "checkout.session.completed",
    "customer.subscription.created",
    "invoice.finalized",
    "invoice.paid",
    "invoice_payment.paid",
    "payment_intent.succeeded",
  ]);
});
