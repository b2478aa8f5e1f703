import { enhance, enhancement, expect, signUp, test } from "./support";

test("from signing up to the first spend, and what the frame says on the way", async ({ page }) => {
  test.setTimeout(60_000);
  const firstSteps = page.getByRole("region", { name: "First steps" });
  const indicator = page.getByRole("region", { name: "Credits left" });
  const pages = page.getByRole("navigation", { name: "Main" });
  const here = pages.locator("[aria-current=page]");

  await test.step("sign-up says which credits are there; two clicks later some are spent", async () => {
    await signUp(page);
    await expect(firstSteps).toContainText("100 credits are yours");
    await expect(indicator).toContainText("100 credits left");
    await firstSteps.getByRole("link", { name: "Open the playground" }).click();
    await expect(here).toHaveText("Playground");
    await page.getByLabel("Retouching").fill("1");
    await expect(page.getByTestId("estimated-cost")).toHaveText("85 credits");
    await enhance(page);
    await expect(enhancement(page)).toContainText("85 credits charged, 15 left");
  });

  await test.step("few credits are said in words, and lead to more", async () => {
    await expect(indicator).toContainText("Low");
    await indicator.getByRole("link", { name: "Get more" }).click();
    await expect(page).toHaveURL(/\/pricing$/);
    await expect(here).toHaveText("Pricing");
    await expect(indicator).toContainText("15 credits left");
  });

  await test.step("on a phone the pages lie under the thumb, and hide nothing", async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    await pages.getByRole("link", { name: "Billing" }).click();
    await expect(page).toHaveURL(/\/dashboard\/billing$/);
    await expect(here).toHaveText("Billing");
    const bar = await pages.boundingBox();
    expect(bar?.y).toBeGreaterThan(600);
    // The page grows while its panels come.
    await expect(async () => {
      await page.keyboard.press("End");
      const last = await page.getByRole("main").locator("section").last().boundingBox();
      expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThan(bar?.y ?? 0);
    }).toPass({ timeout: 10_000 });
    const links = await page.getByRole("banner").getByRole("link").all();
    expect(links).not.toHaveLength(0);
    for (const link of links) expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(40);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  await test.step("a trial ends the first steps, and unlocks packs to top up with", async () => {
    await page.goto("/dashboard");
    await firstSteps.getByRole("button", { name: "Start the free trial" }).click();
    await expect(firstSteps).toBeHidden();
    await expect(indicator).toContainText("515 credits left");
    await indicator.getByRole("link", { name: "Top up" }).click();
    await expect(page.getByRole("button", { name: "Buy 500 credits" })).toBeInViewport();
  });
});

test("the keyboard skips the header, and a theme stays chosen", async ({ page }) => {
  await signUp(page);
  await page.reload();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.getByRole("button", { name: "Account" }).click();
  await expect(page.getByRole("radio", { name: "As on this device" })).toBeChecked();
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.reload();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.getByRole("button", { name: "Hide the first steps" }).click();
  await expect(page.getByRole("region", { name: "First steps" })).toBeHidden();
});

test("a page asks for nothing ahead; who leaves for another sees at once which, and its outline until it comes", async ({
  page,
  signInAs,
}) => {
  await signInAs("beginner");
  const ahead: string[] = [];
  page.on("request", (request) => request.url().includes("_rsc=") && ahead.push(request.url()));
  await page.goto("/dashboard");
  // By then it has also asked whether there is news.
  await page.waitForResponse(/\/api\/credits\/live/);
  expect(ahead).toEqual([]);

  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route(/\/dashboard\/usage\?/, async (route) => {
    await released;
    await route.continue();
  });
  const tabs = page.getByRole("navigation", { name: "Dashboard" });
  await tabs.getByRole("link", { name: "Usage" }).click();
  await expect(tabs.locator("[aria-current=page]")).toHaveText("Usage");
  await expect(page.getByLabel("Loading").first()).toBeVisible();
  await expect(page.getByTestId("total-credits")).toBeHidden();
  release();
  await expect(page.getByRole("region", { name: "Transaction history" })).toBeVisible();
  await expect(page.getByLabel("Loading")).toHaveCount(0);
});
