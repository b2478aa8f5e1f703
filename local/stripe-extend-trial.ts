// npm run stripe:extend-trial -- <account> --until 2026-11-20T10:00Z --reason "...": lets a trial last longer, here or where
// Stripe carries it.
import { parseArgs } from "node:util";
import { extendTrial } from "../supabase/functions/_shared/extend-trial.ts";
import { asOwner, readInstant } from "./owner-services.ts";
import { refusal } from "./steps.mjs";

await asOwner(async (services) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { until: { type: "string" }, reason: { type: "string" } },
  });
  const [accountId] = positionals;
  const endsAt = readInstant(values.until);
  if (!accountId || !endsAt || !values.reason)
    throw refusal('usage: npm run stripe:extend-trial -- <account> --until 2026-11-20T10:00Z --reason "..."');
  const { endedBefore, isAtStripe } = await extendTrial(services, {
    accountId,
    endsAt,
    reason: values.reason,
  });
  const follows = isAtStripe ? ": its credits follow when Stripe tells of it" : "";
  console.log(`It would have ended at ${endedBefore}, and ends at ${endsAt.toISOString()}${follows}`);
});
