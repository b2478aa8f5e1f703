import type pg from "pg";
import { withClient } from "../../local/database.ts";
import type { TestDb } from "../support/db";

/** Every row and sequence of billing as it is now; `restore` makes all of it so again, as a restored backup would. */
export async function backUp({ adminUrl }: TestDb) {
  const { tables, sequences } = await withClient(adminUrl, async (client) => {
    await client.query("create schema backup");
    const tables = await namesOf("r");
    for (const name of tables) await client.query(`create table backup.${name} as table billing.${name}`);
    const { rows } = await client.query<{ name: string; last: string | null }>(
      "select sequencename as name, last_value as last from pg_sequences where schemaname = 'billing'",
    );
    return { tables, sequences: rows };

    async function namesOf(kind: string) {
      const { rows } = await client.query<{ name: string }>(
        "select relname as name from pg_class where relnamespace = 'billing'::regnamespace and relkind = $1",
        [kind],
      );
      return rows.map(({ name }) => name);
    }
  });

  return {
    async restore() {
      await withClient(adminUrl, async (client) => {
        // As a replica, for which the triggers do not fire that refuse to empty a ledger.
        await client.query("set session_replication_role = replica");
        await client.query(`truncate ${tables.map((name) => `billing.${name}`).join(", ")}`);
        for (const name of tables) {
          const columns = (await storedColumns(client, name)).join(", ");
          await client.query(
            `insert into billing.${name} (${columns}) overriding system value
             select ${columns} from backup.${name}`,
          );
        }
        for (const { name, last } of sequences)
          await client.query("select setval($1::regclass, $2::bigint, $3)", [
            `billing.${name}`,
            last ?? 1,
            last !== null,
          ]);
      });
    },
  };
}

/** Those that Postgres does not make of the others. */
async function storedColumns(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [`billing.${table}`],
  );
  return rows.map(({ name }) => name);
}
