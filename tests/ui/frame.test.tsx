import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { UsageIndicator } from "@/components/layout/usage-indicator";
import { FirstSteps } from "@/components/onboarding/first-steps";
import type { UsageIndicatorData } from "@/lib/credits/get-usage-indicator";
import { render } from "./render";

vi.mock("@/lib/actions/trial", () => ({ startTrialAction: vi.fn() }));
vi.mock("@/lib/actions/onboarding", () => ({ hideFirstStepsAction: vi.fn() }));
afterEach(cleanup);

const enough: UsageIndicatorData = {
  credits: 1_250,
  kinds: [
    { kind: "promotional", credits: 0 },
    { kind: "subscription", credits: 1_000 },
    { kind: "permanent", credits: 250 },
  ],
  full: 1_250,
  level: "enough",
  more: { is: "packs", href: "/dashboard#top-up" },
};

test.each([
  ["enough", { is: "packs", href: "/dashboard#top-up" }, "", "Top up"],
  ["low", { is: "plans", href: "/pricing" }, "Low", "Get more"],
  ["none", { is: "plan", href: "/dashboard/billing" }, "None left", "Settle plan"],
] as const)("credits that are %s are said in words, with the way to more", (level, more, said, link) => {
  render(<UsageIndicator {...enough} level={level} more={more} />);
  const text = screen.getByTestId("usage-indicator").textContent;
  expect(text).toBe(`1,250 credits left${said}`);
  expect(screen.getByRole("link", { name: link }).getAttribute("href")).toBe(more.href);
});

test("where nothing is sold there is no way to more", () => {
  render(<UsageIndicator {...enough} more={null} />);
  expect(screen.getAllByRole("link")).toHaveLength(1);
});

test("a step that is done asks for nothing; a trial promises no free months; where nothing is sold there is no plan to choose", () => {
  const { rerender } = render(<FirstSteps credits={40} isOnTrial={false} hasSpent plan="trial" />);
  expect(screen.queryByRole("link", { name: "Open the playground" })).toBeNull();
  expect(screen.getByRole("button", { name: "Start the free trial" })).toBeDefined();
  rerender(<FirstSteps credits={600} isOnTrial hasSpent={false} plan="chosen" />);
  expect(screen.queryByText("New ones come each month.")).toBeNull();
  rerender(<FirstSteps credits={100} isOnTrial={false} hasSpent={false} plan={null} />);
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  expect(screen.getByRole("link", { name: "Open the playground" })).toBeDefined();
});
