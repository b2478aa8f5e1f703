import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { testDb } from "../support/db.ts";
import { sandboxOfFile, stripeAt } from "./support.ts";

const sandbox = sandboxOfFile();

test("restart: objects, sessions and idempotency keys are as they were", async () => {
  const { stripe, openSession, pay, restart } = sandbox();
  const { session } = await openSession("professional_month");
  const first = await stripe.customers.create({ name: "Kept" }, { idempotencyKey: "kept" });
  await restart();
  expect((await stripe.customers.create({ name: "Kept" }, { idempotencyKey: "kept" })).id).toBe(first.id);
  expect((await pay(session.id)).status).toBe(303);
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("complete");
});

test("kill -9: everything that was acknowledged is there, and nothing half done", async () => {
  const db = await testDb();
  let { child, url } = await startProcess(db.adminUrl);
  const stripe = stripeAt(() => url);
  try {
    const { data } = await stripe.prices.list({ lookup_keys: ["professional_month"] });
    const paid: string[] = [];
    const shop = { stripe, url, price: String(data[0]?.id), isKilled: () => child.killed };
    const buyers = Promise.all(Array.from({ length: 4 }, () => buyUntilKilled(shop, paid)));
    while (paid.length < 5) await Promise.race([buyers, new Promise((done) => setTimeout(done, 5))]);
    child.kill("SIGKILL");
    await Promise.all([once(child, "exit"), buyers]);
    ({ child, url } = await startProcess(db.adminUrl));

    for (const id of paid) {
      const session = await stripe.checkout.sessions.retrieve(id, { expand: ["invoice", "subscription"] });
      expect(session).toMatchObject({
        status: "complete",
        invoice: { status: "paid" },
        subscription: { status: "active" },
      });
    }
    const complete = await stripe.checkout.sessions.list({ status: "complete", limit: 100 });
    const subscriptions = await stripe.subscriptions.list({ limit: 100 });
    expect(subscriptions.data).toHaveLength(complete.data.length);
    expect((await stripe.invoices.list({ status: "paid", limit: 100 })).data).toHaveLength(
      complete.data.length,
    );
  } finally {
    child.kill("SIGKILL");
    await db.drop();
  }
});

async function startProcess(databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const script = path.join(import.meta.dirname, "sandbox-process.ts");
  const child = spawn(process.execPath, [script, databaseUrl], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return { child, url: String(line).trim() };
}

type Shop = { stripe: Stripe; url: string; price: string; isKilled: () => boolean };

async function buyUntilKilled({ stripe, url, price, isKilled }: Shop, paid: string[]): Promise<void> {
  try {
    for (;;) {
      const session = await stripe.checkout.sessions.create({
        mode: "subscription",
        line_items: [{ price, quantity: 1 }],
        success_url: "http://127.0.0.1:21000/",
      });
      const answer = await fetch(`${url}/pay/${session.id}`, {
        method: "POST",
        body: new URLSearchParams({ number: "4242424242424242", expiry: "12/34", cvc: "123" }),
        redirect: "manual",
      });
      if (answer.status === 303) paid.push(session.id);
    }
  } catch (error) {
    // What a killed process did not answer may or may not have happened; any other error is one.
    if (!isKilled()) throw error;
  }
}
