// The same calls one after the other: what Postgres then says, and what the model says.
import { difference } from "../properties/compare.ts";
import { perform } from "../properties/model/perform.ts";
import { newWorld } from "../properties/model/world.ts";
import type { Json } from "../properties/play.ts";
import { type Act, after, began, one, openingOf } from "./acts.ts";
import { inWords, type People, type Said, stepOf } from "./line.ts";
import type { Stage } from "./stage.ts";

/** An act at its instant. */
export type Timed = { act: Act; at: number };
/** What each act answered, in the order of the instants, and all rows afterwards. */
export type Told = { answers: Said[]; rows: Json };

/** One call after the other, in this order; leaves no trace. */
export async function inTurn(stage: Stage, people: People, timed: Timed[]): Promise<Told> {
  await stage.first.query("begin");
  const said: { at: number; answer: Said }[] = [];
  for (const { act, at } of timed) said.push({ at, answer: await stage.first.call(act.turn, people, at) });
  const rows = await stage.tell(stage.first, people);
  await stage.first.query("rollback");
  return { answers: said.sort((a, b) => a.at - b.at).map(({ answer }) => answer), rows };
}

/** The accounts as they stand. */
export const rowsOf = async (stage: Stage, people: People) => (await inTurn(stage, people, [])).rows;

/** All turns that led here, the openings included, as the model's steps; fewer where it does not know one. */
function stepsOf(timed: Timed[]) {
  const opening = openingOf(...timed.map(({ act }) => act)).map((turn) => ({ turn, at: began }));
  const turns = [...opening, ...timed.map(({ act: { turn }, at }) => ({ turn, at }))];
  const steps = turns.flatMap(({ turn, at }) => stepOf(turn, "ada", at) ?? []);
  return { steps, isWhole: steps.length === turns.length };
}

/** Whether the model knows all of these calls. */
export const isModelled = (timed: Timed[]) => stepsOf(timed).isWhole;

/** What the model says otherwise of what was told, or null: it agrees. */
export async function objection(stage: Stage, people: People, timed: Timed[], told: Said[]) {
  let world = newWorld({ ada: { email: "ada@example.com", person: "ada" } });
  const performed = stepsOf(timed).steps.map((step) => {
    const next = perform(world, step);
    world = next.world;
    return next;
  });
  const said = timed.map(({ at }) => ({ answer: told[at === one ? 0 : 1] ?? {}, states: {} }));
  const ada: Json = inWords(await stage.observer.ask("books_of($1)", [people.ada]), people);
  return difference(performed.slice(-timed.length), { steps: said, books: { ada }, problems: [] }, after);
}
