// npm test: everything, a line per tier, the full output of what failed, and one line that sums it up.
import { browser } from "./browser.ts";
import { explain, step } from "./steps.mjs";
import { lint, nextBuild, type Outcome, recordStripe, sum, types, vitest } from "./tiers.ts";

const stripe = recordStripe();
const tiers: [name: string, run: () => Promise<Outcome>][] = [
  ["format and lint", lint],
  ["types", types],
  ["vitest", vitest],
  ["next build", nextBuild],
  ["browser", browser],
  ["Stripe contract", stripe.contract],
];

if (process.argv.includes("--native")) {
  const { native } = await import("./native-check.ts");
  tiers.push(["PostgreSQL 15", native]);
}

const outcomes: Outcome[] = [];
for (const [name, run] of tiers) {
  const outcome = await step(name, () => run().catch(asFailure), judge);
  if (outcome.failed > 0) console.log(`\n${outcome.output.trim()}\n`);
  outcomes.push(outcome);
}
stripe.end();
const { passed, failed } = sum(outcomes);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function judge({ passed, failed, skipped }: Outcome) {
  return { ok: failed === 0, note: skipped ? `skipped: ${skipped}` : `${passed} of ${passed + failed}` };
}

function asFailure(error: unknown): Outcome {
  return { passed: 0, failed: 1, output: explain(error) };
}
