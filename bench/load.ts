// The load: clients that each do one call after the other, on connections that are open before time counts.
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Call } from "./calls.ts";

/** A call against one database; the key under which its figures are found. */
type Side = { key: string; call: Call; url: string };
type Load = { clients: number; seconds: number; warmUp: number; pick: () => string };

/** Milliseconds per call, in ascending order. */
export type Times = number[];

export const quantile = (times: Times, share: number) => times[Math.floor((times.length - 1) * share)] ?? NaN;
export function median(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/**
 * Each client draws one of the sides at random for every call, so that whatever disturbs the machine disturbs all
 * alike. Right where the sides do not wait for each other.
 */
export async function draw(sides: Side[], load: Load): Promise<Map<string, Times>> {
  const times = new Map<string, Times>(sides.map(({ key }) => [key, []]));
  await withClients(sides, load.clients, async (clients) => {
    const countsFrom = performance.now() + load.warmUp * 1000;
    const end = countsFrom + load.seconds * 1000;
    await each(clients, async (connections) => {
      while (performance.now() < end) {
        const side = sides[Math.floor(Math.random() * sides.length)];
        if (!side) return;
        const started = performance.now();
        await side.call.run(connectionTo(connections, side), load.pick());
        if (started >= countsFrom) times.get(side.key)?.push(performance.now() - started);
      }
    });
  });
  for (const [key, list] of times) {
    if (list.length === 0) throw new Error(`${key} was not measured: more seconds are needed`);
    list.sort((a, b) => a - b);
  }
  return times;
}

/**
 * The sides take turns of a second, in rotated order; units per second of each turn. For what waits in one queue, such
 * as the row of one hot account: there a draw would measure the other side's place in the queue.
 */
export async function turns(sides: Side[], load: Load): Promise<Map<string, number[]>> {
  const rates = new Map<string, number[]>(sides.map(({ key }) => [key, []]));
  await withClients(sides, load.clients, async (clients) => {
    for (const side of sides) await turn(side, clients, load.pick, load.warmUp / sides.length);
    for (let round = 0; round < Math.max(2, load.seconds); round++)
      for (let at = 0; at < sides.length; at++) {
        const side = sides[(round + at) % sides.length];
        if (side) rates.get(side.key)?.push(await turn(side, clients, load.pick, 1));
      }
  });
  return rates;
}

async function turn(side: Side, clients: Connections[], pick: () => string, seconds: number) {
  const started = performance.now();
  const end = started + seconds * 1000;
  let units = 0;
  await each(clients, async (connections) => {
    while (performance.now() < end) {
      await side.call.run(connectionTo(connections, side), pick());
      units += side.call.units;
    }
  });
  return (units * 1000) / (performance.now() - started);
}

/**
 * Calls at instants of their own, `rate` a second in all, until `isOver`; what a call waits because its client was still
 * busy counts as its time. `note` is told each.
 */
export async function pace(
  side: Side,
  { clients: count, rate, pick }: { clients: number; rate: number; pick: () => string },
  isOver: () => boolean,
  note: (startedAt: number, ms: number) => void,
) {
  await withClients([side], count, (clients) =>
    each(clients, async (connections) => {
      let due = performance.now();
      while (!isOver()) {
        due += (-Math.log(1 - Math.random()) * 1000 * count) / rate;
        const early = due - performance.now();
        if (early > 1) await sleep(early);
        const started = early > 0 ? performance.now() : due;
        await side.call.run(connectionTo(connections, side), pick());
        note(started, performance.now() - started);
      }
    }),
  );
}

type Connections = Map<string, pg.Client>;

/** Every client has one connection to each database that its sides need. */
async function withClients<T>(sides: Side[], count: number, work: (clients: Connections[]) => Promise<T>) {
  const urls = [...new Set(sides.map(({ url }) => url))];
  const clients = Array.from(
    { length: count },
    () => new Map(urls.map((url) => [url, new pg.Client({ connectionString: url })])),
  );
  const all = clients.flatMap((connections) => [...connections.values()]);
  try {
    for (const client of all) await client.connect();
    return await work(clients);
  } finally {
    await Promise.allSettled(all.map((client) => client.end()));
  }
}

function each(clients: Connections[], work: (connections: Connections) => Promise<void>) {
  return Promise.all(clients.map(work));
}

function connectionTo(connections: Connections, { url }: Side) {
  const client = connections.get(url);
  if (!client) throw new Error(`no connection to ${url}`);
  return client;
}
