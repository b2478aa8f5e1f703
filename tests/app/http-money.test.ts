import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { getOverview } from "@/lib/billing/get-overview";
import { getPricing } from "@/lib/billing/get-pricing";
import { ask, balance, code, document, draft, newKey } from "../support/http";
import { openSubscribers, type Subscribers, wish } from "./subscribers";

vi.mock("next/headers", () => import("../support/cookies"));
vi.mock("@/lib/env", async (original) => {
  const module = await original<typeof import("@/lib/env")>();
  return { ...module, env: () => module.readEnv(process.env) };
});

let shop: Subscribers;
beforeAll(async () => {
  shop = await openSubscribers(new Date("2026-06-01T00:00:00Z"));
});
afterAll(() => shop.close());
beforeEach(() => shop.signUp());

/** Without the channel, which is there only where pages are told. */
const reads = Object.keys(document.paths).filter(
  (path) => document.paths[path]?.get && path !== "/api/credits/channel",
);

describe("credits", () => {
  const charge = (body: object, headers: Record<string, string> = {}) =>
    ask("POST", "/api/credits/deduct", { body, headers });

  test("a deduction is charged once per key, at the catalog's price", async () => {
    const once = newKey();
    const first = await charge(draft, once);
    expect(first.body).toMatchObject({
      deducted: 60,
      fromPromotional: 60,
      balanceAfter: 40,
      duplicate: false,
    });
    expect((await charge({ ...draft, key: once["idempotency-key"] })).body).toMatchObject({
      deducted: 60,
      duplicate: true,
    });
    expect(await charge({ ...draft, params: { ...draft.params, colour: "vivid" } }, once)).toMatchObject({
      status: 409,
    });
    expect(await charge(draft, newKey())).toMatchObject({ status: 402, body: code("short") });
    expect(await balance()).toBe(40);
  });

  test.each([
    ["an amount that is not the catalog's", { ...draft, amount: 59 }],
    ["another key than the header's", { ...draft, key: "another" }],
    ["an operation that nobody sells", { ...draft, operation: "fly" }],
    ["a setting that is not on offer", { ...draft, params: { size: "huge" } }],
  ])("%s is 422, and costs nothing", async (_, body) => {
    expect(await charge(body, newKey())).toMatchObject({ status: 422, body: code("invalid") });
    expect(await charge({ ...draft, amount: 60 })).toMatchObject({ status: 422 }); // no key
    expect(await balance()).toBe(100);
    expect((await charge({ ...draft, amount: 60 }, newKey())).status).toBe(200);
  });

  test("history and usage: pages, filters and groups of the address", async () => {
    await charge(draft, newKey());
    const first = await ask("GET", "/api/credits/history?limit=1");
    expect(first.body).toMatchObject({ entries: [{ number: 2, credits: -60 }], olderThan: 2 });
    expect((await ask("GET", "/api/credits/history?limit=1&before=2&kind=")).body).toMatchObject({
      entries: [{ number: 1, kind: "grant" }],
      olderThan: null,
    });
    expect((await ask("GET", "/api/credits/history?kind=grant&kind=expiry")).body).toMatchObject({
      entries: [{ number: 1 }],
    });
    expect((await ask("GET", "/api/credits/usage?group_by=operation&group_by=day")).body).toMatchObject({
      usage: [{ operation: "enhance_image", used: 60 }],
    });
    for (const query of ["limit=0", "limit=101", "limit=x", "before=-1", "user_id=1", "search=a&search=b"])
      expect([query, (await ask("GET", `/api/credits/history?${query}`)).status]).toEqual([query, 422]);
  });

  test("every other read answers as its schema says", async () => {
    for (const path of reads) expect([path, (await ask("GET", path)).status]).toEqual([path, 200]);
  });
});

describe("buying", () => {
  const checkout = (lookup_key: string, headers: Record<string, string> = newKey()) =>
    ask("POST", "/api/billing/checkout", { body: { lookup_key }, headers });
  const subscription = "/api/billing/subscription";
  const portal = () => ask("POST", "/api/billing/portal");

  test("case 72: an offer that is not on sale is 404, and so is the portal of who never bought", async () => {
    expect(await checkout("no_such_plan")).toMatchObject({ status: 404, body: code("unknown") });
    expect(await checkout("credits_500")).toMatchObject({ status: 403, body: code("plan_required") });
    expect(await portal()).toMatchObject({ status: 404 });
    const url = expect.stringContaining(shop.account.url);
    expect(await checkout("basic_month")).toMatchObject({ status: 200, body: { url } });
    expect(await portal()).toMatchObject({ status: 200, body: { url } });
  });

  test("case 73: over HTTP the sixth is 429, with the seconds to wait", async () => {
    for (let turn = 1; turn <= 5; turn++) expect((await checkout("no_such_plan")).status).toBe(404);
    const sixth = await checkout("basic_month");
    expect(sixth).toMatchObject({ status: 429, body: code("too_many") });
    expect(Number(sixth.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("case 74: one key is one payment page", async () => {
    const once = newKey();
    const [first, again, other] = [
      await checkout("basic_month", once),
      await checkout("basic_month", once),
      await checkout("basic_month"),
    ];
    expect(again.body).toEqual(first.body);
    expect(other.body).not.toEqual(first.body);
  });

  test("case 72: another's payment is no place in one's own list", async () => {
    const before = encodeURIComponent("invoice:in_of_another");
    expect((await ask("GET", `/api/billing/payments?before=${before}`)).body).toEqual({
      payments: [],
      olderThan: null,
    });
  });

  test("a plan is changed, cancelled and paused, and each is taken back", async () => {
    await shop.subscriber("basic_month");
    const wanted = wish("professional_month");
    const { body: preview } = await ask("POST", `${subscription}/preview`, { body: wanted });
    const change = (token: string) => ask("POST", subscription, { body: { ...wanted, token } });
    expect(await change("no-token")).toMatchObject({ status: 422 });
    expect((await change((preview as { token: string }).token)).body).toMatchObject({ is: "changed" });
    const state = async () => {
      await shop.account.runDue();
      return (await ask("GET", subscription)).body;
    };
    expect(await state()).toMatchObject({
      has_active_subscription: true,
      subscription: { items: [{ lookupKey: "professional_month" }], endsAt: null },
    });
    const endsAt = "2026-07-01T00:00:00.000Z";
    expect((await ask("DELETE", subscription)).body).toEqual({ endsAt });
    expect(await state()).toMatchObject({ has_active_subscription: true, subscription: { endsAt } });
    expect((await ask("POST", `${subscription}/resume`)).status).toBe(204);
    expect(await state()).toMatchObject({ subscription: { endsAt: null } });
    expect((await ask("POST", `${subscription}/pause`)).status).toBe(204);
    expect(await state()).toMatchObject({
      has_active_subscription: false,
      subscription: { status: "paused" },
    });
    expect(await ask("POST", `${subscription}/unpause`)).toMatchObject({ status: 200 });
  });

  test("case 72: what another subscribes to cannot be named, so nobody ends it", async () => {
    await shop.subscriber("basic_month");
    await shop.signUp();
    expect(await ask("POST", `${subscription}/cancel`, { body: { feedback: "unused" } })).toMatchObject({
      status: 403,
      body: code("plan_required"),
    });
    expect((await ask("DELETE", `${subscription}?id=sub_1`)).status).toBe(422);
  });

  test("a trial starts once, without a card", async () => {
    const first = await ask("POST", "/api/billing/trial");
    expect(first).toMatchObject({ status: 200, body: { endsAt: "2026-06-15T00:00:00.000Z" } });
    expect((await ask("POST", "/api/billing/trial")).body).toEqual(first.body);
    expect((await ask("GET", subscription)).body).toEqual({
      has_active_subscription: true,
      subscription: null,
    });
    await shop.subscriber("basic_month");
    expect(await ask("POST", "/api/billing/trial")).toMatchObject({ status: 409, body: code("conflict") });
  });

  test("where nothing is sold, what buys is 404; what was bought is there, and can be cancelled", async () => {
    expect(await checkout("basic_month")).toMatchObject({ status: 200 });
    expect(await portal()).toMatchObject({ status: 200 });
    vi.stubEnv("STRIPE_BILLING_ENABLED", "false");
    const wanted = wish("basic_month");
    const token = `${"0".repeat(32)}.1`;
    expect(await checkout("basic_month")).toMatchObject({ status: 404 });
    expect(await portal()).toMatchObject({ status: 404 });
    expect(await ask("POST", `${subscription}/preview`, { body: wanted })).toMatchObject({ status: 404 });
    expect(await ask("POST", subscription, { body: { ...wanted, token } })).toMatchObject({ status: 404 });
    for (const act of ["resume", "pause", "unpause"])
      expect([act, (await ask("POST", `${subscription}/${act}`)).status]).toEqual([act, 404]);
    expect((await ask("GET", "/api/billing/pricing")).body).toMatchObject({ canBuy: false });
    for (const path of reads) expect([path, (await ask("GET", path)).status]).toEqual([path, 200]);
    expect((await ask("DELETE", subscription)).body).toEqual(code("plan_required"));
    expect(await getOverview()).toMatchObject({ canBuy: false, canTopUp: false, canStartTrial: false });
    const { plans, packs } = await getPricing();
    expect(new Set(plans.flatMap(({ offers }) => offers.map(({ state }) => state)))).toEqual(
      new Set(["closed"]),
    );
    expect([packs, plans.map(({ trial }) => trial)]).toEqual([[], plans.map(() => null)]);
    vi.stubEnv("STRIPE_BILLING_ENABLED", "true");
  });
});
