import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AwaitWebhook } from "@/components/billing/await-webhook";
import { CheckoutStatus } from "@/components/billing/checkout-status";
import { ErrorScreen } from "@/components/error-screen";
import { Panel } from "@/components/panel";
import type { Checkout } from "@/lib/billing/get-checkout";
import { render } from "./render";
import { payment } from "./samples";

const refresh = vi.hoisted(() => vi.fn());
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));
beforeEach(() => refresh.mockClear());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("a panel shows what was read, or why it could not be and a way to try again", () => {
  const { rerender } = render(
    <Panel title="Credits" result={{ ok: true, data: 5 }}>
      {(credits) => <p>{credits} credits</p>}
    </Panel>,
  );
  expect(screen.getByText("5 credits")).toBeDefined();
  rerender(
    <Panel title="Credits" result={{ ok: false, error: { kind: "unavailable", message: "Not reachable." } }}>
      {() => <p>never</p>}
    </Panel>,
  );
  expect(screen.getByRole("alert").textContent).toContain("Not reachable.");
  expect(screen.queryByText("never")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(refresh).toHaveBeenCalledOnce();
});

test("an unexpected error shows its number and nothing else of it", () => {
  const retry = vi.fn();
  render(<ErrorScreen digest="123" retry={retry} />);
  expect(screen.getByRole("alert").textContent).toContain("123");
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(retry).toHaveBeenCalledOnce();
});

test.each<[string, Checkout, string]>([
  ["paid", { is: "paid", payment, perMonth: null }, "Payment received"],
  ["not yet confirmed", { is: "confirming" }, "Confirming your payment"],
  ["asked of a bank", { is: "debiting", payment }, "Your bank is asked"],
  ["refused by a bank", { is: "failed", payment }, "Your bank has not paid"],
  ["still open", { is: "open", url: "https://pay.test/cs_1" }, "Not paid yet"],
  ["over", { is: "expired" }, "This checkout has expired"],
])("the return page of a payment that is %s", (_, data, title) => {
  render(<CheckoutStatus checkout={{ ok: true, data }} balance={1_100} />);
  expect(screen.getByText(title)).toBeDefined();
  expect(screen.queryAllByTestId("total-credits")).toHaveLength(data.is === "paid" ? 1 : 0);
});

test("a year's credits come month by month, and the return page does not claim them all", () => {
  const data = { is: "paid", payment: { ...payment, creditsGranted: 12_000 }, perMonth: 1_000 } as const;
  render(<CheckoutStatus checkout={{ ok: true, data }} balance={1_100} />);
  expect(screen.getByText(/1,000 credits added now, and as many each month/)).toBeDefined();
  expect(screen.queryByText(/12,000/)).toBeNull();
});

test("waiting for the webhook: asks every second, and says so when it takes long", () => {
  vi.useFakeTimers();
  render(<AwaitWebhook />);
  for (const asked of [1, 2, 3]) {
    act(() => vi.advanceTimersByTime(1_000));
    expect(refresh).toHaveBeenCalledTimes(asked);
  }
  act(() => vi.advanceTimersByTime(57_000));
  expect(screen.getByText(/longer than usual/)).toBeDefined();
  refresh.mockClear();
  act(() => vi.advanceTimersByTime(60_000));
  expect(refresh).not.toHaveBeenCalled();
});
