// npm run stripe:replay -- evt_... | --since 2026-11-20T10:00Z [--reason "..."]: reads events of Stripe again.
import { parseArgs } from "node:util";
import { replayEvents } from "../supabase/functions/_shared/reconcile/replay-events.ts";
import { effects } from "../supabase/functions/stripe-webhook/effects.ts";
import { asOwner, readInstant } from "./owner-services.ts";
import { refusal } from "./steps.mjs";

await asOwner(async (services) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { since: { type: "string" }, reason: { type: "string", default: "npm run stripe:replay" } },
  });
  const since = readInstant(values.since);
  if ((since === null) === (positionals.length === 0))
    throw refusal("usage: npm run stripe:replay -- evt_... | --since 2026-11-20T10:00Z [--reason ...]");
  const which = since ? { since } : { ids: positionals };
  const { replayed, failed } = await replayEvents(services, effects, which, values.reason);
  console.log(`${replayed} replayed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
