import type { EventEffect } from "../apply-event.ts";
import { checkAccount } from "./check-account.ts";
import type { Auditor } from "./look.ts";
import { stepsOf } from "./steps.ts";

type Parts = Omit<Auditor, "now">;
type Options = { since: Date | null; isTimeUp: () => boolean };

/**
 * Walks over Stripe and the books and leaves a finding for each difference. How far it has come is noted after each page:
 * cut off, or out of time, it is gone on with by the next call.
 */
export async function reconcile(
  parts: Parts,
  effects: EventEffect[],
  options: Options,
): Promise<{ isFinished: boolean; lookedAt: number }> {
  const { books, tell } = parts;
  const run = await books.begin(options.since);
  const ahead = run.asOf.getTime() - Date.now(); // the database's clock decides, and locally it may be moved
  const auditor = { ...parts, now: () => new Date(Date.now() + ahead) };
  await checkAccount(parts);
  const steps = stepsOf(auditor, effects, run);
  const first = Math.max(
    steps.findIndex(({ name }) => name === run.step),
    0,
  );
  let { ticket } = run;
  let lookedAt = 0;
  for (const step of steps.slice(first)) {
    let after = step.name === run.step ? run.place : null;
    do {
      if (options.isTimeUp()) return { isFinished: false, lookedAt };
      const page = await step.go(after, ticket);
      after = page.next;
      lookedAt += page.lookedAt;
      ticket = await books.advance(run, step.name, after, page.lookedAt, false);
    } while (after !== null);
    tell(step.name);
  }
  await books.advance(run, null, null, 0, true);
  return { isFinished: true, lookedAt };
}
