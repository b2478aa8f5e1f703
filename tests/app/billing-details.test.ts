import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { cancelPlan } from "@/lib/billing/cancel-plan";
import { getBillingDetails } from "@/lib/billing/get-billing-details";
import { getNextCharge } from "@/lib/billing/get-next-charge";
import { getPayments } from "@/lib/billing/get-payments";
import { getReceipt } from "@/lib/billing/get-receipt";
import { pausePlan } from "@/lib/billing/pause-plan";
import { resumePlan } from "@/lib/billing/resume-plan";
import { setBillingDetails } from "@/lib/billing/set-billing-details";
import { unpausePlan } from "@/lib/billing/unpause-plan";
import { kaiserAddress } from "../support/addresses";
import { openSubscribers, type Subscribers } from "./subscribers";

vi.mock("next/headers", () => import("../support/cookies"));
// Kept between requests by Next alone.
vi.mock("next/cache", () => ({ unstable_cache: <T>(ask: () => T) => ask }));

let shop: Subscribers;
beforeAll(async () => {
  shop = await openSubscribers(new Date("2026-03-01T10:00:00Z"));
});
afterAll(() => shop.close());

const address = { ...kaiserAddress, name: "Kaiser GmbH", tax_id: "DE123456789" };

test("who has bought nothing has no address, and can set none", async () => {
  await shop.signUp();
  expect(await getBillingDetails()).toBeNull();
  await expect(setBillingDetails(address)).rejects.toMatchObject({ kind: "unknown" });
});

test("an address is kept at Stripe alone, and a tax id that is none changes nothing", async () => {
  const { customer } = await shop.subscriber("basic_month");
  await expect(setBillingDetails({ ...address, tax_id: "123" })).rejects.toMatchObject({
    sentence: "taxIdInvalid",
  });
  for (const wrong of [{ country: "XX" }, { line1: "" }, { city: "\u0000" }, { customer: "cus_other" }])
    await expect(setBillingDetails({ ...address, ...wrong })).rejects.toMatchObject({ kind: "invalid" });
  expect(await getBillingDetails()).toMatchObject({ name: "", taxIds: [] });
  await setBillingDetails(address);
  await setBillingDetails({ ...address, city: "Potsdam" });
  expect(await getBillingDetails()).toMatchObject({
    name: "Kaiser GmbH",
    address: { city: "Potsdam", country: "DE" },
    taxIds: [{ type: "eu_vat", value: "DE123456789" }],
  });
  await setBillingDetails({ ...address, country: "US", tax_id: "12-3456789" });
  const known = await shop.account.stripe.customers.listTaxIds(customer);
  expect(known.data.map(({ type }) => type)).toEqual(["us_ein"]);
  await setBillingDetails({ ...address, country: "US", tax_id: "" });
  expect((await getBillingDetails())?.taxIds).toEqual([]);
});

test("the next charge is the whole next invoice: of a plan that goes on, is kept, or is resumed", async () => {
  const { id } = await shop.account.stripe.coupons.create({
    percent_off: 10,
    duration: "forever",
  });
  await shop.subscriber("basic_month", undefined, id);
  expect(await getNextCharge()).toMatchObject({
    when: "renewal",
    isWhole: true,
    amountCents: 899,
    offCents: 100,
  });
  await cancelPlan({});
  await shop.account.runDue();
  expect(await getNextCharge()).toMatchObject({ when: "if_kept", isWhole: true, amountCents: 899 });
  await resumePlan();
  await shop.account.runDue();
  await shop.secondsLater(5 * 86_400);
  await pausePlan();
  await shop.account.runDue();
  const resumed = await getNextCharge();
  expect(resumed).toMatchObject({ when: "if_resumed", isWhole: true, at: null });
  expect(resumed?.amountCents).toBeGreaterThan(0);
  await shop.secondsLater(5);
  await unpausePlan();
  await shop.account.runDue();
  const [latest] = (await getPayments(null)).payments;
  expect(latest?.amountCents).toBe(resumed?.amountCents);
});

test("a receipt is shown to who paid, and to nobody else", async () => {
  const { user, customer } = await shop.subscriber("basic_month");
  await shop.account.buy(user, customer, "credits_500");
  await shop.account.runDue();
  const [pack] = (await getPayments(null)).payments.filter(({ receiptUrl }) => receiptUrl !== null);
  expect(pack?.description).toBe("500 credits");
  expect(await getReceipt(pack?.key ?? "")).toMatch(/\/receipt\/ch_\w+$/);
  for (const key of ["checkout:cs_nobody", "invoice:in_1", "payment_intent:../customers", ""])
    expect(await getReceipt(key)).toBeNull();
  await shop.signUp();
  expect(await getReceipt(pack?.key ?? "")).toBeNull();
});
