import pg from "pg";
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
const isReplay = (answer: { lastResponse: { headers: HeadersInit } }) =>
  new Headers(answer.lastResponse.headers).get("idempotent-replayed");

test("idempotency: the same key and parameters answer the first object again and say so", async () => {
  const { stripe } = sandbox();
  const create = (params: Stripe.CustomerCreateParams) =>
    stripe.customers.create(params, { idempotencyKey: "once" });
  const first = await create({ name: "Once", email: "once@example.com" });
  const again = await create({ email: "once@example.com", name: "Once" });
  expect(again).toEqual(first);
  expect(isReplay(first)).toBeNull();
  expect(isReplay(again)).toBe("true");
  const made = (await stripe.customers.list({ limit: 100 })).data.filter(({ name }) => name === "Once");
  expect(made).toHaveLength(1);
});

test("idempotency: the same key with other parameters, or on another path, is refused", async () => {
  const { stripe } = sandbox();
  const options = { idempotencyKey: "other" };
  const { id } = await stripe.customers.create({ name: "A" }, options);
  const refusal = { statusCode: 400, type: "StripeIdempotencyError" };
  await expect(stripe.customers.create({ name: "B" }, options)).rejects.toMatchObject(refusal);
  await expect(stripe.customers.update(id, { name: "A" }, options)).rejects.toMatchObject(refusal);
});

test("idempotency: a refusal is kept too, a request that was never valid is not", async () => {
  const { stripe } = sandbox();
  const options = { idempotencyKey: "refused" };
  const portal = () => stripe.billingPortal.sessions.create({ customer: "cus_none" }, options);
  await expect(portal()).rejects.toMatchObject({ code: "resource_missing" });
  await expect(portal()).rejects.toMatchObject({ headers: { "idempotent-replayed": "true" } });
  const wrong = { name: "A", shoe_size: 44 };
  await expect(stripe.customers.create(wrong, { idempotencyKey: "fixed" })).rejects.toMatchObject({
    code: "parameter_unknown",
  });
  expect((await stripe.customers.create({ name: "A" }, { idempotencyKey: "fixed" })).name).toBe("A");
});

test("idempotency: after a day the key is new", async () => {
  const { stripe, moveTo, clock } = sandbox();
  const create = () => stripe.customers.create({ name: "Daily" }, { idempotencyKey: "daily" });
  const first = await create();
  await moveTo(new Date(clock.now.getTime() + 86_399_000).toISOString());
  expect((await create()).id).toBe(first.id);
  await moveTo(new Date(clock.now.getTime() + 1000).toISOString());
  expect((await create()).id).not.toBe(first.id);
});

test("idempotency: while the first request runs, the second is told so and does nothing", async () => {
  const { stripe, db } = sandbox();
  const create = () => stripe.customers.create({ name: "Slow" }, { idempotencyKey: "slow" });
  const holder = new pg.Client({ connectionString: db.adminUrl });
  await holder.connect();
  try {
    await holder.query("begin; lock table objects in exclusive mode");
    const first = create();
    await waitUntil(async () => {
      const { rows } = await holder.query(
        "select 1 from pg_locks where not granted and relation = 'objects'::regclass",
      );
      return rows.length > 0;
    });
    await expect(create()).rejects.toMatchObject({ statusCode: 409, code: "idempotency_key_in_use" });
    await holder.query("commit");
    const { id } = await first;
    expect((await create()).id).toBe(id);
  } finally {
    await holder.end();
  }
});

async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((done) => setTimeout(done, 10));
}
