import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { PeriodPanel } from "@/components/overview/period-panel";
import { PlanCard } from "@/components/overview/plan-card";
import { QuickActions } from "@/components/overview/quick-actions";
import { RecentActivity } from "@/components/overview/recent-activity";
import { TopUp } from "@/components/overview/top-up";
import { UsageCards } from "@/components/overview/usage-cards";
import type { Pricing } from "@/lib/billing/get-pricing";
import type { PeriodUsage } from "@/lib/credits/get-period-usage";
import { render } from "./render";
import { noPlan, overview, pricing } from "./samples";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));
vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn() }));
afterEach(cleanup);

test("plan card: an active plan renews, a cancelled one ends, and what must be settled first leads to where it is", () => {
  const { plan } = overview;
  if (!plan) throw new Error("the sample has a plan");
  const shared = { pricing, trialShare: null };
  const { rerender } = render(<PlanCard overview={overview} {...shared} />);
  expect(screen.getByText("$29.99/month")).toBeDefined();
  expect(screen.getByText("Renews on Mar 15, 2026")).toBeDefined();
  const endsAt = "2026-03-15T10:00:00.000Z";
  const ending = { ...plan, status: "ending", renewsAt: null, endsAt };
  const settled = { ...shared, pricing: { ...pricing, block: "ending" as const } };
  rerender(<PlanCard overview={{ ...overview, plan: ending }} {...settled} />);
  expect(screen.getByText("Ends on Mar 15, 2026")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Upgrade Plan" })).toBeNull();
  const paused = { ...plan, status: "paused", isOnHold: true, renewsAt: null };
  rerender(<PlanCard overview={{ ...overview, plan: paused }} {...shared} />);
  expect(screen.getByText(/nothing is charged, until it is resumed/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "Upgrade Plan" })).toBeNull();
  expect(screen.getByRole("link", { name: "Go to Billing" })).toBeDefined();
});

test("plan card: a trial says how many days are left; without a plan there are the free credits", () => {
  const endsAt = "2026-03-15T10:00:00.000Z";
  const trial = {
    planKey: "professional",
    planName: "Professional",
    endsAt,
    daysLeft: 1,
    credits: 500,
    firstChargeAt: null,
  };
  const { rerender } = render(
    <PlanCard overview={{ ...noPlan, trial }} pricing={pricing} trialShare={0.93} />,
  );
  expect(screen.getByText("The last day of your trial")).toBeDefined();
  rerender(<PlanCard overview={{ ...noPlan, endedPlan: "Basic" }} pricing={pricing} trialShare={null} />);
  expect(screen.getByText(/^Your Basic plan has ended\. Subscribe/)).toBeDefined();
  expect(screen.getByText("100 free credits each month, next on Mar 1, 2026")).toBeDefined();
  expect(screen.getByRole("button", { name: "View Plans" })).toBeDefined();
});

const topUp = (beside: Partial<Pricing>) => <TopUp pricing={{ ok: true, data: { ...pricing, ...beside } }} />;

test("top-up: each pack that may be bought; its form sends its key and no price", () => {
  const [pack] = pricing.packs;
  if (!pack) throw new Error("the sample has a pack");
  const sold = { ...pack, state: "available" as const };
  const { container } = render(topUp({ packs: [sold, { ...sold, lookupKey: "credits_5000" }, pack] }));
  expect(screen.getAllByRole("button", { name: "Buy 500 credits" })).toHaveLength(2);
  const names = [...container.querySelectorAll("input")].map(({ name, value }) => [name, value]);
  const sent = names.filter(([name]) => !name?.startsWith("$ACTION"));
  expect(sent).toEqual([
    ["lookup_key", "credits_500"],
    ["lookup_key", "credits_5000"],
  ]);
});

test("top-up: locked, it says what opens it", () => {
  const { rerender } = render(topUp({}));
  expect(screen.getByText("Top-up credits locked")).toBeDefined();
  expect(screen.getByRole("button", { name: "View Plans" })).toBeDefined();
  rerender(topUp({ isOnHold: true }));
  expect(screen.getByText(/when your plan goes on/)).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
  rerender(topUp({ packs: [] }));
  expect(screen.getByText("No packs on sale")).toBeDefined();
});

const usage: PeriodUsage = {
  startsAt: "2026-02-01T00:00:00.000Z",
  endsAt: "2026-03-01T00:00:00.000Z",
  granted: 1_000,
  uses: 130,
  used: 150,
  days: [
    { at: "2026-02-01T00:00:00.000Z", used: 0 },
    { at: "2026-02-02T00:00:00.000Z", used: 150 },
  ],
  operations: [
    {
      key: "chat_message",
      name: "AI response",
      uses: 120,
      used: 120,
      subject: { word: "chatbot", count: 3 },
    },
    { key: null, name: null, uses: 10, used: 30, subject: null },
  ],
};
const limits = [
  { key: "chatbots", name: "Chatbots", per: null, max: 5, used: 3, state: "open", windowEndsAt: null },
] as const;

test("usage: the share of the period, each day, each operation, engagement and what the plan allows", () => {
  render(<UsageCards usage={{ ok: true, data: usage }} limits={{ ok: true, data: [...limits] }} />);
  const card = (name: string) => within(screen.getByRole("region", { name }));
  expect(card("Used this period").getByText(/^15% of the 1,000 credits/)).toBeDefined();
  expect(card("Used this period").getByRole("list", { name: "Credits used by day" }).textContent).toBe(
    "Feb 2: 150 credits",
  );
  expect(card("What for").getByText("AI response")).toBeDefined();
  const figures = card("Engagement").getAllByRole("definition");
  expect(figures.map(({ textContent }) => textContent)).toEqual(["3", "120", "40", "1 of 2"]);
  expect(card("Engagement").getByText("Chatbots")).toBeDefined();
  expect(card("Your plan's limits").getByText("3 of 5")).toBeDefined();
});

test("usage: a card that has nothing to say is not there, and what was not read says so", () => {
  const unused = { ...usage, uses: 0, used: 0, operations: [], days: [] };
  const none = { ok: true as const, data: [] };
  const { rerender } = render(<UsageCards usage={{ ok: true, data: unused }} limits={none} />);
  expect(screen.queryAllByRole("region")).toEqual([]);
  rerender(
    <UsageCards usage={{ ok: false, error: { kind: "unavailable", message: "Away." } }} limits={none} />,
  );
  expect(screen.getAllByRole("region", { name: "Used this period" })).toHaveLength(1);
  rerender(<PeriodPanel usage={{ ok: true, data: unused }} />);
  expect(screen.getByRole("link", { name: "Enhance a picture" })).toBeDefined();
});

test("quick actions are those that the account may do", () => {
  const { rerender } = render(<QuickActions more={{ is: "packs", href: "/dashboard#top-up" }} />);
  const names = () => screen.getAllByRole("link").map(({ textContent }) => textContent);
  expect(names()).toEqual(["Enhance a picture", "View usage", "Buy credits", "Manage billing"]);
  rerender(<QuickActions more={null} />);
  expect(names()).toEqual(["Enhance a picture", "View usage", "Manage billing"]);
});

test("recent activity: each entry leads to why it is there; without any it says what to do", () => {
  const entry = {
    number: 7,
    at: "2026-02-16T02:30:00.000Z",
    kind: "spend",
    taskId: "task",
    operation: null,
    subject: null,
    description: "<b>Poster</b>",
    credits: -200,
    balanceAfter: 1_050,
  };
  const { rerender } = render(<RecentActivity entries={[entry]} />);
  const link = screen.getByRole("link");
  expect(link.getAttribute("href")).toBe("/dashboard/usage?entry=7");
  expect(link.textContent).toBe("<b>Poster</b>Feb 16, 2026, 02:30 UTC−2001,050 left");
  rerender(<RecentActivity entries={[]} />);
  expect(screen.getByText("No activity yet")).toBeDefined();
  expect(screen.getByRole("link", { name: "Enhance a picture" })).toBeDefined();
});
