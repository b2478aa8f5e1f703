import {
  cards,
  choosePlan,
  enhance,
  enhancement,
  expect,
  expectNews,
  expectPaid,
  payWith,
  signUp,
  test,
} from "./support";

test("from signing up to cancelling: every credit bought and spent is seen", async ({ page }) => {
  test.setTimeout(120_000);
  const total = page.getByTestId("total-credits");
  const cost = page.getByTestId("estimated-cost");

  await test.step("a new account has 100 free credits, no plan, and no packs to buy", async () => {
    await signUp(page);
    await expect(total).toHaveText("100");
    await expect(page.getByText("No active plan")).toBeVisible();
    await expect(page.getByText("Top-up credits locked")).toBeVisible();
    await page.getByRole("button", { name: "How these credits are made up" }).hover();
    await expect(page.getByRole("dialog")).toContainText("Promotional");
  });

  await test.step("an enhancement is worth its price, and the picture is another one", async () => {
    await page.goto("/dashboard/playground");
    await expect(cost).toHaveText("60 credits");
    await enhance(page);
    await expect(enhancement(page)).toContainText("60 credits charged, 40 left");
    await expect(page.getByRole("img", { name: "Lake at dusk, enhanced" })).toHaveAttribute(
      "src",
      /^data:image\/jpeg/,
    );
    await expect(page.getByRole("link", { name: "40 credits" })).toBeVisible();
  });

  await test.step("too few credits: what is needed, what is there, and the way to a plan", async () => {
    await page.getByRole("radio", { name: "Full size" }).click();
    await expect(cost).toHaveText("200 credits");
    await enhance(page);
    const dialog = page.getByRole("dialog", { name: "Insufficient credits" });
    await expect(dialog).toContainText("requires 200 credits. You have 40 credits remaining");
    await expect(dialog.getByRole("button", { name: "Buy Credits" })).toBeDisabled();
    await dialog.getByRole("button", { name: "Upgrade Plan" }).click();
  });

  await test.step("a plan is paid for, and its credits come by webhook", async () => {
    await choosePlan(page, "Basic");
    await payWith(page, cards.pays);
    await expectPaid(page, "340");
  });

  await test.step("the next enhancement changes balance and history", async () => {
    await page.goto("/dashboard/playground");
    await page.getByRole("radio", { name: "Full size" }).click();
    await expect(cost).toHaveText("200 credits");
    await enhance(page);
    await expect(enhancement(page)).toContainText("200 credits charged, 140 left");
    await page.goto("/dashboard/usage");
    const rows = page.getByRole("region", { name: "Credit history" }).getByRole("row");
    const newest = rows.nth(1);
    await expect(newest).toContainText("Image enhancement");
    await expect(newest).toContainText("−200");
    await expect(newest).toContainText("140");
    await expect(rows).toHaveCount(5);
  });

  await test.step("packs are unlocked, and one is bought", async () => {
    await page.goto("/dashboard");
    await page.getByRole("button", { name: "Buy 500 credits" }).click();
    await payWith(page, cards.pays);
    await expectPaid(page, "640");
  });

  await test.step("the plan is cancelled, and its credits stay until it ends", async () => {
    await page.goto("/dashboard/billing");
    await expect(page.getByRole("row", { name: /Basic plan .* Paid/ })).toBeVisible();
    await page.getByRole("button", { name: "Cancel subscription" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel Basic?" });
    await dialog.getByRole("button", { name: "Cancel subscription" }).click();
    await expectNews(page, "Your plan is cancelled.");
    await expect(page.getByText("Ends on", { exact: true })).toBeVisible();
    await page.goto("/dashboard");
    await expect(total).toHaveText("640");
  });

  await test.step("signing out closes the dashboard", async () => {
    await page.getByRole("button", { name: "Account" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("link", { name: "Start for free" })).toBeVisible();
    await page.goto("/dashboard");
    await expect(page).toHaveURL(/\/login\?next=%2Fdashboard$/);
  });
});

test("a declined card costs and grants nothing; another card pays", async ({ page }) => {
  test.setTimeout(60_000);
  await signUp(page);
  await page.getByRole("button", { name: "View Plans" }).first().click();
  await choosePlan(page, "Professional");
  await payWith(page, cards.isDeclined);
  await expect(page.getByRole("alert")).toContainText("declined");

  await test.step("leaving the payment page leads to a retry", async () => {
    await page.getByRole("link", { name: "Cancel" }).click();
    await page.waitForURL("**/checkout/cancelled?plan=professional_month");
    await expect(page.getByText("Nothing was charged")).toBeVisible();
    await page.getByRole("button", { name: "Try again" }).click();
  });

  await test.step("the retry may be declined, and paid on the same page", async () => {
    await payWith(page, cards.isDeclined);
    await expect(page.getByRole("alert")).toContainText("declined");
    await payWith(page, cards.pays);
    await expectPaid(page, "1,100");
  });

  await page.goto("/dashboard/usage");
  await expect(page.getByRole("row")).toHaveCount(3);
});
