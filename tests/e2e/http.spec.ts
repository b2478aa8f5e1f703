// What only the served app has: other names, methods, redirects, the webhook's way, cookies and tokens of the real session.
import nextConfig from "../../next.config.mjs";
import { expect, signUp, test } from "./support";

test("every other name of the requirements is answered by the route that it stands for", async ({
  page,
  baseURL,
}) => {
  await signUp(page);
  const headers = { origin: baseURL ?? "" };
  for (const { source, destination } of await nextConfig.rewrites())
    for (const method of ["GET", "POST", "PUT"]) {
      const [other, own] = await Promise.all(
        [source, destination].map((path) => page.request.fetch(path, { method, headers })),
      );
      const answer = [other?.status(), await other?.text()];
      expect([method, source, ...answer]).toEqual([method, source, own?.status(), expect.any(String)]);
      expect([404, 500]).not.toContain(answer[0]);
    }
});

test("the pages of the requirements lead to ours, a query with them", async ({ page }) => {
  await signUp(page);
  for (const { source, destination } of await nextConfig.redirects()) {
    const response = await page.request.get(`${source}?session_id=cs_test_1`, { maxRedirects: 0 });
    expect([source, response.status(), response.headers().location]).toEqual([
      source,
      307,
      `${destination}?session_id=cs_test_1`,
    ]);
    expect((await page.request.get(destination)).status()).toBe(200);
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

test("case 69 and 76: a write needs our Origin with a cookie, and none with a token, which alone counts", async ({
  page,
  playwright,
  baseURL,
}) => {
  await signUp(page);
  const quote = (headers: Record<string, string>, from = page.request) =>
    from.post("/api/credits/quote", {
      data: { operation: "enhance_image", params: { size: "draft" } },
      headers,
    });
  expect((await quote({})).status()).toBe(403);
  expect((await quote({ origin: "null" })).status()).toBe(403);
  expect((await quote({ origin: baseURL ?? "" })).status()).not.toBe(403);
  expect((await quote({ origin: baseURL ?? "", authorization: "Bearer nobody" })).status()).toBe(401);

  const cookies = await page.context().cookies();
  const value = cookies
    .filter(({ name }) => /^sb-.*-auth-token(\.\d+)?$/.test(name))
    .sort((one, other) => one.name.localeCompare(other.name))
    .map((cookie) => decodeURIComponent(cookie.value))
    .join("");
  const session = JSON.parse(Buffer.from(value.replace(/^base64-/, ""), "base64url").toString());
  const elsewhere = await playwright.request.newContext({ baseURL });
  const authorization = `Bearer ${session.access_token}`;
  const response = await elsewhere.get("/api/credits/balance", { headers: { authorization } });
  expect(await response.json()).toMatchObject({ total: 100 });
  expect(response.headers()["cache-control"]).toBe("private, no-store");
  expect(response.headers()["set-cookie"]).toBeUndefined();
  expect((await quote({ authorization }, elsewhere)).status()).not.toBe(401);
  await elsewhere.dispose();
});

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
