// How often a plan allows an operation in a window of the calendar.
import { hasPlan } from "./accounts.ts";
import { reversedOf } from "./reversals.ts";
import type { Instant } from "./time.ts";
import { type Account, type Entry, refuse, type World } from "./world.ts";

type Window = "hour" | "day" | "month";

export const caps: Record<"free" | "basic", Record<string, Partial<Record<Window, number>>>> = {
  free: { t_word: { hour: 1 }, t_page: { day: 2, month: 3 } },
  basic: { t_word: { hour: 2 }, t_page: { day: 3, month: 4 } },
};

/** With its entry written, a use that is one too many takes it back. */
export function checkCaps(world: World, account: Account, { charge, at }: Entry) {
  if (!charge) return;
  const allowed = caps[hasPlan(world, account.id) ? "basic" : "free"][charge.operation] ?? {};
  for (const [window, most] of Object.entries(allowed)) {
    const uses = account.entries.filter(
      (one) =>
        one.charge?.operation === charge.operation &&
        windowOf(one.at, window) === windowOf(at, window) &&
        isUse(account, one),
    );
    if (uses.length > most) refuse("LCLIM");
  }
}

/** Not where a hold was given back, or all that was taken. */
function isUse(account: Account, entry: Entry): boolean {
  if (entry.kind !== "spend" && entry.kind !== "hold") return false;
  const hold = account.holds.find(({ number }) => number === entry.number);
  const isFreed = hold?.state === "released" || hold?.state === "timed_out";
  return !isFreed && reversedOf(account, entry).left > 0;
}

const lengths: Record<string, number> = { hour: 13, day: 10, month: 7 };

/** The window in which an instant lies, by the words of its date in UTC. */
const windowOf = (at: Instant, window: string) => new Date(at / 1000).toISOString().slice(0, lengths[window]);
