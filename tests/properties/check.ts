// The two questions that are asked of a list of steps. Each answers what is wrong, in words, or null.
import { difference, differs, type Performed } from "./compare.ts";
import { perform } from "./model/perform.ts";
import type { Instant } from "./model/time.ts";
import { newWorld } from "./model/world.ts";
import { people } from "./people.ts";
import type { Player } from "./play.ts";
import { isJob, type Step } from "./steps.ts";

export type Check = (player: Player, steps: Step[]) => Promise<string | null>;

/** Model and Postgres say the same of every answer, every state in between, and all books at the end. */
export const modelAndPostgres: Check = async (player, steps) => {
  const played = await player.play(steps);
  return difference(performAll(steps), played, steps.at(-1)?.at ?? 0);
};

/** The ledger is the same, entry for entry, with jobs on or off, and so is every answer. */
export const jobsOnAndOff: Check = async (player, steps) => {
  const alone = steps.filter((step) => !isJob(step));
  const among = alone.flatMap(afterJobs);
  const without = await player.play(alone);
  const withJobs = await player.play(among);
  const answers = withJobs.steps.filter((_, n) => among[n] && !isJob(among[n]));
  const said = (all: typeof answers) => all.map(({ answer }) => answer);
  const names = ["without jobs it", "with jobs"];
  return (
    differs("answers", said(without.steps), said(answers), names) ??
    differs("books", without.books, withJobs.books, names) ??
    differs("problems", [[], []], [without.problems, withJobs.problems])
  );
};

/** Jobs run some time before each step, and at its instant. */
function afterJobs(step: Step, index: number, steps: Step[]): Step[] {
  const before = steps[index - 1]?.at ?? step.at;
  const between = Math.floor(before + (step.at - before) / (2 + (index % 3)));
  const { account } = step;
  const jobs = (at: Instant): Step[] => [
    { verb: "sweep", account, at, batch: 1 + (index % 100) },
    { verb: "seal", account, at },
    { verb: "roll up", account, at },
  ];
  return [...jobs(between), ...jobs(step.at), step];
}

function performAll(steps: Step[]): Performed[] {
  let world = newWorld(people);
  return steps.map((step) => {
    const performed = perform(world, step);
    world = performed.world;
    return performed;
  });
}
