// Automatic top-ups, from the function through the sandbox and the webhook to the credits.
import { afterAll, beforeAll, expect, test } from "vitest";
import { keys } from "../../local/keys.ts";
import { problemsOf } from "../support/books";
import { verbsOf } from "../support/verbs";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { ownerOf } from "./owner";
import type { Handler, Network } from "./webhook";

const [minute, hour, day] = [60, 3600, 86_400];
/** What happens to a request of the function on its way; most go on. */
const way = { on: (request: Request, go: Network) => go(request) };
let shop: DeliveringAccount;
let topups: Handler;
const load = (env = {}) => shop.load("auto-topup", (request, go) => way.on(request, go), env);
beforeAll(async () => {
  shop = await openDeliveringAccount(new Date("2026-03-02T10:00:00Z"));
  topups = await load();
});
afterAll(() => shop.close());

/** Runs the function, then lets Stripe tell what came of it. */
async function run(handler = topups) {
  const headers = { authorization: `Bearer ${keys.secret}` };
  const response = await handler(
    new Request("http://functions.test/auto-topup", { method: "POST", headers }),
  );
  await shop.account.runDue();
  return response.json();
}

const isCharge = ({ method, url }: Request) => method === "POST" && url.endsWith("/v1/payment_intents");
const cut = () => Promise.reject(new TypeError("fetch failed"));

/** Somebody with a plan and some 300 credits, who buys 500 for $5 with this card once there are fewer than so many. */
async function subscriber({ card = "pm_card_visa", threshold = 500, cap = 5000 } = {}) {
  const { db, account } = shop;
  const { stripe } = account;
  const { user, customer } = await shop.buyer("basic_month");
  const changeCard = async (token: string) => {
    const { id } = await stripe.paymentMethods.attach(token, { customer });
    const [subscription] = (await stripe.subscriptions.list({ customer })).data;
    await stripe.subscriptions.update(subscription?.id ?? "", { default_payment_method: id });
    await account.runDue();
  };
  await changeCard(card);
  await db.query("select set_auto_topup(true, $2, 'credits_500', $3, account_id => $1)", [
    user,
    threshold,
    cap,
  ]);
  const before = (await verbsOf(db).credits(user)).total;
  return {
    user,
    customer,
    changeCard,
    gained: async () => (await verbsOf(db).credits(user)).total - before,
    /** What Stripe has of its top-ups. */
    payments: async () =>
      (await stripe.paymentIntents.list({ customer })).data.filter(({ metadata }) => metadata.topup),
    states: async () =>
      (await db.query("select state from get_topups($1) order by number", [user])).rows.map(
        (row) => row.state,
      ),
    notices: async () =>
      (await db.query("select kind from get_notices($1)", [user])).rows.map(({ kind }) => kind),
    reason: async () => (await db.one("select reason from get_auto_topup($1)", [user])).reason,
    stop: () => db.query("select set_auto_topup(false, account_id => $1)", [user]),
  };
}

// Before the others: comparing asks Stripe for every object that there is.
test("a top-up that Stripe has told of in vain is found by comparing, and credited", async () => {
  const { gained, states } = await subscriber();
  await shop.losing(run);
  expect([await gained(), await states()]).toEqual([0, ["sent"]]);
  const owner = ownerOf(shop.db, shop.account.url);
  await owner.reconcile();
  await owner.fix();
  expect([await gained(), await states()]).toEqual([500, ["paid"]]);
  expect(await owner.reconcile()).toEqual([]);
}, 60_000);

test("who is short is charged once, off session, and the event of it brings the credits", async () => {
  const { user, customer, gained, payments, states } = await subscriber();
  expect(await run()).toEqual({ charged: 1, failed: 0, dropped: 0, cancelled: 0, left: 0 });
  expect(await gained()).toBe(500);
  expect(await run()).toMatchObject({ charged: 0 });
  const metadata = { account_id: user, pack: "credits_500@1", topup: "1" };
  expect(await payments()).toMatchObject([{ amount: 500, currency: "usd", customer, metadata }]);
  expect(await states()).toEqual(["paid"]);
  expect(await problemsOf(shop.db)).toEqual([]);
});

test("nobody but the project's key has it done", async () => {
  const request = new Request("http://functions.test/auto-topup", { method: "POST" });
  expect((await topups(request)).status).toBe(401);
});

test("where nothing is sold nobody is claimed or charged, and who is short then is so when it is sold again", async () => {
  const { payments, states } = await subscriber();
  expect(await run(await load({ STRIPE_BILLING_ENABLED: "false" }))).toMatchObject({ charged: 0 });
  expect([await payments(), await states()]).toEqual([[], []]);
  expect(await run()).toMatchObject({ charged: 1 });
  expect(await states()).toEqual(["paid"]);
});

test("a dying card is tried three times, told of at the first, and another card is tried again", async () => {
  const { payments, notices, reason, changeCard, gained } = await subscriber({
    card: "pm_card_chargeCustomerFail",
  });
  await run();
  expect(await notices()).toEqual(["topup_failed"]);
  for (const seconds of [59 * minute, minute, 23 * hour, hour, day, 2 * day]) {
    await shop.secondsLater(seconds);
    await run();
  }
  expect(await payments()).toHaveLength(3);
  expect([await reason(), await notices()]).toEqual(["declined", ["topup_off"]]);
  await changeCard("pm_card_mastercard");
  await shop.secondsLater(10 * minute);
  await run();
  expect([await gained(), await notices()]).toEqual([500, []]);
});

test("a month costs no more than was agreed to, the next one begins anew", async () => {
  const { payments, reason, stop } = await subscriber({ threshold: 9000, cap: 1499 });
  for (const _ of Array(3)) await run();
  expect([(await payments()).length, await reason()]).toEqual([2, "cap_reached"]);
  await shop.moveTo(new Date("2026-04-01T00:00:00Z"));
  await run();
  expect(await payments()).toHaveLength(3);
  await stop();
});

test("who buys by hand is not charged beside it; both at the same instant are two packs", async () => {
  const { stripe } = shop.account;
  const before = await subscriber();
  await shop.account.buy(before.user, before.customer, "credits_500");
  await shop.account.runDue();
  await run();
  expect([await before.gained(), await before.states()]).toEqual([500, []]);

  const both = await subscriber();
  way.on = async (request, go) => {
    if (isCharge(request)) await shop.account.buy(both.user, both.customer, "credits_500");
    return go(request);
  };
  await run();
  way.on = (request, go) => go(request);
  expect([await both.gained(), await both.states()]).toEqual([1000, ["paid"]]);
  expect((await stripe.charges.list({ customer: both.customer })).data).toHaveLength(3);
});

test.each([
  ["answers, it is paid by the same payment", "complete", 500, ["paid"], []],
  ["does not, it is cancelled after a day and was a failure", null, 0, ["failed"], ["topup_failed"]],
])("the bank asks the holder of the card: who %s", async (_, authentication, credits, states, notices) => {
  const { stripe } = shop.account;
  const asked = await subscriber({ card: "pm_card_authenticationRequired" });
  await run();
  expect([await asked.states(), await asked.notices()]).toEqual([["needs_action"], ["confirm_topup"]]);
  const [payment] = await asked.payments();
  const id = payment?.id ?? "";
  if (authentication) {
    const { next_action } = await stripe.paymentIntents.confirm(id, {
      payment_method: payment?.last_payment_error?.payment_method?.id,
      return_url: "http://127.0.0.1/back",
    });
    await fetch(next_action?.redirect_to_url?.url ?? "", {
      method: "POST",
      body: new URLSearchParams({ authentication }),
      redirect: "manual",
    });
  }
  await shop.secondsLater(day);
  await run();
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe(authentication ? "succeeded" : "canceled");
  expect([await asked.gained(), await asked.states(), await asked.notices()]).toEqual([
    credits,
    states,
    notices,
  ]);
  await asked.stop();
});

test.each([
  ["before Stripe hears of it", 5 * minute, cut],
  // It remembers a key for a day only.
  [
    "after Stripe has charged",
    25 * hour,
    async (request: Request, go: Network) => (await go(request)) && cut(),
  ],
])("who crashes %s is taken over from, and charges once", async (_, seconds, crash) => {
  const { payments } = await subscriber();
  way.on = (request, go) => (isCharge(request) ? crash(request, go) : go(request));
  // No event comes either: who takes over knows nothing but the claim.
  expect(await shop.losing(run)).toMatchObject({ left: 1 });
  way.on = (request, go) => go(request);
  expect(await run()).toMatchObject({ charged: 0 });
  await shop.secondsLater(seconds);
  expect(await run()).toMatchObject({ charged: 1 });
  expect(await payments()).toHaveLength(1);
});

test("two runners at once charge each account once", async () => {
  const all = [await subscriber(), await subscriber(), await subscriber()];
  await Promise.all([run(), run(), run()]);
  for (const { payments, gained } of all)
    expect([(await payments()).length, await gained()]).toEqual([1, 500]);
  expect(await problemsOf(shop.db)).toEqual([]);
});
