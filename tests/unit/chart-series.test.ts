import { expect, test } from "vitest";
import { changeOf, creditScale, labelledSteps, seriesOf } from "@/components/usage/chart-series";

const figures = (bySteps: number[]) => {
  const used = bySteps.reduce((sum, credits) => sum + credits, 0);
  return { uses: bySteps.length, charged: used, used, bySteps };
};
const operation = (key: string | null, bySteps: number[]) => ({
  key,
  name: key,
  now: figures(bySteps),
  before: figures([]),
});
const steps = ["2026-02-01", "2026-02-02"].map((day) => ({ startsAt: day, endsAt: day }));

test("the six operations that were used most have colours, the rest is one", () => {
  const keys = ["a", "b", null, "d", "e", "f", "g", "h"];
  const operations = keys.map((key, at) => operation(key, [10 - at, 1]));
  const series = seriesOf({ operations, steps });
  expect(series.map(({ key, is }) => key ?? is)).toEqual(["a", "b", "amounts", "d", "e", "f", "other"]);
  expect(series.at(-1)).toMatchObject({ used: 9, bySteps: [7, 2] });
  expect(new Set(series.map(({ colour }) => colour)).size).toBe(7);
});

test("what was given back in whole, or used only before, is not drawn", () => {
  expect(seriesOf({ operations: [operation("a", [60, -60]), operation("b", [0, 0])], steps })).toEqual([]);
});

test("ticks are whole and reach above the highest; below zero nothing is drawn", () => {
  expect(creditScale(1)).toMatchObject({ ticks: [0, 1] });
  const { ticks, height } = creditScale(930);
  expect(ticks).toEqual([0, 200, 400, 600, 800, 1000]);
  expect([height(500), height(-60)]).toEqual([50, 0]);
});

test("labels stand at the same distance, and no more of them than there is room for", () => {
  expect(labelledSteps(30, 6)).toEqual([0, 5, 10, 15, 20, 25]);
  expect(labelledSteps(31, 3)).toEqual([0, 11, 22]);
  expect(labelledSteps(2, 6)).toEqual([0, 1]);
});

test("a change is a share of what was before, and none of nothing", () => {
  expect([changeOf(150, 100), changeOf(5, 0)]).toEqual([0.5, null]);
});
