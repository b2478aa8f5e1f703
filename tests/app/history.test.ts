import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { GET } from "@/app/api/credits/history/csv/route";
import { explainAction } from "@/lib/actions/history";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { explainEntry } from "@/lib/credits/explain-entry";
import { getForecast } from "@/lib/credits/get-forecast";
import { getHistory, getHistoryPage } from "@/lib/credits/get-history";
import { getUsage } from "@/lib/credits/get-usage";
import { readHistoryPage } from "@/lib/credits/history-page";
import { type TestApp, testApp } from "../support/app";
import { jar } from "../support/cookies";

vi.mock("next/headers", () => import("../support/cookies"));

let api: TestApp;
let account: string;
beforeAll(async () => {
  api = await testApp();
  await api.db.query(`
    insert into billing.operations (key, name) values ('t_ask', 'Question');
    insert into billing.operation_prices (operation, version, base_credits) values ('t_ask', 1, 5);
    insert into billing.operation_parameters (operation, version, name, kind, position, is_subject)
    values ('t_ask', 1, 'bot', 'label', 1, true);`);
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.signUp();
  account = (await getUserOrThrow()).id;
  expect((await getHistory(null)).entries).toHaveLength(1); // the free month
});

const deduct = (amount: number, task_id: string, description: string) =>
  api.service.rpc("deduct_credits_atomic", { account_id: account, amount, task_id, description });
const ask = (bot: string, key: string) =>
  api.service.rpc("consume_credits", { operation: "t_ask", params: { bot }, key, account_id: account });
/** Each in a transaction of its own, as it would come. */
const spendOften = (times: number) =>
  api.db.query(`do $$ begin
    perform add_credits_atomic('${account}', 10000, 'permanent', 'pack');
    for i in 1..${times} loop
      commit;
      perform deduct_credits_atomic('${account}', 1, 'task ' || i);
    end loop;
  end $$`);
const numbersOf = async (query: string) => {
  const { place, filter } = readHistoryPage(new URLSearchParams(query));
  return (await getHistoryPage(place, filter)).entries.map(({ number }) => number);
};
const csv = (query = "") => GET(new Request(`http://site.test/api/credits/history/csv${query}`));

test("history: by kind, operation, words and days, each of a page's address", async () => {
  await ask("Ada", "question 1");
  await ask("Bob", "question 2");
  await deduct(5, "poster", "Poster, A2");
  expect(await numbersOf("kind=added&kind=expired")).toEqual([1]);
  expect(await numbersOf("operation=t_ask")).toEqual([3, 2]);
  expect(await numbersOf("search=Bob")).toEqual([3]);
  expect(await numbersOf("search=poster, a2")).toEqual([4]);
  expect(await numbersOf("from=2020-01-01&to=2020-02-01")).toEqual([]);
  const today = new Date().toISOString().slice(0, 10);
  expect(await numbersOf(`from=${today}&to=${today}&kind=used&operation=`)).toEqual([4, 3, 2]);
});

test.each([
  "kind=loot",
  "from=yesterday",
  "from=0000-12-31",
  "to=2026-02-30",
  "to=9999-12-31",
  `search=${"a".repeat(101)}`,
  "before=-1",
])("history: %s is no filter, and the page shows all", async (query) => {
  expect(await numbersOf(query)).toEqual([1]);
});

test("history: pages lead down and up again; what is above less than a page is the first", async () => {
  await spendOften(120);
  const pageAt = (before: number | null, after: number | null) => getHistoryPage({ before, after }, {});
  const first = await pageAt(null, null);
  expect(first).toMatchObject({ olderThan: 73, newerThan: null, isCutShort: false });
  const second = await pageAt(73, null);
  expect(second).toMatchObject({ olderThan: 23, newerThan: 72 });
  expect(await pageAt(23, null)).toMatchObject({ olderThan: null, newerThan: 22 });
  expect((await pageAt(null, 22)).entries).toEqual(second.entries);
  expect((await pageAt(null, 72)).entries).toEqual(first.entries);
  expect((await pageAt(null, 100)).entries).toEqual(first.entries);
});

test("history: a search stops after five hundred entries, says where, and goes on from there", async () => {
  await deduct(1, "needle", "A needle");
  await spendOften(600);
  const filter = { search: "needle" };
  const first = await getHistoryPage({ before: null, after: null }, filter);
  expect(first).toEqual({ entries: [], olderThan: 104, newerThan: null, isCutShort: true });
  const second = await getHistoryPage({ before: first.olderThan, after: null }, filter);
  expect(second.entries.map(({ number }) => number)).toEqual([2]);
  expect(second.isCutShort).toBe(false);
});

test("csv: all that the filter lets through, more than a page of it, newest first", async () => {
  await spendOften(1100);
  const response = await csv("?search=task");
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="credit-history.csv"');
  const lines = (await response.text()).split("\r\n");
  expect(lines[0]).toBe("number,time,kind,task_id,operation,subject,description,credits,balance_after");
  expect(lines[1]).toMatch(/^1102,\d{4}-\d\d-\d\dT[\d:.]+Z,spend,task 1100,,,Credits used,-1,9000$/);
  expect(lines.slice(1, -1).map((line) => Number(line.split(",")[0]))).toEqual(
    Array.from({ length: 1100 }, (_, i) => 1102 - i),
  );
  expect(lines.at(-1)).toBe("");
});

test("csv: words are quoted where they must be, and never run as a formula; numbers stay numbers", async () => {
  await deduct(1, "a", '=HYPERLINK("http://evil.test","a, b")');
  await deduct(1, "-1+1", " @SUM(A1)");
  await deduct(1, "+1", "two\nlines");
  const text = await (await csv("?kind=spend")).text();
  expect(text).toContain(`,a,,,"'=HYPERLINK(""http://evil.test"",""a, b"")",-1,99\r\n`);
  expect(text).toContain(",'-1+1,,,' @SUM(A1),-1,98\r\n");
  expect(text).toContain(`,'+1,,,"two\nlines",-1,97\r\n`);
});

test("csv: is sent while it is read, and reads no further when nobody takes it", async () => {
  await spendOften(2500);
  const calls = vi.spyOn(globalThis, "fetch");
  const reader = (await csv()).body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  await reader?.cancel();
  const asked = calls.mock.calls.filter(([address]) => String(address).includes("get_credit_history"));
  expect(asked.length).toBeLessThan(3);
  calls.mockRestore();
});

test("csv: who is signed out, or filters by nonsense, gets a status and no file", async () => {
  for (const since of ["soon", "0000-12-31"]) expect((await csv(`?since=${since}`)).status).toBe(422);
  jar.clear();
  const response = await csv();
  expect(response.status).toBe(401);
  expect(response.headers.get("content-type")).toContain("application/json");
});

test("usage: by operation and subject, the same when the job has counted", async () => {
  await ask("Ada", "question 1");
  await ask("Ada", "question 2");
  await deduct(7, "poster", "Poster");
  await api.service.rpc("reverse_deduction", { account_id: account, key: "question 2", reason: "No answer" });
  const used = await getUsage(["operation", "subject"]);
  expect(used).toMatchObject([
    { operation: null, operationName: null, subject: null, uses: 1, charged: 7, returned: 0, used: 7 },
    {
      operation: "t_ask",
      operationName: "Question",
      subject: "Ada",
      uses: 2,
      charged: 10,
      returned: 5,
      used: 5,
    },
  ]);
  const [job] = (await api.db.query("select command from cron.job where jobname = 'coffer: count usage'"))
    .rows;
  await api.db.query(job?.command);
  expect(await getUsage(["operation", "subject"])).toEqual(used);
  expect(await getUsage(["day"], { since: "2020-01-01", until: "2020-02-01" })).toEqual([]);
});

test("forecast: at the pace of a first day the free month expires before it is used", async () => {
  await deduct(1, "poster", "Poster");
  const [week, ...others] = await getForecast();
  // One day says the same of a week and of a month, and is no pace yet that is worth a word.
  expect([week, others]).toMatchObject([{ isKnown: false, used: 1, perDay: 1 }, []]);
  expect(week?.lost).toBeGreaterThan(60);
  expect(week?.runsOutAt).toMatch(/T00:00:00.000Z$/);
});

test("explain: what was asked for, what it cost and which buckets gave; of nobody else's entry", async () => {
  await ask("Ada", "question 1");
  await api.service.rpc("reverse_deduction", { account_id: account, key: "question 1", reason: "No answer" });
  const { entries, related } = await explainEntry(2);
  expect(entries).toMatchObject([
    {
      kind: "spend",
      taskId: "question 1",
      settings: [{ name: "bot", value: "Ada" }],
      credits: -5,
      balanceBefore: 100,
      balanceAfter: 95,
      price: [{ name: "Question", value: null, credits: 5 }],
      buckets: [
        { kind: "promotional", credits: -5, before: 100, after: 95, endsAt: expect.any(String), paid: null },
      ],
    },
  ]);
  expect(related).toMatchObject([{ number: 3, kind: "reversal", credits: 5, isAnswered: false }]);
  expect((await explainEntry(3)).related).toMatchObject([{ number: 2, kind: "spend", isAnswered: true }]);
});

test("explain: an entry that is not there and what is no number are answered alike", async () => {
  await expect(explainEntry(2)).rejects.toMatchObject({ status: 404 });
  const missing = await explainAction("2");
  expect(missing).toMatchObject({ ok: false, error: { kind: "unknown" } });
  for (const entry of ["x", "-1", "1e3", 1, null, { toString: () => "1" }])
    expect(await explainAction(entry)).toEqual(missing);
});
