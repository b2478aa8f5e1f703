import "server-only";
import type { Route } from "next";
import type { WantedPlan } from "@/lib/billing/wanted-plan";

/** How the page's forms and addresses name the quantity of an add-on. */
export const addOnField = (lookupKey: string) => `add_on.${lookupKey}`;

/** Where a change is shown with what it costs, before it is made. */
export function changeAddress(wanted: WantedPlan): Route {
  return `/dashboard/billing/change?${wantedQuery(wanted)}`;
}

export function wantedQuery({ plan, quantity, add_ons }: WantedPlan): URLSearchParams {
  const query = new URLSearchParams({ plan, quantity: String(quantity) });
  for (const [key, pieces] of Object.entries(add_ons)) query.set(addOnField(key), String(pieces));
  return query;
}

export type Query = Record<string, string | string[] | undefined>;

/** None of an add-on is how a form says that it is not wanted. Whether the rest makes sense, the change itself asks. */
export function readWantedAddress(query: Query): WantedPlan {
  const prefix = addOnField("");
  const addOns = Object.entries(query)
    .filter(([name, pieces]) => name.startsWith(prefix) && pieces !== "0")
    .map(([name, pieces]) => [name.slice(prefix.length), Number(pieces)]);
  return {
    plan: String(query.plan ?? ""),
    quantity: Number(query.quantity ?? 1),
    add_ons: Object.fromEntries(addOns),
  };
}
