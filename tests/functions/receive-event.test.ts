import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { testApi } from "../support/api";
import { deliver, delivery, type Handler, loadWebhook, makeEvent, sign, webhookSecret } from "./webhook";

const LIMIT = 256 * 1024;
const otherSecret = "whsec_the_next_one";
let api: Awaited<ReturnType<typeof testApi>>;
let handler: Handler;
const network = vi.fn((request: Request) => api.fetch(request));
const log = vi.spyOn(console, "log").mockImplementation(() => {});

beforeAll(async () => {
  api = await testApi();
  handler = await loadWebhook(network, { STRIPE_WEBHOOK_SECRET: `${webhookSecret}, ${otherSecret}` });
});
beforeEach(() => {
  network.mockClear();
  log.mockClear();
});
afterAll(() => api.close());

const event = () =>
  makeEvent("customer.tax_id.created", { id: "txi_1", object: "tax_id", value: "ann@x.co" });
const ignored = { status: 200, body: { outcome: "ignored" } };

/** Refused before anything was asked of the database, so nothing can be stored. */
async function expectRefusal(answer: Promise<Response>, status: number, error: string) {
  const response = await answer;
  expect({ status: response.status, body: await response.json() }).toEqual({ status, body: { error } });
  expect(network).not.toHaveBeenCalled();
}
const post = (body: BodyInit, signature: string) => handler(delivery(body, signature));

describe("method", () => {
  test.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])(
    "case 9: %s is refused, without a CORS header",
    async (method) => {
      const response = await handler(new Request("http://functions.test/stripe-webhook", { method }));
      expect(response.headers.get("allow")).toBe("POST");
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      await expectRefusal(Promise.resolve(response), 405, "method");
    },
  );
});

describe("size", () => {
  const padded = (size: number) => {
    const text = JSON.stringify(event());
    return text + " ".repeat(size - text.length);
  };
  test("case 8: a body of the limit is read", async () => {
    expect(await deliver(handler, padded(LIMIT))).toEqual(ignored);
  });
  test("case 8: a signed body one byte over the limit is refused", async () => {
    const payload = padded(LIMIT + 1);
    await expectRefusal(post(payload, sign(payload)), 413, "too_large");
  });
  test("case 8: a declared length over the limit is refused without reading", async () => {
    const request = delivery("{}", sign("{}"));
    request.headers.set("content-length", String(LIMIT + 1));
    await expectRefusal(handler(request), 413, "too_large");
    expect(request.bodyUsed).toBe(false);
  });
  test("case 8: a chunked body is refused while reading, not after its end", async () => {
    let chunks = 0;
    const long = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
        if (chunks === 100) controller.close();
      },
    });
    await expectRefusal(post(long, sign("{}")), 413, "too_large");
    expect(chunks).toBeLessThan(10);
  });
});

describe("signature", () => {
  const payload = JSON.stringify(event());
  test.each([
    ["is missing", ""],
    ["is not a signature", "t=1,v1=00"],
    ["is of another secret", sign(payload, { secret: "whsec_of_someone_else" })],
    ["is of the scheme v0 only", sign(payload).replace("v1=", "v0=")],
    ["is 301 seconds old", sign(payload, { secondsAgo: 301 })],
    ["is 6 minutes old", sign(payload, { secondsAgo: 360 })],
    ["is 2 minutes ahead of time", sign(payload, { secondsAgo: -120 })],
    ["is of next year", sign(payload, { secondsAgo: -31_536_000 })],
  ])(
    "cases 1, 2 and 29: a request whose signature %s is refused, without the database",
    async (_, signature) => {
      await expectRefusal(post(payload, signature), 400, "signature");
    },
  );
  test.each([
    ["one byte changed", payload.replace("ann", "amn")],
    ["one byte added", `${payload} `],
    ["one byte dropped", payload.slice(0, -1)],
    ["its keys spaced anew", JSON.stringify(JSON.parse(payload), null, 1)],
    ["a byte order mark", `\uFEFF${payload}`],
    ["an invalid byte", new Uint8Array([...new TextEncoder().encode(payload), 0xff])],
    ["nothing left", ""],
  ])("case 3: a signed body with %s is refused", async (_, body) => {
    await expectRefusal(post(body, sign(payload)), 400, "signature");
  });
  test("case 3: what replaces an invalid byte when it is decoded is not what was signed", async () => {
    const mended = JSON.stringify(event()).replace("ann", "\uFFFD");
    const bytes = [...new TextEncoder().encode(mended)];
    bytes.splice(bytes.indexOf(0xef), 3, 0xff);
    await expectRefusal(post(new Uint8Array(bytes), sign(mended)), 400, "signature");
  });
  test.each([
    ["4 minutes 55 seconds old", { secondsAgo: 295 }],
    ["30 seconds ahead, as clocks differ", { secondsAgo: -30 }],
    ["of the secret that is being introduced", { secret: otherSecret }],
  ])("cases 2 and 4: a signature %s is accepted", async (_, signing) => {
    expect(await deliver(handler, event(), signing)).toEqual(ignored);
  });
  test("case 4: of two signatures, as Stripe sends while a secret is rotated, one must hold", async () => {
    const text = JSON.stringify(event());
    const [, retired] = sign(text, { secret: "whsec_retired" }).split(",");
    expect((await post(text, `${sign(text)},${retired}`)).status).toBe(200);
    expect((await post(text, sign(text).replace(",", `,${retired},`))).status).toBe(200);
  });
});

describe("shape", () => {
  const thin = { id: "evt_1", object: "v2.core.event", type: "v1.billing.meter.error", livemode: false };
  test.each<[string, unknown]>([
    ["null", null],
    ["an array", [event()]],
    ["a string", '"evt_1"'],
    ["a number", "1"],
    ["not JSON", "{"],
    ["a thin event", thin],
    ["another object than an event", event().data.object],
    ["an event without an id", { ...event(), id: undefined }],
    ["an event with a NUL in its id", { ...event(), id: "evt_\u0000" }],
    ["an event with half a surrogate pair in its type", { ...event(), type: "customer.\ud800" }],
    ["an event whose time is no number", { ...event(), created: "now" }],
    ["an event whose time is beyond all calendars", { ...event(), created: 1e18 }],
    ["an event without an object", { ...event(), data: null }],
    ["an event we act on, about nothing", makeEvent("invoice.paid", { object: "invoice" })],
    ["an event we act on, about a path", makeEvent("invoice.paid", { id: "../v1/customers" })],
    ["an event of a connected account (case 12)", { ...event(), account: "acct_1" }],
  ])("case 6: %s, validly signed, is refused", async (_, body) => {
    const payload = body === null ? "null" : typeof body === "string" ? body : JSON.stringify(body);
    await expectRefusal(post(payload, sign(payload)), 400, "shape");
  });
  test("case 11: an event of the other mode is refused", async () => {
    const payload = JSON.stringify({ ...event(), livemode: true });
    await expectRefusal(post(payload, sign(payload)), 400, "livemode");
  });
  const deep = JSON.parse(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`);
  test.each<[string, string]>([
    ["is 200 levels deep", JSON.stringify(makeEvent("a.b", deep))],
    ["holds NUL and half a surrogate pair", JSON.stringify(makeEvent("a.b", { x: "\u0000\ud800" }))],
    [
      "sets __proto__",
      JSON.stringify(event()).replace('"email"', '"__proto__":{"type":"invoice.paid"},"email"'),
    ],
    ["names its type twice", JSON.stringify(event()).replace('"type"', '"type":"invoice.paid","type"')],
  ])("case 7: an event that %s does no harm", async (_, payload) => {
    expect(await deliver(handler, payload)).toEqual(ignored);
  });
});

describe("anything", () => {
  test("case 3: a signed event with any byte changed is refused", async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(event()));
    const signature = sign(new TextDecoder().decode(bytes));
    const changes = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    const property = fc.asyncProperty(changes, async ([at, by]) => {
      const changed = bytes.with(at, (bytes[at] ?? 0) ^ by);
      await expectRefusal(post(changed, signature), 400, "signature");
    });
    await fc.assert(property, { numRuns: 200 });
  });
  test("case 7: whatever is signed is ignored or refused, and never fails", async () => {
    const wild = fc.record(
      {
        id: fc.oneof(fc.string({ unit: "binary" }), fc.constant("evt_wild")),
        object: fc.constantFrom("event", "list"),
        type: fc.oneof(fc.string({ unit: "binary" }), fc.constant("a.b")),
        created: fc.oneof(fc.double(), fc.constant(1_700_000_000)),
        livemode: fc.boolean(),
        api_version: fc.oneof(fc.string(), fc.constant(null)),
        data: fc.record({ object: fc.object({ withNullPrototype: true }) }),
      },
      { requiredKeys: [] },
    );
    const property = fc.asyncProperty(fc.oneof(wild, fc.jsonValue()), async (body) => {
      const { status } = await deliver(handler, body);
      expect([200, 400]).toContain(status);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

describe("traces", () => {
  test("cases 10 and 80: an unknown event is recorded by its id, without its body", async () => {
    const received = event();
    expect(await deliver(handler, received)).toEqual(ignored);
    const { rows } = await api.db.query("select * from billing.stripe_events where id = $1", [received.id]);
    const body_sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(rows).toMatchObject([{ type: received.type, state: "ignored", facts: null, body_sha256 }]);
    expect(JSON.stringify(rows)).not.toContain("ann@x.co");
  });
  test("cases 1 and 80: a line of the log carries id, type and outcome, and nothing else", async () => {
    const received = event();
    await deliver(handler, received);
    await post(JSON.stringify(received), "t=1,v1=00");
    expect(log.mock.calls).toEqual([
      [JSON.stringify({ id: received.id, type: received.type, outcome: "ignored" })],
      [JSON.stringify({ outcome: "signature" })],
    ]);
  });
});
