import type { Page } from "@playwright/test";
import { accountOf, buyPlan, cards, expect, expectNews, giveBack, payWith, signUp, test } from "./support";

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

for (const [device, viewport] of [
  ["a desk", { width: 1280, height: 860 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${device}`, () => {
    test.use({ viewport });

    test("a subscriber sees the next charge, cancels, undoes it, pauses, resumes, and has an address", async ({
      page,
    }) => {
      test.setTimeout(120_000);
      await signUp(page);
      await buyPlan(page, "Professional", "1,100");
      await page.goto("/dashboard/billing");
      const plan = panel(page, "Subscription");

      await test.step("the whole next invoice", async () => {
        await expect(plan).toContainText(/\$29\.99on \w+ \d+, \d+, all included/);
      });

      await test.step("a cancellation says what is kept, and is undone where it is said", async () => {
        await page.getByRole("button", { name: "Cancel subscription" }).click();
        const dialog = page.getByRole("dialog", { name: "Cancel Professional?" });
        await expect(dialog).toContainText(/1,000 credits of your plan can be spent until/);
        await dialog.getByRole("radio", { name: "It costs too much" }).check();
        await dialog.getByRole("button", { name: "Cancel subscription" }).dblclick();
        await expectNews(page, "Your plan is cancelled.");
        await expect(plan).toContainText(/If you keep it, \$29\.99 is charged on .+, all included\./);
        await expect(panel(page, "Payment method")).not.toContainText("Charged next");
        await page.getByRole("button", { name: "Undo" }).click();
        await expectNews(page, "Your plan stays as it is.");
        await expect(panel(page, "Payment method")).toContainText("Charged next");
      });

      await test.step("a pause says what going on will cost", async () => {
        await page.getByRole("button", { name: "Pause subscription" }).click();
        const dialog = page.getByRole("dialog", { name: "Pause Professional?" });
        await dialog.getByRole("button", { name: "Pause subscription" }).click();
        await expectNews(page, "Your plan is paused.");
        await expect(plan).toContainText(/Resuming now costs (nothing|\$0\.0\d, all included)\./);
        await expect(page.getByRole("link", { name: "Resume plan" })).toBeHidden();
        await page.getByRole("button", { name: "Resume plan" }).click();
        await expectNews(page, "Your plan goes on.");
      });

      await test.step("an address is looked at before it is kept", async () => {
        const address = panel(page, "Billing address");
        await expect(address).toContainText("No billing address yet");
        await address.getByRole("button", { name: "Edit billing address" }).click();
        const dialog = page.getByRole("dialog", { name: "Billing address" });
        await dialog.getByLabel("Name or company").fill("<b>Kaiser</b> GmbH");
        await dialog.getByLabel("Street and number").fill("Unter den Linden 1");
        await dialog.getByLabel("Postal code").fill("10117");
        await dialog.getByRole("textbox", { name: "City" }).fill("Berlin");
        await dialog.getByLabel("Country").selectOption({ label: "Germany" });
        await dialog.getByLabel("VAT number").fill("123");
        await dialog.getByRole("button", { name: "Save address" }).click();
        await expect(dialog.getByRole("alert")).toHaveText(/not a tax ID of that country/);
        await dialog.getByLabel("VAT number").fill("DE123456789");
        await dialog.getByRole("button", { name: "Save address" }).click();
        await expect(dialog).toHaveCount(0);
        await expect(address).toContainText("<b>Kaiser</b> GmbH");
        await expect(address).toContainText("10117 BerlinGermany");
        await expect(address).toContainText("VAT number: DE123456789");
      });

      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    });
  });
}

test("a pack has a receipt, and what went back of it shows on its payment; a stranger's receipt is not found", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await signUp(page);
  await buyPlan(page, "Basic", "400");
  await page.goto("/dashboard");
  await page.getByRole("button", { name: "Buy 500 credits" }).click();
  await payWith(page, cards.pays);
  await expect(page.getByText("Payment received")).toBeVisible({ timeout: 20_000 });

  await page.goto("/dashboard/billing");
  const row = page.getByRole("row", { name: /500 credits/ });
  const opened = context.waitForEvent("page");
  await row.getByRole("link", { name: /^Receipt for 500 credits/ }).click();
  await expect((await opened).getByRole("heading", { name: "Receipt" })).toBeVisible();

  const link = (await row.getByRole("link", { name: /^Receipt/ }).getAttribute("href")) ?? "";
  await giveBack(await accountOf(context), link.split("/").at(-1) ?? "", "2.00");
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText("$2.00 back", { timeout: 1_500 });
  }).toPass({ timeout: 20_000 });
  await expect(row).toContainText("Refunded in part");

  await context.clearCookies();
  await signUp(page);
  expect((await page.request.get(link)).status()).toBe(404);
});
