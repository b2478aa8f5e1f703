import { createClient } from "@supabase/supabase-js";
import type { Env } from "./env.ts";
import { failed } from "./failure.ts";
import type { StripeEvent } from "./stripe-event.ts";

/** The functions that apply an object and record its event in the same transaction. */
export type ApplyFunction = "apply_checkout_session" | "apply_subscription" | "apply_invoice";
export type BillingDatabase = ReturnType<typeof createBillingDatabase>;

/** The calls that an event makes; each is one transaction. */
export function createBillingDatabase({ supabaseUrl, supabaseSecretKey }: Env) {
  const client = createClient(supabaseUrl, supabaseSecretKey, { auth: { persistSession: false } });

  async function call(name: string, args: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { data, error, status } = await client.rpc(name, args).abortSignal(AbortSignal.timeout(20_000));
    if (!error) return data?.[0] ?? {};
    const away = isAway(error.code, status);
    throw failed({ status: away ? 503 : 500, reason: `database: ${error.code || "away"}` });
  }

  return {
    /** A ticket that orders the read after it; null for an event that was settled before. */
    async beginEvent({ id, type }: StripeEvent): Promise<number | null> {
      const { duplicate, ticket } = await call("begin_event", { id, type });
      return duplicate ? null : Number(ticket);
    },
    async applyFacts(
      apply: ApplyFunction,
      event: StripeEvent,
      ticket: number,
      facts: unknown,
    ): Promise<string> {
      const row = await call(apply, { ...eventArguments(event), ticket, facts });
      return String(row.outcome);
    },
    async ignoreEvent(event: StripeEvent, reason: string): Promise<string> {
      const row = await call("ignore_event", { ...eventArguments(event), reason });
      return String(row.outcome);
    },
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
function isAway(code: string, status: number): boolean {
  return status === 0 || status >= 502 || /^(08|40|53|57|55P03|PGRST00)/.test(code);
}
