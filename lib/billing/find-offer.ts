import "server-only";
import { randomUUID } from "node:crypto";
import { billingEnabled } from "@/lib/billing/billing-enabled";
import { getWholeCatalog } from "@/lib/billing/get-catalog";

/** Is this key still on sale to this account? An address may say anything, so only the catalog's words are shown. */
export async function findOffer(accountId: string, lookupKey: unknown) {
  if (!billingEnabled(accountId)) return null;
  const { plans, packs } = await getWholeCatalog();
  const offers = [
    ...plans.flatMap(({ name, prices }) => prices.map((price) => ({ name, lookupKey: price.lookupKey }))),
    ...packs,
  ];
  const found = offers.find((offer) => offer.lookupKey === lookupKey);
  return found ? { name: found.name, lookupKey: found.lookupKey, intent: randomUUID() } : null;
}
