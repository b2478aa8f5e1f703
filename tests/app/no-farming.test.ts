import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { cancelPlan } from "@/lib/billing/cancel-plan";
import { problemsOf } from "../support/books";
import { openSubscribers, type Subscribers } from "./subscribers";

vi.mock("next/headers", () => import("../support/cookies"));

let shop: Subscribers;
beforeAll(async () => {
  shop = await openSubscribers(new Date("2026-06-01T00:00:00Z"));
});
afterAll(() => shop.close());

type Wish = { plan: "basic" | "professional"; seats: number; more: number; help: boolean; isYearly: boolean };
type Step = { wish: Wish; days: number };

// Two of the add-on with credits cost what the one without any does: to and fro between them costs nothing.
const wishes: fc.Arbitrary<Wish> = fc.record({
  plan: fc.constantFrom("basic", "professional"),
  seats: fc.integer({ min: 1, max: 3 }),
  more: fc.constantFrom(0, 0, 2),
  help: fc.boolean(),
  isYearly: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ wish: wishes, days: fc.constantFrom(0, 1, 3, 11) }),
  { minLength: 3, maxLength: 5 },
);

const basic: Wish = { plan: "basic", seats: 1, more: 0, help: false, isYearly: false };
const rich = { wish: { ...basic, more: 2 }, days: 1 };
const poor = { wish: { ...basic, help: true }, days: 0 };
const toAndFro = [rich, poor, rich, poor, rich];

/** Of a whole period, in credits. */
const worthOf = ({ plan, seats, more, isYearly }: Wish) =>
  ((plan === "basic" ? 300 : 1000) * seats + 500 * more) * (isYearly ? 12 : 1);

/** A plan as it was paid for: what it is worth from second to second. */
async function play(all: Step[]) {
  const life = await shop.subscriber("basic_month");
  const period = async () => {
    const [subscription] = await life.subscriptions();
    const [item] = subscription?.items.data ?? [];
    if (!item) throw new Error("there is no plan");
    return { start: item.current_period_start, end: item.current_period_end };
  };
  const seconds = () => shop.now().getTime() / 1000;
  let held = { wish: basic, since: seconds(), ...(await period()) };
  let later: Wish | null = null;
  let worth = 0;
  let pieces = 1;
  const holdUntil = (end: number) => {
    worth += (worthOf(held.wish) * (end - held.since)) / (held.end - held.start);
    held.since = end;
  };
  for (const { wish: drawn, days } of all) {
    const wish = drawn.plan === "basic" ? { ...drawn, seats: 1 } : drawn;
    // Not in the hour between the end of a period and its payment.
    await shop.secondsLater(days * 86_400 + 60);
    if (seconds() - (await period()).start < 7200) await shop.secondsLater(7200);
    const now = await period();
    if (now.start !== held.start) {
      holdUntil(held.end);
      held = { wish: later ?? held.wish, since: now.start, ...now };
      later = null;
    }
    const suffix = wish.isYearly ? "year" : "month";
    const addOns = {
      ...(wish.more > 0 && { [`more_credits_${suffix}`]: wish.more }),
      ...(wish.help && { [`priority_support_${suffix}`]: 1 }),
    };
    const { preview } = await shop.change(`${wish.plan}_${suffix}`, addOns, wish.seats);
    pieces += 2 * (wish.seats + wish.more + held.wish.seats + held.wish.more);
    if (preview.when === "period_end") later = wish;
    if (preview.when !== "now") continue;
    holdUntil(seconds());
    held = { wish, since: seconds(), ...(await period()) };
    later = null;
  }
  holdUntil(held.end);
  const { length: plans } = await life.subscriptions();
  const granted = await life.granted();
  await cancelPlan({});
  await shop.account.runDue();
  return { granted, worth, pieces, plans };
}

test("case 53: up and down any number of times grants what was paid for, to a credit for each piece", async () => {
  const property = fc.asyncProperty(steps, async (all) => {
    const { granted, worth, pieces, plans } = await play(all);
    expect(Math.abs(granted - worth)).toBeLessThanOrEqual(pieces);
    expect(plans).toBe(1);
    expect(await shop.parked()).toEqual([]);
  });
  await fc.assert(property, { numRuns: 2, endOnFailure: true, examples: [[toAndFro]] });
  expect(await problemsOf(shop.db)).toEqual([]);
}, 120_000);
