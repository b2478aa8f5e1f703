// What an order of deliveries must not change: every row of billing, but for what counts or dates the deliveries.
import type pg from "pg";

/** Columns that differ between two orders of the same events, and why they may. */
const volatile: Record<string, string[]> = {
  // A ticket is drawn for each reading, whichever it is.
  "*": ["ticket"],
  // How often it came, and what the object was when it came.
  stripe_events: ["attempts", "noted_at", "facts", "reason", "body_sha256", "created_at"],
  // Numbers are given as grants come; who refers to a bucket elsewhere is known by the grant's key.
  buckets: ["id", "rolled_into"],
  accounts: ["bucket_in_hand", "entry_count"],
  stopped_buckets: ["bucket_id"],
  audit_log: ["id"],
};

/**
 * The ledger is append-only: it keeps what was taken and given back on the way, and of several refunds the first to be
 * told takes the odd credit. What it all comes to must be the same.
 */
const history: Record<string, string> = {
  credit_transactions: `
    select account_id, case when kind in ('clawback', 'debt', 'reversal') then 'returns' else kind::text end as kind,
      sum(credits) as credits, sum(from_promotional) as promotional, sum(from_subscription) as subscription,
      sum(from_permanent) as permanent
    from billing.credit_transactions group by 1, 2 having sum(credits) <> 0`,
  clawbacks: `
    select account_id, payment_key, sum(claimed_credits) as claimed, sum(owed_credits) as owed
    from billing.clawbacks where state <> 'cancelled' group by 1, 2`,
  clawback_shares: `
    select s.account_id, c.payment_key, s.is_withheld, sum(s.credits) as credits
    from billing.clawback_shares s
    join billing.clawbacks c on c.account_id = s.account_id and c.key = s.clawback_key
    group by 1, 2, 3`,
};

/** Tables that are empty in a new database: everything that people and events lead to. */
export async function tablesOfPeople(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'billing' order by 1",
  );
  const empty: string[] = [];
  for (const { name } of rows)
    if ((await client.query(`select from billing.${name} limit 1`)).rowCount === 0) empty.push(name);
  return empty;
}

/** All those rows as text, in an order of their own. */
function stateQuery(tables: string[]): string {
  const rowsOf = (table: string) => {
    const left = [...(volatile["*"] ?? []), ...(volatile[table] ?? [])].map((name) => `'${name}'`);
    const rows = history[table] ? `(${history[table]})` : `billing.${table}`;
    return `select '${table} ' || (to_jsonb(t) - array[${left.join(", ")}])::text as row from ${rows} t`;
  };
  return tables.map(rowsOf).join(" union all ");
}

export async function hashOf(client: pg.ClientBase, tables: string[]): Promise<string> {
  const { rows } = await client.query<{ hash: string }>({
    name: "hash",
    text: `select md5(string_agg(row, e'\\n' order by row)) as hash from (${stateQuery(tables)}) s`,
  });
  return rows[0]?.hash ?? "";
}

export async function rowsOf(client: pg.ClientBase, tables: string[]): Promise<string[]> {
  const { rows } = await client.query<{ row: string }>(`${stateQuery(tables)} order by 1`);
  return rows.map(({ row }) => row);
}
