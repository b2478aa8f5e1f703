// Beside chance: each pair of acts on one account, with both orders of commit forced, and the first one's rollback.
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { acts, one, openingOf } from "./acts";
import { type Checked, checkPair } from "./check-pair";
import { sqlOfTurn } from "./line";
import { openStage, type Stage } from "./stage";

// In `npm test` each two acts stand in one of their two orders; SCHEDULES=all checks both.
const isChecked = (i: number, j: number) =>
  process.env.SCHEDULES === "all" || i === j || i < j === ((i + j) % 2 === 0);

let stages: Stage[];
beforeAll(async () => {
  stages = await Promise.all([0, 1, 2].map(() => openStage(inject("pgPort"))));
});
afterAll(() => Promise.all(stages.map(({ end }) => end())));

test("each act does what it is there for, by itself", async () => {
  const [stage] = stages;
  for (const [name, act] of Object.entries(acts)) {
    const people = await stage?.prepare(openingOf(act));
    const answer = people && (await stage?.observer.call(act.turn, people, one));
    expect(answer, name).toBeDefined();
    expect(answer, name).not.toHaveProperty("error");
    expect(answer?.success ?? true, name).toBe(true);
  }
});

test("any two acts on one account, at once: as one after the other", { timeout: 900_000 }, async () => {
  const all = Object.entries(acts);
  const pairs = all.flatMap((first, i) =>
    all.filter((_, j) => isChecked(i, j)).map((second) => [first, second] as const),
  );
  const checked: Checked[] = [];
  await Promise.all(
    stages.map(async (stage) => {
      for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
        const [[a, first], [b, second]] = pair;
        const { problems, ...seen } = await checkPair(stage, first, second);
        checked.push({ ...seen, problems: problems.map((problem) => `${a}, then ${b}: ${problem}`) });
      }
    }),
  );
  expect(checked.flatMap(({ problems }) => problems)).toEqual([]);
  expect(await Promise.all(stages.map(({ problems }) => problems()))).toEqual(stages.map(() => "null"));
  // Else it has not shown what it should: most wait, and of these most come too late for an old snapshot.
  const share = (of: "waited" | "tooLate" | "judged") =>
    checked.filter((one) => one[of]).length / checked.length;
  expect(share("waited")).toBeGreaterThan(0.8);
  expect(share("tooLate")).toBeGreaterThan(0.7);
  expect(share("judged")).toBeGreaterThan(0.5);
});

// What is compared or proposed changes nothing; a refund is begun by a note, and a top-up by a claim: their events are
// what acts. A currency, an agreement, an offer and a message are no credits.
test("every verb that names an account is among the acts; of the reads one stands for all", async () => {
  const verbs = await stages[0]?.observer.ask(
    `select string_agg(proname, ' ') from pg_proc
     where pronamespace = 'public'::regnamespace and array_to_string(proargnames, ' ') like '%account_id%'
       and provolatile = 'v' and proname !~ '^(get_|balance_at$|link_customer$|compare_object$|propose_refund$|start_refund$|take_turn$|set_currency$|set_auto_topup$|claim_topups$|answer_topup$|offer_custom_plan$|withdraw_custom_plan$|request_contact$)'`,
  );
  const calls = Object.values(acts).map(({ turn }) => sqlOfTurn(turn, { ada: "", bob: "" }));
  expect(verbs?.split(" ").length).toBeGreaterThan(20);
  expect(verbs?.split(" ").filter((verb) => !calls.some((call) => call.includes(`${verb}(`)))).toEqual([]);
});
