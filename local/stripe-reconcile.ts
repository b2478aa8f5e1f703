// npm run stripe:reconcile [-- --since 2026-11-01T00:00Z] [--fix [id]] [--reason "..."]: compares Stripe with the books.
import { parseArgs } from "node:util";
import { fixFindings } from "../supabase/functions/_shared/reconcile/fix-findings.ts";
import { reconcile } from "../supabase/functions/_shared/reconcile/reconcile.ts";
import { effects } from "../supabase/functions/stripe-webhook/effects.ts";
import { asOwner, readInstant, tellDifferences } from "./owner-services.ts";
import { refusal } from "./steps.mjs";

await asOwner(async (services) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      since: { type: "string" },
      fix: { type: "boolean", default: false },
      reason: { type: "string", default: "npm run stripe:reconcile -- --fix" },
    },
  });
  const only = positionals.map(Number);
  if (only.some((id) => !Number.isInteger(id)) || only.length > 1 || (only.length === 1 && !values.fix))
    throw refusal("usage: npm run stripe:reconcile [-- --since 2026-11-01T00:00Z] [--fix [id of a finding]]");
  if (only.length === 0) {
    const quiet = { ...services, tell: () => {} };
    const options = { since: readInstant(values.since), isTimeUp: () => false };
    const { lookedAt } = await reconcile(quiet, effects, options);
    console.log(`${lookedAt} objects were looked at`);
  }
  if (values.fix) console.log(`${await fixFindings(services, effects, values.reason, only[0])} fixed`);
  const open = await services.books.openFindings(null);
  tellDifferences(
    open.map(
      ({ id, kind, objectId, accountId, reason }) =>
        `${id} ${kind} ${objectId}${accountId ? ` of ${accountId}` : ""}: ${reason}`,
    ),
  );
});
