// npm run test:crash -- --ops 20000 --kills 5 [--clients 64]: ends with 1 when an answer that was given is not true.
import { parseArgs } from "node:util";
import { type Report, run } from "./run.ts";

const { values } = parseArgs({
  options: {
    ops: { type: "string", default: "20000" },
    kills: { type: "string", default: "5" },
    clients: { type: "string", default: "64" },
    // To see that the harness finds what is lost: with the settings of a test's cluster.
    fast: { type: "boolean", default: false },
  },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
const load = { ops: Number(values.ops), kills: Number(values.kills), clients: Number(values.clients) };
const report = await run(load, values.fast);
console.table(Object.fromEntries(report.verbs));
console.log(inWords(report));
const { lost, doubled, wrong, negative, problems } = report;
process.exit([lost, doubled, wrong, negative, problems].some((list) => list.length > 0) ? 1 : 0);

function inWords(report: Report) {
  const { ops, kills, clients, seconds, verbs, lost, doubled, wrong, negative, problems } = report;
  const sum = (of: "refused" | "unanswered" | "afterCommit") =>
    [...verbs.values()].reduce((all, verb) => all + verb[of], 0);
  const findings = Object.entries({ lost, doubled, wrong, negative, problems });
  return [
    `${ops} operations by ${clients} clients, Postgres killed ${kills} times, ${seconds.toFixed(1)} s`,
    `${sum("unanswered")} not answered and tried again, ${sum("afterCommit")} of them after their commit; ${sum("refused")} refused`,
    `${report.accounts} accounts, ${report.entries} entries, ${report.sealed} sealed; ${report.heads} heads kept elsewhere`,
    ...(report.durable ? [] : ["not durable: a setting is off that production has on"]),
    ...findings.map(
      ([name, list]) =>
        `${list.length} ${name}${list
          .slice(0, 20)
          .map((one) => `\n  ${one}`)
          .join("")}`,
    ),
  ].join("\n");
}
