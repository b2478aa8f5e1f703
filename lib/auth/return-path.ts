import "server-only";
import type { Route } from "next";

/** The pages that one may come back to; a test compares them with those that there are. */
export const pages = [
  "/",
  "/pricing",
  "/checkout/start",
  "/checkout/return",
  "/checkout/cancelled",
  "/dashboard",
  "/dashboard/usage",
  "/dashboard/billing",
  "/dashboard/billing/change",
  "/dashboard/playground",
] as const;

/** Where to go after signing in: one of our pages with its query, else the dashboard. */
export function returnPath(next: unknown): Route {
  // Visible ASCII only: browsers drop line breaks and read a backslash as a slash.
  if (typeof next !== "string" || !/^[!-[\]-~]{1,500}$/.test(next)) return "/dashboard";
  const [path] = next.split("?", 1);
  return pages.some((page) => page === path) ? (next as Route) : "/dashboard";
}
