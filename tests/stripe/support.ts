import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, expect } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import type { LastFailure } from "../../local/stripe/billing/settings.ts";
import { type StripeSandbox, startStripe } from "../../local/stripe/start.ts";
import type { Switches } from "../../local/stripe/switches.ts";
import { soldPrice } from "../../supabase/functions/_shared/sold-price.ts";
import { testDb } from "../support/db.ts";
import { catalog } from "./catalog.ts";
import { openReceiver } from "./receiver.ts";

export const cards = {
  pays: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  noFunds: "4000 0000 0000 9995",
  failsLater: "4000 0000 0000 0341",
  asksOnce: "4000 0025 0000 3155",
  asksAlways: "4000 0027 6000 3184",
  refundPending: "4000 0000 0000 7726",
  refundFails: "4000 0000 0000 5126",
  disputed: "4000 0000 0000 0259",
  inquiry: "4000 0000 0000 1976",
};

export type Sandbox = Awaited<ReturnType<typeof openSandbox>>;

/** A sandbox for the tests of one file; all it answers and delivers is held to Stripe's schema at the end. */
export function sandboxOfFile(at = "2026-01-31T10:00:00Z"): () => Sandbox {
  let sandbox: Sandbox | undefined;
  beforeAll(async () => {
    sandbox = await openSandbox(at);
  });
  afterAll(async () => {
    await sandbox?.close();
    if (sandbox) await expectContract(sandbox.recorded);
  }, 60_000);
  return () => {
    if (!sandbox) throw new Error("the sandbox has not started");
    return sandbox;
  };
}

/** Runs Stripe's contract over everything recorded; nothing to check is a failure too. */
export async function expectContract(recorded: unknown[]): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "stripe-contract-"));
  const file = path.join(folder, "recorded.jsonl");
  await writeFile(file, recorded.map((item) => JSON.stringify(item)).join("\n"));
  const script = path.resolve(import.meta.dirname, "../../local/stripe/contract/check-stripe-payloads.mjs");
  const checked = await new Promise<{ code: unknown; text: string }>((done) =>
    execFile(process.execPath, [script, "--strict", "--quiet", file], (error, out, err) =>
      done({ code: error ? error.code : 0, text: out + err }),
    ),
  );
  await rm(folder, { recursive: true });
  expect(checked, checked.text).toMatchObject({ code: 0 });
}

async function openSandbox(at: string) {
  const db = await testDb();
  const recorded: unknown[] = [];
  const log: string[] = [];
  const clock = { now: new Date(at) };
  const webhook = await openReceiver(recorded);
  const start = (rows = catalog): Promise<StripeSandbox> =>
    startStripe({
      databaseUrl: db.adminUrl,
      port: 0,
      now: () => clock.now,
      webhook: { url: webhook.url, secret: sandboxKeys.webhook },
      catalog: rows,
      log: (line) => log.push(line),
    });
  let running = await start();
  // After a restart it listens elsewhere: everybody asks it where.
  const address = () => running.url;
  const stripe = stripeAt(address, recordingFetch(recorded));
  /** Moves the clock as the platform does, from one due instant to the next. */
  const moveTo = async (time: string) => {
    const target = new Date(time);
    for (;;) {
      const due = await running.nextDue();
      if (!due || due > target) break;
      if (due > clock.now) clock.now = due;
      await running.runDue();
    }
    clock.now = target;
    await running.runDue();
  };
  return {
    db,
    stripe,
    clock,
    webhook,
    recorded,
    log,
    get publicUrl() {
      return running.url;
    },
    runDue: () => running.runDue(),
    /** The types of the events that an act has delivered, in their order. */
    async deliveredBy(act: () => Promise<unknown>) {
      await running.runDue();
      const before = webhook.events.length;
      await act();
      await running.runDue();
      return webhook.types().slice(before);
    },
    nextDue: () => running.nextDue(),
    /** Lets a test clock go on to a second, and answers when it is there. */
    async advance(clock: string, to: number) {
      await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
      await running.runDue();
      return stripe.testHelpers.testClocks.retrieve(clock);
    },
    setDelivery: (switches: Partial<Switches>) => running.setDelivery(switches),
    replaceCard: (...given: Parameters<StripeSandbox["replaceCard"]>) => running.replaceCard(...given),
    setLastFailure: (given: LastFailure) => running.setLastFailure(given),
    async restart(rows = catalog) {
      await running.stop();
      running = await start(rows);
    },
    moveTo,
    secondsOn: (seconds: number) => moveTo(new Date(clock.now.getTime() + seconds * 1000).toISOString()),
    daysOn: (days: number) => moveTo(new Date(clock.now.getTime() + days * 86_400_000).toISOString()),
    ...customerOf(stripe, address),
    async close() {
      await running.stop();
      await webhook.close();
      await db.drop();
    },
  };
}

export const typed = { expiry: "12 / 34", cvc: "123" };

/** What a customer, and the app on the customer's behalf, does. */
function customerOf(stripe: Stripe, address: () => string) {
  /** Fills the card form of a session, or of the page at a path. */
  const pay = (page: string, number = cards.pays, form: Record<string, string> = typed) =>
    fetch(address() + (page.startsWith("/") ? page : `/pay/${page}`), {
      method: "POST",
      body: new URLSearchParams({ number, ...form }),
      redirect: "manual",
    });

  /** A customer and an open session for one price, ids in the metadata as the app puts them. */
  async function openSession(lookupKey: string, given: Stripe.CustomerCreateParams = {}) {
    const ada = { email: "ada@example.com", name: "Ada Lovelace" };
    const customer = await stripe.customers.create({ ...ada, ...given });
    const price = await soldPrice(stripe, lookupKey);
    if (!price) throw new Error(`nothing is sold as ${lookupKey}`);
    const metadata = { account_id: "account-1" };
    const session = await stripe.checkout.sessions.create({
      mode: price.recurring ? "subscription" : "payment",
      customer: customer.id,
      client_reference_id: "account-1",
      metadata,
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: "http://127.0.0.1:21000/return?session_id={CHECKOUT_SESSION_ID}",
      cancel_url: "http://127.0.0.1:21000/cancel",
      ...(price.recurring ? { subscription_data: { metadata } } : { payment_intent_data: { metadata } }),
    });
    return { customer, price, session };
  }

  /** Buys a plan and answers its subscription. */
  async function subscribe(lookupKey: string, number = cards.pays, given: Stripe.CustomerCreateParams = {}) {
    const { customer, session } = await openSession(lookupKey, given);
    const isAsked = number === cards.asksOnce || number === cards.asksAlways;
    const form = isAsked ? { ...typed, authentication: "complete" } : typed;
    expect((await pay(session.id, number, form)).status).toBe(303);
    const { data } = await stripe.subscriptions.list({ customer: customer.id });
    const subscription = data[0];
    if (!subscription) throw new Error("paying made no subscription");
    return { customer, subscription };
  }

  /** Buys a pack of $5 and answers its session and payment. */
  async function buyPack(number = cards.pays) {
    const { session } = await openSession("credits_500");
    expect((await pay(session.id, number)).status).toBe(303);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    return { session, payment: String(payment_intent) };
  }

  return { pay, openSession, subscribe, buyPack };
}

/** The SDK at a sandbox that may move. */
export function stripeAt(address: () => string, send: typeof fetch = fetch): Stripe {
  const toSandbox: typeof fetch = (input, init) => {
    const { pathname, search } = new URL(String(input));
    return send(address() + pathname + search, init);
  };
  const httpClient = Stripe.createFetchHttpClient(toSandbox);
  return new Stripe(sandboxKeys.secret, { maxNetworkRetries: 0, httpClient });
}

function recordingFetch(recorded: unknown[]): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const url = new URL(String(input));
    const body = await response.clone().json();
    // A request that is refused on purpose need not fit the schema; the refusal must.
    if (response.ok)
      recorded.push({
        method: init?.method,
        path: url.pathname + url.search,
        ...(init?.method === "POST" && { body: String(init.body ?? "") }),
        status: response.status,
        response: body,
      });
    else recorded.push(body);
    return response;
  };
}
