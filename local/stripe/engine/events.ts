import { subscribersOf } from "./endpoints.ts";
import { newId } from "./ids.ts";
import { apiVersion } from "./spec.ts";
import { fromUnix } from "./time.ts";
import type { StripeEvent, StripeObject } from "./types.ts";
import type { Work } from "./work.ts";

/** Writes an event down, and its deliveries, in the transaction of the change it tells of. */
export async function emit(
  work: Work,
  type: string,
  object: StripeObject,
  before?: StripeObject,
): Promise<void> {
  const { state, at, now } = work;
  const endpoints = await subscribersOf(state, type);
  const previous = before && changedFields(before, object);
  const event: StripeEvent = {
    id: newId("evt", 24),
    object: "event",
    api_version: apiVersion,
    created: at,
    data: { object, ...(previous && { previous_attributes: previous }) },
    livemode: false,
    pending_webhooks: endpoints.length,
    request: work.request,
    type,
  };
  await state.insert(event, { sent_at: now });
  await state.db.query(
    "insert into deliveries (event_id, endpoint, next_at) select $1, unnest($2::text[]), $3",
    [event.id, endpoints, fromUnix(now)],
  );
}

/** Saves a changed object and says so, or does nothing when nothing changed. */
export async function update<T extends StripeObject>(
  work: Work,
  type: string,
  before: T,
  after: T,
): Promise<T> {
  if (Object.keys(changedFields(before, after)).length === 0) return before;
  const stamped = "updated" in after ? { ...after, updated: work.at } : after;
  await work.state.save(stamped);
  await emit(work, type, stamped, before);
  return stamped;
}

function changedFields(before: StripeObject, after: StripeObject): Record<string, unknown> {
  const fields = Object.keys(after).filter(
    (field) => JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null),
  );
  return Object.fromEntries(fields.map((field) => [field, before[field] ?? null]));
}
