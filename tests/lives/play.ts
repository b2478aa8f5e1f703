// Recorded lives delivered to the function, in any order, in one transaction that is never committed: an order is undone
// by going back to a savepoint, which costs nothing, and leaves nothing but the numbers that sequences have given.
import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import type Stripe from "stripe";
import { vi } from "vitest";
import { deliver, loadWebhook, type Network, supabaseUrl } from "../functions/webhook";
import { stopClock } from "../support/books";
import { testDb } from "../support/db";
import type { Answers, Recording } from "./record";
import { hashOf, rowsOf, tablesOfPeople } from "./state";

const realFetch = globalThis.fetch;
export type Player = Awaited<ReturnType<typeof openPlayer>>;
/** The three things that a delivery asks for outside, in this order. */
export type Asked = "begin" | "read" | "apply";
/** What Stripe answers to a delivery, which waits until it may ask. */
type Outside = { answers: () => Answers; mayAsk?: (asked: Asked) => Promise<void> };

export async function openPlayer() {
  const db = await testDb();
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  const tables = await tablesOfPeople(client);
  const clock = await stopClock(db, "2026-01-01T00:00:00Z");
  const outsideOf = new AsyncLocalStorage<Outside>();
  const network: Network = async (request) => {
    const { origin, pathname, search } = new URL(request.url);
    const outside = outsideOf.getStore();
    if (!outside) return realFetch(request);
    if (origin === supabaseUrl) {
      await outside.mayAsk?.(pathname.endsWith("/begin_event") ? "begin" : "apply");
      return callFunction(client, pathname, await request.json());
    }
    await outside.mayAsk?.("read");
    return answerOf(outside.answers(), pathname + search);
  };
  vi.spyOn(console, "log").mockImplementation(() => {});
  const handler = await loadWebhook(network);

  return {
    db,
    /** Somebody in whose life nothing has happened yet but that he has a customer; at its end he is forgotten. */
    async inLife<T>({ userId, customer, end }: Recording, play: () => Promise<T>): Promise<T> {
      await clock.set(end.toISOString());
      await client.query("begin");
      await client.query("insert into auth.users (id, email) values ($1, $2)", [
        userId,
        `${userId}@example.com`,
      ]);
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
    /** Any request, while Stripe answers so. */
    receive: (request: Request, answers: Answers) =>
      outsideOf.run({ answers: () => answers }, () => handler(request)),
    /** One delivery, while Stripe answers so; what the function did. */
    async deliver(event: Stripe.Event, answers: Answers | Outside): Promise<string> {
      const outside = "answers" in answers ? answers : { answers: () => answers };
      const { status, body } = await outsideOf.run(outside, () => deliver(handler, event));
      if (status !== 200) throw new Error(`${event.type} was answered ${status}: ${JSON.stringify(body)}`);
      return body.outcome;
    },
    query: <T extends pg.QueryResultRow>(sql: string) => client.query<T>(sql),
    hash: () => hashOf(client, tables),
    rows: () => rowsOf(client, tables),
    async close() {
      await client.end();
      await db.drop();
    },
  };
}

/** What Stripe said to this when the life was recorded. */
export function answerOf(answers: Answers, asked: string): Response {
  const answer = answers.get(asked);
  if (answer === undefined) throw new Error(`nothing was recorded of ${asked}`);
  return new Response(answer, { headers: { "content-type": "application/json" } });
}

/** What PostgREST makes of a call, on a connection of ours: roles and HTTP are tested elsewhere. */
export async function callFunction(
  client: Pick<pg.ClientBase, "query">,
  path: string,
  args: Record<string, unknown>,
): Promise<Response> {
  const name = path.split("/").at(-1) ?? "";
  const names = Object.keys(args);
  const text = `select * from public.${name}(${names.map((one, n) => `${one} => $${n + 1}`).join(", ")})`;
  const { rows } = await client.query({ name, text, values: names.map((one) => args[one]) });
  return Response.json(rows);
}
