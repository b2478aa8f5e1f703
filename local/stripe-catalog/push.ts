import type Stripe from "stripe";
import { refusal } from "../steps.mjs";
import { type Account, type Difference, readAccount } from "./account.ts";
import type { CatalogRow } from "./catalog.ts";
import { endpointDifferences, type WantedEndpoint } from "./endpoints.ts";
import { portalDifferences } from "./portals.ts";
import { findPrice, orphanedPrices, priceDifferences } from "./prices.ts";
import { orphanedProducts, productDifferences } from "./products.ts";

/** What a Stripe account is to have; without an address nothing is said of webhook endpoints. */
export type Wanted = { rows: CatalogRow[]; endpoint?: WantedEndpoint };

/** How an account differs from what is wanted, without changing anything. */
export async function pullCatalog(stripe: Stripe, wanted: Wanted): Promise<Difference[]> {
  return differences(await readAccount(stripe, wanted.endpoint !== undefined), wanted);
}

/** In the order in which they are mended: nothing goes before what takes its place is there. */
function differences(account: Account, { rows, endpoint }: Wanted): Difference[] {
  return [
    ...productDifferences(account, rows),
    ...priceDifferences(account, rows),
    ...portalDifferences(account, rows),
    ...orphanedPrices(account, rows),
    ...orphanedProducts(account, rows),
    ...(endpoint ? endpointDifferences(account, endpoint) : []),
  ];
}

/** Makes the account what is wanted, however often it runs; answers what it mended, and the prices by lookup key. */
export async function pushCatalog(stripe: Stripe, wanted: Wanted) {
  const account = await readAccount(stripe, wanted.endpoint !== undefined);
  const found = differences(account, wanted);
  const taken = found.filter(({ mend }) => mend === undefined);
  if (taken.length > 0) throw refusal(`Nothing was changed.\n${taken.map(describe).join("\n")}`);
  const notes: string[] = [];
  for (const { mend } of found) notes.push((await mend?.()) ?? "");
  const prices = new Map<string, Stripe.Price>();
  for (const row of wanted.rows.filter(({ is_sold }) => is_sold)) {
    const price = findPrice(account, row);
    if (price) prices.set(row.lookup_key, price);
  }
  return { mended: found, notes: notes.filter(Boolean), prices };
}

export const describe = ({ kind, what, how }: Difference): string =>
  `${kind === "edited" ? "edited by hand" : kind} ${what}: ${how}`;
