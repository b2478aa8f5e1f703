import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { cancelPlan } from "@/lib/billing/cancel-plan";
import { changePlan } from "@/lib/billing/change-plan";
import { getPricing } from "@/lib/billing/get-pricing";
import { getSubscription } from "@/lib/billing/get-subscription";
import { pausePlan } from "@/lib/billing/pause-plan";
import { previewChange } from "@/lib/billing/preview-change";
import { resumePlan } from "@/lib/billing/resume-plan";
import { unpausePlan } from "@/lib/billing/unpause-plan";
import { problemsOf } from "../support/books";
import { openSubscribers, type Subscribers, wish } from "./subscribers";

vi.mock("next/headers", () => import("../support/cookies"));

let shop: Subscribers;
beforeAll(async () => {
  shop = await openSubscribers(new Date("2026-06-01T00:00:00Z"));
});
afterEach(async () => {
  await shop.endAll();
  expect(await shop.parked()).toEqual([]);
  expect(await problemsOf(shop.db)).toEqual([]);
});
afterAll(() => shop.close());

const kinds = (results: PromiseSettledResult<{ is: string }>[]) =>
  results.map((result) => (result.status === "fulfilled" ? result.value.is : result.reason.kind)).sort();

/** A new user, who buys on the first day of a month of 30 days and is now in the middle of it. */
async function inMidMonth(month: string, plan: string, card?: string) {
  await shop.moveTo(new Date(`${month}-01T00:00:00Z`));
  const user = await shop.subscriber(plan, card);
  await shop.moveTo(new Date(`${month}-16T00:00:00Z`));
  return user;
}

async function suggested() {
  const { plans } = await getPricing();
  return plans.flatMap(({ offers }) => offers.filter((one) => one.isSuggested).map((one) => one.lookupKey));
}

test("an upgrade is what is suggested; it charges and grants what its preview says, however often it is clicked", async () => {
  const { granted, paid, subscriptions } = await inMidMonth("2026-06", "basic_month");
  const wanted = wish("professional_month");
  expect(await suggested()).toEqual(["basic_year", wanted.plan, "professional_year"]);
  const preview = await previewChange(wanted);
  expect(preview).toMatchObject({
    when: "now",
    startsAt: "2026-06-16T00:00:00.000Z",
    dueNowCents: 1000,
    currency: "usd",
    creditsNow: 350,
    creditsPerMonth: 1000,
    nextChargeCents: 2999,
    nextChargeAt: "2026-07-01T00:00:00.000Z",
  });
  expect(preview.lines.map(({ amountCents }) => amountCents)).toEqual([-500, 1500]);
  await shop.secondsLater(90);
  const clicks = [changePlan(wanted, preview.token), changePlan(wanted, preview.token)];
  expect(kinds(await Promise.allSettled(clicks))).toContain("changed");
  await shop.account.runDue();
  expect(await changePlan(wanted, preview.token)).toMatchObject({ is: "changed" });
  expect(await paid()).toBe(999 + 1000);
  expect(await granted()).toBe(300 + 350);
  expect(await subscriptions()).toHaveLength(1);
  expect(await suggested()).toEqual(["professional_year"]);
});

test("of two tabs that change in the same instant one does, and the other is told", async () => {
  const { paid } = await inMidMonth("2026-09", "basic_month");
  const [larger, more] = [wish("professional_month"), wish("basic_month", { more_credits_month: 2 })];
  const tabs = [];
  for (const wanted of [larger, more]) tabs.push({ wanted, ...(await previewChange(wanted)) });
  const results = await Promise.allSettled(tabs.map(({ wanted, token }) => changePlan(wanted, token)));
  expect(kinds(results)).toEqual(["changed", "conflict"]);
  await shop.account.runDue();
  const isDone = results.map(({ status }) => status === "fulfilled");
  const done = tabs.find((_, at) => isDone[at]);
  const late = tabs.find((_, at) => !isDone[at]);
  expect(await paid()).toBe(999 + Number(done?.dueNowCents));
  await expect(changePlan(late?.wanted, late?.token)).rejects.toMatchObject({ kind: "conflict" });
});

test("before its webhook has come a change is not made on top of what the books do not know", async () => {
  const { customer, paid } = await inMidMonth("2026-11", "basic_month");
  const wanted = wish("basic_month", { priority_support_month: 1 });
  const { token } = await previewChange(wanted);
  const [subscription] = (await shop.account.stripe.subscriptions.list({ customer })).data;
  const [price] = (await shop.account.stripe.prices.list({ lookup_keys: ["professional_month"] })).data;
  const items = [{ id: subscription?.items.data[0]?.id ?? "", price: price?.id ?? "" }];
  await shop.account.stripe.subscriptions.update(subscription?.id ?? "", {
    items,
    proration_behavior: "always_invoice",
  });
  await expect(changePlan(wanted, token)).rejects.toMatchObject({ kind: "conflict" });
  await shop.account.runDue();
  expect(await paid()).toBe(999 + 1000);
});

test("nothing is charged for a change of a plan that was cancelled meanwhile", async () => {
  const { subscriptions, paid } = await inMidMonth("2027-03", "basic_month");
  const { token } = await previewChange(wish("professional_month"));
  const [{ id } = { id: "" }] = await subscriptions();
  await shop.account.stripe.subscriptions.update(id, { cancel_at_period_end: true });
  const changed = changePlan(wish("professional_month"), token);
  await expect(changed).rejects.toMatchObject({ kind: "conflict" });
  await shop.account.runDue();
  expect(await paid()).toBe(999);
});

test("a cheaper plan waits for the end of the period, is replaced by another, and is taken back", async () => {
  const { granted, paid } = await inMidMonth("2027-04", "professional_month");
  expect(await shop.change("basic_month")).toMatchObject({
    preview: {
      when: "period_end",
      startsAt: "2027-05-01T00:00:00.000Z",
      dueNowCents: 0,
      nextChargeCents: 999,
    },
    changed: { is: "scheduled" },
  });
  expect((await previewChange(wish("basic_month"))).when).toBe("nothing");
  await shop.secondsLater(60);
  await shop.change("basic_month", { more_credits_month: 1 });
  expect(await getSubscription()).toMatchObject({
    items: [{ lookupKey: "professional_month" }],
    scheduled: {
      at: "2027-05-01T00:00:00.000Z",
      items: [{ lookupKey: "basic_month" }, { lookupKey: "more_credits_month", isAddOn: true }],
    },
  });
  await resumePlan();
  await shop.account.runDue();
  expect((await getSubscription())?.scheduled).toBeNull();
  await shop.change("basic_month");
  await shop.moveTo(new Date("2027-05-01T02:00:00Z"));
  expect(await getSubscription()).toMatchObject({ items: [{ lookupKey: "basic_month" }], scheduled: null });
  expect(await paid()).toBe(2999 + 999);
  expect(await granted()).toBe(1000 + 300);
});

test("an upgrade whose card is refused changes nothing until it is paid at Stripe", async () => {
  const { granted } = await inMidMonth("2027-06", "basic_month", "4000000000000341");
  const { changed } = await shop.change("professional_month");
  expect(changed).toMatchObject({ is: "confirm", url: expect.stringContaining(shop.account.url) });
  expect(await granted()).toBe(300);
  expect(await getSubscription()).toMatchObject({ items: [{ lookupKey: "basic_month" }] });
  if (changed.is === "confirm") await shop.account.pay(new URL(changed.url).pathname, "4242424242424242");
  await shop.account.runDue();
  expect(await getSubscription()).toMatchObject({ items: [{ lookupKey: "professional_month" }] });
  expect(await granted()).toBe(300 + 350);
});

test("seats and add-ons multiply what the plan grants, and only what is on sale can be had", async () => {
  const { granted } = await inMidMonth("2027-09", "professional_month");
  const { preview } = await shop.change(
    "professional_month",
    { more_credits_month: 2, priority_support_month: 1 },
    3,
  );
  expect(preview).toMatchObject({ when: "now", creditsNow: 1000 + 500, creditsPerMonth: 3000 + 1000 });
  expect(await granted()).toBe(1000 + 1500);
  const sentence = async (plan: string, addOns = {}, quantity = 1) =>
    previewChange(wish(plan, addOns, quantity)).then(
      () => "allowed",
      ({ kind }) => kind,
    );
  expect(await sentence("professional_month", {}, 11)).toBe("limit_reached");
  expect(await sentence("professional_month", { more_credits_year: 1 })).toBe("invalid");
  expect(await sentence("nothing_month")).toBe("unknown");
  expect(await sentence("more_credits_month")).toBe("unknown");
  expect(await sentence("professional_month", { basic_month: 1 })).toBe("unknown");
});

test("cancelled with a reason, resumed, paused and unpaused: each is done once, and said by Stripe", async () => {
  const { subscriptions, granted, spendable } = await inMidMonth("2027-11", "professional_month");
  const reason = { feedback: "too_expensive", comment: "For now." };
  expect(await cancelPlan(reason)).toEqual({ endsAt: "2027-12-01T00:00:00.000Z" });
  await shop.account.runDue();
  expect((await getSubscription())?.endsAt).toBe("2027-12-01T00:00:00.000Z");
  expect((await subscriptions())[0]?.cancellation_details).toMatchObject(reason);
  await expect(previewChange(wish("basic_month"))).rejects.toMatchObject({ kind: "conflict" });
  await resumePlan();
  await shop.account.runDue();
  expect((await getSubscription())?.endsAt).toBeNull();
  await shop.change("basic_month");
  await pausePlan();
  await shop.account.runDue();
  expect(await getSubscription()).toMatchObject({ status: "paused", scheduled: null });
  expect(await spendable()).toBe(0);
  await pausePlan();
  await shop.secondsLater(60);
  expect(await unpausePlan()).toMatchObject({ is: "changed" });
  expect(await unpausePlan()).toMatchObject({ is: "changed" });
  await shop.account.runDue();
  expect(await granted()).toBe(1000 + 500);
  expect(await spendable()).toBe(1500);
});

test("while Stripe's trial runs a change is there at once, and charges nothing", async () => {
  const { subscriptions, paid } = await inMidMonth("2027-12", "basic_month");
  const { stripe } = shop.account;
  const [{ id } = { id: "" }] = await subscriptions();
  const trial_end = Date.parse("2027-12-26T00:00:00Z") / 1000;
  await stripe.subscriptions.update(id, { trial_end, proration_behavior: "none" });
  await shop.account.runDue();
  const { preview, changed } = await shop.change("professional_month", { more_credits_month: 1 });
  expect(preview).toMatchObject({
    when: "now",
    dueNowCents: 0,
    creditsNow: 0,
    nextChargeCents: 2999 + 450,
    nextChargeAt: "2027-12-26T00:00:00.000Z",
  });
  expect(changed).toEqual({ is: "changed", invoice: null });
  expect(await shop.change("basic_month")).toMatchObject({ preview: { when: "now" } });
  expect(await paid()).toBe(999);
});
