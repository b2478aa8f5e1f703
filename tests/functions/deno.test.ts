import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keys } from "../../local/lite.ts";
import { testApi } from "../support/api";
import { makeEvent, sign, webhookSecret } from "./webhook";

const root = path.resolve(import.meta.dirname, "../..");
const config = ["--config", "supabase/functions/deno.json"];
const flags = ["--node-modules-dir=manual", "--cached-only", "--no-lock", ...config];
const permissions = ["--allow-net", "--allow-env", "--allow-read", "--allow-sys"];

/** The functions in the runtime that they are deployed to, with this environment and nothing else. */
async function startDeno(env: Record<string, string>) {
  const args = ["run", ...flags, ...permissions, "local/deno/serve.ts", "0"];
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(path.join(root, "node_modules/.bin/deno"), args, {
    cwd: root,
    env: { PATH, HOME, NODE_ENV: "test", NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  for await (const line of createInterface(child.stdout)) {
    const port = /^functions on (\d+)/.exec(line)?.[1];
    if (port) return { url: `http://127.0.0.1:${port}/stripe-webhook`, child, errors: () => errors };
  }
  throw new Error(`Deno ended: ${errors}`);
}

let api: Awaited<ReturnType<typeof testApi>>;
let gateway: ReturnType<typeof serve>;
let deno: Awaited<ReturnType<typeof startDeno>>;
beforeAll(async () => {
  api = await testApi();
  gateway = serve({ fetch: (request) => api.fetch(request), hostname: "127.0.0.1", port: 0 });
  await once(gateway, "listening");
  const address = gateway.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  deno = await startDeno({
    SUPABASE_URL: `http://127.0.0.1:${address.port}`,
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: keys.secret }),
    STRIPE_SECRET_KEY: "sk_test_of_the_tests",
    STRIPE_WEBHOOK_SECRET: webhookSecret,
  });
});
afterAll(async () => {
  deno.child.kill();
  gateway.close();
  await api.close();
});

async function post(payload: string, signature: string) {
  const headers = { "stripe-signature": signature };
  const response = await fetch(deno.url, { method: "POST", body: payload, headers });
  return { status: response.status, body: await response.json() };
}

test("in Deno, a signed event is answered 200 once it is recorded, and again as a duplicate", async () => {
  const event = makeEvent("customer.created", { id: "cus_1" });
  const payload = JSON.stringify(event);
  expect(await post(payload, sign(payload))).toEqual({ status: 200, body: { outcome: "ignored" } });
  const { rows } = await api.db.query("select state from billing.stripe_events where id = $1", [event.id]);
  expect(rows).toEqual([{ state: "ignored" }]);
  expect(await post(payload, sign(payload))).toEqual({ status: 200, body: { outcome: "duplicate" } });
});
test("in Deno, an unsigned event is refused", async () => {
  const payload = JSON.stringify(makeEvent("customer.created", { id: "cus_1" }));
  expect(await post(payload, "")).toEqual({ status: 400, body: { error: "signature" } });
});
test("in Deno, a function whose secret is missing does not start", async () => {
  const { child, url, errors } = await startDeno({ SUPABASE_URL: "http://127.0.0.1:1" });
  const response = await fetch(url, { method: "POST", body: "{}" });
  child.kill();
  expect(response.ok).toBe(false);
  expect(errors()).toContain("STRIPE_WEBHOOK_SECRET must be");
});
