import { expect, test, vi } from "vitest";
import type { Plan, Price } from "@/lib/billing/get-catalog";
import type { SubscriptionDetails, SubscriptionItem } from "@/lib/billing/get-subscription";
import { goalAddress, isReached, type PlanGoal, readGoal } from "@/lib/billing/plan-goal";
import { changeAddress, readWantedAddress } from "@/lib/billing/wanted-address";
import { wantedOf, withAddOn, withPrice } from "@/lib/billing/wanted-steps";
import { savingOfAll, yearlySaving } from "@/lib/billing/yearly-saving";

const getPayment = vi.hoisted(() => vi.fn());
vi.mock("@/lib/billing/get-payments", () => ({ getPayment }));

const price = (lookupKey: string, interval: Price["interval"], priceCents: number): Price => ({
  lookupKey,
  interval,
  priceCents,
  currency: "usd",
});

const addOn = (key: string, prices: Price[]): Plan => ({
  key,
  name: key,
  description: "",
  features: [],
  creditsPerMonth: 0,
  isFree: false,
  isAddOn: true,
  isCustom: false,
  maxQuantity: 10,
  prices,
  trial: null,
  terms: {
    expiry: "period_end",
    expiresAfterDays: null,
    graceHours: 3,
    rollover: "none",
    rolloverMaxCredits: null,
    rolloverPercent: null,
    rolloverPeriods: null,
    refund: "none",
  },
});

const item = (lookupKey: string, isAddOn: boolean, quantity: number): SubscriptionItem => ({
  lookupKey,
  name: lookupKey,
  isAddOn,
  quantity,
  maxQuantity: 10,
  priceCents: 1_000,
  currency: "usd",
  interval: "month",
  creditsPerMonth: 100,
});

const items = [item("team_month", false, 3), item("extra_month", true, 2), item("help_month", true, 1)];
const wanted = { plan: "team_month", quantity: 3, add_ons: { extra_month: 2, help_month: 1 } };
const running: SubscriptionDetails = {
  id: "sub_1",
  status: "active",
  items,
  scheduled: null,
  periodEnd: "2026-03-01T00:00:00.000Z",
  pausedAt: null,
  endsAt: null,
  trialEndsAt: null,
};

const queryOf = (address: string) =>
  Object.fromEntries(new URL(address, "http://127.0.0.1").searchParams.entries());

test("an address names the whole of what is wished for, and none of an add-on takes it away", () => {
  expect(wantedOf(items)).toEqual(wanted);
  expect(readWantedAddress(queryOf(changeAddress(wanted)))).toEqual(wanted);
  const without = { ...queryOf(changeAddress(wanted)), "add_on.help_month": "0" };
  expect(readWantedAddress(without).add_ons).toEqual({ extra_month: 2 });
  expect(withAddOn(wanted, "help_month", 0).add_ons).toEqual({ extra_month: 2 });
});

test("another interval takes the add-ons along that are sold in it, and no more seats than it has", () => {
  const addOns = [
    addOn("extra", [price("extra_month", "month", 500), price("extra_year", "year", 5_100)]),
    addOn("help", [price("help_month", "month", 900)]),
  ];
  expect(withPrice(running, { addOns }, price("team_year", "year", 30_000), 2)).toEqual({
    plan: "team_year",
    quantity: 2,
    add_ons: { extra_year: 2 },
  });
});

test("a saving is money and percent of twelve months, and none where a year costs as much", () => {
  const month = price("team_month", "month", 2_999);
  const year = price("team_year", "year", 30_590);
  expect(yearlySaving(year, [month, year])).toEqual({ cents: 5_398, percent: 15 });
  expect(yearlySaving(month, [month, year])).toBeNull();
  expect(yearlySaving({ ...year, priceCents: 12 * 2_999 }, [month])).toBeNull();
  expect(yearlySaving({ ...year, currency: "eur" }, [month])).toBeNull();
});

test("a saving is that of all seats and add-ons", () => {
  const team = [price("team_month", "month", 3_000), price("team_year", "year", 30_000)];
  const extra = [price("extra_month", "month", 500), price("extra_year", "year", 6_000)];
  const catalog = { plans: [addOn("team", team)], addOns: [addOn("extra", extra)] };
  const yearly = { plan: "team_year", quantity: 3, add_ons: { extra_year: 2 } };
  expect(savingOfAll(yearly, catalog)).toEqual({ cents: 18_000, percent: 15 });
  expect(savingOfAll(wanted, catalog)).toBeNull();
});

const endsAt = running.periodEnd;
const smaller = { plan: "solo_month", quantity: 1, add_ons: {} };
const goals: [PlanGoal, reached: SubscriptionDetails | null, not: SubscriptionDetails | null][] = [
  [{ is: "changed", wanted, invoice: null }, running, { ...running, items: items.slice(1) }],
  [
    { is: "scheduled", wanted: smaller },
    { ...running, scheduled: { at: endsAt, items: [item("solo_month", false, 1)] } },
    running,
  ],
  [{ is: "cancelled" }, { ...running, endsAt }, running],
  [{ is: "cancelled" }, null, running],
  [{ is: "kept" }, running, { ...running, endsAt }],
  [{ is: "paused" }, { ...running, status: "paused" }, running],
  [{ is: "resumed", invoice: null }, running, { ...running, status: "paused" }],
];

test.each(goals)(
  "what was done is awaited until it shows, and read from the address again: %o",
  async (goal, reached, not) => {
    expect(readGoal(queryOf(goalAddress(goal)))).toEqual(goal);
    expect(await isReached(goal, reached)).toBe(true);
    expect(await isReached(goal, not)).toBe(false);
  },
);

test("a change that was paid for is awaited with its credits", async () => {
  const goal: PlanGoal = { is: "changed", wanted, invoice: "in_1" };
  expect(readGoal(queryOf(goalAddress(goal)))).toEqual(goal);
  getPayment.mockResolvedValue({ key: "invoice:in_1", status: "pending" });
  expect(await isReached(goal, running)).toBe(false);
  getPayment.mockResolvedValue({ key: "invoice:in_1", status: "paid" });
  expect(await isReached(goal, running)).toBe(true);
});

test("an address that names no goal awaits nothing", () => {
  expect(readGoal({ awaits: "riches" })).toBeNull();
  expect(readGoal({})).toBeNull();
});
