import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AddOnList } from "@/components/billing/add-on-list";
import { NextCharge } from "@/components/billing/next-charge";
import { SubscriptionDetails } from "@/components/billing/subscription-details";
import { keepPlanAction } from "@/lib/actions/plan";
import type { AddOnOffer } from "@/lib/billing/get-managed-plan";
import type { NextCharge as NextCharged } from "@/lib/billing/get-next-charge";
import { basic, extraCredits } from "./items";
import { render } from "./render";
import { managed, panel } from "./samples";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));
vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn(), portalAction: vi.fn() }));
vi.mock("@/lib/actions/plan", () => import("./plan-actions"));
beforeEach(() => vi.resetAllMocks());
afterEach(cleanup);

const charge: NextCharged = {
  when: "renewal",
  at: "2026-03-15T10:00:00.000Z",
  amountCents: 2_999,
  currency: "usd",
  isWhole: false,
  taxCents: 0,
  offCents: 0,
};

const withPlan = (status: "ending" | "paused") => ({
  ...panel.overview,
  plan: panel.overview.plan && {
    ...panel.overview.plan,
    ...{ status, renewsAt: null, endsAt: status === "ending" ? "2026-03-15T10:00:00.000Z" : null },
  },
});

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("subscription: price, next billing, and what can be done", () => {
  render(<SubscriptionDetails {...panel} />);
  expect(screen.getByText("$29.99/month")).toBeDefined();
  expect(screen.getByText("Next charge")).toBeDefined();
  const names = screen.getAllByRole("button").map((button) => button.textContent);
  expect(names).toEqual(["Upgrade Plan", "Manage subscription", "Pause subscription", "Cancel subscription"]);
  const yearly = screen.getByRole("link", { name: "Pay by the year save $53.98 (15%)" });
  expect(yearly.getAttribute("href")).toBe(managed.switchInterval?.change);
});

test("subscription: a plan of several seats says how many, and leads to where they are changed", () => {
  const change = "/dashboard/billing/change?plan=team_month&quantity=3";
  render(<SubscriptionDetails {...panel} managed={{ ...managed, seats: { quantity: 3, change } }} />);
  expect(screen.getByText(/^Professional, 3 seats/)).toBeDefined();
  expect(screen.getByRole("link", { name: "Change seats" }).getAttribute("href")).toBe(change);
});

test("subscription: a change that waits says when and to what, and can be taken back", () => {
  const scheduled = {
    at: "2026-03-15T10:00:00.000Z",
    items: [basic, extraCredits],
    totalCents: 1_999,
    creditsPerMonth: 700,
    currency: "usd",
    interval: "month" as const,
    isOtherPlan: true,
  };
  const { rerender } = render(<SubscriptionDetails {...panel} managed={{ ...managed, scheduled }} />);
  expect(
    screen.getByText("Changes to Basic, Extra credits × 2 for $19.99/month on Mar 15, 2026."),
  ).toBeDefined();
  expect(screen.getByRole("button", { name: "Stay with Professional" })).toBeDefined();
  const seats = { ...scheduled, isOtherPlan: false };
  rerender(<SubscriptionDetails {...panel} managed={{ ...managed, scheduled: seats }} />);
  expect(screen.getByRole("button", { name: "Keep it as it is" })).toBeDefined();
  expect(screen.queryByText(/^Stay with/)).toBeNull();
});

test("subscription: what is cancelled can be kept, what is paused can go on, and what that costs is said", async () => {
  const fixed = { canPause: false, cancellation: null, switchInterval: null };
  const endsAt = "2026-03-15T10:00:00.000Z";
  const ending = { ...managed, ...fixed, endsAt, block: "ending" as const };
  const { rerender } = render(
    <SubscriptionDetails
      {...panel}
      overview={withPlan("ending")}
      managed={ending}
      nextCharge={<NextCharge charge={{ ...charge, when: "if_kept" }} />}
    />,
  );
  expect(screen.getByText("Cancelled. Professional and its credits stay until Mar 15, 2026.")).toBeDefined();
  expect(screen.getByRole("button", { name: "Keep my plan" })).toBeDefined();
  expect(
    screen.getByText("If you keep it, $29.99 is charged on Mar 15, 2026, before tax and discounts."),
  ).toBeDefined();
  expect(screen.queryByRole("button", { name: "Cancel subscription" })).toBeNull();
  const resting = { isPaused: true, block: "paused", cancellation: { endsAt: null, reasons: [] } } as const;
  const paused = { ...managed, ...fixed, ...resting };
  const whole = { ...charge, when: "if_resumed", at: null, amountCents: 1_240, isWhole: true } as const;
  rerender(
    <SubscriptionDetails
      {...panel}
      overview={withPlan("paused")}
      managed={paused}
      nextCharge={<NextCharge charge={whole} />}
    />,
  );
  expect(screen.getByText("Resuming now costs $12.40, all included.")).toBeDefined();
  const free = { ...whole, amountCents: 0 };
  rerender(
    <SubscriptionDetails
      {...panel}
      overview={withPlan("paused")}
      managed={paused}
      nextCharge={<NextCharge charge={free} />}
    />,
  );
  expect(screen.getByText("Resuming now costs nothing.")).toBeDefined();
  expect(screen.getByText(/do not expire meanwhile\. When it goes on, a new month begins/)).toBeDefined();
  expect(screen.getByRole("button", { name: "Resume plan" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "Upgrade Plan" })).toBeNull();
  press("Cancel subscription");
  expect(await screen.findByText("It ends now, and nothing is charged again.")).toBeDefined();
});

test("subscription: what was done is awaited without a second try, then said", () => {
  const waiting = { goal: "cancelled", isReached: false } as const;
  const { rerender } = render(<SubscriptionDetails {...panel} news={waiting} />);
  expect(screen.getByRole("status").textContent).toContain("Waiting for the payment service");
  expect(document.activeElement).toBe(screen.getByRole("status"));
  expect(screen.queryAllByRole("button")).toEqual([]);
  rerender(<SubscriptionDetails {...panel} news={{ ...waiting, isReached: true }} />);
  expect(screen.getByRole("status").textContent).toBe("Your plan is cancelled.");
  expect(screen.getAllByRole("button").length).toBeGreaterThan(0);
});

test("subscription: what was just cancelled is undone where that is said, and not in two places", async () => {
  vi.mocked(keepPlanAction).mockResolvedValue(null);
  const ending = {
    ...managed,
    endsAt: "2026-03-15T10:00:00.000Z",
    block: "ending",
    cancellation: null,
  } as const;
  render(<SubscriptionDetails {...panel} managed={ending} news={{ goal: "cancelled", isReached: true }} />);
  expect(screen.queryByRole("button", { name: "Keep my plan" })).toBeNull();
  fireEvent.click(within(screen.getByRole("status")).getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(keepPlanAction).toHaveBeenCalledOnce());
});

test("next charge: tax and discounts are part of what the payment service says, and not of the catalog's price", () => {
  const note = (change: Partial<NextCharged>) => {
    const { container, unmount } = render(<NextCharge charge={{ ...charge, ...change }} />);
    const text = container.textContent;
    unmount();
    return text;
  };
  expect(note({})).toBe("$29.99on Mar 15, 2026, before tax and discounts");
  expect(note({ isWhole: true, taxCents: 300 })).toContain("$3.00 tax included");
  expect(note({ isWhole: true, offCents: 500 })).toContain("after $5.00 off");
  expect(note({ isWhole: true, taxCents: 300, offCents: 500 })).toContain(
    "$3.00 tax included, after $5.00 off",
  );
});

const addOn: AddOnOffer = {
  key: "extra_credits",
  name: "Extra credits",
  description: "For busy months.",
  features: ["200 credits a month"],
  priceCents: 500,
  quantity: 0,
  add: "/dashboard/billing/change?plan=professional_month&quantity=1&add_on.extra_credits_month=1",
  changeQuantity: null,
  remove: null,
};

test("add-ons: price, what each gives, and the steps that are possible", () => {
  const offers = { currency: "usd", interval: "month" } as const;
  const { rerender } = render(<AddOnList {...offers} addOns={[addOn]} />);
  const item = () => within(screen.getByRole("listitem", { name: "Extra credits" }));
  expect(item().getByText("For busy months. 200 credits a month")).toBeDefined();
  expect(item().getByText("$5/month")).toBeDefined();
  expect(
    item()
      .getAllByRole("link")
      .map((link) => link.getAttribute("aria-label")),
  ).toEqual(["Add: Extra credits"]);
  const had = { ...addOn, quantity: 2, add: null, changeQuantity: addOn.add, remove: addOn.add };
  rerender(<AddOnList {...offers} addOns={[had]} />);
  expect(item().getByText("Added × 2")).toBeDefined();
  expect(
    item()
      .getAllByRole("link")
      .map((link) => link.textContent),
  ).toEqual(["Change quantity", "Remove"]);
});
