import { createHmac } from "node:crypto";
import type pg from "pg";
import { day, fromUnix, hour, unix } from "./engine/time.ts";
import type { StripeEvent } from "./engine/types.ts";

export type WebhookTarget = { url: string; secret: string };
type Deliverer = {
  pool: pg.Pool;
  webhook: WebhookTarget;
  now: () => Date;
  log: (line: string) => void;
  end: AbortSignal;
};
type Delivery = { id: string; attempts: number; body: StripeEvent };

/** Seconds after each failed attempt; Stripe gives up three days after the event. */
const backOff = [5, 60, 5 * 60, 30 * 60, 2 * hour, 5 * hour, 10 * hour];
const giveUpAfter = 3 * day;

/** The header stripe-node verifies; several secrets (a rotation) give several signatures. Its time is the real one. */
export function signatureHeader(payload: string, secret: string): string {
  const t = unix(new Date());
  const signatures = secret
    .split(",")
    .map((one) => `v1=${createHmac("sha256", one.trim()).update(`${t}.${payload}`).digest("hex")}`);
  return [`t=${t}`, ...signatures].join(",");
}

/**
 * Delivers what is due, in the order of creation, one at a time; each is answered or put off when this resolves.
 * A delivery that the end of the sandbox cuts off counts as not tried.
 */
export async function deliverDue({ pool, webhook, now, log, end }: Deliverer): Promise<void> {
  while (!end.aborted) {
    const { rows } = await pool.query<Delivery>(
      `select o.id, d.attempts, o.body from deliveries d join objects o on o.id = d.event_id
       where d.next_at <= $1 order by d.number limit 1`,
      [now()],
    );
    const delivery = rows[0];
    if (!delivery) return;
    const answer = await post(delivery, webhook, end);
    if (/^2\d\d$/.test(answer)) {
      await markDelivered(pool, delivery, answer, now());
      log(`${delivery.body.type} ${delivery.id} delivered`);
    } else if (!end.aborted) {
      const next = await putOff(pool, delivery, answer, now());
      log(
        `${delivery.body.type} ${delivery.id} not delivered (${answer}), ${next ? `again at ${next.toISOString()}` : "given up"}`,
      );
    }
  }
}

async function post({ body }: Delivery, { url, secret }: WebhookTarget, end: AbortSignal): Promise<string> {
  const payload = JSON.stringify(body);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "stripe-signature": signatureHeader(payload, secret),
        "user-agent": "Stripe/1.0 (local sandbox)",
      },
      body: payload,
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(20_000), end]),
    });
    await answer.arrayBuffer();
    return String(answer.status);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function markDelivered(pool: pg.Pool, { id }: Delivery, answer: string, now: Date): Promise<void> {
  await pool.query(
    `with done as (
       update deliveries set attempts = attempts + 1, delivered_at = $2, next_at = null, last_answer = $3
       where event_id = $1
     )
     update objects set body = jsonb_set(body, '{pending_webhooks}', '0') where id = $1`,
    [id, now, answer],
  );
}

/** When the next attempt will be; null when there is none. */
async function putOff(
  pool: pg.Pool,
  { id, attempts, body }: Delivery,
  answer: string,
  now: Date,
): Promise<Date | null> {
  const seconds = unix(now) + (backOff[attempts] ?? 12 * hour);
  const next = seconds <= body.created + giveUpAfter ? fromUnix(seconds) : null;
  await pool.query(
    "update deliveries set attempts = attempts + 1, next_at = $2, last_answer = $3 where event_id = $1",
    [id, next, answer],
  );
  return next;
}
