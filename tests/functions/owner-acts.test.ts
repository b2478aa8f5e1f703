// What an owner does from the command line or a schedule: replays, refunds, and the function that reconciles.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { keys, sandboxKeys } from "../../local/keys.ts";
import { proposeRefund, refundPayment } from "../../supabase/functions/_shared/refund-payment.ts";
import { verbsOf } from "../support/verbs";
import { type WithOwner, withOwner } from "./owner";
import { answer, openShop } from "./shop";
import { deliver, loadFunction } from "./webhook";

let shop: WithOwner<Awaited<ReturnType<typeof openShop>>>;
beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  shop = await withOwner(openShop());
});
afterAll(() => shop.close());

test("an event that was ignored for want of an effect is applied when it comes again", async () => {
  const { event, credits } = await shop.buyer("credits_500");
  const completed = await event("checkout.session.completed");
  await shop.db.query("select ignore_event($1, $2, now(), null, 'sha', 'no_effect')", [
    completed.id,
    completed.type,
  ]);
  expect(await deliver(shop.handler, completed)).toEqual(answer("applied"));
  expect(await credits()).toEqual({ subscription: 0, permanent: 500 });
});

test("a replay reads the object again, as Stripe has it now, and grants nothing twice", async () => {
  const { event, userId, credits, subscription } = await shop.buyer("professional_month");
  const created = await event("customer.subscription.created");
  for (const one of [created, await event("invoice.paid")]) await deliver(shop.handler, one);
  await shop.account.stripe.subscriptions.cancel((await subscription()).id);
  const stored = () =>
    shop.db.one("select status from billing.subscriptions where account_id = $1", [userId]);
  expect(await stored()).toEqual({ status: "active" });
  expect(await shop.owner.replay({ ids: [created.id] }, "its cancellation was lost")).toEqual({
    replayed: 1,
    failed: 0,
  });
  expect(await stored()).toEqual({ status: "canceled" });
  expect(await shop.inbox(created.id)).toMatchObject({ state: "applied", attempts: 2 });
  const acts =
    "select reason from billing.audit_log where action = 'event.reopen' and starts_with(reason, $1)";
  expect((await shop.db.query(acts, [created.id])).rows).toEqual([
    { reason: `${created.id}, applied: its cancellation was lost` },
  ]);
  await shop.owner.replay({ since: new Date(0) });
  expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
});

test("a refund is proposed by the catalog, made at Stripe once, and takes credits by its event", async () => {
  const { event, userId, credits } = await shop.buyer("professional_month");
  await deliver(shop.handler, await event("invoice.paid"));
  await verbsOf(shop.db).deduct(userId, 350, "work"); // 100 of the free month, 250 of the plan
  const { key } = await shop.db.one<{ key: string }>(
    "select key from billing.payments where account_id = $1",
    [userId],
  );
  const which = { accountId: userId, paymentKey: key };
  const { rpc, stripe } = shop.owner.services;
  expect(await proposeRefund(rpc, which, null)).toMatchObject({
    policy: "prorated",
    offeredCents: 2249,
    mostCents: 2999,
    takesCredits: 749,
    debtCredits: 0,
    reason: "750 of 1000 credits are unused",
  });
  expect(await proposeRefund(rpc, which, 2999)).toMatchObject({ takesCredits: 1000, debtCredits: 250 });

  const refund = await refundPayment({ rpc, stripe }, which, 2249, "asked for it within a week");
  const again = await refundPayment({ rpc, stripe }, which, 2249, "the answer was lost");
  expect(again.id).toBe(refund.id);
  expect(await credits()).toEqual({ subscription: 750, permanent: 0 });
  const [told] = (await stripe.events.list({ type: "refund.created" })).data;
  expect(await deliver(shop.handler, told)).toEqual(answer("applied"));
  expect(await credits()).toEqual({ subscription: 1, permanent: 0 });
  expect(await proposeRefund(rpc, which, null)).toMatchObject({ offeredCents: 0, mostCents: 750 });
  await expect(refundPayment({ rpc, stripe }, which, 751, "too much")).rejects.toThrow("LCAMT");
});

test("the function reconciles for who has the key, and for nobody else", async () => {
  const handler = await loadFunction("stripe-reconcile", shop.network, {
    STRIPE_API_BASE: shop.account.url,
    STRIPE_SECRET_KEY: sandboxKeys.secret,
  });
  const call = (key: string, body = "{}", method = "POST") =>
    handler(
      new Request("http://functions.test/stripe-reconcile", {
        method,
        headers: { authorization: `Bearer ${key}` },
        ...(method === "POST" && { body }),
      }),
    );
  expect((await call(keys.secret, "", "GET")).status).toBe(405);
  expect((await call(keys.publishable)).status).toBe(401);
  expect((await call("")).status).toBe(401);
  for (const body of ["[", '{"since": "soon"}', '{"repair": true}', '{"fix": true}'])
    expect((await call(keys.secret, body)).status).toBe(422);
  const first = await call(keys.secret, '{"fix": "the nightly run"}');
  expect(await first.json()).toMatchObject({ isFinished: true, open: 0 });
  expect(await (await call(keys.secret)).json()).toMatchObject({ isFinished: true, fixed: 0, open: 0 });
});

test("a reconciliation waits as long as Stripe asks it to", async () => {
  let refusals = 3;
  shop.ways.toStripe = async (request) => {
    refusals -= 1;
    if (refusals < 0) return shop.toStripe(request);
    const error = {
      error: { type: "invalid_request_error", code: "rate_limit", message: "Too many requests" },
    };
    return Response.json(error, { status: 429, headers: { "retry-after": "0" } });
  };
  expect(await shop.owner.reconcile()).toEqual([]);
  expect(refusals).toBeLessThan(0);
  shop.mend();
});

test("what Stripe is still telling of is not judged for ten minutes", async () => {
  const { event } = await shop.buyer("credits_500");
  const { data } = await event("checkout.session.completed");
  await deliver(shop.handler, await event("payment_intent.succeeded"));
  expect(await shop.owner.reconcile()).toEqual([]);
  await shop.db.shiftClock(601);
  expect(await shop.owner.reconcile()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: "event_not_delivered" }),
      expect.objectContaining({
        kind: "paid_not_credited",
        object_id: "id" in data.object && data.object.id,
      }),
    ]),
  );
});
