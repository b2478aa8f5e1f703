import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { AutoTopup } from "@/components/billing/auto-topup";
import { type AutoTopup as Data, topupReasons } from "@/lib/billing/get-auto-topup";
import { render } from "./render";
import { card } from "./samples";

vi.mock("@/lib/actions/billing", () => ({ portalAction: vi.fn() }));
vi.mock("@/lib/actions/topup", () => ({ setTopupAction: vi.fn() }));
vi.mock("@/lib/supabase/server", () => ({ userClient: vi.fn() }));
vi.mock("@/lib/env", () => ({ env: () => ({}) }));
afterEach(cleanup);

const pack = (credits: number, priceCents: number) => ({
  lookupKey: `credits_${credits}`,
  name: `${credits} credits`,
  credits,
  priceCents,
  currency: "usd",
  capsCents: [priceCents, 3 * priceCents],
});
const topup: Data = {
  isOn: true,
  reason: null,
  retryAt: null,
  thresholdCredits: 200,
  lookupKey: "credits_500",
  capCents: 1_500,
  currency: "usd",
  paymentMethod: null,
  spentCents: 500,
  last: { state: "paid", amountCents: 500, currency: "usd", at: "2026-03-01T10:00:00.000Z" },
  packs: [pack(500, 500), pack(1000, 900)],
  methods: [card],
  lock: null,
  canOpenPortal: true,
};
const chosen = (label: string) => screen.getByLabelText<HTMLSelectElement>(label);

test("what was agreed to, what the month has cost and the last top-up are shown", () => {
  render(<AutoTopup topup={topup} />);
  expect(screen.getByRole("switch")).toHaveProperty("checked", true);
  expect(chosen("When fewer credits are left than").value).toBe("200");
  expect(chosen("At most, in a calendar month").selectedOptions[0]?.textContent).toBe("$15");
  expect(screen.getByText("$5.00 of $15.00")).toBeDefined();
  expect(screen.getByText("$5.00, Mar 1, 2026, paid")).toBeDefined();
  expect(screen.getByText(/You agree that this is charged each time, up to the limit/)).toBeDefined();
});

test("another pack has limits of its own", () => {
  render(<AutoTopup topup={topup} />);
  fireEvent.change(chosen("Buy"), { target: { value: "credits_1000" } });
  const limits = [...chosen("At most, in a calendar month").options].map(({ textContent }) => textContent);
  expect(limits).toEqual(["$9", "$27"]);
});

test("switched off there is nothing to fill in, and it can be saved", () => {
  render(<AutoTopup topup={topup} />);
  fireEvent.click(screen.getByRole("switch"));
  expect(screen.queryByLabelText("Buy")).toBeNull();
  expect(screen.getByRole("button", { name: "Save" })).toBeDefined();
});

test.each(topupReasons.filter((one) => one !== "switched_off"))("%s is said in a sentence", (reason) => {
  const { container } = render(
    <AutoTopup topup={{ ...topup, reason, retryAt: "2026-03-02T10:00:00.000Z" }} />,
  );
  expect(container.textContent).toMatch(/^[A-Z].+\.Buy credits/);
});

test("without a plan it is locked, without a card it asks for one, unless it is on", () => {
  const { rerender } = render(<AutoTopup topup={{ ...topup, isOn: false, lock: "no_plan" }} />);
  expect(screen.getByText("Automatic top-up locked")).toBeDefined();
  expect(screen.getByText(/^Subscribe to any plan/)).toBeDefined();
  rerender(<AutoTopup topup={{ ...topup, isOn: false, lock: "on_hold" }} />);
  expect(screen.getByText(/when your plan goes on/)).toBeDefined();
  rerender(<AutoTopup topup={{ ...topup, isOn: false, methods: [] }} />);
  expect(screen.getByRole("button", { name: "Add a card" })).toBeDefined();
  rerender(<AutoTopup topup={{ ...topup, isOn: false, methods: [], canOpenPortal: false }} />);
  expect(screen.getByText(/Choose a plan first/)).toBeDefined(); // there is no page of cards yet
  rerender(<AutoTopup topup={{ ...topup, lock: "no_plan", methods: [] }} />);
  expect(screen.getByRole("switch")).toBeDefined(); // what is on can be switched off
});
