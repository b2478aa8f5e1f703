import type { Interval, Price } from "./types.ts";

export const hour = 3600;
export const day = 24 * hour;
/** What waits for its first payment, a beginning or a change, waits 23 hours. */
export const unpaidEndsAfter = 23 * hour;
/** Stripe's "some time later": when a test card's refund or dispute goes on. */
export const soon = 60;
export const unix = (date: Date) => Math.floor(date.getTime() / 1000);
export const fromUnix = (seconds: number) => new Date(seconds * 1000);

/** The end of the period that begins now; a price that says nothing is of a month. */
export const periodFrom = (at: number, { recurring }: Price, periods = 1): number =>
  nextPeriodEnd(at, at, recurring?.interval ?? "month", periods * (recurring?.interval_count ?? 1));

/** The end of the period that follows `end`, counted from the anchor: 31 January, 28 February, 31 March. */
export function nextPeriodEnd(anchor: number, end: number, interval: Interval, count: number): number {
  if (interval === "day" || interval === "week") return end + count * day * (interval === "week" ? 7 : 1);
  const from = fromUnix(anchor);
  const to = fromUnix(end);
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return addMonths(anchor, months + count * (interval === "year" ? 12 : 1));
}

/** Same day and time so many months on; the last day of a month that is shorter. */
export function addMonths(anchor: number, months: number): number {
  const from = fromUnix(anchor);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const midnight = Date.UTC(
    first.getUTCFullYear(),
    first.getUTCMonth(),
    Math.min(from.getUTCDate(), lastDay),
  );
  return midnight / 1000 + (anchor % day);
}
