// What Stripe tells of one customer, asked for instead of being sent, and given to the function's own code.
import type Stripe from "stripe";
import { applyEvent } from "../../supabase/functions/_shared/apply-event.ts";
import { createBillingDatabase } from "../../supabase/functions/_shared/billing-database.ts";
import { readListedEvent } from "../../supabase/functions/_shared/reconcile/read-listed-event.ts";
import { effects } from "../../supabase/functions/stripe-webhook/effects.ts";
import { callFunction } from "../lives/play";
import type { TestDb } from "../support/db";
import type { Account } from "./account";

/** Opened before the customer is made. */
export async function openInbox({ stripe, recorder, quietLooks, wait }: Account, db: TestDb) {
  const database = createBillingDatabase(async (name, args) =>
    (await callFunction(db.pool, name, args)).json(),
  );
  const [last] = (await stripe.events.list({ limit: 1 })).data;
  const seen = new Set<string>();
  const own = new Set<string>();
  const types: string[] = [];

  /** From the same event on each time: one that Stripe lists late may be older than those that are known. */
  async function told(): Promise<Stripe.Event[]> {
    if (last) return Array.fromAsync(stripe.events.list({ ending_before: last.id, limit: 100 }));
    return (await Array.fromAsync(stripe.events.list({ limit: 100 }))).reverse();
  }

  /** Refunds and disputes do not name their customer, but a payment that does. */
  function isOwn({ data }: Stripe.Event) {
    const named = JSON.stringify(data).match(/\b[a-z]+_\w+/g) ?? [];
    return named.some((id) => own.has(id));
  }

  async function look(): Promise<number> {
    let found = 0;
    for (const event of await told()) {
      if (seen.has(event.id) || !isOwn(event)) continue;
      found += 1;
      seen.add(event.id);
      if ("id" in event.data.object) own.add(String(event.data.object.id));
      recorder.event(event);
      const effect = effects.find(({ type }) => type === event.type);
      if (!effect) continue;
      types.push(event.type);
      const answer = await applyEvent({ stripe, database }, await readListedEvent(event), effect);
      if ("reason" in answer) throw new Error(`${event.type} ${event.id}: ${answer.reason}`);
    }
    return found;
  }

  return {
    types,
    of: (customer: string) => own.add(customer),
    /** Until nothing more is told. */
    async empty() {
      for (let quiet = 0; quiet < quietLooks; ) {
        await wait();
        quiet = (await look()) > 0 ? 0 : quiet + 1;
      }
    },
  };
}
