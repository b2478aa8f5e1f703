// Two calls at once, in an order of commits that is forced: the first stops inside its transaction, after its call.
import type { Timed } from "./in-turn.ts";
import type { Level, People, Said } from "./line.ts";
import type { Stage } from "./stage.ts";

export type Pair = [Timed, Timed];
type Raced = { answers: [Said, Said]; waited: boolean };

/** The second transaction is left open. */
export async function race(
  { first, second, observer }: Stage,
  people: People,
  [a, b]: Pair,
  level: Level,
  end: "commit" | "rollback",
): Promise<Raced> {
  await first.query("begin");
  const answer = await first.call(a.act.turn, people, a.at);
  await second.query(`begin isolation level ${level}`);
  const call = second.call(b.act.turn, people, b.at);
  let answered = false;
  const noted = call.finally(() => {
    answered = true;
  });
  const blocked = () => observer.ask("$2 = any (pg_blocking_pids($1))", [second.pid, first.pid]);
  let waited = false;
  while (!answered && !waited) waited = (await blocked()) === "true";
  await first.query(end);
  return { answers: [answer, await noted], waited };
}
