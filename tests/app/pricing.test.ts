import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { GET as confirm } from "@/app/(site)/login/confirm/route";
import { contactAction } from "@/lib/actions/contact";
import { authenticate } from "@/lib/auth/authenticate";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { getChoice } from "@/lib/billing/get-choice";
import { getPricingPage } from "@/lib/billing/get-pricing-page";
import { startTrial } from "@/lib/billing/start-trial";
import { jar, openNewBrowser, sent } from "../support/cookies";
import { type SellingApp, sellingApp } from "./selling-app";

vi.mock("next/headers", () => import("../support/cookies"));

let app: SellingApp;
beforeAll(async () => {
  app = await sellingApp();
});
afterAll(() => app.close());
beforeEach(openNewBrowser);

const typed = {
  name: "Ada",
  email: "ada@example.com",
  company: "",
  message: "Two million credits,\nand a contract.",
  credits: "",
  website: "",
};

async function write(fields: Partial<typeof typed> = {}, id: string = randomUUID()) {
  const form = new FormData();
  for (const [name, text] of Object.entries({ ...typed, ...fields })) form.set(name, text);
  return contactAction(id, null, form);
}

async function kept() {
  const { rows } = await app.db.query(
    "select name, email, company, message, expected_credits, account_id from billing.contact_requests order by created_at",
  );
  return rows;
}

const refusedAt = (...fields: string[]) => ({
  is: "refused",
  message: null,
  fields: Object.fromEntries(fields.map((field) => [field, expect.any(String)])),
});

test("contact: bounds are said at their fields, and nothing is kept", async () => {
  const wrong = { name: " ", email: "ada", message: "", company: "x".repeat(201), credits: "-1" };
  expect(await write(wrong)).toEqual(refusedAt("name", "email", "message", "company", "credits"));
  expect(await write({ message: "x".repeat(4_001) })).toEqual(refusedAt("message"));
  expect(await write({ name: "\0" })).toEqual(refusedAt("name"));
  expect(await write({}, "not-an-id")).toMatchObject({ is: "refused", message: expect.any(String) });
  expect(await kept()).toEqual([]);
});

test("contact: what fills in the hidden field is thanked, and not kept", async () => {
  expect(await write({ website: "https://spam.example" })).toEqual({ is: "sent", email: typed.email });
  expect(await kept()).toEqual([]);
});

test("contact: it is kept as typed, once per form, with the account of who is signed in", async () => {
  const id = randomUUID();
  const fields = { company: "Acme", credits: "2,000,000", email: "acme@example.com" };
  for (const _ of [1, 2]) expect(await write(fields, id)).toEqual({ is: "sent", email: fields.email });
  await app.signUp();
  await write({ email: "own@example.com" });
  const { id: account } = await getUserOrThrow();
  expect(await kept()).toEqual([
    {
      name: "Ada",
      email: "acme@example.com",
      company: "Acme",
      message: typed.message,
      expected_credits: 2_000_000,
      account_id: null,
    },
    expect.objectContaining({ email: "own@example.com", company: null, account_id: account }),
  ]);
});

test("contact: too many from one address wait, whatever they claim came before it", async () => {
  for (let nth = 0; nth < 10; nth++) {
    sent.set("x-forwarded-for", `10.0.0.${nth}, 192.0.2.1`);
    expect(await write({ email: `${nth}@example.com` })).toMatchObject({ is: "sent" });
  }
  expect(await write({ email: "eleventh@example.com" })).toMatchObject({
    is: "refused",
    message: expect.stringContaining("60 minutes"),
  });
  sent.set("x-forwarded-for", "192.0.2.2");
  expect(await write({ email: "eleventh@example.com" })).toMatchObject({ is: "sent" });
});

test("a choice leads to the checkout of the same offer in the account's currency", async () => {
  await app.signUp();
  expect(await getChoice({ offer: "basic_year" })).toMatchObject({
    is: "checkout",
    name: "Basic",
    lookupKey: "basic_year",
  });
  jar.set("currency", "eur");
  expect(await getChoice({ offer: "basic_year" })).toMatchObject({ lookupKey: "basic_year_eur" });
});

test("a mail to be confirmed leads on to the choice; in another browser one signs in first", async () => {
  const next = "/checkout/start?offer=basic_year";
  const asked = vi.spyOn(globalThis, "fetch");
  const form = { intent: "sign-up", email: `${randomUUID()}@example.com`, password: "Secret-123x" };
  await authenticate(form, next);
  const [signUp] = asked.mock.calls.map(([url]) => new URL(String(url)));
  const link = new URL(signUp?.searchParams.get("redirect_to") ?? "");
  expect([link.origin, link.pathname]).toEqual(["http://site.test", "/login/confirm"]);
  jar.clear();
  for (const code of ["", "&code=of-another-browser"])
    await expect(confirm(new NextRequest(`${link}${code}`))).rejects.toMatchObject({
      digest: expect.stringContaining(`/login?next=${encodeURIComponent(next)}`),
    });
});

test("a choice that is sold no more, or to others, is told", async () => {
  await app.signUp();
  for (const offer of ["none_such", "", undefined, ["basic_month"], "custom_acme_month"])
    expect(await getChoice({ offer })).toMatchObject({ is: "refused", why: "gone" });
  expect(await getChoice({ offer: "credits_500" })).toMatchObject({ why: "needsPlan", name: "500 credits" });
});

test("a trial can be chosen once; then packs can be, too", async () => {
  await app.signUp();
  expect(await getChoice({ trial: "professional" })).toMatchObject({ is: "trial", days: 14, credits: 500 });
  await startTrial();
  expect(await getChoice({ trial: "professional" })).toMatchObject({ why: "tried" });
  expect(await getChoice({ offer: "credits_500" })).toMatchObject({ is: "checkout", name: "500 credits" });
  expect(await getChoice({ trial: "none_such" })).toMatchObject({ why: "gone" });
});

test("the comparison and the answers say what the catalog says", async () => {
  await app.db.query(fs.readFileSync("supabase/catalogs/saas.sql", "utf8"));
  await app.db.query(
    "insert into billing.plan_entitlements (plan_key, plan_version, key, max_count) values ('saas_pro', 1, 'exports', 25000)",
  );
  const { comparison, answers, pricing, withSeats } = await getPricingPage();
  const row = (label: string) => comparison.rows.find((one) => one.label === label)?.cells;
  expect(comparison.plans.map(({ name }) => name)).toEqual(["Starter", "Pro", "Enterprise"]);
  expect(row("Chatbots")).toEqual([
    { is: "text", text: "1" },
    { is: "text", text: "5" },
    { is: "unlimited" },
  ]);
  expect(row("Exports")).toEqual([{ is: "missing" }, { is: "text", text: "25,000" }, { is: "missing" }]);
  expect(row("API access")).toEqual([{ is: "missing" }, { is: "included" }, { is: "included" }]);
  expect(row("API request, per hour")?.[0]).toEqual({ is: "missing" });
  expect(row("Message, per day")?.[1]).toEqual({ is: "unlimited" });
  expect(withSeats).toEqual(["Pro"]);
  expect(
    pricing.packs.map(({ state, per100Cents, savedPercent, isBestValue }) => [
      state,
      per100Cents,
      savedPercent,
      isBestValue,
    ]),
  ).toEqual([
    ["needs_plan", 150, null, false],
    ["needs_plan", 120, 20, true],
  ]);
  expect(answers[0]?.answers).toEqual([
    expect.stringMatching(/and for 3 hours more.*What is then left is lost\.$/),
    "Packs: Credits do not expire.",
  ]);
});
