import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { PaymentsTable } from "@/components/billing/payments-table";
import { PricingTable } from "@/components/billing/pricing-table";
import { SubscriptionDetails } from "@/components/billing/subscription-details";
import type { OfferState } from "@/lib/billing/get-pricing";
import { render } from "./render";
import { overview, panel, payment, pricing } from "./samples";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));
vi.mock("@/lib/actions/plan", () => ({ pausePlanAction: vi.fn(), cancelPlanAction: vi.fn() }));
vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn(), portalAction: vi.fn() }));
afterEach(cleanup);

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
  rerender(<PaymentsTable payments={[{ ...payment, amountCents: 0, creditsGranted: 0 }]} />);
  expect(screen.getByText("Nothing charged")).toBeDefined(); // what opens a trial
  rerender(<PaymentsTable payments={[]} />);
  expect(screen.getByText("No payments yet")).toBeDefined();
});
