import { applyEvent, type EventEffect } from "../apply-event.ts";
import type { Rpc } from "../rpc.ts";
import type { Finding } from "./books.ts";
import { checkAccount } from "./check-account.ts";
import { endSecond } from "./end-second.ts";
import { type Auditor, readAgain } from "./look.ts";
import { readListedEvent } from "./read-listed-event.ts";

export type Fixer = Omit<Auditor, "now"> & { rpc: Rpc };

/** Each open finding, or the one that is named, by the one action there is for it. Answers how many that has closed. */
export async function fixFindings(
  fixer: Fixer,
  effects: EventEffect[],
  reason: string,
  only?: number,
): Promise<number> {
  await checkAccount(fixer);
  const all = await openFindings(fixer);
  const chosen = only === undefined ? all : all.filter(({ id }) => id === only);
  let closed = 0;
  for (const finding of chosen) {
    const problem = await fixOne(fixer, effects, finding, reason);
    if (problem === null) closed += 1;
    fixer.tell(`${finding.id} ${finding.kind} ${finding.objectId}: ${problem ?? "fixed"}`);
  }
  // What one action has brought to light, or made possible, takes another.
  return closed > 0 && only === undefined ? closed + (await fixFindings(fixer, effects, reason)) : closed;
}

/** Null when the finding is closed, else why it stays open. */
async function fixOne(fixer: Fixer, effects: EventEffect[], finding: Finding, reason: string) {
  const { books, stripe } = fixer;
  const { id, noun, objectId, accountId } = finding;
  if (noun === null) {
    const event = await readListedEvent(await stripe.events.retrieve(objectId));
    const effect = effects.find(({ type }) => type === event.type);
    const answer = await applyEvent(fixer, event, effect);
    return "reason" in answer ? answer.reason : (await books.fix(id, reason, null)).problem;
  }
  const reading = await readAgain(fixer, noun, objectId);
  const kinds = await books.compare(noun, { id: objectId, accountId }, reading, true);
  // It may be no more since, by an event or by the action before this one.
  if (!kinds.includes(finding.kind)) return null;
  if (finding.kind !== "second_subscription" || accountId === null)
    return (await books.fix(id, reason, reading)).problem;
  await endSecond(fixer, objectId, accountId, reason);
  return (await books.fix(id, reason, await readAgain(fixer, noun, objectId))).problem;
}

async function openFindings({ books }: Fixer): Promise<Finding[]> {
  const all: Finding[] = [];
  for (;;) {
    const page = await books.openFindings(all.at(-1)?.id ?? null);
    if (page.length === 0) return all;
    all.push(...page);
  }
}
