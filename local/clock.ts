// The platform's time: the wall clock and an offset, which lives in one place, the database's billing.now().
import { withClient } from "./database.ts";
import { refusal } from "./steps.mjs";

export type Clock = Awaited<ReturnType<typeof createClock>>;

export async function createClock(databaseUrl: string) {
  let offset = await withClient(databaseUrl, readOffset);
  const now = () => new Date(Date.now() + offset * 1000);
  return {
    now,
    /** To that instant or less than a second after it, never back. */
    async moveTo(instant: Date) {
      const seconds = Math.ceil((instant.getTime() - Date.now()) / 1000);
      if (seconds <= offset) return;
      await withClient(databaseUrl, (client) => client.query(shiftedNow(seconds)));
      offset = seconds;
    },
    /** `+1 month`, `+3 days`, or a date, as the instant meant. */
    async instantOf(words: string) {
      const amount = /^\+\s*(\d{1,4})\s*(second|minute|hour|day|week|month|year)s?$/i.exec(words.trim());
      const target = amount
        ? await later(databaseUrl, now(), `${amount[1]} ${amount[2]}`)
        : isoInstant(words);
      if (!target)
        throw refusal(
          `"${words}" is no time to move to: say +1 month, +3 days, +2 hours or a date like 2027-01-31T12:00Z`,
        );
      if (target <= now())
        throw refusal(`It is ${now().toISOString()} already: the clock only moves forward`);
      return target;
    },
  };
}

type Moving = {
  clock: Clock;
  sandbox: { nextDue(): Promise<Date | null>; runDue(): Promise<void> };
  cron: { runDue(after: Date, until: Date): Promise<unknown> };
  /** Told after each step, with the time before it. */
  onStep: (since: Date) => Promise<void>;
};

/** From due instant to due instant: each is dealt with, webhooks answered, before time goes on. */
export async function moveClock({ clock, sandbox, cron, onStep }: Moving, target: Date) {
  for (let from = clock.now(); from < target; from = clock.now()) {
    const due = await sandbox.nextDue();
    // What is still due after its turn (a webhook that is not answered) must not hold up time for ever.
    const step = !due || due > from ? due : new Date(from.getTime() + 60_000);
    await clock.moveTo(step && step < target ? step : target);
    await sandbox.runDue();
    await cron.runDue(from, clock.now());
    await onStep(from);
  }
}

/** The definition in the migrations with an offset; its owner, grants and settings stay as they are. */
export function shiftedNow(seconds: number) {
  const instant = seconds === 0 ? "clock_timestamp()" : `clock_timestamp() + interval '${seconds} seconds'`;
  return `create or replace function billing.now() returns timestamptz
    language plpgsql volatile set search_path = '' as $$ begin return ${instant}; end $$`;
}

type Queries = { query(sql: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }> };

export async function readOffset(client: Queries) {
  const { rows } = await client.query(
    "select round(extract(epoch from billing.now() - clock_timestamp()))::integer as seconds",
  );
  return Number(rows[0]?.seconds ?? 0);
}

/** Postgres knows how long a month is. */
function later(databaseUrl: string, from: Date, interval: string) {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ at: Date }>("select $1::timestamptz + $2::interval as at", [
      from,
      interval,
    ]);
    return rows[0]?.at;
  });
}

function isoInstant(words: string) {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(words)) return undefined;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(words.slice(10));
  const time = words.length === 10 ? `${words}T00:00` : words.replace(" ", "T");
  const instant = new Date(hasZone ? time : `${time}Z`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
