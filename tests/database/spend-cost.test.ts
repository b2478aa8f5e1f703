// What a spend and the sweep cost, as far as it is the same on every machine. What depends on it is measured in bench/.
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestDb, testDb } from "../support/db";

let db: TestDb;
let client: pg.Client;
let plans: Planned[];
beforeEach(async () => {
  db = await testDb();
  client = new pg.Client({ connectionString: db.adminUrl });
  plans = [];
  client.on("notice", ({ message = "" }) => {
    const json = /^duration: .* plan:\n(\{[\s\S]*)/.exec(message)?.[1];
    if (json) plans.push(JSON.parse(json));
  });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await db.drop();
});

type Plan = { "Node Type": string; "Index Name"?: string; Plans?: Plan[] };
type Planned = { "Query Text": string; Plan: Plan };

/** From now on every statement of this session, inside functions too, leaves its plan in `plans`. */
function watchPlans() {
  return client.query(`
    load 'auto_explain';
    set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on;
    set auto_explain.log_level = notice;
    set auto_explain.log_format = json`);
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** What this session has counted so far goes to the shared statistics when the statement ends. */
const flush = "select pg_stat_force_next_flush()";

let task = 0;
const spendSql = "select * from deduct_credits_atomic($1, 1, $2, 'image generation')";
async function spend(account: string) {
  const { rows } = await client.query(spendSql, [account, `task_${++task}`]);
  expect(rows).toMatchObject([{ success: true, duplicate: false }]);
}

/** Accounts that have spent before, so that nothing is due at their next spend. */
async function spenders(count: number) {
  const accounts = Array.from({ length: count }, () => crypto.randomUUID());
  for (const account of accounts) {
    await client.query("select add_credits_atomic($1, 1000000, 'permanent', 'pack')", [account]);
    await spend(account);
  }
  return accounts;
}

async function spendEach(accounts: string[], times: number) {
  for (let n = 0; n < times; n++) for (const account of accounts) await spend(account);
}

test("a plain spend is one statement in the function, and reads one index", async () => {
  const [account = ""] = await spenders(1);
  await watchPlans();
  await spend(account);
  const inside = plans.filter((planned) => planned["Query Text"] !== spendSql);
  expect(inside).toHaveLength(1);
  const indexes = inside.flatMap(({ Plan }) => nodesOf(Plan)).flatMap((node) => node["Index Name"] ?? []);
  expect(indexes).toEqual(["accounts_pkey"]);
});

/** The rows that an act changes, by table. */
async function rowsChanged(act: () => Promise<unknown>) {
  await client.query(flush);
  await client.query("begin");
  await act();
  const { rows } = await client.query(`
    select relname as table, n_tup_ins as inserted, n_tup_upd as updated, n_tup_hot_upd as on_page
    from pg_stat_xact_user_tables where n_tup_ins + n_tup_upd + n_tup_del > 0 order by relname`);
  await client.query("commit");
  return rows;
}

test("a plain spend writes two rows: the account anew, and its entry", async () => {
  const [account = ""] = await spenders(1);
  expect(await rowsChanged(() => spend(account))).toEqual([
    { table: "accounts", inserted: 0, updated: 1, on_page: 1 },
    { table: "credit_transactions", inserted: 1, updated: 0, on_page: 0 },
  ]);
});

async function answered(sql: string, values: unknown[]) {
  const { rows } = await client.query(sql, values);
  expect(rows).toMatchObject([{ success: true, duplicate: false }]);
}
const hold = (account: string, key: string) =>
  answered("select * from hold_credits_atomic($1, 10, $2)", [account, key]);
const capture = (account: string, key: string, amount: number | null) =>
  answered("select * from capture_hold($1, $2, $3)", [account, key, amount]);

test("a hold and its capture are one writing statement each, whether in whole or in part", async () => {
  const [account = ""] = await spenders(1);
  await watchPlans();
  for (const amount of [null, 4]) {
    const key = `job_${amount}`;
    for (const act of [() => hold(account, key), () => capture(account, key, amount)]) {
      plans = [];
      await act();
      const writes = plans.filter(({ Plan }) =>
        nodesOf(Plan).some((node) => node["Node Type"] === "ModifyTable"),
      );
      expect(writes).toHaveLength(1);
    }
  }
});

test("a hold writes three rows and so does its capture; a hold after another leaves the account on its page", async () => {
  const [account = ""] = await spenders(1);
  await hold(account, "first"); // brings next_due_at forward, which has an index
  expect(await rowsChanged(() => hold(account, "job"))).toEqual([
    { table: "accounts", inserted: 0, updated: 1, on_page: 1 },
    { table: "credit_transactions", inserted: 1, updated: 0, on_page: 0 },
    { table: "holds", inserted: 1, updated: 0, on_page: 0 },
  ]);
  expect(await rowsChanged(() => capture(account, "job", 4))).toEqual([
    { table: "accounts", inserted: 0, updated: 1, on_page: 1 },
    { table: "credit_transactions", inserted: 1, updated: 0, on_page: 0 },
    { table: "holds", inserted: 0, updated: 1, on_page: 0 },
  ]);
});

test("the WAL of a plain spend is at most 700 bytes on average, 750 with its commit", async () => {
  const accounts = await spenders(20);
  await spendEach(accounts, 5);
  let bytes = 0;
  const spends = 200;
  for (let n = 0; n < spends; n++) {
    const { rows } = await client.query(`explain (analyze, wal, format json) ${spendSql}`, [
      accounts[n % accounts.length],
      `task_${++task}`,
    ]);
    bytes += rows[0]["QUERY PLAN"][0].Plan["WAL Bytes"];
  }
  expect(bytes / spends).toBeGreaterThan(200); // else it has not measured a spend
  expect(bytes / spends).toBeLessThanOrEqual(700);
});

test("the sweep reads the due accounts from their index, in its order, also by a plan for any instant", async () => {
  await client.query(`
    insert into billing.accounts (id, created_at, next_claim_at, next_due_at)
    select gen_random_uuid(), now(), 'infinity',
      case when n <= 100 then now() - n * interval '1 second' else 'infinity' end
    from generate_series(1, 5000) n`);
  await client.query("analyze billing.accounts");
  await client.query("set plan_cache_mode = force_generic_plan");
  await watchPlans();
  const { rows } = await client.query("select expire_subscription_credits(10) as settled");
  expect(rows).toEqual([{ settled: 10 }]);
  const [batch, ...others] = plans.filter((planned) => /skip locked/.test(planned["Query Text"]));
  expect(others).toEqual([]);
  const nodes = batch ? nodesOf(batch.Plan) : [];
  expect(nodes.map((node) => node["Index Name"])).toContain("accounts_due");
  expect(nodes.map((node) => node["Node Type"])).not.toContain("Sort");
});
