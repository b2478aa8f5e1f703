// Postgres is killed under a stream of events. What was not answered comes again, as Stripe sends it: what it all comes
// to is what it comes to without any kill.
import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import pg from "pg";
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { databaseUrl } from "../../local/postgres.ts";
import { type Server, startServer } from "../crash/server";
import { deliver, type Handler, loadWebhook, supabaseUrl } from "../functions/webhook";
import { problemsOf, stopClock } from "../support/books";
import { makeClone } from "../support/clone";
import { type TestDb, testDb } from "../support/db";
import { lives } from "./lives";
import { answerOf, callFunction } from "./play";
import { type Answers, type Recording, record } from "./record";
import { sizes } from "./sizes";
import { rowsOf, tablesOfPeople } from "./state";

const names = [
  "failed, then recovered",
  "refund in parts",
  "dispute lost",
  "card replaced",
  "pack paid late",
] as const;
const patience = { timeout: 300_000 };
const realFetch = globalThis.fetch;

type Copy = { userId: string; customer: string; events: Stripe.Event[]; answers: [string, string][] };
let server: Server;
let catalog: TestDb;
let people: Copy[];
let handler: Handler;
const outside = new AsyncLocalStorage<{ pool: pg.Pool; answers: Answers }>();

beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  catalog = await testDb();
  server = await startServer(false);
  const recordings: Recording[] = [];
  for (const name of names)
    recordings.push(await record(catalog, new Date("2026-01-31T10:00:00Z"), lives[name]));
  people = copiesOf(recordings, sizes.events);
  handler = await loadWebhook(async (request) => {
    const here = outside.getStore();
    if (!here) return realFetch(request);
    const { origin, pathname, search } = new URL(request.url);
    return origin === supabaseUrl
      ? callUnlessAway(here.pool, pathname, await request.json())
      : answerOf(here.answers, pathname + search);
  });
}, patience.timeout);
afterAll(async () => {
  await catalog.drop();
  await server.end();
});

test(
  `cases 24 and 25: ${sizes.events} events come to the same with Postgres killed ${sizes.kills} times under them`,
  patience,
  async () => {
    const undisturbed = await stream(0);
    const disturbed = await stream(sizes.kills);
    expect(undisturbed.again).toBe(0);
    expect(disturbed.again).toBeGreaterThan(0); // else the run has not shown what it should
    expect(server.kills()).toBe(sizes.kills);
    expect(disturbed.problems).toEqual([]);
    expect(disturbed.rows).toEqual(undisturbed.rows);
  },
);

/** Delivers all events, eight at a time, to a database of its own, which is killed so many times meanwhile. */
async function stream(kills: number) {
  const clone = await makeClone(server.port, "tpl");
  const pool = new pg.Pool({ connectionString: databaseUrl(server.port)("postgres", clone.name), max: 8 });
  pool.on("error", () => {}); // a connection that is killed idle
  pool.on("connect", (client) => client.on("error", () => {}));
  const db: Pick<TestDb, "query"> = { query: (sql, params = []) => pool.query(sql, params) };
  await stopClock(db, "2026-04-30T10:00:00Z");
  const tables = await withConnection(pool, tablesOfPeople);
  for (const { userId, customer } of people) {
    await pool.query("insert into auth.users (id, email) values ($1, $2)", [userId, userId]);
    await pool.query("select link_customer($1, $2)", [userId, customer]);
  }
  const queue = people.flatMap(({ events, answers }) =>
    events.map((event) => ({ event, answers: new Map(answers) })),
  );
  const killAt = new Set(
    Array.from({ length: kills }, (_, n) => Math.ceil(((n + 1) * queue.length) / (kills + 1))),
  );
  let drawn = 0;
  let again = 0;
  const work = async () => {
    for (let next = queue[drawn++]; next; next = queue[drawn++]) {
      if (killAt.has(drawn)) void server.kill();
      const { event, answers } = next;
      for (;;) {
        const { status, body } = await outside.run({ pool, answers }, () => deliver(handler, event));
        if (status === 200) break;
        if (status !== 503) throw new Error(`${event.type} was answered ${status}: ${JSON.stringify(body)}`);
        again += 1;
        await server.ready();
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  const rows = await withConnection(pool, (client) => rowsOf(client, tables));
  const problems = await problemsOf(db);
  await pool.end();
  return { again, rows, problems };
}

async function withConnection<T>(pool: pg.Pool, act: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await act(client);
  } finally {
    client.release();
  }
}

/** As PostgREST answers while its database is away. */
async function callUnlessAway(pool: pg.Pool, path: string, args: Record<string, unknown>): Promise<Response> {
  try {
    return await callFunction(pool, path, args);
  } catch (error) {
    const isAway = !(error instanceof pg.DatabaseError) || /^(08|57)/.test(error.code ?? "");
    return Response.json({ code: isAway ? "PGRST001" : "XX000" }, { status: isAway ? 503 : 500 });
  }
}

/** The same lives of other people, until there are so many events. */
function copiesOf(recordings: Recording[], events: number): Copy[] {
  const copies: Copy[] = [];
  for (let left = events; left > 0; ) {
    const life = recordings[copies.length % recordings.length];
    if (!life) break;
    const copy = copyOf(life, copies.length);
    copies.push({ ...copy, events: copy.events.slice(0, left) });
    left -= copy.events.length;
  }
  return copies;
}

function copyOf({ userId, customer, steps }: Recording, n: number): Copy {
  const events = steps.flatMap((step) => step.events);
  const text = JSON.stringify({ userId, customer, events, answers: [...(steps.at(-1)?.answers ?? [])] });
  return JSON.parse(
    text
      .replaceAll(userId, randomUUID())
      .replace(/\b(?!price|prod)([a-z]{2,5}(?:_test)?_[0-9A-Za-z]{14,})/g, `$1x${n}`),
  );
}
