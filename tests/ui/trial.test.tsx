import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { AccountNotices } from "@/components/billing/account-notices";
import { CheckoutStatus } from "@/components/billing/checkout-status";
import { PlansButton } from "@/components/billing/plans-button";
import { PricingTable } from "@/components/billing/pricing-table";
import { SubscriptionDetails } from "@/components/billing/subscription-details";
import { TrialBanner } from "@/components/billing/trial-banner";
import type { BillingOverview, Trial } from "@/lib/billing/get-overview";
import { render } from "./render";
import { noPlan, overview, panel, pricing } from "./samples";

vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));
vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn(), portalAction: vi.fn() }));
vi.mock("@/lib/actions/trial", () => ({ startTrialAction: vi.fn() }));
vi.mock("@/lib/actions/plan", () => import("./plan-actions"));
afterEach(cleanup);

const trial: Trial = {
  planKey: "professional",
  planName: "Professional",
  endsAt: "2026-03-15T10:00:00.000Z",
  daysLeft: 13,
  credits: 500,
  firstChargeAt: "2026-03-15T10:00:00.000Z",
};
const onTrial: BillingOverview = { ...noPlan, trial, canTopUp: true };

test("who is on a trial sees how long it lasts, that nothing is charged, and where to choose a plan", () => {
  render(<TrialBanner overview={onTrial} />);
  const banner = within(screen.getByRole("region", { name: "Trial" }));
  expect(banner.getByText("13 days left of your trial.")).toBeDefined();
  expect(banner.getByText(/free plan with 100 credits a month\. Nothing is charged/)).toBeDefined();
  expect(banner.getByRole("link", { name: "Choose a plan" }).getAttribute("href")).toBe("/pricing");
});

test("who has chosen a plan sees when it begins and what it costs then, unless it was cancelled", () => {
  const { rerender } = render(<TrialBanner overview={{ ...overview, trial: { ...trial, daysLeft: 1 } }} />);
  expect(screen.getByText("The last day of your trial.")).toBeDefined();
  expect(screen.getByText(/On Mar 15, 2026 your Professional plan begins.*\$29\.99/)).toBeDefined();
  expect(screen.getByRole("link", { name: "Manage plan" })).toBeDefined();
  const plan = overview.plan && { ...overview.plan, endsAt: trial.endsAt };
  rerender(<TrialBanner overview={{ ...overview, trial, plan }} />);
  expect(screen.getByText(/ends on Mar 15, 2026, and your Professional plan with it/)).toBeDefined();
});

test("without a trial there is no banner", () => {
  expect(render(<TrialBanner overview={overview} />).container.innerHTML).toBe("");
});

test("the subscription is the plan of the trial", () => {
  render(<SubscriptionDetails {...panel} overview={onTrial} managed={null} />);
  expect(screen.getByText("Trial of Professional")).toBeDefined();
});

test.each([
  { firstChargeAt: trial.firstChargeAt, says: /first charged on Mar 15, 2026/ },
  { firstChargeAt: null, says: /a plan chosen now is charged at once/ },
])("the prices say when a plan chosen during a trial is first charged: $firstChargeAt", (when) => {
  render(<PricingTable pricing={{ ...pricing, trial: { ...trial, firstChargeAt: when.firstChargeAt } }} />);
  expect(screen.getByText(when.says)).toBeDefined();
});

test("the prices show which plan is tried, and that the free one comes after it", () => {
  const states = { free: "after_trial", basic: "trial" } as const;
  const plans = pricing.plans.map((plan) => ({ ...plan, state: plan.isFree ? states.free : states.basic }));
  render(<PricingTable pricing={{ ...pricing, trial, plans }} />);
  const of = (name: string) => within(screen.getByRole("listitem", { name }));
  expect(of("Free").getByRole("button", { name: "When your trial ends" })).toBeDefined();
  expect(of("Basic").getByText("Your trial")).toBeDefined();
  expect(of("Basic").getByRole("button", { name: "Choose Basic" })).toBeDefined();
});

test("the plan that can be tried has a button that starts the trial; who is not signed in signs up", () => {
  const plans = pricing.plans.map((plan) => ({
    ...plan,
    trial: plan.isFree ? null : { days: 14, credits: 500 },
  }));
  const { rerender } = render(<PricingTable pricing={{ ...pricing, plans }} />);
  expect(screen.getByRole("button", { name: "Try it for 14 days" })).toBeDefined();
  expect(screen.getByText("500 credits, no card needed")).toBeDefined();
  const visited = plans.map((plan) => ({ ...plan, state: "sign-up" as const }));
  rerender(<PricingTable pricing={{ ...pricing, plans: visited }} />);
  expect(screen.getByRole("link", { name: "Try it for 14 days" }).getAttribute("href")).toMatch(/sign-up/);
});

test("whose trial has ended is told so, and led to the plans", () => {
  const nothing = { url: null, amountCents: null, currency: null, credits: null, canBuy: true };
  const ended = { ...nothing, key: "trial_end:1:0", kind: "trial_ended", subject: "Professional" } as const;
  render(<AccountNotices notices={[{ ...ended, at: trial.endsAt, endsAt: trial.endsAt }]} />);
  expect(screen.getByText(/^Your trial of Professional ended on Mar 15, 2026/)).toBeDefined();
  expect(screen.getByRole("link", { name: "Choose a plan" })).toBeDefined();
});

test("a checkout during a trial says that nothing is charged before its end", () => {
  const data = { is: "after_trial", description: "Basic plan", firstChargeAt: trial.endsAt } as const;
  render(<CheckoutStatus checkout={{ ok: true, data }} balance={600} />);
  expect(screen.getByText(/the first charge, and its credits, come on Mar 15, 2026/)).toBeDefined();
});

test("plans and packs are in one dialog, which is over when the trial that was started in it runs", async () => {
  const { rerender } = render(<PlansButton pricing={pricing}>View Plans</PlansButton>);
  fireEvent.click(screen.getByRole("button", { name: "View Plans" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Choose a plan" }));
  expect(dialog.getByRole("listitem", { name: "500 credits" })).toBeDefined();
  rerender(<PlansButton pricing={{ ...pricing, trial }}>View Plans</PlansButton>);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});
