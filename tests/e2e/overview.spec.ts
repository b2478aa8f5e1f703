import type { Page } from "@playwright/test";
import { pages } from "./places";
import { enhance, expect, signUp, test } from "./support";

const info = (page: Page) => page.getByRole("button", { name: "How these credits are made up" });
const breakdown = (page: Page) => page.getByRole("dialog", { name: "How these credits are made up" });

test("overview: what the credits are is shown to a mouse, to the keyboard and to a finger", async ({
  page,
  context,
}) => {
  await signUp(page);

  await test.step("the mouse opens it by resting on it, and closes it by leaving", async () => {
    await info(page).hover();
    await expect(breakdown(page)).toContainText("Promotional");
    await page.mouse.move(0, 0);
    await expect(breakdown(page)).toBeHidden();
  });

  await test.step("the keyboard opens it by coming to it, and Escape closes it", async () => {
    await info(page).focus();
    await expect(breakdown(page)).toContainText("100");
    await page.keyboard.press("Escape");
    await expect(breakdown(page)).toBeHidden();
  });

  await test.step("what was used is told by day and operation, and its entry leads to why", async () => {
    await page.goto("/dashboard/playground");
    await enhance(page);
    await expect(page.getByRole("status").filter({ hasText: "60 credits charged" })).toBeVisible();
    await page.goto("/dashboard");
    await expect(page.getByRole("region", { name: "Used this period" })).toContainText("60% of the 100");
    await expect(page.getByRole("region", { name: "What for" })).toContainText("Image enhancement");
    await expect(page.getByRole("region", { name: "Engagement" })).toContainText("Pictures");
    await expect(page.getByRole("link", { name: /^Image enhancement/ })).toHaveAttribute(
      "href",
      /\/dashboard\/usage\?entry=\d+$/,
    );
  });

  await test.step("on a phone a tap opens it, and nothing is wider than the screen", async () => {
    const phone = await context.browser()?.newContext({
      storageState: await context.storageState(),
      viewport: { width: 360, height: 780 },
      hasTouch: true,
      isMobile: true,
    });
    const small = await phone?.newPage();
    if (!small) throw new Error("no browser");
    await small.goto(page.url());
    await info(small).tap();
    await expect(breakdown(small)).toContainText("Promotional");
    expect(await small.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await phone?.close();
  });
});

test("an erased account is told that it is closed, wherever its session leads", async ({
  page,
  signInAs,
}) => {
  await signInAs("erased");
  for (const name of ["overview", "usage", "billing", "playground"] as const) {
    await page.goto(pages[name]);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This account is closed");
    await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
  }
});
