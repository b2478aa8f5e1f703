// Recorded lives delivered to the function, in any order, in one transaction that is never committed: an order is undone
// by going back to a savepoint, which costs nothing, and leaves nothing but the numbers that sequences have given.
import pg from "pg";
import { vi } from "vitest";
import type Stripe from "stripe";
import { stopClock } from "../support/books";
import { testDb } from "../support/db";
import { deliver, loadWebhook, type Network, stripeUrl, supabaseUrl } from "../functions/webhook";
import type { Answers, Recording } from "./record";
import { hashOf, rowsOf, tablesOfPeople } from "./state";

const realFetch = globalThis.fetch;
export type Player = Awaited<ReturnType<typeof openPlayer>>;

export async function openPlayer() {
  const db = await testDb();
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  const tables = await tablesOfPeople(client);
  const clock = await stopClock(db, "2026-01-01T00:00:00Z");
  let answers: Answers = new Map();
  const network: Network = async (request) => {
    const { origin, pathname, search } = new URL(request.url);
    if (origin === supabaseUrl) return callFunction(client, pathname, await request.json());
    if (origin !== stripeUrl) return realFetch(request);
    const answer = answers.get(pathname + search);
    if (answer === undefined) throw new Error(`nothing was recorded of ${pathname}${search}`);
    return new Response(answer, { headers: { "content-type": "application/json" } });
  };
  vi.spyOn(console, "log").mockImplementation(() => {});
  const handler = await loadWebhook(network);

  return {
    db,
    /** Somebody in whose life nothing has happened yet but that he has a customer; at its end he is forgotten. */
    async inLife<T>({ userId, customer, end }: Recording, play: () => Promise<T>): Promise<T> {
      await clock.set(end.toISOString());
      await client.query("begin");
      await client.query("insert into auth.users (id, email) values ($1, $2)", [userId, `${userId}@example.com`]);
      await client.query("select link_customer($1, $2)", [userId, customer]);
      try {
        return await play();
      } finally {
        await client.query("rollback");
      }
    },
    /** What is done in it is undone after it. */
    async undone<T>(play: () => Promise<T>): Promise<T> {
      await client.query("savepoint play");
      try {
        return await play();
      } finally {
        await client.query("rollback to savepoint play");
        await client.query("release savepoint play");
      }
    },
    /** One delivery, while Stripe answers so. */
    async deliver(event: Stripe.Event, answered: Answers): Promise<string> {
      answers = answered;
      const { status, body } = await deliver(handler, event);
      if (status !== 200) throw new Error(`${event.type} was answered ${status}: ${JSON.stringify(body)}`);
      return body.outcome;
    },
    hash: () => hashOf(client, tables),
    rows: () => rowsOf(client, tables),
    async close() {
      await client.end();
      await db.drop();
    },
  };
}

/** What PostgREST makes of a call, on this one connection: roles and HTTP are tested elsewhere. */
async function callFunction(client: pg.Client, path: string, args: Record<string, unknown>) {
  const name = path.split("/").at(-1) ?? "";
  const names = Object.keys(args);
  const text = `select * from public.${name}(${names.map((one, n) => `${one} => $${n + 1}`).join(", ")})`;
  const { rows } = await client.query({ name, text, values: names.map((one) => args[one]) });
  return Response.json(rows);
}
