// The lives by the API alone, on test clocks: in a sandbox, and when a key is given in that account too (command.ts).
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { type CatalogRow, catalogQuery } from "../../local/stripe-catalog/catalog.ts";
import { pushCatalog } from "../../local/stripe-catalog/push.ts";
import { openStripeAccount, type StripeAccount } from "../functions/stripe-account";
import { lives } from "../lives/lives";
import { testDb } from "../support/db";
import { type Account, openAccount } from "./account";
import { liveOnClock } from "./live-on-clock";
import { notByApi, outcomes } from "./outcomes";

const { TEST_MODE_KEY: key, TEST_MODE_LIVES: extent, TEST_MODE_RECORDED: given } = process.env;
/** Another address than Stripe's, as the functions take it. */
const { STRIPE_API_BASE: base } = process.env;
const names = Object.keys(lives) as (keyof typeof lives)[];
const short = ["failed, then recovered", "refund in parts", "dispute lost"];
const played = names.filter((name) => extent === "all" || short.includes(name));
const patience = { timeout: key ? 3_600_000 : 120_000 };

const folder = given ?? fs.mkdtempSync(path.join(os.tmpdir(), "coffer-test-mode-"));
let sandbox: StripeAccount;
let catalog: CatalogRow[];
let here: Account;
let there: Account;
beforeAll(async () => {
  const db = await testDb();
  catalog = (await db.query<CatalogRow>(catalogQuery)).rows;
  sandbox = await openStripeAccount(db, { catalog: [] });
  await db.drop();
  const place = { key: sandboxKeys.secret, apiBase: new URL(sandbox.url) };
  here = await openAccount({ ...place, file: path.join(folder, "sandbox.jsonl") }, catalog);
  there = key
    ? await openAccount(
        { key, apiBase: base ? new URL(base) : null, file: path.join(folder, "account.jsonl") },
        catalog,
      )
    : here;
}, patience.timeout);
afterAll(async () => {
  await sandbox.close();
  if (!given) fs.rmSync(folder, { recursive: true });
});

test("the catalog is published once, however often that is asked", patience, async () => {
  const { stripe, prices } = there;
  expect(await pushCatalog(stripe, { rows: catalog })).toMatchObject({ mended: [], prices });
  const sold = catalog.filter(({ is_sold }) => is_sold);
  expect([...prices.values()].map(({ metadata }) => metadata)).toEqual(
    sold.map(({ kind, key }) => ({ [kind]: key })),
  );
});

test("every life has an outcome, or a reason why it is not lived by the API", () => {
  const known = { ...outcomes, ...notByApi };
  expect(names.filter((name) => !known[name])).toEqual([]);
});

test.for(played)("%s", patience, async (name, { skip }) => {
  skip(name in notByApi, notByApi[name]);
  const lived = await liveOnClock(there, name, lives[name]);
  expect(lived.problems).toEqual([]);
  expect(lived.comesTo).toBe(outcomes[name]);
  const assumed = await liveOnClock(here, name, lives[name]);
  // Stripe's seconds are its own: what differs there is said, and judged by who reads it.
  if (key) tellDifferences(name, lived, assumed);
  else expect(lived).toEqual(assumed);
});

test("what was recorded names nobody and opens nothing", () => {
  for (const file of fs.readdirSync(folder)) {
    const recorded = fs.readFileSync(path.join(folder, file), "utf8");
    for (const kept of [/"charge\.dispute\.created"/, /someone@example\.com/, /"client_secret":"redacted"/])
      expect(recorded.match(kept)).not.toBeNull();
    expect(recorded.match(/[\w-]{30,}(@|%40)|_secret_\w{8}|sk_test_|127\.0\.0\.1/)).toBeNull();
  }
});

test("no clock is left behind", patience, async () => {
  const { data } = await here.stripe.testHelpers.testClocks.list({ limit: 100 });
  expect(data).toEqual([]);
});

type Lived = Awaited<ReturnType<typeof liveOnClock>>;

function tellDifferences(name: string, lived: Lived, assumed: Lived) {
  for (const what of ["rows", "events"] as const) {
    const only = (of: Lived, other: Lived) => of[what].filter((one) => !other[what].includes(one));
    for (const one of only(lived, assumed)) console.log(`${name}: only in the account: ${one}`);
    for (const one of only(assumed, lived)) console.log(`${name}: only in the sandbox: ${one}`);
  }
}
