// From signing up to cancelling without a pointer: each stop is seen, none is a trap.
import type { Page } from "@playwright/test";
import { cards, enhancement, expect, expectNews, expectPaid, fillCard, test } from "./support";

test("everything that costs or saves money can be reached and done by the keyboard alone", async ({
  page,
}) => {
  test.setTimeout(120_000);

  await test.step("signing up", async () => {
    await page.goto("/login?mode=sign-up");
    await tabTo(page, "Email");
    await page.keyboard.type(`keyboard-${crypto.randomUUID()}@example.com`);
    await tabTo(page, "Password");
    await page.keyboard.type("Secret-123x");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/dashboard");
  });

  await test.step("what the credits are made of opens, and closes by Escape", async () => {
    await tabTo(page, "How these credits are made up");
    await expect(page.getByRole("dialog")).toContainText("Promotional");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  });

  await test.step("a dialog takes the focus, keeps it, and gives it back", async () => {
    await tabTo(page, "View Plans");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Choose a plan" });
    await expect(dialog).toBeVisible();
    for (let stops = 0; stops < 25; stops++) {
      await page.keyboard.press("Tab");
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    }
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("button", { name: "View Plans" }).and(page.locator(":focus"))).toBeVisible();
    await page.keyboard.press("Enter");
    await tabTo(page, "Choose Basic");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/pay/**");
    await fillCard(page, cards.pays);
    await page.keyboard.press("Enter");
    await expectPaid(page, "400");
  });

  await test.step("a spend, with another size", async () => {
    await page.goto("/dashboard/playground");
    await tabTo(page, /Draft/);
    await page.keyboard.press("ArrowDown");
    const full = page.getByRole("radio", { name: /Full size/ });
    await expect(full).toBeFocused();
    await page.keyboard.press("Space");
    await expect(full).toBeChecked();
    await expect(page.getByTestId("estimated-cost")).toHaveText("200 credits");
    await tabTo(page, "Enhance Image");
    await page.keyboard.press("Enter");
    await expect(enhancement(page)).toContainText("200 credits charged, 200 left");
  });

  await test.step("cancelling", async () => {
    await page.goto("/dashboard/billing");
    await tabTo(page, "Cancel subscription");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Cancel Basic?" });
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(
      page.getByRole("button", { name: "Cancel subscription" }).and(page.locator(":focus")),
    ).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(dialog).toBeVisible();
    await tabTo(page, "Cancel subscription");
    await page.keyboard.press("Enter");
    await expectNews(page, "Your plan is cancelled.");
  });
});

/** Each stop on the way has a name and is seen; the page ends before the hundredth. */
async function tabTo(page: Page, wanted: string | RegExp): Promise<void> {
  for (let stops = 0; stops < 100; stops++) {
    await page.keyboard.press("Tab");
    const { name, isSeen, isOnPage } = await focus(page);
    if (!isOnPage) continue;
    expect({ name, isSeen }).toEqual({ name: expect.stringMatching(/\S/), isSeen: true });
    if (typeof wanted === "string" ? name.startsWith(wanted) : wanted.test(name)) return;
  }
  throw new Error(`${wanted} is not reached by the keyboard`);
}

/** A small field inside its label is seen by the label's own ring. */
function focus(page: Page): Promise<{ name: string; isSeen: boolean; isOnPage: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body)
      return { name: "", isSeen: false, isOnPage: false };
    const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
    const labels = isField ? [...(element.labels ?? [])] : [];
    const name = element.getAttribute("aria-label") ?? labels[0]?.textContent ?? element.textContent ?? "";
    const isSeen = [element, ...labels, element.parentElement ?? element].some((shown) => {
      const { outlineStyle, boxShadow } = getComputedStyle(shown);
      const { width, height } = shown.getBoundingClientRect();
      return (outlineStyle !== "none" || boxShadow !== "none") && width > 4 && height > 4;
    });
    return { name: name.trim(), isSeen, isOnPage: true };
  });
}
