// Random lives, until so many steps are done. The first on which a check finds something is made as short as it will go.
import fc from "fast-check";
import type { Check } from "./check.ts";
import type { Player } from "./play.ts";
import { stepsOf } from "./resolve.ts";
import { type Step, scriptOf } from "./steps.ts";
import { life } from "./wishes.ts";

export type Failure = { seed: number; found: string; steps: Step[] };

/** Draws the lives of the seeds from `seed` on. */
export async function explore(
  player: Player,
  check: Check,
  seed: number,
  steps: number,
): Promise<Failure | null> {
  for (let next = seed, done = 0; done < steps; next++) {
    const lived = fc.sample(life, { numRuns: 1, seed: next }).flatMap(stepsOf);
    const found = await check(player, lived);
    if (found) return { seed: next, ...(await shortest(player, check, lived, found)) };
    done += lived.length;
  }
  return null;
}

/** Leaves out what the finding does not need: halves, quarters, down to single steps. */
async function shortest(player: Player, check: Check, lived: Step[], foundFirst: string) {
  let steps = lived;
  let found = foundFirst;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = steps.length - size; at >= 0; at -= size) {
      const fewer = steps.toSpliced(at, size);
      const still = fewer.length > 0 && (await check(player, fewer));
      if (still) [steps, found] = [fewer, still];
    }
  return { steps, found };
}

export function reportOf({ seed, found, steps }: Failure): string {
  return `seed ${seed}, ${steps.length} steps: ${found}\n${scriptOf(steps)}`;
}
