import { createHash, randomInt } from "node:crypto";
import { invalid } from "./engine/errors.ts";
import type { StripeEvent } from "./engine/types.ts";

/** How badly webhooks are delivered. A chance is between 0 (never) and 1 (always), drawn for each attempt. */
export type Switches = {
  /** All chances are drawn from it: over the same acts the same seed does the same. */
  seed: number;
  /** How often an event comes again: 0.5 every second one, 49 each 50 times. */
  duplicate: number;
  /** Chance that an event is never sent; Stripe's list still has it. */
  drop: number;
  /** Seconds, at most, that an event is held back. */
  delay: number;
  /** Among how many of the events that are due the next is picked. */
  shuffle: number;
  /** How many are sent at once. */
  concurrent: number;
  /** Chance that the endpoint's answer is not heard, so that what it has done is sent to it again. */
  timeout: number;
  /** Chance of a signature by another secret. */
  wrongSecret: number;
  /** Chance of a signature ten minutes old, and of one ten minutes ahead. */
  old: number;
  future: number;
  /** Chance of an event rendered in another version of the API. */
  otherVersion: number;
  /** Chance of an event that says it is of live mode. */
  livemode: number;
  /** Chance that `created` is the first second of its hour, as it then is of the others. */
  sameSecond: number;
};
type Chance = Exclude<keyof Switches, "seed" | "duplicate" | "delay" | "shuffle" | "concurrent">;

const chance = { off: 0, least: 0, most: 1 };
const limits: Record<keyof Switches, { off: number; least: number; most: number }> = {
  seed: { off: 0, least: 0, most: 2 ** 32 },
  duplicate: { off: 0, least: 0, most: 100 },
  drop: chance,
  delay: { off: 0, least: 0, most: 30 * 86_400 },
  shuffle: { off: 1, least: 1, most: 10_000 },
  concurrent: { off: 1, least: 1, most: 100 },
  timeout: chance,
  wrongSecret: chance,
  old: chance,
  future: chance,
  otherVersion: chance,
  livemode: chance,
  sameSecond: chance,
};
const names = Object.keys(limits) as (keyof Switches)[];

/** All of them: those not given are off, and a seed not given is drawn. */
export function readSwitches(given: Partial<Record<string, unknown>> = {}): Switches {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(limits, name)) throw invalid(`There is no such switch: ${name}`, name);
  const read: Partial<Record<string, unknown>> = { seed: randomInt(2 ** 32), ...given };
  const entries = names.map((name) => {
    const { off, least, most } = limits[name];
    const value = Number(read[name] ?? off);
    if (!(value >= least && value <= most))
      throw invalid(`The switch ${name} is a number from ${least} to ${most}`, name);
    return [name, value];
  });
  return Object.fromEntries(entries) as Switches;
}

/** `seed=7 drop=0.2`: what is on, and how to have it again. */
export const describeSwitches = (switches: Switches): string =>
  names
    .filter((name) => name === "seed" || switches[name] !== limits[name].off)
    .map((name) => `${name}=${switches[name]}`)
    .join(" ");

/** A number below 1 that depends on the seed and on what it is drawn for, not on what was drawn before. */
export function draw({ seed }: Switches, ...what: (string | number)[]): number {
  const digest = createHash("sha256")
    .update([seed, ...what].join(" "))
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

export const happens = (switches: Switches, name: Chance, ...what: (string | number)[]): boolean =>
  draw(switches, name, ...what) < switches[name];

/** The event as it is sent: what Stripe's list says of it stays as it is. */
export function disguise(switches: Switches, event: StripeEvent, ...what: number[]): StripeEvent {
  return {
    ...event,
    ...(happens(switches, "otherVersion", ...what) && { api_version: "2024-06-20" }),
    ...(happens(switches, "livemode", ...what) && { livemode: true }),
    ...(happens(switches, "sameSecond", ...what) && { created: event.created - (event.created % 3600) }),
  };
}
