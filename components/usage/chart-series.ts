import { scaleLinear } from "d3-scale";
import type { UsageComparison } from "@/lib/credits/get-usage-comparison";

/** So many operations have a colour of their own. */
const SHOWN = 6;
const TICKS = 4;

export type Series = {
  /** Of an operation; null: of what has none. "other" is all that has no colour of its own. */
  key: string | null;
  is: "operation" | "amounts" | "other";
  name: string | null;
  colour: string;
  used: number;
  bySteps: number[];
};

/** What is drawn over each other: the operations that were used most, and the rest as one. */
export function seriesOf({ operations, steps }: Pick<UsageComparison, "operations" | "steps">): Series[] {
  const used = operations.filter(({ now }) => now.used > 0);
  const shown = used.slice(0, SHOWN).map(
    ({ key, name, now }, at): Series => ({
      key,
      is: key === null ? "amounts" : "operation",
      name,
      colour: `var(--chart-${at + 1})`,
      used: now.used,
      bySteps: now.bySteps,
    }),
  );
  const rest = used.slice(SHOWN);
  if (rest.length === 0) return shown;
  const sum = (count: (one: (typeof rest)[number]) => number) =>
    rest.reduce((all, one) => all + count(one), 0);
  return [
    ...shown,
    {
      key: null,
      is: "other",
      name: null,
      colour: "var(--chart-other)",
      used: sum(({ now }) => now.used),
      bySteps: steps.map((_, at) => sum(({ now }) => now.bySteps[at] ?? 0)),
    },
  ];
}

/** Whole numbers up to a round one above the highest, and how high a number of credits stands in percent. */
export function creditScale(highest: number) {
  const scale = scaleLinear()
    .domain([0, Math.max(highest, 1)])
    .nice(TICKS)
    .range([0, 100]);
  const ticks = scale.ticks(TICKS).filter(Number.isInteger);
  // A day on which more was given back than used lies below what is drawn.
  return { ticks, height: (credits: number) => scale(Math.max(credits, 0)) };
}

/** Which of so many steps are named below them: some at the same distance, the first among them. */
export function labelledSteps(count: number, most: number): number[] {
  const distance = Math.ceil(count / most);
  return Array.from({ length: Math.ceil(count / distance) }, (_, at) => at * distance);
}

/** By how much a figure differs from the one before, as a share of that; null where there was none. */
export const changeOf = (now: number, before: number) => (before > 0 ? now / before - 1 : null);
