import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { getPayments } from "@/lib/billing/get-payments";
import { getBalance } from "@/lib/credits/get-balance";
import { getHistory } from "@/lib/credits/get-history";
import type { Database } from "@/lib/database.types";
import { type TestApp, testApp } from "../support/app";

vi.mock("next/headers", () => import("../support/cookies"));

type Grant = Database["public"]["Functions"]["add_credits_atomic"]["Args"];

let api: TestApp;
beforeAll(async () => {
  api = await testApp();
});
afterAll(() => api.close());
beforeEach(() => api.signUp());

const total = async () => (await getBalance()).total;

test("history: a page ends where the next begins", async () => {
  for (const key of ["gift-1", "gift-2", "gift-3"]) await give({ amount: 10, transaction_id: key });
  const first = await getHistory(null, 2);
  expect(first.entries.map(({ number }) => number)).toEqual([4, 3]);
  expect(first.olderThan).toBe(3);
  const last = await getHistory(first.olderThan, 2);
  expect(last.entries.map(({ number }) => number)).toEqual([2, 1]);
  expect(last.olderThan).toBeNull();
});

test("payments: a page ends where the next begins", async () => {
  await total();
  for (const day of [1, 2, 3]) await paid(`invoice:in_${day}`, `2026-02-0${day}T10:00:00Z`);
  const first = await getPayments(null, 2);
  expect(first.payments.map(({ key }) => key)).toEqual(["invoice:in_3", "invoice:in_2"]);
  expect(first.olderThan).toBe("invoice:in_2");
  const last = await getPayments(first.olderThan, 2);
  expect(last.payments.map(({ key }) => key)).toEqual(["invoice:in_1"]);
  expect(last.olderThan).toBeNull();
});

test("balance: what is lost within seven days is told, what is lost later is not", async () => {
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
  await give({ amount: 30, transaction_id: "late", type: "promotional", expires_at: days(8) });
  expect(await getBalance()).toMatchObject({ total: 130, promotional: 130, expiresSoon: null });
  const at = days(6);
  await give({ amount: 20, transaction_id: "soon", type: "promotional", expires_at: at });
  expect(await getBalance()).toMatchObject({ total: 150, expiresSoon: { credits: 20, at } });
});

async function paid(key: string, at: string) {
  await api.db.query(
    `insert into billing.payments (account_id, key, kind, status, description, amount_cents, currency, created_at, ticket)
     values ($1, $2, 'subscription', 'paid', 'Basic plan', 999, 'usd', $3, 1)`,
    [(await getUserOrThrow()).id, key, at],
  );
}

async function give(grant: Partial<Grant> & Pick<Grant, "amount" | "transaction_id">) {
  const account_id = (await getUserOrThrow()).id;
  await total(); // opens the account, so that the free credits are its first entry
  const { data } = await api.service.rpc("add_credits_atomic", { type: "permanent", ...grant, account_id });
  expect(data?.[0]).toMatchObject({ success: true });
}
