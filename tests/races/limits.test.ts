// A limit holds whoever comes at once, at every isolation level, and nobody waits in a circle.
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { type TestDb, testDb } from "../support/db";
import { verbsOf } from "../support/verbs";
import { someoneWaits } from "../support/waits";

let db: TestDb;
let account: string;
beforeEach(async () => {
  db = await testDb();
  account = await db.newUser();
  await verbsOf(db).grant(account, 1000, "pack");
  await db.query(`
    update billing.plans set is_sold = false;
    insert into billing.plans (key, version, name, description, position, credits_per_month, is_free)
    values ('t_free', 1, 'T Free', '', 1, 0, true);
    insert into billing.operations (key, name) values ('t_ask', 'Question'), ('t_bot', 'Bot');
    insert into billing.operation_prices (operation, version, base_credits) values ('t_ask', 1, 2), ('t_bot', 1, 1);
    insert into billing.plan_entitlements (plan_key, plan_version, key, max_count) values ('t_free', 1, 'bots', 5);
    insert into billing.plan_caps (plan_key, plan_version, operation, per, max_uses)
    values ('t_free', 1, 't_ask', 'month', 5);
    create table public.bots (id bigint generated always as identity primary key, user_id uuid);
    create index on public.bots (user_id);
    select billing.limit_rows('public.bots', 'bots')`);
});
afterEach(() => db.drop());

const times = <T>(n: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => act(i)));
const insert = "insert into public.bots (user_id) values ($1)";
const ask = (key: string) =>
  db.one<{ success: boolean; duplicate: boolean }>("select * from consume_credits('t_ask', '{}', $1, $2)", [
    key,
    account,
  ]);
/** What a call came to: 'done', or the code of the refusal. */
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    (error: { code?: string }) => error.code ?? String(error),
  );
const count = (all: string[], what: string) => all.filter((one) => one === what).length;
const bots = async () => (await db.one<{ count: number }>("select count(*) from public.bots")).count;
const used = async () => (await db.one<{ uses: number }>("select uses from billing.cap_uses")).uses;

/** Every client has its transaction, and has read, before the first of them goes on. */
async function together(
  isolation: string,
  n: number,
  act: (client: pg.PoolClient, i: number) => Promise<unknown>,
) {
  const clients = await times(n, () => db.pool.connect());
  try {
    for (const client of clients) {
      await client.query(`begin isolation level ${isolation}`);
      await client.query("select count(*) from public.bots");
    }
    return await Promise.all(
      clients.map((client, i) =>
        outcome(act(client, i).then(() => client.query("commit"))).finally(() => client.query("rollback")),
      ),
    );
  } finally {
    for (const client of clients) client.release();
  }
}

describe.each([
  ["with the account's row", () => account],
  ["without one", () => crypto.randomUUID()],
])("20 rows at once under a limit of 5, %s", (_, whose) => {
  test("at read committed exactly 5 come in", async () => {
    const owner = whose();
    const all = await together("read committed", 20, (client) => client.query(insert, [owner]));
    expect([count(all, "done"), count(all, "LCLIM")]).toEqual([5, 15]);
    expect(await bots()).toBe(5);
  });

  test.each(["repeatable read", "serializable"])(
    "at %s one comes in, and who read before it fails",
    async (level) => {
      const owner = whose();
      const all = await together(level, 20, (client) => client.query(insert, [owner]));
      expect([count(all, "done"), count(all, "40001")]).toEqual([1, 19]);
      expect(await bots()).toBe(1);
    },
  );
});

test("at repeatable read the last place goes to one", async () => {
  for (let i = 0; i < 4; i++) await db.query(insert, [account]);
  const all = await together("repeatable read", 10, (client) => client.query(insert, [account]));
  expect(count(all, "done")).toBe(1);
  expect(await bots()).toBe(5);
});

describe("inserts of several rows in opposite orders do not deadlock", () => {
  const rounds = 25;
  let others: string[];
  beforeEach(async () => {
    others = await times(6, () => db.newUser());
    for (const id of others) await verbsOf(db).grant(id, 1000, "pack");
  });
  const inserts = (table: string) =>
    times(4, async (i) => {
      const order = i % 2 ? others : others.toReversed();
      for (let round = 0; round < rounds; round++)
        await db.query(`insert into ${table} (user_id) select unnest($1::uuid[])`, [order]);
    });

  test("into a limited table", async () => {
    await db.query(`
      insert into billing.plan_entitlements (plan_key, plan_version, key, max_count)
      values ('t_free', 1, 'many', 1000);
      create table public.many (id bigint generated always as identity primary key, user_id uuid);
      select billing.limit_rows('public.many', 'many')`);
    await inserts("public.many");
    expect(await db.one("select count(*) from public.many")).toEqual({ count: 4 * rounds * others.length });
  });

  test("into a table that costs credits", async () => {
    await db.query(`
      create table public.paid (id uuid primary key default gen_random_uuid(), user_id uuid);
      select billing.charge_on_insert('public.paid', 't_bot')`);
    await inserts("public.paid");
    const { rows } = await db.query("select balance from billing.accounts where id = any ($1)", [others]);
    expect(rows).toEqual(others.map(() => ({ balance: 1000 - 4 * rounds })));
    expect(await problemsOf(db)).toEqual([]);
  });
});

test("a row and a spend, and a spend and a row, in one transaction each do not deadlock", async () => {
  const spend = "select * from deduct_credits_atomic($1, 1, $2)";
  for (let round = 0; round < 25; round++) {
    const all = await together("read committed", 2, async (client, i) => {
      if (i) await client.query(insert, [account]);
      await client.query(spend, [account, `${round}-${i}`]);
      if (!i) await client.query(insert, [account]);
      await client.query("delete from public.bots");
    });
    expect(all).toEqual(["done", "done"]);
  }
  expect(await problemsOf(db)).toEqual([]);
});

test("20 uses at once under a cap of 5: exactly 5 are charged", async () => {
  const all = await times(20, (i) => outcome(ask(`k${i}`)));
  expect([count(all, "done"), count(all, "LCLIM")]).toEqual([5, 15]);
  expect(await used()).toBe(5);
  expect(await verbsOf(db).credits(account)).toMatchObject({ total: 990 });
  expect(await problemsOf(db)).toEqual([]);
});

test("at repeatable read a use that read before another fails, and is not counted", async () => {
  const all = await together("repeatable read", 10, (client, i) =>
    client.query("select * from consume_credits('t_ask', '{}', $1, $2)", [`k${i}`, account]),
  );
  expect([count(all, "done"), count(all, "40001")]).toEqual([1, 9]);
  expect(await used()).toBe(1);
  expect(await problemsOf(db)).toEqual([]);
});

test.each([
  ["charged", "select * from consume_credits('t_ask', '{}', 'last', $1)"],
  ["held", "select * from place_hold('t_ask', '{}', 'last', account_id => $1)"],
])("one key five times at once for the last use: one is %s, and all have its answer", async (_, call) => {
  for (let i = 0; i < 4; i++) await ask(`k${i}`);
  const first = await db.pool.connect();
  await first.query("begin");
  await first.query(call, [account]);
  const repeats = times(4, () => db.one(call, [account]));
  await someoneWaits(db, 4);
  await first.query("commit");
  first.release();
  for (const answer of await repeats) expect(answer).toMatchObject({ success: true, duplicate: true });
  expect(await used()).toBe(5);
});

test("holds and uses at once under a cap of 5: as many are out as are counted", async () => {
  const place = (i: number) =>
    db.query("select * from place_hold('t_ask', '{}', $1, account_id => $2)", [`h${i}`, account]);
  const all = await times(20, async (i) => {
    if (i % 2) return outcome(ask(`k${i}`));
    const placed = await outcome(place(i));
    if (placed === "done") await db.query("select * from release_hold($1, $2)", [account, `h${i}`]);
    return "released";
  });
  expect(await used()).toBe(count(all, "done"));
  expect(await problemsOf(db)).toEqual([]);
});
