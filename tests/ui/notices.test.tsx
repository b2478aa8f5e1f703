import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { AccountNotices } from "@/components/billing/account-notices";
import { PaymentMethods } from "@/components/billing/payment-methods";
import { PaymentsTable } from "@/components/billing/payments-table";
import { type AccountNotice, noticeKinds } from "@/lib/billing/get-notices";
import { render } from "./render";
import { card, payment } from "./samples";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));
vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn(), portalAction: vi.fn() }));
vi.mock("@/lib/actions/topup", () => ({ confirmTopupAction: vi.fn() }));
vi.mock("@/lib/supabase/server", () => ({ userClient: vi.fn() }));
vi.mock("@/lib/env", () => ({ env: () => ({}) }));
afterEach(cleanup);

const notice: AccountNotice = {
  key: "dunning:invoice:in_1:1",
  kind: "payment_failed",
  subject: "Professional plan",
  at: "2026-03-01T10:00:00.000Z",
  endsAt: "2026-03-04T10:00:00.000Z",
  amountCents: 2_999,
  currency: "usd",
  credits: null,
  url: "https://invoice.stripe.com/i/in_1",
  canBuy: true,
};

test("a failed payment says what failed, when it is tried again, and leads to where it is paid", () => {
  render(<AccountNotices notices={[notice]} />);
  const item = within(screen.getByRole("listitem"));
  expect(
    item.getByText(/^Professional plan: the payment of \$29\.99 failed.*tried again on Mar 4, 2026/),
  ).toBeDefined();
  expect(item.getByRole("link", { name: "Pay now" }).getAttribute("href")).toBe(notice.url);
  expect(item.getByRole("button", { name: "Change card" })).toBeDefined();
});

test("after the last attempt no other is promised", () => {
  render(<AccountNotices notices={[{ ...notice, endsAt: null }]} />);
  expect(screen.getByText(/It is not tried again\./)).toBeDefined();
});

test("who paid in another tab and comes back sees what has become of it", () => {
  render(<AccountNotices notices={[notice]} />);
  fireEvent.focus(window);
  expect(refresh).toHaveBeenCalledOnce();
});

test("a debit that the bank is working on asks for nothing", () => {
  render(<AccountNotices notices={[{ ...notice, kind: "payment_processing" }]} />);
  expect(screen.getByText(/your bank is asked for \$29\.99/)).toBeDefined();
  expect(screen.queryByRole("link")).toBeNull();
});

test("a payment that the bank wants confirmed leads to where that is done", () => {
  render(<AccountNotices notices={[{ ...notice, kind: "confirm_payment" }]} />);
  expect(screen.getByRole("link", { name: "Confirm payment" })).toBeDefined();
});

test("without a page to lead to there is no link", () => {
  render(<AccountNotices notices={[{ ...notice, url: null }]} />);
  expect(screen.queryByRole("link")).toBeNull();
});

test("every kind of notice is a sentence, and none is shown when there is nothing to say", () => {
  const all = noticeKinds.map((kind) => ({ ...notice, key: kind, kind, credits: 300 }));
  const { container, rerender } = render(<AccountNotices notices={all} />);
  const sentences = [...container.querySelectorAll("p")].map((one) => one.textContent ?? "");
  expect(sentences).toHaveLength(noticeKinds.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z$].*\.$/);
  expect(sentences.join(" ")).not.toMatch(/undefined|null|NaN/);
  rerender(<AccountNotices notices={[]} />);
  expect(container.textContent).toBe("");
});

test("payment methods: a card by brand, last digits and expiry, and which is charged next", () => {
  const debit = {
    ...card,
    id: "pm_2",
    type: "sepa_debit",
    brand: null,
    last4: "3000",
    expires: null,
    isDefault: false,
    expiry: null,
  };
  render(<PaymentMethods methods={[card, debit]} canOpenPortal isCharged />);
  const [first, second] = screen.getAllByRole("listitem").map((item) => item.textContent);
  expect(first).toBe("Visa ending in 4242expires 04/2031Charged next");
  expect(second).toBe("Bank account ending in 3000");
});

test("payment methods: one of a plan that is cancelled is not charged next, and says when it expires", () => {
  const expired = { ...card, id: "pm_3", isDefault: false, expiry: "expired" as const };
  const methods = [{ ...card, expiry: "soon" as const }, expired];
  const { rerender } = render(<PaymentMethods methods={methods} canOpenPortal isCharged={false} />);
  const items = () => screen.getAllByRole("listitem").map((item) => item.textContent);
  expect(items()).toEqual([
    "Visa ending in 4242expires 04/2031DefaultExpires soon",
    "Visa ending in 4242expired 04/2031Expired",
  ]);
  expect(screen.queryByText(/Change it, so that no payment fails/)).toBeNull();
  rerender(<PaymentMethods methods={methods} canOpenPortal isCharged />);
  expect(screen.getByText(/Change it, so that no payment fails/)).toBeDefined();
});

test("payment methods: who has none can add one, once there is a customer", () => {
  const { rerender } = render(<PaymentMethods methods={[]} canOpenPortal={false} isCharged={false} />);
  expect(screen.getByText("No payment method")).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
  rerender(<PaymentMethods methods={[]} canOpenPortal isCharged={false} />);
  expect(screen.getByRole("button", { name: "Add a card" })).toBeDefined();
});

test("payments: a refund in part says what went back, and what the payment granted", () => {
  render(<PaymentsTable payments={[{ ...payment, status: "partially_refunded", refundedCents: 1_000 }]} />);
  expect(screen.getByText("Refunded in part")).toBeDefined();
  expect(screen.getByText("$10.00 back")).toBeDefined();
  expect(screen.getByText("1,000 credits")).toBeDefined();
});
