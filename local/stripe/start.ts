import pg from "pg";
import { listen } from "../listen.ts";
import { replaceCard } from "./billing/attach.ts";
import type { NewCard } from "./billing/cards.ts";
import { type LastFailure, type Settings, setLastFailure } from "./billing/settings.ts";
import { advanceOnce, advanceTestClock } from "./billing/time-passes.ts";
import { type CatalogRow, syncCatalog } from "./catalog.ts";
import { workOn } from "./engine/clocks.ts";
import { registerApp } from "./engine/endpoints.ts";
import type { State } from "./engine/state.ts";
import { createTables } from "./engine/tables.ts";
import { day, fromUnix, hour, unix } from "./engine/time.ts";
import { transact, writeAlone } from "./engine/transaction.ts";
import type { PaymentMethod } from "./engine/types.ts";
import { ownWork } from "./engine/work.ts";
import { sandboxServer } from "./server.ts";
import { describeSwitches, readSwitches, type Switches } from "./switches.ts";
import { deliverDue, resend, type WebhookTarget } from "./webhooks.ts";

type StripeOptions = {
  /** A database of its own in the local Postgres, opened as superuser. */
  databaseUrl: string;
  /** 0: any that is free; the sandbox says its address. */
  port: number;
  now: () => Date;
  webhook: WebhookTarget;
  catalog: CatalogRow[];
  log: (line: string) => void;
};
export type StripeSandbox = {
  url: string;
  /** The next instant at which time alone does something; null: never. */
  nextDue(): Promise<Date | null>;
  /** Does everything due; resolves when the webhooks were answered or put off. */
  runDue(): Promise<void>;
  /** How badly webhooks are delivered from now on; switches not named are off. Answers with all, the seed included. */
  setDelivery(given: Partial<Switches>): Switches;
  /** What a bank does: the card of a stored method is another one from now on. */
  replaceCard(method: string, card: NewCard): Promise<PaymentMethod>;
  /** What becomes of a plan whose last try to collect has failed; at first it is cancelled. */
  setLastFailure(given: LastFailure): Promise<Settings>;
  stop(): Promise<void>;
};

export async function startStripe(options: StripeOptions): Promise<StripeSandbox> {
  const { databaseUrl, port, now, webhook, catalog, log } = options;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  // A connection that dies idle is replaced; one that dies while the pool ends is of no interest.
  pool.on("error", (error) => pool.ending || log(`postgres: ${error.message}`));
  const end = new AbortController();
  let switches = readSwitches();
  const setDelivery: StripeSandbox["setDelivery"] = (given) => {
    switches = readSwitches(given);
    log(`webhooks: ${describeSwitches(switches)}`);
    return switches;
  };
  let delivering = Promise.resolve();
  /** Deliveries queue behind each other, so that order holds and none is sent twice at once. */
  const deliver = () => {
    delivering = delivering
      .then(() => deliverDue({ pool, switches: () => switches, now, log, end: end.signal }))
      .catch((error: Error) => log(`webhooks: ${error.message}`));
    return delivering;
  };
  /** A test clock that was told to go on does so at once; each of its instants is delivered before the next. */
  let catchingUp = Promise.resolve();
  const catchUp = () => {
    catchingUp = catchingUp
      .then(async () => {
        while (!end.signal.aborted && (await isAdvancing(pool))) {
          const error = await write((state) => advanceTestClock(state, unix(now())));
          if (error) log(`test clocks: ${error instanceof Error ? error.stack : error}`);
          await deliver();
        }
        await deliver();
      })
      .catch((error: Error) => log(`test clocks: ${error.message}`));
    return catchingUp;
  };
  // Its address is in what the sandbox answers, so the port comes first; who asks early waits until all is there.
  const ready = Promise.withResolvers<ReturnType<typeof sandboxServer>>();
  const server = await listen(async (request) => (await ready.promise).fetch(request), port);
  const publicUrl = server.url;
  const write = <T>(act: (state: State) => Promise<T>) =>
    transact(pool, publicUrl, async (state) => {
      await writeAlone(state);
      return act(state);
    });
  try {
    await createTables(pool);
    await write(async (state) => {
      await registerApp(state, unix(now()), webhook);
      await syncCatalog(ownWork(state, unix(now())), catalog);
    });
  } catch (error) {
    await server.close();
    await pool.end();
    throw error;
  }
  const replace: StripeSandbox["replaceCard"] = async (method, card) => {
    const replaced = await write(async (state) =>
      replaceCard(await workOn(state, unix(now()), [method], true), method, card),
    );
    await deliver();
    return replaced;
  };
  const setFailure = (given: string) => write((state) => setLastFailure(ownWork(state, unix(now())), given));
  const control = {
    switches: () => switches,
    setSwitches: setDelivery,
    resend: (event: string) => resend(pool, event, now()),
    replaceCard: replace,
    setLastFailure: setFailure,
  };
  ready.resolve(sandboxServer({ pool, publicUrl, now, log, onWrite: catchUp, control }));
  let lastTidied = 0;

  return {
    url: publicUrl,
    async nextDue() {
      const { rows } = await pool.query<{ next: Date | null }>(
        `select least((select min(due_at) from objects where due_at is not null and clock is null),
                      (select min(next_at) from deliveries where next_at is not null)) as next`,
      );
      return rows[0]?.next ?? null;
    },
    async runDue() {
      while (await write((state) => advanceOnce(state, unix(now()))));
      await catchUp();
      if (unix(now()) < lastTidied + hour) return;
      lastTidied = unix(now());
      await forget(pool, lastTidied);
    },
    setDelivery,
    replaceCard: replace,
    setLastFailure: setFailure,
    async stop() {
      end.abort();
      await server.close();
      await catchingUp;
      await delivering;
      await pool.end();
    },
  };
}

async function isAdvancing(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from objects where kind = 'test_helpers.test_clock' and body ->> 'status' = 'advancing'`,
  );
  return rowCount !== 0;
}

/** Stripe keeps events for 30 days and idempotency keys for one. */
async function forget(pool: pg.Pool, now: number): Promise<void> {
  await pool.query("delete from objects where kind = 'event' and (hidden ->> 'sent_at')::bigint < $1", [
    now - 30 * day,
  ]);
  await pool.query("delete from idempotency_keys where created_at < $1", [fromUnix(now - day)]);
}
