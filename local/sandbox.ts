// Where the Stripe sandbox meets the platform: its database, its clock, its catalog, its webhook.
import type { Clock } from "./clock.ts";
import { withClient } from "./database.ts";
import type { Platform } from "./environment.ts";

export type Sandbox = { nextDue(): Promise<Date | null>; runDue(): Promise<void>; stop(): Promise<void> };

type SandboxOptions = {
  platform: Platform;
  clock: Clock;
  /** An address of the platform's Postgres for the superuser. */
  url: (database: string) => string;
  log: (line: string) => void;
};

export async function startSandbox({ url }: SandboxOptions): Promise<Sandbox> {
  await createDatabase(url("postgres"), "stripe");
  return { nextDue: async () => null, runDue: async () => {}, stop: async () => {} };
}

/** In the same cluster, so that restart, crash and reset treat the sandbox's state as they treat the platform's. */
async function createDatabase(url: string, name: string) {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${name}`);
  });
}
