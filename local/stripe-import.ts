// npm run stripe:import [-- --dry-run --metadata user_id --prices prices.json]: takes over the customers and plans of an
// existing Stripe account.
import fs from "node:fs";
import { parseArgs } from "node:util";
import { importCustomers } from "../supabase/functions/_shared/import/import-customers.ts";
import { asOwner } from "./owner-services.ts";
import { refusal } from "./steps.mjs";

await asOwner(async (services) => {
  const { values } = parseArgs({
    options: {
      "dry-run": { type: "boolean", default: false },
      metadata: { type: "string", default: "account_id" },
      prices: { type: "string" },
    },
  });
  const isDryRun = values["dry-run"];
  const prices = readPrices(values.prices);
  const { counts, toLookAt } = await importCustomers(services, {
    isDryRun,
    metadataKey: values.metadata,
    prices,
  });
  for (const [outcome, count] of [...counts].sort(([a], [b]) => a.localeCompare(b)))
    console.log(`${outcome}: ${count}`);
  console.log(`${toLookAt} to look at${isDryRun ? "; nothing was changed" : ""}`);
  if (toLookAt > 0) process.exitCode = 1;
});

/** `{"price_1...": "basic_month"}`: prices of the account, and keys or lookup keys of the catalog. */
function readPrices(file: string | undefined): Map<string, string> {
  if (file === undefined) return new Map();
  const given = readJson(file);
  const pairs = typeof given === "object" && given !== null ? Object.entries(given) : [];
  const prices = new Map<string, string>();
  for (const [id, key] of pairs) {
    if (!id.startsWith("price_") && !id.startsWith("plan_"))
      throw refusal(`${file}: ${id} is no id of a price at Stripe`);
    if (typeof key !== "string") throw refusal(`${file}: ${id} needs the key of a price of the catalog`);
    prices.set(id, key);
  }
  if (prices.size === 0) throw refusal(`${file} names no price: {"price_1...": "basic_month"}`);
  return prices;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw refusal(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
