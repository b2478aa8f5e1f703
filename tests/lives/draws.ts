// How a recorded life may reach the function.
import fc from "fast-check";
import type Stripe from "stripe";
import type { Recording } from "./record";

export type Delivery = { event: Stripe.Event };
/** What deliveries do in turn: each reads Stripe as it was after a step of the life, and applies that then or later. */
export type Storm = { delivery: Delivery; does: "read" | "apply"; step: number }[];

const sentOf = ({ steps }: Recording) =>
  steps.flatMap(({ events }, step) => events.map((event) => ({ event, step })));

/** As Stripe sends it, each event at once, and once. */
export const inOrder = (life: Recording): Storm =>
  sentOf(life).flatMap(({ event, step }) => {
    const delivery = { event };
    return (["read", "apply"] as const).map((does) => ({ delivery, does, step }));
  });

// So many steps late; beyond the end are those that were lost, and replayed when all was over.
const late = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 2 }) }, fc.nat({ max: 12 }), fc.constant(1000));
const slow = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat({ max: 3 }));
const copy = fc.record({ late, place: fc.nat(), slow, placeToApply: fc.nat() });
const copies = fc.oneof(
  { weight: 3, arbitrary: fc.array(copy, { minLength: 1, maxLength: 1 }) },
  fc.array(copy, { minLength: 2, maxLength: 4 }),
);

/** Each event once or more often, never before it happened, and what comes in one step in any order. */
export function drawnStorm(life: Recording): fc.Arbitrary<Storm> {
  const sent = sentOf(life);
  const end = life.steps.length - 1;
  const [first] = sent;
  const drawn = fc.array(copies, { minLength: sent.length, maxLength: sent.length });
  return fc.record({ drawn, isOneSecond: fc.boolean() }).map(({ drawn, isOneSecond }) =>
    sent
      .flatMap(({ event, step }, n) =>
        (drawn[n] ?? []).flatMap(({ late, place, slow, placeToApply }) => {
          const created = isOneSecond ? (first?.event.created ?? event.created) : event.created;
          const delivery = { event: { ...event, created }, [fc.toStringMethod]: () => `"${event.type}"` };
          const readAt = Math.min(step + late, end);
          const appliedAt = Math.min(readAt + slow, end);
          // What is written in the step in which it was read is written after that.
          const after = appliedAt > readAt ? placeToApply : Math.max(place, placeToApply);
          return [
            { delivery, does: "read" as const, step: readAt, place },
            { delivery, does: "apply" as const, step: appliedAt, place: after },
          ];
        }),
      )
      .toSorted((a, b) => a.step - b.step || a.place - b.place),
  );
}
