import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { HistoryTable } from "@/components/credits/history-table";
import { RecentActivity } from "@/components/credits/recent-activity";
import { Pager } from "@/components/ui/pager";
import { render } from "./render";

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
  const [, spend, grant] = screen.getAllByRole("row");
  expect(spend?.textContent).toMatch(/^Feb 16, 2026, 02:30task-abc123Image enhancement.*−2001,250$/);
  expect(grant?.textContent).toContain("+1,0001,450");
});

test("history: what comes is green, what goes is red", () => {
  render(<HistoryTable entries={entries} />);
  expect(screen.getByText("+1,000").className).toContain("text-positive");
  expect(screen.getByText("−200").className).toContain("text-negative");
});

test("history and recent activity: without entries they say what will come", () => {
  render(<HistoryTable entries={[]} />);
  render(<RecentActivity entries={[]} />);
  expect(screen.getByText("No transactions here")).toBeDefined();
  expect(screen.getByText("No activity yet")).toBeDefined();
});

test("a search that finds nothing says so, and leads back to all", () => {
  render(<HistoryTable entries={[]} isFiltered />);
  expect(screen.queryByText("No transactions here")).toBeNull();
  expect(screen.getByText("No transaction matches")).toBeDefined();
  const link = screen.getByRole("link", { name: "Show all transactions" });
  expect(link.getAttribute("href")).toBe("/dashboard/usage");
});

test("pages: older only when there are older ones, and the way back from them", () => {
  const { container, rerender } = render(<Pager newest={null} older={null} />);
  expect(container.textContent).toBe("");
  rerender(<Pager newest={null} older="/dashboard/usage?before=50" />);
  expect(screen.getByRole("link", { name: "Older" }).getAttribute("href")).toBe("/dashboard/usage?before=50");
  rerender(<Pager newest="/dashboard/usage" older={null} />);
  expect(screen.getByRole("link", { name: "Newest" })).toBeDefined();
  expect(screen.queryByRole("link", { name: "Older" })).toBeNull();
});
