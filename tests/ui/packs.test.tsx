import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { PackSection } from "@/components/billing/pack-section";
import type { PricedPack } from "@/lib/billing/price-packs";
import { render } from "./render";

vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn() }));
afterEach(cleanup);

const pack: PricedPack = {
  lookupKey: "credits_1000",
  name: "1,000 credits",
  credits: 1_000,
  priceCents: 900,
  currency: "usd",
  state: "available",
  per100Cents: 90,
  savedPercent: 10,
  expiresAfterDays: null,
  isBestValue: true,
};

test("a pack says what a credit costs in it, and is bought by who may", () => {
  const of = (beside: Partial<PricedPack>) => (
    <PackSection pricing={{ packs: [{ ...pack, ...beside }], intent: "one-showing" }} />
  );
  const { rerender } = render(of({}));
  const item = within(screen.getByRole("listitem", { name: "1,000 credits" }));
  expect(item.getByText(/\$0\.90 per 100 credits/).textContent).toContain("10% less per credit");
  expect(item.getByText("Best value")).toBeDefined();
  expect(item.getByRole("button", { name: "Buy 1,000 credits" })).toBeDefined();
  rerender(of({ state: "sign-up", expiresAfterDays: 365 }));
  expect(item.getByText(/Lasts 365 days/)).toBeDefined();
  expect(item.getByRole("link", { name: "Buy 1,000 credits" }).getAttribute("href")).toContain(
    "credits_1000",
  );
  rerender(of({ state: "needs_plan" }));
  expect(item.queryByRole("button")).toBeNull();
  expect(screen.getByText(/For anyone with a plan or a trial/)).toBeDefined();
  rerender(of({ state: "on_hold" }));
  expect(item.getByRole<HTMLButtonElement>("button", { name: "When your plan goes on" }).disabled).toBe(true);
});
