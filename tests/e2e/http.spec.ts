// What only the served app has: other names, methods, redirects, the webhook's way, cookies and tokens of the real session.
import type { APIRequestContext, BrowserContext } from "@playwright/test";
import nextConfig from "../../next.config.mjs";
import { expect, signUp, test } from "./support";

let ada: BrowserContext;
test.beforeAll(async ({ browser, baseURL }) => {
  ada = await browser.newContext({ baseURL });
  await signUp(await ada.newPage());
});
test.afterAll(() => ada.close());

test("every other name of the requirements is answered by the route that it stands for", async ({
  baseURL,
}) => {
  const headers = { origin: baseURL ?? "" };
  const answer = async (path: string) => {
    const read = await ada.request.get(path);
    const write = await ada.request.post(path, { headers, data: { price: 1 } });
    return [read.status(), await read.json(), write.status(), await write.json()];
  };
  for (const { source, destination } of await nextConfig.rewrites()) {
    const [other, own] = await Promise.all([answer(source), answer(destination)]);
    expect([source, ...other]).toEqual([source, ...own]);
  }
});

test("the pages of the requirements lead to ours, a query with them", async ({ request }) => {
  for (const { source, destination } of await nextConfig.redirects()) {
    const response = await request.get(`${source}?session_id=cs_test_1`, { maxRedirects: 0 });
    const { location } = response.headers();
    const wanted = destination.replace(/(?=#|$)/, "?session_id=cs_test_1");
    expect([source, response.status(), location]).toEqual([source, 307, wanted]);
  }
});

test("the webhook is passed on to the function by each of its names, and refused there without a signature", async ({
  request,
}) => {
  for (const name of ["stripe/webhook", "webhooks/stripe", "payments/webhook"]) {
    const response = await request.post(`/api/${name}`, { data: { object: "event" } });
    expect([name, response.status()]).toEqual([name, 400]);
    expect((await request.get(`/api/${name}`)).status()).toBe(405);
  }
});

test("cases 69 and 76: a write needs our Origin with a cookie, and none with a token, which alone counts", async ({
  playwright,
  baseURL,
}) => {
  const origin = baseURL ?? "";
  const quote = async (from: APIRequestContext, headers: Record<string, string>) =>
    (await from.post("/api/credits/quote", { data: { operation: "enhance_image" }, headers })).status();
  const understood = 422; // without its settings it has no price
  expect(await quote(ada.request, {})).toBe(403);
  expect(await quote(ada.request, { origin: "null" })).toBe(403);
  expect(await quote(ada.request, { origin })).toBe(understood);
  expect(await quote(ada.request, { origin, authorization: "Bearer nobody" })).toBe(401);

  const elsewhere = await playwright.request.newContext({ baseURL });
  const authorization = `Bearer ${await tokenOf(ada)}`;
  expect(await quote(elsewhere, { authorization })).toBe(understood);
  const response = await elsewhere.get("/api/credits/balance", { headers: { authorization } });
  expect(await response.json()).toMatchObject({ total: 100 });
  expect(response.headers()["cache-control"]).toBe("private, no-store");
  expect(response.headers()["set-cookie"]).toBeUndefined();
  await elsewhere.dispose();
});

/** The session may be spread over several cookies. */
async function tokenOf(context: BrowserContext): Promise<string> {
  const parts = (await context.cookies()).filter(({ name }) => /^sb-.+-auth-token(\.\d+)?$/.test(name));
  const value = parts
    .sort((one, other) => one.name.localeCompare(other.name))
    .map((part) => part.value)
    .join("");
  return JSON.parse(Buffer.from(value.replace("base64-", ""), "base64url").toString()).access_token;
}

test("an unknown method is 405 with what there is, and no other site may read an answer", async ({
  request,
}) => {
  const response = await request.put("/api/billing/portal");
  expect(response.status()).toBe(405);
  expect(response.headers().allow).toBe("POST");
  expect(await response.json()).toMatchObject({ error: { code: "not_allowed" } });
  const asked = await request.fetch("/api/billing/checkout", {
    method: "OPTIONS",
    headers: { origin: "https://evil.test", "access-control-request-method": "POST" },
  });
  expect(asked.headers()["access-control-allow-origin"]).toBeUndefined();
  const document = await (await request.get("/api/openapi.json")).json();
  expect(document.openapi).toBe("3.1.0");
});
