import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type TestApp, testApp } from "../support/app";
import { jar } from "../support/cookies";
import { ask, balance, code, document, draft, newKey, routes, site } from "../support/http";

vi.mock("next/headers", () => import("../support/cookies"));

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(() => app.signUp());

const of = (method: string) => Object.keys(document.paths).filter((path) => document.paths[path]?.[method]);
const writes = [...of("post").map((path) => ["POST", path]), ...of("delete").map((path) => ["DELETE", path])];
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
  test("a stranger may read prices, the document, and that nobody is signed in; nothing else", async () => {
    jar.clear();
    const open = ["/api/billing/pricing", "/api/openapi.json", "/api/credits/live"];
    for (const path of of("get"))
      expect([path, (await ask("GET", path)).status]).toEqual([path, open.includes(path) ? 200 : 401]);
    for (const [method = "", path = ""] of writes)
      expect(await ask(method, path)).toMatchObject({ status: 401 });
  });

  test("a token is its user, whoever's cookie comes with it, and needs no Origin", async () => {
    await ask("POST", "/api/credits/deduct", { body: draft, headers: newKey() });
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
    const word = fc.oneof(fc.string(), fc.constantFrom("enhance_image", "basic_month", "\u0000", "\ud800"));
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
    const paths = ["/api/credits/quote", "/api/credits/deduct"];
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
