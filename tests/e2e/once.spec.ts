// Whatever is clicked twice, reloaded, gone back to or open in two tabs is bought, changed and charged once.
import { randomUUID } from "node:crypto";
import {
  cards,
  chooseAnother,
  creditsThere,
  enhance,
  enhancement,
  expect,
  expectNews,
  expectPaid,
  payWith,
  postCheckout,
  test,
} from "./support";

test("case 74: one intent is one session, another intent another, and only the newest plan can be paid", async ({
  page,
  baseURL,
  accounts,
  signInAs,
}) => {
  await signInAs(await accounts.signUp("intent"));
  const order = { lookup_key: "basic_month" };
  const intent = randomUUID();
  const buy = (data: object, key?: string) => postCheckout(page.request, baseURL ?? "", data, key);
  const twice = await Promise.all([1, 2].map(() => buy(order, intent)));
  // The second may arrive while the first is under way; Stripe then asks to try again, and the retry replays.
  expect(new Set(twice.map(({ body }) => body.url)).size).toBe(1);
  const basic = await buy(order);
  expect(basic.body.url).not.toBe(twice[0]?.body.url);

  const professional = await buy({ lookup_key: "professional_month" });
  const open = async ({ body }: typeof basic) => (await page.request.get(body.url)).text();
  expect(await open(basic)).toContain("This checkout has expired");
  expect(await open(professional)).toContain("$29.99");
});

test("case 74: a double click is one payment page, and what is done again after it buys nothing", async ({
  page,
  accounts,
  signInAs,
}) => {
  test.setTimeout(90_000);
  const { id } = await signInAs(await accounts.signUp("twice"));
  const paid = async () => {
    const sql =
      "select count(*)::integer as n from billing.payments where account_id = $1 and status = 'paid'";
    return (await accounts.query(sql, [id]))[0]?.n;
  };

  await test.step("a plan", async () => {
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
    expect(await paid()).toBe(1);
  });

  await test.step("a pack", async () => {
    await page.goto("/dashboard");
    await page.getByRole("button", { name: "Buy 500 credits" }).dblclick();
    await payWith(page, cards.pays);
    await expectPaid(page, "900");
    await page.reload();
    await expectPaid(page, "900");
    expect(await paid()).toBe(2);
  });

  await test.step("an enhancement: both clicks are one job, and going back does not run it again", async () => {
    await page.goto("/dashboard/playground");
    await page.getByRole("button", { name: "Enhance Image" }).dblclick();
    await expect(enhancement(page)).toContainText("60 credits charged, 840 left");
    await page.goto("/dashboard/usage");
    await page.goBack();
    await expect(page.getByRole("button", { name: "Enhance Image" })).toBeVisible();
    await page.reload();
    expect(await creditsThere(page)).toBe(840);
    await enhance(page);
    await expect(enhancement(page)).toContainText("780 left");
  });
});

test("an intent whose session is paid opens a new one, and a second plan is refused", async ({
  page,
  baseURL,
  accounts,
  signInAs,
}) => {
  const account = await signInAs(await accounts.signUp("paid"));
  await accounts.buy(account, "basic_month");
  const pack = { lookup_key: "credits_500" };
  const intent = randomUUID();
  const first = await postCheckout(page.request, baseURL ?? "", pack, intent);
  await page.goto(first.body.url);
  await payWith(page, cards.pays);
  await expectPaid(page, "800");
  const second = await postCheckout(page.request, baseURL ?? "", pack, intent);
  expect(second.status).toBe(200);
  expect(second.body.url).not.toBe(first.body.url);
  const another = await postCheckout(page.request, baseURL ?? "", { lookup_key: "professional_month" });
  expect(another.status).toBe(409);
});

test("case 74: two tabs and a double click end in one subscription, charged once", async ({
  page,
  context,
  accounts,
  signInAs,
}) => {
  test.setTimeout(90_000);
  const account = await signInAs(await accounts.signUp("tabs"));
  await accounts.buy(account, "basic_month");
  await chooseAnother(page, "Professional");
  const other = await context.newPage();
  await other.goto(page.url());

  const pay = "Pay $20.00 and change";
  // The tab that comes second is refused, or hears of the change before its own answer, and has nothing left to pay.
  const done =
    /^(Your plan is changed\.|Your plan has changed in the meantime\.|You have this, or it is planned)/;
  await Promise.all([page, other].map((tab) => tab.getByRole("button", { name: pay }).dblclick()));
  for (const tab of [page, other]) await expect(tab.getByText(done)).toBeVisible({ timeout: 20_000 });
  await other.close();

  await page.goto("/dashboard/billing");
  await page.getByRole("link", { name: "Add: 500 more credits a month" }).click();
  await page.getByRole("button", { name: "Pay $4.50 and change" }).dblclick();
  await expectNews(page, "Your plan is changed.");
  await expect(page.getByText("$34.49/month")).toBeVisible();
  await expect(page.getByText("1,500 a month")).toBeVisible();
  expect([1499, 1500]).toContain(await creditsThere(page)); // to the second, the period is not quite whole
  await expect(page.getByRole("row").filter({ hasText: "Paid" })).toHaveCount(3);
});
