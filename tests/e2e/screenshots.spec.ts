import type { Page } from "@playwright/test";
import { cards, choosePlan, enhance, expect, expectPaid, payWith, signUp, test } from "./support";

test.skip(!process.env.SCREENSHOTS, "writes docs/images: SCREENSHOTS=1 npx playwright test screenshots");

const tabs = [
  ["overview", "/dashboard"],
  ["usage", "/dashboard/usage"],
  ["billing", "/dashboard/billing"],
] as const;

test("the three tabs, wide and narrow", async ({ page }) => {
  test.setTimeout(120_000);
  await signUp(page);
  await page.goto("/dashboard/playground");
  await enhance(page);
  await expect(page.getByRole("status")).toContainText("charged");
  await page.goto("/dashboard");
  await page.getByRole("button", { name: "View Plans" }).first().click();
  await choosePlan(page, "Professional");
  await payWith(page, cards.pays);
  await expectPaid(page, "1,040");
  await spend(page, ["Full size", "Studio"]);
  await spend(page, ["Full size", "Vivid"]);
  await page.goto("/dashboard");
  await page.getByRole("button", { name: "500 credits $5", exact: true }).click();
  await payWith(page, cards.pays);
  await expect(page.getByText("Payment received")).toBeVisible({ timeout: 20_000 });
  await spend(page, ["Full size", "Vivid", "Studio"]);

  await page.setViewportSize({ width: 1280, height: 860 });
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: "docs/images/playground-1280.png" });
  for (const [name, address] of tabs) {
    await page.goto(address);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 720 });
      await page.screenshot({ path: `docs/images/${name}-${width}.png`, fullPage: true });
    }
  }
});

async function spend(page: Page, choices: string[]): Promise<void> {
  await page.goto("/dashboard/playground");
  for (const name of choices) {
    await page.getByRole("radio", { name }).click();
  }
  await enhance(page);
  await expect(page.getByRole("status")).toContainText("charged");
}
