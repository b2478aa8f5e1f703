import type Stripe from "stripe";
import { applyEvent, type EventEffect } from "../apply-event.ts";
import type { Auditor } from "./look.ts";
import { readListedEvent } from "./read-listed-event.ts";

type Replayer = Pick<Auditor, "stripe" | "database" | "books" | "tell">;
type Which = { ids: string[] } | { since: Date };

/** Reads events again that Stripe still has, the oldest first, and applies them as if they were delivered anew. */
export async function replayEvents(
  replayer: Replayer,
  effects: EventEffect[],
  which: Which,
  reason: string,
): Promise<{ replayed: number; failed: number }> {
  let replayed = 0;
  let failed = 0;
  for (const listed of await eventsOf(replayer.stripe, which)) {
    const effect = effects.find(({ type }) => type === listed.type);
    if (!effect) continue;
    await replayer.books.reopen(listed.id, reason);
    const answer = await applyEvent(replayer, await readListedEvent(listed), effect);
    if ("reason" in answer) failed += 1;
    else replayed += 1;
    replayer.tell(`${listed.id} ${listed.type}: ${"reason" in answer ? answer.reason : answer.outcome}`);
  }
  return { replayed, failed };
}

async function eventsOf(stripe: Stripe, which: Which): Promise<Stripe.Event[]> {
  if ("ids" in which) return Promise.all(which.ids.map((id) => stripe.events.retrieve(id)));
  const gte = Math.floor(which.since.getTime() / 1000);
  return (await Array.fromAsync(stripe.events.list({ created: { gte }, limit: 100 }))).reverse();
}
