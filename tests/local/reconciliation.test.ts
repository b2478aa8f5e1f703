import { afterAll, beforeAll, expect, test } from "vitest";
import { startCron } from "../../local/cron.ts";
import { readEnvironment } from "../../local/environment.ts";
import { keys } from "../../local/keys.ts";
import { listen } from "../../local/listen.ts";
import { nightlyReconciliation } from "../../local/reconciliation.ts";
import { type TestDb, testDb } from "../support/db";

let db: TestDb;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.drop());

test("each night the function is called with the project's key, and its answer is in the log", async () => {
  const server = await listen((request) =>
    Response.json({ path: new URL(request.url).pathname, key: request.headers.get("authorization") }),
  );
  const log: string[] = [];
  const platform = readEnvironment({ API_PORT: new URL(server.url).port });
  const { schedule, run } = nightlyReconciliation(platform, (text) => log.push(text));
  await run();
  await server.close();
  expect(schedule).toBe("20 3 * * *");
  const answer = { path: "/functions/v1/stripe-reconcile", key: `Bearer ${keys.secret}` };
  expect(log).toEqual([`reconciliation: 200 ${JSON.stringify(answer)}\n`]);
});

test("what is called beside the jobs is called when it is due", async () => {
  const called = Promise.withResolvers<void>();
  const run = async () => called.resolve();
  const cron = startCron(db.adminUrl, called.reject, [{ schedule: "* * * * * *", run }]);
  await called.promise;
  await cron.stop();
});
