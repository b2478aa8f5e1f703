import { afterEach, beforeEach, expect, test } from "vitest";
import { withClient } from "../../local/database";
import { sealHeads, verify } from "../../local/verify";
import { type TestDb, testDb } from "../support/db";

let db: TestDb;
beforeEach(async () => {
  db = await testDb();
});
afterEach(() => db.drop());

test("verify goes through all accounts in batches and finds nothing wrong with good books", async () => {
  for (let n = 0; n < 5; n++)
    await db.query("select add_credits_atomic(gen_random_uuid(), 10, 'permanent', 'pack')");
  await db.query("select seal_ledger()");
  const report = await withClient(db.url, (client) => verify(client, [], 2));
  expect(report).toEqual({ accounts: 5, entries: 5, sealed: 5, problems: [] });
});

test("verify names the account, the place, what should be and what is", async () => {
  const account = await db.newUser();
  await db.query("select add_credits_atomic($1, 10, 'permanent', 'pack')", [account]);
  await db.query("update billing.accounts set balance = 11 where id = $1", [account]);
  const { problems } = await withClient(db.url, (client) => verify(client));
  expect(problems).toContainEqual({
    account_id: account,
    problem: "the balance is not the sum of the entries",
    number: "1",
    expected: "10",
    found: "11",
  });
});

test("heads that were kept find a ledger that was rewritten with its seals", async () => {
  const account = await db.newUser();
  await db.query("select add_credits_atomic($1, 10, 'permanent', 'pack')", [account]);
  await db.query("select seal_ledger()");
  const kept = await withClient(db.url, sealHeads);
  await withClient(db.adminUrl, (client) =>
    client.query(`set session_replication_role to replica;
      update billing.credit_transactions set key = 'other'; update billing.buckets set key = 'other';
      delete from billing.seals; delete from billing.seal_heads; select seal_ledger()`),
  );
  expect((await withClient(db.url, (client) => verify(client))).problems).toEqual([]);
  const { problems } = await withClient(db.url, (client) => verify(client, kept));
  expect(problems.map(({ account_id, problem }) => [account_id, problem])).toEqual([
    [account, "the chain is not the one that was kept elsewhere"],
  ]);
});
