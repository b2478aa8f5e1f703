import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import {
  type APIRequestContext,
  type BrowserContext,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { type AccountState, accountIn } from "../../local/account-states";
import { type Account, type Accounts, openAccounts } from "../../local/accounts";
import { readEnvironment } from "../../local/environment";

type Fixtures = {
  quiet: undefined;
  /** From now on the browser is that of this account. */
  signInAs: (account: Account | AccountState) => Promise<Account>;
};
type WorkerFixtures = {
  accounts: Accounts;
  /** One in that state, shared by the tests of a worker: they look at it and leave it as it is. */
  shared: (state: AccountState) => Promise<Account>;
};

/** Every test fails on an error or a warning of a page or its console; what the payment pages print is not ours. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  quiet: [
    async ({ context, baseURL }, use) => {
      const said = listen(context, baseURL ?? "");
      await use(undefined);
      expect(said()).toEqual([]);
    },
    { auto: true },
  ],
  signInAs: async ({ context, shared }, use) => {
    await use(async (wanted) => {
      const account = typeof wanted === "string" ? await shared(wanted) : wanted;
      await context.clearCookies();
      await context.addCookies(account.cookies);
      return account;
    });
  },
  accounts: [
    // biome-ignore lint/correctness/noEmptyPattern: what a fixture needs is read off its first parameter
    async ({}, use) => use(openAccounts(readEnvironment(process.env))),
    { scope: "worker" },
  ],
  shared: [
    async ({ accounts }, use) => {
      const made = new Map<AccountState, Promise<Account>>();
      await use((state) => {
        const account = made.get(state) ?? accountIn(accounts, state);
        made.set(state, account);
        return account;
      });
    },
    { scope: "worker" },
  ],
});

/** What the pages of a browser have complained of by the time that it is asked. */
function listen(context: BrowserContext, baseURL: string): () => string[] {
  const said: { at: string; text: string }[] = [];
  const missing = new Set<string>();
  context.on("response", (response) => {
    if (response.status() === 404 && response.request().isNavigationRequest()) missing.add(response.url());
  });
  context.on("weberror", (error) => said.push({ at: "", text: error.error().message }));
  context.on("console", (message) => {
    const { url } = message.location();
    const isOurs = url.startsWith(`${baseURL}/`) || url === "";
    if (isOurs && ["error", "warning"].includes(message.type())) said.push({ at: url, text: message.text() });
  });
  // The browser's own word on a page that there is not.
  const isOfMissing = ({ at, text }: (typeof said)[number]) =>
    missing.has(at) && text.includes("status of 404");
  return () => said.filter((one) => !isOfMissing(one)).map(({ at, text }) => `${at}: ${text}`);
}

export { expect };

export const cards = {
  pays: "4242 4242 4242 4242",
  isDeclined: "4000 0000 0000 0002",
  failsAtRenewal: "4000 0000 0000 0341",
  isDisputed: "4000 0000 0000 0259",
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

/** The HTTP API's order, as the page of `origin` would send it. */
export async function postCheckout(
  request: APIRequestContext,
  origin: string,
  data: unknown,
  key: string = randomUUID(),
) {
  const headers = { origin, "idempotency-key": key };
  const response = await request.post("/api/billing/checkout", { data, headers });
  return { status: response.status(), body: await response.json() };
}

export async function creditsThere(page: Page): Promise<number> {
  const answer = await page.request.get("/api/credits/balance");
  return (await answer.json()).total;
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

/** The playground's panel, with what came of the last click. */
export const enhancement = (page: Page) => page.getByRole("region", { name: "Image enhancement" });

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
