// What users and catalogs write is text on every page, whatever it says.
import { randomUUID } from "node:crypto";
import { decodeJwt, SignJWT } from "jose";
import type { Account } from "../../local/accounts";
import { keys } from "../../local/keys";
import { opened, pages } from "./places";
import { expect, test } from "./support";

const script = (field: string) =>
  `${field}"'><img src=x onerror=hacked=1><script>hacked=1</script>{{7*7}}\${7*7}</title><svg/onload=hacked=1>`;

const searched = `search"'><img src=x onerror=hacked=1>`;

test("text that looks like a page is shown as text, and none of it runs", async ({
  page,
  context,
  accounts,
  signInAs,
}) => {
  test.setTimeout(120_000);
  const account = await accounts.signUp("texts");
  const word = randomUUID().slice(0, 8);
  await accounts.query(`select public.grant_credits($1, 9000, 'permanent', $2, description => $3)`, [
    account.id,
    script("grant key"),
    script("grant"),
  ]);
  await accounts.query("select public.deduct_credits_atomic($1, 10, $2, $3)", [
    account.id,
    script("task"),
    script("description"),
  ]);
  await accounts.query(
    `with operation as (insert into billing.operations (key, name) values ($1, $2) returning key),
       price as (insert into billing.operation_prices (operation, version, base_credits)
         select key, 1, 5 from operation returning operation)
     insert into billing.operation_parameters (operation, version, name, kind, is_required, position, is_subject)
     select operation, 1, 'file', 'label', true, 1, true from price`,
    [`texts_${word}`, script("operation")],
  );
  await accounts.query("select public.consume_credits($2, $3, 'work', $1)", [
    account.id,
    `texts_${word}`,
    { file: script("subject") },
  ]);
  // Sold in a currency that no other test pays in, and to this account alone.
  await accounts.query(
    `insert into billing.packs (key, lookup_key, name, credits, price_cents, currency, position)
     values ($1 || '@1', $1, $2, 700, 700, 'gbp', 9)`,
    [`texts_${word}_gbp`, script("pack")],
  );
  await accounts.query(
    "select public.offer_custom_plan($1, $2, $3, 9000, 900, 'asked for', currency => 'gbp', features => array[$4])",
    [account.id, `texts_${word}`, script("plan"), script("feature")],
  );
  await accounts.query("select public.set_currency('gbp', $1)", [account.id]);
  await signInAs(await withEmail(account, script("e-mail")));

  const shown: string[] = [];
  const query = `?search=${encodeURIComponent(searched)}`;
  for (const address of [...Object.values(pages), `${pages.usage}${query}`]) {
    await page.goto(address);
    for await (const _ of opened(page)) shown.push((await page.locator("body").textContent()) ?? "");
    shown.push((await page.locator("body").textContent()) ?? "");
    const values = await page
      .locator("input, textarea")
      .evaluateAll((fields) =>
        fields.flatMap((field) => (field instanceof HTMLInputElement ? [field.value] : [])),
      );
    shown.push(...values);
    expect([address, await page.evaluate(() => "hacked" in window)]).toEqual([address, false]);
  }
  const all = shown.join("\n");
  const texts = [...["description", "operation", "plan", "feature", "e-mail"].map(script), searched];
  expect(texts.filter((text) => !all.includes(text))).toEqual([]);
  const file = await context.request.get("/api/credits/history/csv");
  expect(file.headers()["content-type"]).toContain("text/csv");
  expect(file.headers()["content-disposition"]).toContain("attachment");
});

/** Auth takes no such address; what the page reads is the token. */
async function withEmail(account: Account, email: string): Promise<Account> {
  const secret = new TextEncoder().encode(keys.jwtSecret);
  const cookies = await Promise.all(
    account.cookies.map(async (cookie) => {
      if (!cookie.name.endsWith("-auth-token")) return cookie;
      const session = JSON.parse(Buffer.from(cookie.value.replace("base64-", ""), "base64url").toString());
      const claims = { ...decodeJwt(session.access_token), email };
      const access_token = await new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .sign(secret);
      const value = JSON.stringify({ ...session, access_token, user: { ...session.user, email } });
      return { ...cookie, value: `base64-${Buffer.from(value).toString("base64url")}` };
    }),
  );
  return { ...account, email, cookies };
}
