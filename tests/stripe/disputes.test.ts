import type Stripe from "stripe";
import { expect, test } from "vitest";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

/** A payment that is a minute old, and the dispute that came of it. */
async function disputed(number = cards.disputed) {
  const { stripe, buyPack, secondsOn } = sandbox();
  const { payment } = await buyPack(number);
  await secondsOn(60);
  const [dispute] = (await stripe.disputes.list({ payment_intent: payment })).data;
  if (!dispute) throw new Error("nobody disputes the payment");
  return { payment, dispute };
}

const answer = (id: string, text: string, more: Stripe.DisputeUpdateParams = {}) =>
  sandbox().stripe.disputes.update(id, { evidence: { uncategorized_text: text }, ...more });
const statusOf = async (id: string) => (await sandbox().stripe.disputes.retrieve(id)).status;

test("dispute: opens a minute after the payment, and the money is withdrawn with a fee", async () => {
  const { stripe, buyPack, secondsOn, deliveredBy } = sandbox();
  const { payment } = await buyPack(cards.disputed);
  expect((await stripe.disputes.list({ payment_intent: payment })).data).toEqual([]);
  expect(await deliveredBy(() => secondsOn(60))).toEqual([
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
  ]);
  const [dispute] = (await stripe.disputes.list({ payment_intent: payment })).data;
  expect(dispute).toMatchObject({ status: "needs_response", reason: "fraudulent", amount: 500 });
  expect(dispute?.balance_transactions).toMatchObject([{ amount: -500, fee: 1500, net: -2000 }]);
  const charge = await stripe.charges.retrieve(String(dispute?.charge));
  expect(charge).toMatchObject({ disputed: true, refunded: false });
  expect((await stripe.disputes.list({ charge: charge.id })).data).toHaveLength(1);
  await stripe.disputes.close(dispute?.id ?? "");
});

test("dispute: winning evidence is under review for a minute, then the money is back", async () => {
  const { stripe, secondsOn, deliveredBy } = sandbox();
  const { dispute, payment } = await disputed();
  await expect(stripe.refunds.create({ payment_intent: payment })).rejects.toMatchObject({
    code: "charge_disputed",
  });
  expect(await deliveredBy(() => answer(dispute.id, "winning_evidence"))).toEqual(["charge.dispute.updated"]);
  expect(await statusOf(dispute.id)).toBe("under_review");
  expect(await deliveredBy(() => secondsOn(60))).toEqual([
    "charge.dispute.funds_reinstated",
    "charge.dispute.closed",
  ]);
  const won = await stripe.disputes.retrieve(dispute.id);
  expect(won.status).toBe("won");
  expect(won.balance_transactions.map(({ net }) => net)).toEqual([-2000, 2000]);
  expect((await stripe.refunds.create({ payment_intent: payment })).status).toBe("succeeded");
});

test("dispute: losing evidence loses it", async () => {
  const { stripe, secondsOn, deliveredBy } = sandbox();
  const { dispute, payment } = await disputed();
  await answer(dispute.id, "losing_evidence");
  expect(await deliveredBy(() => secondsOn(60))).toEqual(["charge.dispute.closed"]);
  expect(await statusOf(dispute.id)).toBe("lost");
  await expect(stripe.refunds.create({ payment_intent: payment })).rejects.toMatchObject({
    code: "charge_disputed",
  });
});

test("dispute: closing it accepts the loss at once, and only once", async () => {
  const { stripe, deliveredBy, nextDue } = sandbox();
  const { dispute } = await disputed();
  expect(await deliveredBy(() => stripe.disputes.close(dispute.id))).toEqual(["charge.dispute.closed"]);
  expect(await statusOf(dispute.id)).toBe("lost");
  await expect(stripe.disputes.close(dispute.id)).rejects.toMatchObject({ statusCode: 400 });
  await expect(answer(dispute.id, "winning_evidence")).rejects.toMatchObject({ param: "evidence" });
  expect(await nextDue()).toBeNull();
});

test("dispute: left unanswered it is lost when the time to answer is over", async () => {
  const { moveTo } = sandbox();
  const { dispute } = await disputed();
  const dueBy = dispute.evidence_details.due_by ?? 0;
  await moveTo(new Date((dueBy - 1) * 1000).toISOString());
  expect(await statusOf(dispute.id)).toBe("needs_response");
  await moveTo(new Date(dueBy * 1000).toISOString());
  expect(await statusOf(dispute.id)).toBe("lost");
});

test("dispute: evidence is kept without being sent when the caller says so, then sent", async () => {
  const { stripe, secondsOn } = sandbox();
  const { dispute } = await disputed();
  const staged = await answer(dispute.id, "winning_evidence", { submit: false, metadata: { by: "ada" } });
  expect(staged).toMatchObject({
    status: "needs_response",
    metadata: { by: "ada" },
    evidence_details: { has_evidence: true, submission_count: 0 },
  });
  expect((await stripe.disputes.update(dispute.id, { submit: true })).status).toBe("under_review");
  await secondsOn(60);
  expect(await statusOf(dispute.id)).toBe("won");
});

test("dispute: evidence of any other words is reviewed for two months and not believed", async () => {
  const { daysOn } = sandbox();
  const { dispute } = await disputed();
  await answer(dispute.id, "we have a signature");
  await daysOn(59);
  expect(await statusOf(dispute.id)).toBe("under_review");
  await daysOn(1);
  expect(await statusOf(dispute.id)).toBe("lost");
});

test("inquiry: takes no money, leaves the charge refundable, and closes on an answer", async () => {
  const { stripe, secondsOn, deliveredBy } = sandbox();
  const { dispute, payment } = await disputed(cards.inquiry);
  expect(dispute).toMatchObject({ status: "warning_needs_response", balance_transactions: [] });
  expect((await stripe.refunds.create({ payment_intent: payment, amount: 100 })).status).toBe("succeeded");
  expect((await answer(dispute.id, "losing_evidence")).status).toBe("warning_under_review");
  expect(await deliveredBy(() => secondsOn(60))).toEqual(["charge.dispute.closed"]);
  expect(await statusOf(dispute.id)).toBe("warning_closed");
});

test("inquiry: one that escalates is a dispute like any other", async () => {
  const { secondsOn, deliveredBy } = sandbox();
  const { dispute } = await disputed(cards.inquiry);
  await answer(dispute.id, "escalate_inquiry_evidence");
  expect(await deliveredBy(() => secondsOn(60))).toEqual([
    "charge.dispute.updated",
    "charge.dispute.funds_withdrawn",
  ]);
  expect(await statusOf(dispute.id)).toBe("needs_response");
  await answer(dispute.id, "winning_evidence");
  await secondsOn(60);
  expect(await statusOf(dispute.id)).toBe("won");
});

test("inquiry: left alone it closes after 120 days", async () => {
  const { daysOn } = sandbox();
  const { dispute } = await disputed(cards.inquiry);
  await daysOn(121);
  expect(await statusOf(dispute.id)).toBe("warning_closed");
});

test("dispute: a renewal of a disputed card is disputed too", async () => {
  const { stripe, subscribe, daysOn } = sandbox();
  const { subscription, customer } = await subscribe("professional_month", cards.disputed);
  await daysOn(32);
  const charges = (await stripe.charges.list({ customer: customer.id })).data;
  expect(charges.map((charge) => charge.disputed)).toEqual([true, true]);
  await stripe.subscriptions.cancel(subscription.id);
});
