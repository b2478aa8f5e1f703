// How a recorded life may reach the function.
import fc from "fast-check";
import type Stripe from "stripe";
import type { Recording } from "./record";

/** Deliveries in turn; each finds Stripe as it was after a step of the life. */
export type Storm = { event: Stripe.Event; step: number }[];

/** As Stripe sends it, each event at once, and once. */
export const inOrder = ({ steps }: Recording): Storm =>
  steps.flatMap(({ events }, step) => events.map((event) => ({ event, step })));

// So many steps late; beyond the end are those that were lost, and replayed when all was over.
const late = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 2 }) }, fc.nat({ max: 12 }), fc.constant(1000));
const copy = fc.record({ late, place: fc.nat() });
const copies = fc.oneof(
  { weight: 3, arbitrary: fc.array(copy, { minLength: 1, maxLength: 1 }) },
  fc.array(copy, { minLength: 2, maxLength: 4 }),
);

/** Each event once or more often, never before it happened, and what comes in one step in any order. */
export function drawnDeliveries(life: Recording): fc.Arbitrary<Storm> {
  const sent = inOrder(life);
  const end = life.steps.length - 1;
  const [first] = sent;
  const drawn = fc.array(copies, { minLength: sent.length, maxLength: sent.length });
  return fc.record({ drawn, isOneSecond: fc.boolean() }).map(({ drawn, isOneSecond }) =>
    sent
      .flatMap(({ event, step }, n) =>
        (drawn[n] ?? []).map(({ late, place }) => ({
          event: isOneSecond ? { ...event, created: first?.event.created ?? event.created } : event,
          step: Math.min(step + late, end),
          place,
        })),
      )
      .toSorted((a, b) => a.step - b.step || a.place - b.place),
  );
}
