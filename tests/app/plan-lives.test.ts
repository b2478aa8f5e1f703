// Plans that are changed again and again: after each life nothing differs from Stripe, and each grant names a line that was paid.
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { cancelPlan } from "@/lib/billing/cancel-plan";
import { getSubscription } from "@/lib/billing/get-subscription";
import { pausePlan } from "@/lib/billing/pause-plan";
import { resumePlan } from "@/lib/billing/resume-plan";
import { unpausePlan } from "@/lib/billing/unpause-plan";
import { ownerOf } from "../functions/owner";
import { problemsOf } from "../support/books";
import { openSubscribers, type Subscribers } from "./subscribers";

vi.mock("next/headers", () => import("../support/cookies"));

const keeping = `
insert into billing.plans (key, version, name, description, position, credits_per_month, rollover)
values ('keeping', 1, 'Keeping', '', 9, 600, 'all');
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values ('keeping_month@1', 'keeping_month', 'keeping', 1, 'month', 2000),
  ('keeping_year@1', 'keeping_year', 'keeping', 1, 'year', 20400)`;

let shop: Subscribers;
let owner: ReturnType<typeof ownerOf>;
let life: Awaited<ReturnType<Subscribers["subscriber"]>>;
beforeAll(async () => {
  shop = await openSubscribers(new Date("2026-06-01T00:00:00Z"), keeping);
  owner = ownerOf(shop.db, shop.account.url);
});
afterEach(async () => {
  expect(await life.unpaid()).toEqual([]);
  expect((await life.subscriptions()).length).toBe(1);
  expect(await shop.parked()).toEqual([]);
  expect(await problemsOf(shop.db)).toEqual([]);
  await shop.endAll();
});
afterAll(async () => {
  expect(await owner.reconcile()).toEqual([]);
  await shop.close();
}, 60_000);

const to = (time: string) => shop.moveTo(new Date(time));

test("case 53: up twice in a minute, and down at the end of the month", async () => {
  life = await shop.subscriber("basic_month");
  await to("2026-06-16T00:00:00Z");
  await shop.change("professional_month");
  await shop.secondsLater(40);
  await shop.change("professional_month", {}, 2);
  expect(await life.granted()).toBe(300 + 350 + 499);
  await shop.secondsLater(40);
  await shop.change("basic_month");
  await to("2026-07-01T02:00:00Z");
  expect(await life.granted()).toBe(300 + 350 + 499 + 300);
});

test("an add-on in mid-period, more of it, and none any more", async () => {
  await to("2026-09-01T00:00:00Z");
  life = await shop.subscriber("basic_month");
  await to("2026-09-16T00:00:00Z");
  expect((await shop.change("basic_month", { more_credits_month: 1 })).preview.creditsNow).toBe(250);
  await to("2026-09-21T00:00:00Z");
  await shop.change("basic_month", { more_credits_month: 3 });
  expect(await life.granted()).toBe(300 + 250 + 332);
  await shop.change("basic_month");
  await to("2026-10-01T02:00:00Z");
  expect((await getSubscription())?.items).toHaveLength(1);
  expect(await life.spendable()).toBe(300 + 300 + 250 + 332);
});

test("seats up, down and up again before they go", async () => {
  await to("2026-11-01T00:00:00Z");
  life = await shop.subscriber("professional_month");
  await to("2026-11-16T00:00:00Z");
  await shop.change("professional_month", {}, 4);
  await shop.change("professional_month", {}, 2);
  expect(await life.granted()).toBe(1000 + 1500);
  await shop.secondsLater(60);
  const { preview } = await shop.change("professional_month", {}, 4);
  expect(preview).toMatchObject({ when: "now", dueNowCents: 0, creditsNow: 0 });
  await to("2026-12-01T02:00:00Z");
  expect(await life.granted()).toBe(1000 + 1500 + 4000);
});

test("from the month to the year: credits come month by month, and what is left rolls over", async () => {
  await to("2027-04-01T00:00:00Z");
  life = await shop.subscriber("keeping_month");
  await to("2027-04-16T00:00:00Z");
  const { preview } = await shop.change("keeping_year");
  expect(preview).toMatchObject({ when: "now", dueNowCents: 20400 - 1000, creditsPerMonth: 600 });
  expect(await life.granted()).toBe(600 + 7200 - 300);
  expect(await life.spendable()).toBe(600 + preview.creditsNow);
  await to("2027-05-16T00:00:00Z");
  expect(await life.spendable()).toBe(600 + 2 * preview.creditsNow);
  await shop.change("keeping_month");
  expect((await getSubscription())?.scheduled?.at).toBe("2028-04-16T00:00:00.000Z");
  await resumePlan();
});

test("cancelled and resumed, paused for two months and resumed", async () => {
  await to("2027-06-01T00:00:00Z");
  life = await shop.subscriber("professional_month");
  await to("2027-06-16T00:00:00Z");
  await cancelPlan({ feedback: "unused" });
  await resumePlan();
  await pausePlan();
  await shop.account.runDue();
  await to("2027-08-16T00:00:00Z");
  expect(await life.spendable()).toBe(0);
  await unpausePlan();
  await shop.account.runDue();
  expect(await life.granted()).toBe(1000 + 500);
  expect(await life.spendable()).toBe(1500);
});

test("a discount stays with a plan that waits for the end of the period, and is replaced", async () => {
  await to("2027-11-01T00:00:00Z");
  const { id } = await shop.account.stripe.coupons.create({ percent_off: 50, duration: "forever" });
  life = await shop.subscriber("professional_month", undefined, id);
  await shop.change("basic_month");
  await shop.secondsLater(60);
  await shop.change("basic_month", { more_credits_month: 1 });
  await to("2027-12-01T04:00:00Z");
  expect((await getSubscription())?.items).toHaveLength(2);
  expect(await life.paid()).toBe(1499 + 724);
});
