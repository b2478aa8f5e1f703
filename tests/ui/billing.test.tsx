import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { PaymentsTable } from "@/components/billing/payments-table";
import { SubscriptionDetails } from "@/components/billing/subscription-details";
import { render } from "./render";
import { overview, panel, payment } from "./samples";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));
vi.mock("@/lib/actions/plan", () => import("./plan-actions"));
vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn(), portalAction: vi.fn() }));
afterEach(cleanup);

test("a plan whose payment failed is overdue, and has no date of renewal", () => {
  const overdue = overview.plan && {
    ...overview,
    plan: { ...overview.plan, status: "past_due", isOverdue: true, renewsAt: null },
  };
  if (!overdue) throw new Error("the sample has a plan");
  render(<SubscriptionDetails {...panel} overview={overdue} />);
  expect(screen.queryByText(/Renews on/)).toBeNull();
  expect(screen.getByText("Overdue")).toBeDefined();
});

test("a plan that is paused is shown as such", () => {
  if (!overview.plan) throw new Error("the sample has a plan");
  const plan = { ...overview.plan, status: "paused", isOnHold: true, renewsAt: null };
  render(<SubscriptionDetails {...panel} overview={{ ...overview, plan }} />);
  expect(screen.getByText("Paused")).toBeDefined();
  expect(screen.getByText("When it is resumed")).toBeDefined();
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
