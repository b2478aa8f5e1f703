// Room on a page is made of versions that no open transaction may need, of the whole cluster: hence one without others.

import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "../../local/database";
import { makeClone } from "../support/clone";
import { startCluster } from "../support/cluster";

let cluster: Awaited<ReturnType<typeof startCluster>>;
let clone: Awaited<ReturnType<typeof makeClone>>;
beforeAll(async () => {
  cluster = await startCluster("quiet");
  clone = await makeClone(cluster.port, "tpl");
});
afterAll(() => cluster?.end());

test("at least 95 of 100 updates of accounts stay on their page", () =>
  withClient(clone.adminUrl, async (client) => {
    await client.query("alter table billing.accounts set (autovacuum_enabled = off)");
    const accounts = Array.from({ length: 50 }, () => crypto.randomUUID());
    const spend = (account: string, task: number) =>
      client.query("select from deduct_credits_atomic($1, 1, $2)", [account, `task_${task}`]);
    const onPage = async () => {
      await client.query("select pg_stat_force_next_flush()");
      const { rows } = await client.query<{ updates: number; on_page: number }>(
        `select n_tup_upd::integer as updates, n_tup_hot_upd::integer as on_page
         from pg_stat_user_tables where relid = 'billing.accounts'::regclass`,
      );
      return rows[0];
    };
    for (const account of accounts) {
      await client.query("select add_credits_atomic($1, 1000000, 'permanent', 'pack')", [account]);
      await spend(account, 0);
    }
    const before = await onPage();
    for (let task = 1; task <= 40; task++) for (const account of accounts) await spend(account, task);
    const after = await onPage();
    if (!before || !after) throw new Error("billing.accounts has no statistics");
    expect(after.updates - before.updates).toBe(2000);
    expect((after.on_page - before.on_page) / 2000).toBeGreaterThanOrEqual(0.95);
  }));
