// What one spend writes. These figures hardly depend on the machine: tests/database/spend-cost.test.ts holds them.
import { withClient } from "../../local/database.ts";
import { uniform } from "../accounts.ts";
import { spend } from "../calls.ts";
import { draw } from "../load.ts";
import type { Bench } from "./row.ts";

const clients = 2;

export async function walRow(bench: Bench) {
  const database = await bench.server.clone("wal");
  const side = { key: spend.name, call: spend, url: database.url };
  // Few accounts: a page is written as a whole at its first change after a checkpoint, and these soon were.
  const run = (seconds: number) => draw([side], { clients, seconds, warmUp: 0, pick: uniform(200) });
  await run(bench.warmUp);
  await withClient(database.url, async (client) => {
    const read = async () => (await client.query<Written>(written)).rows[0] ?? { wal: 0, updates: 0, hot: 0 };
    const before = await read();
    const spends = (await run(bench.seconds)).get(spend.name)?.length ?? 0;
    const after = await read();
    bench.report({
      what: "WAL of one plain spend, its commit included",
      clients,
      value: (after.wal - before.wal) / spends,
      unit: "bytes",
      target: { atMost: 750 },
      detail: `over ${spends} spends`,
    });
    bench.report({
      what: "updates of accounts that stay on their page (HOT)",
      clients,
      value: (100 * (after.hot - before.hot)) / (after.updates - before.updates),
      unit: "%",
      target: { atLeast: 95 },
      detail: "pg_stat_user_tables",
    });
  });
  await database.drop();
}

type Written = { wal: number; updates: number; hot: number };
/** What sessions have counted reaches the view when they end, as those of a load have. */
const written = `
  select (pg_current_wal_insert_lsn() - '0/0')::float8 as wal, n_tup_upd::float8 as updates,
    n_tup_hot_upd::float8 as hot
  from pg_stat_user_tables where relid = 'billing.accounts'::regclass`;
