import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { AccountNotices } from "@/components/billing/account-notices";
import { PaymentMethods } from "@/components/billing/payment-methods";
import { PricingTable } from "@/components/billing/pricing-table";
import { SubscriptionDetails } from "@/components/billing/subscription-details";
import { PlanCard } from "@/components/overview/plan-card";
import { TopUp } from "@/components/overview/top-up";
import { render } from "./render";
import { noPlan, overview, panel, pricing } from "./samples";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));
vi.mock("@/lib/actions/plan", () => import("./plan-actions"));
vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn(), portalAction: vi.fn() }));
vi.mock("@/lib/supabase/server", () => ({ userClient: vi.fn() }));
vi.mock("@/lib/env", () => ({ env: () => ({}) }));
afterEach(cleanup);

const closed = { canBuy: false, canTopUp: false };
const prices = {
  ...pricing,
  ...closed,
  packs: [],
  plans: pricing.plans.map((plan) => ({
    ...plan,
    trial: null,
    offers: plan.offers.map((offer) => ({ ...offer, state: "closed" as const })),
  })),
};
const buttons = () =>
  [...screen.queryAllByRole("button"), ...screen.queryAllByRole("link")].map(
    ({ textContent }) => textContent,
  );

test("where nothing is sold, who has no plan sees prices and no button that buys", () => {
  const nothing = { ...noPlan, ...closed, canOpenPortal: false };
  render(
    <>
      <PlanCard overview={nothing} pricing={prices} trialShare={null} />
      <TopUp pricing={{ ok: true, data: prices }} />
      <SubscriptionDetails {...panel} overview={nothing} pricing={prices} managed={null} />
      <PaymentMethods methods={[]} canOpenPortal={false} isCharged={false} />
    </>,
  );
  expect(buttons()).toEqual([]);
  expect(screen.queryByText(/Subscribe/)).toBeNull();
  cleanup();
  render(<PricingTable pricing={prices} />);
  expect(screen.getByText(/^Plans and packs cannot be bought at the moment/)).toBeDefined();
  expect(buttons().filter((label) => !/^(Monthly|Yearly|Current plan)/.test(label ?? ""))).toEqual([]);
});

test("where nothing is sold, who has a plan sees it, and can cancel it", () => {
  const managed = panel.managed && {
    ...panel.managed,
    block: "closed" as const,
    seats: null,
    switchInterval: null,
    canPause: false,
  };
  const plan = { ...overview, ...closed, canOpenPortal: false };
  render(<SubscriptionDetails {...panel} overview={plan} pricing={prices} managed={managed} />);
  expect(buttons()).toEqual(["Cancel subscription"]);
});

test("where nothing is sold, a notice leads to what is owed and not to the portal", () => {
  const notice = {
    key: "dunning:1",
    kind: "payment_failed",
    subject: "Basic plan",
    at: "2026-03-01T10:00:00.000Z",
    endsAt: null,
    amountCents: 999,
    currency: "usd",
    credits: null,
    url: "https://invoice.stripe.com/i/in_1",
    canBuy: false,
  } as const;
  render(<AccountNotices notices={[notice]} />);
  expect(buttons()).toEqual(["Pay now"]);
});
