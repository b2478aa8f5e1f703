// What two calls at once may come to: what they come to one after the other, in the order of their commits. A second
// call that waits commits second; one that does not has committed first, or the first has changed nothing for it.
import { differs } from "../properties/compare.ts";
import { type Act, one, openingOf, two } from "./acts.ts";
import { inTurn, isModelled, objection, rowsOf, type Told } from "./in-turn.ts";
import type { People } from "./line.ts";
import { type Pair, race } from "./race.ts";
import type { Stage } from "./stage.ts";

/** What is wrong with a first and a second call, in words, and what was to be seen of them. */
export type Checked = { problems: string[]; waited: boolean; tooLate: boolean; judged: boolean };

export async function checkPair(stage: Stage, first: Act, second: Act): Promise<Checked> {
  const pair: Pair = [
    { act: first, at: one },
    { act: second, at: two },
  ];
  const turns = openingOf(first, second);
  const people = await stage.prepare(turns);
  const undone = await afterRollback(stage, people, pair);
  const orders: Pair[] = undone.waited ? [pair] : [pair, [pair[1], pair[0]]];
  const firstAlone = await inTurn(stage, people, [pair[0]]);
  const inOrder: Told[] = [];
  for (const order of orders) inOrder.push(await inTurn(stage, people, order));
  const done = await committed(stage, people, pair, orders, inOrder);
  const strict = await tooLate(stage, await stage.prepare(turns), pair, firstAlone, inOrder);
  const found = [undone.problem, done.problem, done.objection, strict.problem];
  return {
    problems: found.filter((problem) => problem !== null),
    waited: undone.waited,
    tooLate: strict.tooLate,
    judged: done.judged,
  };
}

/** The second call finds what it would have found alone. */
async function afterRollback(stage: Stage, people: People, pair: Pair) {
  await stage.first.query("begin");
  const alone = await stage.first.call(pair[1].act.turn, people, two);
  await stage.first.query("rollback");
  const { answers, waited } = await race(stage, people, pair, "read committed", "rollback");
  await stage.second.query("rollback");
  return { waited, problem: differs("after a rollback", alone, answers[1], ["alone it", "it"]) };
}

const names = ["in turn it", "at once it"];

async function committed(stage: Stage, people: People, pair: Pair, orders: Pair[], inOrder: Told[]) {
  const { answers } = await race(stage, people, pair, "read committed", "commit");
  await stage.second.query("commit");
  const told = { answers, rows: await rowsOf(stage, people) };
  const judged = orders.every((order) => isModelled(order));
  const objections: (string | null)[] = [];
  for (const order of judged ? orders : []) objections.push(await objection(stage, people, order, answers));
  return {
    judged,
    problem: best(inOrder.map((one) => differs("it", one, told, names))),
    objection: best(objections),
  };
}

/** REPEATABLE READ: a call that finds changed what it saw raises 40001, and has done nothing. */
async function tooLate(stage: Stage, people: People, pair: Pair, firstAlone: Told, inOrder: Told[]) {
  const { answers } = await race(stage, people, pair, "repeatable read", "commit");
  await stage.second.query("commit"); // whoever goes on after the failure commits nothing of it
  const rows = await rowsOf(stage, people);
  const tooLate = answers[1].error === "40001";
  const problem = tooLate
    ? differs("rows after 40001", firstAlone.rows, rows, names)
    : best(inOrder.map((one) => differs("repeatable read", one, { answers, rows }, names)));
  return { tooLate, problem };
}

/** Null when one of them is. */
const best = (problems: (string | null)[]) => (problems.includes(null) ? null : (problems[0] ?? null));
