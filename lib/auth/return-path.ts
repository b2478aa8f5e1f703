import "server-only";
import type { Route } from "next";
import { z } from "zod";

// One slash, then no second one and no backslash: browsers read "//host" and "/\host" as another site.
const Path = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/)
  .transform((path) => path as Route);

/** Where to go after signing in: a path of this site, else the dashboard. */
export function returnPath(next: unknown): Route {
  return Path.safeParse(next).data ?? "/dashboard";
}
