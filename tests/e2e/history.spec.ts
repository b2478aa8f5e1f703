// The history as it is used: filters in the address, pages and the drawer that keep the place, paper.
import pg from "pg";
import { expect, signUp, test } from "./support";

/** What a developer's server has done by the verbs: a pack, sixty pictures, one hold, and words that try things. */
async function spend(email: string) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query("select id from auth.users where email = $1", [email]);
  const id: string = rows[0].id;
  const deduct = "select deduct_credits_atomic($1, $2, $3, $4)";
  await client.query("select add_credits_atomic($1, 1000, 'permanent', 'pack', description => 'Pack')", [id]);
  for (let n = 1; n <= 60; n++) await client.query(deduct, [id, 1, `task ${n}`, `Picture ${n}`]);
  await client.query("select hold_credits_atomic($1, 30, 'job', description => 'Long answer')", [id]);
  await client.query("select capture_hold($1, 'job', 20)", [id]);
  await client.query("select reverse_deduction($1, 'task 60', 'No picture')", [id]);
  await client.query(deduct, [id, 2, "a".repeat(255), `<img src=x onerror=alert(1)>${"W".repeat(10_000)}`]);
  await client.query(deduct, [id, 2, "rtl", "تحسين الصورة \u202e 🦊👩‍👩‍👧‍👦"]);
  await client.end();
}

test("history: filters, pages, the drawer and the printed view", async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  await spend(await signUp(page));
  await page.goto("/dashboard/usage");
  const rows = page.getByRole("region", { name: "Credit history" }).getByRole("row");
  const drawer = page.getByRole("dialog");
  await expect(rows).toHaveCount(51);

  await test.step("pages lead there and back", async () => {
    await page.getByRole("link", { name: "Older" }).click();
    await expect(page.getByText("Picture 1", { exact: true })).toBeVisible();
    await expect(page).toHaveURL(/before=\d+$/);
    await page.getByRole("link", { name: "Newer" }).click();
    await expect(rows).toHaveCount(51);
    await page.goBack();
    await expect(page.getByText("Picture 1", { exact: true })).toBeVisible();
  });

  await test.step("a line opens the drawer by keyboard; Escape leads back to it, and the page stays", async () => {
    const address = page.url();
    const link = page.getByRole("link", { name: "Picture 3", exact: true });
    await link.focus();
    await page.keyboard.press("Enter");
    await expect(drawer.getByRole("region", { name: "Paid from" })).toBeVisible();
    await expect(page).toHaveURL(/before=\d+&entry=\d+$/);
    await page.keyboard.press("Escape");
    await expect(drawer).toBeHidden();
    await expect(link).toBeFocused();
    expect(page.url()).toBe(address);
    await link.click();
    await expect(drawer).toBeVisible();
    await page.goBack();
    await expect(drawer).toBeHidden();
  });

  await test.step("filters are chosen at once, and taken away one by one", async () => {
    await page.getByLabel("Kind").selectOption("Given back");
    await expect(rows).toHaveCount(2);
    await expect(page).toHaveURL(/usage\?kind=returned$/);
    const search = page.getByRole("searchbox", { name: "Search" });
    await search.pressSequentially("no pict");
    await expect(page).toHaveURL(/search=no\+pict$/);
    await expect(rows).toHaveCount(2);
    await expect(search).toBeFocused();
    await page.keyboard.type("ure like it");
    await expect(page.getByText("No transaction matches")).toBeVisible();
    await expect(search).toHaveValue("no picture like it");
    await page.getByRole("link", { name: /Remove the filter .no pict/ }).click();
    await expect(rows).toHaveCount(2);
    await expect(search).toHaveValue("");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "CSV" }).click(),
    ]);
    expect(file.url()).toContain("kind=release&kind=reversal");
  });

  await test.step("what gives back says what, and leads there; closing leads to the table", async () => {
    await page.getByRole("link", { name: "No picture" }).click();
    await drawer.getByRole("link", { name: "Answers: Picture 60" }).click();
    await expect(drawer.getByRole("link", { name: "Answered by: No picture" })).toBeVisible();
    await drawer.getByRole("button", { name: "Close" }).click();
    await expect(page).toHaveURL(/usage\?kind=returned$/);
    await page.getByRole("link", { name: "Clear" }).click();
    await expect(rows).toHaveCount(51);
  });

  await test.step("an entry that is not there says so, whatever its number", async () => {
    for (const entry of ["999999", "0%27--"]) {
      await page.goto(`/dashboard/usage?entry=${entry}`);
      await expect(drawer.getByText("There is no such transaction")).toBeVisible();
    }
    await drawer.getByRole("button", { name: "Close" }).click();
    await expect(page).toHaveURL(/usage$/);
  });

  await test.step("nothing is wider than a phone, and the drawer is a sheet", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const widest = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await widest()).toBe(360);
    await page.getByRole("link", { name: /onerror/ }).click();
    await expect(drawer.getByRole("region", { name: "Paid from" })).toBeVisible();
    expect(await widest()).toBe(360);
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  await test.step("paper has all columns, of whom, and no buttons", async () => {
    await page.emulateMedia({ media: "print" });
    await expect(page.getByText(/@example\.com, from the beginning until now/)).toBeVisible();
    await expect(page.getByRole("columnheader", { name: "Task ID" })).toBeVisible();
    for (const hidden of ["Print", "Sign out"])
      await expect(page.getByRole("button", { name: hidden })).toBeHidden();
    await expect(page.getByRole("banner")).toBeHidden();
    await page.emulateMedia({ media: "screen" });
  });

  await test.step("without script the form is sent by a button", async () => {
    const state = await page.context().storageState();
    const plain = await browser.newContext({ javaScriptEnabled: false, storageState: state, baseURL });
    const still = await plain.newPage();
    await still.goto("/dashboard/usage");
    await still.getByLabel("Kind").selectOption("Added");
    await still.getByRole("button", { name: "Apply" }).click();
    await expect(still).toHaveURL(/kind=added/);
    await expect(still.getByRole("link", { name: "Remove the filter Added" })).toBeVisible();
    // What is streamed after the page takes nothing of it away.
    await still.goto("/dashboard/billing");
    await expect(still.getByRole("region", { name: "Payment history" })).toBeVisible();
    await expect(still.getByRole("region", { name: "Billing address" })).toBeVisible();
    await expect(still.getByLabel("Loading")).toBeHidden();
    await plain.close();
  });
});
