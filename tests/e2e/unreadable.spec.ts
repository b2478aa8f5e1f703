// A panel fails alone, says so, and comes back. For a moment nobody can read: nothing else runs beside this.
import { expect, test } from "./support";

test("a panel that cannot be read says so and offers another try, the others are there", async ({
  page,
  accounts,
  signInAs,
}) => {
  await signInAs(await accounts.signUp("unreadable"));
  const failed = page.getByRole("alert").filter({ has: page.getByRole("button", { name: /again/i }) });
  await page.goto("/dashboard");
  await expect(failed).toHaveCount(0);

  const rename = async (from: string, to: string) => {
    const sql =
      "select oid::regprocedure::text as function from pg_proc where proname = $1 and pronamespace = 'public'::regnamespace";
    for (const row of await accounts.query(sql, [from]))
      await accounts.query(`alter function ${row.function} rename to ${to}`, []);
  };
  await rename("get_credit_history", "hidden_history");
  try {
    for (const address of ["/dashboard", "/dashboard/usage"]) {
      await page.goto(address);
      await expect(failed).toHaveCount(1);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    }
    await page.goto("/dashboard");
    await expect(page.getByTestId("total-credits")).toHaveText("100");
  } finally {
    await rename("hidden_history", "get_credit_history");
  }
  await failed.getByRole("button").click();
  await expect(failed).toHaveCount(0);
});
