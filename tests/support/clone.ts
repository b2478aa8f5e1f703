import { randomBytes } from "node:crypto";
import { withClient } from "../../local/database.ts";
import { databaseUrl } from "../../local/postgres.ts";

/** A database made from another in the cluster at this port, owned as the platform's; one of `tpl` takes about 20 ms. */
export async function makeClone(port: number, template: string) {
  const url = databaseUrl(port);
  const name = `t_${randomBytes(6).toString("hex")}`;
  const asAdmin = (sql: string) => withClient(url("supabase_admin"), (client) => client.query(sql));
  await asAdmin(`create database ${name} owner postgres template ${template} strategy file_copy`);
  return {
    name,
    url: url("postgres", name),
    adminUrl: url("supabase_admin", name),
    drop: () => asAdmin(`drop database ${name} with (force)`),
  };
}
