// Instants are microseconds since 1970, as Postgres counts them; a number holds them exactly until the year 2255.

export type Instant = number;

export const second = 1_000_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The n-th claim date of an account: a month later each, always counted from the day it was opened, 00:00 UTC. */
export function claimDate(openedAt: Instant, months: number): Instant {
  const opened = new Date(openedAt / 1000);
  const month = opened.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(opened.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(opened.getUTCFullYear(), month, Math.min(opened.getUTCDate(), lastDay)) * 1000;
}

/** As ISO 8601 with microseconds. */
export function iso(at: Instant): string {
  const withinSecond = ((at % second) + second) % second;
  const whole = new Date((at - withinSecond) / 1000).toISOString();
  return whole.replace(/\.\d+Z$/, `.${String(withinSecond).padStart(6, "0")}Z`);
}

// For JSON. Large numbers are instants: nothing else in a step or in the books is as large.
const isInstant = (value: unknown): value is Instant =>
  typeof value === "number" && value > 1e14 && value < 1e17;
export const toWords = (_: string, value: unknown) => (isInstant(value) ? iso(value) : value);
export const fromWords = (_: string, value: unknown) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT|^infinity$/.test(value) ? instantOf(value) : value;

/** As Postgres says it in JSON: in any time zone, to the microsecond, or infinity. */
function instantOf(text: string): Instant {
  if (text === "infinity") return Number.POSITIVE_INFINITY;
  const [, upToSeconds = "", fraction = "", zone = ""] =
    /^(.+T\d\d:\d\d:\d\d)(?:\.(\d+))?(.*)$/.exec(text) ?? [];
  return Date.parse(`${upToSeconds}${zone}`) * 1000 + Number(fraction.padEnd(6, "0"));
}
