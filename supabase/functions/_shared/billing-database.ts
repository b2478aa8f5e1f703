import { createClient } from "@supabase/supabase-js";
import type { Env } from "./env.ts";
import { failed } from "./failure.ts";
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
export function createBillingDatabase({ supabaseUrl, supabaseSecretKey }: Env) {
  const client = createClient(supabaseUrl, supabaseSecretKey, { auth: { persistSession: false } });

  async function call(name: string, args: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { data, error, status } = await client.rpc(name, args).abortSignal(AbortSignal.timeout(20_000));
    if (!error) return data?.[0] ?? {};
    if (status === 0) throw failed({ status: 503, reason: "database: away" });
    const away = status >= 502 || isAway(error.code);
    throw failed({ status: away ? 503 : 500, reason: `database: ${error.code || status}` });
  }

  /** Only what the database says it did is answered: no row is no commit. */
  async function settle(name: string, args: Record<string, unknown>): Promise<Outcome> {
    const row = await call(name, args);
    const outcome = outcomes.find((one) => one === row.outcome);
    if (!outcome) throw failed({ status: 500, reason: "database: no outcome" });
    return outcome;
  }

  return {
    /** A ticket that orders the read after it; null for an event that was settled before. */
    async beginEvent({ id }: StripeEvent): Promise<number | null> {
      const { duplicate, ticket } = await call("begin_event", { id });
      if (duplicate === true) return null;
      if (typeof ticket !== "number") throw failed({ status: 500, reason: "database: no ticket" });
      return ticket;
    },
    /** Applies what was read, and records the event in the same transaction. */
    applyObject: (noun: StripeNoun, event: StripeEvent, ticket: number, facts: object) =>
      settle("apply_object", { noun, ...eventArguments(event), ticket, facts }),
    ignoreEvent: (event: StripeEvent, reason: string) =>
      settle("ignore_event", { ...eventArguments(event), reason }),
    async recordEventFailure(event: StripeEvent, reason: string): Promise<void> {
      await call("record_event_failure", { ...eventArguments(event), reason });
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

/** No connection, no room, no time, or a lock that the next attempt will get. */
const isAway = (code: string) => /^(08|40|53|57|55P03|PGRST00)/.test(code);
