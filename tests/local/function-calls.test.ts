import { afterAll, beforeAll, expect, test } from "vitest";
import { startCron } from "../../local/cron.ts";
import { readEnvironment } from "../../local/environment.ts";
import { nightlyReconciliation, topupsEachMinute } from "../../local/function-calls.ts";
import { keys } from "../../local/keys.ts";
import { listen } from "../../local/listen.ts";
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

test("each minute top-ups are called for, also of a moved clock, and only what was done is in the log", async () => {
  const answers = [
    { charged: 1, failed: 0 },
    { charged: 0, failed: 0 },
  ];
  const server = await listen(() => Response.json(answers.pop()));
  const log: string[] = [];
  const platform = readEnvironment({ API_PORT: new URL(server.url).port });
  const call = topupsEachMinute(platform, (text) => log.push(text));
  expect(call.schedule).toBe("* * * * *");
  const yearly = { ...call, schedule: "1 10 1 1 *" }; // not while the test runs
  const cron = startCron(db.adminUrl, (error) => log.push(String(error)), [yearly]);
  const at = (time: string) => new Date(`2027-01-01T${time}Z`);
  await cron.runDue(at("10:00:30"), at("10:00:40"));
  expect(answers).toHaveLength(2);
  await cron.runDue(at("10:00:30"), at("12:00:00"));
  await cron.runDue(at("10:00:30"), at("12:00:00"));
  await cron.stop();
  await server.close();
  expect(log).toEqual(['top-ups: 200 {"charged":1,"failed":0}\n']);
});

test("what is called beside the jobs is called when it is due", async () => {
  const called = Promise.withResolvers<void>();
  const run = async () => called.resolve();
  const cron = startCron(db.adminUrl, called.reject, [{ schedule: "* * * * * *", run }]);
  await called.promise;
  await cron.stop();
});
