import { failed } from "./failure.ts";
import type { Row, Rpc } from "./rpc.ts";
import type { StripeEvent } from "./stripe-event.ts";

/** What `apply_object` knows how to apply. */
export type StripeNoun =
  | "checkout_session"
  | "subscription"
  | "invoice"
  | "payment_intent"
  | "refund"
  | "charge"
  | "dispute"
  | "customer"
  | "payment_method"
  | "price"
  | "product";
export type BillingDatabase = ReturnType<typeof createBillingDatabase>;

const outcomes = ["applied", "duplicate", "stale", "parked", "ignored"] as const;
export type Outcome = (typeof outcomes)[number];

/** The calls that an event makes; each is one transaction. */
export function createBillingDatabase(rpc: Rpc) {
  /** Only what the database says it did is answered: no row is no commit. */
  async function settle(name: string, args: Row): Promise<Outcome> {
    const [row] = await rpc(name, args);
    const outcome = outcomes.find((one) => one === row?.outcome);
    if (!outcome) throw failed({ status: 500, reason: "database: no outcome" });
    return outcome;
  }

  return {
    /** A ticket that orders the read after it; null for an event that was settled before. */
    async beginEvent({ id }: Pick<StripeEvent, "id">): Promise<number | null> {
      const [row] = await rpc("begin_event", { id });
      if (row?.duplicate === true) return null;
      if (typeof row?.ticket !== "number") throw failed({ status: 500, reason: "database: no ticket" });
      return row.ticket;
    },
    /** Applies what was read, and records the event in the same transaction. */
    applyObject: (noun: StripeNoun, event: StripeEvent, ticket: number, facts: object) =>
      settle("apply_object", { noun, ...eventArguments(event), ticket, facts }),
    ignoreEvent: (event: StripeEvent, reason: string) =>
      settle("ignore_event", { ...eventArguments(event), reason }),
    async recordEventFailure(event: StripeEvent, reason: string): Promise<void> {
      await rpc("record_event_failure", { ...eventArguments(event), reason });
    },
  };
}

const eventArguments = (event: StripeEvent) => ({
  event_id: event.id,
  event_type: event.type,
  event_created: event.created,
  api_version: event.apiVersion,
  body_sha256: event.bodySha256,
});
