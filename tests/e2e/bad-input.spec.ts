import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { cards, expect, expectPaid, payWith, signUp, test } from "./support";

async function checkout(
  request: APIRequestContext,
  origin: string,
  data: unknown,
  key: string = randomUUID(),
) {
  const response = await request.post("/api/billing/checkout", {
    data,
    headers: { origin, "idempotency-key": key },
  });
  return { status: response.status(), body: await response.json() };
}

test("cases 69, 71 and 72: checkout: the key of an offer, and nothing else", async ({ page, baseURL }) => {
  const origin = baseURL ?? "";
  const order = { lookup_key: "basic_month" };
  const anonymous = await checkout(page.request, origin, order);
  expect(anonymous.status).toBe(401);

  await signUp(page);
  const refused = [
    [{ ...order, price: 1 }, 422],
    [{ ...order, amount: 1 }, 422],
    [{ ...order, price_id: "price_1" }, 422],
    [{}, 422],
    [null, 422],
    [{ lookup_key: ["basic_month"] }, 422],
    [{ lookup_key: "no_such_plan" }, 404],
    [{ lookup_key: "free" }, 404],
    [{ lookup_key: "credits_500" }, 403],
  ] as const;
  for (const [data, status] of refused) {
    const answer = await checkout(page.request, origin, data);
    expect([data, answer.status]).toEqual([data, status]);
  }
  expect((await checkout(page.request, "https://elsewhere.test", order)).status).toBe(403);
});

test("case 74: checkout: one intent is one session, another intent another", async ({ page, baseURL }) => {
  await signUp(page);
  const order = { lookup_key: "basic_month" };
  const intent = randomUUID();
  const twice = await Promise.all([1, 2].map(() => checkout(page.request, baseURL ?? "", order, intent)));
  // The second may arrive while the first is under way; Stripe then asks to try again, and the retry replays.
  expect(new Set(twice.map(({ body }) => body.url)).size).toBe(1);
  const other = await checkout(page.request, baseURL ?? "", order);
  expect(other.body.url).not.toBe(twice[0]?.body.url);
});

test("checkout: a plan left open in another tab cannot be paid beside a newer one", async ({
  page,
  baseURL,
}) => {
  await signUp(page);
  const basic = await checkout(page.request, baseURL ?? "", { lookup_key: "basic_month" });
  const professional = await checkout(page.request, baseURL ?? "", { lookup_key: "professional_month" });
  const open = async ({ body }: typeof basic) => (await page.request.get(body.url)).text();
  expect(await open(basic)).toContain("This checkout has expired");
  expect(await open(professional)).toContain("$29.99");
});

test("checkout: an intent whose session is paid opens a new one", async ({ page, baseURL }) => {
  await signUp(page);
  const plan = await checkout(page.request, baseURL ?? "", { lookup_key: "basic_month" });
  await page.goto(plan.body.url);
  await payWith(page, cards.pays);
  await expectPaid(page, "400");

  const pack = { lookup_key: "credits_500" };
  const intent = randomUUID();
  const first = await checkout(page.request, baseURL ?? "", pack, intent);
  await page.goto(first.body.url);
  await payWith(page, cards.pays);
  await expectPaid(page, "900");
  const second = await checkout(page.request, baseURL ?? "", pack, intent);
  expect(second.status).toBe(200);
  expect(second.body.url).not.toBe(first.body.url);

  const another = await checkout(page.request, baseURL ?? "", { lookup_key: "professional_month" });
  expect(another.status).toBe(409);
});

test("case 74: a double click is one payment page, and what is done again after it buys nothing", async ({
  page,
}) => {
  await signUp(page);
  const choose = page.getByRole("button", { name: "Choose Basic" });
  await page.goto("/pricing");
  await choose.dblclick();
  await page.waitForURL("**/pay/**");
  await page.goBack();
  await choose.click();
  await payWith(page, cards.pays);
  await expectPaid(page, "400");
  await page.reload();
  await expectPaid(page, "400");
  await page.goBack();
  await expect(page.getByRole("button", { name: /^Subscribe/ })).toBeHidden();
  await page.goto("/dashboard/billing");
  await expect(page.getByRole("row").filter({ hasText: "Paid" })).toHaveCount(1);
});

test("case 76: who has signed out in another tab is asked to sign in, and gets no payment page", async ({
  page,
  context,
}) => {
  await signUp(page);
  await page.goto("/pricing");
  const other = await context.newPage();
  await other.goto("/dashboard");
  await other.getByRole("button", { name: "Account" }).click();
  await other.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(other.getByRole("link", { name: "Start for free" })).toBeVisible();
  await page.getByRole("button", { name: "Choose Basic" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "sign in" })).toBeVisible();
});

test("case 71: checkout: a form that states a price is refused", async ({ page }) => {
  await signUp(page);
  await page.goto("/pricing");
  const button = page.getByRole("button", { name: "Choose Basic" });
  await button.evaluate((element) => {
    const price = Object.assign(document.createElement("input"), { name: "price", value: "1" });
    element.closest("form")?.append(price);
  });
  await button.click();
  await expect(page.getByRole("listitem", { name: "Basic" }).getByRole("alert")).toContainText(
    "nothing else",
  );
  await expect(page).toHaveURL(/\/pricing$/);
});

test("balance over HTTP: one's own, never kept by a cache, and none for a stranger", async ({ page }) => {
  expect((await page.request.get("/api/credits/balance")).status()).toBe(401);
  await signUp(page);
  const response = await page.request.get("/api/credits/balance");
  expect(response.headers()["cache-control"]).toContain("no-store");
  expect(await response.json()).toMatchObject({
    total: 100,
    promotional: 100,
    subscription: 0,
    permanent: 0,
  });
});

test("case 75: the return page shows nothing of a payment that is not one's own", async ({
  page,
  baseURL,
  browser,
}) => {
  await signUp(page);
  const { body } = await checkout(page.request, baseURL ?? "", { lookup_key: "basic_month" });
  const session = String(body.url).split("/").at(-1) ?? "";
  await page.goto(`/checkout/return?session_id=${session}`);
  await expect(page.getByText("Not paid yet")).toBeVisible();

  const stranger = await browser.newPage({ baseURL });
  await signUp(stranger);
  for (const id of [session, "cs_test_forged", "../customers/cus_1", "%7BCHECKOUT_SESSION_ID%7D", ""]) {
    await stranger.goto(`/checkout/return?session_id=${id}`);
    await expect(stranger.getByText("No such payment")).toBeVisible();
  }
  await stranger.close();
});

test("signing in and up: each refusal says why", async ({ page }) => {
  const email = await signUp(page);
  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "wrong" })).toBeVisible();

  await page.getByRole("button", { name: "Create an account" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("Secret-123x");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "There is an account" })).toBeVisible();
});

test("case 70: after signing in one comes back to the page one wanted, never to another site", async ({
  page,
}) => {
  const email = await signUp(page);
  for (const [next, path] of [
    ["/dashboard/usage", "/dashboard/usage"],
    ["//elsewhere.test", "/dashboard"],
    ["https://elsewhere.test", "/dashboard"],
  ]) {
    await page.context().clearCookies();
    await page.goto(`/login?next=${encodeURIComponent(next ?? "")}`);
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill("Secret-123x");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(new RegExp(`^http://127\\.0\\.0\\.1:\\d+${path}$`));
  }
});
