// docs/planted-faults.md: what the last full run said.
import type { Fault } from "./fault.ts";

/** `by` is the test that failed; null: none. */
export type Caught = Fault & { by: string | null; seconds: number };

export function tableOf(results: Caught[]): string {
  const caught = results.filter(({ by }) => by !== null).length;
  const rows = results.map(({ chapter, name, by, seconds }) =>
    [chapter, name, by ?? "**nothing**", seconds.toFixed(1)].map((cell) => inCell(cell)).join(" | "),
  );
  return `# Planted faults

Written by \`npm run test:mutants\`. Each fault is one edit of one migration chapter (\`tests/mutants/faults/\`): it is planted alone in a
new database, then the tests run until the first of them fails. Without any fault all of them pass. Of ${results.length} faults ${caught} were
caught. The seconds are those of making the database and of the tests until then.

| chapter | fault | caught by | seconds |
| --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join("\n")}
`;
}

function inCell(text: string) {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}
