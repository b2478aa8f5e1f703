import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { billingRows } from "./billing-rows";
import { answer, away, openShop } from "./shop";
import { deliver as deliverTo, makeEvent, type Network } from "./webhook";

vi.spyOn(console, "log").mockImplementation(() => {});
let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.mend());
afterAll(() => shop.close());
const deliver = (event: unknown) => deliverTo(shop.handler, event);

const refuse =
  (status: number, body: object): Network =>
  () =>
    Promise.resolve(Response.json(body, { status }));

test.each<[string, Network, string]>([
  ["cannot be reached", away, "stripe: StripeConnectionError"],
  [
    "has had too many requests",
    refuse(429, { error: { type: "invalid_request_error", code: "rate_limit" } }),
    "stripe: rate_limit",
  ],
  ["fails itself", refuse(500, { error: { type: "api_error" } }), "stripe: StripeAPIError"],
])(
  "case 27: while Stripe %s, the event is asked for again and only the failure is stored",
  async (_, broken, reason) => {
    const { event, credits } = await shop.buyer("professional_month");
    const paid = await event("invoice.paid");
    const before = await billingRows(shop.db);
    shop.ways.toStripe = broken;
    expect(await deliver(paid)).toEqual({ status: 503, body: { error: reason } });
    expect(await shop.inbox(paid.id)).toEqual({ state: "failed", reason, attempts: 1 });
    expect(await billingRows(shop.db)).toEqual(before);
    shop.mend();
    expect(await deliver(paid)).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
  },
);

test.each<[string, Network]>([
  ["cannot be reached", away],
  ["has no connection left", refuse(504, { code: "PGRST003", message: "timed out" })],
  ["cancels what takes too long", refuse(500, { code: "57014", message: "statement timeout" })],
])("case 24: while the database %s, the event is asked for again, and applied then", async (_, broken) => {
  const { event, credits } = await shop.buyer("professional_month");
  const paid = await event("invoice.paid");
  shop.ways.toDatabase = broken;
  expect((await deliver(paid)).status).toBe(503);
  shop.mend();
  expect(await shop.inbox(paid.id)).toBeUndefined();
  expect(await deliver(paid)).toEqual(answer("applied"));
  expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
});

test("an answer that names no outcome is not taken for one", async () => {
  const { event } = await shop.buyer("professional_month");
  const paid = await event("invoice.paid");
  const isApply = (request: Request) => request.url.endsWith("/apply_object");
  shop.ways.toDatabase = async (request) => (isApply(request) ? Response.json([]) : shop.toDatabase(request));
  const reason = "database: no outcome";
  expect(await deliver(paid)).toEqual({ status: 500, body: { error: reason } });
  expect(await shop.inbox(paid.id)).toMatchObject({ state: "failed", reason });
});

test("an object that Stripe does not have is a failure to look at, not an event that is done", async () => {
  const event = makeEvent("invoice.paid", { id: "in_missing", object: "invoice" });
  const reason = "stripe: resource_missing";
  expect(await deliver(event)).toEqual({ status: 500, body: { error: reason } });
  expect(await shop.inbox(event.id)).toMatchObject({ state: "failed", reason });
});

test("an effect that fails leaves nothing but the note, and is applied once it can be", async () => {
  const { event, credits } = await shop.buyer("professional_month");
  const paid = await event("invoice.paid");
  const before = await billingRows(shop.db);
  const reason = "database: 23514";
  await shop.db.query(
    "alter table billing.buckets add constraint broken check (kind <> 'subscription') not valid",
  );
  expect(await deliver(paid)).toEqual({ status: 500, body: { error: reason } });
  await shop.db.query("alter table billing.buckets drop constraint broken");
  expect(await billingRows(shop.db)).toEqual(before);
  expect(await shop.inbox(paid.id)).toEqual({ state: "failed", reason, attempts: 1 });
  expect(await deliver(paid)).toEqual(answer("applied"));
  expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
});
