import { buyPlan, chooseAnother, expect, expectNews, reviewCosts, signUp, test } from "./support";

test("up at once, down when the paid period is over, and back: each is shown before it is made", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await signUp(page);
  await buyPlan(page, "Basic", "400");

  await test.step("a dearer plan is charged for what is left of the period, and brings that much more", async () => {
    await chooseAnother(page, "Professional");
    await expect(reviewCosts(page)).toContainText("Charged now$20.00");
    await expect(reviewCosts(page)).toContainText("Added now700 credits");
    await page.getByRole("button", { name: "Pay $20.00 and change" }).click();
    await expectNews(page, "Your plan is changed.");
    await expect(page.getByRole("link", { name: "1,100 credits" })).toBeVisible();
    await expect(page.getByText("$29.99/month")).toBeVisible();
  });

  await test.step("paying by the year says what it saves", async () => {
    await page.getByRole("link", { name: "Pay by the year save $53.98 (15%)" }).click();
    await expect(reviewCosts(page)).toContainText("By the year you save $53.98 (15%)");
    await page.getByRole("link", { name: "Leave it as it is" }).click();
  });

  await test.step("a cheaper plan waits for the end of the period, and can be taken back", async () => {
    await chooseAnother(page, "Basic");
    await expect(reviewCosts(page)).toContainText("Charged now$0.00");
    await page.getByRole("button", { name: /^Change on / }).click();
    await expectNews(page, "Your change is planned.");
    await expect(page.getByText(/^Changes to Basic for \$9\.99\/month on /)).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expectNews(page, "Your plan stays as it is.");
    await expect(page.getByText(/^Changes to Basic/)).toHaveCount(0);
  });

  await test.step("a cancellation has its reason, and can be taken back", async () => {
    await page.getByRole("button", { name: "Cancel subscription" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel Professional?" });
    await dialog.getByRole("radio", { name: "It costs too much" }).check();
    await dialog.getByRole("button", { name: "Cancel subscription" }).click();
    await expectNews(page, "Your plan is cancelled.");
    await expect(page.getByText("Ends on", { exact: true })).toBeVisible();
    await page.goto("/dashboard/billing");
    await page.getByRole("button", { name: "Keep my plan" }).click();
    await expectNews(page, "Your plan stays as it is.");
    await expect(page.getByText("Next charge", { exact: true })).toBeVisible();
  });
});
