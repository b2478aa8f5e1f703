import { afterAll, beforeAll, expect, test } from "vitest";
import { testApi } from "../support/api";

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

test("a user spends, and sees only their own rows", async () => {
  const [a, b] = await Promise.all([api.signUp("a@x.co"), api.signUp("b@x.co")]);
  expect(await a.client.rpc("spend", { p_amount: 30, p_reason: "x" })).toMatchObject({
    data: 70,
    status: 200,
  });
  expect((await b.client.from("ledger").select()).data).toEqual([]);
  expect((await a.client.rpc("spend", { p_amount: 300, p_reason: "x" })).error).toMatchObject({
    code: "P0001",
    message: "insufficient credits",
  });
  expect(
    (await a.client.rpc("apply_stripe_event", { p_id: "1", p_type: "t", p_user: a.id, p_credits: 1 })).status,
  ).toBe(403);
});
