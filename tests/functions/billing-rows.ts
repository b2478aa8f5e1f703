import type { TestDb } from "../support/db";

const tables = ["accounts", "customers", "subscriptions", "payments", "buckets", "credit_transactions"];

/** Every row that an event can lead to, but for the tickets: they count deliveries. */
export async function billingRows(db: TestDb) {
  const read = async (table: string) => {
    const row = `to_jsonb(t) - 'ticket'`;
    const { rows } = await db.query(`select ${row} as row from billing.${table} t order by (${row})::text`);
    return [table, rows.map((one) => one.row)];
  };
  return Object.fromEntries(await Promise.all(tables.map(read)));
}
