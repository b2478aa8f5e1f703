import { expect, test } from "vitest";
import { nextPeriodEnd } from "../../local/stripe/engine/time.ts";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile("2026-01-31T10:00:00Z");
const seconds = (time: string) => Date.parse(time) / 1000;
const iso = (time: number) => new Date(time * 1000).toISOString();

test("renewal: a year of a monthly plan bought on 31 January is twelve paid invoices, each month's end kept", async () => {
  const { stripe, subscribe, moveTo, webhook } = sandbox();
  const { subscription } = await subscribe("professional_month");
  await moveTo("2027-01-15T00:00:00Z");
  const invoices = (await stripe.invoices.list({ subscription: subscription.id, limit: 20 })).data.reverse();
  expect(invoices.map((invoice) => invoice.status)).toEqual(Array(12).fill("paid"));
  const periods = invoices.map((invoice) => invoice.lines.data[0]?.period);
  expect(periods.map((period) => iso(period?.start ?? 0).slice(5, 16))).toEqual([
    ...["01-31T10:00", "02-28T10:00", "03-31T10:00", "04-30T10:00", "05-31T10:00", "06-30T10:00"],
    ...["07-31T10:00", "08-31T10:00", "09-30T10:00", "10-31T10:00", "11-30T10:00", "12-31T10:00"],
  ]);
  for (const [index, period] of periods.entries())
    if (index > 0) expect(period?.start).toBe(periods[index - 1]?.end);
  expect(webhook.types().filter((type) => type === "invoice.paid")).toHaveLength(12);
  expect(invoices.slice(1).every((invoice) => invoice.billing_reason === "subscription_cycle")).toBe(true);
  await stripe.subscriptions.cancel(subscription.id);
});

test("renewal: the period moves first, the invoice is a draft for an hour, then it is paid", async () => {
  const { stripe, subscribe, moveTo } = sandbox();
  const { subscription } = await subscribe("professional_month");
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  await moveTo(iso(end));
  const renewed = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(renewed.items.data[0]?.current_period_start).toBe(end);
  expect(renewed.latest_invoice).toMatchObject({ status: "draft", created: end, number: null });
  await moveTo(iso(end + 3599));
  expect(await stripe.invoices.retrieve(`${subscriptionInvoice(renewed)}`)).toMatchObject({
    status: "draft",
  });
  await moveTo(iso(end + 3600));
  expect(await stripe.invoices.retrieve(`${subscriptionInvoice(renewed)}`)).toMatchObject({
    status: "paid",
    period_end: end,
    status_transitions: { finalized_at: end + 3600, paid_at: end + 3600 },
  });
  await stripe.subscriptions.cancel(subscription.id);
});

test("renewal: a yearly plan renews a year later, not before", async () => {
  const { stripe, subscribe } = sandbox();
  const { subscription } = await subscribe("professional_year");
  await sandbox().daysOn(364);
  const invoices = () => stripe.invoices.list({ subscription: subscription.id });
  expect((await invoices()).data).toHaveLength(1);
  await sandbox().daysOn(2);
  expect((await invoices()).data.map((invoice) => invoice.total)).toEqual([30590, 30590]);
  await stripe.subscriptions.cancel(subscription.id);
});

test("renewal: of a monthly and a yearly item, each is billed on its own dates", async () => {
  const { stripe, pay } = sandbox();
  const { data } = await stripe.prices.list({ lookup_keys: ["professional_month", "professional_year"] });
  const { id } = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: data.map((price) => ({ price: price.id, quantity: 1 })),
    success_url: "http://127.0.0.1:21000/",
  });
  await pay(id);
  const { subscription } = await stripe.checkout.sessions.retrieve(id);
  await sandbox().daysOn(32);
  const invoices = await stripe.invoices.list({ subscription: String(subscription) });
  expect(invoices.data.map((invoice) => [invoice.total, invoice.lines.data.length])).toEqual([
    [2999, 1],
    [33589, 2],
  ]);
  await stripe.subscriptions.cancel(String(subscription));
});

test("renewal: time that passed while the sandbox was off is dated as if it had run", async () => {
  const { stripe, subscribe, clock, restart, runDue } = sandbox();
  const { subscription } = await subscribe("professional_month");
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  clock.now = new Date((end + 40 * 86_400) * 1000);
  await restart();
  await runDue();
  const { data } = await stripe.invoices.list({ subscription: subscription.id });
  expect(data.map((invoice) => invoice.status)).toEqual(["paid", "paid", "paid"]);
  expect(data[1]).toMatchObject({ created: end, status_transitions: { paid_at: end + 3600 } });
  await stripe.subscriptions.cancel(subscription.id);
});

test("dunning: a card that fails at renewal is tried five times, then the plan ends unpaid", async () => {
  const { stripe, subscribe, webhook } = sandbox();
  const { subscription } = await subscribe("professional_month", cards.failsLater);
  webhook.events.length = 0;
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  await sandbox().moveTo(iso(end + 2 * 3600));
  const late = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(late).toMatchObject({ status: "past_due", latest_invoice: { status: "open", attempt_count: 1 } });
  await sandbox().daysOn(20);
  expect(webhook.types().filter((type) => type === "invoice.payment_failed")).toHaveLength(5);
  const ended = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(ended).toMatchObject({
    status: "canceled",
    cancellation_details: { reason: "payment_failed" },
    latest_invoice: { status: "open", next_payment_attempt: null, auto_advance: false },
  });
  expect(webhook.types().at(-1)).toBe("customer.subscription.deleted");
});

test("dunning: with another card the next try pays, and the plan is active again", async () => {
  const { stripe, subscribe } = sandbox();
  const { customer, subscription } = await subscribe("professional_month", cards.failsLater);
  await sandbox().daysOn(32);
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
  const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: good.id });
  await sandbox().daysOn(5);
  const paid = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(paid).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
  await stripe.subscriptions.cancel(subscription.id);
});

test("cancel: at the period's end, said in cancel_at, and nothing is charged after it", async () => {
  const { stripe, subscribe, moveTo, webhook } = sandbox();
  const { subscription } = await subscribe("professional_month");
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  const canceled = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  expect(canceled).toMatchObject({ status: "active", cancel_at: end, cancel_at_period_end: false });
  await moveTo(iso(end));
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: "canceled",
    ended_at: end,
    cancellation_details: { reason: "cancellation_requested" },
  });
  expect(webhook.types().at(-1)).toBe("customer.subscription.deleted");
  expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
  await expect(
    stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false }),
  ).rejects.toMatchObject({ statusCode: 400 });
});

test("cancel: taken back in time, the plan renews", async () => {
  const { stripe, subscribe } = sandbox();
  const { subscription } = await subscribe("professional_month");
  await stripe.subscriptions.update(subscription.id, { cancel_at: "min_period_end" });
  const resumed = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
  expect(resumed).toMatchObject({ cancel_at: null, canceled_at: null });
  await sandbox().daysOn(32);
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  await stripe.subscriptions.cancel(subscription.id);
});

test("cancel: a list without a status leaves canceled ones out", async () => {
  const { stripe, subscribe } = sandbox();
  const { customer, subscription } = await subscribe("professional_month");
  await stripe.subscriptions.cancel(subscription.id);
  const of = async (status?: "all" | "canceled") =>
    (await stripe.subscriptions.list({ customer: customer.id, ...(status && { status }) })).data.length;
  expect([await of(), await of("all"), await of("canceled")]).toEqual([0, 1, 1]);
});

test.each([
  ["2028-02-29T12:00:00Z", "2028-02-29T12:00:00Z", "year", 1, "2029-02-28T12:00:00Z"],
  ["2028-02-29T12:00:00Z", "2031-02-28T12:00:00Z", "year", 1, "2032-02-29T12:00:00Z"],
  ["2026-10-31T23:59:59Z", "2026-11-30T23:59:59Z", "month", 3, "2027-02-28T23:59:59Z"],
  ["2026-12-30T00:00:00Z", "2026-12-30T00:00:00Z", "week", 2, "2027-01-13T00:00:00Z"],
] as const)("periods: anchored at %s, after %s comes %s x %i: %s", (anchor, end, interval, count, next) => {
  expect(iso(nextPeriodEnd(seconds(anchor), seconds(end), interval, count))).toBe(iso(seconds(next)));
});

const subscriptionInvoice = ({
  latest_invoice: invoice,
}: {
  latest_invoice: string | { id: string } | null;
}) => (typeof invoice === "string" ? invoice : invoice?.id);
