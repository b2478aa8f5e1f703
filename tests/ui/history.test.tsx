import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { EntryExplained } from "@/components/credits/entry-explained";
import { HistoryChips } from "@/components/credits/history-chips";
import { HistoryTable } from "@/components/credits/history-table";
import { Pager } from "@/components/ui/pager";
import type { ExplainedEntry } from "@/lib/credits/explain-entry";
import { render } from "./render";

vi.mock("server-only", () => ({}));
afterEach(cleanup);

const entries = [
  {
    number: 2,
    at: "2026-02-16T02:30:00.000Z",
    kind: "spend",
    taskId: "task-abc123",
    operation: "enhance_image",
    subject: "lake",
    description: "Image enhancement",
    credits: -200,
    balanceAfter: 1_250,
  },
  {
    number: 1,
    at: "2026-02-16T01:15:00.000Z",
    kind: "grant",
    taskId: null,
    operation: null,
    subject: null,
    description: "Pro plan credits",
    credits: 1_000,
    balanceAfter: 1_450,
  },
];

test("history: date, task, description, signed credits and the balance after them", () => {
  render(<HistoryTable entries={entries} />);
  const cells = screen.getAllByRole("row").map((row) => [...row.children].map((cell) => cell.textContent));
  expect(cells[1]?.[0]).toBe("Feb 16, 2026, 02:30");
  expect(cells[1]?.[1]).toBe("task-abc123");
  expect(cells[1]?.[2]).toContain("Image enhancement");
  expect(cells[1]?.[3]).toContain("−200");
  expect(cells[1]?.[4]).toBe("1,250");
  expect(cells[2]?.[3]).toContain("+1,000");
});

test("history: what comes is green, what goes is red", () => {
  render(<HistoryTable entries={entries} />);
  expect(screen.getByText("+1,000").className).toContain("text-positive");
  expect(screen.getByText("−200").className).toContain("text-negative");
});

test("history: a line leads to its explanation, and keeps the page's filters", () => {
  render(<HistoryTable entries={entries} query="kind=used&before=3" />);
  expect(screen.getByRole("link", { name: "Image enhancement" }).getAttribute("href")).toBe(
    "/dashboard/usage?kind=used&before=3&entry=2",
  );
});

test("history: a description of ten thousand characters is cut, between its characters", () => {
  const [entry] = entries;
  if (!entry) throw new Error("no entry");
  render(<HistoryTable entries={[{ ...entry, description: "🦊".repeat(5_000) }]} />);
  expect(screen.getByRole("link").textContent).toBe(`${"🦊".repeat(240)}…`);
});

test("history: without entries it says what will come", () => {
  render(<HistoryTable entries={[]} />);
  expect(screen.getByText("No transactions here")).toBeDefined();
});

test("a search that finds nothing says so, and leads back to all", () => {
  render(<HistoryTable entries={[]} clear="/dashboard/usage" />);
  expect(screen.queryByText("No transactions here")).toBeNull();
  expect(screen.getByText("No transaction matches")).toBeDefined();
  const link = screen.getByRole("link", { name: "Show all transactions" });
  expect(link.getAttribute("href")).toBe("/dashboard/usage");
});

test("filters: each is shown with the way to be without it, and one way to be without all", () => {
  const { container, rerender } = render(<HistoryChips chips={[]} clear="/dashboard/usage" />);
  expect(container.textContent).toBe("");
  const chips = [{ label: "Used", without: "/dashboard/usage?search=lake" as const }];
  rerender(<HistoryChips chips={chips} clear="/dashboard/usage" />);
  const remove = screen.getByRole("link", { name: "Remove the filter Used" });
  expect(remove.getAttribute("href")).toBe("/dashboard/usage?search=lake");
  expect(screen.getByRole("link", { name: "Clear" }).getAttribute("href")).toBe("/dashboard/usage");
});

test("pages: older and newer only where there are such, and the way back to the newest", () => {
  const { container, rerender } = render(<Pager newest={null} older={null} />);
  expect(container.textContent).toBe("");
  rerender(<Pager newest={null} older="/dashboard/usage?before=50" />);
  expect(screen.getByRole("link", { name: "Older" }).getAttribute("href")).toBe("/dashboard/usage?before=50");
  rerender(<Pager newest="/dashboard/usage" newer="/dashboard/usage?after=50" older={null} />);
  expect(screen.getByRole("link", { name: "Newest" })).toBeDefined();
  expect(screen.getByRole("link", { name: "Newer" }).getAttribute("href")).toBe("/dashboard/usage?after=50");
  expect(screen.queryByRole("link", { name: "Older" })).toBeNull();
});

const hold: ExplainedEntry = {
  number: 8,
  at: "2026-02-16T02:30:00.000Z",
  kind: "hold",
  description: "Answer",
  credits: -30,
  taskId: "job",
  settings: [{ name: "tone_of_voice", value: "<b>Bold</b>" }],
  balanceBefore: 839,
  balanceAfter: 809,
  price: [
    { name: "Answer", value: null, credits: 29.5 },
    { name: "rounded up", value: "30", credits: 0.5 },
  ],
  buckets: [
    {
      id: "1",
      kind: "permanent",
      name: "Pack",
      credits: -30,
      before: 839,
      after: 809,
      endsAt: null,
      paid: null,
    },
  ],
};
const capture: ExplainedEntry = {
  ...hold,
  number: 10,
  kind: "capture",
  credits: 10,
  balanceBefore: 808,
  balanceAfter: 818,
  price: [],
  buckets: hold.buckets.map((bucket) => ({ ...bucket, credits: 10, before: 808, after: 818 })),
};

test("explanation: a captured hold is one charge, its two halves, and one payment", () => {
  render(<EntryExplained entries={[hold, capture]} related={[]} />);
  expect(screen.getByRole("region", { name: "Set aside, then settled" }).textContent).toMatch(
    /−30.*\+10.*Charged in the end−20$/,
  );
  expect(screen.getByRole("region", { name: "Paid from" }).textContent).toContain("839 → 819");
});

test("explanation: the price's parts sum up, settings are texts, and what gives back is linked", () => {
  const related = [
    { ...capture, number: 12, kind: "reversal" as const, description: "No answer", isAnswered: false },
  ];
  const { rerender } = render(<EntryExplained entries={[{ ...hold, kind: "spend" }]} related={related} />);
  expect(screen.getByRole("region", { name: "What it cost" }).textContent).toBe(
    "What it costAnswer29.5Rounded up to whole credits0.5Charged30",
  );
  expect(screen.getByText("<b>Bold</b>")).toBeDefined();
  expect(screen.getByText("Tone of voice")).toBeDefined();
  const link = screen.getByRole("link", { name: "Answered by: No answer" });
  expect(link.getAttribute("href")).toBe("/dashboard/usage?entry=12");
  rerender(<EntryExplained entries={[hold]} related={[]} />);
  expect(screen.queryByText("Charged"), "what is only held is not charged").toBeNull();
  expect(screen.getByRole("region", { name: "Set aside from" })).toBeDefined();
});
