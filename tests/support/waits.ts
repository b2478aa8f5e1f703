import type { TestDb } from "./db";

/** Resolves once some connection to this database waits for a lock, or several do. */
export async function someoneWaits(db: TestDb, count = 1) {
  const waiting =
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  while ((await db.one<{ count: number }>(waiting)).count < count);
}
