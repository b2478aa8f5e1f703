import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { cancelPlan } from "@/lib/billing/cancel-plan";
import { changePlan } from "@/lib/billing/change-plan";
import { getSubscription } from "@/lib/billing/get-subscription";
import { pausePlan } from "@/lib/billing/pause-plan";
import { previewChange } from "@/lib/billing/preview-change";
import { resumePlan } from "@/lib/billing/resume-plan";
import { unpausePlan } from "@/lib/billing/unpause-plan";
import { problemsOf } from "../support/books";
import { openSubscribers, type Subscribers, wish } from "./subscribers";

vi.mock("next/headers", () => import("../support/cookies"));

// Everybody buys on the first day of a month of 30 days, and changes in the middle of it.
const june = { first: new Date("2026-06-01T00:00:00Z"), half: new Date("2026-06-16T00:00:00Z") };
let shop: Subscribers;
let subscriber: Subscribers["subscriber"];
beforeAll(async () => {
  shop = await openSubscribers(june.first);
  subscriber = shop.subscriber;
});
afterEach(async () => {
  expect(await shop.parked()).toEqual([]);
  expect(await problemsOf(shop.db)).toEqual([]);
});
afterAll(() => shop.close());

const kinds = (results: PromiseSettledResult<{ is: string }>[]) =>
  results.map((result) => (result.status === "fulfilled" ? result.value.is : result.reason.kind)).sort();

test("an upgrade charges and grants what its preview says, however often it is clicked", async () => {
  const { granted, paid, subscriptions } = await subscriber("basic_month");
  await shop.moveTo(june.half);
  const wanted = wish("professional_month");
  const preview = await previewChange(wanted);
  expect(preview).toMatchObject({
    when: "now",
    startsAt: june.half.toISOString(),
    dueNowCents: 1000,
    currency: "usd",
    creditsNow: 350,
    creditsPerMonth: 1000,
    nextChargeCents: 2999,
    nextChargeAt: "2026-07-01T00:00:00.000Z",
  });
  expect(preview.lines.map(({ amountCents }) => amountCents)).toEqual([-500, 1500]);
  await shop.secondsLater(90);
  const clicks = await Promise.allSettled([
    changePlan(wanted, preview.token),
    changePlan(wanted, preview.token),
  ]);
  expect(kinds(clicks)).toContain("changed");
  await shop.account.runDue();
  expect(await changePlan(wanted, preview.token)).toEqual({ is: "changed" });
  expect(await paid()).toBe(999 + 1000);
  expect(await granted()).toBe(300 + 350);
  expect(await subscriptions()).toHaveLength(1);
});
