import pg from "pg";
import type { TestDb } from "./db";

/** A connection of its own, for transactions that stay open; it ends with its database. */
export async function connect(db: TestDb) {
  const client = new pg.Client({ connectionString: db.url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** One that raises 55P03 rather than wait for somebody's lock. */
export async function connectImpatient(db: TestDb) {
  const client = await connect(db);
  await client.query("set lock_timeout = '10ms'");
  return client;
}
