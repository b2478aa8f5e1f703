import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { openStripeAccount, type StripeAccount } from "../functions/stripe-account";
import { type TestApp, testApp } from "../support/app";
import { jar } from "../support/cookies";
import { ask, document, routes, site } from "../support/http";

vi.mock("next/headers", () => import("../support/cookies"));

let app: TestApp;
let account: StripeAccount;
beforeAll(async () => {
  app = await testApp();
  account = await openStripeAccount(app.db);
  vi.stubEnv("STRIPE_SECRET_KEY", sandboxKeys.secret);
  vi.stubEnv("STRIPE_API_BASE", account.url);
});
afterAll(async () => {
  await account.close();
  await app.close();
});
beforeEach(() => app.signUp());

const of = (method: string) => Object.keys(document.paths).filter((path) => document.paths[path]?.[method]);
const writes = [...of("post").map((path) => ["POST", path]), ...of("delete").map((path) => ["DELETE", path])];
const draft = {
  operation: "enhance_image",
  params: { picture: "lake-at-dusk", size: "draft", light: "balanced", colour: "keep", detail: "keep" },
};
const key = () => ({ "idempotency-key": `task-${randomUUID()}` });
const code = (code: string) => expect.objectContaining({ error: expect.objectContaining({ code }) });
const balance = async () => ((await ask("GET", "/api/credits/balance")).body as { total: number }).total;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
/** The access token in the cookie of who is signed in. */
const ownToken = (): string => {
  const session = Buffer.from((jar.get("sb-stack-auth-token") ?? "").slice(7), "base64url").toString();
  return JSON.parse(session).access_token;
};

test("every route is in the document, and the document knows no other", () => {
  expect(Object.keys(document.paths).sort()).toEqual([...routes.keys()].sort());
});

describe("who asks", () => {
  test("a stranger may read prices and the document, nothing else", async () => {
    jar.clear();
    const open = ["/api/billing/pricing", "/api/openapi.json"];
    for (const path of of("get"))
      expect([path, (await ask("GET", path)).status]).toEqual([path, open.includes(path) ? 200 : 401]);
    for (const [method = "", path = ""] of writes)
      expect(await ask(method, path)).toMatchObject({ status: 401 });
  });

  test("a token is its user, whoever's cookie comes with it, and needs no Origin", async () => {
    await ask("POST", "/api/credits/deduct", { body: draft, headers: key() });
    const ada = ownToken();
    await app.signUp();
    expect(await balance()).toBe(100);
    const answer = await ask("GET", "/api/credits/balance", { headers: bearer(ada) });
    expect(answer.body).toMatchObject({ total: 40 });
    const headers = { ...bearer(ada), origin: "null" };
    expect((await ask("POST", "/api/credits/quote", { body: draft, headers })).status).toBe(200);
  });

  test.each(["", "x", "a.b.c", "sb_publishable_x"])(
    "case 76: the token %j is nobody, beside a good cookie",
    async (token) => {
      for (const path of ["/api/credits/balance", "/api/billing/pricing"])
        expect(await ask("GET", path, { headers: bearer(token) })).toMatchObject({
          status: 401,
          body: code("signed_out"),
        });
    },
  );

  test("case 76: a token that was altered is nobody", async () => {
    const [header, claims = "", signature] = ownToken().split(".");
    const said = JSON.parse(Buffer.from(claims, "base64url").toString());
    for (const change of [{ sub: randomUUID() }, { exp: said.exp + 3600 }, { role: "service_role" }]) {
      const forged = Buffer.from(JSON.stringify({ ...said, ...change })).toString("base64url");
      const answer = await ask("GET", "/api/credits/balance", {
        headers: bearer(`${header}.${forged}.${signature}`),
      });
      expect(answer.status).toBe(401);
    }
  });

  test.each(["null", "https://evil.test", "http://site.test.evil.test", "http://site.test:81", undefined])(
    "case 69: a write with a cookie and the Origin %s is refused, whatever it writes",
    async (origin) => {
      for (const [method = "", path = ""] of writes) {
        const answer = await ask(method, path, {
          body: draft,
          headers: origin ? { origin } : { origin: "" },
        });
        expect([path, answer.status]).toEqual([path, 403]);
      }
      expect(await balance()).toBe(100);
    },
  );
});

describe("what is asked", () => {
  test("case 71: no write takes a price, an amount, a currency, credits, a customer or a user", async () => {
    const fields = [
      "price",
      "price_id",
      "amount_cents",
      "currency",
      "credits",
      "customer",
      "user_id",
      "account_id",
    ];
    for (const path of of("post"))
      for (const field of fields) {
        const answer = await ask("POST", path, { body: { [field]: "1" } });
        expect([path, answer.status, JSON.stringify(answer.body)]).toEqual([
          path,
          422,
          expect.stringContaining(field),
        ]);
      }
  });

  test("what the documents send is refused with what to send instead", async () => {
    const sentence = async (path: string, body: object) =>
      JSON.stringify((await ask("POST", path, { body })).body);
    const plan = { type: "subscription", planId: "basic" };
    expect(await sentence("/api/billing/checkout", plan)).toContain("lookup_key");
    expect(await sentence("/api/billing/checkout", { type: "topup", amount: 500 })).toContain("lookup_key");
    const work = { amount: 200, taskId: "task-abc123", description: "Image Enhancement" };
    expect(await sentence("/api/credits/deduct", work)).toContain("operation");
  });

  test("an unknown method is refused in the words of the others, and tells what there is", async () => {
    for (const [path, exported] of routes) {
      const known = Object.keys(document.paths[path] ?? {}).map((method) => method.toUpperCase());
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((one) => !known.includes(one))) {
        const { status, headers, body } = await ask(method, path);
        expect([status, headers.get("allow"), body]).toEqual([405, known.join(", "), code("not_allowed")]);
      }
      expect(
        (await exported.OPTIONS?.(new Request(site)))?.headers.get("access-control-allow-origin"),
      ).toBeNull();
    }
  });

  test("a body that is too long is not read to its end", async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull(stream) {
        pulled += 1;
        stream.enqueue(new Uint8Array(4096).fill(32));
      },
    });
    const init = { method: "POST", headers: { origin: site }, body: endless, duplex: "half" };
    const response = await routes
      .get("/api/credits/quote")
      ?.POST?.(new Request(`${site}/api/credits/quote`, init));
    expect(response?.status).toBe(413);
    expect(pulled).toBeLessThan(10);
  });

  test("whatever comes as a body or an address is answered, and is never our failure", async () => {
    const word = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("enhance_image", "basic_month", "\u0000", "\ud800"),
    );
    const names = fc.constantFrom("operation", "params", "key", "amount", "lookup_key", "__proto__", "limit");
    const body = fc.oneof(
      fc.dictionary(names, fc.oneof(word, fc.object({ maxDepth: 2 }))),
      fc.jsonValue(),
      word,
    );
    const query = fc.dictionary(
      fc.constantFrom("limit", "before", "search", "kind", "since", "group_by", "x"),
      word,
    );
    const paths = ["/api/credits/quote", "/api/credits/deduct", "/api/billing/checkout"];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), body, async (path, sent) => {
        expect((await ask("POST", path, { body: sent })).status).toBeLessThan(500);
      }),
      { numRuns: 30 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("history", "usage"), query, async (name, fields) => {
        const said = new URLSearchParams(
          Object.entries(fields).map(([key, value]) => [key, value.toWellFormed()]),
        );
        expect((await ask("GET", `/api/credits/${name}?${said}`)).status).toBeLessThan(500);
      }),
      { numRuns: 30 },
    );
  });
});

describe("credits", () => {
  const charge = (body: object, headers: Record<string, string> = {}) =>
    ask("POST", "/api/credits/deduct", { body, headers });

  test("a deduction is charged once per key, at the catalog's price", async () => {
    const once = key();
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
    expect(await charge(draft, key())).toMatchObject({ status: 402, body: code("short") });
    expect(await balance()).toBe(40);
  });

  test.each([
    ["an amount that is not the catalog's", { ...draft, amount: 59 }],
    ["another key than the header's", { ...draft, key: "another" }],
    ["an operation that nobody sells", { ...draft, operation: "fly" }],
    ["a setting that is not on offer", { ...draft, params: { size: "huge" } }],
  ])("%s is 422, and costs nothing", async (_, body) => {
    expect(await charge(body, key())).toMatchObject({ status: 422, body: code("invalid") });
    expect(await charge({ ...draft, amount: 60 })).toMatchObject({ status: 422 }); // no key
    expect(await balance()).toBe(100);
    expect((await charge({ ...draft, amount: 60 }, key())).status).toBe(200);
  });

  test("history and usage: pages, filters and groups of the address", async () => {
    await charge(draft, key());
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
    for (const path of of("get")) expect([path, (await ask("GET", path)).status]).toEqual([path, 200]);
  });
});

describe("buying", () => {
  const checkout = (lookup_key: string, headers: Record<string, string> = key()) =>
    ask("POST", "/api/billing/checkout", { body: { lookup_key }, headers });
  const portal = () => ask("POST", "/api/billing/portal");

  test("case 72: an offer that is not on sale is 404, and so is the portal of who never bought", async () => {
    expect(await checkout("no_such_plan")).toMatchObject({ status: 404, body: code("unknown") });
    expect(await checkout("credits_500")).toMatchObject({ status: 403, body: code("plan_required") });
    expect(await portal()).toMatchObject({ status: 404 });
    const url = expect.stringContaining(account.url);
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
    const once = key();
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
});
