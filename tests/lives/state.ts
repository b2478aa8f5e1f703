// What an order of deliveries must not change: every row of billing, but for what counts or dates the deliveries.
import type pg from "pg";

type Queries = Pick<pg.ClientBase, "query">;

/** Columns that differ between two orders of the same events, and why they may. */
const volatile: Record<string, string[]> = {
  // A ticket is drawn for each reading, whichever it is.
  "*": ["ticket"],
  // Numbers are given as grants come; who refers to a bucket elsewhere is known by the grant's key.
  buckets: ["id", "rolled_into"],
  accounts: ["bucket_in_hand", "entry_count"],
  stopped_buckets: ["bucket_id"],
  audit_log: ["id"],
};

/**
 * What keeps how it came about is compared by what it comes to. The ledger is append-only: it has what was taken and
 * given back on the way, and of several refunds the first to be told takes the odd credit.
 */
const history: Record<string, string> = {
  // How often it came, and what its object was by then, or whether there still was one.
  stripe_events: `
    select id, type, noun, state in ('parked', 'failed') as waits from billing.stripe_events`,
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

/** And between two runs, in which the same things happen at Stripe and are told sooner or later. */
const whenTold: Record<string, string[]> = {
  // The hash of an e-mail that each run makes up.
  trial_claims: ["claimant"],
  accounts: ["created_at", "next_claim_at", "next_due_at"],
  // A pause ends, and moves these, when it is told that it did.
  buckets: ["created_at", "opened_at", "starts_at", "period_ends_at", "expires_at"],
  stopped_buckets: ["starts_at"],
  customers: ["created_at", "deleted_at"],
  payments: ["invoice_number", "hosted_invoice_url", "invoice_pdf_url"],
};

/** Asked of a new database, in which they are empty: the tables of everything that people and events lead to. */
export async function tablesOfPeople(client: Queries): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'billing' order by 1",
  );
  const empty: string[] = [];
  for (const { name } of rows)
    if ((await client.query(`select from billing.${name} limit 1`)).rowCount === 0) empty.push(name);
  return empty;
}

/** All those rows as text, in an order of their own. */
function stateQuery(tables: string[], more: Record<string, string[]> = {}): string {
  const rowsOf = (table: string) => {
    const columns = [...(volatile["*"] ?? []), ...(volatile[table] ?? []), ...(more[table] ?? [])];
    const left = columns.map((name) => `'${name}'`);
    const rows = history[table] ? `(${history[table]})` : `billing.${table}`;
    return `select '${table} ' || (to_jsonb(t) - array[${left.join(", ")}])::text as row from ${rows} t`;
  };
  return tables.map(rowsOf).join(" union all ");
}

export async function hashOf(client: Queries, tables: string[]): Promise<string> {
  const { rows } = await client.query<{ hash: string }>({
    name: "hash",
    text: `select md5(string_agg(row, e'\\n' order by row)) as hash from (${stateQuery(tables)}) s`,
  });
  return rows[0]?.hash ?? "";
}

export async function rowsOf(client: Queries, tables: string[]): Promise<string[]> {
  const { rows } = await client.query<{ row: string }>(`${stateQuery(tables)} order by 1`);
  return rows.map(({ row }) => row);
}

/** What an account has come to, in words that two runs have in common: Stripe's ids are drawn anew in each. */
export async function outcomeOf(client: Queries, tables: string[], account: string): Promise<string[]> {
  const { rows } = await client.query<{ row: string }>(
    `select row from (${stateQuery(tables, whenTold)}) s where row like '%' || $1 || '%'`,
    [account],
  );
  return rows
    .map(({ row }) =>
      row.replaceAll(account, "account").replace(/\b([a-z]{2,5})(_test)?_[0-9A-Za-z]{14,}/g, "$1"),
    )
    .sort();
}
