import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { cards, expect, expectPaid, payWith, test } from "./support";

const password = "Secret-123x";

async function fillIn(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(secret);
}

test("what a visitor chooses goes through signing up and in, to its payment or its review", async ({
  page,
}) => {
  test.setTimeout(90_000);
  const email = `${randomUUID()}@example.com`;

  await test.step("prices by the year say what they save, and a plan is chosen", async () => {
    await page.goto("/pricing");
    await page.getByRole("radio", { name: /^Yearly/ }).click();
    const basic = page.getByRole("listitem", { name: "Basic" });
    await expect(basic).toContainText("$101.90 billed once a year");
    await basic.getByRole("link", { name: "Start with Basic" }).click();
  });

  await test.step("a look at the other form and a weak password lose nothing", async () => {
    await page.getByRole("button", { name: "Sign in instead" }).click();
    await fillIn(page, email);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("Email or password is wrong.")).toBeVisible();
    await page.getByRole("button", { name: "Create an account" }).click();
    await fillIn(page, email);
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.waitForURL("**/pay/**");
    await expect(page.getByText("$101.90").first()).toBeVisible();
  });

  await test.step("back from the payment is where the choice was made", async () => {
    await page.goBack();
    await page.waitForURL("**/pricing");
  });

  await test.step("who is signed in and sold another plan since gets to the same offer, and pays", async () => {
    await page.goto("/checkout/start?offer=no_such_plan");
    await expect(page.getByText("No longer on sale")).toBeVisible();
    await page.goto("/checkout/start?offer=basic_month");
    await page.getByRole("button", { name: "Go on to payment" }).click();
    await payWith(page, cards.pays);
    await expectPaid(page, "400");
  });

  await test.step("with a plan, a choice leads to the review of the change", async () => {
    await page.goto("/checkout/start?offer=professional_month");
    await expect(page.getByRole("heading", { name: "Review your change" })).toBeVisible();
    await page.goto("/pricing");
    await expect(
      page.getByRole("listitem", { name: "Basic" }).getByText("Current", { exact: true }),
    ).toBeVisible();
  });
});

test("a trial that a visitor chooses is running after signing up", async ({ page }) => {
  await page.goto("/pricing");
  await page.getByRole("link", { name: "Try it for 14 days" }).click();
  await fillIn(page, `${randomUUID()}@example.com`);
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.waitForURL("**/dashboard");
  await expect(page.getByRole("region", { name: "Trial" })).toContainText("14 days left of your trial");
  await page.goto("/checkout/start?trial=professional");
  await expect(page.getByText("Your trial runs")).toBeVisible();
});

test("the pricing page on a phone: one plan compared after the other, and a message to the owner", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto("/pricing");
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await sideways()).toBe(0);

  const table = page.getByRole("table");
  await expect(table.getByRole("columnheader", { name: "Professional" })).toBeHidden();
  await page.getByLabel("Plan to look at").selectOption("Professional");
  await expect(table.getByRole("columnheader", { name: "Professional" })).toBeVisible();
  await expect(table.getByRole("row", { name: /^Seats/ })).toContainText("Up to 10");

  const form = page.getByRole("region", { name: "A plan for your company" });
  await form.getByLabel("What do you need?").fill("Two million credits,\nand a contract.");
  await form.getByRole("button", { name: "Send" }).click();
  await expect(form.getByText("Please tell us your name.")).toBeVisible({ timeout: 20_000 });
  await expect(form.getByLabel("Name")).toBeFocused();
  await expect(form.getByLabel("What do you need?")).toHaveValue("Two million credits,\nand a contract.");
  await form.getByLabel("Name").fill("Ada");
  await form.getByLabel("E-mail").fill(`${randomUUID()}@example.com`);
  await form.getByLabel(/^Credits a month/).fill("2,000,000");
  await form.getByRole("button", { name: "Send" }).dblclick();
  await expect(form.getByRole("status")).toContainText("Thank you. We have your message", {
    timeout: 20_000,
  });
});
