import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

/** Every test fails on an error of the page or its console; what the payment pages print is not ours. */
export const test = base.extend<{ quiet: undefined }>({
  quiet: [
    async ({ page, baseURL }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        const isOurs = message.location().url.startsWith(`${baseURL}/`) || message.location().url === "";
        if (message.type() === "error" && isOurs) errors.push(message.text());
      });
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export const cards = {
  pays: "4242 4242 4242 4242",
  isDeclined: "4000 0000 0000 0002",
  failsAtRenewal: "4000 0000 0000 0341",
};

export async function signUp(page: Page): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  await page.goto("/login?mode=sign-up");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("Secret-123x");
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.waitForURL("**/dashboard");
  return email;
}

export async function fillCard(page: Page, card: string): Promise<void> {
  await page.getByLabel("Card number").fill(card);
  await page.getByLabel("Expiry").fill("12 / 40");
  await page.getByLabel("Security code").fill("123");
}

/** On the payment page: fills in a card and sends it. */
export async function payWith(page: Page, card: string): Promise<void> {
  await page.waitForURL("**/pay/**");
  await fillCard(page, card);
  await page.getByRole("button", { name: /^(Subscribe|Pay|Start trial)\b/ }).click();
}

/** The page after a payment waits for the webhook, however long that takes. */
export async function expectPaid(page: Page, balance: string): Promise<void> {
  await expect(page.getByText("Payment received")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByTestId("total-credits")).toHaveText(balance);
}

export async function choosePlan(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Choose a plan" });
  await dialog.getByRole("button", { name: `Choose ${name}` }).click();
}

export async function openPlans(page: Page): Promise<void> {
  await page.getByRole("button", { name: "View Plans" }).first().click();
}

/** Of who has none: a first plan, by the month. */
export async function buyPlan(page: Page, name: string, balance: string): Promise<void> {
  await page.goto("/dashboard");
  await openPlans(page);
  await choosePlan(page, name);
  await payWith(page, cards.pays);
  await expectPaid(page, balance);
}

/** Of who has a plan: leads to where the change to another is shown. */
export async function chooseAnother(
  page: Page,
  name: string,
  interval: "Monthly" | "Yearly" = "Monthly",
): Promise<void> {
  await page.goto("/dashboard/billing");
  await page.getByRole("button", { name: "Upgrade Plan" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose a plan" });
  await dialog.getByRole("radio", { name: interval }).click();
  await dialog.getByRole("link", { name: `Change to ${name}` }).click();
  await expect(page.getByRole("heading", { name: "Review your change" })).toBeVisible();
}

export const reviewCosts = (page: Page) => page.getByRole("region", { name: "Costs" });

/** The page waits for the webhook by itself, and then says what has become of the plan. */
export async function expectNews(page: Page, text: string): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: text })).toBeVisible({ timeout: 20_000 });
}

export async function enhance(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Enhance Image" }).click();
}

/** Moves the platform's time for everybody, and waits until all that falls due on the way is done. */
export async function moveClock(by: string): Promise<void> {
  await promisify(execFile)("npm", ["run", "-s", "clock", "--", by]);
}

/** Who is signed in, by the session's cookie. */
export async function accountOf(context: BrowserContext): Promise<string> {
  const parts = (await context.cookies()).filter(({ name }) => /^sb-.+-auth-token(\.\d+)?$/.test(name));
  const session = parts
    .map(({ value }) => value)
    .join("")
    .replace(/^base64-/, "");
  return JSON.parse(Buffer.from(session, "base64url").toString()).user.id;
}

/** As the owner does it; the page shows it when Stripe has told of it. */
export async function giveBack(account: string, payment: string, amount: string): Promise<void> {
  const said = ["--amount", amount, "--reason", "tested"];
  await promisify(execFile)("npm", ["run", "-s", "stripe:refund", "--", account, payment, ...said]);
}

/** Reads the page again until the webhook's effect shows. */
export async function expectSoon(page: Page, text: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 20_000 });
}
