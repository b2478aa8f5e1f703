import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { PaymentsTable } from "@/components/billing/payments-table";
import { PlanCard } from "@/components/billing/plan-card";
import { PricingTable } from "@/components/billing/pricing-table";
import { SubscriptionDetails } from "@/components/billing/subscription-details";
import { TopUp } from "@/components/billing/top-up";
import type { OfferState } from "@/lib/billing/get-pricing";
import { render } from "./render";
import { noPlan, overview, panel, payment, pricing } from "./samples";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));
vi.mock("@/lib/actions/plan", () => ({ pausePlanAction: vi.fn(), cancelPlanAction: vi.fn() }));
vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn(), portalAction: vi.fn() }));
afterEach(cleanup);

const ending = overview.plan && {
  ...overview,
  plan: { ...overview.plan, status: "ending", renewsAt: null, endsAt: "2026-03-15T10:00:00.000Z" },
};

test("plan card: an active plan renews, a cancelled one ends", () => {
  const { rerender } = render(<PlanCard overview={overview} pricing={pricing} />);
  expect(screen.getByText("Renews on Mar 15, 2026")).toBeDefined();
  expect(screen.getByText("Active")).toBeDefined();
  if (ending) rerender(<PlanCard overview={ending} pricing={pricing} />);
  expect(screen.getByText("Ends on Mar 15, 2026")).toBeDefined();
  expect(screen.queryByText("Active")).toBeNull();
});

test("plan card: without a plan there are the free credits, and the plans in a dialog", () => {
  render(<PlanCard overview={noPlan} pricing={pricing} />);
  expect(screen.getByText("No active plan")).toBeDefined();
  expect(screen.getByText(/next on Mar 1, 2026/)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "View Plans" }));
  expect(screen.getByRole("dialog", { name: "Choose a plan" })).toBeDefined();
});

test("top-up: locked without the right to buy, else the packs with their prices", () => {
  const { rerender } = render(<TopUp pricing={pricing} />);
  expect(screen.getByText("Top-up credits locked")).toBeDefined();
  expect(screen.queryByText("500 credits")).toBeNull();
  rerender(<TopUp pricing={{ ...pricing, canTopUp: true }} />);
  expect(screen.getByRole("button", { name: "500 credits $5" })).toBeDefined();
});

test("an offer's form sends its key, and nothing that says a price", () => {
  const { container } = render(<TopUp pricing={{ ...pricing, canTopUp: true }} />);
  const names = [...container.querySelectorAll("input")].map(({ name, value }) => [name, value]);
  expect(names.filter(([name]) => !name?.startsWith("$ACTION"))).toEqual([["lookup_key", "credits_500"]]);
});

test("pricing: by the month, or by the year with what that saves", () => {
  render(<PricingTable pricing={pricing} />);
  const basic = screen.getByRole("listitem", { name: "Basic" });
  expect(basic.textContent).toContain("$9.99 / month");
  const yearly = screen.getByRole("radio", { name: /Yearly/ });
  expect(yearly.textContent).toContain("15%");
  fireEvent.click(yearly);
  expect(basic.textContent).toContain("$8.49 / month");
  expect(basic.textContent).toContain("$101.90 billed once a year");
  expect(basic.textContent).toContain("Saves $17.98 a year (15%)");
});

test("pricing: a plan that is sold by the year only shows what it costs, whichever is chosen", () => {
  const plans = pricing.plans.map((plan) => ({
    ...plan,
    offers: plan.offers.filter(({ interval }) => interval === "year"),
  }));
  render(<PricingTable pricing={{ ...pricing, plans }} />);
  const basic = screen.getByRole("listitem", { name: "Basic" });
  expect(basic.textContent).toContain("$8.49 / month");
  expect(basic.textContent).toContain("$101.90 billed once a year");
});

test.each<[OfferState, string]>([
  ["available", "Choose Basic"],
  ["current", "Current plan"],
  ["next", "Your next plan"],
  ["blocked", "Not now"],
])("pricing: an offer that is %s says so on its button", (state, label) => {
  const plans = pricing.plans.map((plan) => ({
    ...plan,
    offers: plan.offers.map((one) => ({ ...one, state })),
  }));
  render(<PricingTable pricing={{ ...pricing, plans }} />);
  const basic = within(screen.getByRole("listitem", { name: "Basic" }));
  expect(basic.getByRole("button", { name: label })).toBeDefined();
});

test.each<[OfferState, string]>([
  ["available", "Change to Basic"],
  ["current", "Pay by the month"],
])("pricing: from a plan that is %s one gets to a page that shows the change", (state, label) => {
  const changeTo = "/dashboard/billing/change?plan=basic_month&quantity=1";
  const plans = pricing.plans.map((plan) => ({
    ...plan,
    state,
    offers: plan.offers.map((one) => ({ ...one, state: "change" as const, changeTo }) as const),
  }));
  render(<PricingTable pricing={{ ...pricing, plans }} />);
  const basic = within(screen.getByRole("listitem", { name: "Basic" }));
  expect(basic.getByRole("link", { name: label }).getAttribute("href")).toBe(changeTo);
});

test("pricing: what stands in the way of a change is said, and where it is settled", () => {
  render(<PricingTable pricing={{ ...pricing, block: "ending" }} />);
  expect(screen.getByText(/Your plan is cancelled\. Keep it/)).toBeDefined();
  expect(screen.getByRole("link", { name: "Go to Billing" }).getAttribute("href")).toBe("/dashboard/billing");
});

test("a plan whose payment failed is overdue, and has no date of renewal", () => {
  const overdue = overview.plan && {
    ...overview,
    plan: { ...overview.plan, status: "past_due", isOverdue: true, renewsAt: null },
  };
  if (!overdue) throw new Error("the sample has a plan");
  const { rerender } = render(<PlanCard overview={overdue} pricing={pricing} />);
  expect(screen.queryByText(/Renews on/)).toBeNull();
  rerender(<SubscriptionDetails {...panel} overview={overdue} />);
  expect(screen.getByText("Overdue")).toBeDefined();
});

test("a plan that is paused is shown as such, and no pack is offered beside it", () => {
  if (!overview.plan) throw new Error("the sample has a plan");
  const plan = { ...overview.plan, status: "paused", isOnHold: true, renewsAt: null };
  const { rerender } = render(<PlanCard overview={{ ...overview, plan }} pricing={pricing} />);
  expect(screen.getByText("Paused")).toBeDefined();
  expect(screen.getByText(/nothing is charged, until it is resumed/)).toBeDefined();
  rerender(<SubscriptionDetails {...panel} overview={{ ...overview, plan }} />);
  expect(screen.getByText("When it is resumed")).toBeDefined();
  rerender(<TopUp pricing={{ ...pricing, canTopUp: false, isOnHold: true }} />);
  expect(screen.getByText(/when your plan goes on/)).toBeDefined();
});

test("who had a plan is told that it has ended", () => {
  render(<PlanCard overview={{ ...noPlan, endedPlan: "Basic" }} pricing={pricing} />);
  expect(screen.getByText(/^Your Basic plan has ended\. Subscribe/)).toBeDefined();
});

test("pricing: a visitor is led to sign up first", () => {
  const plans = pricing.plans.map((plan) => ({ ...plan, state: "sign-up" as const, offers: [] }));
  render(<PricingTable pricing={{ ...pricing, plans }} />);
  const link = screen.getByRole("link", { name: "Start with Basic" });
  expect(link.getAttribute("href")).toBe("/login?mode=sign-up&next=/pricing");
});

test("payments: status and invoice, or the reason why there is nothing", () => {
  const failed = { ...payment, key: "invoice:in_2", status: "failed", invoiceUrl: null, invoicePdfUrl: null };
  const { rerender } = render(<PaymentsTable payments={[payment, failed]} />);
  for (const link of screen.getAllByRole("link", { name: "Download C-0001 as PDF" }))
    expect(link.getAttribute("href")).toMatch(/\.pdf$/);
  expect(screen.getByText("Paid")).toBeDefined();
  expect(screen.getByText("Failed")).toBeDefined();
  expect(screen.getAllByRole("link")).toHaveLength(4); // of each the wide or the narrow one is shown
  const due = { ...payment, status: "pending", isDue: true };
  const receiptUrl = "https://site.test/dashboard/billing/receipt/checkout:cs_1";
  const pack = { ...payment, key: "checkout:cs_1", invoiceUrl: null, invoicePdfUrl: null, receiptUrl };
  rerender(<PaymentsTable payments={[due, pack]} />);
  expect(screen.getByText("Open")).toBeDefined();
  expect(screen.getAllByRole("link", { name: "Pay C-0001" })).toHaveLength(2);
  const [receipt] = screen.getAllByRole("link", { name: "Receipt for Professional plan of Feb 16, 2026" });
  expect(receipt?.getAttribute("href")).toBe(receiptUrl);
  rerender(<PaymentsTable payments={[{ ...payment, amountCents: 0, creditsGranted: 0 }]} />);
  expect(screen.getByText("Nothing charged")).toBeDefined(); // what opens a trial
  rerender(<PaymentsTable payments={[]} />);
  expect(screen.getByText("No payments yet")).toBeDefined();
});
