import { enhance, expect, signUp, test } from "./support";

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

test("usage is drawn for the days in the address, told on hover, focus and tap, and leads to its transactions", async ({
  page,
}) => {
  await signUp(page);
  await page.goto("/dashboard/usage");
  await expect(page.getByText("Nothing used")).toBeVisible();
  await page.getByRole("link", { name: "Try the playground" }).click();
  await enhance(page);
  await expect(page.getByRole("status").filter({ hasText: "charged" })).toBeVisible();

  await page.goto("/dashboard/usage");
  await page.getByRole("navigation", { name: "Days" }).getByRole("link", { name: "7 days" }).click();
  await expect(page).toHaveURL(/range=7$/);
  const columns = page.getByRole("figure").getByRole("link");
  await expect(columns).toHaveCount(7);
  const reading = page.getByTestId("reading");
  await columns.last().hover();
  await expect(reading).toContainText("Image enhancement60");
  await page.mouse.move(0, 0);
  await expect(reading).toBeHidden();

  await page.getByRole("link", { name: "Show these transactions" }).focus();
  await page.keyboard.press("Tab");
  await expect(reading).toContainText("Total60");
  await page.keyboard.press("ArrowLeft");
  await expect(reading).toContainText("Total0");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`range=7&from=${day(0)}&to=${day(0)}#history$`));
  await expect(columns).toHaveCount(7);
  await expect(page.getByRole("row", { name: /Image enhancement/ }).last()).toBeVisible();

  await page.getByRole("link", { name: "Other dates" }).click();
  await page.getByLabel("First day").fill(day(-1));
  await page.getByLabel("Last day").fill(day(0));
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(columns).toHaveCount(2);
});

test("on a phone the chart fits, and a tap tells the day before it leads there", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await signUp(page);
  await page.goto("/dashboard/playground");
  await enhance(page);
  await expect(page.getByRole("status").filter({ hasText: "charged" })).toBeVisible();
  await page.goto("/dashboard/usage?range=90");
  const columns = page.getByRole("figure").getByRole("link");
  await columns.last().tap();
  const reading = page.getByTestId("reading");
  await expect(reading).toContainText("Image enhancement60");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await reading.getByRole("link", { name: "Show transactions" }).tap();
  await expect(page).toHaveURL(/#history$/);
  await context.close();
});
