import type Stripe from "stripe";
import { checkAccount } from "../reconcile/check-account.ts";
import type { Auditor } from "../reconcile/look.ts";
import type { Rpc } from "../rpc.ts";
import { type PriceMatcher, priceMatcher } from "./match-prices.ts";
import { takeOver } from "./take-over.ts";

export type Services = Omit<Auditor, "now"> & { rpc: Rpc };
export type ImportOptions = {
  isDryRun: boolean;
  /** The key of a customer's metadata that names the user. */
  metadataKey: string;
  /** Ids of the account's prices, and the price of the catalog that each is. */
  prices: Map<string, string>;
};
/** How many customers ended how, and how many of them somebody has to look at. */
type ImportReport = { counts: Map<string, number>; toLookAt: number };
type Done = { outcome: string; detail?: string; isToLookAt: boolean };

/**
 * Takes over the customers of an existing account and the plans they have. Whoever has a plan comes first, so that of
 * several customers of one person the one that pays is in force. Doing it again does what is still to be done.
 */
export async function importCustomers(services: Services, options: ImportOptions): Promise<ImportReport> {
  await checkAccount(services);
  const matchPrice = priceMatcher(services, options);
  const counts = new Map<string, number>();
  let toLookAt = 0;
  for await (const customer of customersOf(services.stripe)) {
    const { outcome, detail, isToLookAt } = await importOne(services, options, matchPrice, customer);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (isToLookAt) toLookAt += 1;
    services.tell(`${customer.id} ${outcome}${detail ? `: ${detail}` : ""}`);
  }
  return { counts, toLookAt };
}

/** Neither list has what is on a test clock, what was deleted, or a plan that has ended. */
async function* customersOf(stripe: Stripe): AsyncGenerator<Stripe.Customer> {
  const seen = new Set<string>();
  const subscriptions = stripe.subscriptions.list({ limit: 100, expand: ["data.customer"] });
  for await (const { customer } of subscriptions) {
    if (typeof customer === "string" || customer.deleted || seen.has(customer.id)) continue;
    seen.add(customer.id);
    yield customer;
  }
  for await (const customer of stripe.customers.list({ limit: 100 }))
    if (!seen.has(customer.id)) yield customer;
}

async function importOne(
  services: Services,
  { isDryRun, metadataKey }: ImportOptions,
  matchPrice: PriceMatcher,
  customer: Stripe.Customer,
): Promise<Done> {
  const { stripe, rpc } = services;
  const claim = customer.metadata[metadataKey] ?? null;
  const [matched] = await rpc("match_customer", {
    customer_id: customer.id,
    claimed_account_id: claim,
    email: customer.email,
  });
  const plans = (
    await Array.fromAsync(stripe.subscriptions.list({ customer: customer.id, limit: 100 }))
  ).filter(
    ({ status }) => !status.startsWith("incomplete"), // nothing was paid yet: its events will tell
  );
  const outcome = String(matched?.outcome);
  const accountId = matched?.account_id;
  if ((outcome !== "found" && outcome !== "linked") || typeof accountId !== "string")
    return {
      outcome,
      ...(plans.length > 0 && { detail: "and there is a plan" }),
      isToLookAt: plans.length > 0 || (outcome !== "nobody" && outcome !== "deleted"),
    };
  const inForce = matched?.in_force;
  const detail = [`account ${accountId}`];
  if (typeof inForce === "string" && inForce !== customer.id) detail.push(`beside ${inForce}`);
  if (outcome === "found" && !isDryRun)
    await rpc("link_customer", { account_id: accountId, customer_id: customer.id });
  const unknown = await unknownPrices(matchPrice, plans);
  const problems = isDryRun
    ? []
    : await takeOver(services, accountId, customer, unknown.length > 0 ? [] : plans);
  const done = outcome === "linked" ? "already linked" : isDryRun ? "would be linked" : "linked";
  return {
    outcome: unknown.length > 0 ? "unknown price" : problems.length > 0 ? "not applied" : done,
    detail: [...detail, ...unknown, ...problems].join(", "),
    isToLookAt: unknown.length + problems.length > 0,
  };
}

async function unknownPrices(matchPrice: PriceMatcher, plans: Stripe.Subscription[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { items } of plans)
    for (const { price } of items.data) {
      const problem = await matchPrice(price);
      if (problem !== null) problems.push(problem);
    }
  return problems;
}
