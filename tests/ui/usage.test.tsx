import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { CostPerUse } from "@/components/usage/cost-per-use";
import { Estimates } from "@/components/usage/estimates";
import { Forecast } from "@/components/usage/forecast";
import { Heat } from "@/components/usage/heat";
import { Limits } from "@/components/usage/limits";
import { UsageChart } from "@/components/usage/usage-chart";
import type { Limit } from "@/lib/credits/get-limits";
import type { UsageComparison } from "@/lib/credits/get-usage-comparison";
import { render } from "./render";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: vi.fn() }) }));
afterEach(cleanup);

const days = ["2026-02-14", "2026-02-15", "2026-02-16", "2026-02-17"].map((day) => `${day}T00:00:00.000Z`);
const steps = days.slice(1).map((endsAt, at) => ({ startsAt: days[at] ?? endsAt, endsAt }));
const range = new URLSearchParams({ range: "7" });
const nothing = { uses: 0, charged: 0, used: 0, bySteps: [0, 0, 0] };
const figures = (uses: number, bySteps: number[]) => {
  const used = bySteps.reduce((sum, credits) => sum + credits, 0);
  return { uses, charged: used, used, bySteps };
};
const operation = (key: string, uses: number, bySteps: number[], before = nothing) => ({
  key,
  name: `Work ${key}`,
  now: figures(uses, bySteps),
  before,
});
const empty: UsageComparison = {
  steps,
  total: { now: nothing, before: nothing },
  operations: [],
  before: { startsAt: "2026-02-11T00:00:00.000Z", endsAt: "2026-02-13T15:00:00.000Z" },
};
const busy: UsageComparison = {
  ...empty,
  total: { now: figures(5, [200, 0, 70]), before: figures(2, [100, 80, 0]) },
  operations: [operation("a", 3, [200, 0, 10]), operation("b", 2, [0, 0, 60])],
};
const draw = (usage: UsageComparison | null) => render(<UsageChart usage={usage} range={range} />);

test("without usage the chart says what to do, and without such a period when there will be one", () => {
  draw(empty);
  expect(screen.getByText(/No credits were used Feb 14 – 16, 2026/)).toBeDefined();
  expect(screen.getByRole("link", { name: "Try the playground" })).toBeDefined();
  cleanup();
  draw(null);
  expect(screen.getByText(/This is your first billing period/)).toBeDefined();
});

test("the sum is compared with the time before, in words, with a sign and the dates", () => {
  draw(busy);
  expect(screen.getByText("+50%")).toBeDefined();
  expect(screen.getByText(/90 more than in the time before/)).toBeDefined();
  expect(screen.getByText("180 used Feb 11 – 13, 2026")).toBeDefined();
  cleanup();
  draw({ ...busy, total: { ...busy.total, before: nothing } });
  expect(screen.getByText("Nothing was used Feb 11 – 13, 2026.")).toBeDefined();
});

test("a column leads to its day, says its numbers, and is one of a row that arrows walk", () => {
  draw(busy);
  const first = screen.getByRole("link", { name: "Feb 14, 2026: 200 credits" });
  expect(first.getAttribute("href")).toBe("/dashboard/usage?range=7&from=2026-02-14&to=2026-02-14#history");
  const last = screen.getByRole("link", { name: "Feb 16, 2026: 70 credits" });
  expect([first.tabIndex, last.tabIndex]).toEqual([-1, 0]);
  fireEvent.pointerMove(last);
  expect(screen.getByTestId("reading").textContent).toBe(
    "Feb 16, 2026Total70Work a10Work b60The time before0",
  );
  last.focus();
  fireEvent.keyDown(last, { key: "ArrowLeft" });
  expect(document.activeElement).toBe(screen.getByRole("link", { name: "Feb 15, 2026: 0 credits" }));
  fireEvent.keyDown(last, { key: "Escape" });
  expect(screen.queryByTestId("reading")).toBeNull();
});

test("the table has the days on which something was used", () => {
  draw(busy);
  const rows = within(screen.getByRole("table", { hidden: true })).getAllByRole("row", { hidden: true });
  expect(rows.map((row) => row.textContent)).toEqual([
    "DaysWork aWork bTotal",
    "Feb 14, 20262000200",
    "Feb 16, 2026106070",
  ]);
});

test("one day is drawn as well", () => {
  const one = figures(1, [60]);
  draw({
    ...busy,
    steps: steps.slice(0, 1),
    total: { now: one, before: figures(0, []) },
    operations: [operation("a", 1, [60])],
    before: null,
  });
  expect(screen.getByRole("link", { name: "Feb 14, 2026: 60 credits" })).toBeDefined();
  expect(screen.queryByText(/time before/)).toBeNull();
});

test("the heat names the busiest time, and is a table of the hours", () => {
  render(
    <Heat
      hours={[
        { weekday: 2, hour: 14, uses: 3, used: 320 },
        { weekday: 7, hour: 23, uses: 1, used: 60 },
      ]}
    />,
  );
  expect(screen.getByText("Tuesday, 14:00–15:00")).toBeDefined();
  const sunday = screen.getByRole("row", { name: /^Sun/ });
  expect(within(sunday).getAllByRole("cell").at(-1)?.textContent).toBe("60");
  cleanup();
  render(<Heat hours={[]} />);
  expect(screen.getByText("No busy hours yet")).toBeDefined();
});

test("the cost of a use stands beside what it was", () => {
  const before = figures(2, [100]);
  render(<CostPerUse operations={[operation("a", 3, [180], before), operation("b", 2, [25])]} />);
  const [, a, b] = screen.getAllByRole("row").map((row) => row.textContent);
  expect([a, b]).toEqual(["Work a360+20%was 50", "Work b212.5New"]);
});

test("estimates count whole uses, and say where there is no average", () => {
  render(<Estimates estimates={[{ operation: "a", name: "Work a", average: 72.5, usesLeft: 1 }]} />);
  expect(screen.getByRole("listitem").textContent).toBe("Work a72.5 each on average1 more use");
  cleanup();
  render(<Estimates estimates={[]} />);
  expect(screen.getByText("No average yet")).toBeDefined();
});

test("the forecast names the day, or that there is no end in sight", () => {
  const had = { isKnown: true, nextLost: null, asOf: days[0] ?? "" };
  const pace = { ...had, days: 7, used: 70, perDay: 10, daysLeft: 2, lost: 5 };
  render(
    <Forecast
      paces={[
        { ...pace, runsOutAt: "2026-03-03T00:00:00.000Z" },
        { ...pace, days: 30, daysLeft: null, runsOutAt: null, lost: 0 },
      ]}
    />,
  );
  const [week, month] = screen
    .getAllByRole("listitem")
    .filter(({ textContent }) => textContent?.match(/^Pace/));
  expect(week?.textContent).toMatch(/Until Mar 3, 2026.*2 days left.*5 credits expire unused/);
  expect(month?.textContent).toMatch(/No end in sight/);
  cleanup();
  render(<Forecast paces={[{ ...pace, days: 1, isKnown: false, runsOutAt: null }]} />);
  expect(screen.getByText("No forecast yet")).toBeDefined();
});

test("a limit says in words when little or nothing is left, and leads to larger plans when it is full", () => {
  const limit: Limit = {
    key: "team_members",
    name: "Team members",
    per: null,
    max: 5,
    used: 4,
    state: "near",
    windowEndsAt: null,
  };
  render(
    <Limits
      limits={[
        limit,
        {
          ...limit,
          key: "draw",
          name: "Drawing",
          per: "day",
          used: 5,
          state: "full",
          windowEndsAt: days[3] ?? "",
        },
        { ...limit, key: "bots", max: null, used: 17, state: "unlimited" },
      ]}
    />,
  );
  const [near, full, unlimited] = screen.getAllByRole("listitem");
  expect(near?.textContent).toMatch(/Team members4 of 5 used.*Only 1 is left/);
  expect(
    within(near ?? document.body)
      .getByRole("meter")
      .getAttribute("value"),
  ).toBe("4");
  expect(full?.textContent).toMatch(/Drawing today.*All that your plan allows is used.*anew on Feb 17, 2026/);
  expect(screen.getAllByRole("link").map(({ textContent }) => textContent)).toEqual(["See larger plans"]);
  expect(unlimited?.textContent).toMatch(/17 used.*Without limit/);
});
