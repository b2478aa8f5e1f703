// What is not one's own does not exist, what another site sends is refused, and who is signed out is asked to sign in.
import { randomUUID } from "node:crypto";
import type { Request } from "@playwright/test";
import { creditsThere, enhancement, expect, postCheckout, test } from "./support";

test("case 78: pages run no inline script but their own, share no nonce, and cannot be framed", async ({
  request,
}) => {
  const [headers, others] = await Promise.all([1, 2].map(async () => (await request.get("/")).headers()));
  const policy = headers?.["content-security-policy"] ?? "";
  const scripts = policy.split("; ").find((rule) => rule.startsWith("script-src"));
  expect(scripts).toMatch(/^script-src 'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic'$/);
  expect(others?.["content-security-policy"]).not.toContain(scripts);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers?.["x-frame-options"]).toBe("DENY");
  expect(headers?.["x-content-type-options"]).toBe("nosniff");
  expect(headers?.["x-powered-by"]).toBeUndefined();
});

test("case 75: a checkout session, a payment, a plan and an entry of somebody else are as if there were none", async ({
  page,
  baseURL,
  accounts,
  signInAs,
}) => {
  const owner = await signInAs(await accounts.signUp("owner"));
  const { body } = await postCheckout(page.request, baseURL ?? "", { lookup_key: "basic_month" });
  const session = String(body.url).split("/").at(-1) ?? "";
  await page.goto(`/checkout/return?session_id=${session}`);
  await expect(page.getByText("Not paid yet")).toBeVisible();
  const agreed = `agreed_${randomUUID().slice(0, 8)}`;
  await accounts.query("select public.offer_custom_plan($1, $2, 'Agreed', 9000, 900, 'a good customer')", [
    owner.id,
    agreed,
  ]);

  const stranger = await signInAs(await accounts.signUp("stranger"));
  await accounts.buy(stranger, "basic_month");
  for (const id of [session, "cs_test_forged", "../customers/cus_1", "%7BCHECKOUT_SESSION_ID%7D", ""]) {
    const answer = await page.goto(`/checkout/return?session_id=${id}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText("No such payment")).toBeVisible();
  }
  // Keys of a plan: another's, of no plan at all, and with what is no key.
  for (const plan of [`custom_${agreed}_month`, "no_such_plan", "basic_month'--", "<b>"]) {
    await page.goto(`/dashboard/billing/change?plan=${encodeURIComponent(plan)}`);
    await expect(page.getByRole("alert").filter({ hasText: /\w/ }).first()).toBeVisible();
    await expect(page.getByText("Agreed")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /change$/ })).toHaveCount(0);
  }
  const bought = await postCheckout(page.request, baseURL ?? "", { lookup_key: `custom_${agreed}_month` });
  expect([404, 409]).toContain(bought.status);
  // Whatever an address says the portal and the history are those of who is signed in.
  const headers = { origin: baseURL ?? "" };
  const portal = await page.request.post("/api/billing/portal", {
    headers,
    data: { customer: "cus_forged" },
  });
  expect(portal.status()).toBe(422);
  const history = await page.request.get(`/api/credits/history?account_id=${owner.id}`);
  expect([await history.text(), history.status()].join()).not.toContain(owner.id);
});

test("an action that another site sends is refused, and has no effect", async ({
  page,
  baseURL,
  accounts,
  signInAs,
}) => {
  await signInAs(await accounts.signUp("origin"));
  await page.goto("/dashboard/playground");
  const isSpend = (request: Request) =>
    request.headers()["next-action"] !== undefined && Boolean(request.postData()?.includes("taskId"));
  const sent = page.waitForRequest(isSpend);
  await page.getByRole("button", { name: "Enhance Image" }).click();
  const request = await sent;
  await expect(enhancement(page)).toContainText("40 left");

  const again = async (origin: string) => {
    const headers = { ...(await request.allHeaders()), origin };
    const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":")));
    const data = request.postData()?.replace(/[\da-f]{8}-[\da-f-]{27}/, randomUUID()) ?? "";
    return (await page.request.post(request.url(), { headers: plain, data })).status();
  };
  for (const origin of ["https://elsewhere.test", "null", `${baseURL}.elsewhere.test`]) {
    expect([origin, await again(origin)]).toEqual([origin, 500]);
    expect(await creditsThere(page)).toBe(40);
  }
  expect(await again(baseURL ?? "")).toBe(200); // the request itself is a good one, only too dear by now
  expect(await creditsThere(page)).toBe(40);
});

test("case 76: who has signed out in another tab is asked to sign in, and neither pays nor spends", async ({
  page,
  context,
  accounts,
  signInAs,
}) => {
  await signInAs(await accounts.signUp("leaving"));
  await page.goto("/pricing");
  const [playground, other] = [await context.newPage(), await context.newPage()];
  await playground.goto("/dashboard/playground");
  await other.goto("/dashboard");
  await other.getByRole("button", { name: "Account" }).click();
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(other.getByRole("link", { name: "Start for free" })).toBeVisible();

  const toSignIn = async (tab: typeof page, name: string) => {
    const button = tab.getByRole("button", { name });
    await button.or(tab.getByLabel("Password")).first().click();
    const asked = tab.getByText(/sign in/i).or(tab.getByLabel("Password"));
    await expect(asked.first()).toBeVisible();
  };
  await toSignIn(page, "Choose Basic");
  await toSignIn(playground, "Enhance Image");
  await expect(playground.getByText("credits charged")).toHaveCount(0);
});
