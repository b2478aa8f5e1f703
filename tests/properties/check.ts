// The two questions that are asked of a list of steps. Each answers what is wrong, in words, or null.
import { difference, differs, type Performed } from "./compare.ts";
import { perform } from "./model/perform.ts";
import { newWorld } from "./model/world.ts";
import { people } from "./people.ts";
import type { Player } from "./play.ts";
import type { Step } from "./steps.ts";

export type Check = (player: Player, steps: Step[]) => Promise<string | null>;

/** Model and Postgres say the same of every answer, every state in between, and all books at the end. */
export const modelAndPostgres: Check = async (player, steps) => {
  const played = await player.play(steps);
  return difference(performAll(steps), played, steps.at(-1)?.at ?? 0);
};

/** The ledger is the same, entry for entry, with jobs on or off. */
export const jobsOnAndOff: Check = async (player, steps) => {
  const alone = steps.filter(({ verb }) => verb !== "sweep");
  const without = await player.play(alone);
  const withJobs = await player.play(alone.flatMap(afterJobs));
  const answers = withJobs.steps
    .filter(({ answer }) => !("settled_all" in answer))
    .map(({ answer }) => answer);
  const names = ["without jobs it", "with jobs"];
  return (
    differs(
      "answers",
      without.steps.map(({ answer }) => answer),
      answers,
      names,
    ) ?? differs("books", without.books, withJobs.books, names)
  );
};

/** A job runs some time before each step, and at its instant. */
function afterJobs(step: Step, index: number, steps: Step[]): Step[] {
  const before = steps[index - 1]?.at ?? step.at;
  const between = Math.floor(before + (step.at - before) / (2 + (index % 3)));
  const job = { verb: "sweep" as const, account: step.account, batch: 1 + (index % 100) };
  return [{ ...job, at: between }, { ...job, at: step.at }, step];
}

function performAll(steps: Step[]): Performed[] {
  let world = newWorld(people);
  return steps.map((step) => {
    const performed = perform(world, step);
    world = performed.world;
    return performed;
  });
}
