import { expect, postCheckout, signUp, test } from "./support";

test("cases 69, 71 and 72: checkout: the key of an offer, and nothing else", async ({ page, baseURL }) => {
  const origin = baseURL ?? "";
  const order = { lookup_key: "basic_month" };
  const anonymous = await postCheckout(page.request, origin, order);
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
    const answer = await postCheckout(page.request, origin, data);
    expect([data, answer.status]).toEqual([data, status]);
  }
  expect((await postCheckout(page.request, "https://elsewhere.test", order)).status).toBe(403);
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
