// With unpaid-renewal the last of these files: both move the time of the whole platform.
import type { Page } from "@playwright/test";
import {
  cards,
  chooseAnother,
  creditsThere,
  expect,
  expectNews,
  moveClock,
  openPlans,
  payWith,
  reviewCosts,
  signUp,
  test,
} from "./support";

test("trial, Basic, Professional by the year with an add-on, paused, resumed, cancelled", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await signUp(page);

  await test.step("a trial without a card", async () => {
    await openPlans(page);
    await page.getByRole("button", { name: "Try it for 14 days" }).click();
    await expect(page.getByRole("region", { name: "Trial" })).toContainText("14 days left");
    await expect.poll(() => creditsThere(page)).toBe(600);
  });

  await test.step("Basic, chosen on the trial, is charged when it is over", async () => {
    await page.getByRole("link", { name: "Choose a plan" }).click();
    await page.getByRole("button", { name: "Choose Basic" }).click();
    await payWith(page, cards.pays);
    await expect(page.getByText("Your trial goes on")).toBeVisible({ timeout: 20_000 });
    await moveClock("+15 days");
    await page.goto("/dashboard/billing");
    await expect(page.getByText("$9.99/month")).toBeVisible();
    await expect(page.getByText("Active", { exact: true })).toBeVisible();
    await moveClock("+10 days");
  });

  await test.step("from Basic by the month to Professional by the year", async () => {
    await chooseAnother(page, "Professional", "Yearly");
    await expect(reviewCosts(page)).toContainText(
      /Each month until .+, less what you have had already.*Each month from .+1,000 credits/,
    );
    await pay(page);
    await expect(page.getByText("$305.90/year")).toBeVisible();
  });

  await test.step("an add-on, for what is left of the year", async () => {
    await page.getByRole("link", { name: "Add: 500 more credits a month" }).click();
    await expect(reviewCosts(page)).toContainText("Each month1,500 credits");
    await pay(page);
    await expect(page.getByText("$351.80/year")).toBeVisible();
  });

  const frozen =
    await test.step("paused: its credits are frozen, and a month later they are the same", async () => {
      await page.getByRole("button", { name: "Pause subscription" }).click();
      const dialog = page.getByRole("dialog", { name: "Pause Professional?" });
      await dialog.getByRole("button", { name: "Pause subscription" }).click();
      await expectNews(page, "Your plan is paused.");
      const notice = page.getByRole("list", { name: "Notices" });
      const before = await notice.textContent();
      await moveClock("+1 month");
      await page.reload();
      await expect(notice).toHaveText(before ?? "");
      const [, credits = ""] = before?.match(/Its ([\d,]+) credits wait for you/) ?? [];
      return Number(credits.replace(",", ""));
    });

  await test.step("resumed: they can be spent again", async () => {
    expect(frozen).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Resume plan" }).click();
    await expectNews(page, "Your plan goes on.");
    await expect(page.getByText("Active", { exact: true })).toBeVisible();
    expect(await creditsThere(page)).toBeGreaterThanOrEqual(frozen);
  });

  await test.step("cancelled: it stays until the paid year is over, and is not charged again", async () => {
    await page.getByRole("button", { name: "Cancel subscription" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel Professional?" });
    await dialog.getByRole("radio", { name: "I do not use it enough" }).check();
    await dialog.getByRole("button", { name: "Cancel subscription" }).click();
    await expectNews(page, "Your plan is cancelled.");
    await moveClock("+1 year");
    await page.goto("/dashboard/billing");
    await expect(page.getByText("Your Professional plan has ended.")).toBeVisible();
    // The trial's first invoice and the resumed year: to the second, that may be a cent.
    const forNothing = /\$0\.0\d/;
    await expect(page.getByRole("row").filter({ hasText: forNothing })).toHaveCount(2);
    await expect(page.getByRole("row").filter({ hasText: "Paid", hasNotText: forNothing })).toHaveCount(3);
  });

  await test.step("every credit that came names its invoice's line, its trial or its free month", async () => {
    const sources = await sourcesOfCredits(page);
    expect(sources.length).toBeGreaterThan(12);
    for (const source of sources)
      expect(source).toMatch(/^(free:\d{4}-\d\d-\d\d|trial:[\w-]+|invoice:in_\w+:il_\w+(:\d+)?)$/);
  });
});

async function pay(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Pay \$[\d.]+ and change$/ }).click();
  await expectNews(page, "Your plan is changed.");
}

/** What the history, as it can be saved, has as the source of all that came. */
async function sourcesOfCredits(page: Page): Promise<string[]> {
  const file = await page.request.get("/api/credits/history/csv");
  const [head = "", ...lines] = (await file.text()).trim().split("\r\n");
  const at = (name: string) => head.split(",").indexOf(name);
  const cells = lines.map((line) => line.split(","));
  return cells.filter((line) => Number(line[at("credits")]) > 0).map((line) => line[at("task_id")] ?? "");
}
