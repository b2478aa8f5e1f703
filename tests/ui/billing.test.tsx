import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { PaymentsTable } from "@/components/billing/payments-table";
import { PlanCard } from "@/components/billing/plan-card";
import { SubscriptionDetails } from "@/components/billing/subscription-details";
import { TopUp } from "@/components/billing/top-up";
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

test("plan card: without a plan there are the free credits, and the plans in a dialog", async () => {
  render(<PlanCard overview={noPlan} pricing={pricing} />);
  expect(screen.getByText("No active plan")).toBeDefined();
  expect(screen.getByText(/next on Mar 1, 2026/)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "View Plans" }));
  expect(await screen.findByRole("dialog", { name: "Choose a plan" }, { timeout: 10_000 })).toBeDefined();
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
