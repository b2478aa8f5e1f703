import { expect, test } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { owingPlan } from "./owing.ts";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
const owing = () => owingPlan(sandbox());

test("last failure: a plan left unpaid gets drafts only, and is active again when the latest is paid", async () => {
  const { stripe, setLastFailure, daysOn, pay } = sandbox();
  await setLastFailure("mark_unpaid");
  const owed = await owing();
  await daysOn(20);
  expect(await owed.status()).toBe("unpaid");
  await daysOn(20);
  const { data } = await stripe.invoices.list({ subscription: owed.subscription, limit: 2 });
  expect(data).toMatchObject([
    { status: "draft", auto_advance: false, next_payment_attempt: null },
    { status: "open", attempt_count: 5, next_payment_attempt: null },
  ]);
  const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer: owed.customer.id });
  await stripe.invoices.pay(owed.id, { payment_method: id });
  expect(await owed.status()).toBe("unpaid");
  const latest = String(data[0]?.id);
  expect((await pay(`/invoice/${latest}`)).status).toBe(404);
  expect((await stripe.invoices.finalizeInvoice(latest)).status).toBe("open");
  await stripe.invoices.pay(latest, { payment_method: id });
  expect(await owed.status()).toBe("active");
  await owed.end();
  await setLastFailure("cancel");
});

test("last failure: a plan may be left past due, until any later try pays", async () => {
  const { setLastFailure, daysOn } = sandbox();
  await setLastFailure("leave_past_due");
  const owed = await owing();
  await daysOn(20);
  expect(await owed.status()).toBe("past_due");
  expect(await owed.invoice()).toMatchObject({ attempt_count: 5, auto_advance: false });
  expect((await owed.payOnPage(cards.pays)).status).toBe(303);
  expect(await owed.status()).toBe("active");
  await owed.end();
  await setLastFailure("cancel");
});

test("last failure: is set over HTTP too, to nothing that Stripe does not have", async () => {
  const set = (last_failure: string) =>
    fetch(`${sandbox().publicUrl}/sandbox/settings`, {
      method: "POST",
      headers: { authorization: `Bearer ${sandboxKeys.secret}` },
      body: new URLSearchParams({ last_failure }),
    });
  expect(await (await set("cancel")).json()).toMatchObject({ last_failure: "cancel" });
  expect((await set("forgive")).status).toBe(400);
});
