import type { Asked } from "./play";

export type InSteps = ReturnType<typeof inSteps>;

/** A delivery that stops before it begins, reads and applies, each time until it is told to go on. */
export function inSteps(run: (mayAsk: (asked: Asked) => Promise<void>) => Promise<unknown>) {
  let standsBefore: Asked | "nothing" | undefined;
  let arrival = Promise.withResolvers<void>();
  let leave = Promise.withResolvers<void>();
  const done = run(async (asked) => {
    if (asked === standsBefore) return; // another page of the same reading
    standsBefore = asked;
    arrival.resolve();
    await leave.promise;
  }).finally(() => {
    standsBefore = "nothing";
    arrival.resolve();
  });

  /** Does the step that it stands before; resolves when it stands before the next one, or has ended. */
  async function goOn() {
    await arrival.promise;
    if (standsBefore === "nothing") return done;
    arrival = Promise.withResolvers();
    const { resolve } = leave;
    leave = Promise.withResolvers();
    resolve();
    return arrival.promise;
  }

  return {
    done,
    goOn,
    /** Draws its ticket and reads, and stands before it applies. */
    async read() {
      await arrival.promise;
      while (standsBefore === "begin" || standsBefore === "read") await goOn();
    },
    async end() {
      while (standsBefore !== "nothing") await goOn();
      await done;
    },
  };
}
