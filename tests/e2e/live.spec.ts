// What is done elsewhere shows here: outside of the browser, by the clock, in another tab.
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { withClient } from "../../local/database.ts";
import { root } from "../../local/environment.ts";
import { readNote, stateDir } from "../../local/state.ts";
import { expect, signUp, test } from "./support";

const left = (page: Page, credits: number) =>
  expect(page.getByTestId("usage-indicator")).toContainText(`${credits} `, { timeout: 10_000 });

/** As the server of the product does, which no page hears of. */
async function outside(call: string, account: string): Promise<void> {
  const url = readNote(stateDir(root))?.databaseUrl ?? "";
  await withClient(url, (client) => client.query(`select from ${call}`, [account, randomUUID()]));
}
const spend = (account: string) => outside("deduct_credits_atomic($1, 10, $2)", account);

const whoIsIn = async (page: Page): Promise<string> =>
  (await (await page.request.get("/api/credits/live")).json()).account;

/** How often a page has asked so far. */
function questions(page: Page) {
  const asked = { times: 0 };
  page.on("request", (request) => {
    if (request.url().endsWith("/api/credits/live")) asked.times++;
  });
  return asked;
}

async function show(page: Page, state: "visible" | "hidden") {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test("two tabs keep up with what is spent and what expires; one asks for both, and none that is hidden", async ({
  page,
  context,
}) => {
  await signUp(page);
  const account = await whoIsIn(page);
  const asked = questions(page);
  await page.goto("/dashboard/usage");
  const search = page.getByRole("searchbox");
  await search.fill("not sent yet");
  await left(page, 100);
  const other = await context.newPage();
  const askedByOther = questions(other);
  await other.goto("/dashboard");

  await test.step("a spend outside of the browser shows in both, all over the page", async () => {
    await spend(account);
    await left(page, 90);
    await left(other, 90);
    await expect(other.getByTestId("total-credits")).toHaveText("90");
    await expect(search).toHaveValue("not sent yet");
    await expect(search).toBeFocused();
    await expect(page.getByText("You now have 90 credits.")).toBeAttached();
    expect(askedByOther.times).toBe(0);
  });

  await test.step("what expires is gone at that instant, though nobody writes it down", async () => {
    const soon = "billing.now() + interval '2 seconds'";
    await outside(`add_credits_atomic($1, 7, 'promotional', $2, expires_at => ${soon})`, account);
    await outside("add_credits_atomic($1, 5, 'permanent', $2)", account);
    await left(page, 95);
    await left(other, 95);
  });

  await test.step("hidden, the one hands over to the other; both hidden, neither asks; seen, it is up to date", async () => {
    await show(page, "hidden");
    await expect.poll(() => askedByOther.times).toBeGreaterThan(0);
    await other.clock.install();
    await show(other, "hidden");
    const before = { here: asked.times, there: askedByOther.times };
    await spend(account);
    await other.clock.fastForward("10:00");
    expect({ here: asked.times, there: askedByOther.times }).toEqual(before);
    await left(other, 95);
    await show(page, "visible");
    await left(page, 85);
  });
});

test("a session that ends in another tab is said, and nothing typed is lost", async ({ page, context }) => {
  const email = await signUp(page);
  await page.goto("/dashboard/usage");
  const search = page.getByRole("searchbox");
  await search.fill("not sent yet");
  const ended = page.getByText("You are signed out");
  const other = await context.newPage();
  const signOut = async () => {
    await other.goto("/dashboard");
    await other.getByRole("button", { name: "Account" }).click();
    await other.getByRole("button", { name: "Sign out" }).click();
    await other.waitForURL("/");
  };

  await test.step("the other page says so, and leads to sign-in and back", async () => {
    await signOut();
    await expect(ended).toBeVisible();
    await expect(search).toHaveValue("not sent yet");
    await expect(page.getByRole("link", { name: "Sign in again" })).toHaveAttribute(
      "href",
      /^\/login\?next=%2Fdashboard%2Fusage/,
    );
  });

  await test.step("signed in again there, this page goes on", async () => {
    await other.goto("/login");
    await other.getByLabel("Email").fill(email);
    await other.getByLabel("Password").fill("Secret-123x");
    await other.getByRole("button", { name: "Sign in" }).click();
    await other.waitForURL("/dashboard");
    await expect(ended).toBeHidden();
    await expect(search).toHaveValue("not sent yet");
  });

  await test.step("somebody else signed in there is shown their own here", async () => {
    await signOut();
    await signUp(other);
    await spend(await whoIsIn(other));
    await left(page, 90);
    await expect(search).toHaveValue("not sent yet");
  });
});
