// Where the Stripe sandbox meets the platform: its database, its clock, its catalog, its webhook.
import type { Clock } from "./clock.ts";
import { withClient } from "./database.ts";
import type { Platform } from "./environment.ts";
import type { StripeSandbox } from "./stripe/start.ts";

export type Sandbox = Pick<StripeSandbox, "nextDue" | "runDue" | "stop">;

type SandboxOptions = {
  platform: Platform;
  clock: Clock;
  /** An address of the platform's Postgres for the superuser. */
  url: (database: string) => string;
  log: (line: string) => void;
};

export async function startSandbox({ platform, clock, url, log }: SandboxOptions): Promise<Sandbox> {
  const { ports, urls, stripe } = platform;
  const { startStripe } = await import("./stripe/start.ts");
  const { catalogQuery } = await import("./stripe-catalog/catalog.ts");
  await createDatabase(url("postgres"), "stripe");
  const catalog = await withClient(
    url("postgres"),
    async (client) => (await client.query(catalogQuery)).rows,
  );
  return startStripe({
    databaseUrl: url("stripe"),
    port: ports.stripe,
    now: clock.now,
    webhook: { url: `${urls.api}/functions/v1/stripe-webhook`, secret: stripe.webhookSecret },
    catalog,
    log,
  });
}

/** In the same cluster, so that restart, crash and reset treat the sandbox's state as they treat the platform's. */
async function createDatabase(url: string, name: string) {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${name}`);
  });
}
