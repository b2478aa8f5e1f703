import Stripe from "stripe";
import type { Services } from "../apply-event.ts";
import type { StripeNoun } from "../billing-database.ts";
import { failureOf } from "../failure.ts";
import { idOf } from "../stripe-fields.ts";
import type { Books } from "./books.ts";
import { readerOf } from "./walks.ts";

export type Auditor = Services & { books: Books; now: () => Date; tell: (line: string) => void };
type Facts = object | null;
/** Something to be looked at: how to read it the first time, and whose it is as far as the books know. */
export type Found = { id: string; accountId: string | null; read: () => Facts | Promise<Facts> };

/** Readings at once: an account in test mode may ask Stripe 25 times a second. */
const AT_ONCE = 6;
/** What Stripe has told of in the last ten minutes may still be on its way. */
const ON_ITS_WAY = 600;

/**
 * Compares objects with the books. What differs is looked at again before it counts, unless Stripe is still telling of
 * it: whatever changes while this runs is no difference.
 */
export async function lookAt(auditor: Auditor, noun: StripeNoun, ticket: number, all: Found[]) {
  const { books, stripe } = auditor;
  const differing: { found: Found; facts: Facts }[] = [];
  await inParallel(all, (found) =>
    patiently(auditor, noun, found.id, async () => {
      const facts = await orNull(async () => found.read());
      const kinds = await books.compare(noun, found, { ticket, facts }, false);
      if (kinds.length > 0) differing.push({ found, facts });
    }),
  );
  if (differing.length === 0) return;
  const untold = await untoldIds(stripe, auditor.now());
  const sure = differing.filter(
    ({ found, facts }) => ![found.id, ...idsIn(facts)].some((id) => untold.has(id)),
  );
  await inParallel(sure, ({ found }) =>
    patiently(auditor, noun, found.id, async () => {
      const reading = await readAgain(auditor, noun, found.id);
      await books.compare(noun, found, reading, true);
    }),
  );
}

/** The object as it is now, under a ticket of its own; null facts: Stripe has no such object. */
export async function readAgain(
  { books, stripe }: Pick<Auditor, "books" | "stripe">,
  noun: StripeNoun,
  id: string,
) {
  const ticket = await books.drawTicket();
  return { ticket, facts: await orNull(() => readerOf(noun)(stripe, id, null)) };
}

/** One object that cannot be read or compared is told of, and does not keep the others from being looked at. */
async function patiently({ tell }: Auditor, noun: StripeNoun, id: string, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    const { status, reason } = failureOf(error);
    if (status === 503) throw error;
    tell(`${noun} ${id} could not be compared: ${reason}`);
  }
}

async function orNull(read: () => Promise<Facts> | Promise<Facts | Promise<Facts>>): Promise<Facts> {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

export const isMissing = (error: unknown) =>
  error instanceof Stripe.errors.StripeError && error.code === "resource_missing";

async function untoldIds(stripe: Stripe, now: Date): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const event of stripe.events.list({ created: { gte: sinceOnItsWay(now) }, limit: 100 }))
    if (event.pending_webhooks > 0) for (const id of idsIn(event.data.object)) ids.add(id);
  return ids;
}

export const sinceOnItsWay = (now: Date) => Math.floor(now.getTime() / 1000) - ON_ITS_WAY;

/** The object's own id, and those of what else its change may concern. */
function idsIn(object: object | null): string[] {
  const fields = new Map<string, unknown>(Object.entries(object ?? {}));
  return ["id", "customer", "payment_intent", "invoice", "subscription"]
    .map((name) => idOf(fields.get(name) as string | { id: string } | null | undefined))
    .filter((id) => typeof id === "string");
}

async function inParallel<T>(items: T[], work: (item: T) => Promise<void>) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}
