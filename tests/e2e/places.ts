// Where there is something to look at: the pages, the sizes, and whatever opens on a page.
import type { Page } from "@playwright/test";
import { expect } from "./support";

export const pages = {
  home: "/",
  login: "/login",
  signUp: "/login?mode=sign-up",
  pricing: "/pricing",
  overview: "/dashboard",
  usage: "/dashboard/usage",
  billing: "/dashboard/billing",
  playground: "/dashboard/playground",
  change: "/dashboard/billing/change?plan=professional_year",
  noPayment: "/checkout/return?session_id=cs_test_unknown",
  notPaid: "/checkout/cancelled?plan=basic_month",
  missing: "/nowhere",
} as const;

export type PageName = keyof typeof pages;

export const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
} as const;

export const themes = ["light", "dark"] as const;

/** As the visitor's system says; nothing is loaded anew. */
export async function setTheme(page: Page, theme: (typeof themes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.locator("html")).toHaveClass(theme === "dark" ? /\bdark\b/ : /\blight\b/);
}

/** Colours and places are looked at when nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}

/** What lies above the page. */
export const layers = ":is([role=dialog], [role=alertdialog])";

/**
 * Opens one after the other all that says it opens: dialogs, drawers, popovers, menus; of the rows of a table the first,
 * and nothing whose name is `seen` already. Each closes by Escape and gives the focus back to what opened it.
 */
export async function* opened(page: Page, seen = new Set<string>()): AsyncGenerator<string> {
  const openers = page.locator("[aria-haspopup=dialog]:visible:enabled:not(tbody tr:nth-child(n + 2) *)");
  const layer = page.locator(`${layers}:visible`);
  for (let nth = 0; nth < (await openers.count()); nth++) {
    const opener = openers.nth(nth);
    const name = (await opener.getAttribute("aria-label")) ?? (await opener.textContent()) ?? "";
    if (seen.has(name)) continue;
    seen.add(name);
    // What is clicked before its script is there does nothing.
    await expect(async () => {
      if (!(await layer.isVisible())) await opener.click();
      await expect(layer).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await settled(page);
    yield name;
    await page.keyboard.press("Escape");
    await expect(layer).toBeHidden();
    await expect(opener, `${name} has the focus again`).toBeFocused();
  }
}
