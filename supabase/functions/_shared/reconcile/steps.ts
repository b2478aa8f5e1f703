import { paymentMethodFacts } from "../../stripe-webhook/readers/payment-method.ts";
import type { EventEffect, Services } from "../apply-event.ts";
import type { StripeNoun } from "../billing-database.ts";
import { isoTime } from "../stripe-fields.ts";
import type { Known, Run } from "./books.ts";
import { type Auditor, type Found, isMissing, lookAt, sinceOnItsWay } from "./look.ts";
import { type Paging, readerOf, type Walk, walks } from "./walks.ts";

/** A part of the walk: one page at a time, each answering where the next begins. */
export type Step = {
  name: string;
  go: (after: string | null, ticket: number) => Promise<{ lookedAt: number; next: string | null }>;
};
type Page = { found: Found[]; next: string | null };

const MONTH = 30 * 86_400; // so long Stripe keeps events

/** What Stripe lists, what the books know beside it, events, and what was found before. */
export function stepsOf(auditor: Auditor, effects: EventEffect[], run: Run): Step[] {
  const seen = new Set<string>();
  const objects = (name: string, noun: StripeNoun, page: (after: string | null) => Promise<Page>): Step => ({
    name,
    async go(after, ticket) {
      const { found, next } = await page(after);
      const unseen = found.filter(({ id }) => !seen.has(id));
      await lookAt(auditor, noun, ticket, unseen);
      for (const { id } of unseen) seen.add(id);
      return { lookedAt: unseen.length, next };
    },
  });
  const known = (noun: StripeNoun) =>
    objects(`${noun}, of the books`, noun, (after) => knownPage(auditor, run, noun, after));
  return [
    ...walks.flatMap((walk) => [
      objects(`${walk.noun}, of Stripe`, walk.noun, (after) => listedPage(auditor, run, walk, after)),
      ...(walk.noun === "product" || walk.noun === "price" ? [] : [known(walk.noun)]),
    ]),
    objects("payment_method, of Stripe", "payment_method", (after) => methodsPage(auditor, run, after)),
    known("payment_method"),
    eventStep(auditor, effects, run),
    findingStep(auditor, seen),
  ];
}

async function listedPage({ stripe }: Services, run: Run, walk: Walk, after: string | null): Promise<Page> {
  const since = Math.floor(run.since.getTime() / 1000);
  const { listed, hasMore } = await pageAfter(after, (paging) => walk.list(stripe, paging, since));
  const found = listed.map((one) => ({ ...one, accountId: null }));
  return { found, next: hasMore ? (found.at(-1)?.id ?? null) : null };
}

/** What a walk was cut off at may be gone when it goes on: then the list is read from its beginning. */
async function pageAfter<T>(after: string | null, list: (paging: Paging) => Promise<T>): Promise<T> {
  const first = { limit: 100 };
  if (after === null) return list(first);
  return list({ ...first, starting_after: after }).catch((error) => {
    if (isMissing(error)) return list(first);
    throw error;
  });
}

async function knownPage(
  { stripe, books }: Auditor,
  run: Run,
  noun: StripeNoun,
  after: string | null,
): Promise<Page> {
  const rows = await books.known(noun, run.since, after);
  const read = readerOf(noun);
  const found = rows.map(({ objectId: id, accountId }) => ({
    id,
    accountId,
    read: () => read(stripe, id, null),
  }));
  return { found, next: placeAfter(rows) };
}

/** A page that is not full is the last. */
const placeAfter = (rows: Known[]) => (rows.length < 100 ? null : (rows.at(-1)?.place ?? null));

/** A customer who was deleted has none any more. */
async function methodsPage({ stripe, books }: Auditor, run: Run, after: string | null): Promise<Page> {
  const rows = await books.known("customer", run.since, after);
  const found: Found[] = [];
  for (const { objectId: customer, accountId } of rows) {
    const methods = await Array.fromAsync(
      stripe.customers.listPaymentMethods(customer, { limit: 100 }),
    ).catch((error) => {
      if (isMissing(error)) return [];
      throw error;
    });
    for (const method of methods)
      found.push({ id: method.id, accountId, read: () => paymentMethodFacts(method, customer) });
  }
  return { found, next: placeAfter(rows) };
}

/**
 * Events that have an effect here and never came, but for those that Stripe is about to deliver. Those about customers and
 * the catalog are not asked for: all of these objects are compared, however old they are.
 */
function eventStep({ stripe, books, now }: Auditor, effects: EventEffect[], { since }: Run): Step {
  const whole: StripeNoun[] = ["customer", "product", "price"];
  const types = new Set<string>(effects.filter(({ noun }) => !whole.includes(noun)).map(({ type }) => type));
  return {
    name: "event",
    async go(after) {
      const seconds = Math.max(since.getTime(), now().getTime() - MONTH * 1000) / 1000;
      const onItsWay = sinceOnItsWay(now());
      const created = { gte: Math.floor(seconds) };
      const { data, has_more: hasMore } = await pageAfter(after, (paging) =>
        stripe.events.list({ ...paging, created }),
      );
      const due = data.filter(
        ({ type, pending_webhooks, created }) =>
          types.has(type) && !(pending_webhooks > 0 && created >= onItsWay),
      );
      await books.compareEvents(due.map(({ id, created }) => ({ id, createdAt: isoTime(created) })));
      return { lookedAt: data.length, next: hasMore ? (data.at(-1)?.id ?? null) : null };
    },
  };
}

/** What was found in another run is closed when it is no more. */
function findingStep(auditor: Auditor, seen: Set<string>): Step {
  const { books, stripe } = auditor;
  return {
    name: "finding",
    async go(after) {
      const findings = await books.openFindings(after === null ? null : Number(after));
      const events = findings.filter(({ noun }) => noun === null);
      await books.compareEvents(
        events.map(({ objectId, happenedAt }) => ({ id: objectId, createdAt: happenedAt })),
      );
      for (const { noun, objectId: id, accountId } of findings) {
        if (noun === null || seen.has(id)) continue;
        seen.add(id);
        const ticket = await books.drawTicket();
        const read = () => readerOf(noun)(stripe, id, null);
        await lookAt(auditor, noun, ticket, [{ id, accountId, read }]);
      }
      return { lookedAt: findings.length, next: findings.at(-1)?.id.toString() ?? null };
    },
  };
}
