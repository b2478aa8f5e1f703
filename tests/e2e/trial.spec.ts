import { cards, expect, fillCard, signUp, test } from "./support";

test("a trial without a card, and a plan that goes on from it", async ({ page }) => {
  const banner = page.getByRole("region", { name: "Trial" });
  const total = page.getByTestId("total-credits");

  await test.step("a visitor sees the trial where the plan is, and signs up for it", async () => {
    await page.goto("/pricing");
    await expect(page.getByRole("link", { name: "Try it for 14 days" })).toBeVisible();
    await signUp(page);
    await expect(total).toHaveText("100");
    await expect(banner).toBeHidden();
  });

  await test.step("it starts with one click: the plan, its credits, and packs", async () => {
    await page.goto("/pricing");
    await page.getByRole("button", { name: "Try it for 14 days" }).click();
    await page.waitForURL("**/dashboard");
    await expect(banner).toContainText("14 days left of your trial");
    await expect(banner).toContainText("then you have the free plan with 100 credits a month");
    await expect(total).toHaveText("600");
    await expect(page.getByText("Top-up credits locked")).toBeHidden();
    await page.goto("/dashboard/billing");
    await expect(page.getByText("Trial of Professional")).toBeVisible();
  });

  await test.step("a plan is chosen: nothing is charged before the trial's end, and all stays as it is", async () => {
    await banner.getByRole("link", { name: "Choose a plan" }).click();
    await expect(page.getByText(/the plan is first charged on/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Try it for 14 days" })).toBeHidden();
    await page.getByRole("button", { name: "Choose Basic" }).click();
    await page.waitForURL("**/pay/**");
    await fillCard(page, cards.pays);
    await page.getByRole("button", { name: /^Start trial/ }).click();
    await expect(page.getByText("Your trial goes on")).toBeVisible({ timeout: 20_000 });
    await page.getByRole("link", { name: "Go to the dashboard" }).click();
    await expect(banner).toContainText(/your Basic plan begins, with its first charge: \$9\.99/);
    await expect(total).toHaveText("600");
    await expect(page.getByText(/^First charge on /)).toBeVisible();
  });
});
