import { createHmac } from "node:crypto";
import type pg from "pg";
import { day, fromUnix, hour, unix } from "./engine/time.ts";
import type { StripeEvent } from "./engine/types.ts";
import { record } from "./recording.ts";
import { disguise, draw, happens, type Switches } from "./switches.ts";

export type WebhookTarget = { url: string; secret: string };
type Deliverer = {
  pool: pg.Pool;
  switches: () => Switches;
  now: () => Date;
  log: (line: string) => void;
  end: AbortSignal;
};
type Delivery = {
  id: string;
  number: number;
  endpoint: string;
  copy: number;
  attempts: number;
  body: StripeEvent;
  sentAt: number;
  target: WebhookTarget & { version: string | null };
};

/** Seconds after each failed attempt; Stripe gives up three days after the event. */
const backOff = [5, 60, 5 * 60, 30 * 60, 2 * hour, 5 * hour, 10 * hour];
const giveUpAfter = 3 * day;

/** The header stripe-node verifies; several secrets (a rotation) give several signatures. Its time is the real one. */
export function signatureHeader(payload: string, secret: string, secondsOff = 0): string {
  const t = unix(new Date()) + secondsOff;
  const signatures = secret
    .split(",")
    .map((one) => `v1=${createHmac("sha256", one.trim()).update(`${t}.${payload}`).digest("hex")}`);
  return [`t=${t}`, ...signatures].join(",");
}

/**
 * Delivers what is due, in the order of creation and one at a time unless a switch says otherwise; each is answered or
 * put off when this resolves. A delivery that the end of the sandbox cuts off counts as not tried.
 */
export async function deliverDue(deliverer: Deliverer): Promise<void> {
  const { pool, now, end } = deliverer;
  while (!end.aborted) {
    const switches = deliverer.switches();
    const isPlanning = switches.duplicate > 0 || switches.drop > 0 || switches.delay > 0;
    if (isPlanning) await planNew(pool, switches);
    const { rows } = await pool.query<Delivery>(
      `select o.id, o.number::int, d.endpoint, d.copy, d.attempts, o.body,
         (o.hidden ->> 'sent_at')::float8 as "sentAt", jsonb_build_object(
           'url', e.body ->> 'url', 'secret', e.hidden ->> 'secret', 'version', e.body ->> 'api_version') as target
       from deliveries d join objects o on o.id = d.event_id join objects e on e.id = d.endpoint
       where d.next_at <= $1 and (d.is_planned or d.attempts > 0 or not $3)
       order by o.number, e.number, d.copy limit $2`,
      [now(), Math.max(switches.shuffle, switches.concurrent), isPlanning],
    );
    if (rows.length === 0) return;
    const next = switches.shuffle > 1 ? shuffled(rows, switches) : rows;
    await Promise.all(next.slice(0, switches.concurrent).map((one) => deliver(deliverer, switches, one)));
  }
}

/** What the switches make of an event is settled once, before it is first sent. */
async function planNew(pool: pg.Pool, switches: Switches): Promise<void> {
  const { rows } = await pool.query<Pick<Delivery, "id" | "number" | "endpoint">>(
    `select o.id, o.number::int, d.endpoint from deliveries d join objects o on o.id = d.event_id
     where not d.is_planned and d.attempts = 0 and d.next_at is not null order by o.number`,
  );
  for (const { id, number, endpoint } of rows) {
    const heldBack = (copy: number) =>
      Math.floor(draw(switches, "delay", number, copy) * (switches.delay + 1));
    const copies = Math.floor(switches.duplicate + draw(switches, "duplicate", number));
    const delays = Array.from({ length: copies }, (_, copy) => heldBack(copy + 1));
    await pool.query(
      `with first as (
         update deliveries set is_planned = true, next_at = next_at + make_interval(secs => $2),
           last_answer = case when $2 is null then 'dropped' end
         where event_id = $1 and endpoint = $4 and not is_planned
       )
       insert into deliveries (event_id, endpoint, copy, is_planned, next_at)
       select event_id, endpoint, copy + place, true, next_at + make_interval(secs => delay)
         from deliveries, unnest($3::int[]) with ordinality as again (delay, place)
        where event_id = $1 and endpoint = $4 and not is_planned`,
      happens(switches, "drop", number) ? [id, null, [], endpoint] : [id, heldBack(0), delays, endpoint],
    );
  }
}

function shuffled(deliveries: Delivery[], switches: Switches): Delivery[] {
  const place = ({ number, copy, attempts }: Delivery) => draw(switches, "shuffle", number, copy, attempts);
  return deliveries.toSorted((a, b) => place(a) - place(b));
}

async function deliver(deliverer: Deliverer, switches: Switches, delivery: Delivery): Promise<void> {
  const { pool, now, log, end } = deliverer;
  const { number, copy, attempts, body } = delivery;
  if (copy === 0 && attempts === 0) record(body);
  const answer = await post(deliverer, switches, delivery);
  const isHeard = !happens(switches, "timeout", number, copy, attempts);
  if (/^2\d\d$/.test(answer) && isHeard) {
    await markDelivered(pool, delivery, answer, now());
    log(`${body.type} ${delivery.id} delivered`);
  } else if (!end.aborted) {
    const reason = isHeard ? answer : `${answer}, not heard`;
    const next = await putOff(pool, delivery, reason, now());
    log(
      `${body.type} ${delivery.id} not delivered (${reason}), ${next ? `again at ${next.toISOString()}` : "given up"}`,
    );
  }
}

async function post(
  { end }: Deliverer,
  switches: Switches,
  { body, number, copy, attempts, target }: Delivery,
): Promise<string> {
  const isSo = (name: "wrongSecret" | "old" | "future") => happens(switches, name, number, copy, attempts);
  const event = { ...body, ...(target.version && { api_version: target.version }) };
  const payload = JSON.stringify(disguise(switches, event, number, copy, attempts));
  const secret = isSo("wrongSecret") ? "whsec_of_somebody_else" : target.secret;
  const secondsOff = isSo("old") ? -600 : isSo("future") ? 600 : 0;
  try {
    const answer = await fetch(target.url, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "stripe-signature": signatureHeader(payload, secret, secondsOff),
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

/** An event is pending while one of its endpoints has not taken it. */
async function markDelivered(
  pool: pg.Pool,
  { id, endpoint, copy }: Delivery,
  answer: string,
  now: Date,
): Promise<void> {
  await pool.query(
    `update deliveries set attempts = attempts + 1, delivered_at = $4, next_at = null, last_answer = $5
     where event_id = $1 and endpoint = $2 and copy = $3`,
    [id, endpoint, copy, now, answer],
  );
  await pool.query(
    `update objects set body = jsonb_set(body, '{pending_webhooks}', to_jsonb(least(
       (body -> 'pending_webhooks')::int,
       (select count(*) from (select 1 from deliveries where event_id = $1
          group by endpoint having count(delivered_at) = 0) as waiting))))
     where id = $1`,
    [id],
  );
}

/** When the next attempt will be; null when there is none. */
async function putOff(
  pool: pg.Pool,
  { id, endpoint, copy, attempts, sentAt }: Delivery,
  reason: string,
  now: Date,
): Promise<Date | null> {
  const seconds = unix(now) + (backOff[attempts] ?? 12 * hour);
  const next = seconds <= sentAt + giveUpAfter ? fromUnix(seconds) : null;
  await pool.query(
    `update deliveries set attempts = attempts + 1, next_at = $3, last_answer = $4
     where event_id = $1 and copy = $2 and endpoint = $5`,
    [id, copy, next, reason, endpoint],
  );
  return next;
}

/**
 * Sends an event once more, as Stripe's dashboard and `stripe events resend` do: to the endpoints it was for, or to all
 * if it was for none. False: there is no such event.
 */
export async function resend(pool: pg.Pool, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into deliveries (event_id, endpoint, copy, is_planned, next_at)
     select o.id, e.id, coalesce(known.copy + 1, 0), true, $2
       from objects o
       join objects e on e.kind = 'webhook_endpoint' and e.body ->> 'status' = 'enabled'
       left join lateral (select max(copy) as copy from deliveries where event_id = o.id and endpoint = e.id) known on true
      where o.id = $1 and o.kind = 'event'
        and (known.copy is not null or not exists (select from deliveries where event_id = o.id))`,
    [id, now],
  );
  return rowCount !== 0;
}
