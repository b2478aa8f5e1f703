// How two sides of one run become one figure.
import { count, type Figure, type Target } from "./figures.ts";
import { median, quantile, type Times } from "./load.ts";

type Comparison = Pick<Figure, "value" | "unit" | "detail">;

/** How often as fast a call of `a` is as one of `b`: the ratio of their medians. */
export function faster(times: Map<string, Times>, a: string, b: string): Comparison {
  const [mine, theirs] = [microseconds(times, a), microseconds(times, b)];
  return { value: theirs / mine, unit: "x", detail: `${a} ${count(mine)} us, ${b} ${count(theirs)} us` };
}

export function microseconds(times: Map<string, Times>, key: string, share = 0.5) {
  return quantile(sideOf(times, key), share) * 1000;
}

/** How often as much `a` does in a second as `b`: the median of the ratios of the rounds. */
export function more(rates: Map<string, number[]>, a: string, b: string): Comparison {
  const [mine, theirs] = [sideOf(rates, a), sideOf(rates, b)];
  const ratios = mine.map((rate, round) => rate / (theirs[round] ?? NaN));
  const detail = `${a} ${count(median(mine))}, ${b} ${count(median(theirs))} per s`;
  return { value: median(ratios), unit: "x", detail };
}

function sideOf(sides: Map<string, number[]>, key: string) {
  const side = sides.get(key);
  if (!side) throw new Error(`${key} was not measured`);
  return side;
}

export const atLeast = (value: number | undefined): { target?: Target } =>
  value === undefined ? {} : { target: { atLeast: value } };
